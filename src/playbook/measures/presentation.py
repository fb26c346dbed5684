"""Published rules for which rates and shares may be shown, each by the name of its agency.

Agencies disagree, so every answer names the rule it comes from. Hiding small counts in a table is
another matter, for `playbook.measures.suppression`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.rates import rate

Flag = Literal["", "footnote", "unreliable", "review", "hide"]

RATES = "National Center for Health Statistics, rule for rates (2023)"
SHARES = "National Center for Health Statistics, rule for shares (2017)"
WONDER = "CDC WONDER"

FEWEST_EVENTS = 10
FEWEST_RESIDENTS = 10
WIDEST_FOR_RATES = 1.6
FEWEST_ANSWERS = 30
NARROW, WIDE = 0.05, 0.30
WIDEST_FOR_SHARES = 1.3
FEWEST_DEGREES = 8
WONDER_SHOWN_FROM = 10
WONDER_RELIABLE_FROM = 20


@dataclass(frozen=True)
class Reading:
    """What a rule says about a figure.

    Parameters
    ----------
    show
        Whether the figure may be shown.
    flag
        ``"hide"``; or, shown: ``"review"`` (someone who knows the method looks first),
        ``"unreliable"``, ``"footnote"``, or nothing.
    reason
        Why, in words, with the name of the agency whose rule it is.

    Examples
    --------
    >>> Reading(False, "hide", "Agency: 9 events, at least 10 are needed")
    hide (Agency: 9 events, at least 10 are needed)
    """

    show: bool
    flag: Flag
    reason: str

    def __str__(self) -> str:
        what = {"": "show", "hide": "hide"}.get(self.flag, f"show, marked {self.flag}")
        return f"{what} ({self.reason})"

    __repr__ = __str__


def reliable_rate(events: float, population: float, estimate: Estimate | None = None) -> Reading:
    """Say whether a rate is reliable enough to show: the rule of the US vital statistics.

    Parameters
    ----------
    events
        How many events were counted: a whole number, 0 or more.
    population
        Residents, or person-years, they happened among. Above 0.
    estimate
        The rate with its own interval, such as an age-adjusted one. Left out, it is the events
        divided by the population.

    Returns
    -------
    Reading
        Hidden with fewer than 10 events, fewer than 10 residents, or an interval wider than 160
        percent of the rate.

    Raises
    ------
    PlaybookError
        When a number is missing or negative, events are not whole, or the population is 0.

    Notes
    -----
    Parker JD et al. (2023), National Center for Health Statistics, Vital and Health Statistics
    2:200. In force from data year 2023; before, 20 events were needed. From 10 events on, only
    rates with an interval of their own can be too wide.

    Examples
    --------
    >>> reliable_rate(9, 4_800).show, reliable_rate(10, 4_800).show
    (False, True)
    >>> reliable_rate(9, 4_800)
    hide (National Center for Health Statistics, rule for rates (2023): 9 events, at least 10 ...)
    """
    own = rate(events, population)
    found = own if estimate is None else estimate
    if events < FEWEST_EVENTS:
        return _hide(RATES, f"{events:g} events, at least {FEWEST_EVENTS} are needed")
    if population < FEWEST_RESIDENTS:
        return _hide(RATES, f"{population:g} residents, at least {FEWEST_RESIDENTS} are needed")
    if not found.high - found.low <= WIDEST_FOR_RATES * found.value:
        return _hide(RATES, f"the range is wider than {100 * WIDEST_FOR_RATES:.0f} % of the rate")
    return Reading(True, "", f"{RATES}: {events:g} events, and a range narrow enough")


def reliable_proportion(
    successes: float,
    trials: float,
    effective_trials: float | None = None,
    degrees_of_freedom: float | None = None,
) -> Reading:
    """Say whether a share is reliable enough to show: the rule of the US health surveys.

    Parameters
    ----------
    successes
        How many had it, from 0 to `trials`. For a weighted share: the share times `trials`.
    trials
        How many were asked or looked at. Above 0.
    effective_trials
        How many answers of a random sample tell as much as these, when answers are weighted or
        came in clusters. Left out, all of them.
    degrees_of_freedom
        Clusters less strata, for a sample in clusters.

    Returns
    -------
    Reading
        Hidden with fewer than 30 answers (or effective ones), with a 95 percent interval 30 points
        wide or more, or one of more than 5 points that is wider than 130 percent of the share. To
        be reviewed when nobody or everyone has it, or with fewer than 8 degrees of freedom. With a
        footnote when the share of the others would be hidden by the 130 percent.

    Raises
    ------
    PlaybookError
        When a number is missing or not above 0, or there are more successes than trials.

    Notes
    -----
    Parker JD et al. (2017), National Center for Health Statistics, Vital and Health Statistics
    2:175, with the correction of 8 April 2021.

    Examples
    --------
    >>> reliable_proportion(12, 29).flag, reliable_proportion(12, 60).flag
    ('hide', '')
    >>> reliable_proportion(57, 60).flag, reliable_proportion(0, 60).flag
    ('footnote', 'review')
    """
    low, high = korn_graubard_limits(successes, trials, effective_trials, degrees_of_freedom)
    effective = trials if effective_trials is None else min(effective_trials, trials)
    width, share = high - low, successes / trials
    if effective < FEWEST_ANSWERS:
        kind = "answers" if effective == trials else "effective answers"
        return _hide(SHARES, f"{effective:.3g} {kind}, at least {FEWEST_ANSWERS} are needed")
    if width >= WIDE:
        return _hide(
            SHARES, f"the range is {100 * width:.0f} points wide, {100 * WIDE:.0f} are too many"
        )
    # Nobody, or everyone: no share to compare the width with.
    extreme = share in (0, 1)
    relative = width > NARROW and not extreme
    if relative and width > WIDEST_FOR_SHARES * share:
        return _hide(
            SHARES, f"the range is wider than {100 * WIDEST_FOR_SHARES:.0f} % of the share"
        )
    reviews = ["nobody has it" if share == 0 else "everyone has it"] if extreme else []
    if degrees_of_freedom is not None and degrees_of_freedom < FEWEST_DEGREES:
        reviews.append(f"{degrees_of_freedom:g} degrees of freedom, fewer than {FEWEST_DEGREES}")
    if reviews:
        why = "; ".join(reviews)
        return Reading(True, "review", f"{SHARES}: ask a survey expert before you publish: {why}")
    if relative and width > WIDEST_FOR_SHARES * (1 - share):
        return Reading(True, "footnote", f"{SHARES}: the share of the others is not reliable")
    return Reading(True, "", f"{SHARES}: enough answers, and a range narrow enough")


def wonder_reading(events: float) -> Reading:
    """Say what CDC WONDER would do with a count of deaths or births and its rate.

    Parameters
    ----------
    events
        How many were counted in a place smaller than the nation: a whole number, 0 or more.

    Returns
    -------
    Reading
        Hidden from 0 to 9; the rate unreliable from 10 to 19.

    Raises
    ------
    PlaybookError
        When the count is missing, negative or not whole.

    Notes
    -----
    Agencies differ: CDC WISQARS marks a rate as unstable at 20 events too.

    Examples
    --------
    >>> wonder_reading(9).flag, wonder_reading(10).flag, wonder_reading(20).flag
    ('hide', 'unreliable', '')
    >>> wonder_reading(15)
    show, marked unreliable (CDC WONDER: rates of fewer than 20 events are unreliable; here are 15)
    """
    # The population does not matter here; rate refuses what is not a count.
    rate(events, 1)
    if events < WONDER_SHOWN_FROM:
        return _hide(WONDER, f"counts of 0 to 9 are hidden; here are {events:g}")
    if events < WONDER_RELIABLE_FROM:
        why = f"rates of fewer than {WONDER_RELIABLE_FROM} events are unreliable; here are"
        return Reading(True, "unreliable", f"{WONDER}: {why} {events:g}")
    return Reading(True, "", f"{WONDER}: {events:g} events are enough for a rate")


def korn_graubard_limits(
    successes: float,
    trials: float,
    effective_trials: float | None = None,
    degrees_of_freedom: float | None = None,
) -> tuple[float, float]:
    """95 percent limits of a share, exact for a random sample, cautious for others.

    Parameters
    ----------
    successes, trials, effective_trials, degrees_of_freedom
        As in `reliable_proportion`.

    Returns
    -------
    low, high : float
        Limits as shares from 0 to 1. Clopper and Pearson's when only `successes` and `trials` are
        given.

    Raises
    ------
    PlaybookError
        As `reliable_proportion`.

    Notes
    -----
    Clopper CJ, Pearson ES (1934), Biometrika 26:404-413; Korn EL, Graubard BI (1998), Survey
    Methodology 24:193-201. The effective number never exceeds the number itself.

    Examples
    --------
    >>> [round(limit, 3) for limit in korn_graubard_limits(12, 60)]
    [0.108, 0.323]
    >>> [round(limit, 3) for limit in korn_graubard_limits(12, 60, effective_trials=40)]
    [0.091, 0.356]
    """
    from scipy.special import betaincinv, stdtrit

    given = {"trials": trials, "effective trials": effective_trials}
    given["degrees of freedom"] = degrees_of_freedom
    for name, number in given.items():
        if number is not None and not 0 < number < math.inf:
            raise PlaybookError(
                f"I need a number above 0 for {name}; I found {number:g}.",
                fix="Check that column, or leave the row out and say so.",
            )
    if not 0 <= successes <= trials:
        raise PlaybookError(
            f"I found {successes:g} successes among {trials:,g} trials.",
            fix="Put the part first and the whole second, both from 0 up.",
        )
    effective = trials if effective_trials is None else effective_trials
    if degrees_of_freedom is not None:
        t_all, t_few = stdtrit(max(trials - 1, 1), 0.975), stdtrit(degrees_of_freedom, 0.975)
        effective *= float(t_all / t_few) ** 2
    effective = min(effective, trials)
    hits = effective * successes / trials
    misses = effective - hits
    low = float(betaincinv(hits, misses + 1, 0.025)) if successes > 0 else 0.0
    high = float(betaincinv(hits + 1, misses, 0.975)) if successes < trials else 1.0
    return low, high


def _hide(rule: str, why: str) -> Reading:
    return Reading(False, "hide", f"{rule}: {why}")
