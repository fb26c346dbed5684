"""Which source may pay for which use, and how far the money reaches in which order.

Money that may pay for one thing only should go first: it can do nothing else. Money that may pay
for many things goes last, to the gaps that are left.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.curves import check_columns

Order = Literal["restricted-first", "flexible-first"]
Dollars = npt.NDArray[np.float64]
Allowed = npt.NDArray[np.bool_]

# A cent is nothing: a use is paid for when less than this is missing.
CENT = 0.01


def eligibility_matrix(eligibility: pd.DataFrame) -> pd.DataFrame:
    """Lay out what may pay for what: one row a source, one column a use.

    Parameters
    ----------
    eligibility
        With the columns `source_id`, `use_id` and `allowed` (yes or no), one row for each pair. A
        pair that is not there is not allowed.

    Returns
    -------
    pandas.DataFrame
        True where the source may pay for the use, in the order in which they come.

    Raises
    ------
    PlaybookError
        When a column is missing, a pair stands there twice, or `allowed` is neither yes nor no.

    Examples
    --------
    >>> rows = [("Levy", "Streets", "yes"), ("Levy", "Trees", "no"), ("Gift", "Streets", "yes"),
    ...         ("Gift", "Trees", "yes")]
    >>> pairs = pd.DataFrame(rows, columns=["source_id", "use_id", "allowed"])
    >>> eligibility_matrix(pairs).astype(int)
               Streets  Trees
    source_id
    Levy             1      0
    Gift             1      1
    """
    check_columns(eligibility, ["source_id", "use_id", "allowed"])
    odd = ~eligibility["allowed"].isin(["yes", "no"])
    if odd.any():
        seen = eligibility.loc[odd, "allowed"].iloc[0]
        raise PlaybookError(
            f"The column allowed holds yes or no; I found {seen!r}.",
            fix="Write no where nobody has asked, and say so in the note.",
        )
    twice = eligibility.duplicated(["source_id", "use_id"])
    if twice.any():
        source, use = eligibility.loc[twice, ["source_id", "use_id"]].iloc[0]
        raise PlaybookError(
            f"The pair {source} and {use} stands there twice.",
            fix="Keep one row for each source and use.",
        )
    matrix = (
        eligibility.assign(allowed=eligibility["allowed"].eq("yes"))
        .pivot(index="source_id", columns="use_id", values="allowed")
        .reindex(index=eligibility["source_id"].unique(), columns=eligibility["use_id"].unique())
    )
    return matrix.eq(True).rename_axis(columns=None)


def single_use_share(amounts: pd.Series, allowed: pd.DataFrame) -> float:
    """Percent of all dollars that may pay for one use only.

    Parameters
    ----------
    amounts
        Dollars of each source, named by source.
    allowed
        As from `eligibility_matrix`.

    Returns
    -------
    float
        From 0 to 100. Dollars that may pay for nothing on the list count as not single-use.

    Raises
    ------
    PlaybookError
        When the sources of the two differ, or an amount is missing or below 0.

    Examples
    --------
    >>> allowed = pd.DataFrame({"Streets": [True, True], "Trees": [False, True]}, ["Levy", "Gift"])
    >>> single_use_share(pd.Series({"Levy": 60, "Gift": 40}), allowed)
    60.0
    """
    dollars = _dollars(amounts, allowed.index, "source")
    single = allowed.to_numpy(dtype=bool).sum(axis=1) == 1
    return 100 * float(dollars[single].sum() / dollars.sum())


def allocate_dollars(
    amounts: pd.Series, needs: pd.Series, allowed: pd.DataFrame, order: Order = "restricted-first"
) -> pd.DataFrame:
    """Spend the sources one after another on the list of uses, from the top.

    Parameters
    ----------
    amounts
        Dollars of each source, named by source.
    needs
        Dollars that each use needs, named by use, in the order of the list: each source pays the
        first use that it may pay for until it is met, then the next.
    allowed
        As from `eligibility_matrix`.
    order
        ``"restricted-first"``: the source with the fewest uses is spent first.
        ``"flexible-first"``: the source with the most uses is spent first, as happens when one
        takes the money that is least trouble. Of equals, the one that stands first.

    Returns
    -------
    pandas.DataFrame
        Dollars that each source (row) pays for each use (column).

    Raises
    ------
    PlaybookError
        When sources or uses don't match, or a number is missing or below 0.

    Notes
    -----
    Restricted-first is a rule of thumb, not always the best plan: with uses that overlap in part
    it can miss dollars that `best_allocation` finds.

    Examples
    --------
    >>> allowed = pd.DataFrame({"Streets": [True, True], "Trees": [False, True]}, ["Levy", "Gift"])
    >>> amounts = pd.Series({"Levy": 60, "Gift": 40})
    >>> needs = pd.Series({"Streets": 60, "Trees": 40})
    >>> allocate_dollars(amounts, needs, allowed)
          Streets  Trees
    Levy     60.0    0.0
    Gift      0.0   40.0
    >>> allocate_dollars(amounts, needs, allowed, order="flexible-first")
          Streets  Trees
    Levy     20.0    0.0
    Gift     40.0    0.0
    """
    may, left, missing = _checked(amounts, needs, allowed)
    if order not in ("restricted-first", "flexible-first"):
        raise PlaybookError(
            f'I know no order "{order}".', fix='Write "restricted-first" or "flexible-first".'
        )
    uses = may.sum(axis=1) * (1 if order == "restricted-first" else -1)
    plan = np.zeros(may.shape)
    for source in np.argsort(uses, kind="stable"):
        for use in np.flatnonzero(may[source]):
            paid = min(left[source], missing[use])
            plan[source, use] = paid
            left[source] -= paid
            missing[use] -= paid
    return pd.DataFrame(plan, index=allowed.index, columns=allowed.columns)


def best_allocation(amounts: pd.Series, needs: pd.Series, allowed: pd.DataFrame) -> pd.DataFrame:
    """Find a plan that meets the most dollars of need.

    Parameters
    ----------
    amounts, needs, allowed
        As in `allocate_dollars`. The order of the uses plays no part.

    Returns
    -------
    pandas.DataFrame
        Dollars that each source (row) pays for each use (column). Several plans can meet as much;
        this is one of them.

    Raises
    ------
    PlaybookError
        As `allocate_dollars`.

    Notes
    -----
    A transportation problem: Hitchcock FL (1941), Journal of Mathematics and Physics 20:224-230,
    solved as a linear program with HiGHS. Every dollar of need counts the same: a plan that favors
    some uses needs weights, which are a decision of people and not of this function.

    Examples
    --------
    >>> allowed = pd.DataFrame({"Streets": [True, True], "Trees": [False, True]}, ["Levy", "Gift"])
    >>> amounts = pd.Series({"Levy": 60, "Gift": 40})
    >>> needs = pd.Series({"Streets": 60, "Trees": 40})
    >>> best_allocation(amounts, needs, allowed).to_numpy().sum()
    np.float64(100.0)
    """
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    may, amount, need = _checked(amounts, needs, allowed)
    plan = np.zeros(may.shape)
    source, use = np.nonzero(may)
    if len(source):
        pairs, ones = np.arange(len(source)), np.ones(len(source))
        rows = np.concatenate([source, len(amount) + use])
        limits = coo_array((np.tile(ones, 2), (rows, np.tile(pairs, 2)))).tocsr()
        most = np.concatenate([amount, need])[: limits.shape[0]]
        plan[source, use] = linprog(-ones, A_ub=limits, b_ub=most, method="highs").x
    return pd.DataFrame(plan, index=allowed.index, columns=allowed.columns)


def needs_met(plan: pd.DataFrame, needs: pd.Series) -> pd.DataFrame:
    """Say how far each use is paid for.

    Parameters
    ----------
    plan
        As from `allocate_dollars` or `best_allocation`.
    needs
        Dollars that each use needs, named by use.

    Returns
    -------
    pandas.DataFrame
        One row a use: ``need``, ``paid``, ``percent`` (100 where nothing is needed) and ``met``.

    Raises
    ------
    PlaybookError
        When the uses don't match, or a need is missing or below 0.

    Examples
    --------
    >>> plan = pd.DataFrame({"Streets": [20.0, 40.0], "Trees": [0.0, 0.0]}, ["Levy", "Gift"])
    >>> needs_met(plan, pd.Series({"Streets": 60, "Trees": 40}))
             need  paid  percent    met
    Streets  60.0  60.0    100.0   True
    Trees    40.0   0.0      0.0  False
    """
    need = _dollars(needs, plan.columns, "use")
    paid = plan.to_numpy(dtype=float).sum(axis=0)
    percent = np.divide(100 * paid, need, out=np.full(len(need), 100.0), where=need > 0)
    return pd.DataFrame(
        {"need": need, "paid": paid, "percent": percent, "met": need - paid < CENT},
        index=plan.columns,
    )


def _checked(
    amounts: pd.Series, needs: pd.Series, allowed: pd.DataFrame
) -> tuple[Allowed, Dollars, Dollars]:
    return (
        allowed.to_numpy(dtype=bool),
        _dollars(amounts, allowed.index, "source"),
        _dollars(needs, allowed.columns, "use"),
    )


def _dollars(given: pd.Series, names: pd.Index, what: str) -> Dollars:
    """Give the dollars in the order of these names, as a fresh array."""
    if not given.index.is_unique or set(given.index) != set(names):
        raise PlaybookError(
            f"The dollars and the table of what is allowed don't list the same {what}s.",
            fix=f"Give one number for each {what}: .set_index({what + '_id'!r}) before the column.",
        )
    dollars = np.array(given.reindex(names), dtype=float)
    odd = np.flatnonzero(~(dollars >= 0) | np.isinf(dollars))
    if len(odd):
        raise PlaybookError(
            f"Dollars are numbers from 0 up; I found {dollars[odd[0]]:g}.",
            fix="Write 0 where there is none.",
            where=f"{what} {names[odd[0]]}",
        )
    return dollars
