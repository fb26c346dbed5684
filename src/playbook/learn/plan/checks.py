"""What is missing in a plan, or does not fit together: plain sentences, each with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from playbook.city.labels import fold_key, listed
from playbook.learn.catalog import lessons
from playbook.learn.plan.pages import PlanPage

_FORMATS = ("%Y-%m-%d", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%m/%d/%Y", "%m/%d/%y")
_ENDINGS = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\s+")
_BLANKS = {"first_step": "first step", "owner": "owner", "by": "date", "sign": "sign that it works"}


@dataclass(frozen=True)
class Gap:
    """Something that is missing, or does not fit.

    Parameters
    ----------
    what
        What was seen.
    fix
        What to do now.
    """

    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.what} What to do: {self.fix}"


def gaps(pages: Sequence[PlanPage], today: date) -> list[Gap]:
    """List what is missing in a plan, and what does not fit together.

    Parameters
    ----------
    pages
        The plan's pages, in the order of the lessons.
    today
        The day that dates are compared with.

    Examples
    --------
    >>> page = PlanPage("1.1", "boston", "Boston", owner="Ana", first_step="Call", sign="A curve")
    >>> print(gaps([page], date(2026, 11, 22))[0].what)
    Lesson 1.1 has no date.
    """
    return [gap for rule in RULES for gap in rule(pages, today)]


def read_date(text: str) -> date | None:
    """Read a day with its year, as people write it; None where that is not sure.

    Examples
    --------
    >>> read_date("Dec 5th, 2026"), read_date("next spring")
    (datetime.date(2026, 12, 5), None)
    """
    words = " ".join(_ENDINGS.sub("", text.replace(",", " ").replace(".", " ")).split()).lower()
    words = re.sub(r"\bsept\b", "sep", _WEEKDAY.sub("", words))
    for form in _FORMATS:
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    return None


def blanks(pages: Sequence[PlanPage], today: date) -> Iterator[Gap]:
    """Name lessons without an owner, a first step, a date or a sign."""
    for page in pages:
        missing = [word for name, word in _BLANKS.items() if not page.say(name)]
        if missing:
            yield Gap(
                f"Lesson {page.lesson} has no {listed(missing).replace(' and ', ' or ')}.",
                "Agree on it with the people in the room. Type it in the lesson's last step and "
                "run that step. Or add it to the plan's own page: playbook plan --open",
            )


def past_dates(pages: Sequence[PlanPage], today: date) -> Iterator[Gap]:
    """Name dates that have passed."""
    for page in pages:
        day = read_date(page.say("by"))
        if day and day < today:
            yield Gap(
                f"The date of lesson {page.lesson} has passed: "
                f"{page.mark(f'{day:%B} {day.day}, {day.year}')}.",
                "Was it done? Then write down what came of it. If not, agree on a new date.",
            )


def unclear_dates(pages: Sequence[PlanPage], today: date) -> Iterator[Gap]:
    """Name dates that tell no day."""
    for page in pages:
        said = page.say("by")
        if said and read_date(said) is None:
            yield Gap(
                f'The date of lesson {page.lesson} is "{page.mark(said)}". '
                "I can't tell which day that is.",
                f"Write day, month and year, such as December 15, {today.year}.",
            )


def indicators_differ(pages: Sequence[PlanPage], today: date) -> Iterator[Gap]:
    """Name lessons that count something else than the first one of the same city."""
    for first, other in _unlike_first(pages, "indicator"):
        yield Gap(
            f"Lesson {first.lesson} counts: {first.mark(first.say('indicator'))}. "
            f"Lesson {other.lesson} counts: {other.mark(other.say('indicator'))}.",
            "Choose one, and type it as the indicator of both on the plan's page: playbook plan "
            "--open. If you keep both, be ready to say how the second moves the first.",
        )


def populations_differ(pages: Sequence[PlanPage], today: date) -> Iterator[Gap]:
    """Name lessons that are about other people than the first one of the same city."""
    for first, other in _unlike_first(pages, "population"):
        yield Gap(
            f"Lesson {first.lesson} is about: {first.mark(first.population)}. "
            f"Lesson {other.lesson} is about: {other.mark(other.population)}.",
            "Name the same people in both. Or say in the plan why they differ.",
        )


def _unlike_first(pages: Sequence[PlanPage], name: str) -> Iterator[tuple[PlanPage, PlanPage]]:
    first_of: dict[str, PlanPage] = {}
    for page in pages:
        if text := page.say(name):
            first = first_of.setdefault(page.city, page)
            if fold_key(first.say(name)) != fold_key(text):
                yield first, page


def practice_beside_own(pages: Sequence[PlanPage], today: date) -> Iterator[Gap]:
    """Say which pages are practice in a plan for a real city."""
    practice = [page.lesson for page in pages if page.practice]
    own = next((page for page in pages if not page.practice), None)
    if own and practice:
        yield Gap(
            f"This plan is for {own.city_name or own.city}, and these lessons are practice with "
            f"the fictional city: {listed(practice, most=len(practice))}.",
            f"Run them with your own files, such as: playbook start {practice[0]} --city "
            f"{own.city}. Or leave them out: playbook plan --city {own.city}",
        )


def cities_mixed(pages: Sequence[PlanPage], today: date) -> Iterator[Gap]:
    """Say when pages of two real cities stand in one plan."""
    own = [page for page in pages if not page.practice]
    keys = {page.city: page.city_name or page.city for page in own}
    if len(keys) > 1:
        ids = {key: [page.lesson for page in own if page.city == key] for key in keys}
        parts = [f"{keys[key]} ({listed(ids[key], most=len(ids[key]))})" for key in keys]
        yield Gap(
            f"Pages of {len(parts)} cities stand in this plan: {'; '.join(parts)}.",
            f"Make the plan of one: playbook plan --city {next(iter(keys))}",
        )


def older_lessons(pages: Sequence[PlanPage], today: date) -> Iterator[Gap]:
    """Name pages that were saved by an older version of their lesson."""
    for page in pages:
        entry = lessons().get(page.lesson)
        if entry and page.lesson_version and page.lesson_version != entry.version:
            yield Gap(
                f"The page of lesson {page.lesson} is from its version {page.lesson_version}. The "
                f"lesson is now version {entry.version}.",
                f"Get the new lesson, and run its last step: playbook reset {page.lesson}.",
            )


RULES: tuple[Callable[[Sequence[PlanPage], date], Iterator[Gap]], ...] = (
    practice_beside_own,
    cities_mixed,
    indicators_differ,
    populations_differ,
    past_dates,
    unclear_dates,
    older_lessons,
    blanks,
)
