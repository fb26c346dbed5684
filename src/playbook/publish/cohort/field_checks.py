"""Checks of what a facilitator writes about a cohort, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import available_timezones

from playbook.errors import PlaybookError
from playbook.learn.catalog import Lesson
from playbook.publish.session import LENGTHS

FILE_NAME = "cohort.toml"
LONGEST = {"name": 80, "contact": 200, "welcome": 500}
MOST_SESSIONS = 60
DATE_FORMAT = "%Y-%m-%d %H:%M"
_DATE_EXAMPLE = "2027-03-03 14:00"
_FOLDER = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
# Names that Windows keeps for its devices.
_KEPT = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
# Control characters, and those that turn the direction of a line around.
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def check_folder_name(name: str) -> str:
    """Return the short name of a cohort, which becomes the name of its folder.

    Raises
    ------
    PlaybookError
        If it has other characters than small letters, digits and hyphens, or too many.

    Examples
    --------
    >>> check_folder_name("spring-lab")
    'spring-lab'
    """
    if _FOLDER.fullmatch(name) and not _KEPT.fullmatch(name):
        return name
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower())[:40].strip("-")
    better = plain if _FOLDER.fullmatch(plain) and not _KEPT.fullmatch(plain) else "spring-lab"
    raise PlaybookError(
        f"I can't use {name[:40]!r} as the short name of a cohort. It becomes a folder's name.",
        fix=f"Use small letters, digits and hyphens, at most 40. For example: {better}. "
        "The full name comes with the first question.",
    )


def wrong(field: str, what: str, fix: str) -> PlaybookError:
    """Tell what is wrong with a field of the file."""
    return PlaybookError(what, where=f"{FILE_NAME}, {field}", fix=fix)


def check_text(field: str, value: Any) -> str:
    """Return a text of one line, without markup, and not too long.

    Examples
    --------
    >>> check_text("name", " Spring Lab ")
    'Spring Lab'
    """
    if not isinstance(value, str) or not value.strip():
        raise wrong(field, _seen(value), f"Write a text, such as: {EXAMPLES[field]}")
    text = value.strip()
    if len(text) > LONGEST[field]:
        what = f"It has {len(text):,} characters: {text[:30]!r} and so on."
        raise wrong(field, what, f"Write at most {LONGEST[field]}.")
    found = _HIDDEN.search(text)
    if "<" in text or ">" in text or found:
        seen = f"{found[0]!r}, which no page shows" if found else "< or >, the signs of a web page"
        raise wrong(
            field, f"It has {seen}.", "Write plain words on one line. Leave such signs out."
        )
    return text


def check_dates(value: Any) -> list[str]:
    """Return the beginnings of the sessions: real dates, each later than the one before.

    Examples
    --------
    >>> check_dates(["2027-03-03 14:00", "2027-03-10 14:00"])
    ['2027-03-03 14:00', '2027-03-10 14:00']
    """
    values = texts("dates", value)
    moments: list[datetime] = []
    for text in values:
        try:
            moment = datetime.strptime(text, DATE_FORMAT)
        except ValueError:
            fix = f'Write year, month, day and the hour from 0 to 23: "{_DATE_EXAMPLE}"'
            raise wrong("dates", f"I can't read {text[:40]!r} as a date and time.", fix) from None
        if not 2000 <= moment.year <= 2200:
            raise wrong("dates", f"{text} is in the year {moment.year}.", "Check the year.")
        if moments and moment <= moments[-1]:
            what = f"{text} comes after {moments[-1]:{DATE_FORMAT}}, but it is not later."
            raise wrong("dates", what, "Put the dates in order, each one once.")
        moments.append(moment)
    return [f"{moment:{DATE_FORMAT}}" for moment in moments]


def check_time_zone(value: Any) -> str:
    """Return the name of a time zone that this computer knows.

    Examples
    --------
    >>> check_time_zone("America/Chicago")
    'America/Chicago'
    """
    known = available_timezones()
    if isinstance(value, str) and value.strip() in known:
        return value.strip()
    named = str(value).strip().replace(" ", "_")[:60]
    cities = {zone.rpartition("/")[2].lower(): zone for zone in sorted(known)}
    near = get_close_matches(named, sorted(known), n=1) or [
        cities[one] for one in get_close_matches(named.lower(), list(cities), n=1)
    ]
    hint = f"Do you mean {near[0]}? " if near else ""
    raise wrong(
        "time_zone",
        f"I know no time zone {str(value)[:40]!r}.",
        f"{hint}In the United States: America/New_York, America/Chicago, America/Denver, "
        "America/Phoenix, America/Los_Angeles.",
    )


def check_lessons(value: Any, lessons: Mapping[str, Lesson]) -> list[str]:
    """Return the ids of lessons that are written."""
    ids = texts("lessons", value)
    for one in ids:
        if one not in lessons:
            what = f"I know no lesson {one[:40]!r}."
            raise wrong("lessons", what, f"Use some of: {', '.join(lessons)}.")
    return ids


def _check_minutes(value: Any) -> int:
    if type(value) is not int or value not in LENGTHS:
        lengths = ", ".join(map(str, sorted(LENGTHS)))
        raise wrong("minutes", _seen(value), f"Write one of: {lengths}. Without quotation marks.")
    return value


def _check_solutions(value: Any) -> bool:
    if type(value) is not bool:
        fix = "Write true or false, without quotation marks. With false, learners see no solutions."
        raise wrong("solutions", _seen(value), fix)
    return value


def texts(field: str, value: Any) -> list[str]:
    """Return a list of texts, not empty and not endless."""
    usable = isinstance(value, list) and value and all(isinstance(one, str) for one in value)
    if not usable:
        fix = f"Write a list in brackets, each in quotation marks: {EXAMPLES[field]}"
        raise wrong(field, _seen(value), fix)
    if len(value) > MOST_SESSIONS:
        what = f"It lists {len(value):,} of them."
        raise wrong(field, what, f"A cohort has at most {MOST_SESSIONS} sessions.")
    return [one.strip() for one in value]


def _seen(value: Any) -> str:
    if value in ("", None, []) or (isinstance(value, str) and not value.strip()):
        return "Nothing stands there."
    return f"I can't use {str(value)[:40]!r} here."


EXAMPLES = {
    "name": 'name = "Spring Lab 2027"',
    "dates": f'dates = ["{_DATE_EXAMPLE}", "2027-03-10 14:00"]',
    "time_zone": 'time_zone = "America/Chicago"',
    "contact": 'contact = "Ana Ruiz, ana.ruiz@city.example"',
    "welcome": 'welcome = "Bring one question from your own work."',
    "lessons": 'lessons = ["3.1", "3.2"]',
}
CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "name": lambda value: check_text("name", value),
    "dates": check_dates,
    "time_zone": check_time_zone,
    "contact": lambda value: check_text("contact", value),
    "welcome": lambda value: check_text("welcome", value),
    "lessons": lambda value: texts("lessons", value),
    "minutes": _check_minutes,
    "solutions": _check_solutions,
}
