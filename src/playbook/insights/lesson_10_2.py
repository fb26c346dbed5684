"""Claims of lesson 10.2, *Is a waiver for everyone fair?*: it depends on who gets it."""

from __future__ import annotations

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.dollar_words import in_dollars
from playbook.insights.fee_waivers import (
    BURDENS,
    HIGHEST,
    LOWEST,
    burden_by_fifth,
    burden_gap,
    cost_share,
    enough_households,
    match_gain,
    reach,
    top_share,
    waiver_designs,
)
from playbook.insights.range_words import too_little
from playbook.insights.statements import Claim, Measured, sentence_start

# Two of five fifths are 40 percent of all homes; half of those who qualify; a waiver for everyone
# costs 100 percent of itself.
TWO_FIFTHS, HALF = 40, 50


def _universal(city: City) -> Measured:
    if not enough_households(city):
        return _too_little(city)
    share, where = top_share(city), sentence_start(city)
    headline = (
        f"{where}, a waiver for everyone sends {format_number(share.value, 0)} percent of its "
        "dollars to the top two fifths"
    )
    sentence = f"{headline} by income ({_whole(share)})."
    if share.low > TWO_FIFTHS:
        return Measured(share, "appears", sentence, headline)
    if share.high <= TWO_FIFTHS:
        return Measured(share, "absent", f"{sentence} That is worth knowing.", headline)
    unclear = f"{sentence} We can't tell if that is more than their part of all homes."
    return Measured(share, "unclear", unclear, headline)


def _form(city: City) -> Measured:
    if not enough_households(city):
        return _too_little(city)
    served, where = reach(city, "form"), sentence_start(city)
    headline = (
        f"{where}, the waiver with a form reaches {format_number(served.value, 0)} percent of "
        "those who qualify"
    )
    sentence = f"{headline} ({_whole(served)})."
    if served.high < HALF:
        return Measured(served, "appears", sentence, headline)
    if served.low > HALF:
        return Measured(served, "absent", f"{sentence} That is worth knowing.", headline)
    return Measured(
        served, "unclear", f"{sentence} We can't tell if that is half of them.", headline
    )


def _burden(city: City) -> Measured:
    gap = burden_gap(city)
    if not gap.known:
        return _too_little(city, "percentage points")
    where = sentence_start(city)
    free, hard = (reach(city, "form", burden) for burden in (BURDENS[0], BURDENS[-1]))
    figures = (
        f"{_number(hard)} percent ({_whole(hard)}) of those for whom it is hardest, "
        f"{_number(free)} percent ({_whole(free)}) of those for whom it is no burden"
    )
    headline = (
        f"{where}, the form reaches {_number(hard)} percent where it is hardest, {_number(free)} "
        "percent where it is no burden"
    )
    sentence = f"{where}, the form reaches {figures}."
    if gap.low > 0:
        return Measured(gap, "appears", sentence, headline)
    if gap.high < 0:
        return Measured(gap, "absent", f"{sentence} That is worth knowing.", headline)
    return Measured(gap, "unclear", f"{sentence} We can't tell the two apart.", headline)


def _match(city: City) -> Measured:
    if not enough_households(city):
        return _too_little(city, "percentage points")
    gain, where = match_gain(city), sentence_start(city)
    match, form = reach(city, "match"), reach(city, "form")
    headline = (
        f"{where}, a match with other lists reaches {_number(match)} percent of those who qualify, "
        f"the form {_number(form)}"
    )
    sentence = f"{headline}: {_number(gain)} points ({_whole(gain)}) more."
    if gain.low > 0:
        return Measured(gain, "appears", sentence, headline)
    if gain.high < 0:
        fewer = f"{headline}: fewer, and that is worth knowing."
        return Measured(gain, "absent", fewer, headline)
    return Measured(gain, "unclear", f"{headline}. We can't tell the two apart.", headline)


def _cost(city: City) -> Measured:
    if not enough_households(city):
        return _too_little(city)
    match, form, where = cost_share(city, "match"), cost_share(city, "form"), sentence_start(city)
    each = waiver_designs(city).set_index("design")["per_household"]
    headline = (
        f"{where}, a waiver by matching costs {_number(match)} percent of a waiver for everyone"
    )
    figures = (
        f"({_whole(match)}), one with a form {_number(form)} percent. For each household served "
        f"that is {in_dollars(each['match'])} by matching and {in_dollars(each['form'])} with the "
        "form"
    )
    sentence = f"{headline} {figures}." if each.notna().all() else f"{headline} ({_whole(match)})."
    if match.high < HALF:
        return Measured(match, "appears", sentence, headline)
    if match.low >= HALF:
        return Measured(match, "absent", f"{sentence} That is worth knowing.", headline)
    unclear = f"{sentence} We can't tell if that is half."
    return Measured(match, "unclear", unclear, headline)


def _regressive(city: City) -> Measured:
    rows = burden_by_fifth(city).set_index("income_fifth").reindex([LOWEST, HIGHEST])
    if rows.isna().to_numpy().any():
        return _too_little(city, "percent of income")
    low, high = (
        Estimate(row["percent"], row["low"], row["high"], "percent of income", decimals=2)
        for _, row in rows.iterrows()
    )
    where = sentence_start(city)
    headline = (
        f"{where}, the fee takes {format_number(low.value, 2)} percent of income in the lowest "
        f"fifth, {format_number(high.value, 2)} in the highest"
    )
    sentence = f"{headline} ({low.range}; {high.range})."
    if low.low > high.high:
        return Measured(low, "appears", sentence, headline)
    if low.high < high.low:
        return Measured(low, "absent", f"{sentence} That is worth knowing.", headline)
    return Measured(low, "unclear", f"{sentence} We can't tell the two apart.", headline)


def _number(one: Estimate) -> str:
    return format_number(one.value, 0)


def _whole(one: Estimate) -> str:
    return f"{format_number(one.low, 0)} to {format_number(one.high, 0)}"


def _too_little(city: City, unit: str = "percent") -> Measured:
    return too_little(city, unit, "A sample needs at least 11 households in each group.")


CLAIMS = (
    Claim(
        "10.2-universal",
        "A waiver for everyone sends more than their share of the dollars to the top two fifths.",
        "sampling",
        "port-alder-only",
        _universal,
    ),
    # Water discounts that ask for a form have reached less than a quarter of those who qualify:
    # https://route-fifty.com/infrastructure/2021/06/water-bill-assistance-programs-leave-out-deserving-customers/174887
    Claim(
        "10.2-form",
        "A waiver with a form reaches about one in four of those who qualify.",
        "sampling",
        "published",
        _form,
    ),
    Claim(
        "10.2-burden",
        "Where the form is hardest, it reaches a third as many as where it is no burden.",
        "sampling",
        "port-alder-only",
        _burden,
    ),
    # Sharing data between programs has reached more than 70 percent:
    # https://www.nrdc.org/resources/turn-tap
    Claim(
        "10.2-match",
        "A match with lists that the city holds reaches three times as many as the form.",
        "sampling",
        "published",
        _match,
    ),
    Claim(
        "10.2-cost",
        "A waiver by matching costs less than a quarter of a waiver for everyone.",
        "sampling",
        "port-alder-only",
        _cost,
    ),
    Claim(
        "10.2-regressive",
        "A flat fee takes a larger part of a small income.",
        "sampling",
        "port-alder-only",
        _regressive,
    ),
)
