"""Claims of lesson 4.3, *We gave residents $1 M. Who actually won?*: the rule decides."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.asset_map import asset_rates, asset_ratio, enough_assets
from playbook.insights.budget_vote import (
    HIGHEST_POVERTY,
    district_wins,
    districts_by_poverty,
    enough_ballots,
    funded_projects,
    share_of_largest,
    turnout,
    voters_with_win,
    wins_where_poverty_is_highest,
)
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.rates import ratio

# A vote is counted in full: these figures have no range. A smaller change is not worth a new rule.
WORTH_A_RULE = 5.0
HALF = 50.0
# Assets a fifth fewer than elsewhere are fewer.
AS_MANY = 0.8
# One district's residents vote at least half again as often.
HALF_AGAIN = 1.5
PERCENT = "percent of voters"


def _greedy(city: City) -> Measured:
    share = _exact(share_of_largest(city, "votes"), "percent")
    if not enough_ballots(city):
        return _too_few_ballots(city, share)
    count = len(funded_projects(city, "votes"))
    headline = (
        f"{sentence_start(city)}, most votes first funds {count} projects; the three largest take "
        f"{_whole(share)} percent of the money"
    )
    if share.value >= HALF:
        return Measured(share, "appears", f"{headline}.", headline)
    sentence = f"{headline}, less than half. That is worth knowing."
    return Measured(share, "absent", sentence, headline)


def _equal_shares(city: City) -> Measured:
    before, after = (voters_with_win(city, rule) for rule in ("votes", "equal shares"))
    gain = _exact(after - before, "percentage points")
    if not enough_ballots(city):
        return _too_few_ballots(city, gain)
    few, many = (len(funded_projects(city, rule)) for rule in ("votes", "equal shares"))
    where = sentence_start(city)
    figures = (
        f"most votes first funds {few} projects, and {_round(before)} percent of voters get "
        f"something they chose. Equal shares funds {many} with the same money: "
        f"{_round(after)} percent"
    )
    headline = (
        f"{where}, {_round(before)} percent of voters win something by votes, {_round(after)} by "
        "equal shares"
    )
    if gain.value >= WORTH_A_RULE:
        return Measured(gain, "appears", f"{where}, {figures}.", headline)
    sentence = f"{where}, {figures}. The rule changes little here, and that is worth knowing."
    return Measured(gain, "absent", sentence, headline)


def _districts(city: City) -> Measured:
    if not enough_ballots(city):
        return _too_few_ballots(city, _exact(math.nan, "percentage points"))
    before, after = (
        wins_where_poverty_is_highest(city, rule) for rule in ("votes", "equal shares")
    )
    gain = _exact(after - before, "percentage points")
    names = ", ".join(districts_by_poverty(city)[:HIGHEST_POVERTY])
    where = sentence_start(city)
    headline = (
        f"{where}, voters with a win where poverty is highest: {_round(before)} percent by votes, "
        f"{_round(after)} by equal shares"
    )
    sentence = f"{headline} ({names})."
    if gain.value >= WORTH_A_RULE and before < voters_with_win(city, "votes"):
        return Measured(gain, "appears", sentence, headline)
    return Measured(gain, "absent", f"{sentence} That is worth knowing.", headline)


def _two_versions(city: City) -> Measured:
    by_project, by_cost = (
        set(funded_projects(city, rule)["project_id"])
        for rule in ("equal shares", "equal shares by cost")
    )
    differ = _exact(len(by_project ^ by_cost), "projects")
    if not enough_ballots(city):
        return _too_few_ballots(city, differ)
    shares = [voters_with_win(city, rule) for rule in ("equal shares", "equal shares by cost")]
    where = sentence_start(city)
    headline = (
        f"{where}, two versions of equal shares fund {len(by_project)} and {len(by_cost)} projects"
    )
    sentence = (
        f"{headline}, and {_round(shares[0])} and {_round(shares[1])} percent of voters get "
        "something. Agree on the version before the vote."
    )
    if differ.value:
        return Measured(differ, "appears", sentence, headline)
    sentence = f"{headline}: the same ones. That is worth knowing."
    return Measured(differ, "absent", sentence, headline)


def _turnout(city: City) -> Measured:
    if not enough_ballots(city):
        return _too_few_ballots(city, _exact(math.nan, "times"))
    names = districts_by_poverty(city)
    high, low = names[0], names[-1]
    voted = {name: turnout(city, name) for name in (high, low)}
    times = ratio(voted[low], voted[high])
    spent = district_wins(city, "equal shares").set_index("district")["spend_per_resident"]
    dollars = {name: format_number(float(spent[name]), 2) for name in (high, low)}
    where = sentence_start(city)
    figures = (
        f"{_tenth(voted[low])} percent of those old enough voted in {low}, {_tenth(voted[high])} "
        f"in {high}: {times}"
    )
    money = (
        f"Equal shares treats voters alike, not residents: ${dollars[low]} for each of them in "
        f"{low}, ${dollars[high]} in {high}"
    )
    headline = (
        f"{where}, {_tenth(voted[low])} percent voted in {low} and {_tenth(voted[high])} in {high}"
    )
    if times.low > HALF_AGAIN and spent[low] > HALF_AGAIN * spent[high]:
        return Measured(times, "appears", f"{where}, {figures}. {money}.", headline)
    if times.high < HALF_AGAIN or times.low > HALF_AGAIN:
        sentence = f"{where}, {figures}. {money}. That is worth knowing."
        return Measured(times, "absent", sentence, headline)
    sentence = f"{where}, {figures}. We can't tell how far turnout differs."
    return Measured(times, "unclear", sentence, headline)


def _assets(city: City) -> Measured:
    where = sentence_start(city)
    if not enough_assets(city):
        headline = f"{where}, there is too little to tell"
        sentence = f"{headline}: too few assets on the map. Ask more people, on more blocks."
        return Measured(_exact(math.nan, "times"), "unclear", sentence, headline)
    (high, low), times = asset_rates(city), asset_ratio(city)
    figures = (
        f"{_tenth(high)} assets per 1,000 residents in the highest-poverty fifth, {_tenth(low)} in "
        f"the lowest: {times}"
    )
    if times.low >= AS_MANY:
        headline = f"{where}, the highest-poverty fifth has no fewer assets than the lowest"
        return Measured(times, "appears", f"{headline}: {figures}.", headline)
    if times.high < 1:
        headline = f"{where}, the highest-poverty fifth has fewer assets on the map"
        sentence = f"{headline}: {figures}. That is worth knowing. Ask first who drew the map."
        return Measured(times, "absent", sentence, headline)
    headline = f"{where}, we can't tell which fifth has more assets"
    return Measured(times, "unclear", f"{headline}: {figures}.", headline)


def _too_few_ballots(city: City, estimate: Estimate) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    return Measured(estimate, "unclear", f"{headline}: too few ballots or projects.", headline)


def _exact(value: float, unit: str) -> Estimate:
    return Estimate(value, math.nan, math.nan, unit=unit, decimals=0)


def _round(value: float) -> str:
    return format_number(value, 0)


def _whole(one: Estimate) -> str:
    return format_number(one.value, 0)


def _tenth(one: Estimate) -> str:
    return format_number(one.value)


CLAIMS = (
    Claim(
        "4.3-greedy",
        "Counting votes funds few projects, and three large ones take most of the money.",
        "sampling",
        "method",
        _greedy,
    ),
    Claim(
        "4.3-equal-shares",
        "With the same money, equal shares gives far more voters something they chose.",
        "sampling",
        "method",
        _equal_shares,
    ),
    Claim(
        "4.3-districts",
        "Where poverty is highest, far more voters win something by equal shares than by votes.",
        "sampling",
        "port-alder-only",
        _districts,
    ),
    Claim(
        "4.3-two-versions",
        "Two versions of equal shares fund different projects.",
        "sampling",
        "method",
        _two_versions,
    ),
    Claim(
        "4.3-turnout",
        "Equal shares can't repair turnout: where few vote, little money goes.",
        "sampling",
        "method",
        _turnout,
    ),
    Claim(
        "4.3-assets",
        "Neighborhoods with the highest poverty have no fewer assets for their residents.",
        "sampling",
        "port-alder-only",
        _assets,
    ),
)
