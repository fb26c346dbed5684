"""What a lesson may quote: the values that `data/insights.yaml` keeps for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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


def taught(data: Path, lesson_id: str) -> Taught:
    """Return what `insights.yaml` in the data folder keeps for a lesson."""
    path = data / INSIGHTS_NAME
    if not path.is_file():
        return Taught((), planted=False)
    # Only a maintainer's checks read this file, so that lessons need no YAML library.
    from playbook.author.insight_report import read_report

    claims = [claim for claim in read_report(path) if claim["lesson"] == lesson_id]
    texts = [str(claim[name]) for claim in claims for name in _QUOTABLE]
    return Taught(
        figures=tuple(number for text in texts for number in figures_in(text)),
        planted=any(claim["carries_over"] == "port-alder-only" for claim in claims),
    )
