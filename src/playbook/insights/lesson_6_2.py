"""Claims of lesson 6.2, *How much is being spent here already, only not together?*: a lot."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.anchor_money import (
    IMPROVEMENT,
    PATIENT_CARE,
    benefit_percent,
    benefit_total,
    budget_by_evidence,
    equity_line,
    improvement_by_fifth,
    improvement_concentration,
    improvement_gap,
    lender_leverage,
    lender_losses,
    local_purchases,
)
from playbook.insights.dollar_words import in_dollars
from playbook.insights.poverty_fifths import FIFTHS
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.funding_over_time import revolving_capital

CENT = 0.01
HALF = 50
# One public dollar lends more than itself.
ITSELF = 1
FEWEST_ANCHORS, FEWEST_PROGRAMS = 3, 10
YEARS = 10


def _cent(city: City) -> Measured:
    cent, line = CENT * benefit_total(city), equity_line(city)
    if not cent > 0 or not line > 0:
        return _too_little(city, "times", "I need a year of Schedule H and the city's equity line")
    times, where = cent / line, sentence_start(city)
    count = city["hospital_benefit"]["hospital"].nunique()
    hospitals = "the hospital" if count == 1 else f"the {_word(count)} hospitals"
    figures = (
        f"one cent of every community-benefit dollar of {hospitals} is {in_dollars(cent)}, "
        f"{format_number(times)} times the city's health-equity line ({in_dollars(line)})"
    )
    value = Estimate(times, math.nan, math.nan, unit="times")
    headline = f"{where}, one cent of each benefit dollar is {format_number(times)} times the line"
    if times > 1:
        return Measured(value, "appears", f"{where}, {figures}.", headline)
    return Measured(value, "absent", f"{where}, {figures}. That is worth knowing.", headline)


def _care(city: City) -> Measured:
    total = benefit_total(city)
    if not total > 0:
        return _too_little(city, "percent", "I need a year of Schedule H")
    where = sentence_start(city)
    care, better = (benefit_percent(city, lines) for lines in (PATIENT_CARE, (IMPROVEMENT,)))
    headline = (
        f"{where}, {format_number(care, 0)} cents of a community-benefit dollar pay for patients' "
        "care"
    )
    people = city["neighborhoods"]["population"].sum()
    each = format_number(better / 100 * total / people, 0)
    sentence = (
        f"{headline}, {format_number(better, 0)} for community health. That is ${each} for each "
        f"resident, out of {in_dollars(total)}."
    )
    value = Estimate(care, math.nan, math.nan, unit="percent", decimals=0)
    if care > HALF:
        return Measured(value, "appears", sentence, headline)
    return Measured(value, "absent", f"{sentence} That is worth knowing.", headline)


def _need(city: City) -> Measured:
    gap, where = improvement_gap(city), sentence_start(city)
    if not gap.known:
        why = "I need line 7e by neighborhood, and at least 11 neighborhoods in each fifth"
        return _too_little(city, "times", why)
    rows = improvement_by_fifth(city).set_index("fifth")["per_resident"]
    low, high = (format_number(rows[name], 0) for name in (FIFTHS[0], FIFTHS[-1]))
    index = format_number(improvement_concentration(city), 2)
    figures = (
        f"hospitals spend ${low} on community health for each resident of the lowest-poverty fifth "
        f"and ${high} in the highest-poverty fifth: {format_number(gap.value)} times "
        f"({_ends(gap)}). The concentration index is {index}"
    )
    headline = f"{where}, improvement dollars per resident: ${low} where poverty is low, ${high}"
    headline = f"{headline} where it is high"
    if gap.low > 1:
        return Measured(gap, "appears", f"{where}, {figures}.", headline)
    if gap.high < 1:
        return Measured(gap, "absent", f"{where}, {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell if improvement dollars follow need"
    return Measured(gap, "unclear", f"{headline}: {figures}.", headline)


def _local(city: City) -> Measured:
    table = local_purchases(city)
    all_anchors = table[table["anchor"] == "All"].iloc[0]
    if len(table) - 1 < FEWEST_ANCHORS or not all_anchors["total_usd"] > 0:
        return _too_little(city, "percent", "I need a year of purchases of three anchors")
    where, share = sentence_start(city), all_anchors["percent"]
    headline = f"{where}, large employers buy {format_number(share, 0)} cents of a dollar locally"
    more = in_dollars(all_anchors["total_usd"] / 10)
    sentence = f"{headline}. Ten cents more would be {more} a year."
    value = Estimate(share, math.nan, math.nan, unit="percent", decimals=0)
    if share < HALF:
        return Measured(value, "appears", sentence, headline)
    return Measured(value, "absent", f"{sentence} That is worth knowing.", headline)


def _loans(city: City) -> Measured:
    times, loss, where = lender_leverage(city), lender_losses(city), sentence_start(city)
    if math.isnan(times.low) or math.isnan(loss.low):
        return _too_little(city, times.unit, "I need at least 11 loans")
    rows = revolving_capital(1_000_000, loss.value / 100, YEARS).iloc[-1]
    figures = (
        f"each public dollar keeps {format_number(times.value)} dollars of loans at work "
        f"({_ends(times)}). The lender loses {format_number(loss.value)} percent a year "
        f"({_ends(loss)}): of $1 million lent again and again, {in_dollars(rows['capital'])} are "
        f"there after {YEARS} years"
    )
    headline = f"{where}, a public dollar keeps {format_number(times.value)} dollars at work"
    if times.low > ITSELF:
        return Measured(times, "appears", f"{where}, {figures}.", headline)
    if times.high < ITSELF:
        return Measured(times, "absent", f"{where}, {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell if a public dollar lends more than itself"
    return Measured(times, "unclear", f"{headline}: {figures}.", headline)


def _evidence(city: City) -> Measured:
    table, where = budget_by_evidence(city), sentence_start(city)
    if table["programs"].sum() < FEWEST_PROGRAMS:
        return _too_little(city, "percent", "I need ten programs with a result and their evidence")
    share = table.set_index("evidence_tier")["percent"].reindex(["strong", "untested"]).fillna(0)
    without = 100 - share["strong"]
    value = Estimate(without, math.nan, math.nan, unit="percent", decimals=0)
    strong, untested = (format_number(share[tier], 0) for tier in ("strong", "untested"))
    headline = (
        f"{where}, {strong} percent of the dollars for results pay for work with strong evidence"
    )
    sentence = f"{headline}, {untested} percent for work that is untested."
    if without > HALF:
        return Measured(value, "appears", sentence, headline)
    return Measured(value, "absent", f"{sentence} That is worth knowing.", headline)


def _word(count: int) -> str:
    return {2: "two", 3: "three", 4: "four", 5: "five"}.get(count, str(count))


def _ends(one: Estimate) -> str:
    return f"{format_number(one.low)} to {format_number(one.high)}"


def _too_little(city: City, unit: str, why: str) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    nothing = Estimate(math.nan, math.nan, math.nan, unit)
    return Measured(nothing, "unclear", f"{headline}: {why}.", headline)


CLAIMS = (
    Claim(
        "6.2-cent",
        "One cent of every community-benefit dollar is more than the city's health-equity line.",
        "sampling",
        "port-alder-only",
        _cent,
    ),
    # Nationwide more than 85 percent in 2009: https://www.ajmc.com/view/hospitals-spend-little-on-health-of-community
    Claim(
        "6.2-care",
        "Nearly all community benefit pays for the care of patients, little for health outside.",
        "sampling",
        "published",
        _care,
    ),
    Claim(
        "6.2-need",
        "Hospitals spend more per resident on community health where poverty is lowest.",
        "sampling",
        "port-alder-only",
        _need,
    ),
    Claim(
        "6.2-local",
        "Large employers buy most of what they need from firms outside the city.",
        "sampling",
        "port-alder-only",
        _local,
    ),
    Claim(
        "6.2-loans",
        "One public dollar keeps several dollars of loans at work, after losses.",
        "sampling",
        "port-alder-only",
        _loans,
    ),
    Claim(
        "6.2-evidence",
        "Most of the dollars for results pay for work without strong evidence.",
        "sampling",
        "port-alder-only",
        _evidence,
    ),
)
