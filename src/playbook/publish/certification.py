"""The 43 criteria of What Works Cities Certification: codes, and our own words for each.

Unofficial. Codes and words have one home: the worksheet of the teaching city.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Criterion:
    """One criterion.

    Parameters
    ----------
    code
        Its code in the standard of August 2022.
    practice
        The practice that it belongs to.
    summary
        What it asks for, in our own words.
    lesson
        Id of the lesson that builds it most, written or planned; empty when none does.
    """

    code: str
    practice: str
    summary: str
    lesson: str


@cache
def criteria() -> Mapping[str, Criterion]:
    """Return the criteria by code, in their order.

    Examples
    --------
    >>> len(criteria()), criteria()["RDC2"].practice
    (43, 'Results-driven contracting')
    """
    text = (resources.files("playbook.simulate") / "certification.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text)
    return {
        code: Criterion(
            code=code,
            practice=content["practices"][code.rstrip("0123456789")],
            summary=entry["summary"],
            lesson=entry["lesson"],
        )
        for code, entry in content["criteria"].items()
    }
