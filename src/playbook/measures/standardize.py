"""Rates at one mix of ages.

A district with many old people has many deaths, however well it lives. Direct standardization asks
what the rate would be if every district had the ages of one standard population.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.age_groups import AGE_GROUPS
from playbook.measures.curves import check_columns
from playbook.measures.intervals import byar_limits

Numbers = npt.NDArray[np.float64]
Interval = Literal["fay-feuer", "tiwari", "dobson"]
INTERVALS: tuple[Interval, ...] = ("fay-feuer", "tiwari", "dobson")

# With fewer events in all, the rate is mostly luck. England's health agency stops here too.
FEWEST_EVENTS = 10
# An interval holds 95 percent: this much is left out at each end.
TAIL = 0.025

# How many people of each age the standard population has.
STANDARDS: Mapping[str, Mapping[str, int]] = {
    # Klein RJ, Schoenborn CA (2001), Healthy People 2010 Statistical Notes 20.
    "us2000": dict(
        zip(
            AGE_GROUPS,
            (
                13_818,
                55_317,
                145_565,
                138_646,
                135_573,
                162_613,
                134_834,
                87_247,
                66_037,
                44_842,
                15_508,
            ),
            strict=True,
        )
    ),
    # Eurostat (2013), Revision of the European Standard Population.
    "europe2013": {
        "0-4": 5_000,
        "5-9": 5_500,
        "10-14": 5_500,
        "15-19": 5_500,
        "20-24": 6_000,
        "25-29": 6_000,
        "30-34": 6_500,
        "35-39": 7_000,
        "40-44": 7_000,
        "45-49": 7_000,
        "50-54": 7_000,
        "55-59": 6_500,
        "60-64": 6_000,
        "65-69": 5_500,
        "70-74": 5_000,
        "75-79": 4_000,
        "80-84": 2_500,
        "85-89": 1_500,
        "90 and older": 1_000,
    },
}


def age_adjusted_rate(
    table: pd.DataFrame,
    standard: str | Mapping[str, float] | pd.Series = "us2000",
    interval: Interval = "fay-feuer",
    per: float = 100_000,
    ages: str = "age_group",
    events: str = "deaths",
    population: str = "population",
) -> Estimate:
    """Rate that a place would have with the ages of a standard population.

    Parameters
    ----------
    table
        One row an age group, in any order.
    standard
        ``"us2000"``: the United States in 2000, 11 groups from "Under 1" to "85 and older".
        ``"europe2013"``: 19 groups from "0-4" to "90 and older". Or people, or shares, by age
        group; only their proportions matter.
    interval
        ``"fay-feuer"`` never promises too much. ``"tiwari"`` is shorter, and a little too short
        where the counts are small. ``"dobson"`` is what England publishes.
    per
        The number of residents that the rate is for.
    ages, events, population
        Columns: the age group, how many events were counted in it (whole numbers), and how many
        residents, or person-years, they happened among.

    Returns
    -------
    Estimate
        In events per `per`, with a 95 percent interval. Not known when there are fewer than 10
        events in all, or nobody lives in one of the age groups.

    Raises
    ------
    PlaybookError
        When a column or an age group is missing, twice or unknown, a number is not a count, or
        there is no such standard or interval.

    Notes
    -----
    Gamma intervals: Fay MP, Feuer EJ (1997), Statistics in Medicine 16:791-801; Tiwari RC, Clegg
    LX, Zou Z (2006), Statistical Methods in Medical Research 15:547-569. Dobson AJ, Kuulasmaa K,
    Eberle E, Scherer J (1991), Statistics in Medicine 10:457-462, with Byar's limits of the count.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "age_group": ["0-24", "25-64", "65-84", "85 and older"],
    ...         "deaths": [2, 20, 60, 38],
    ...         "population": [6_000, 9_000, 2_000, 300],
    ...     }
    ... )
    >>> age_adjusted_rate(table, {"0-24": 35, "25-64": 52, "65-84": 11, "85 and older": 2})
    710.6 per 100,000 (588.7 to 851.1)
    """
    if interval not in INTERVALS:
        raise PlaybookError(
            f'I don\'t know an interval called "{interval}".',
            fix=f"Use one of {', '.join(INTERVALS)}. Or leave interval out for the first.",
        )
    if not 0 < per < math.inf:
        raise PlaybookError(
            f"I need a number above 0 for per; I found {per:g}.",
            fix="Write per=100_000, or leave it out.",
        )
    counts = _counts(table, _people(standard), ages, events, population)
    unit, measure = f"per {per:,g}", "age-adjusted rate"
    note = _too_little(counts)
    if note:
        return Estimate(math.nan, math.nan, math.nan, unit, measure, note)
    weight = (counts["people"] / counts["people"].sum() / counts["population"]).to_numpy()
    event = counts["events"].to_numpy()
    value, (low, high) = float(weight @ event), _limits(weight, event, interval)
    return Estimate(value * per, low * per, high * per, unit, measure)


def _limits(weight: Numbers, event: Numbers, interval: Interval) -> tuple[float, float]:
    """Limits of the sum of weighted counts."""
    value, variance = float(weight @ event), float(weight**2 @ event)
    if interval == "dobson":
        total = event.sum()
        stretch = math.sqrt(variance / total)
        low, high = (float(limit) - total for limit in byar_limits(total))
        return value + stretch * low, value + stretch * high
    # How much one more event could add: at most, or on average over the age groups.
    if interval == "fay-feuer":
        more, more_variance = weight.max(), weight.max() ** 2
    else:
        more, more_variance = weight.mean(), (weight**2).mean()
    high = _gamma_quantile(value + more, variance + more_variance, 1 - TAIL)
    return _gamma_quantile(value, variance, TAIL), high


def _gamma_quantile(mean: float, variance: float, share: float) -> float:
    from scipy.special import gammaincinv

    return float(variance / mean * gammaincinv(mean**2 / variance, share))


def _people(standard: str | Mapping[str, float] | pd.Series) -> pd.Series:
    """Give the standard population by age group."""
    if isinstance(standard, str):
        if standard not in STANDARDS:
            raise PlaybookError(
                f'I don\'t know a standard population called "{standard}".',
                fix=f"Use one of {', '.join(STANDARDS)}, or hand over people by age group.",
            )
        standard = STANDARDS[standard]
    people = pd.Series(standard, dtype=float)
    odd = people[~(people > 0) | np.isinf(people) | people.index.duplicated()]
    if len(odd) or people.empty:
        seen = f"{odd.iloc[0]:g} for {odd.index[0]}" if len(odd) else "nothing"
        raise PlaybookError(
            f"A standard population has people in each age group, once; I found {seen}.",
            fix="Give each group one number above 0, and leave out groups that should not count.",
        )
    return people


def _counts(
    table: pd.DataFrame, people: pd.Series, ages: str, events: str, population: str
) -> pd.DataFrame:
    """Give people of the standard, events and population, one row an age group of the standard."""
    check_columns(table, [ages, events, population])
    groups = [str(group) for group in table[ages]]
    known = [str(group) for group in people.index]
    faults = [f'"{group}" is missing' for group in known if group not in groups]
    faults += [f'"{group}" is not in the standard' for group in groups if group not in known]
    faults += [f'"{group}" is there twice' for group in known if groups.count(group) > 1]
    if faults:
        raise PlaybookError(
            f"The table should have each age group of the standard once: {faults[0]}.",
            fix="Add up the rows of each age group, write 0 where nothing was counted, and name "
            "the groups as the standard does. Or hand over people by your own age groups.",
            where=f"column {ages}",
        )
    columns = {events: "events", population: "population"}
    counts = table[[events, population]].rename(columns=columns).set_index(pd.Index(groups))
    for name, column in zip(counts.columns, columns, strict=True):
        numbers = pd.to_numeric(counts[name], errors="coerce")
        odd = counts.index[~(numbers >= 0) | np.isinf(numbers)]
        if name == "events" and not len(odd):
            odd = counts.index[numbers % 1 > 0]
        if len(odd):
            kind = "whole number" if name == "events" else "number"
            raise PlaybookError(
                f"I need a {kind} from 0 up; I found {counts.loc[odd[0], name]}.",
                fix="Check that row, or leave the place out and say so.",
                where=f'column {column}, age group "{odd[0]}"',
            )
        counts[name] = numbers.astype(float)
    empty = counts.index[(counts["population"] == 0) & (counts["events"] > 0)]
    if len(empty):
        raise PlaybookError(
            f"There are {counts.loc[empty[0], 'events']:,g} events but no residents.",
            fix="Check the population of that age group, or join it with the group beside it.",
            where=f'age group "{empty[0]}"',
        )
    return counts.reindex(known).assign(people=people.to_numpy())


def _too_little(counts: pd.DataFrame) -> str:
    """Say why nothing can be told; empty when it can."""
    total = int(counts["events"].sum())
    if total < FEWEST_EVENTS:
        return f"too few to tell: {total} events, at least {FEWEST_EVENTS} are needed"
    empty = counts.index[counts["population"] == 0]
    if len(empty):
        return f"too few to tell: nobody lives here in the age group {empty[0]}"
    return ""
