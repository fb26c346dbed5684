"""Small honest trials: read the result.

Everyone counts in the arm they were dealt to, whether or not the text reached them (intention to
treat). Leaving out those who did not open it compares willing people with everyone.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.rates import difference, proportion
from playbook.measures.trial_design import arms_of


def trial_effects(people: pd.DataFrame, arm: str, outcome: str, control: str) -> pd.DataFrame:
    """Compare each arm with the control arm, everyone in the arm they were dealt to.

    Parameters
    ----------
    people
        One row a person: all who were dealt, not only those whom the text reached.
    arm
        Column with the arm of each person.
    outcome
        Column with 1 for people who did it and 0 for those who did not.
    control
        The arm that the others are compared with.

    Returns
    -------
    pandas.DataFrame
        One row for each other arm: ``arm``, ``people``, ``events``, ``share`` and
        ``control_share`` (percent), ``difference``, ``low`` and ``high`` (percentage points, 95
        percent, Newcombe's interval), ``p_value`` and ``p_holm`` (made stricter for the number of
        arms).

    Raises
    ------
    PlaybookError
        When someone has no outcome, the outcome is not 0 or 1, or an arm is missing.

    Notes
    -----
    Newcombe RG (1998), Statistics in Medicine 17:873-890, method 10. The p-value is that of the
    two-sided test of two shares with a pooled share.

    Examples
    --------
    >>> people = pd.DataFrame({"arm": ["new"] * 80 + ["old"] * 80})
    >>> people["paid"] = [1] * 48 + [0] * 32 + [1] * 32 + [0] * 48
    >>> trial_effects(people, "arm", "paid", control="old").round(3).T[0].tolist()
    ['new', 80, 48, 60.0, 40.0, 20.0, 4.508, 34.196, 0.011, 0.011]
    """
    others = arms_of(people, arm, control)
    _check_outcome(people[outcome])
    base_events, base_total = _counts(people, arm, outcome, control)
    rows = []
    for name in others:
        events, total = _counts(people, arm, outcome, name)
        effect = difference(proportion(events, total), proportion(base_events, base_total))
        rows.append(
            {
                "arm": name,
                "people": total,
                "events": events,
                "share": 100 * events / total,
                "control_share": 100 * base_events / base_total,
                "difference": effect.value,
                "low": effect.low,
                "high": effect.high,
                "p_value": two_shares_p_value(events, total, base_events, base_total),
            }
        )
    table = pd.DataFrame(rows)
    return table.assign(p_holm=holm(table["p_value"].to_numpy()))


def two_shares_p_value(events: float, total: float, events_b: float, total_b: float) -> float:
    """Chance of a difference of two shares at least this large when nothing differs.

    Parameters
    ----------
    events, total
        Counts of one group.
    events_b, total_b
        Counts of the other.

    Returns
    -------
    float
        Between 0 and 1, two-sided, from the normal curve with a pooled share. 1 when nobody or
        everybody did it.

    Examples
    --------
    >>> round(two_shares_p_value(48, 80, 32, 80), 4)
    0.0114
    """
    pooled = (events + events_b) / (total + total_b)
    variance = pooled * (1 - pooled) * (1 / total + 1 / total_b)
    if variance == 0:
        return 1.0
    z = abs(events / total - events_b / total_b) / math.sqrt(variance)
    return math.erfc(z / math.sqrt(2))


def holm(p_values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Make p-values stricter for how many comparisons were made.

    Parameters
    ----------
    p_values
        One a comparison, between 0 and 1.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values, in the same order, never smaller than before and at most 1.

    Raises
    ------
    PlaybookError
        When a p-value is missing or not between 0 and 1.

    Notes
    -----
    Holm S (1979), Scandinavian Journal of Statistics 6:65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03, 0.005]).round(2).tolist()
    [0.03, 0.06, 0.06, 0.02]
    """
    raw = np.asarray(p_values, dtype=float)
    if not ((raw >= 0) & (raw <= 1)).all():
        raise PlaybookError(
            "A p-value lies between 0 and 1; I found another number, or none.",
            fix="Leave out comparisons that could not be made, and say how many they are.",
        )
    order = np.argsort(raw, kind="stable")
    steps = raw[order] * np.arange(len(raw), 0, -1)
    adjusted = np.empty_like(raw)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def interaction(
    people: pd.DataFrame, arm: str, outcome: str, by: str, treated: str, control: str
) -> pd.DataFrame:
    """Ask whether an arm works differently in two groups, such as two languages.

    Parameters
    ----------
    people, arm, outcome, control
        As in `trial_effects`.
    by
        Column with the two groups.
    treated
        The arm that is compared with the control arm.

    Returns
    -------
    pandas.DataFrame
        One row for each group and one for ``"difference"``: ``group``, ``people`` (in both arms),
        ``effect``, ``low``, ``high`` in percentage points. Only the last row answers the question.

    Raises
    ------
    PlaybookError
        When there are not exactly two groups, and as `trial_effects`.

    Notes
    -----
    That one group's range leaves out 0 and the other's does not is no difference between them:
    Gelman A, Stern H (2006), The American Statistician 60:328-331. The last range is built from
    the two others: Zou GY, Donner A (2008), Statistics in Medicine 27:1693-1702.

    Examples
    --------
    >>> people = pd.DataFrame({"arm": ["new", "old"] * 80, "language": ["en"] * 120 + ["es"] * 40})
    >>> people["paid"] = ([1, 0] * 30 + [1, 1] * 30) + ([1, 0] * 5 + [0, 1] * 5 + [0, 0] * 10)
    >>> interaction(people, "arm", "paid", "language", "new", "old").round(1)
            group  people  effect   low  high
    0          en     120    50.0  36.3  62.3
    1          es      40     0.0 -25.9  25.9
    2  difference     160    50.0  20.7  78.6
    """
    groups = sorted(people[by].dropna().unique(), key=str)
    if len(groups) != 2:
        raise PlaybookError(
            f"The column {by} has {len(groups)} groups; I compare two.",
            fix="Keep two of them, or join groups. Write down which before you look.",
        )
    both = people[people[arm].isin([treated, control])]
    effects = []
    for group in groups:
        part = both[both[by] == group]
        row = trial_effects(part, arm, outcome, control).iloc[0]
        effects.append(Estimate(row["difference"], row["low"], row["high"], "percentage points"))
    effects.append(difference(*effects))
    sizes = [int((both[by] == group).sum()) for group in groups]
    return pd.DataFrame(
        {
            "group": [*groups, "difference"],
            "people": [*sizes, sum(sizes)],
            "effect": [effect.value for effect in effects],
            "low": [effect.low for effect in effects],
            "high": [effect.high for effect in effects],
        }
    )


def cost_per_extra(effect: Estimate, cost_per_person: float) -> Estimate:
    """Dollars for one more person who does it.

    Parameters
    ----------
    effect
        Difference of two shares in percentage points, as `difference` gives it.
    cost_per_person
        What it costs more to treat one person than to leave things as they are, in dollars.

    Returns
    -------
    Estimate
        In dollars. Without an upper end when the effect could be 0; too few to tell when the
        effect itself is not above 0.

    Raises
    ------
    PlaybookError
        When the effect is not in percentage points, or the cost is not above 0.

    Examples
    --------
    >>> cost_per_extra(Estimate(2.0, 0.5, 3.6, "percentage points"), 0.25)
    12.50 dollars (6.94 to 50.00)
    """
    if effect.unit != "percentage points":
        raise PlaybookError(
            f'I need an effect in percentage points; this one is in "{effect.unit}".',
            fix="Subtract two shares with difference.",
        )
    if not cost_per_person > 0:
        raise PlaybookError(
            f"I need a cost above 0; I found {cost_per_person:g}.",
            fix="Count staff time too. If it costs nothing more, there is nothing to divide.",
        )
    low, value, high = (
        100 * cost_per_person / end if end > 0 else math.inf
        for end in (effect.high, effect.value, effect.low)
    )
    if math.isinf(value):
        low = value = high = math.nan
    return Estimate(
        value, low, high, "dollars", "cost per extra response", decimals=2, level=effect.level
    )


def _counts(people: pd.DataFrame, arm: str, outcome: str, name: str) -> tuple[int, int]:
    """Count who did it and who was dealt to one arm."""
    values = people.loc[people[arm] == name, outcome]
    return int(values.sum()), len(values)


def _check_outcome(outcome: pd.Series) -> None:
    if outcome.isna().any():
        raise PlaybookError(
            f"{outcome.isna().sum():,} people have no outcome.",
            fix="Everyone dealt counts. Write 0 for people of whom you heard nothing.",
        )
    if not outcome.isin([0, 1]).all():
        raise PlaybookError(
            f"An outcome is 0 or 1; I found {outcome[~outcome.isin([0, 1])].iloc[0]}.",
            fix="Write 1 for people who did it and 0 for those who did not.",
        )
