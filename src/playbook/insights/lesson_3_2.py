"""Claims of lesson 3.2, *Silence is not satisfaction*: few reports can go with many hazards."""

from __future__ import annotations

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.range_words import times, too_little, with_range
from playbook.insights.silent_streets import (
    ALL_STREETS,
    BUDGET_KM,
    PAVED,
    PER_RESIDENTS,
    RULES,
    WALKED,
    call_rates,
    enough_hazards,
    enough_streets,
    hazard_rates,
    paving_figure,
    ratio_of,
    report_rates,
    sides,
)
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.reporting import PER

ADVICE = "Walk more streets, or join areas."


def _hazards(city: City) -> Measured:
    if not enough_hazards(city):
        return too_little(city, "times", ADVICE)
    rates, pair = hazard_rates(city), sides(city)
    found, where = ratio_of(rates), sentence_start(city)
    figures = (
        f"inspectors found {with_range(rates[0])} hazards for every {PER_RESIDENTS:,} residents of "
        f"{pair.first}. In {pair.second} they found {with_range(rates[1])}"
    )
    headline = (
        f"{where}, {pair.first} has {format_number(found.value)} times the hazards of {pair.second}"
    )
    if found.low > 1:
        sentence = f"{where}, {figures}. That is {times(found, 2)} as many in {pair.first}."
        return Measured(found, "appears", sentence, headline)
    if found.high < 1:
        sentence = (
            f"{where}, {figures}. There are fewer in {pair.first}, and that is worth knowing."
        )
        return Measured(found, "absent", sentence, headline)
    headline = f"{where}, we can't tell who has more hazards"
    return Measured(found, "unclear", f"{headline}: {figures}.", headline)


def _reports(city: City) -> Measured:
    if not enough_hazards(city):
        return too_little(city, "times", ADVICE)
    rates, pair = report_rates(city), sides(city)
    found, where = ratio_of(rates), sentence_start(city)
    figures = (
        f"there are {with_range(rates[0])} reports for every {PER} hazards in {pair.first}. "
        f"In {pair.second} there are {with_range(rates[1])}"
    )
    headline = (
        f"{where}, a hazard in {pair.first} is reported {format_number(found.value)} times as "
        f"often as in {pair.second}"
    )
    if found.high < 1:
        sentence = (
            f"{where}, {figures}. The same hazard is reported {times(found, 2)} as often in "
            f"{pair.first}."
        )
        return Measured(found, "appears", sentence, headline)
    if found.low > 1:
        sentence = (
            f"{where}, {figures}. Hazards in {pair.first} are reported more, and that is worth "
            "knowing."
        )
        return Measured(found, "absent", sentence, headline)
    headline = f"{where}, we can't tell where a hazard is reported more often"
    return Measured(found, "unclear", f"{headline}: {figures}.", headline)


def _silence(city: City) -> Measured:
    if not enough_hazards(city):
        return too_little(city, "times", ADVICE)
    hazards, calls = ratio_of(hazard_rates(city)), ratio_of(call_rates(city))
    pair, where = sides(city), sentence_start(city)
    figures = (
        f"{pair.first} has {times(hazards, 2)} the hazards for each resident and {times(calls, 2)} "
        f"the reports of {pair.second}"
    )
    if hazards.low > 1 and calls.high < hazards.low:
        headline = (
            f"{where}, {pair.first}: {format_number(hazards.value)} times the hazards, "
            f"{format_number(calls.value)} times the reports"
        )
        sentence = f"{where}, {figures}. The reports don't tell of the hazards."
        return Measured(calls, "appears", sentence, headline)
    if hazards.high <= 1 or calls.low >= hazards.high:
        headline = f"{where}, reports rise with hazards"
        sentence = f"{headline}, and that is worth knowing: {figures}."
        return Measured(calls, "absent", sentence, headline)
    headline = f"{where}, we can't tell if reports follow hazards"
    return Measured(calls, "unclear", f"{headline}: {figures}.", headline)


def _requests(city: City) -> Measured:
    if not enough_streets(city):
        return too_little(city, "percent", ADVICE)
    got, all_streets = (paving_figure(city, rule, "top_fifth") for rule in (RULES[0], ALL_STREETS))
    where = sentence_start(city)
    figures = (
        f"paving {BUDGET_KM} kilometers by request gives the highest-poverty fifth "
        f"{with_range(got)} percent of them. It has {with_range(all_streets)} percent of all "
        "streets"
    )
    headline = (
        f"{where}, paving by request gives the highest-poverty fifth "
        f"{format_number(got.value, 0)} percent of the kilometers"
    )
    if got.high < all_streets.low:
        return Measured(got, "appears", f"{where}, {figures}.", headline)
    if got.low >= all_streets.value:
        sentence = f"{where}, {figures}. That is a full share, and that is worth knowing."
        return Measured(got, "absent", sentence, headline)
    headline = f"{where}, we can't tell if paving by request gives a full share"
    return Measured(got, "unclear", f"{headline}: {figures}.", headline)


def _rules(city: City) -> Measured:
    if not enough_streets(city):
        return too_little(city, "percent", ADVICE)
    requests, condition, need = (paving_figure(city, rule, "top_fifth") for rule in RULES)
    where = sentence_start(city)
    figures = (
        f"{with_range(requests)} percent of {BUDGET_KM} kilometers by request. "
        f"By condition alone it is {with_range(condition)}, and {with_range(need)} by condition "
        "with a little need"
    )
    headline = (
        f"{where}, the highest-poverty fifth gets {format_number(requests.value, 0)} percent by "
        f"request, {format_number(need.value, 0)} by condition and need"
    )
    if requests.high < condition.low and requests.high < need.low:
        sentence = f"{where}, the highest-poverty fifth gets {figures}."
        return Measured(need, "appears", sentence, headline)
    if requests.low > need.high or abs(need.value - requests.value) < 1:
        sentence = (
            f"{where}, requests give the highest-poverty fifth no less than other rules do, and "
            f"that is worth knowing: {figures}."
        )
        return Measured(need, "absent", sentence, headline)
    headline = f"{where}, we can't tell the rules apart"
    sentence = f"{headline}. The highest-poverty fifth gets {figures}."
    return Measured(need, "unclear", sentence, headline)


def _worn(city: City) -> Measured:
    if not enough_streets(city):
        return too_little(city, "points", ADVICE)
    asked, chosen = (paving_figure(city, rule, "condition") for rule in (RULES[0], RULES[2]))
    where = sentence_start(city)
    figures = (
        f"the streets paved by request have a condition of {with_range(asked, 1)} points, those "
        f"paved by condition and need {with_range(chosen, 1)}"
    )
    points = format_number(abs(asked.value - chosen.value), 0)
    if chosen.high < asked.low:
        headline = f"{where}, condition and need paves streets {points} points worse than requests"
        return Measured(chosen, "appears", f"{where}, {figures}.", headline)
    if chosen.low > asked.high or abs(chosen.value - asked.value) < 1:
        headline = f"{where}, requests point to streets as worn as the worst"
        sentence = f"{headline}, and that is worth knowing: {figures}."
        return Measured(chosen, "absent", sentence, headline)
    headline = f"{where}, we can't tell which rule paves worse streets"
    return Measured(chosen, "unclear", f"{headline}: {figures}.", headline)


CLAIMS = (
    Claim(
        "3.2-hazards",
        "Mill Flats has more than twice the hazards of the hills for each resident.",
        "sampling",
        "port-alder-only",
        _hazards,
        WALKED,
    ),
    # Some neighborhoods of real cities report the same problem three times as quickly: Liu Z,
    # Bhandaram U, Garg N, Nature Computational Science, December 2023.
    Claim(
        "3.2-reports",
        "A hazard in Mill Flats is reported about a third as often as one in the hills.",
        "sampling",
        "published",
        _reports,
        WALKED,
    ),
    Claim(
        "3.2-silence",
        "More hazards can come without more reports: silence is not satisfaction.",
        "sampling",
        "method",
        _silence,
        WALKED,
    ),
    Claim(
        "3.2-requests",
        "Paving by request gives the highest-poverty fifth far less than its share of streets.",
        "sampling",
        "method",
        _requests,
        PAVED,
    ),
    Claim(
        "3.2-rules",
        "Condition, and condition with a little need, give that fifth several times as much.",
        "sampling",
        "port-alder-only",
        _rules,
        PAVED,
    ),
    Claim(
        "3.2-worn",
        "The streets chosen by condition and need are more worn than those chosen by phone.",
        "sampling",
        "port-alder-only",
        _worn,
        PAVED,
    ),
)
