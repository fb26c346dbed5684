"""Which of the city's initiatives still run, and what they had."""

from __future__ import annotations

from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.measures.rates import difference, proportion
from playbook.measures.retention import area_under_curve, survival_by_feature

MAYOR = "Mayor"
# Fewer initiatives than this in a group say little about it; fewer in all, nothing.
FEWEST_IN_GROUP, FEWEST_IN_ALL = 5, 20
TODAY = "2026-01-15"
SAFEGUARDS = ("codified", "recurring line", "outside partner")


@cache
def _marked(city: City) -> pd.DataFrame:
    """Mark what each initiative has, as True and False."""
    table = city["initiatives"]
    marks = table[["initiative_id", "press_mentions"]].assign(
        lasts=table["ended"].isna(),
        flagship=table["champion"].eq(MAYOR),
        budget=table["recurring_usd"] + table["one_time_usd"],
    )
    marks["codified"] = table["codified"].eq("yes")
    marks["recurring line"] = table["recurring_usd"].gt(0)
    marks["outside partner"] = table["outside_partner"].eq("yes")
    marks["two departments"] = table["departments"].ge(2)
    marks["public number"] = table["public_metric"].eq("yes")
    marks["resident body"] = table["resident_body"].eq("yes")
    marks["safeguards"] = marks[list(SAFEGUARDS)].sum(axis=1)
    return marks


def enough_initiatives(city: City) -> bool:
    """Whether there are enough initiatives, and enough that ended and that run, to say anything."""
    lasts = _marked(city)["lasts"]
    few = min(int(lasts.sum()), int((~lasts).sum()))
    return len(lasts) >= FEWEST_IN_ALL and few >= FEWEST_IN_GROUP


def lasting_by_feature(city: City) -> pd.DataFrame:
    """Compare initiatives with and without each of six safeguards, as `survival_by_feature` does.

    Parameters
    ----------
    city
        A city with the table `initiatives`.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> lasting_by_feature(load_city())["feature"].tolist()[:3]
    ['codified', 'recurring line', 'outside partner']
    """
    marks = _marked(city)
    features = [*SAFEGUARDS, "two departments", "public number", "resident body"]
    return survival_by_feature(marks["lasts"], {name: marks[name] for name in features})


def lasting_share(city: City, *, flagship: bool) -> Estimate:
    """Percent that still run: of those the mayor led, or of those with all three safeguards."""
    marks = _marked(city)
    inside = marks["flagship"] if flagship else marks["safeguards"].eq(len(SAFEGUARDS))
    if int(inside.sum()) < FEWEST_IN_GROUP:
        return Estimate(float("nan"), float("nan"), float("nan"), "percent", decimals=0)
    return proportion(int(marks.loc[inside, "lasts"].sum()), int(inside.sum()))


def lasting_gap(city: City) -> Estimate:
    """Percentage points between initiatives with all three safeguards and the mayor's own.

    Not known where one initiative stands in both groups: then they are not two groups.
    """
    marks = _marked(city)
    if (marks["flagship"] & marks["safeguards"].eq(len(SAFEGUARDS))).any():
        return Estimate(float("nan"), float("nan"), float("nan"), "percentage points")
    return difference(lasting_share(city, flagship=False), lasting_share(city, flagship=True))


def tells_lasting(city: City, column: str) -> Estimate:
    """Chance that what lasts has more of something than what ended: budget, press or safeguards.

    Parameters
    ----------
    city
        A city with the table `initiatives`.
    column
        ``"budget"``, ``"press_mentions"`` or ``"safeguards"``.
    """
    marks = _marked(city)
    return area_under_curve(marks[column], marks["lasts"])


def press_halves(city: City) -> tuple[Estimate, Estimate]:
    """Percent that still run: of the half with the most press, and of the half with the least."""
    marks = _marked(city).sort_values("press_mentions", ascending=False, kind="stable")
    half = len(marks) // 2
    most, least = marks["lasts"].iloc[:half], marks["lasts"].iloc[len(marks) - half :]
    return proportion(int(most.sum()), half), proportion(int(least.sum()), half)


def initiative_times(city: City) -> pd.DataFrame:
    """Give each initiative's days from start to end, for `product_limit`.

    Parameters
    ----------
    city
        A city with the table `initiatives`.

    Returns
    -------
    DataFrame
        One row an initiative: ``initiative_id``, ``days`` (until January 15, 2026 when it still
        runs), ``closed`` (whether it ended), ``flagship`` and ``safeguards`` (how many of three).

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> initiative_times(load_city()).columns.tolist()
    ['initiative_id', 'days', 'closed', 'flagship', 'safeguards']
    """
    table, marks = city["initiatives"], _marked(city)
    end = pd.to_datetime(table["ended"].fillna(TODAY))
    days = (end - pd.to_datetime(table["started"])).dt.days
    times = marks[["initiative_id"]].assign(days=days, closed=~marks["lasts"])
    return times.assign(flagship=marks["flagship"], safeguards=marks["safeguards"])
