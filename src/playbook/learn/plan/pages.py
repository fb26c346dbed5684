"""What the plan keeps of one lesson."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from playbook.city.tables import PORT_ALDER
from playbook.learn.catalog import lessons
from playbook.learn.practice import PRACTICE


@dataclass(frozen=True)
class PlanPage:
    """What the plan keeps of one lesson in one city.

    Parameters
    ----------
    lesson, city
        The lesson's id and the city's key: together the name of the page.
    city_name
        The city, as it reads.
    lesson_version
        Version of the lesson when its memo was saved.
    title, lines, caption, table, chart_words
        The memo: its heading, text, table (the first row is the header) and chart in words.
    memo_indicator, memo_owner, memo_first_step, memo_by, memo_sign
        What the memo counts, and what was typed in the lesson's last step.
    indicator, owner, first_step, by, sign
        The same, typed for *In my city*; it counts more.
    population, ask, whom, request, in_15_minutes, this_week, this_month
        The rest of *In my city*.
    """

    lesson: str
    city: str
    city_name: str = ""
    lesson_version: str = ""
    title: str = ""
    lines: tuple[str, ...] = ()
    caption: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    chart_words: str = ""
    memo_indicator: str = ""
    memo_owner: str = ""
    memo_first_step: str = ""
    memo_by: str = ""
    memo_sign: str = ""
    indicator: str = ""
    owner: str = ""
    first_step: str = ""
    by: str = ""
    sign: str = ""
    population: str = ""
    ask: str = ""
    whom: str = ""
    request: str = ""
    in_15_minutes: str = ""
    this_week: str = ""
    this_month: str = ""

    @property
    def practice(self) -> bool:
        """Whether the page is about the teaching city."""
        return self.city == PORT_ALDER

    @property
    def stem(self) -> str:
        """Name of its chart files, without ending: `practice-3.1`."""
        return f"{'practice' if self.practice else self.city}-{self.lesson}"

    def say(self, name: str) -> str:
        """Return what was typed for *In my city*, else what the memo says."""
        return str(getattr(self, name) or getattr(self, f"memo_{name}", ""))

    @property
    def heading(self) -> str:
        """The lesson's number, and what was found there; practice is named."""
        entry = lessons().get(self.lesson)
        title = self.title or (entry.title if entry else "")
        return f"{self.lesson} {self._marked(title)}".strip()

    @property
    def alt(self) -> str:
        """The chart in words; practice is named."""
        return self._marked(self.chart_words) if self.chart_words else ""

    def _marked(self, text: str) -> str:
        return f"{PRACTICE}. {text}" if self.practice and PRACTICE not in text else text

    def mark(self, text: str) -> str:
        """Add the mark of practice to a line with a number."""
        if self.practice and re.search(r"\d", text) and PRACTICE not in text:
            return f"{text} ({PRACTICE})"
        return text


STEPS = {"first_step": "First step", "owner": "Owner", "by": "By", "sign": "Sign that it works"}
IN_MY_CITY = {
    "indicator": "What we count",
    "population": "For whom",
    "ask": "Ask",
    "whom": "Whom we ask",
    "request": "E-mail to send",
    "in_15_minutes": "In 15 minutes",
    "this_week": "This week",
    "this_month": "This month",
}
TEXTS = tuple(one.name for one in fields(PlanPage) if one.type == "str")


def in_order(pages: dict[tuple[str, str], PlanPage]) -> list[PlanPage]:
    """Return pages in the order of the lessons; a lesson that is no longer there comes last."""
    places = {name: place for place, name in enumerate(lessons())}
    return sorted(
        pages.values(),
        key=lambda page: (places.get(page.lesson, len(places)), page.lesson, page.city),
    )
