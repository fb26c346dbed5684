"""Memo of lesson 3.1: waits by kind of request and group, with a target for each."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.service_waits import comparison
from playbook.insights.statements import headline
from playbook.insights.wait_gaps import waits_by_type
from playbook.learn.memos.content import MemoContent, found_here
from playbook.measures.suppression import suppress
from playbook.show.charts import dots

TOO_FEW = "too few to tell"


def content(city: City) -> MemoContent:
    """Return the table that is ready for a portal, with what to say beside it."""
    pair = comparison(city)
    waits = waits_by_type(city)
    return MemoContent(
        title=f"Waits for city services in {city.name}: {pair.first.lower()} and "
        f"{pair.second.lower()}",
        lines=(
            f"What we found. {found_here(city, '3.1-average')}",
            f"What is behind it. {found_here(city, '3.1-same-mix')}",
            f"{found_here(city, '3.1-types')}",
            "Say with care. These are reports, not needs. Places that report less are not in it.",
            "Target: the shorter wait of the two groups, for both. Somebody gets it today.",
        ),
        table=service_levels(city),
        caption="Median wait in days, with its range, and the proposed target",
        figure=dots(
            waits,
            y="request_type",
            x="median",
            low="median_low",
            high="median_high",
            group="group",
            unit="days",
            finding=headline(city, "3.1-types"),
        ),
    )


def service_levels(city: City) -> pd.DataFrame:
    """Return one row a kind of request: both medians, a target, and how many requests."""
    pair = comparison(city)
    waits = waits_by_type(city)
    counts = waits.pivot(index="request_type", columns="group", values="requests")
    shown = suppress(counts, city.small_counts.below).for_readers()
    waits["text"] = _with_range(waits)
    kinds = waits["request_type"].drop_duplicates().tolist()
    texts = waits.pivot(index="request_type", columns="group", values="text").loc[kinds]
    targets = waits.groupby("request_type")["median"].min().loc[kinds].map(format_number)
    return pd.DataFrame(
        {
            "Request": kinds,
            f"{pair.first}, days": texts[pair.first].tolist(),
            f"{pair.second}, days": texts[pair.second].tolist(),
            "Target, days": targets.replace("nan", TOO_FEW).tolist(),
            f"{pair.first}, requests": shown.loc[kinds, pair.first].tolist(),
            f"{pair.second}, requests": shown.loc[kinds, pair.second].tolist(),
        }
    )


def _with_range(waits: pd.DataFrame) -> pd.Series:
    value, low, high = (waits[f"median{end}"].map(format_number) for end in ("", "_low", "_high"))
    texts = value + " (" + low + " to " + high + ")"
    return texts.where(waits["median"].notna(), TOO_FEW)
