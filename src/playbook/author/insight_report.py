"""Measure every claim on Port Alder and on other seeds, and keep the result as `insights.yaml`."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from playbook import home
from playbook.city.tables import City, load_city
from playbook.files import write_atomically
from playbook.insights.statements import Claim, claims
from playbook.simulate.build import tables

OTHER_SEEDS = tuple(range(1, 21))
FEWEST_HELD = 19
_HEADING = (
    "# What each lesson claims of Port Alder, measured. Not edited by hand: written by\n"
    "# `playbook city insights --write`. The functions are in src/playbook/insights.\n"
)


def insights_file() -> Path:
    """Return the path of the report."""
    return home.data_folder() / "insights.yaml"


def city_of_seed(seed: int) -> City:
    """Return Port Alder as another seed would have made it."""
    return load_city().with_tables(tables(seed))


def measure_seeds(seeds: Iterable[int]) -> dict[str, list[tuple[float, bool]]]:
    """Measure every claim on other seeds.

    Returns
    -------
    dict
        By claim id, one pair a seed: the value, and whether the claim appears.
    """
    found: dict[str, list[tuple[float, bool]]] = {name: [] for name in claims()}
    for seed in seeds:
        city = city_of_seed(seed)
        for name, claim in claims().items():
            result = claim.measure(city)
            found[name].append((result.estimate.value, result.verdict == "appears"))
    return found


def report(seeds: Iterable[int] = OTHER_SEEDS) -> list[dict[str, Any]]:
    """Return one entry a claim, in the order of the lessons."""
    city, others = load_city(), measure_seeds(seeds)
    return [_entry(claim, city, others[name]) for name, claim in claims().items()]


def _entry(claim: Claim, city: City, others: list[tuple[float, bool]]) -> dict[str, Any]:
    result = claim.measure(city)
    values = [float(value) for value, _ in others if not math.isnan(value)]
    return {
        "id": claim.id,
        "lesson": claim.lesson,
        "words": claim.words,
        "value": round(float(result.estimate.value), 2),
        "unit": result.estimate.unit,
        "tolerance": [_floor(min(values)), _ceil(max(values))],
        "kind": claim.kind,
        "carries_over": claim.carries_over,
        "held": f"{sum(held for _, held in others)} of {len(others)} other seeds",
        "quoted": result.sentence,
    }


def _floor(value: float) -> float:
    return math.floor(value * 10) / 10


def _ceil(value: float) -> float:
    return math.ceil(value * 10) / 10


def read_report(path: Path | None = None) -> list[dict[str, Any]]:
    """Read the committed report."""
    text = (path or insights_file()).read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    return entries


def write_report() -> Path:
    """Measure everything anew and write the report."""
    text = yaml.safe_dump(report(), sort_keys=False, allow_unicode=True, width=100)
    return write_atomically(insights_file(), _HEADING + text)
