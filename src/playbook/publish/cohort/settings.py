"""What a facilitator says about a cohort: `cohort.toml`, read and written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playbook.errors import PlaybookError
from playbook.learn.catalog import Lesson
from playbook.publish.cohort.field_checks import (
    CHECKS,
    DATE_FORMAT,
    EXAMPLES,
    check_lessons,
    wrong,
)
from playbook.publish.cohort.shapes import Cohort, Session
from playbook.publish.session import run_of_show

NEEDED = ("name", "dates", "time_zone", "contact", "welcome", "lessons")
_WITH_DEFAULT: Mapping[str, Any] = {"minutes": 60, "solutions": True}
_COMMENT = "A cohort. Change what you like, then: playbook build --cohort {name}"
_NOTES = {
    "dates": "When each session begins: year-month-day and the hour from 0 to 23",
    "lessons": "One lesson for each date, in the same order",
    "minutes": "How long a session is: 40, 60 or 90",
    "solutions": "With false, the learners' edition has no solutions. Yours keeps them",
}


def read_cohort(path: Path, lessons: Mapping[str, Lesson]) -> Cohort:
    """Read a cohort's file.

    Parameters
    ----------
    path
        Its ``cohort.toml``.
    lessons
        The lessons of the catalog, by id.

    Raises
    ------
    PlaybookError
        For the first line that is wrong, with its field and what to write instead.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise PlaybookError(
            f"I can't open {path.parent.name}/{path.name}.",
            fix=f"Check the name. Or make it: playbook cohort new {path.parent.name[:40]}",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise PlaybookError(
            f"I can't read it: {problem}.",
            where=path.name,
            fix="Look there for a missing quotation mark. Save it as plain text, in UTF-8.",
        ) from None
    return make_cohort(entries, lessons)


def make_cohort(entries: Mapping[str, Any], lessons: Mapping[str, Lesson]) -> Cohort:
    """Make a cohort of what its file says; see `read_cohort`."""
    for field in entries:
        if field not in CHECKS:
            nearest = get_close_matches(field, list(CHECKS), n=1) or [", ".join(CHECKS)]
            raise wrong(field[:40], "There is no such field.", f"Its name may be: {nearest[0]}.")
    for field in NEEDED:
        if field not in entries:
            raise wrong(field, "It is missing.", f"Add a line such as: {EXAMPLES[field]}")
    found = {
        field: check(entries.get(field, _WITH_DEFAULT.get(field)))
        for field, check in CHECKS.items()
    }
    ids = check_lessons(found["lessons"], lessons)
    dates = found["dates"]
    if len(dates) != len(ids):
        what = f"I see {_count(len(dates), 'date')} and {_count(len(ids), 'lesson')}."
        raise wrong("dates", what, "Write one date for each lesson, in the same order.")
    sessions = []
    for text, one in zip(dates, ids, strict=True):
        begins = _in_zone(text, found["time_zone"])
        _long_enough(lessons[one], found["minutes"])
        sessions.append(Session(begins, found["minutes"], lessons[one]))
    return Cohort(
        name=found["name"],
        time_zone=found["time_zone"],
        contact=found["contact"],
        welcome=found["welcome"],
        sessions=tuple(sessions),
        solutions=found["solutions"],
    )


def _in_zone(text: str, zone: str) -> datetime:
    moment = datetime.strptime(text, DATE_FORMAT).replace(tzinfo=ZoneInfo(zone))
    back = moment.astimezone(UTC).astimezone(ZoneInfo(zone))
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        what = f"{text} does not exist in {zone}: that night the clocks go forward."
        raise wrong("dates", what, "Choose another hour.")
    return moment


def _long_enough(lesson: Lesson, minutes: int) -> None:
    try:
        run_of_show(lesson, minutes)
    except PlaybookError as problem:
        raise wrong("minutes", problem.what, problem.fix) from None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def cohort_text(short_name: str, answers: Mapping[str, Any]) -> str:
    r"""Write the text of a cohort's file.

    Parameters
    ----------
    short_name
        Name of its folder.
    answers
        Its fields; those with a usual value may be left out.

    Examples
    --------
    >>> print(cohort_text("spring", {"name": 'The "A" team'}).splitlines()[2])
    name = "The \"A\" team"
    """
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment(_COMMENT.format(name=short_name)))
    for field, value in {
        **answers,
        **{k: v for k, v in _WITH_DEFAULT.items() if k not in answers},
    }.items():
        document.add(tomlkit.nl())
        if field in _NOTES:
            document.add(tomlkit.comment(_NOTES[field]))
        document.add(field, value)
    return tomlkit.dumps(document).rstrip("\n") + "\n"
