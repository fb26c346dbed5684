"""How many people a trial needs, and what a smaller one would see."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.intervals import normal_quantile

POWER = 0.8
LEVEL = 0.95
# Below this many people an arm, two shares hardly follow the normal curve.
FEWEST_PEOPLE = 2


def sample_size(control: float, treated: float, power: float = POWER, level: float = LEVEL) -> int:
    """People needed in each arm to see a difference of two shares.

    Parameters
    ----------
    control, treated
        The two shares you expect, in percent.
    power
        Chance to see the difference when it is there.
    level
        One less the chance of a false alarm.

    Returns
    -------
    int
        People in each arm, rounded up.

    Raises
    ------
    PlaybookError
        When a share is not between 0 and 100, the two are equal, or power or level is not between
        0 and 1.

    Notes
    -----
    ``(z_level + z_power)^2 * (p1 * q1 + p2 * q2) / (p1 - p2)^2``: Chow S, Shao J, Wang H (2008),
    Sample Size Calculations in Clinical Research, p. 89.

    Examples
    --------
    >>> sample_size(3.5, 4.9), sample_size(4.5, 6.3), sample_size(65, 85)
    (3219, 2472, 70)
    """
    first, second = _share(control), _share(treated)
    if first == second:
        raise PlaybookError(
            f"Both shares are {control:g} percent: no number of people can tell them apart.",
            fix="Write the smallest difference that would change your decision.",
        )
    if not 0 < power < 1:
        raise PlaybookError(
            f"A power of {power:g} is not between 0 and 1.", fix="Write 0.8 for 80 percent."
        )
    reach = normal_quantile(level) + NormalDist().inv_cdf(power)
    people = reach**2 * _variance(first, second) / (first - second) ** 2
    # A hair above a whole number is that number.
    return math.ceil(people - 1e-9)


def trial_power(control: float, treated: float, per_arm: int, level: float = LEVEL) -> float:
    """Chance that a trial sees the difference, and in the right direction.

    Parameters
    ----------
    control, treated
        The two true shares, in percent.
    per_arm
        People in each arm.
    level
        One less the chance of a false alarm.

    Returns
    -------
    float
        In percent. Half the chance of a false alarm when the shares are equal.

    Raises
    ------
    PlaybookError
        When a share is not between 0 and 100, or there are fewer than two people an arm.

    Examples
    --------
    >>> [round(trial_power(4.5, 6.3, n)) for n in (150, 600, 2_472, 6_000)]
    [10, 28, 80, 99]
    """
    z = _distance(control, treated, per_arm)
    return 100 * NormalDist().cdf(z - normal_quantile(level))


def wrong_sign(control: float, treated: float, per_arm: int) -> float:
    """Chance that a trial points the wrong way.

    Parameters
    ----------
    control, treated, per_arm
        As in `trial_power`.

    Returns
    -------
    float
        In percent. 50 when the shares are equal.

    Raises
    ------
    PlaybookError
        As `trial_power`.

    Examples
    --------
    >>> round(wrong_sign(4.5, 6.3, 150)), round(wrong_sign(4.5, 6.3, 3_000), 1)
    (25, 0.1)
    """
    return 100 * NormalDist().cdf(-_distance(control, treated, per_arm))


def simulated_trials(
    shares: Mapping[str, float], control: str, per_arm: int, trials: int = 200, seed: int = 0
) -> pd.DataFrame:
    """Run the same trial many times, each with other luck.

    Parameters
    ----------
    shares
        True share of each arm, in percent.
    control
        The arm that the others are compared with.
    per_arm
        People in each arm.
    trials
        How many times it is run.
    seed
        Start of the random numbers: the same seed gives the same trials.

    Returns
    -------
    pandas.DataFrame
        One row a trial: ``first`` (the arm with the highest share; of equals the one named first),
        ``difference`` (of the truly best other arm from the control, percentage points) and
        ``wins`` (that difference is above 0 and its two-sided test says 95 percent).

    Raises
    ------
    PlaybookError
        When a share is not between 0 and 100, the control is missing or alone, or there are fewer
        than two people an arm.

    Examples
    --------
    >>> runs = simulated_trials({"old": 4.5, "new": 6.3}, "old", per_arm=2_472)
    >>> len(runs), int(runs["wins"].sum())
    (200, 158)
    """
    if control not in shares or len(shares) < 2:
        raise PlaybookError(
            f'I need the share of "{control}" and of at least one other arm.',
            fix='Write, for example, {"control": 4.5, "new": 6.3}.',
        )
    _people(per_arm)
    names = list(shares)
    chances = np.array([_share(shares[name]) for name in names])
    events = np.random.default_rng(seed).binomial(per_arm, chances, (trials, len(names)))
    others = [name for name in names if name != control]
    best = names.index(max(others, key=lambda name: shares[name]))
    ours, theirs = events[:, best], events[:, names.index(control)]
    pooled = (ours + theirs) / (2 * per_arm)
    error = np.sqrt(pooled * (1 - pooled) * 2 / per_arm)
    apart = (ours - theirs) / per_arm
    return pd.DataFrame(
        {
            "first": pd.Series(np.array(names)[events.argmax(axis=1)], dtype="str"),
            "difference": 100 * apart,
            "wins": apart > normal_quantile(LEVEL) * error,
        }
    )


def _distance(control: float, treated: float, per_arm: int) -> float:
    """How many standard errors lie between the two shares."""
    _people(per_arm)
    first, second = _share(control), _share(treated)
    return abs(second - first) / math.sqrt(_variance(first, second) / per_arm)


def _variance(first: float, second: float) -> float:
    return first * (1 - first) + second * (1 - second)


def _people(per_arm: int) -> None:
    if per_arm < FEWEST_PEOPLE:
        raise PlaybookError(
            f"{per_arm:,} people an arm are too few.", fix="Give at least two, better hundreds."
        )


def _share(percent: float) -> float:
    if not 0 < percent < 100:
        raise PlaybookError(
            f"I need a share between 0 and 100 percent; I found {percent:g}.",
            fix="Write 4.5 for 4.5 percent. Take the share from last year's letter.",
        )
    return percent / 100
