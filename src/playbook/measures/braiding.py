"""Rules for paying one use from several sources: braiding.

Braided money stays apart: each dollar can be traced to its source and keeps its source's rules.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.measures.curves import check_columns

# Dollars of a plan are compared to the cent.
CENT = 0.01
_COLUMNS = ["rule", "source_id", "use_id", "problem"]


def braid_problems(
    plan: pd.DataFrame, sources: pd.DataFrame, uses: pd.DataFrame, allowed: pd.DataFrame
) -> pd.DataFrame:
    """Check a plan that pays uses from several sources.

    Parameters
    ----------
    plan
        One row a payment: `source_id`, `use_id`, `amount_usd`, and `match_for`: the source whose
        match it is, empty where it is none.
    sources
        One row a source: `source_id`, `amount_usd`, `match_rate`, `can_be_match` (yes, no, ask).
    uses
        One row a use: `use_id` and `need_usd`.
    allowed
        As from `eligibility_matrix`.

    Returns
    -------
    pandas.DataFrame
        One row a problem: ``rule``, ``source_id``, ``use_id`` and ``problem`` in plain words. The
        rules: ``"traceable"`` (a known source, and no more than it has), ``"allowed"``, ``"paid
        once"`` (no use gets more than it needs), ``"match"`` (enough of it, and money that may be
        match). No row means that no problem was found.

    Raises
    ------
    PlaybookError
        When a column is missing, a payment is not above 0, or goes to a use that is not on the
        list.

    Notes
    -----
    Federal rules on match: 2 CFR 200.306(b). Federal money may be the match of another federal
    grant only where a law says so; a pass-through grant is federal money. This check reads your
    own tables: it is no legal advice.

    Examples
    --------
    >>> sources = pd.DataFrame({"source_id": ["Grant", "Levy"], "amount_usd": [80, 40],
    ...                         "match_rate": [0.25, 0.0], "can_be_match": ["no", "yes"]})
    >>> uses = pd.DataFrame({"use_id": ["Homes"], "need_usd": [100]})
    >>> allowed = pd.DataFrame({"Homes": [True, True]}, index=["Grant", "Levy"])
    >>> plan = pd.DataFrame({"source_id": ["Grant", "Levy"], "use_id": ["Homes", "Homes"],
    ...                      "amount_usd": [80, 10], "match_for": [None, "Grant"]})
    >>> braid_problems(plan, sources, uses, allowed)["problem"].tolist()
    ['Grant needs $20 of match and has $10.']
    """
    _check(plan, sources, uses)
    known = sources.set_index("source_id")
    found = [
        *_not_traceable(plan, known),
        *_not_allowed(plan, allowed),
        *_paid_twice(plan, uses.set_index("use_id")["need_usd"]),
        *_match_that_may_not_be(plan, known),
        *_match_missing(plan, known),
    ]
    return pd.DataFrame(found, columns=_COLUMNS)


Problem = tuple[str, str, str, str]


def _check(plan: pd.DataFrame, sources: pd.DataFrame, uses: pd.DataFrame) -> None:
    check_columns(plan, ["source_id", "use_id", "amount_usd", "match_for"])
    check_columns(sources, ["source_id", "amount_usd", "match_rate", "can_be_match"])
    check_columns(uses, ["use_id", "need_usd"])
    wrong = ~(plan["amount_usd"] > 0)
    if wrong.any():
        raise PlaybookError(
            f"A payment is above 0 dollars; I found {plan.loc[wrong, 'amount_usd'].iloc[0]:g}.",
            fix="Leave out the rows that pay nothing.",
        )
    unknown = ~plan["use_id"].isin(uses["use_id"])
    if unknown.any():
        raise PlaybookError(
            f"The plan pays for {plan.loc[unknown, 'use_id'].iloc[0]}, which is not on the list "
            "of uses.",
            fix="Check the code, or add the use with its need.",
        )


def _not_traceable(plan: pd.DataFrame, known: pd.DataFrame) -> Iterator[Problem]:
    has = _numbers(known["amount_usd"])
    for source, spent in _numbers(plan.groupby("source_id")["amount_usd"].sum()).items():
        if source not in has:
            what = f"{source} is no source on the list: its dollars can't be traced."
            yield "traceable", source, "", what
        elif spent > has[source] + CENT:
            what = f"{source} has {_usd(has[source])}; the plan spends {_usd(spent)}."
            yield "traceable", source, "", what


def _not_allowed(plan: pd.DataFrame, allowed: pd.DataFrame) -> Iterator[Problem]:
    for source, use in plan[["source_id", "use_id"]].drop_duplicates().itertuples(index=False):
        if source in allowed.index and not (use in allowed.columns and allowed.at[source, use]):
            yield "allowed", source, use, f"{source} may not pay for {use}."


def _paid_twice(plan: pd.DataFrame, need: pd.Series) -> Iterator[Problem]:
    needed = _numbers(need)
    for use, paid in _numbers(plan.groupby("use_id")["amount_usd"].sum()).items():
        if paid > needed[use] + CENT:
            over = _usd(paid - needed[use])
            what = f"{use} gets {over} more than it needs: a cost would be paid twice."
            yield "paid once", "", use, what


def _match_that_may_not_be(plan: pd.DataFrame, known: pd.DataFrame) -> Iterator[Problem]:
    rule = dict(zip(known.index, known["can_be_match"], strict=True))
    match = plan[plan["match_for"].notna()]
    for source, use, grant in match[["source_id", "use_id", "match_for"]].itertuples(index=False):
        if grant not in rule:
            yield "match", source, use, f"{source} is match for {grant}, which is no source."
        elif source == grant:
            yield "match", source, use, f"{source} can't be its own match."
        elif rule.get(source) == "no":
            yield "match", source, use, f"{source} may not count as the match of another grant."
        elif rule.get(source) == "ask":
            what = f"Ask first, in writing, if {grant} accepts {source} as match."
            yield "match", source, use, what


def _match_missing(plan: pd.DataFrame, known: pd.DataFrame) -> Iterator[Problem]:
    """Match must come for the same use as the dollars that it matches."""
    rates = _numbers(known["match_rate"])
    payments = plan[["source_id", "use_id", "match_for", "amount_usd"]].itertuples(index=False)
    spent: dict[tuple[str, str], float] = {}
    matched: dict[tuple[str, str], float] = {}
    for source, use, grant, dollars in payments:
        spent[source, use] = spent.get((source, use), 0.0) + dollars
        matched[grant, use] = matched.get((grant, use), 0.0) + dollars
    for (source, use), dollars in spent.items():
        needed, has = dollars * rates.get(source, 0.0), matched.get((source, use), 0.0)
        if has < needed - CENT:
            what = f"{source} needs {_usd(needed)} of match and has {_usd(has)}."
            yield "match", source, use, what


def _numbers(column: pd.Series) -> dict[str, float]:
    return {str(name): float(x) for name, x in zip(column.index, column, strict=True)}


def _usd(dollars: float) -> str:
    return f"${format_number(dollars, 0)}"
