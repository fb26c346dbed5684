"""Hospital visits that good care outside could prevent: how far the fifths lie apart, and when."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.hidden_cells import hidden_cells, mostly_guessed
from playbook.insights.poverty_fifths import FIFTHS, poverty_fifths
from playbook.insights.small_counts import is_small, safe_counts
from playbook.measures.attributable import attributable_fraction
from playbook.measures.gap_ranges import bootstrap_range
from playbook.measures.inequality import all_measures
from playbook.measures.rates import difference, rate, ratio
from playbook.measures.slopes import slope_index
from playbook.measures.suppression import TOTAL

Period = Literal[0, -1]
PERIODS: tuple[Period, Period] = (0, -1)
Measure = Callable[[npt.ArrayLike, npt.ArrayLike], float]

# One year jumps by chance; three together jump less.
PERIOD_YEARS = 3
PER = 10_000
WHOLE_CITY = "Whole city"
# From the group with the fewest resources to the one with the most, as the measures want them.
GROUPS = FIFTHS[::-1]
# A rate from fewer visits than this jumps from year to year by chance.
FEWEST_VISITS = 20


@cache
def _counts(city: City) -> pd.DataFrame:
    """Visits and residents by year and fifth, all conditions together."""
    table = city["avoidable_hospital"]
    table["hidden"] = hidden_cells(city, "avoidable_hospital", "visits")
    # Residents stand beside each condition: count them once.
    places = table.groupby(["year", "neighborhood_id"], as_index=False).agg(
        visits=("visits", "sum"), residents=("population", "first"), hidden=("hidden", "sum")
    )
    places["group"] = poverty_fifths(city, places["neighborhood_id"])
    return places.groupby(["year", "group"], observed=False, as_index=False)[
        ["visits", "residents", "hidden"]
    ].sum()


def visit_rates(city: City) -> pd.DataFrame:
    """Visits per 10,000 residents in each fifth and in the whole city, year by year.

    Parameters
    ----------
    city
        A city with the tables `avoidable_hospital` and `acs_profile`. Neighborhoods stay in the
        fifth of the latest poverty figures in every year.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``group`` (highest-poverty fifth first, the whole city last), ``visits``,
        ``residents``, and ``rate`` with its range ``low`` and ``high``. NaN where so few came that
        nobody may know, and where other rates would give them away.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> visit_rates(load_city())["group"].unique().tolist()[-2:]
    ['Lowest-poverty fifth', 'Whole city']
    """
    counts = _counts(city)
    whole = counts.groupby("year", as_index=False)[["visits", "residents"]].sum()
    both = pd.concat([counts.astype({"group": str}), whole.assign(group=WHOLE_CITY)])
    order = {name: place for place, name in enumerate((*GROUPS, WHOLE_CITY))}
    both = both[both["residents"] > 0]
    both = both.assign(place=both["group"].map(order)).sort_values(["year", "place"])
    rates = [rate(v, r, per=PER) for v, r in zip(both["visits"], both["residents"], strict=True)]
    table = (
        both[["year", "group", "visits", "residents"]]
        .assign(
            rate=[one.value for one in rates],
            low=[one.low for one in rates],
            high=[one.high for one in rates],
        )
        .reset_index(drop=True)
    )
    wide = counts.pivot(index="year", columns="group", values="visits").astype("int64")
    shown = safe_counts(city, wide.rename(columns=str), totals="rows").table
    hidden = shown.rename(columns={TOTAL: WHOLE_CITY}).isna().stack()
    kept = pd.MultiIndex.from_frame(table[["year", "group"]])
    keep_back = hidden.reindex(kept).to_numpy(dtype=bool)
    for column in ("visits", "rate", "low", "high"):
        table[column] = table[column].mask(keep_back)
    return table


def periods(city: City) -> tuple[str, str]:
    """First and last three years of the table, such as ``("2016 to 2018", "2023 to 2025")``."""
    first, last = (sorted(years) for years in _period_years(city))
    return _words(first), _words(last)


def _words(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _period_years(city: City) -> tuple[list[int], list[int]]:
    years = sorted(int(year) for year in set(_counts(city)["year"]))
    length = max(1, min(PERIOD_YEARS, len(years) // 2))
    return years[:length], years[-length:]


def group_counts(city: City, period: Period) -> pd.DataFrame:
    """Visits and residents of a whole period by fifth, from the highest to the lowest poverty.

    Parameters
    ----------
    city
        A city with the tables `avoidable_hospital` and `acs_profile`.
    period
        0 for the first three years of the table, -1 for the last three. Residents are counted
        once a year, so that a rate is for one year.
    """
    counts = _counts(city)
    chosen = counts[counts["year"].isin(_period_years(city)[period])]
    columns = ["visits", "residents", "hidden"]
    return chosen.groupby("group", observed=False)[columns].sum().loc[list(GROUPS)]


def group_rates(city: City, period: Period = -1) -> pd.DataFrame:
    """Visits per 10,000 residents a year in each fifth and in the whole city, in one period.

    Parameters
    ----------
    city
        A city with the tables `avoidable_hospital` and `acs_profile`.
    period
        0 for the first three years of the table, -1 for the last three.

    Returns
    -------
    pandas.DataFrame
        ``group`` (highest-poverty fifth first, the whole city last), ``rate``, and its range
        ``low`` and ``high``.
    """
    rates = {name: group_rate(city, name, period) for name in (*GROUPS, WHOLE_CITY)}
    return pd.DataFrame(
        {
            "group": list(rates),
            "rate": [one.value for one in rates.values()],
            "low": [one.low for one in rates.values()],
            "high": [one.high for one in rates.values()],
        }
    )


def group_rate(city: City, group: str, period: Period = -1) -> Estimate:
    """Rate of one fifth, or of the whole city, in one period, with its range."""
    counts = group_counts(city, period)
    row = (counts if group == WHOLE_CITY else counts.loc[[group]]).sum()
    if is_small(city, row)["visits"]:
        return Estimate(math.nan, math.nan, math.nan, f"per {PER:,}", measure="rate")
    return rate(float(row["visits"]), float(row["residents"]), per=PER)


def enough_visits(city: City) -> bool:
    """Whether every fifth has visits enough in both periods, and few of them guessed."""
    sums = pd.concat([group_counts(city, one) for one in PERIODS])
    guessed = any(
        mostly_guessed(city, visits, hidden)
        for visits, hidden in zip(sums["visits"], sums["hidden"], strict=True)
    )
    return bool(sums["visits"].min() >= FEWEST_VISITS) and not guessed


def gap_difference(city: City, period: Period) -> Estimate:
    """Highest- less lowest-poverty fifth, in visits per 10,000 residents a year."""
    return difference(group_rate(city, GROUPS[0], period), group_rate(city, GROUPS[-1], period))


def gap_ratio(city: City, period: Period) -> Estimate:
    """Highest- over lowest-poverty fifth."""
    return ratio(group_rate(city, GROUPS[0], period), group_rate(city, GROUPS[-1], period))


@cache
def avoided_share(city: City, period: Period) -> Estimate:
    """Percent of visits fewer, had every fifth the rate of the lowest-poverty fifth."""
    return _with_range(city, period, attributable_fraction, "percent")


@cache
def slope(city: City, period: Period) -> Estimate:
    """Slope index: from the bottom to the top of the whole ladder, in visits per 10,000."""
    return _with_range(city, period, slope_index, f"per {PER:,}")


def _with_range(city: City, period: Period, measure: Measure, unit: str) -> Estimate:
    counts = group_counts(city, period)
    return bootstrap_range(
        measure,
        counts["visits"].to_numpy(),
        counts["residents"].to_numpy(),
        per=PER,
        unit=unit,
    )


def avoided_visits(city: City, period: Period) -> float:
    """Visits fewer in a year of that period, had every fifth the rate of the lowest one."""
    years = len(_period_years(city)[period])
    visits = float(group_counts(city, period)["visits"].sum()) / years
    return visits * avoided_share(city, period).value / 100


def gap_by_period(city: City) -> pd.DataFrame:
    """Difference and ratio in the first and in the last three years, each with its range.

    Parameters
    ----------
    city
        A city with the tables `avoidable_hospital` and `acs_profile`.

    Returns
    -------
    pandas.DataFrame
        Two rows: ``years``, then ``difference`` (visits per 10,000 residents) and ``ratio``, each
        with ``_low`` and ``_high``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> gap_by_period(load_city())["years"].tolist()
    ['2016 to 2018', '2023 to 2025']
    """
    rows = []
    for years, period in zip(periods(city), PERIODS, strict=True):
        row: dict[str, str | float] = {"years": years}
        for name, measure in {"difference": gap_difference, "ratio": gap_ratio}.items():
            one = measure(city, period)
            row |= {name: one.value, f"{name}_low": one.low, f"{name}_high": one.high}
        rows.append(row)
    return pd.DataFrame(rows)


def gap_measures(city: City) -> pd.DataFrame:
    """Measure the same gap fifteen ways, in the first and in the last three years.

    Returns
    -------
    pandas.DataFrame
        ``measure``, one column a period, and ``gap`` which says whether it narrowed or widened.
    """
    before, after = (_all_measures(city, period) for period in PERIODS)
    # How far each is from the value that says there is no gap.
    far_before, far_after = ((one["value"] - one["equal"]).abs() for one in (before, after))
    change = far_after - far_before
    gap = np.select(
        [change < 0, change > 0, change == 0], ["narrower", "wider", "the same"], "can't tell"
    )
    first, last = periods(city)
    return pd.DataFrame(
        {
            "measure": before["measure"],
            first: before["value"],
            last: after["value"],
            "gap": gap,
        }
    )


def gap_in_words(city: City) -> pd.DataFrame:
    """Say in a sentence what each measure says of the last three years.

    Returns
    -------
    pandas.DataFrame
        ``measure`` and ``what_it_says``.
    """
    found = _all_measures(city, -1)
    return found[["measure", "reads"]].rename(columns={"reads": "what_it_says"})


def _all_measures(city: City, period: Period) -> pd.DataFrame:
    counts = group_counts(city, period)
    rates = PER * counts["visits"] / counts["residents"]
    return all_measures(rates.to_numpy(), counts["residents"].to_numpy())


def measures_at(city: City, rates: Mapping[str, float]) -> pd.DataFrame:
    """Compute every measure at rates that a reader chooses.

    Parameters
    ----------
    city
        The city that is open; each fifth keeps its residents of the last years.
    rates
        Visits per 10,000 residents by fifth, above 0.

    Returns
    -------
    pandas.DataFrame
        ``measure`` and ``value``.
    """
    residents = group_counts(city, -1)["residents"].to_numpy()
    chosen = np.array([float(rates[name]) for name in GROUPS])
    return all_measures(chosen, residents)[["measure", "value"]]
