"""Claims of lesson 10.1, *The Compass*: where heat is, and what the argument is about."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.heat_places import (
    HIGHEST,
    LOWEST,
    calls_ratio,
    enough_places,
    fifth_average,
    fifths_apart,
    share_of_missing_shade,
    share_of_trees,
)
from playbook.insights.policy_choice import argument, beaten, first_places
from playbook.insights.statements import Claim, Measured, sentence_start

FAHRENHEIT = 1.8
# Two options that together come first this often leave the others out of the argument.
NEARLY_ALL = 90.0
# A difference of weights that people would notice.
NOTICEABLE = 10.0
CRITERION_WORDS = {"feasible": "how well it can be done", "other_gains": "other gains"}


def _canopy(city: City) -> Measured:
    if not enough_places(city):
        return _too_few_places(city, "percent")
    low, high = (fifth_average(city, "canopy_pct", group, "percent") for group in (LOWEST, HIGHEST))
    apart, where = fifths_apart(city, "canopy_pct", "percent"), sentence_start(city)
    figures = (
        f"{_whole(low)} percent of the land is under trees in the lowest-poverty fifth, "
        f"{_whole(high)} in the highest-poverty fifth"
    )
    if apart.high < 0:
        ends = f"{format_number(low.value, 0)} percent of land, then {format_number(high.value, 0)}"
        headline = f"{where}, shade follows poverty: {ends}"
        return Measured(apart, "appears", f"{where}, shade follows poverty: {figures}.", headline)
    return _no_gap(where, "shade", apart, figures, gap_is_other_way=apart.low > 0)


def _temperature(city: City) -> Measured:
    if not enough_places(city):
        return _too_few_places(city, "degrees Celsius")
    apart, where = fifths_apart(city, "surface_temp_c", "degrees Celsius"), sentence_start(city)
    value, low, high = (FAHRENHEIT * end for end in (apart.value, apart.low, apart.high))
    warmer = Estimate(value, low, high, "degrees Fahrenheit")
    figures = f"the highest-poverty fifth is {warmer} hotter on a summer afternoon, or {apart}"
    if apart.low > 0:
        headline = (
            f"{where}, the highest-poverty fifth is {format_number(warmer.value)} degrees "
            "Fahrenheit hotter"
        )
        return Measured(apart, "appears", f"{where}, {figures}.", headline)
    return _no_gap(where, "heat", apart, figures, gap_is_other_way=apart.high < 0)


def _no_gap(
    where: str, what: str, apart: Estimate, figures: str, *, gap_is_other_way: bool
) -> Measured:
    if gap_is_other_way:
        headline = f"{where}, {what} does not follow poverty"
        return Measured(apart, "absent", f"{headline}: {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell if {what} follows poverty"
    return Measured(apart, "unclear", f"{headline}: {figures}.", headline)


def _danger(city: City) -> Measured:
    times = calls_ratio(city) if enough_places(city) else None
    if times is None:
        return _too_few_places(city, "times")
    where = sentence_start(city)
    figures = (
        "in the fifth that heat, shade, cooling and income put first, heat calls per resident are "
        f"{times} those in the last"
    )
    if times.low > 1:
        headline = (
            f"{where}, the most dangerous fifth has {format_number(times.value)} times the heat "
            "calls"
        )
        return Measured(times, "appears", f"{where}, {figures}.", headline)
    if times.high < 1:
        headline = f"{where}, the index puts the wrong places first"
        sentence = f"{headline}: {figures}. That is worth knowing."
        return Measured(times, "absent", sentence, headline)
    headline = f"{where}, we can't tell if the index finds the places with more heat calls"
    return Measured(times, "unclear", f"{headline}: {figures}.", headline)


def _trees(city: City) -> Measured:
    low, high = (share_of_trees(city, group) for group in (LOWEST, HIGHEST))
    if low is None or high is None:
        return _too_few_places(city, "percent")
    where = sentence_start(city)
    figures = (
        f"{_whole(low)} percent of the trees planted on request stand in the lowest-poverty fifth, "
        f"{_whole(high)} in the highest-poverty fifth"
    )
    missing = share_of_missing_shade(city, HIGHEST)
    if not math.isnan(missing):
        figures += f". Of the missing shade {format_number(missing, 0)} percent is missing there"
    if low.low > high.high:
        ends = f"{format_number(low.value, 0)} and {format_number(high.value, 0)} percent"
        headline = f"{where}, trees by request: {ends} go to the outer fifths"
        return Measured(low, "appears", f"{where}, {figures}.", headline)
    if high.low > low.high:
        headline = f"{where}, the highest-poverty fifth gets more of the trees"
        return Measured(low, "absent", f"{headline}: {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell which fifth gets more of the trees"
    return Measured(low, "unclear", f"{headline}: {figures}.", headline)


def _accepted(city: City) -> Measured:
    first = first_places(city)
    if first is None:
        return _too_few_options(city)
    where, share = sentence_start(city), [float(one) for one in first]
    figure = Estimate(share[0], math.nan, math.nan, "percent of weightings", decimals=0)
    rest = 100 - round(share[0]) - round(share[1])
    figures = (
        f'of 10,000 weightings "{first.index[0]}" comes first in {format_number(share[0], 0)} '
        f'percent, "{first.index[1]}" in {format_number(share[1], 0)} and the other '
        f"{len(first) - 2} options together in {format_number(rest, 0)}"
    )
    if share[0] + share[1] >= NEARLY_ALL and share[1] > 0:
        headline = f"{where}, only two of {len(first)} options ever matter"
        return Measured(figure, "appears", f"{headline}: {figures}.", headline)
    headline = f"{where}, it is not two options that matter"
    return Measured(figure, "absent", f"{headline}: {figures}. That is worth knowing.", headline)


def _dominated(city: City) -> Measured:
    pairs = beaten(city)
    if pairs is None:
        return _too_few_options(city)
    where, names = sentence_start(city), list(dict.fromkeys(pairs["option"]))
    count = Estimate(len(names), math.nan, math.nan, "options", decimals=0)
    if not names:
        headline = f"{where}, no option is beaten whatever the weights"
        return Measured(count, "absent", f"{headline}. That is worth knowing.", headline)
    winner = pairs.loc[pairs["option"] == names[0], "dominated_by"].iloc[0]
    headline = f'{where}, "{names[0]}" is beaten whatever the weights'
    sentence = f'{headline}: "{winner}" is as good on every question and better on one.'
    if len(names) > 1:
        sentence = f"{sentence} Options beaten in this way: {len(names)}."
    return Measured(count, "appears", sentence, headline)


def _one_weight(city: City) -> Measured:
    if first_places(city) is None:
        return _too_few_options(city)
    found, where = argument(city), sentence_start(city)
    if found is None:
        headline = f"{where}, there is no argument: one option always comes first"
        nothing = Estimate(math.nan, math.nan, math.nan, "percent of weight")
        return Measured(nothing, "absent", f"{headline}. That is worth knowing.", headline)
    figure = Estimate(found.turns_at, math.nan, math.nan, "percent of weight", decimals=0)
    about = _listed([CRITERION_WORDS.get(name, name) for name in found.criteria])
    figures = (
        f'Where "{found.rival}" comes first they weigh {format_number(found.rival_weight, 0)} '
        f'percent on average, where "{found.leader}" does, '
        f"{format_number(found.leader_weight, 0)}. With equal weights within, it turns at {figure}."
    )
    if found.rival_weight - found.leader_weight >= NOTICEABLE:
        headline = f"{where}, the argument is about one thing: how much {about} weigh together"
        return Measured(figure, "appears", f"{headline}. {figures}", headline)
    headline = f"{where}, the argument is not about one thing"
    sentence = f"{headline}: {about}. {figures} That is worth knowing."
    return Measured(figure, "absent", sentence, headline)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _whole(one: Estimate) -> str:
    value, low, high = (format_number(end, 0) for end in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


def _too_few_places(city: City, unit: str) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    sentence = f"{headline}. Bring more neighborhoods, or count for more years."
    return Measured(Estimate(math.nan, math.nan, math.nan, unit), "unclear", sentence, headline)


def _too_few_options(city: City) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    sentence = f"{headline}. Score at least three options on every question."
    nothing = Estimate(math.nan, math.nan, math.nan, "percent of weightings")
    return Measured(nothing, "unclear", sentence, headline)


CLAIMS = (
    # McDonald RI and others (2021), PLoS ONE 16:e0249715: in 92 percent of 5,723 United States
    # communities low-income blocks have less tree cover, and they are 1.5 degrees Celsius hotter.
    Claim(
        "10.1-canopy",
        "The highest-poverty fifth has less than half the shade of the lowest-poverty fifth.",
        "sampling",
        "published",
        _canopy,
    ),
    Claim(
        "10.1-temperature",
        "The highest-poverty fifth is hotter on a summer afternoon.",
        "sampling",
        "published",
        _temperature,
    ),
    Claim(
        "10.1-danger",
        "The fifth that the heat index puts first has more heat calls per resident.",
        "sampling",
        "port-alder-only",
        _danger,
    ),
    Claim(
        "10.1-trees",
        "Trees by request go to the fifth with the least poverty and the most shade.",
        "sampling",
        "port-alder-only",
        _trees,
    ),
    Claim(
        "10.1-accepted",
        "Of eight options only two ever come first.",
        "planted",
        "port-alder-only",
        _accepted,
    ),
    Claim(
        "10.1-dominated",
        "One option is worse than another whatever the weights.",
        "planted",
        "port-alder-only",
        _dominated,
    ),
    Claim(
        "10.1-one-weight",
        "The argument is about one weight, not about eight options.",
        "planted",
        "port-alder-only",
        _one_weight,
    ),
)
