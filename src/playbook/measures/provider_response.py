"""Whom a price makes a provider turn away: what each person brings, and a rehearsal of it."""

from __future__ import annotations

import math

from playbook.errors import PlaybookError
from playbook.measures.contracts import check_amount


def expected_margin(price: float, chance: float, nights: float, night_cost: float) -> float:
    """Dollars that a provider can expect to keep from taking in one person.

    Parameters
    ----------
    price
        Dollars for a placement.
    chance
        Chance that the person is placed, from 0 to 1.
    nights, night_cost
        Nights the person stays, and what one costs the provider.

    Returns
    -------
    float
        In dollars; below 0 when taking the person in costs more than it brings.

    Raises
    ------
    PlaybookError
        When the chance is not between 0 and 1, or another number is negative.

    Notes
    -----
    Price times chance, less nights times cost. It leaves out the base, which comes either way.

    Examples
    --------
    >>> expected_margin(20_000, chance=0.7, nights=120, night_cost=100)
    2000.0
    """
    if not 0 <= chance <= 1:
        raise PlaybookError(
            f"A chance lies between 0 and 1; I found {chance:g}.",
            fix="Divide a percent by 100.",
        )
    for number, words in ((price, "for a price"), (nights, "of nights"), (night_cost, "of cost")):
        check_amount(number, words)
    return price * chance - nights * night_cost


def indifferent_price(
    price: float,
    chances: tuple[float, float],
    nights: tuple[float, float],
    night_cost: float,
) -> float:
    """Price for the harder placement that leaves a provider no reason to prefer the other.

    Parameters
    ----------
    price
        Dollars for the placement that is less hard.
    chances
        Chance of a placement: of people with lower needs, then with higher needs.
    nights
        Nights they stay, in the same order.
    night_cost
        What a night costs the provider.

    Returns
    -------
    float
        In dollars.

    Raises
    ------
    PlaybookError
        As `expected_margin`, and when people with higher needs are never placed.

    Notes
    -----
    At this price `expected_margin` is the same for both.

    Examples
    --------
    >>> indifferent_price(20_000, chances=(0.7, 0.4), nights=(120, 200), night_cost=100)
    55000.0
    """
    if chances[1] == 0:
        raise PlaybookError(
            "Nobody with higher needs was placed: no price makes up for that.",
            fix="Pay for something that can be reached, such as a move to treatment or a voucher.",
        )
    margin = expected_margin(price, chances[0], nights[0], night_cost)
    harder = expected_margin(0.0, chances[1], nights[1], night_cost)
    return (margin - harder) / chances[1]


def accepted_share(offered: float, margin_gap: float, response: float) -> float:
    """Share of people with higher needs that a provider would take in, if money moved it so much.

    Parameters
    ----------
    offered
        Their share among those who ask, between 0 and 1.
    margin_gap
        Dollars a provider keeps less from one of them than from someone else; below 0 when more.
    response
        How strongly providers follow money: change of the logarithm of the odds for 1,000 dollars.
        Nobody knows this number. Try several, and call the result a rehearsal.

    Returns
    -------
    float
        Between 0 and 1; `offered` itself when the gap is 0.

    Raises
    ------
    PlaybookError
        When the share is not between 0 and 1, or the response is negative.

    Notes
    -----
    A logistic response: an assumption to play with, and no estimate.

    Examples
    --------
    >>> [round(accepted_share(0.4, gap, response=0.1), 2) for gap in (0, 5_000, 20_000)]
    [0.4, 0.29, 0.08]
    """
    if not 0 < offered < 1:
        raise PlaybookError(
            f"The share of people with higher needs lies between 0 and 1; I found {offered:g}.",
            fix="Divide a percent by 100.",
        )
    check_amount(response, "for the response")
    log_odds = math.log(offered / (1 - offered)) - response * margin_gap / 1_000
    return 0.5 * (1 + math.tanh(log_odds / 2))
