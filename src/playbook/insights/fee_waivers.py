"""A fee waiver in three designs: who gets its dollars, whom it reaches, what it costs."""

from __future__ import annotations

import math
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.measures.dollar_ratios import FEWEST_ROWS, ratio_of_sums
from playbook.measures.incidence import (
    benefit_incidence,
    cost_per_household,
    fee_burden,
    takeup_funnel,
)
from playbook.measures.rates import difference, proportion

Design = Literal["everyone", "form", "match"]
# Dollars that running a design costs for each household served: the finance office's estimate.
RUNNING_USD: dict[Design, float] = {"everyone": 2.0, "form": 34.0, "match": 6.0}
STEPS = ("eligible", "reached", "applied", "approved")
BURDENS = ("none", "some", "high")
# The fifths that count as the top two.
TOP_FIFTHS = (4, 5)
LOWEST, HIGHEST = 1, 5


@cache
def _households(city: City) -> pd.DataFrame:
    """Households with the dollars that each design would save them."""
    table = city["household_incidence"]
    served = {
        "everyone": pd.Series(True, table.index),
        "form": table["approved"].eq("yes"),
        "match": table["matched"].eq("yes"),
    }
    return table.assign(
        **{f"served_{design}": flag for design, flag in served.items()},
        **{f"saved_{design}": table["fee_usd"].where(flag, 0) for design, flag in served.items()},
        top=table["income_fifth"].isin(TOP_FIFTHS),
    )


def enough_households(city: City) -> bool:
    """Whether enough households, and enough that qualify, were sampled to say anything."""
    eligible = city["household_incidence"]["eligible"].eq("yes")
    return int(eligible.sum()) >= FEWEST_ROWS


def dollars_by_fifth(city: City, design: Design = "everyone") -> pd.DataFrame:
    """Share out the dollars of one design by income fifth, as `benefit_incidence` gives it.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> dollars_by_fifth(load_city())["income_fifth"].tolist()
    [1, 2, 3, 4, 5]
    """
    return benefit_incidence(_households(city), f"saved_{design}", by="income_fifth")


def burden_by_fifth(city: City) -> pd.DataFrame:
    """Fee as a percent of income, by income fifth."""
    return fee_burden(_households(city), "fee_usd", "income_usd", by="income_fifth")


def waiver_funnel(city: City, by: str | None = None) -> pd.DataFrame:
    """Follow households through the form, as `takeup_funnel` gives it.

    Parameters
    ----------
    city
        A city with the table `household_incidence`.
    by
        A column with groups, such as ``"burden"`` or ``"race_ethnicity"``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> waiver_funnel(load_city())["step"].tolist()
    ['eligible', 'reached', 'applied', 'approved']
    """
    return takeup_funnel(_households(city), STEPS, by)


def top_share(city: City, design: Design = "everyone") -> Estimate:
    """Percent of a design's dollars that go to the top two fifths by income."""
    homes = _households(city)
    saved = homes[f"saved_{design}"]
    if not saved.sum() > 0:
        return Estimate(math.nan, math.nan, math.nan, "percent")
    fifths = homes["income_fifth"]
    return ratio_of_sums(saved * homes["top"], saved, fifths, times=100, unit="percent")


def reach(city: City, design: Design, burden: str | None = None) -> Estimate:
    """Percent of eligible households that a design serves, all or those with one burden."""
    homes = _households(city)
    homes = homes[homes["eligible"].eq("yes")]
    if burden is not None:
        homes = homes[homes["burden"] == burden]
    if len(homes) < FEWEST_ROWS:
        return Estimate(math.nan, math.nan, math.nan, "percent")
    return proportion(int(homes[f"served_{design}"].sum()), len(homes))


def burden_gap(city: City) -> Estimate:
    """Percentage points that the form's reach loses where its burden is high."""
    return difference(reach(city, "form", BURDENS[0]), reach(city, "form", BURDENS[-1]))


def match_gain(city: City) -> Estimate:
    """Percentage points that a match reaches more than the form, among the same households."""
    homes = _households(city)
    homes = homes[homes["eligible"].eq("yes")]
    more = homes["served_match"].astype(int) - homes["served_form"].astype(int)
    return ratio_of_sums(more, np.ones(len(more)), times=100, unit="percentage points")


def _costs(homes: pd.DataFrame, design: Design) -> npt.NDArray[np.float64]:
    costs = homes[f"saved_{design}"] + RUNNING_USD[design] * homes[f"served_{design}"]
    return costs.to_numpy(dtype=float)


def cost_share(city: City, design: Design) -> Estimate:
    """Cost of a design, running it included, as a percent of the waiver for everyone."""
    homes = _households(city)
    mine, everyone = _costs(homes, design), _costs(homes, "everyone")
    return ratio_of_sums(mine, everyone, homes["income_fifth"], times=100, unit="percent")


def waiver_designs(city: City) -> pd.DataFrame:
    """Compare the three designs: for everyone, with a form, by matching lists.

    Parameters
    ----------
    city
        A city with the table `household_incidence`.

    Returns
    -------
    DataFrame
        One row a design: ``design``, ``households`` (served, in the sample), ``reach_percent`` (of
        those eligible), ``saved_usd``, ``cost_usd`` (running it included), ``cost_percent`` (of the
        waiver for everyone), ``top_two_percent`` (of the dollars saved) and ``per_household``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> waiver_designs(load_city())["design"].tolist()
    ['everyone', 'form', 'match']
    """
    homes = _households(city)
    rows = []
    for design, running in RUNNING_USD.items():
        served, saved = int(homes[f"served_{design}"].sum()), float(homes[f"saved_{design}"].sum())
        rows.append(
            {
                "design": design,
                "households": served,
                "reach_percent": reach(city, design).value,
                "saved_usd": saved,
                "cost_usd": float(_costs(homes, design).sum()),
                "cost_percent": cost_share(city, design).value,
                "top_two_percent": top_share(city, design).value,
                "per_household": cost_per_household(saved, served, running),
            }
        )
    return pd.DataFrame(rows)
