"""Reading a learner's answer, whatever form it comes in."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from numbers import Real
from typing import Literal

import pandas as pd

from playbook.estimate import Estimate

_NUMBER = re.compile(r"^[^\d+\-.]*([+-]?[\d,]*\.?\d+)\s*(.*)$")
_WEEKS, _HOURS = ("week", "weeks"), ("hour", "hours", "hrs")


@dataclass(frozen=True)
class Answer:
    """What was understood of an answer.

    Parameters
    ----------
    state
        ``"number"``, ``"empty"`` (not tried), or ``"unreadable"``.
    value
        The number, if there is one.
    why
        For an unreadable answer: what was seen and what to type instead.
    """

    state: Literal["number", "empty", "unreadable"]
    value: float = math.nan
    why: str = ""


def read_answer(given: object, unit: str) -> Answer:
    """Read a number out of what a learner gave.

    Accepts numbers, an `Estimate`, and text such as ``"8.4 days"``, ``"$1,200"`` or ``"23%"``.

    Parameters
    ----------
    given
        The answer.
    unit
        The unit that the question asks for.

    Examples
    --------
    >>> read_answer("8.4 days", "days").value, read_answer("$1,200", "dollars").value
    (8.4, 1200.0)
    >>> read_answer(..., "days").state
    'empty'
    """
    if given is ... or given is None or (isinstance(given, str) and given.strip() in ("", "...")):
        return Answer("empty")
    if isinstance(given, Estimate):
        given = given.value
    if isinstance(given, str):
        return _read_text(given.strip(), unit)
    if isinstance(given, (pd.Series, pd.DataFrame)):
        if given.size != 1:
            return Answer(
                "unreadable",
                why=f"I found a table of {given.size} cells where one number goes. "
                "Pick the one cell you need.",
            )
        given = given.to_numpy().ravel()[0]
    if isinstance(given, bool) or not isinstance(given, Real):
        return Answer(
            "unreadable", why="I found something that is not a number. Type one number, like 3.2."
        )
    value = float(given)
    if math.isnan(value) or math.isinf(value):
        return Answer(
            "unreadable",
            why="I found an empty number. The step before it may have had too few requests.",
        )
    return Answer("number", value)


def _read_text(text: str, unit: str) -> Answer:
    match = _NUMBER.match(text)
    if not match or re.search(r"\d", match[2]):
        return Answer(
            "unreadable", why=f'I found text where a number goes: "{text[:40]}". Type a number.'
        )
    value = float(match[1].replace(",", ""))
    word = match[2].strip().lower().rstrip(".")
    if unit == "days" and word in _WEEKS:
        return Answer("number", value * 7)
    if unit == "days" and word in _HOURS:
        return Answer("number", value / 24)
    return Answer("number", value)
