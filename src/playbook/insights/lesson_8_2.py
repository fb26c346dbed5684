"""Claims of lesson 8.2, *Did residents rise, or were they replaced?* An average can't say."""

from __future__ import annotations

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.foundry_moves import (
    LOW_INCOME_RENTERS,
    both_samples,
    change_part,
    district,
    enough_households,
    enough_moves,
    leaving_rates,
    stayers_growth,
    to_lower_by_chance,
    to_lower_for_sure,
    to_lower_rank,
    years,
)
from playbook.insights.range_words import too_little, with_range
from playbook.insights.statements import Claim, Measured, sentence_start

ADVICE = "Join years, or ask for larger samples."
HALF = 50


def _average(city: City) -> Measured:
    if not enough_households(city):
        return too_little(city, "percent", ADVICE)
    total, where = change_part(city, "total"), sentence_start(city)
    first, last = years(city)
    figures = (
        f"from {first} to {last} the average income in {district(city)} changed by "
        f"{with_range(total)} percent"
    )
    headline = f"{where}, average income in {district(city)}: {_signed(total.value)} percent"
    if total.low > 0:
        return Measured(total, "appears", f"{where}, {figures}, after prices.", headline)
    if total.high < 0:
        sentence = f"{where}, {figures}. It fell, and that is worth knowing."
        return Measured(total, "absent", sentence, headline)
    headline = f"{where}, we can't tell if the average income in {district(city)} changed"
    return Measured(total, "unclear", f"{headline}: {figures}.", headline)


def _replaced(city: City) -> Measured:
    if not enough_households(city):
        return too_little(city, "percent", ADVICE)
    total, stayers, replaced = (
        change_part(city, name) for name in ("total", "stayers", "replaced")
    )
    where = sentence_start(city)
    figures = (
        f"Of {with_range(total)} percent, those who stayed account for {with_range(stayers)} "
        f"points, and who left and who came for {with_range(replaced)}"
    )
    ends = f"stayers {format_number(stayers.value, 0)} points, newcomers for leavers "
    headline = f"{where}, of {_signed(total.value)} percent: {ends}{_signed(replaced.value)}"
    if total.low <= 0:
        headline = f"{where}, we can't tell if the average rose, so there is no rise to split"
        return Measured(replaced, "unclear", f"{headline}. {figures}.", headline)
    if replaced.low > stayers.high:
        sentence = (
            f"{where}, most of the rise is other people, not higher incomes of the same people. "
            f"{figures}."
        )
        return Measured(replaced, "appears", sentence, headline)
    if stayers.low > replaced.high:
        sentence = f"{where}, residents rose themselves, and that is worth knowing. {figures}."
        return Measured(replaced, "absent", sentence, headline)
    headline = f"{where}, we can't tell if residents rose or were replaced"
    return Measured(replaced, "unclear", f"{headline}. {figures}.", headline)


def _stayers(city: City) -> Measured:
    if not enough_households(city):
        return too_little(city, "percent", ADVICE)
    growth, total, where = stayers_growth(city), change_part(city, "total"), sentence_start(city)
    figures = (
        f"households that stayed in {district(city)} earn {with_range(growth, 1)} percent more "
        f"than before; the average of the district rose by {with_range(total, 1)} percent"
    )
    headline = (
        f"{where}, those who stayed earn {format_number(growth.value, 0)} percent more, the "
        f"average {format_number(total.value, 0)}"
    )
    if growth.high < total.low:
        return Measured(growth, "appears", f"{where}, {figures}.", headline)
    if growth.low > total.high:
        sentence = f"{where}, {figures}. They rose more, and that is worth knowing."
        return Measured(growth, "absent", sentence, headline)
    headline = f"{where}, we can't tell those who stayed from the average"
    return Measured(growth, "unclear", f"{headline}: {figures}.", headline)


def _renters(city: City) -> Measured:
    kinds = leaving_rates(city).set_index("kind") if both_samples(city) else None
    if kinds is None or LOW_INCOME_RENTERS not in kinds.index:
        return too_little(city, "percentage points", ADVICE)
    *shares, value, low, high = kinds.T[LOW_INCOME_RENTERS].to_list()
    gap = Estimate(value, low, high, "percentage points", decimals=0)
    if not gap.known:
        return too_little(city, gap.unit, ADVICE)
    where = sentence_start(city)
    here, elsewhere = (format_number(share, 0) for share in shares)
    figures = (
        f"{here} percent of low-income renters left {district(city)}, and {elsewhere} percent of "
        f"similar renters left other districts: a difference of {with_range(gap)} points"
    )
    headline = f"{where}, {here} percent of low-income renters left, elsewhere {elsewhere}"
    if gap.low > 0:
        sentence = f"{where}, renters move everywhere. But {figures}."
        return Measured(gap, "appears", sentence, headline)
    if gap.high < 0:
        sentence = f"{where}, {figures}. Fewer left, and that is worth knowing."
        return Measured(gap, "absent", sentence, headline)
    headline = f"{where}, we can't tell if more renters left {district(city)} than elsewhere"
    return Measured(gap, "unclear", f"{headline}: {figures}.", headline)


def _where(city: City) -> Measured:
    if not enough_moves(city):
        return too_little(city, "percent", ADVICE)
    lower, sure, where = to_lower_rank(city), to_lower_for_sure(city), sentence_start(city)
    chance = format_number(to_lower_by_chance(city), 0)
    figures = (
        f"{with_range(lower)} percent of the low-income renters who left {district(city)} and "
        f"stayed in the city went to a lower-opportunity neighborhood. By chance alone it would be "
        f"{chance} percent"
    )
    headline = (
        f"{where}, {format_number(lower.value, 0)} percent of those who left went to lower-"
        "opportunity neighborhoods"
    )
    if lower.low > HALF:
        sentence = (
            f"{where}, {figures}. For {format_number(sure.value, 0)} percent the two places are "
            "further apart than chance allows."
        )
        return Measured(lower, "appears", sentence, headline)
    if lower.high < HALF:
        sentence = f"{where}, {figures}. Most did not, and that is worth knowing."
        return Measured(lower, "absent", sentence, headline)
    headline = f"{where}, we can't tell if most went to lower-opportunity neighborhoods"
    return Measured(lower, "unclear", f"{headline}. {figures}.", headline)


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{format_number(value, 0)}"


CLAIMS = (
    Claim(
        "8.2-average",
        "Foundry looks like a success: its average income rose.",
        "sampling",
        "port-alder-only",
        _average,
    ),
    Claim(
        "8.2-replaced",
        "Those who stayed account for little of the rise; who left and who came, for most of it.",
        "sampling",
        "method",
        _replaced,
    ),
    Claim(
        "8.2-stayers",
        "Households that stayed gained much less than the average of the district.",
        "sampling",
        "method",
        _stayers,
    ),
    Claim(
        "8.2-renters",
        "Renters move everywhere; more low-income renters left Foundry than other districts.",
        "sampling",
        "port-alder-only",
        _renters,
    ),
    Claim(
        "8.2-where",
        "Most low-income renters who left and stayed in the city went where opportunity is lower.",
        "sampling",
        "port-alder-only",
        _where,
    ),
)
