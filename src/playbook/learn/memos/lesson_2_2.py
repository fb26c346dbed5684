"""Memo of lesson 2.2: the gap in four numbers that belong together."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.avoidable_visits import (
    PER,
    PERIODS,
    avoided_share,
    avoided_visits,
    gap_by_period,
    gap_difference,
    gap_ratio,
    periods,
)
from playbook.insights.statements import headline
from playbook.learn.memos.content import MemoContent, found_here
from playbook.show.charts import dots


def content(city: City) -> MemoContent:
    """Return the gap statement: difference, ratio, what is at stake, each with its range."""
    before, now = periods(city)
    return MemoContent(
        title=f"Avoidable hospital visits in {city.name}: how big the gap is",
        lines=(
            f"What we found. {found_here(city, '2.2-average')}",
            f"Both sides of the gap. {found_here(city, '2.2-difference')} "
            f"{found_here(city, '2.2-ratio')}",
            f"What is at stake. {found_here(city, '2.2-avoided')}",
            "Say with care. A visit shows that care came late. It does not say why. Neighborhoods "
            "are sorted by poverty today; who moved in ten years is not in it.",
        ),
        table=gap_statement(city),
        caption=f"The gap in {before} (before) and {now} (now). Publish rows 1 and 2 together",
        figure=dots(
            gap_by_period(city),
            y="years",
            x="ratio",
            low="ratio_low",
            high="ratio_high",
            unit="times",
            finding=headline(city, "2.2-ratio"),
        ),
        indicator="Avoidable hospital visits",
    )


def gap_statement(city: City) -> pd.DataFrame:
    """Return four rows: difference, ratio, share avoidable, visits avoidable; a column a period."""
    rows = {
        f"Difference, visits per {PER:,} residents a year": [
            _with_range(gap_difference(city, one), 0) for one in PERIODS
        ],
        "Ratio, times": [_with_range(gap_ratio(city, one), 1) for one in PERIODS],
        "Visits that would not be there, percent": [
            _with_range(avoided_share(city, one), 0) for one in PERIODS
        ],
        "Visits a year that would not be there": [
            format_number(avoided_visits(city, one), 0) for one in PERIODS
        ],
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["Before", "Now"])
    return table.rename_axis("Measure").reset_index()


def _with_range(one: Estimate, decimals: int) -> str:
    value, low, high = (format_number(x, decimals) for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"
