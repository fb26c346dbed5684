"""Dollars in town already: hospitals, large employers, the local lender, the city's own budget."""

from __future__ import annotations

import math
from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.poverty_fifths import FIFTHS, poverty_fifths
from playbook.measures.dollar_ratios import ratio_of_sums
from playbook.measures.funding_over_time import loan_leverage, yearly_loss_rate
from playbook.measures.rates import ratio
from playbook.measures.slopes import concentration_index

# Lines of Schedule H that pay for the care of patients, and the one for health improvement. Part II
# is kept apart by the form: its lines begin with these letters here.
PATIENT_CARE = ("7a", "7b", "7c", "7g")
IMPROVEMENT = "7e"
PART_2 = "II"
EQUITY_PROGRAM = "Health equity program"
CORE = "Core service"


@cache
def _latest_benefit(city: City) -> pd.DataFrame:
    table = city["hospital_benefit"]
    latest: pd.DataFrame = table[table["year"] == table["year"].max()]
    return latest


def schedule_h_lines(city: City) -> pd.DataFrame:
    """Add up the community benefit of the latest year by line.

    Parameters
    ----------
    city
        A city with the table `hospital_benefit`.

    Returns
    -------
    DataFrame
        One row a line, in the order of the form: ``line``, ``line_name``, ``net_expense_usd`` and
        ``percent`` of Part I (the form's total, line 7k). Lines of Part II have no percent.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> schedule_h_lines(load_city())["line"].tolist()[:5]
    ['7a', '7b', '7c', '7e', '7f']
    """
    lines = _latest_benefit(city).groupby(["line", "line_name"], sort=True)["net_expense_usd"].sum()
    table = lines.reset_index()
    first = ~table["line"].str.startswith(PART_2)
    total = table.loc[first, "net_expense_usd"].sum()
    table["percent"] = (100 * table["net_expense_usd"] / total).where(first)
    return table


def benefit_total(city: City) -> float:
    """Net community benefit of the latest year, Part I, in dollars."""
    table = schedule_h_lines(city)
    return float(table.loc[table["percent"].notna(), "net_expense_usd"].sum())


def benefit_percent(city: City, lines: tuple[str, ...]) -> float:
    """Percent of Part I that stands in these lines, in the latest year."""
    table = schedule_h_lines(city).set_index("line")["percent"]
    return float(table.reindex(lines).sum())


def equity_line(city: City) -> float:
    """Dollars of the city's health equity program in the latest budget; 0 without one."""
    budget = city["city_budget"]
    latest = budget[budget["fiscal_year"] == budget["fiscal_year"].max()]
    return float(latest.loc[latest["program"] == EQUITY_PROGRAM, "amount_usd"].sum())


@cache
def _improvement_places(city: City) -> pd.DataFrame:
    """Improvement dollars and residents of each neighborhood, with its fifth by poverty."""
    rows = _latest_benefit(city)
    rows = rows[(rows["line"] == IMPROVEMENT) & rows["neighborhood_id"].notna()]
    dollars = rows.groupby("neighborhood_id")["net_expense_usd"].sum()
    places = city["neighborhoods"][["neighborhood_id", "population"]].copy()
    # Without any place on the form, nothing is known; with some, the others got nothing.
    places["dollars"] = places["neighborhood_id"].map(dollars).fillna(0 if len(rows) else math.nan)
    places["fifth"] = poverty_fifths(city, places["neighborhood_id"])
    return places.dropna()


def improvement_by_fifth(city: City) -> pd.DataFrame:
    """Say how many improvement dollars hospitals spend per resident in each fifth by poverty.

    Parameters
    ----------
    city
        A city with the tables `hospital_benefit`, `neighborhoods` and `acs_profile`.

    Returns
    -------
    DataFrame
        One row a fifth, from the lowest poverty to the highest: ``fifth``, ``residents``,
        ``dollars``, ``per_resident``, ``low`` and ``high`` (95 percent, from how much neighborhoods
        of a fifth differ).

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> improvement_by_fifth(load_city())["fifth"].tolist()[0]
    'Lowest-poverty fifth'
    """
    places = _improvement_places(city)
    rows = []
    for fifth in FIFTHS:
        inside = places[places["fifth"] == fifth]
        if inside.empty:
            rows.append((fifth, 0, 0.0, math.nan, math.nan, math.nan))
            continue
        each = ratio_of_sums(inside["dollars"], inside["population"], unit="dollars a resident")
        people, dollars = int(inside["population"].sum()), float(inside["dollars"].sum())
        rows.append((fifth, people, dollars, each.value, each.low, each.high))
    columns = ["fifth", "residents", "dollars", "per_resident", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


@cache
def improvement_gap(city: City) -> Estimate:
    """Improvement dollars per resident: the lowest-poverty fifth over the highest-poverty one."""
    rows = improvement_by_fifth(city).set_index("fifth")
    each = rows.loc[[FIFTHS[0], FIFTHS[-1]], ["per_resident", "low", "high"]].astype("float64")
    low, high = (
        Estimate(value, max(least, 0.0), most, "dollars a resident")
        for value, least, most in each.itertuples(index=False, name=None)
    )
    known = all(not math.isnan(x) for one in (low, high) for x in (one.value, one.high))
    if not known or not high.value > 0:
        return Estimate(math.nan, math.nan, math.nan, "times")
    return ratio(low, high)


def improvement_concentration(city: City) -> float:
    """Relative concentration index of improvement dollars: above 0 where resources are many."""
    rows = improvement_by_fifth(city).iloc[::-1].dropna()
    return concentration_index(rows["per_resident"], rows["residents"])


def local_purchases(city: City) -> pd.DataFrame:
    """Add up what each anchor buys, and buys in the city, in the latest year.

    One row an anchor, and one called ``"All"``: ``anchor``, ``total_usd``, ``local_usd``,
    ``percent``.
    """
    table = city["anchor_spend"]
    latest = table[table["year"] == table["year"].max()]
    sums = latest.groupby("anchor", sort=True)[["total_usd", "local_usd"]].sum()
    sums.loc["All"] = sums.sum()
    share = 100 * sums["local_usd"] / sums["total_usd"]
    result: pd.DataFrame = sums.assign(percent=share).reset_index()
    return result


@cache
def lender_leverage(city: City) -> Estimate:
    """Dollars that the local lender keeps at work for each public dollar."""
    return loan_leverage(city["cdfi_loans"])


@cache
def lender_losses(city: City) -> Estimate:
    """Percent of a dollar lent that the local lender loses in a year."""
    return yearly_loss_rate(city["cdfi_loans"])


def budget_by_evidence(city: City) -> pd.DataFrame:
    """Add up the latest budget by evidence, core services left out.

    One row a tier: ``evidence_tier``, ``programs``, ``amount_usd``, ``percent``.
    """
    budget = city["city_budget"]
    latest = budget[budget["fiscal_year"] == budget["fiscal_year"].max()]
    latest = latest[latest["result"] != CORE]
    sums = latest.groupby("evidence_tier", sort=True)["amount_usd"].agg(["size", "sum"])
    sums = sums.set_axis(["programs", "amount_usd"], axis=1)
    share = 100 * sums["amount_usd"] / sums["amount_usd"].sum()
    result: pd.DataFrame = sums.assign(percent=share).reset_index()
    return result
