"""Claims of lesson 10.3, *What will still exist when this mayor is gone?*: what is held by many."""

from __future__ import annotations

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.lasting_initiatives import (
    SAFEGUARDS,
    enough_initiatives,
    lasting_by_feature,
    lasting_gap,
    lasting_share,
    press_halves,
    tells_lasting,
)
from playbook.insights.range_words import too_little
from playbook.insights.statements import Claim, Measured, sentence_start

# A score that tells nothing puts what lasts first half of the time. A range wider than this to
# either side could hide anything.
NOTHING, WIDEST = 0.5, 0.2


def _flagships(city: City) -> Measured:
    share = lasting_share(city, flagship=True)
    if not share.known or not enough_initiatives(city):
        return _too_little(city, "percent")
    where = sentence_start(city)
    headline = f"{where}, {_number(share)} percent of what the mayor led still runs"
    sentence = f"{headline} ({_whole(share)})."
    if share.high < 50:
        return Measured(share, "appears", sentence, headline)
    if share.low > 50:
        return Measured(share, "absent", f"{sentence} That is worth knowing.", headline)
    return Measured(share, "unclear", f"{sentence} We can't tell if that is half.", headline)


def _gap(city: City) -> Measured:
    gap = lasting_gap(city)
    if not gap.known or not enough_initiatives(city):
        return _too_little(city, "percentage points")
    led, safe = (lasting_share(city, flagship=flagship) for flagship in (True, False))
    where = sentence_start(city)
    figures = (
        f"{_number(led)} percent ({_whole(led)}) of initiatives that the mayor led still run, and "
        f"{_number(safe)} percent ({_whole(safe)}) of those in the law, on a yearly line and held "
        "with an outside partner"
    )
    headline = (
        f"{where}, {_number(led)} percent of the mayor's own still run, {_number(safe)} percent "
        "with three safeguards"
    )
    if gap.low > 0:
        return Measured(gap, "appears", f"{where}, {figures}.", headline)
    if gap.high < 0:
        return Measured(gap, "absent", f"{where}, {figures}. That is worth knowing.", headline)
    unclear = f"{where}, {figures}. We can't tell the two apart."
    return Measured(gap, "unclear", unclear, headline)


def _safeguards(city: City) -> Measured:
    area = tells_lasting(city, "safeguards")
    if not _enough(city, area):
        return _too_little(city, "")
    where = sentence_start(city)
    rows = lasting_by_feature(city).set_index("feature").loc[list(SAFEGUARDS)]
    odds = "; ".join(
        f"{name} {format_number(row['odds_ratio'])} ({format_number(row['odds_low'])} to "
        f"{format_number(row['odds_high'])})"
        for name, row in rows.iterrows()
    )
    start = (
        f"{where}, of one that lasts and one that ended, the one that lasts has more safeguards "
        f"{_in_100(area)} times in 100 ({_range_in_100(area)})"
    )
    sentence = f"{start}. Times the odds with each: {odds}."
    headline = f"{where}, what lasts has more safeguards {_in_100(area)} times in 100"
    if area.low > NOTHING:
        return Measured(area, "appears", sentence, headline)
    if area.high < NOTHING:
        return Measured(area, "absent", f"{start}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell if safeguards go with lasting"
    return Measured(area, "unclear", f"{headline}. {sentence}", headline)


def _budget(city: City) -> Measured:
    area = tells_lasting(city, "budget")
    if not _enough(city, area):
        return _too_little(city, "")
    where = sentence_start(city)
    figures = (
        f"of one that lasts and one that ended, the one that lasts had the larger budget "
        f"{_in_100(area)} times in 100 ({_range_in_100(area)}); a coin gets 50"
    )
    if area.low <= NOTHING <= area.high:
        headline = f"{where}, the size of the budget does not tell what lasts"
        return Measured(area, "appears", f"{headline}: {figures}.", headline)
    headline = f"{where}, the size of the budget goes with what lasts"
    return Measured(area, "absent", f"{headline}, and that is worth knowing: {figures}.", headline)


def _press(city: City) -> Measured:
    area = tells_lasting(city, "press_mentions")
    if not _enough(city, area):
        return _too_little(city, "")
    where = sentence_start(city)
    most, least = press_halves(city)
    figures = (
        f"{_number(most)} percent ({_whole(most)}) of the half with the most press still run, "
        f"{_number(least)} percent ({_whole(least)}) of the other half"
    )
    if area.low <= NOTHING:
        headline = f"{where}, much press is no sign that an initiative lasts"
        return Measured(area, "appears", f"{headline}: {figures}.", headline)
    headline = f"{where}, what lasts had more press"
    return Measured(area, "absent", f"{headline}, and that is worth knowing: {figures}.", headline)


def _enough(city: City, area: Estimate) -> bool:
    """Say if there is enough to tell a score that works from one that does not."""
    return enough_initiatives(city) and area.high - area.low <= 2 * WIDEST


def _number(one: Estimate) -> str:
    return format_number(one.value, 0)


def _whole(one: Estimate) -> str:
    return f"{format_number(one.low, 0)} to {format_number(one.high, 0)}"


def _in_100(area: Estimate) -> str:
    return format_number(100 * area.value, 0)


def _range_in_100(area: Estimate) -> str:
    return f"{format_number(100 * area.low, 0)} to {format_number(100 * area.high, 0)}"


def _too_little(city: City, unit: str) -> Measured:
    return too_little(city, unit, "List twenty initiatives or more, those that ended too.")


CLAIMS = (
    Claim(
        "10.3-flagships",
        "Of what the mayor led, about one in four still runs two mayors later.",
        "sampling",
        "port-alder-only",
        _flagships,
    ),
    Claim(
        "10.3-gap",
        "What is in the law, on a yearly line and held with an outside partner lasts far more "
        "often than what the mayor led.",
        "sampling",
        "port-alder-only",
        _gap,
    ),
    Claim(
        "10.3-safeguards",
        "The more safeguards an initiative has, the more often it lasts.",
        "sampling",
        "port-alder-only",
        _safeguards,
    ),
    Claim(
        "10.3-budget",
        "The size of the budget does not tell what lasts.",
        "noise",
        "port-alder-only",
        _budget,
    ),
    Claim(
        "10.3-press",
        "Much press is no sign that an initiative lasts.",
        "noise",
        "port-alder-only",
        _press,
    ),
)
