"""The plan: pages put in order, checked, with what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from playbook.city.labels import listed
from playbook.city.own import require_own
from playbook.city.tables import PORT_ALDER, load_city, own_cities
from playbook.learn.before_you_show import HEADING, before_you_show
from playbook.learn.catalog import Lesson, lessons
from playbook.learn.plan.checks import Gap, gaps
from playbook.learn.plan.pages import IN_MY_CITY, STEPS, PlanPage, in_order
from playbook.learn.plan.store import read_plan
from playbook.learn.practice import PRACTICE

TITLE = "My plan so far"
WHO_DOES_WHAT, STEPS_CAPTION = "Who does what, by when", "A row for each lesson"
GAPS = "What is missing, or does not fit together"
NO_GAPS = "Nothing is missing, and everything fits together."
OPEN = "Lessons that are not in it yet"
UNREAD = "What I could not read"
NOT_YET = "not yet"


@dataclass(frozen=True)
class Plan:
    """A plan to show, to print and to take along.

    Parameters
    ----------
    pages
        One a lesson, in the order of the lessons.
    gaps
        What is missing, or does not fit together.
    open
        Lessons that have no page yet.
    trouble
        What could not be read.
    checks
        What to do before numbers of a real city are shown outside city hall.
    """

    pages: tuple[PlanPage, ...]
    gaps: tuple[Gap, ...]
    open: tuple[Lesson, ...]
    trouble: tuple[str, ...]
    checks: tuple[str, ...]

    @property
    def title(self) -> str:
        """Whose plan it is; practice is named first."""
        cities = listed(dict.fromkeys(page.city_name or page.city for page in self.pages))
        title = f"{TITLE}: {cities}" if cities else TITLE
        if not any(page.practice for page in self.pages):
            return title
        mark = PRACTICE if all(page.practice for page in self.pages) else f"Partly {PRACTICE}"
        return f"{mark}. {title}"

    @property
    def file_stem(self) -> str:
        """Name of its files without ending; it says so where a page is practice."""
        own = dict.fromkeys(page.city for page in self.pages if not page.practice)
        parts = ["practice"] if any(page.practice for page in self.pages) else []
        return "-".join([*parts, *own, "my-plan"])

    @property
    def count(self) -> str:
        """How many lessons are in it."""
        every = len(self.pages) + len(self.open)
        return f"{len(self.pages)} of {every} lessons are in it."

    def steps_table(self) -> tuple[tuple[str, ...], ...]:
        """Return who does what by when, a row a lesson; the first row is the header."""
        marked = any(page.practice for page in self.pages)
        head = ("Lesson", *STEPS.values(), *(("Data",) if marked else ()))
        return (head, *(_steps_row(page, marked) for page in self.pages))


def _steps_row(page: PlanPage, marked: bool) -> tuple[str, ...]:
    data = (PRACTICE if page.practice else page.city_name,) if marked else ()
    return (page.lesson, *(page.say(name) or NOT_YET for name in STEPS), *data)


def in_my_city_rows(page: PlanPage) -> Iterator[tuple[str, str]]:
    """Yield what a page says of *In my city*: label and text, blanks left out."""
    for name, label in IN_MY_CITY.items():
        if text := page.say(name):
            yield label, page.mark(text)


def plan_so_far(today: date, city: str = "") -> Plan:
    """Put the plan together from what was saved.

    Parameters
    ----------
    today
        The day that dates are compared with.
    city
        Key of one city; left out, all pages are taken. Where a lesson has a page of a city of
        one's own, its practice page is left out.

    Raises
    ------
    PlaybookError
        If there is no such city.
    """
    if city and city != PORT_ALDER:
        require_own(city)
    saved = read_plan()
    pages = [page for page in in_order(saved.pages) if not city or page.city == city]
    own = {page.lesson for page in pages if not page.practice}
    pages = [page for page in pages if not page.practice or page.lesson not in own]
    there = {page.lesson for page in pages}
    return Plan(
        pages=tuple(pages),
        gaps=tuple(gaps(pages, today)),
        open=tuple(entry for name, entry in lessons().items() if name not in there),
        trouble=tuple(saved.trouble),
        checks=_checks(pages),
    )


def _checks(pages: list[PlanPage]) -> tuple[str, ...]:
    """Return what to do before the plan is shown, each line once, also for two cities."""
    keys = [key for key in own_cities() if any(page.city == key for page in pages)]
    lines = [line for key in keys for line in before_you_show(load_city(key))]
    return tuple(dict.fromkeys(lines))


def plan_text(plan: Plan) -> str:
    """Write the plan as plain text."""
    lines = [plan.title, plan.count]
    for page in plan.pages:
        lines += ["", page.heading]
        lines += [
            f"   {label}: {page.mark(page.say(name)) or NOT_YET}" for name, label in STEPS.items()
        ]
        lines += [f"   {label}: {text}" for label, text in in_my_city_rows(page)]
    if plan.pages:
        lines += ["", GAPS]
        lines += [f"{n}. {gap}" for n, gap in enumerate(plan.gaps, start=1)] or [NO_GAPS]
    if plan.open:
        lines += ["", OPEN, *(f"   {entry.id} {entry.title}" for entry in plan.open)]
    if plan.checks:
        lines += ["", HEADING, *(f"[ ] {check}" for check in plan.checks)]
    if plan.trouble:
        lines += ["", UNREAD, *plan.trouble]
    return "\n".join(lines)
