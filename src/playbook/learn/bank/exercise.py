"""What an exercise is made of."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from playbook.city.tables import City
from playbook.estimate import format_number

Number = Callable[[City], float]
Words = Callable[[City], str]


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that people give for a known reason.

    Parameters
    ----------
    value
        The number that this misunderstanding leads to, in the loaded city.
    reason
        The sentence that names the misunderstanding and the way on; never the right value.
    """

    value: Number
    reason: Words


@dataclass(frozen=True)
class Exercise:
    """One question, its right answer in any city, and what is known of the wrong ones.

    Parameters
    ----------
    id
        Lesson and letter, such as ``"3.1-a"``.
    kind
        ``"choose"`` from a list, or ``"number"`` to type.
    question
        The question in plain words.
    unit
        Unit of the answer. Empty for a count.
    expected
        The right number.
    explanation
        Why it is right, shown for a right answer and in the solution.
    hints
        Two or three, of rising help.
    mistakes
        The known ones.
    tolerance
        How far an answer may be from the right one.
    decimals
        Digits after the point in the choices.
    tables
        Tables that it can't do without; a city that lacks one is asked about Port Alder. Empty when
        the lesson as a whole asks for them.
    practice
        Why it is asked about Port Alder whichever city is open; mostly empty.
    """

    id: str
    kind: Literal["choose", "number"]
    question: Words
    unit: str
    expected: Number
    explanation: Words
    hints: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    tolerance: float = 0.05
    decimals: int = 1
    tables: tuple[str, ...] = ()
    practice: str = ""

    @property
    def lesson(self) -> str:
        """Id of the lesson that the exercise belongs to."""
        return self.id.partition("-")[0]

    def known(self, city: City) -> bool:
        """Whether this city has the data that the exercise needs."""
        return not math.isnan(self.expected(city))

    def label(self, value: float) -> str:
        """Write a value as a choice: ``"3.5 days"``."""
        unit = self.unit[:-1] if value == 1 and self.unit.endswith("s") else self.unit
        return f"{format_number(value, self.decimals)} {unit}".strip()

    def is_right(self, city: City, value: float) -> bool:
        """Whether an answer is close enough, in the digits that the lesson shows."""
        expected = self.expected(city)
        rounded = abs(round(value, self.decimals) - round(expected, self.decimals))
        return rounded < 10**-self.decimals / 2 or abs(value - expected) <= self.tolerance

    def mistake(self, city: City, value: float) -> Mistake | None:
        """Return the known mistake that leads to this value, if there is one."""
        if self.is_right(city, value):
            return None
        for mistake in self.mistakes:
            wrong = mistake.value(city)
            if not math.isnan(wrong) and round(wrong, self.decimals) == round(value, self.decimals):
                return mistake
        return None

    def choices(self, city: City) -> list[tuple[str, str]]:
        """Return the choices in rising order, each with its folded reason.

        The right value and the known mistakes of the loaded city; equal ones are merged.
        """
        right = round(self.expected(city), self.decimals)
        reasons = {right: f"That's it. {self.explanation(city)}"}
        for mistake in self.mistakes:
            value = mistake.value(city)
            if not math.isnan(value) and not self.is_right(city, value):
                reasons.setdefault(round(value, self.decimals), mistake.reason(city))
        return [(self.label(value), reasons[value]) for value in sorted(reasons)]
