"""Two groups compared within strata: how much of a gap is left when something else is alike."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.intervals import normal_quantile
from playbook.measures.places import Numbers, numbers_of

LEVEL = 0.95
# With fewer events in one of the groups a ratio says little.
FEWEST_EVENTS = 5
# A crude ratio closer to 1 than this leaves nothing to explain.
SMALLEST_GAP = 0.05
TAIL = (1 - LEVEL) / 2


def mantel_haenszel_ratio(
    events_a: npt.ArrayLike,
    people_a: npt.ArrayLike,
    events_b: npt.ArrayLike,
    people_b: npt.ArrayLike,
) -> Estimate:
    """Ratio of two groups' shares, compared only within the same stratum.

    Parameters
    ----------
    events_a, people_a
        How many in the first group had it, and how many there were, in each stratum (such as an
        income third).
    events_b, people_b
        The same of the second group, in the same order.

    Returns
    -------
    Estimate
        Risk ratio of the first to the second group, in times. One stratum alone gives the plain
        ratio. Not known when a group has fewer than 5 events in all. A stratum that only one group
        has adds nothing.

    Raises
    ------
    PlaybookError
        When a count is missing, below 0 or not whole, there are more events than people, or the
        four differ in length.

    Notes
    -----
    Source: Mantel N, Haenszel W (1959), Journal of the National Cancer Institute 22:719-748;
    interval by Greenland S, Robins JM (1985), Biometrics 41:55-68. It takes the ratio to be much
    the same in every stratum: look at each of them first.

    Examples
    --------
    >>> births_a, births_b = [400, 300, 200], [260, 390, 600]
    >>> mantel_haenszel_ratio([60, 30, 15], births_a, [20, 24, 30], births_b)
    1.72 times (1.27 to 2.34)
    """
    a, n_a, b, n_b = _counts(events_a, people_a, events_b, people_b)
    both = (n_a > 0) & (n_b > 0)
    a, n_a, b, n_b = (each[both] for each in (a, n_a, b, n_b))
    if min(a.sum(), b.sum()) < FEWEST_EVENTS:
        return _unknown("times", f"at least {FEWEST_EVENTS} events in each group are needed")
    everyone = n_a + n_b
    top, bottom = (a * n_b / everyone).sum(), (b * n_a / everyone).sum()
    spread = ((a + b) * n_a * n_b - a * b * everyone) / everyone**2
    reach = normal_quantile(LEVEL) * math.sqrt(spread.sum() / (top * bottom))
    value = float(top / bottom)
    return Estimate(
        value,
        value * math.exp(-reach),
        value * math.exp(reach),
        "times",
        measure="ratio within strata",
        decimals=2,
    )


def share_explained(
    events_a: npt.ArrayLike,
    people_a: npt.ArrayLike,
    events_b: npt.ArrayLike,
    people_b: npt.ArrayLike,
    draws: int = 1000,
    seed: int = 0,
) -> Estimate:
    """Say how much of the plain ratio's distance from 1 goes away within the same stratum.

    Parameters
    ----------
    events_a, people_a, events_b, people_b
        As in `mantel_haenszel_ratio`.
    draws
        How often the events are drawn anew for the range.
    seed
        Where the drawing starts. The same seed gives the same range.

    Returns
    -------
    Estimate
        In percent. Below 0 when the gap within strata is larger than the plain one. Not known when
        events are too few, or when the plain ratio is about 1: then nothing is there to explain.

    Raises
    ------
    PlaybookError
        As in `mantel_haenszel_ratio`.

    Notes
    -----
    ``100 * (plain - within) / (plain - 1)``: the excess risk explained, in Szklo M, Nieto FJ,
    Epidemiology: Beyond the Basics. "Explained" is arithmetic: it is no proof of a cause. The range
    is a parametric bootstrap: events drawn from binomial distributions around the shares seen.

    Examples
    --------
    >>> births_a, births_b = [400, 300, 200], [260, 390, 600]
    >>> share_explained([60, 30, 15], births_a, [20, 24, 30], births_b)
    25 percent (7 to 47)
    """
    a, n_a, b, n_b = _counts(events_a, people_a, events_b, people_b)
    both = (n_a > 0) & (n_b > 0)
    a, n_a, b, n_b = (each[both] for each in (a, n_a, b, n_b))
    if min(a.sum(), b.sum()) < FEWEST_EVENTS:
        return _unknown("percent", f"at least {FEWEST_EVENTS} events in each group are needed")
    plain = _plain(a, n_a, b, n_b)
    random = np.random.default_rng(seed)
    drawn_a, drawn_b = (
        random.binomial(n.astype(int), events / n, (draws, len(n))).astype(float)
        for events, n in ((a, n_a), (b, n_b))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.sort(_explained(drawn_a, n_a, drawn_b, n_b))
    if abs(plain - 1) < SMALLEST_GAP or not np.isfinite(found).all():
        return _unknown("percent", "the plain ratio is too close to 1: nothing to explain")
    value = float(_explained(a, n_a, b, n_b))
    left_out = int(TAIL * draws)
    low, high = float(found[left_out]), float(found[draws - 1 - left_out])
    return Estimate(
        value, min(low, value), max(high, value), "percent", measure="share explained", decimals=0
    )


def _explained(a: Numbers, n_a: Numbers, b: Numbers, n_b: Numbers) -> Numbers:
    """Percent of the excess that goes away; the strata are the last axis."""
    everyone = n_a + n_b
    within = (a * n_b / everyone).sum(axis=-1) / (b * n_a / everyone).sum(axis=-1)
    plain = _plain(a, n_a, b, n_b)
    return np.asarray(100 * (plain - within) / (plain - 1))


def _plain(a: Numbers, n_a: Numbers, b: Numbers, n_b: Numbers) -> Numbers:
    return np.asarray((a.sum(axis=-1) / n_a.sum()) / (b.sum(axis=-1) / n_b.sum()))


def _unknown(unit: str, note: str) -> Estimate:
    return Estimate(math.nan, math.nan, math.nan, unit, note=f"too few to tell: {note}")


def _counts(*given: npt.ArrayLike) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Give events and people of both groups, or say what is wrong with them."""
    names = ("events", "people", "events", "people")
    a, n_a, b, n_b = (
        numbers_of(each, f"a number of {name}") for each, name in zip(given, names, strict=True)
    )
    lengths = {len(each) for each in (a, n_a, b, n_b)}
    if len(lengths) > 1 or not len(a):
        raise PlaybookError(
            "The four columns need the same strata, and at least one: I found "
            f"{', '.join(str(len(each)) for each in (a, n_a, b, n_b))} rows.",
            fix="Take all four from one table, one row a stratum.",
        )
    for each in (a, n_a, b, n_b):
        odd = np.flatnonzero((each < 0) | (each != np.floor(each)))
        if len(odd):
            raise PlaybookError(
                f"Counts are whole numbers from 0 up; I found {each[odd[0]]:g} in stratum "
                f"{odd[0] + 1}.",
                fix="Check that row, or leave the stratum out and say so.",
            )
    for events, people in ((a, n_a), (b, n_b)):
        odd = np.flatnonzero(events > people)
        if len(odd):
            raise PlaybookError(
                f"There are {events[odd[0]]:g} events among only {people[odd[0]]:g} people in "
                f"stratum {odd[0] + 1}.",
                fix="Give events first, then people.",
            )
    return a, n_a, b, n_b
