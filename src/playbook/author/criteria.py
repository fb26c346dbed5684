"""The 43 criteria of What Works Cities Certification, by code (standard of August 2022)."""

from __future__ import annotations

# Data management, leadership and capacity, open data, performance and analytics, budget and
# finance, results-driven contracting, community impact, evaluations: how many codes each has.
_PRACTICES = {"DM": 9, "LC": 7, "OD": 4, "PA": 5, "BF": 3, "RDC": 8, "CI": 3, "EVAL": 4}

CRITERIA = frozenset(
    f"{practice}{number}"
    for practice, count in _PRACTICES.items()
    for number in range(1, count + 1)
)
