"""What counted burdens, the map of 1937, the expressway and assets say of a city, in sentences."""

from __future__ import annotations

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.held_burdens import (
    FEWEST_CROSSED,
    asset_words,
    assets_known,
    assets_of_half,
    assets_ratio,
    burden_on_red_land,
    crossed_and_beside,
    enough_places,
    expressway_ratio,
    people_of_half,
    people_on_red_land,
    places_for_half,
    red_places,
)
from playbook.insights.range_words import times, too_little, with_range
from playbook.insights.statements import Measured, sentence_start

ADVICE = "Count more kinds of burden, or smaller places."
# Half of the burdens in the homes of less than a quarter of residents: that is concentrated.
QUARTER = 25
# Burdens this many times the share of residents, or those of others, are no small difference.
CLEARLY_MORE = 1.5


def half_held(city: City) -> Measured:
    """Say how few places hold half of the counted burdens, and how many people live there."""
    if not enough_places(city):
        return too_little(city, "places", ADVICE)
    places, people, where = places_for_half(city), people_of_half(city), sentence_start(city)
    count = len(city["burdens"])
    figures = (
        f"{format_number(places.value, 0)} of {count} places hold half of the counted burdens"
        f"{_left_out(places)}. They are home to {with_range(people)} percent of residents"
    )
    headline = (
        f"{where}, {format_number(places.value, 0)} of {count} places with "
        f"{format_number(people.value, 0)} percent of residents hold half of the burdens"
    )
    if people.high < QUARTER:
        return Measured(places, "appears", f"{where}, {figures}.", headline)
    if people.low >= QUARTER:
        sentence = f"{where}, burdens are spread widely, and that is worth knowing: {figures}."
        return Measured(places, "absent", sentence, headline)
    sentence = f"{where}, we can't tell: it depends on which burdens count. {figures}."
    return Measured(places, "unclear", sentence, headline)


def red_land(city: City) -> Measured:
    """Say what the land graded D in 1937 carries, beside how many people live on it."""
    if not enough_places(city) or len(red_places(city)) < FEWEST_CROSSED:
        return too_little(city, "percent", ADVICE)
    burden, people = burden_on_red_land(city), people_on_red_land(city)
    where, home = sentence_start(city), format_number(people, 0)
    figures = (
        f"the land graded D in 1937 is home to {home} percent of residents and carries "
        f"{with_range(burden)} percent of the counted burdens"
    )
    headline = (
        f"{where}, land graded D in 1937: {home} percent of residents, "
        f"{format_number(burden.value, 0)} percent of burdens"
    )
    if burden.low > CLEARLY_MORE * people:
        sentence = f"{where}, {figures}. The range is for leaving one burden out."
        return Measured(burden, "appears", sentence, headline)
    if burden.high <= CLEARLY_MORE * people:
        sentence = f"{where}, {figures}. The old map hardly shows, and that is worth knowing."
        return Measured(burden, "absent", sentence, headline)
    sentence = f"{where}, we can't tell: it depends on which burdens count. There {figures}."
    return Measured(burden, "unclear", sentence, headline)


def crossed_places(city: City) -> Measured:
    """Say what places crossed by the expressway carry, beside the others of their districts."""
    found = expressway_ratio(city) if enough_places(city) else None
    if found is None or not found.known:
        return too_little(city, "times", ADVICE)
    crossed, beside = (len(ids) for ids in crossed_and_beside(city))
    where = sentence_start(city)
    figures = (
        f"{crossed} places that the expressway crosses carry {times(found)} the burdens of the "
        f"{beside} others in their districts"
    )
    if found.low > 1:
        headline = (
            f"{where}, places the expressway crosses carry {format_number(found.value)} times the "
            "burdens of those beside it"
        )
        return Measured(found, "appears", f"{where}, the {figures}, on average.", headline)
    if found.high < CLEARLY_MORE:
        headline = f"{where}, places beside the expressway carry much the same"
        sentence = f"{headline}, and that is worth knowing. The {figures}."
        return Measured(found, "absent", sentence, headline)
    headline = f"{where}, we can't tell the crossed places from those beside them"
    return Measured(found, "unclear", f"{headline}. The {figures}.", headline)


def assets_beside(city: City) -> Measured:
    """Say what residents built in the places with most burdens, beside everywhere else."""
    if not enough_places(city) or not assets_known(city):
        return too_little(city, "times", ADVICE)
    found, (inside, outside), where = assets_ratio(city), assets_of_half(city), sentence_start(city)
    figures = (
        f"{with_range(inside, 1)} {asset_words(city)} for every 1,000 residents. "
        f"Elsewhere it is {with_range(outside, 1)}"
    )
    if found.low > 1:
        headline = f"{where}, the places with most burdens also hold more of what residents built"
        sentence = f"{headline}: {figures}."
        return Measured(found, "appears", sentence, headline)
    if found.high < 1:
        headline = f"{where}, the places with most burdens hold fewer {asset_words(city)}"
        sentence = f"{headline}: {figures}. That is worth knowing."
        return Measured(found, "absent", sentence, headline)
    headline = f"{where}, we can't tell who has more {asset_words(city)}"
    sentence = f"{headline}. The places with most burdens have {figures}."
    return Measured(found, "unclear", sentence, headline)


def _left_out(places: Estimate) -> str:
    """Say how far the number of places depends on which burdens are counted."""
    if places.low == places.high:
        return ", whichever burden is left out"
    return f" ({places.range} when one burden is left out)"
