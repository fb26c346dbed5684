"""Who answered a survey, and what the answers say once each group counts by its size."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.intervals import normal_quantile, wilson_limits
from playbook.measures.raking import category_codes, margin_shares
from playbook.measures.suppression import suppress
from playbook.measures.survey_weights import effective_size, survey_weights

Numbers = npt.NDArray[np.float64]

# Fewer answers than this, after weighing, say nothing about a share (National Center for Health
# Statistics, rule for shares, 2017).
FEWEST_ANSWERS = 30


def representation(answers: pd.DataFrame, margins: pd.DataFrame, by: str) -> pd.DataFrame:
    """Compare who answered with who lives here.

    Parameters
    ----------
    answers
        One row an answer, with the column `by`.
    margins
        One row a group: ``variable``, ``category``, ``people``, as for `rake`.
    by
        The variable to compare, such as ``"tenure"``.

    Returns
    -------
    pandas.DataFrame
        One row a group: ``answers`` (counts of 1 to 10 are hidden, and what would give them away),
        ``answers_share`` and ``people_share`` (percent), ``difference`` with ``low`` and ``high``
        (percentage points; below 0 means too few answers), and ``answers_short`` (how many more
        answers from this group alone would make its share right; 0 where there are enough).

    Raises
    ------
    PlaybookError
        When `by` is not in both tables, or they don't hold the same groups.

    Notes
    -----
    Wilson's interval for the share of answers; the people are taken as counted.

    Examples
    --------
    >>> answers = pd.DataFrame({"tenure": ["Owner"] * 75 + ["Renter"] * 25})
    >>> margins = pd.DataFrame({
    ...     "variable": "tenure", "category": ["Owner", "Renter"], "people": [46, 54]
    ... })
    >>> table = representation(answers, margins, by="tenure")
    >>> table[["answers", "answers_share", "people_share", "difference"]]
              answers  answers_share  people_share  difference
    category
    Owner          75           75.0          46.0        29.0
    Renter         25           25.0          54.0       -29.0
    """
    targets = margin_shares(margins)
    if by not in targets:
        raise PlaybookError(
            f"The sums don't count people by {by}.",
            fix=f"Use one of: {', '.join(targets)}.",
        )
    people = targets[by]
    counts = np.bincount(category_codes(answers, by, people.index), minlength=len(people))
    total = int(counts.sum())
    shown = (
        suppress(pd.DataFrame({"answers": counts}, index=people.index), totals="columns")
        .table["answers"]
        .iloc[: len(people)]
    )
    hidden = shown.isna().to_numpy()
    low, high = wilson_limits(counts, total)
    # So many more from one group that its share among all answers is its share among people.
    short = np.ceil((people.to_numpy() * total - counts) / (1 - people.to_numpy()).clip(1e-12))
    columns = {
        "answers_share": 100 * counts / total,
        "people_share": 100 * people.to_numpy(),
        "difference": 100 * (counts / total - people.to_numpy()),
        "low": 100 * (low - people.to_numpy()),
        "high": 100 * (high - people.to_numpy()),
        "answers_short": np.maximum(short, 0),
    }
    table = pd.DataFrame(columns, index=people.index)
    table.loc[hidden, [name for name in columns if name != "people_share"]] = np.nan
    table.insert(0, "answers", shown)
    return table


def weighted_shares(
    answers: pd.DataFrame, of: str, weights: npt.ArrayLike | None = None
) -> pd.DataFrame:
    """Share of each answer to one question, the largest first.

    Parameters
    ----------
    answers
        One row an answer, with the column `of`, none empty.
    of
        The question, such as ``"priority"``.
    weights
        One weight an answer, as `rake` gives them. Left out: all count the same.

    Returns
    -------
    pandas.DataFrame
        One row a choice, by name: ``answers`` (unweighted), ``share``, ``low`` and ``high``
        (percent). Shares are missing when the answers are too few to tell: an effective size below
        30.

    Raises
    ------
    PlaybookError
        When the column is missing or has empty cells, or weights are missing or not above 0.

    Notes
    -----
    Wilson's interval with Kish's effective size in place of the number of answers.

    Examples
    --------
    >>> answers = pd.DataFrame({"priority": ["Streets", "Streets", "Streets", "Rent"] * 20})
    >>> weighted_shares(answers, of="priority", weights=[0.5, 0.5, 0.5, 2.5] * 20).round(1)
              answers  share   low  high
    priority
    Rent           20   62.5  48.0  75.0
    Streets        60   37.5  25.0  52.0
    """
    choice, weight = weighed(answers, of, weights)
    size = effective_size(weight).value
    grouped = pd.DataFrame({"answers": 1, "weight": weight}).groupby(choice.to_numpy()).sum()
    share = grouped["weight"].to_numpy() / weight.sum()
    low, high = wilson_limits(share * size, size)
    table = pd.DataFrame(
        {
            "answers": grouped["answers"],
            "share": 100 * share,
            "low": 100 * low,
            "high": 100 * high,
        }
    ).rename_axis(of)
    if size < FEWEST_ANSWERS:
        table[["share", "low", "high"]] = np.nan
        return table
    return table.sort_values("share", ascending=False, kind="stable")


def share_lead(
    answers: pd.DataFrame, of: str, first: str, second: str, weights: npt.ArrayLike | None = None
) -> Estimate:
    """How far one choice is ahead of another one in the same survey.

    Parameters
    ----------
    answers, of, weights
        As in `weighted_shares`.
    first, second
        Two choices in the column `of`.

    Returns
    -------
    Estimate
        Share of `first` less share of `second`, in percentage points. Not known when the answers
        are too few to tell. When 0 is inside the range, we can't tell which one is ahead.

    Raises
    ------
    PlaybookError
        As `weighted_shares`; and when nobody made one of the two choices.

    Notes
    -----
    Two shares of one survey lean against each other: the variance of p - q is
    (p + q - (p - q)^2) over the effective size. Scott AJ, Seber GAF (1983), American Statistician
    37:319-320.

    Examples
    --------
    >>> answers = pd.DataFrame({"priority": ["Streets", "Streets", "Streets", "Rent"] * 20})
    >>> share_lead(answers, "priority", "Streets", "Rent")
    50.0 percentage points (31.0 to 69.0)
    """
    choice, weight = weighed(answers, of, weights)
    shares = []
    for name in (first, second):
        chosen = (choice == name).to_numpy()
        if not chosen.any():
            raise PlaybookError(
                f"Nobody chose {name!r} in {of}.",
                fix=f"Use two of: {', '.join(map(str, dict.fromkeys(choice)))}.",
            )
        shares.append(float(weight[chosen].sum() / weight.sum()))
    size, gap = effective_size(weight).value, shares[0] - shares[1]
    unit = "percentage points"
    if size < FEWEST_ANSWERS:
        return Estimate(math.nan, math.nan, math.nan, unit, measure="lead")
    reach = normal_quantile(0.95) * math.sqrt((sum(shares) - gap**2) / size)
    return Estimate(100 * gap, 100 * (gap - reach), 100 * (gap + reach), unit, measure="lead")


def weighed(
    answers: pd.DataFrame, of: str, weights: npt.ArrayLike | None
) -> tuple[pd.Series, Numbers]:
    """Give a column without empty cells, and a weight for each of its rows.

    Raises
    ------
    PlaybookError
        When the column is missing, has empty cells or no rows, or the weights don't fit.

    Examples
    --------
    >>> column, weight = weighed(pd.DataFrame({"priority": ["Rent", "Streets"]}), "priority", None)
    >>> weight.tolist()
    [1.0, 1.0]
    """
    if of not in answers:
        raise PlaybookError(
            f"The answers have no column called {of}.",
            fix=f"Use one of: {', '.join(map(str, answers.columns))}.",
        )
    column = answers[of]
    empty = int(column.isna().sum())
    if empty or not len(column):
        raise PlaybookError(
            f"{of} is empty in {empty:,} of {len(column):,} answers."
            if len(column)
            else "There are no answers.",
            fix="Leave those answers out with .dropna(), before weighing, and say how many.",
        )
    weight = np.ones(len(column)) if weights is None else survey_weights(weights)
    if len(weight) != len(column):
        raise PlaybookError(
            f"There are {len(column):,} answers and {len(weight):,} weights.",
            fix="Rake the same rows that you count.",
        )
    return column, weight
