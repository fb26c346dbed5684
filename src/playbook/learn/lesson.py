"""Opening a lesson: its card, and the city it runs on."""

from __future__ import annotations

from html import escape

from playbook.city.own import chosen_city
from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.home import in_browser
from playbook.insights.stand_in import lacks, title_of
from playbook.insights.statements import claims
from playbook.learn.catalog import Lesson, lesson
from playbook.learn.live_page import get_ready
from playbook.learn.output import show

_opened: dict[str, City] = {}


def open_lesson(lesson_id: str) -> City:
    """Open a lesson: show its card and return the city it runs on.

    Parameters
    ----------
    lesson_id
        Such as ``"3.1"``.

    Returns
    -------
    City
        Port Alder, or the city that was chosen with ``playbook city new`` or ``PLAYBOOK_CITY``.
        Where that one lacks a table, the step that needs it shows Port Alder and says so; where it
        has no table for any step, the whole lesson does.

    Raises
    ------
    PlaybookError
        If there is no such lesson, or the chosen city has no folder.

    Examples
    --------
    >>> city = open_lesson("3.1")  # doctest: +ELLIPSIS
    Fast for whom?
    ...
    >>> city.name
    'Port Alder'
    """
    entry = lesson(lesson_id)
    chosen = load_city(chosen_city())
    city = chosen if runs_in_part(entry, chosen) else load_city()
    _opened[lesson_id] = city
    if in_browser():
        get_ready()
    show(card_text(entry, city, chosen), card_html(entry, city, chosen))
    return city


def lacking(entry: Lesson, city: City) -> list[str]:
    """Return the tables that a city lacks and the lesson has no way around."""
    return [name for name in entry.tables if name not in city and name not in entry.without]


def lacking_columns(entry: Lesson, city: City) -> list[str]:
    """Return the columns that a city's tables lack and that the lesson says something about."""
    named = [name for name in entry.without if "." in name]
    return [name for name in named if name not in city and name.partition(".")[0] in city]


def runs_in_part(entry: Lesson, city: City) -> bool:
    """Tell whether at least one result of a lesson can be about this city."""
    needed = [name for name in entry.tables if name not in entry.without]
    about = [
        claim.tables or tuple(needed) for claim in claims().values() if claim.lesson == entry.id
    ]
    return any(not lacks(city, tables) for tables in about or [tuple(needed)])


def opened_city(lesson_id: str) -> City:
    """Return the city that a lesson was opened with.

    Raises
    ------
    PlaybookError
        If the lesson's first step was not run yet.
    """
    if lesson_id not in _opened:
        raise PlaybookError(
            "This step needs the first step of the lesson.",
            fix="Choose Run > Run All Above, then run this step again. "
            f'Or run this line: city = pb.open_lesson("{lesson_id}")',
        )
    return _opened[lesson_id]


def card_rows(entry: Lesson, city: City) -> list[tuple[str, str]]:
    """Return the card's lines as pairs of label and text.

    Parameters
    ----------
    entry
        The lesson.
    city
        The city that was chosen: what it lacks is named, with the way to get it.
    """
    minutes = f"{entry.core_minutes} minutes"
    if entry.deeper_minutes:
        minutes += f"; {entry.deeper_minutes} more if you go deeper"
    rows = [
        ("Time", minutes),
        ("You leave with", entry.you_leave_with),
        ("You need", entry.you_need),
        ("Builds", ", ".join(entry.capacities)),
        ("Certification", f"{', '.join(entry.criteria)} (unofficial mapping)"),
    ]
    if not city.fictional:
        rows.append(("Small counts", city.small_counts.words))
    for table in entry.tables:
        if table not in city:
            contract = city.contract[table]
            way_around = entry.without.get(table, "The steps that need it show Port Alder.")
            rows.append(
                (f"Not here yet: {title_of(city, table)}", f"{contract.bring} {way_around}")
            )
        elif hidden := len(city.hidden_counts(table)):
            text = (
                f"Your file hides {hidden:,} small counts. In a sum, each stands for "
                f"{city.small_counts.middle}, the middle of what it can be"
            )
            rows.append((f"Hidden in {title_of(city, table)}", text))
    for column in lacking_columns(entry, city):
        rows.append((f"Not here yet: {title_of(city, column)}", entry.without[column]))
    return [(label, text) for label, text in rows if text]


def card_text(entry: Lesson, city: City, chosen: City | None = None) -> str:
    """Return the card as plain text; `chosen` where another city stands in for it."""
    lines = [entry.title, city_line(city, chosen)]
    lines += [f"{label}: {text}" for label, text in card_rows(entry, chosen or city)]
    lines += ["Starting here?", *(f"- {sentence}" for sentence in entry.cold_start)]
    return "\n".join(lines)


def card_html(entry: Lesson, city: City, chosen: City | None = None) -> str:
    """Return the card as HTML that needs no stylesheet; `chosen` as in `card_text`."""
    rows = "".join(
        f"<tr><th scope='row' style='text-align:left;padding:.15em 1em .15em 0;vertical-align:top'>"
        f"{escape(label)}</th><td style='text-align:left;padding:.15em 0'>{escape(text)}</td></tr>"
        for label, text in card_rows(entry, chosen or city)
    )
    sentences = "".join(f"<li>{escape(sentence)}</li>" for sentence in entry.cold_start)
    return (
        "<div class='pb-card' style='border-left:4px solid #0072B2;padding:.4em 1em;margin:.5em 0'>"
        f"<p style='margin:.2em 0'><strong>{escape(city_line(city, chosen))}</strong></p>"
        "<table style='border:0'><caption style='text-align:left'>"
        f"{escape(entry.title)} at a glance</caption><tbody>{rows}</tbody></table>"
        "<p style='margin:.6em 0 .2em'><strong>Starting here?</strong></p>"
        f"<ul>{sentences}</ul></div>"
    )


def city_line(city: City, chosen: City | None = None) -> str:
    """Say which city the results are for, and for which one it stands in."""
    if chosen is not None and chosen != city:
        return (
            f"Data: {city.name}, a fictional city. {chosen.name} lacks a table for this lesson; "
            "the line below says whom to ask"
        )
    if city.fictional:
        return f"Data: {city.name}, a fictional city made for teaching"
    return f"Data: {city.name}, your own file. The text speaks of Port Alder; the results are yours"
