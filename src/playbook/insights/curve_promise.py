"""What a promise about the headline curve asks for: in people, and each year."""

from __future__ import annotations

import math

import pandas as pd

from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.estimate import Estimate, format_number
from playbook.insights.headline_curve import (
    PER,
    PERIOD_YEARS,
    Curve,
    curve_forecast,
    headline_curve,
    period_rates,
)
from playbook.measures.forecast import gap_in_people
from playbook.measures.rates import proportion, rate


def curve_numbers(city: City) -> dict[str, float]:
    """Give the numbers behind a gap in people.

    Parameters
    ----------
    city
        A city with the tables `indicators` and `indicator_series`.

    Returns
    -------
    dict
        ``first`` and ``last`` (rate of the first and of the last three years), ``ahead`` (the
        forecast), ``people`` (how many the rate is for) and ``per``. NaN where there is no headline
        to follow.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> numbers = curve_numbers(load_city())
    >>> round(numbers["ahead"]), round(numbers["people"]), numbers["per"]
    (419, 60917, 100000)
    """
    curve = headline_curve(city)
    if curve is None:
        return dict.fromkeys(("first", "last", "ahead", "people", "per"), math.nan)
    first, last = period_rates(curve)
    return {
        "first": first.value,
        "last": last.value,
        "ahead": curve_forecast(curve).value,
        "people": _people(curve),
        "per": PER[curve.unit],
    }


def people_if_nothing_changes(city: City) -> Estimate:
    """How many people a year the forecast lies from the rate at which the curve began.

    Worse counts as more, whichever direction is better. The range is that of the forecast.
    """
    curve = headline_curve(city)
    if curve is None:
        return Estimate(math.nan, math.nan, math.nan, unit="people a year")
    ahead, start, people = curve_forecast(curve), period_rates(curve)[0].value, _people(curve)
    if curve.direction == "lower":
        return gap_in_people(ahead, target=start, people=people, per=PER[curve.unit])
    worse = Estimate(-ahead.value, -ahead.high, -ahead.low, level=ahead.level)
    return gap_in_people(worse, target=-start, people=people, per=PER[curve.unit])


def turning_point(city: City) -> float:
    """Rate that the target year must pass before one may say that the curve turned."""
    curve = headline_curve(city)
    if curve is None:
        return math.nan
    ahead = curve_forecast(curve)
    return ahead.low if curve.direction == "lower" else ahead.high


def best_yearly_change(curve: Curve) -> float:
    """Change in percent a year from three years to the next three, where it was best."""
    ends = range(PERIOD_YEARS, len(curve.table) - PERIOD_YEARS + 1)
    changes = [
        _yearly_percent(
            rate_of_years(curve, end - PERIOD_YEARS, end).value,
            rate_of_years(curve, end, end + PERIOD_YEARS).value,
            PERIOD_YEARS,
        )
        for end in ends
    ]
    known = [change for change in changes if not math.isnan(change)]
    if not known:
        return math.nan
    return min(known) if curve.direction == "lower" else max(known)


def promise_check(city: City, better: float, years: float) -> pd.DataFrame:
    """Set what a promise asks for each year beside the best that was ever reached.

    Parameters
    ----------
    city
        A city with the tables `indicators` and `indicator_series`.
    better
        How much better than in the last three years, in percent: above 0 and below 100.
    years
        Years to get there: above 0.

    Returns
    -------
    pandas.DataFrame
        ``measure`` and ``value``, in words: the rate to reach, what that is in people, the change a
        year, and the best change a year so far, from three years to the next three.

    Raises
    ------
    PlaybookError
        When `better` or `years` is outside its bounds.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> promise_check(load_city(), better=20, years=6)["value"].tolist()
    ['289 per 100,000', '44', '3.7 percent down', '1.6 percent up']
    """
    if not (0 < better < 100 and years > 0):
        raise PlaybookError(
            f"I can't check a promise of {better:g} percent in {years:g} years.",
            fix="Take a percent between 0 and 100, and one year or more.",
        )
    curve = headline_curve(city)
    names = ["Rate to reach", "In people, each year", "Change it takes each year", "Best so far"]
    if curve is None:
        return pd.DataFrame({"measure": names, "value": ["too few to tell"] * len(names)})
    now = period_rates(curve)[1].value
    target = now * (1 - better / 100 if curve.direction == "lower" else 1 + better / 100)
    target = min(target, 100.0) if curve.unit == "percent" else target
    people = abs(target - now) * _people(curve) / PER[curve.unit]
    values = [
        f"{format_number(target, 0)} {curve.unit}",
        format_number(people, 0),
        _change_words(_yearly_percent(now, target, years)),
        _change_words(best_yearly_change(curve)),
    ]
    return pd.DataFrame({"measure": names, "value": values})


def rate_of_years(curve: Curve, start: int, end: int) -> Estimate:
    """Rate of some years together, by their places in the table: from `start` up to `end`."""
    rows = curve.table.iloc[start:end]
    events, people = (float(rows[name].sum()) for name in ("numerator", "denominator"))
    if curve.unit == "percent":
        return proportion(events, people)
    return rate(events, people, per=PER[curve.unit])


def _people(curve: Curve) -> float:
    return float(curve.table["denominator"].tail(PERIOD_YEARS).mean())


def _yearly_percent(before: float, after: float, years: float) -> float:
    return 100 * ((after / before) ** (1 / years) - 1) if before > 0 else math.nan


def _change_words(change: float) -> str:
    if math.isnan(change):
        return "too few to tell"
    return f"{format_number(abs(change), 1)} percent {'down' if change < 0 else 'up'}"
