"""Money over the years: what ends, what each match dollar brings, and what lent money becomes."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.curves import check_columns
from playbook.measures.dollar_ratios import ratio_of_sums


def funding_cliff(sources: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Dollars of each year, when nothing that ends is replaced.

    Parameters
    ----------
    sources
        One row a source: `amount_usd` (dollars a year), `recurring` (yes or no) and `spend_by`
        (last day, ``YYYY-MM-DD``; empty when it comes again).
    years
        The years to look at, the first one first.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``year``, ``recurring_usd``, ``one_time_usd``, ``total_usd``,
        ``one_time_percent`` (of the year's total) and ``gone_percent`` (of the first year's total).
        A one-time source counts in the year of its last day, and not after.

    Raises
    ------
    PlaybookError
        When a column is missing, no year is given, or a one-time source has no last day.

    Examples
    --------
    >>> sources = pd.DataFrame({"amount_usd": [60, 40], "recurring": ["yes", "no"],
    ...                         "spend_by": [None, "2026-12-31"]})
    >>> funding_cliff(sources, [2026, 2027])[["year", "total_usd", "gone_percent"]]
       year  total_usd  gone_percent
    0  2026        100           0.0
    1  2027         60          40.0
    """
    check_columns(sources, ["amount_usd", "recurring", "spend_by"])
    if not len(years):
        raise PlaybookError("There is no year to look at.", fix="Give at least one: [2026, 2027].")
    amount, again = sources["amount_usd"], sources["recurring"].eq("yes")
    undated = ~again & sources["spend_by"].isna()
    if undated.any():
        raise PlaybookError(
            f"{int(undated.sum())} one-time sources have no last day to spend them.",
            fix="Look it up in the award letter, and write it as 2026-12-31.",
        )
    last = sources["spend_by"].str[:4].astype("float64")
    once = [amount[~again & (last >= year)].sum() for year in years]
    table = pd.DataFrame(
        {"year": list(years), "recurring_usd": amount[again].sum(), "one_time_usd": once}
    )
    table["total_usd"] = table["recurring_usd"] + table["one_time_usd"]
    table["one_time_percent"] = 100 * table["one_time_usd"] / table["total_usd"]
    table["gone_percent"] = 100 * (1 - table["total_usd"] / table["total_usd"].iloc[0])
    return table


def staff_at_risk(
    plan: pd.DataFrame, sources: pd.DataFrame, uses: pd.DataFrame, year: int
) -> pd.DataFrame:
    """Staff cost of each use that is paid from money which ends before a year.

    Parameters
    ----------
    plan
        Dollars that each source (row) pays for each use (column), as from `allocate_dollars`.
    sources
        One row a source: `source_id`, `recurring` and `spend_by`, as in `funding_cliff`.
    uses
        One row a use: `use_id` and `staff_usd`.
    year
        The first year without the money.

    Returns
    -------
    pandas.DataFrame
        One row a use: ``paid`` (dollars of the plan), ``ending_percent`` (the part of them that
        ends before the year; NaN where nothing is paid), ``staff_usd`` and ``at_risk_usd``: staff
        are paid from each source in proportion.

    Raises
    ------
    PlaybookError
        When a column is missing, or a source or use of the plan is not on its list.

    Examples
    --------
    >>> plan = pd.DataFrame({"Trees": [30.0, 10.0]}, index=["Gift", "Levy"])
    >>> sources = pd.DataFrame({"source_id": ["Gift", "Levy"], "recurring": ["no", "yes"],
    ...                         "spend_by": ["2026-12-31", None]})
    >>> uses = pd.DataFrame({"use_id": ["Trees"], "staff_usd": [20]})
    >>> staff_at_risk(plan, sources, uses, 2027)
           paid  ending_percent  staff_usd  at_risk_usd
    Trees  40.0            75.0       20.0         15.0
    """
    check_columns(sources, ["source_id", "recurring", "spend_by"])
    check_columns(uses, ["use_id", "staff_usd"])
    known, staff = sources.set_index("source_id"), uses.set_index("use_id")["staff_usd"]
    missing = [*plan.index.difference(known.index), *plan.columns.difference(staff.index)]
    if missing:
        raise PlaybookError(
            f"The plan names {missing[0]}, which is on no list.",
            fix="Take plan, sources and uses from the same tables.",
        )
    known = known.loc[plan.index]
    ends = known["recurring"].ne("yes") & (known["spend_by"].str[:4].astype("float64") < year)
    paid, ending = plan.sum(), plan[ends.to_numpy()].sum()
    share = (ending / paid.where(paid > 0)).astype("float64")
    dollars = staff.reindex(plan.columns).astype("float64")
    return pd.DataFrame(
        {
            "paid": paid,
            "ending_percent": 100 * share,
            "staff_usd": dollars,
            "at_risk_usd": dollars * share,
        }
    )


def match_leverage(grants_usd: float, match_usd: float) -> float:
    """Grant dollars that each dollar of match brings.

    Parameters
    ----------
    grants_usd, match_usd
        Dollars of grants, and dollars that the city adds for them; the second above 0.

    Returns
    -------
    float
        4.0 means that each dollar of the city brings four.

    Raises
    ------
    PlaybookError
        When a number is missing or negative, or the match is 0.

    Notes
    -----
    A match dollar is leverage only when it would not have been spent on the same thing anyway.

    Examples
    --------
    >>> match_leverage(800_000, 200_000)
    4.0
    """
    if not grants_usd >= 0 or not match_usd > 0:
        raise PlaybookError(
            f"I need grants from 0 up and a match above 0; I found {grants_usd:g} and "
            f"{match_usd:g}.",
            fix="Leave grants without match out, and say how many dollars they are.",
        )
    return grants_usd / match_usd


def revolving_capital(capital: float, loss_rate: float, years: int) -> pd.DataFrame:
    """Say what becomes of capital that is lent, paid back and lent again.

    Parameters
    ----------
    capital
        Dollars at the start, above 0.
    loss_rate
        Share of the dollars lent that is lost in a year, from 0 to 1.
    years
        How many years, 0 or more.

    Returns
    -------
    pandas.DataFrame
        One row a year from 0: ``year``, ``capital`` (what is left at its end) and ``lent`` (dollars
        at work so far, one year of one dollar counting as one).

    Raises
    ------
    PlaybookError
        When a number is out of its range.

    Notes
    -----
    What is left after t years is ``capital * (1 - loss_rate) ** t``. Interest and costs of running
    the fund are left out, and so is what prices do meanwhile.

    Examples
    --------
    >>> revolving_capital(1_000_000, 0.02, 2)
       year    capital       lent
    0     0  1000000.0        0.0
    1     1   980000.0  1000000.0
    2     2   960400.0  1980000.0
    """
    if not (capital > 0 and math.isfinite(capital)) or not 0 <= loss_rate <= 1 or years < 0:
        raise PlaybookError(
            f"I need a capital above 0, a loss from 0 to 1 and years from 0 up; I found "
            f"{capital:g}, {loss_rate:g} and {years}.",
            fix="Write a loss of 2 percent as 0.02.",
        )
    year = np.arange(years + 1)
    left = capital * (1 - loss_rate) ** year
    lent = np.concatenate([[0.0], np.cumsum(left[:-1])])
    return pd.DataFrame({"year": year, "capital": left, "lent": lent})


def yearly_loss_rate(loans: pd.DataFrame) -> Estimate:
    """Percent of each dollar lent that is lost in a year, loans still being paid counted.

    Parameters
    ----------
    loans
        One row a loan: `amount_usd`, `written_off_usd` and `years_out` (until it was repaid,
        written off, or the data end).

    Returns
    -------
    Estimate
        In percent a year. Never below 0 at its lower end.

    Raises
    ------
    PlaybookError
        When a column is missing, or no loan has been out for any time.

    Notes
    -----
    Dollars written off divided by dollars times years, with the range of `ratio_of_sums`. Counting
    only loans that have ended would make the loss too large, for those that fail end early.

    Examples
    --------
    >>> loans = pd.DataFrame({"amount_usd": [100] * 20, "written_off_usd": [50, 30] + [0] * 18,
    ...                       "years_out": [2] * 20})
    >>> yearly_loss_rate(loans)
    2.0 percent a year (0.0 to 4.8)
    """
    check_columns(loans, ["amount_usd", "written_off_usd", "years_out"])
    at_work = loans["amount_usd"] * loans["years_out"]
    rate = ratio_of_sums(loans["written_off_usd"], at_work, times=100, unit="percent a year")
    low = rate.low if math.isnan(rate.low) else max(rate.low, 0.0)
    return Estimate(rate.value, low, rate.high, rate.unit, "loss rate", rate.note, "lower")


def loan_leverage(loans: pd.DataFrame) -> Estimate:
    """Dollars lent, less dollars lost, for each public dollar behind them.

    Parameters
    ----------
    loans
        One row a loan: `amount_usd`, `written_off_usd` and `public_subsidy_usd`.

    Returns
    -------
    Estimate
        In dollars for each public dollar.

    Raises
    ------
    PlaybookError
        When a column is missing, or there are no public dollars.

    Examples
    --------
    >>> loans = pd.DataFrame({"amount_usd": [100] * 20, "written_off_usd": [50, 30] + [0] * 18,
    ...                       "public_subsidy_usd": [20] * 20})
    >>> loan_leverage(loans)
    4.8 dollars for each public dollar (4.5 to 5.1)
    """
    check_columns(loans, ["amount_usd", "written_off_usd", "public_subsidy_usd"])
    kept = loans["amount_usd"] - loans["written_off_usd"]
    return ratio_of_sums(kept, loans["public_subsidy_usd"], unit="dollars for each public dollar")
