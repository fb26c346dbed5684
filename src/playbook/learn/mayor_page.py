"""What stands on a lesson's page for the mayor, word for word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playbook.learn.catalog import Lesson
from playbook.learn.practice import BUILT_IN, PRACTICE

DECISION = "The decision"
QUESTIONS = "Ask your staff"
MICROPHONE = "At the microphone"


@dataclass(frozen=True)
class MayorPage:
    """The words of one page, each without markup.

    Parameters
    ----------
    label
        The lesson, and that its numbers are practice.
    question
        The lesson's question, the title of the page.
    sentence
        What the claim shows in Port Alder, with its range, marked as practice. Empty when the
        lesson claims nothing yet.
    built_in
        That the pattern was built in, when it holds for Port Alder only; else empty.
    decide
        The decision that lies on the desk.
    ask
        Questions for the staff.
    avoid, instead
        What not to say at the microphone, and what to say.
    more
        Where the rest is, and how long it takes.
    """

    label: str
    question: str
    sentence: str
    built_in: str
    decide: str
    ask: tuple[str, ...]
    avoid: str
    instead: str
    more: str

    @property
    def text(self) -> str:
        """Everything that is printed beside the chart, a paragraph each."""
        parts = (
            self.label,
            self.question,
            self.sentence,
            self.built_in,
            DECISION,
            self.decide,
            QUESTIONS,
            *self.ask,
            MICROPHONE,
            f"Don’t say: “{self.avoid}”",
            f"Say: “{self.instead}”",
            self.more,
        )
        return "\n\n".join(filter(None, parts))


def mayor_page(lesson: Lesson, claim: Mapping[str, Any] | None) -> MayorPage:
    """Put together the page of one lesson.

    Parameters
    ----------
    lesson
        The lesson's entry in the catalog.
    claim
        The entry in `data/insights.yaml` of the claim that the page says, or None.

    Examples
    --------
    >>> from playbook.learn.catalog import lesson
    >>> page = mayor_page(lesson("3.1"), {"quoted": "In Port Alder, it is so.",
    ...                                   "carries_over": "method"})
    >>> page.sentence, page.built_in
    ('In Port Alder, it is so. (Practice: fictional city)', '')
    """
    words = lesson.mayor
    quoted = str(claim["quoted"]) if claim else ""
    only_here = claim is not None and claim["carries_over"] == "port-alder-only"
    return MayorPage(
        label=f"For the mayor · Lesson {lesson.id} · {PRACTICE}",
        question=lesson.question,
        sentence=f"{quoted} ({PRACTICE})" if quoted else "",
        built_in=BUILT_IN if only_here else "",
        decide=words.decide,
        ask=words.ask,
        avoid=words.avoid,
        instead=words.instead,
        more=f"Behind this page: lesson {lesson.id}, {lesson.core_minutes} minutes, no code.",
    )
