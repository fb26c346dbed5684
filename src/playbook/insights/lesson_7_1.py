"""Claims of lesson 7.1, *What does the contract buy?*: nights are paid for, homes are wanted."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.shelter_stays import (
    HOME,
    NIGHT,
    YEAR,
    moved_in_contract_year,
    paid_in_first_year,
    providers_at_equal_needs,
    stays,
)
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.competing_risks import incidence_by, naive_incidence_by
from playbook.measures.contracts import cost_per_exit, cost_per_lasting_exit
from playbook.measures.intervals import normal_quantile, wilson_limits
from playbook.measures.rates import difference
from playbook.measures.returns import returns_within

HALF_YEAR = 180
# Groups of fewer people are not shown: a share of few is luck, and could point at someone.
FEWEST_IN_GROUP = 100
# Groups that can't differ by more than so many percentage points are about the same.
LARGEST_SAME = 5
# A cost of returns below this is not worth a second price tag.
SMALLEST_RETURN = 5
# A split of fewer returns is luck, and could point at someone.
FEWEST_RETURNED = 11
# If fewer than this come back late, a look after six months is enough.
SMALLEST_LATE_SHARE = 25


def _competing(city: City) -> Measured:
    people, where = stays(city), sentence_start(city)
    honest = replace(incidence_by(people["days"], people["ended"], YEAR, HOME), decimals=0)
    if not honest.known:
        return _too_little(city, honest)
    naive = naive_incidence_by(people["days"], people["ended"], YEAR, HOME)
    said = format_number(naive, 0)
    figures = f"{_range(honest)} percent had moved to a home within a year"
    if naive > honest.high:
        headline = (
            f"{where}, one minus Kaplan-Meier says {said} percent; "
            f"the honest share is {format_number(honest.value, 0)}"
        )
        sentence = (
            f"{where}, {figures}. One minus Kaplan-Meier says {said} percent: it treats people who "
            "left for somewhere else as if they were still on their way to a home."
        )
        return Measured(honest, "appears", sentence, headline)
    headline = f"{where}, both ways of counting say about {said} percent"
    sentence = f"{where}, {figures}, and one minus Kaplan-Meier says about the same, {said} "
    return Measured(honest, "absent", f"{sentence}percent. That is worth knowing.", headline)


def _bed_nights(city: City) -> Measured:
    contracts, where = city["contracts"], sentence_start(city)
    total = float(contracts["amount"].sum())
    nightly = float(contracts.loc[contracts["unit_paid"] == NIGHT, "amount"].sum())
    if not total > 0:
        return _too_little(city, _nothing("percent"))
    share = Estimate(100 * nightly / total, math.nan, math.nan, "percent", decimals=0)
    millions = format_number(total / 1e6, 1)
    if nightly == total:
        headline = f"{where}, every dollar of ${millions} million is paid for a bed-night"
        sentence = f"{headline}: 100 percent, and none for a home."
        return Measured(share, "appears", sentence, headline)
    headline = f"{where}, {format_number(share.value, 0)} percent is paid for bed-nights"
    sentence = (
        f"{headline}; the rest of ${millions} million is paid for something else. That is worth "
        "knowing."
    )
    return Measured(share, "absent", sentence, headline)


def _speed(city: City) -> Measured:
    where = sentence_start(city)
    shares = providers_at_equal_needs(city).set_index("provider")["equal_share"].dropna()
    pay = paid_in_first_year(city).set_index("provider").reindex(shares.index).dropna()
    if len(pay) < 2:
        return _too_little(city, _nothing("dollars"))
    fast, slow = shares[pay.index].idxmax(), shares[pay.index].idxmin()
    if fast == slow:
        return _too_little(city, _nothing("dollars"))
    dollars, error = (pay[name].to_dict() for name in ("dollars", "error"))
    less = dollars[slow] - dollars[fast]
    reach = normal_quantile(0.95) * math.hypot(error[slow], error[fast])
    gap = Estimate(less, less - reach, less + reach, "dollars", decimals=0)
    figures = (
        f"for one person's first year, at equal needs, the city pays {fast} "
        f"${format_number(dollars[fast], 0)} and {slow} ${format_number(dollars[slow], 0)}"
    )
    if gap.low > 0:
        headline = f"{where}, the provider that finds homes fastest is paid less for each person"
        sentence = f"{headline}: {figures}. The gap is ${_range(gap)}."
        return Measured(gap, "appears", sentence, headline)
    if gap.high < 0:
        headline = f"{where}, the provider that finds homes fastest is paid more for each person"
        return Measured(gap, "absent", f"{headline}: {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell if finding homes fast pays less"
    return Measured(gap, "unclear", f"{headline}: {figures}.", headline)


def _lasting(city: City) -> Measured:
    paid, exits = float(city["contracts"]["amount"].sum()), moved_in_contract_year(city)
    back = returns_within(city["hmis_enrollments"], city.as_of("hmis_enrollments")).iloc[-1]
    each = cost_per_exit(paid, exits)
    lasting = cost_per_lasting_exit(paid, exits, int(back["returned"]), int(back["exits"]))
    if not lasting.known:
        return _too_little(city, lasting)
    where = sentence_start(city)
    figures = (
        f"${_range(each)} for each of {exits:,} moves to a home, and ${_range(lasting)} for each "
        f"that lasts two years; {_returned(back)} came back"
    )
    if back["low"] > SMALLEST_RETURN:
        headline = (
            f"{where}, a move to a home costs ${format_number(each.value, 0)}, one that lasts "
            f"${format_number(lasting.value, 0)}"
        )
        return Measured(lasting, "appears", f"{where}, the city pays {figures}.", headline)
    headline = f"{where}, a lasting home costs little more than a home"
    sentence = f"{headline}: {figures}. That is worth knowing."
    return Measured(lasting, "absent", sentence, headline)


def _returns(city: City) -> Measured:
    table = returns_within(city["hmis_enrollments"], city.as_of("hmis_enrollments"))
    where, early, late = sentence_start(city), table.iloc[0], table.iloc[-1]
    two_years = Estimate(
        float(late["share"]), float(late["low"]), float(late["high"]), "percent", decimals=0
    )
    if not two_years.known or late["returned"] < FEWEST_RETURNED:
        return _too_little(city, two_years)
    after = int(late["returned"] - early["returned"])
    low, high = (100 * float(x) for x in wilson_limits(after, int(late["returned"])))
    figures = (
        f"{format_number(early['share'], 0)} percent were back within six months, "
        f"{format_number(table.iloc[1]['share'], 0)} within a year and {_range(two_years)} within "
        f"two, of {int(late['exits']):,} who moved to a home"
    )
    if low > SMALLEST_LATE_SHARE:
        headline = f"{where}, many who come back do so after the first six months"
        return Measured(two_years, "appears", f"{headline}: {figures}.", headline)
    if high < SMALLEST_LATE_SHARE:
        headline = f"{where}, those who come back do so within six months"
        sentence = f"{headline}: {figures}. That is worth knowing."
        return Measured(two_years, "absent", sentence, headline)
    headline = f"{where}, we can't tell if returns come early or late"
    return Measured(two_years, "unclear", f"{headline}: {figures}.", headline)


def _exposure(city: City) -> Measured:
    people, where = stays(city), sentence_start(city)
    sizes = people["race_ethnicity"].value_counts()
    shown = sizes[sizes >= FEWEST_IN_GROUP].index[:2]
    shares = {
        str(name): incidence_by(group["days"], group["ended"], HALF_YEAR, HOME)
        for name, group in people.groupby("race_ethnicity")
        if name in shown
    }
    if len(shares) < 2 or not all(share.known for share in shares.values()):
        return _too_little(city, _nothing("percentage points"))
    fewer, more = sorted(shares, key=lambda name: shares[name].value)
    low, high = (replace(shares[name], decimals=0, unit="percent") for name in (fewer, more))
    gap = replace(difference(high, low), unit="percentage points", decimals=0)
    figures = (
        f"{_range(low)} percent of {fewer} people were in a home within half a year, and "
        f"{_range(high)} percent of {more} people"
    )
    if gap.low > 0:
        headline = f"{where}, {fewer} people wait longer for a home than {more} people"
        sentence = (
            f"{where}, {figures}. Race stands here for what people are exposed to, such as who "
            f"rents to whom. Groups of fewer than {FEWEST_IN_GROUP} people are not shown."
        )
        return Measured(gap, "appears", sentence, headline)
    if gap.high > LARGEST_SAME:
        headline = f"{where}, we can't tell {fewer} and {more} people apart"
        return Measured(gap, "unclear", f"{headline}: {figures}.", headline)
    headline = f"{where}, {fewer} and {more} people find homes about as fast"
    return Measured(gap, "absent", f"{headline}: {figures}. That is worth knowing.", headline)


def _nothing(unit: str) -> Estimate:
    return Estimate(math.nan, math.nan, math.nan, unit=unit, decimals=0)


def _too_little(city: City, estimate: Estimate) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    return Measured(estimate, "unclear", f"{headline}. Join years, or join providers.", headline)


def _range(one: Estimate) -> str:
    value, low, high = (format_number(x, one.decimals) for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


def _returned(row: pd.Series) -> str:
    share, low, high = (format_number(row[name], 0) for name in ("share", "low", "high"))
    return f"{share} percent ({low} to {high})"


CLAIMS = (
    Claim(
        "7.1-competing",
        "One minus Kaplan-Meier says that far more people moved to a home than did.",
        "sampling",
        "method",
        _competing,
    ),
    Claim(
        "7.1-bed-nights",
        "All of the money is paid for bed-nights, and none for a home.",
        "planted",
        "port-alder-only",
        _bed_nights,
    ),
    # What a night's pay rewards is arithmetic: it holds wherever nights are paid for.
    Claim(
        "7.1-speed",
        "The provider that finds homes fastest at equal needs is paid less than the slowest.",
        "sampling",
        "method",
        _speed,
    ),
    Claim(
        "7.1-lasting",
        "A home that lasts costs more than a move to a home.",
        "sampling",
        "method",
        _lasting,
    ),
    Claim(
        "7.1-returns",
        "Many who come back do so after the first six months, when most reports have closed.",
        "sampling",
        "port-alder-only",
        _returns,
    ),
    # Black people are 13 percent of people in the United States and 37 percent of those without a
    # home (HUD, Annual Homelessness Assessment Report 2023). How fast homes are found is our own.
    Claim(
        "7.1-exposure",
        "Black people wait longer for a home than White people.",
        "sampling",
        "port-alder-only",
        _exposure,
    ),
)
