"""The truth behind the tables: `truth_places` and `truth_effects`, for tests and for reveals."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.measures.lifetable import AGE_GROUPS, life_table
from playbook.simulate import (
    alignment,
    anchors,
    assets,
    ballots,
    births,
    burdens,
    certification,
    comments,
    fire_risk,
    funding,
    health,
    heat,
    homeless_services,
    hospital,
    incidence,
    metrics,
    mobility,
    modeled_health,
    peer_cities,
    requests_311,
    results,
    silence,
    staying_power,
    survey,
    trials,
)
from playbook.simulate.health import CAUSES, death_rates
from playbook.simulate.world import Floats, World

# Modules whose numbers a lesson may reveal, each with its `EFFECTS`.
REVEALED = (
    requests_311,
    health,
    hospital,
    results,
    births,
    burdens,
    modeled_health,
    silence,
    mobility,
    survey,
    comments,
    ballots,
    assets,
    alignment,
    funding,
    anchors,
    incidence,
    staying_power,
    homeless_services,
    fire_risk,
    trials,
    metrics,
    heat,
    peer_cities,
    certification,
)

# So many people that chance plays no part.
VERY_MANY = 10**9


def truth_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the tables that no city has: what is true, before chance.

    Parameters
    ----------
    world
        What is true of the places.
    made, seed
        Not used: the truth has neither chance nor tables.

    Returns
    -------
    dict
        `truth_places` with one row a place, and `truth_effects` with one row a built-in number.
    """
    return {"truth_places": truth_places(world), "truth_effects": truth_effects()}


def truth_places(world: World) -> pd.DataFrame:
    """Say what is true of each place: its hidden scores, and what they do to lives.

    Parameters
    ----------
    world
        What is true of the places.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> truth = truth_places(make_world(7))
    >>> truth["life_expectancy"].between(60, 90).all()
    np.True_
    """
    return pd.DataFrame(
        {
            "neighborhood_id": world.neighborhood_id,
            "hardship": world.hardship.round(3),
            "voice": world.voice.round(3),
            "heat": world.heat.round(3),
            "life_expectancy": true_life_expectancy(world).round(2),
        }
    )


def true_life_expectancy(world: World) -> Floats:
    """Years that a newborn of each place lives on average at its true death rates.

    Parameters
    ----------
    world
        What is true of the places.
    """
    people = np.full(len(AGE_GROUPS), VERY_MANY)
    rates = death_rates(world)[:, :, : len(CAUSES)].sum(axis=2)
    died = np.round(rates * VERY_MANY)
    return np.array([life_table(row, people)["life_expectancy"].iloc[0] for row in died])


def truth_effects() -> pd.DataFrame:
    """List the numbers that were built in, in the order of the modules that use them.

    Examples
    --------
    >>> truth_effects()["name"].is_unique
    True
    """
    effects = [effect for module in REVEALED for effect in module.EFFECTS]
    return pd.DataFrame(
        {
            "name": [effect.name for effect in effects],
            "table": [effect.table for effect in effects],
            "value": [float(effect.value) for effect in effects],
            "unit": [effect.unit for effect in effects],
            "words": [effect.words for effect in effects],
        }
    )
