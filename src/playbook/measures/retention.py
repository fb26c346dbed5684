"""What lasts and what does not: shares, odds and order by feature."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.intervals import normal_quantile
from playbook.measures.places import numbers_of
from playbook.measures.rates import proportion

Marks = npt.NDArray[np.bool_]

# With fewer of either kind, luck puts them in any order.
FEWEST_OF_A_KIND = 5
LEVEL = 0.95


def odds_ratio(with_yes: int, with_no: int, without_yes: int, without_no: int) -> Estimate:
    """Say how many times the odds with a feature are those without it, with a 95 percent range.

    Parameters
    ----------
    with_yes, with_no
        Counts among those with the feature: that last, and that don't.
    without_yes, without_no
        The same among those without it.

    Returns
    -------
    Estimate
        In times the odds: 1 means no difference. NaN when nobody has the feature, or everybody
        does.

    Raises
    ------
    PlaybookError
        When a count is missing, negative or not whole.

    Notes
    -----
    Woolf B (1955), Annals of Human Genetics 19:251-253. With a count of 0 one half is added to
    each count (Haldane JBS 1956, Annals of Human Genetics 20:309-311), and the note says so. Odds
    are not chances: an odds ratio of 3 rarely means three times as likely.

    Examples
    --------
    >>> odds_ratio(12, 4, 6, 12)
    6.0 times the odds (1.3 to 26.8)
    """
    counts = numbers_of([with_yes, with_no, without_yes, without_no], "a count")
    if (counts < 0).any() or (counts != np.floor(counts)).any():
        raise PlaybookError(
            f"A count is a whole number from 0 up; I found {counts.tolist()}.",
            fix="Count again: with and yes, with and no, without and yes, without and no.",
        )
    unit, name = "times the odds", "odds ratio"
    if not counts[:2].sum() or not counts[2:].sum():
        nothing = math.nan
        return Estimate(nothing, nothing, nothing, unit, name, "nothing to compare with")
    note = ""
    if not counts.all():
        counts, note = counts + 0.5, "a count is 0: one half was added to each"
    log = math.log(counts[0] * counts[3] / (counts[1] * counts[2]))
    reach = normal_quantile(LEVEL) * math.sqrt((1 / counts).sum())
    return Estimate(math.exp(log), math.exp(log - reach), math.exp(log + reach), unit, name, note)


def survival_by_feature(
    lasted: npt.ArrayLike, features: Mapping[str, npt.ArrayLike]
) -> pd.DataFrame:
    """Compare what has a feature with what has not, one feature at a time.

    Parameters
    ----------
    lasted
        Whether each one still runs.
    features
        Name of each feature, and whether each one has it.

    Returns
    -------
    pandas.DataFrame
        One row a feature: ``feature``, ``with`` (how many have it), ``with_percent`` (of them still
        run), ``with_low``, ``with_high``, the same for ``without``, and ``odds_ratio``,
        ``odds_low``, ``odds_high``. NaN where nobody has it, or everybody.

    Raises
    ------
    PlaybookError
        When the lengths differ, or something is not yes or no.

    Notes
    -----
    Features come together: what is written into law often has a budget line too. One at a time,
    each takes credit for the others.

    Examples
    --------
    >>> lasted = [True] * 12 + [False] * 4 + [True] * 6 + [False] * 12
    >>> table = survival_by_feature(lasted, {"in the law": [True] * 16 + [False] * 18})
    >>> table[["feature", "with", "with_percent", "without_percent", "odds_ratio"]].round(1)
          feature  with  with_percent  without_percent  odds_ratio
    0  in the law    16          75.0             33.3         6.0
    """
    runs = _marks(lasted, "lasted")
    rows = []
    for name, given in features.items():
        has = _marks(given, name)
        if len(has) != len(runs):
            raise PlaybookError(
                f"There are {len(runs):,} rows but {len(has):,} marks for {name}.",
                fix="Take both from the same table.",
            )
        table = [int((runs[mask] == kept).sum()) for mask in (has, ~has) for kept in (True, False)]
        odds = odds_ratio(*table)
        rows.append((name, *_share(*table[:2]), *_share(*table[2:]), *_ends(odds)))
    columns = ["feature"]
    for side in ("with", "without"):
        columns += [side, f"{side}_percent", f"{side}_low", f"{side}_high"]
    return pd.DataFrame(rows, columns=[*columns, "odds_ratio", "odds_low", "odds_high"])


def area_under_curve(scores: npt.ArrayLike, outcome: npt.ArrayLike) -> Estimate:
    """Chance that one with the outcome has a higher score than one without it.

    Parameters
    ----------
    scores
        A number for each, such as the budget.
    outcome
        Whether each one had the outcome.

    Returns
    -------
    Estimate
        From 0 to 1. 0.5 means that the score tells nothing; below it, that it points the other
        way. Without ends when there are fewer than 5 of either kind or the order is perfect; NaN
        when there is only one kind.

    Raises
    ------
    PlaybookError
        When a score is missing, the lengths differ, or an outcome is not yes or no.

    Notes
    -----
    Area under the receiver operating characteristic curve, which is the Mann-Whitney statistic;
    ties count one half. Range: DeLong ER, DeLong DM, Clarke-Pearson DL (1988), Biometrics
    44:837-845.

    Examples
    --------
    >>> area_under_curve([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [False] * 4 + [True, False] + [True] * 4)
    0.96 (0.85 to 1.00)
    """
    score, had = numbers_of(scores, "a score"), _marks(outcome, "the outcome")
    if len(score) != len(had):
        raise PlaybookError(
            f"There are {len(score):,} scores but {len(had):,} outcomes.",
            fix="Take both from the same table.",
        )
    some, none = score[had], score[~had]
    if not len(some) or not len(none):
        return _area(math.nan, math.nan, "there is only one kind")
    wins = (some[:, np.newaxis] > none) + 0.5 * (some[:, np.newaxis] == none)
    area = float(wins.mean())
    if min(len(some), len(none)) < FEWEST_OF_A_KIND:
        return _area(area, math.nan, "too few to give a range")
    spread = wins.mean(axis=1).var(ddof=1) / len(some) + wins.mean(axis=0).var(ddof=1) / len(none)
    if spread == 0:
        return _area(area, math.nan, "the order is perfect: no range can be given")
    return _area(area, normal_quantile(LEVEL) * math.sqrt(spread), "")


def _area(value: float, reach: float, note: str) -> Estimate:
    # Arithmetic keeps NaN, which min and max would lose.
    low = value - reach if math.isnan(reach) else max(0.0, value - reach)
    high = value + reach if math.isnan(reach) else min(1.0, value + reach)
    return Estimate(value, low, high, "", "area under the curve", note, decimals=2)


def _share(yes: int, no: int) -> tuple[float, float, float, float]:
    if not yes + no:
        return 0, math.nan, math.nan, math.nan
    return yes + no, *_ends(proportion(yes, yes + no))


def _ends(one: Estimate) -> tuple[float, float, float]:
    return one.value, one.low, one.high


def _marks(given: npt.ArrayLike, name: str) -> Marks:
    marks = pd.Series(np.asarray(given))
    if not marks.isin([True, False]).all():
        raise PlaybookError(
            f"For {name} I need True or False for each one, none missing.",
            fix='Compare the column first, such as table["codified"].eq("yes").',
        )
    return marks.to_numpy(dtype=bool)
