"""Claims of lesson 9.2, *Is it working, or is it weather?*: trend, season, and then the change."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.monthly_series import (
    WHOLE_CITY,
    Change,
    change,
    false_alarms,
    months_up,
    outside,
    shares_chart,
)
from playbook.insights.range_words import too_little
from playbook.insights.statements import Claim, Measured, sentence_start

MISSED, ASTHMA = "missed_collections", "asthma_er_visits"
LATE, UNANSWERED = "late_buses", "calls_unanswered"
# Of months that only go up and down by luck, about half are worse than the one before.
FEWEST_UP, MOST_UP = 35.0, 65.0
# Of 72 such months, luck alone rarely puts more than this many outside the limits.
MOST_OUTSIDE = 2
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def _before_after(city: City) -> Measured:
    found, where = change(city, MISSED), sentence_start(city)
    if found is None:
        return _too_little(city, "percent")
    percent = _percent(found)
    figures = f"{_size(percent)} percent ({_size_range(percent)}) than in the months before"
    if percent.high < 0:
        headline = f"{where}, missed collections fell {_size(percent)} percent after the new routes"
        sentence = f"{where}, missed collections from {_month(found)} on were lower by {figures}."
        return Measured(percent, "appears", sentence, headline)
    headline = f"{where}, missed collections did not fall"
    if percent.low > 0:
        return Measured(
            percent, "absent", f"{headline}: {percent}. That is worth knowing.", headline
        )
    headline = f"{where}, we can't tell if missed collections fell"
    return Measured(percent, "unclear", f"{headline}: {percent}.", headline)


def _trend_season(city: City) -> Measured:
    found, where = change(city, MISSED), sentence_start(city)
    if found is None:
        return _too_little(city, "a month")
    figures = (
        f"Beyond trend and season the change in {_month(found)} is {_signed(found.level)} missed "
        f"collections a month; before and after without them, {_signed(found.naive)}. In the "
        f"{found.months_before} months before it the trend was {_signed(found.trend)} each month."
    )
    if found.level.high < 0:
        headline = f"{where}, missed collections dropped in {_month(found)}, beyond the trend"
        sentence = f"{headline}. {figures} That is worth knowing."
        return Measured(found.level, "absent", sentence, headline)
    if found.trend.high < 0 and found.level.low > found.naive.high:
        headline = f"{where}, missed collections were falling before the new routes"
        return Measured(found.level, "appears", f"{headline}. {figures}", headline)
    headline = f"{where}, we can't tell a change from the trend"
    return Measured(found.level, "unclear", f"{headline}. {figures}", headline)


def _asthma(city: City) -> Measured:
    found, where = change(city, ASTHMA), sentence_start(city)
    if found is None:
        return _too_little(city, "a month")
    place = found.district
    figures = (
        f"Beyond trend and season the change in {_month(found)} is {_signed(found.level)} visits a "
        f"month, from {format_number(found.before, 0)} before."
    )
    whole = change(city, ASTHMA, WHOLE_CITY)
    if whole is not None and place != WHOLE_CITY:
        seen = "also shows it" if whole.level.high < 0 else "can't tell"
        figures += f" The count of the whole city {seen}: {_signed(whole.level)}."
    if found.level.high < 0:
        headline = f"{where}, asthma visits dropped in {place} in {_month(found)}"
        return Measured(found.level, "appears", f"{headline}. {figures}", headline)
    if found.level.low > 0:
        headline = f"{where}, asthma visits rose in {place} in {_month(found)}"
        sentence = f"{headline}. {figures} That is worth knowing."
        return Measured(found.level, "absent", sentence, headline)
    headline = f"{where}, we can't tell if asthma visits dropped in {place}"
    return Measured(found.level, "unclear", f"{headline}. {figures}", headline)


def _places(city: City) -> Measured:
    found, where = change(city, ASTHMA), sentence_start(city)
    if "places_estimates" not in city:
        headline = f"{where}, there are no modeled estimates that could be mistaken for counts"
        sentence = f"{headline}. That is worth knowing."
        return Measured(_nothing("a month"), "absent", sentence, headline)
    if found is None:
        return _too_little(city, "a month")
    headline = f"{where}, modeled estimates such as PLACES can't say if the home repairs worked"
    sentence = (
        f"{headline}. The model expects each place to be like others with the same people, so it "
        "can't see a program. The CDC says not to evaluate programs with it. Counted visits can: "
        f"{_signed(found.level)} a month in {found.district}."
    )
    if found.level.high < 0 or found.level.low > 0:
        return Measured(found.level, "appears", sentence, headline)
    sentence = f"{sentence} Here they can't tell either."
    return Measured(found.level, "unclear", sentence, headline)


def _false_alarms(city: City) -> Measured:
    found, series, months = false_alarms(city)
    tries, where = series * months, sentence_start(city)
    if not tries:
        return _too_little(city, "of 100")
    share = Estimate(100 * found / tries, math.nan, math.nan, "of 100")
    start = f"{where}, {found} of {tries} looks find a jump where there should be none"
    figures = (
        f"We looked at {series} series in {months} months of events that were not about them, such "
        "as an election."
    )
    if found:
        sentence = f"{start}. {figures} Look at enough series, and luck shows you a change."
        return Measured(share, "appears", sentence, start)
    return Measured(share, "absent", f"{start}. {figures} That is worth knowing.", start)


def _noise(city: City) -> Measured:
    chart, where = shares_chart(city, LATE), sentence_start(city)
    if chart is None:
        return _too_little(city, "percent")
    up, steps = months_up(chart)
    news = len(outside(chart))
    share = Estimate(100 * up / steps, math.nan, math.nan, "percent", decimals=0)
    figures = f"{up} of {steps} months were worse than the one before, {news} outside the limits"
    if news <= MOST_OUTSIDE and FEWEST_UP <= share.value <= MOST_UP:
        headline = f"{where}, late buses got worse in {up} of {steps} months, by luck"
        sentence = f"{where}, late buses go up and down: {figures}. That is noise, not news."
        return Measured(share, "appears", sentence, headline)
    if news > MOST_OUTSIDE:
        headline = f"{where}, late buses changed more than luck would have it"
        return Measured(share, "absent", f"{headline}: {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell luck from a slow change in late buses"
    return Measured(share, "unclear", f"{headline}: {figures}.", headline)


def _signal(city: City) -> Measured:
    chart, where = shares_chart(city, UNANSWERED), sentence_start(city)
    if chart is None:
        return _too_little(city, "percent")
    months = outside(chart)
    highest = str(chart["value"].idxmax())
    figure = Estimate(float(chart["value"].max()), math.nan, math.nan, "percent")
    limit = format_number(float(chart["high"][highest]))
    figures = (
        f"{figure} of calls to 311 stayed unanswered in {_words(highest)}; the limit is {limit}"
    )
    if highest in months:
        headline = f"{where}, {_words(highest)} stands out: {figure} of calls unanswered"
        count = f"Months outside the limits: {len(months)} of {len(chart)}."
        sentence = f"{where}, {_words(highest)} is news. {figures}. {count} Ask what happened."
        return Measured(figure, "appears", sentence, headline)
    headline = f"{where}, no month of unanswered calls stands out"
    return Measured(figure, "absent", f"{headline}. {figures}. That is worth knowing.", headline)


def _percent(found: Change) -> Estimate:
    value, low, high = (
        100 * end / found.before for end in (found.naive.value, found.naive.low, found.naive.high)
    )
    return Estimate(value, low, high, "percent")


def _size(percent: Estimate) -> str:
    return format_number(-percent.value, 0)


def _size_range(percent: Estimate) -> str:
    return f"{format_number(-percent.high, 0)} to {format_number(-percent.low, 0)}"


def _signed(one: Estimate) -> str:
    return f"{format_number(one.value)} ({one.range})"


def _month(found: Change) -> str:
    return _words(found.month)


def _words(month: str) -> str:
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def _nothing(unit: str) -> Estimate:
    return Estimate(math.nan, math.nan, math.nan, unit)


def _too_little(city: City, unit: str) -> Measured:
    return too_little(city, unit, "A change needs a year of months before it and a year after.")


CLAIMS = (
    Claim(
        "9.2-before-after",
        "Missed collections were a fifth lower after the new routes than before.",
        "sampling",
        "method",
        _before_after,
    ),
    Claim(
        "9.2-trend-season",
        "They were falling for two years before. Beyond trend and season nothing changed.",
        "sampling",
        "method",
        _trend_season,
    ),
    Claim(
        "9.2-asthma",
        "Asthma visits dropped in one district when homes were repaired there.",
        "sampling",
        "port-alder-only",
        _asthma,
    ),
    # Centers for Disease Control and Prevention, PLACES and 500 Cities, Using the data: model-based
    # estimates can't include the effects of local programs and should not be used to evaluate them.
    Claim(
        "9.2-places",
        "Modeled estimates can't say if a program worked; counts can.",
        "sampling",
        "published",
        _places,
    ),
    Claim(
        "9.2-false-alarms",
        "Look at enough series, and some jump in a month when nothing happened to them.",
        "noise",
        "method",
        _false_alarms,
    ),
    Claim(
        "9.2-noise",
        "A steady count gets worse in about half of all months.",
        "noise",
        "method",
        _noise,
    ),
    Claim(
        "9.2-signal",
        "One month is news: the phones of 311 failed.",
        "sampling",
        "port-alder-only",
        _signal,
    ),
)
