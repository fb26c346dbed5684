"""What a lesson may quote: the values that `data/insights.yaml` keeps for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playbook.author.prose_rules import figures_in

INSIGHTS_NAME = "insights.yaml"
_QUOTABLE = ("value", "quoted", "words")


@dataclass(frozen=True)
class Taught:
    """Figures that a lesson's prose may use, and whether some were planted for it.

    Parameters
    ----------
    figures
        Numbers as text.
    planted
        Whether a claim holds in Port Alder only.
    """

    figures: tuple[str, ...]
    planted: bool


def claims_kept(data: Path) -> dict[str, dict[str, Any]]:
    """Return what `insights.yaml` in the data folder keeps, by claim; none without the file."""
    path = data / INSIGHTS_NAME
    if not path.is_file():
        return {}
    # Only a maintainer's checks read this file, so that lessons need no YAML library.
    from playbook.author.insight_report import read_report

    return {str(claim["id"]): claim for claim in read_report(path)}


def figures_of(claims: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the numbers that may be quoted of some claims, as text."""
    texts = [str(claim[name]) for claim in claims for name in _QUOTABLE]
    return tuple(number for text in texts for number in figures_in(text))


def taught(data: Path, lesson_id: str) -> Taught:
    """Return what `insights.yaml` in the data folder keeps for a lesson."""
    claims = [claim for claim in claims_kept(data).values() if claim["lesson"] == lesson_id]
    planted = any(claim["carries_over"] == "port-alder-only" for claim in claims)
    return Taught(figures_of(claims), planted=planted)
