"""Claims of lesson 8.1, *Homes at risk of fire*: what a score reaches, and what it can't."""

from __future__ import annotations

import math
from dataclasses import replace

from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.estimate import Estimate, format_number
from playbook.insights.fire_doors import CAPACITY, INPUTS, Visits, surveyed_homes, visits
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.intervals import exact_poisson_limits, wilson_limits
from playbook.measures.rates import difference, proportion
from playbook.measures.targeting_checks import (
    doors_per_need,
    error_rates,
    reached_more,
    reached_share,
)

DOORS = "20 percent of doors"
# A model needs about this many events for each of its inputs: those of the score, and age.
EVENTS_PER_INPUT = 10
MODEL_INPUTS = len(INPUTS) + 1
# An alarm that most homes still hear after two years needs no second visit for this few.
FEW_SILENT = 10
FEWEST_TESTED = 30


def _capture(city: City) -> Measured:
    seen = _visits(city)
    reached = reached_share(seen.chosen, seen.need) if seen else _nothing("percent")
    if seen is None or not reached.known:
        return _too_little(city, reached)
    reached, where = replace(reached, decimals=0), sentence_start(city)
    by_lot = format_number(100 * CAPACITY, 0)
    figures = (
        f"{DOORS} hold {_range(reached)} percent of the homes without an alarm, each counted by "
        "how likely someone very young or old lives there"
    )
    if reached.low > 100 * CAPACITY:
        headline = (
            f"{where}, one door in five by score reaches {format_number(reached.value, 0)} percent"
        )
        sentence = f"{where}, chosen by score, {figures}. By lot it would be {by_lot} percent."
        return Measured(reached, "appears", sentence, headline)
    if reached.high < 100 * CAPACITY + 10:
        headline = f"{where}, the score reaches little more than a draw by lot"
        sentence = f"{headline}: {figures}. That is worth knowing."
        return Measured(reached, "absent", sentence, headline)
    headline = f"{where}, we can't tell if the score beats a draw by lot"
    return Measured(reached, "unclear", f"{headline}: {figures}.", headline)


def _past_fires(city: City) -> Measured:
    seen = _visits(city)
    more = reached_more(seen.chosen, seen.by_fires, seen.need) if seen else _nothing("points")
    if seen is None or not more.known:
        return _too_little(city, more)
    more, where = replace(more, decimals=0, unit="percentage points"), sentence_start(city)
    score, fires = (reached_share(by, seen.need) for by in (seen.chosen, seen.by_fires))
    figures = (
        f"with {DOORS} the score reaches {format_number(score.value, 0)} percent of the need, the "
        f"blocks with most past fires {format_number(fires.value, 0)}: {_range(more)} points more"
    )
    if more.low > 0:
        headline = f"{where}, a score of what protects reaches more than past fires do"
        return Measured(more, "appears", f"{headline}: {figures}.", headline)
    if more.high < 0:
        headline = f"{where}, past fires reach more than the score does"
        return Measured(more, "absent", f"{headline}: {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell if the score beats past fires"
    return Measured(more, "unclear", f"{headline}: {figures}.", headline)


def _hit_rate(city: City) -> Measured:
    seen = _visits(city)
    if seen is None or not (seen.chosen.any() and seen.no_alarm.any()):
        return _too_little(city, _nothing("percent"))
    here, every = seen.no_alarm[seen.chosen], seen.no_alarm
    each, all_doors = doors_per_need(here), doors_per_need(every)
    if not (each.known and all_doors.known):
        return _too_little(city, _nothing("percent"))
    inside = _percent(int(here.sum()), len(here))
    outside = _percent(int(every[~seen.chosen].sum()), int((~seen.chosen).sum()))
    whole = _percent(int(every.sum()), len(every))
    gap, where = difference(inside, outside), sentence_start(city)
    figures = (
        f"{_range(inside)} percent of doors in the chosen blocks have no alarm behind them, "
        f"against {_range(whole)} percent in the city: one alarm needed every "
        f"{format_number(each.value, 1)} doors instead of {format_number(all_doors.value, 1)}"
    )
    if gap.low > 0:
        headline = (
            f"{where}, the share of doors that need an alarm goes from "
            f"{format_number(whole.value, 0)} to {format_number(inside.value, 0)} percent"
        )
        return Measured(inside, "appears", f"{where}, {figures}.", headline)
    if gap.high < 5:
        headline = f"{where}, the chosen doors need alarms no more often than others"
        sentence = f"{headline}: {figures}. That is worth knowing."
        return Measured(inside, "absent", sentence, headline)
    headline = f"{where}, we can't tell if the chosen doors need alarms more often"
    return Measured(inside, "unclear", f"{headline}: {figures}.", headline)


def _missed(city: City) -> Measured:
    try:
        homes = surveyed_homes(city)
    except PlaybookError:
        return _too_little(city, _nothing("percent"))
    needs = homes["has_alarm"] == "no"
    groups = error_rates(homes["chosen"], needs, homes["low_income"]).set_index("group")
    if set(groups.index) != {"no", "yes"} or groups["missed"].isna().any():
        return _too_little(city, _nothing("percent"))
    missed = int((needs & ~homes["chosen"]).sum())
    low, high = (100 * float(limit) for limit in wilson_limits(missed, int(needs.sum())))
    share = Estimate(100 * missed / int(needs.sum()), low, high, "percent", decimals=0)
    where = sentence_start(city)
    texts = {
        name: f"{row['missed']:.0f} ({row['missed_low']:.0f} to {row['missed_high']:.0f})"
        for name, row in groups.iterrows()
    }
    figures = (
        f"the chosen blocks miss {_range(share)} percent of homes without an alarm: "
        f"{texts['no']} percent where income is not low, {texts['yes']} where it is"
    )
    if low > 50:
        headline = f"{where}, most homes without an alarm lie in blocks the score leaves for later"
        sentence = f"{headline}: {figures}. A block is not a home."
        return Measured(share, "appears", sentence, headline)
    if high < 50:
        headline = f"{where}, most homes without an alarm lie in the chosen blocks"
        return Measured(share, "absent", f"{headline}: {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell if the score reaches most homes without an alarm"
    return Measured(share, "unclear", f"{headline}: {figures}.", headline)


def _deaths(city: City) -> Measured:
    fires, where = city["fires"], sentence_start(city)
    deaths, years = int(fires["deaths"].sum()), fires["day"].str[:4].nunique()
    low, high = (float(limit) for limit in exact_poisson_limits(deaths))
    count = Estimate(deaths, low, high, "deaths", decimals=0)
    if not len(fires):
        return _too_little(city, count)
    wanted = EVENTS_PER_INPUT * MODEL_INPUTS
    blocks = int(fires.loc[fires["deaths"] > 0, "block_id"].nunique())
    figures = (
        f"{_range(count)} deaths in {len(fires):,} fires and {years} years, in {blocks} of "
        f"{len(city['blocks'])} blocks"
    )
    if high < wanted:
        headline = f"{where}, deaths in fires are too few to model"
        sentence = (
            f"{headline}: {figures}. A model with {MODEL_INPUTS} inputs wants about {wanted}. "
            "Model what protects, not what is rare."
        )
        return Measured(count, "appears", sentence, headline)
    if low > wanted:
        headline = f"{where}, there are enough deaths in fires to model them"
        return Measured(count, "absent", f"{headline}: {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell if deaths in fires are enough to model"
    return Measured(count, "unclear", f"{headline}: {figures}.", headline)


def _silent(city: City) -> Measured:
    tested = city["installs"].query("working_at_24m in ['yes', 'no']")
    if len(tested) < FEWEST_TESTED:
        return _too_little(city, _nothing("percent"))
    silent = _percent(int((tested["working_at_24m"] == "no").sum()), len(tested))
    where = sentence_start(city)
    figures = f"{_range(silent)} percent of {len(tested):,} alarms tested were silent"
    if silent.low > FEW_SILENT:
        headline = f"{where}, {format_number(silent.value, 0)} percent of alarms were silent"
        headline = f"{headline} after two years"
        sentence = f"{where}, after two years {figures}. Plan the second visit now."
        return Measured(silent, "appears", sentence, headline)
    if silent.high < FEW_SILENT:
        headline = f"{where}, nearly all alarms sound after two years"
        return Measured(
            silent, "absent", f"{headline}: {figures}. That is worth knowing.", headline
        )
    headline = f"{where}, we can't tell how many alarms fall silent"
    return Measured(silent, "unclear", f"{headline}: {figures}.", headline)


def _visits(city: City) -> Visits | None:
    """Look behind the doors; None where the survey is too small for a score."""
    try:
        return visits(city)
    except PlaybookError:
        return None


def _percent(hits: int, trials: int) -> Estimate:
    share = proportion(hits, trials)
    return replace(share, unit="percent", decimals=0)


def _nothing(unit: str) -> Estimate:
    return Estimate(math.nan, math.nan, math.nan, unit=unit, decimals=0)


def _too_little(city: City, estimate: Estimate) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    return Measured(estimate, "unclear", f"{headline}. Visit more homes, by lot.", headline)


def _range(one: Estimate) -> str:
    value, low, high = (format_number(x, one.decimals) for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


CLAIMS = (
    Claim(
        "8.1-capture",
        "One door in five, chosen by score, reaches far more than one in five of the needs.",
        "sampling",
        "port-alder-only",
        _capture,
    ),
    Claim(
        "8.1-past-fires",
        "A score of what protects reaches more than a count of past fires does.",
        "sampling",
        "port-alder-only",
        _past_fires,
    ),
    Claim(
        "8.1-hit-rate",
        "Behind the chosen doors an alarm is needed more often.",
        "sampling",
        "port-alder-only",
        _hit_rate,
    ),
    Claim(
        "8.1-missed",
        "Most homes without an alarm lie in blocks that the score leaves for later.",
        "sampling",
        "method",
        _missed,
    ),
    Claim(
        "8.1-deaths",
        "Deaths in fires are too few to model.",
        "sampling",
        "method",
        _deaths,
    ),
    Claim(
        "8.1-silent",
        "Two years on, some alarms are silent.",
        "sampling",
        "port-alder-only",
        _silent,
    ),
)
