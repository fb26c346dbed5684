"""Claims of lesson 1.3, *Where you live*: the gap is real, the ranking is not."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.overdose_lists import LONGEST_LIST, overdose_lists
from playbook.insights.place_lives import (
    NOT_KNOWN,
    could_be_shortest,
    enough_places,
    gap_of_extremes,
    life_expectancies,
    life_funnel,
    place_life,
    shrunken_gap,
    shrunken_lives,
    three_places,
    typical_rank_range,
)
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.heterogeneity import chance_of_no_difference
from playbook.measures.presentation import FEWEST_EVENTS

# Differences this unlikely under chance alone are taken as real.
HARDLY_CHANCE = 0.01
# A list that keeps this many of its ten names says something; one that keeps fewer is mostly luck.
MOST_REPEATS = 6
# Half a year is more than neighbors on the list lie apart.
CLEAR_MOVE = 0.5
# The typical place moves over more than a tenth of the list: then its rank is no fact.
LONGEST_SURE_RANGE = 0.1


def _gap(city: City) -> Measured:
    if not enough_places(city):
        return _too_little(city, NOT_KNOWN)
    gap, lives = gap_of_extremes(city), life_expectancies(city)
    shortest, longest = lives.iloc[0]["neighborhood"], lives.iloc[-1]["neighborhood"]
    where = sentence_start(city)
    chance = chance_of_no_difference(lives["life_expectancy"], lives["standard_error"])
    if chance < HARDLY_CHANCE:
        sentence = (
            f"{where}, people in {longest} live {gap} longer than people in {shortest}. The two "
            f"ends of a list owe something to luck: pulled toward the average, "
            f"{format_number(shrunken_gap(city))} years are left."
        )
        headline = (
            f"{where}, the longest and the shortest life lie {format_number(gap.value)} years apart"
        )
        return Measured(gap, "appears", sentence, headline)
    headline = f"{where}, neighborhoods differ no more than chance alone would make them"
    sentence = f"{headline}. The two ends lie {gap} apart. That is worth knowing."
    return Measured(gap, "absent", sentence, headline)


def _range(city: City) -> Measured:
    if not enough_places(city):
        return _too_little(city, NOT_KNOWN)
    row = three_places(city).iloc[1]
    width = Estimate(
        float(row["high"] - row["low"]), math.nan, math.nan, unit="years", better="lower"
    )
    name, where = row["neighborhood"], sentence_start(city)
    lowest, longest = place_life(city, 0), place_life(city, -1)
    span = f"{format_number(row['low'])} to {format_number(row['high'])}"
    figures = f"{format_number(row['life_expectancy'])} years ({span})"
    if row["rank_low"] == 1:
        headline = f"{where}, life in {name} could be anywhere from {span} years"
        sentence = (
            f"{where}, life in {name} is {figures}. The shortest life on the list, {lowest}, can't "
            "be told from it."
        )
        if row["high"] < longest.low:
            sentence += f" The longest, {longest}, can."
        return Measured(width, "appears", sentence, headline)
    headline = f"{where}, even the least sure place of the shortest quarter stands apart"
    sentence = f"{headline}: {name}, {figures}. That is worth knowing."
    return Measured(width, "absent", sentence, headline)


def _shortest(city: City) -> Measured:
    count = could_be_shortest(city)
    estimate = Estimate(count, math.nan, math.nan, unit="neighborhoods", decimals=0)
    if not enough_places(city):
        return _too_little(city, estimate)
    lives, where = life_expectancies(city), sentence_start(city)
    if count > 1:
        # Without the number: the exercise asks the reader to count.
        headline = f"{where}, more than one neighborhood could have the shortest life"
        sentence = (
            f"{where}, any of {count} neighborhoods could have the shortest life. The list names "
            f"one of them first: {lives.iloc[0]['neighborhood']}, with {place_life(city, 0)}."
        )
        return Measured(estimate, "appears", sentence, headline)
    headline = f"{where}, {lives.iloc[0]['neighborhood']} has the shortest life, and no other could"
    return Measured(estimate, "absent", f"{headline}. That is worth knowing.", headline)


def _ranking(city: City) -> Measured:
    width = typical_rank_range(city)
    if not enough_places(city):
        return _too_little(city, width)
    places, where = len(life_expectancies(city)), sentence_start(city)
    headline = (
        f"{where}, a typical neighborhood could stand at any of {format_number(width.value, 0)} "
        f"places on a list of {places}"
    )
    if width.value > LONGEST_SURE_RANGE * places:
        return Measured(width, "appears", f"{headline}.", headline)
    sentence = f"{headline}. The ranking is firm, and that is worth knowing."
    return Measured(width, "absent", sentence, headline)


def _funnel(city: City) -> Measured:
    if not enough_places(city):
        return _too_little(city, NOT_KNOWN)
    funnel = life_funnel(city)
    outside, places = int(funnel["outside"].sum()), len(funnel)
    estimate = Estimate(outside, math.nan, math.nan, unit="neighborhoods", decimals=0)
    by_chance = format_number(0.05 * places, 0)
    headline = f"{sentence_start(city)}, {outside} of {places} neighborhoods lie outside the funnel"
    sentence = f"{headline}. Chance alone would put about {by_chance} there."
    if outside > 2 * 0.05 * places:
        return Measured(estimate, "appears", sentence, headline)
    return Measured(estimate, "absent", f"{sentence} That is worth knowing.", headline)


def _shrinkage(city: City) -> Measured:
    if not enough_places(city):
        return _too_little(city, NOT_KNOWN)
    pulled, where = shrunken_lives(city), sentence_start(city)
    moves = (pulled["after_borrowing"] - pulled["on_the_list"]).abs()
    row = pulled.iloc[int(moves.to_numpy().argmax())]
    name = row["neighborhood"]
    move = Estimate(float(moves.max()), math.nan, math.nan, unit="years")
    headline = f"{where}, {name} moves most when each place borrows from the city"
    sentence = (
        f"{headline}: from {format_number(row['on_the_list'])} to "
        f"{format_number(row['after_borrowing'])} years."
    )
    if move.value >= CLEAR_MOVE:
        return Measured(move, "appears", sentence, headline)
    return Measured(move, "absent", f"{sentence} That is little, and worth knowing.", headline)


def _overdose(city: City) -> Measured:
    lists = overdose_lists(city)
    if lists is None:
        return _too_little(city, Estimate(math.nan, math.nan, math.nan, unit="neighborhoods"))
    repeats = Estimate(lists.repeats, math.nan, math.nan, unit="neighborhoods", decimals=0)
    before, after = lists.periods
    headline = (
        f"{sentence_start(city)}, {lists.repeats} of the {LONGEST_LIST} highest overdose rates "
        f"of {before} are on the next list"
    )
    few = (
        f"{lists.few} of {lists.places} neighborhoods count fewer than {FEWEST_EVENTS} deaths in "
        f"{after}: too few for a rate"
    )
    if lists.repeats <= MOST_REPEATS:
        return Measured(repeats, "appears", f"{headline}. {few}.", headline)
    return Measured(repeats, "absent", f"{headline}, and that is worth knowing. {few}.", headline)


def _too_little(city: City, estimate: Estimate) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    return Measured(estimate, "unclear", f"{headline}. Add more years, or join areas.", headline)


CLAIMS = (
    Claim(
        "1.3-gap",
        "Between the longest and the shortest life in the city lie many years.",
        "sampling",
        "published",
        _gap,
    ),
    Claim(
        "1.3-range",
        "A small place can't be told from the shortest life on the list.",
        "sampling",
        "method",
        _range,
    ),
    Claim(
        "1.3-shortest",
        "More than one neighborhood could have the shortest life.",
        "sampling",
        "method",
        _shortest,
    ),
    Claim(
        "1.3-ranking",
        "A typical neighborhood could stand at many places of the ranking.",
        "sampling",
        "method",
        _ranking,
    ),
    Claim(
        "1.3-funnel",
        "Many more neighborhoods lie outside the funnel than chance would put there.",
        "sampling",
        "method",
        _funnel,
    ),
    Claim(
        "1.3-shrinkage",
        "An unsure place moves half a year or more when it borrows from the city.",
        "sampling",
        "method",
        _shrinkage,
    ),
    Claim(
        "1.3-overdose",
        "Most of the highest overdose rates of one period are not on the next period's list.",
        "noise",
        "method",
        _overdose,
    ),
)
