"""What neighborhoods have and can do: `assets`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.asset_offers import KINDS, OFFERS
from playbook.simulate.effects import Effect
from playbook.simulate.world import Integers, World, stream

# Where money is short, people do more for each other: change of the logarithm of assets per
# resident for each point of hardship.
ASSET_SLOPE = 0.22

EFFECTS = (
    Effect(
        "asset_slope",
        "assets",
        ASSET_SLOPE,
        "change of the logarithm",
        "How the number of assets per resident changes with each point of hardship.",
    ),
)


def asset_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Draw the table `assets`: one row a person, group, place or exchange.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before. None is needed.
    seed
        Root seed.

    Returns
    -------
    dict
        The table by its name, with the columns that the contract describes.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> assets = asset_tables(make_world(7), {}, 7)["assets"]
    >>> len(assets), assets["kind"].nunique(), assets["name"].is_unique
    (220, 5, True)
    """
    random = stream(seed, "assets")
    place = np.repeat(np.arange(len(world.name)), assets_by_place(world, random))
    kind = random.permutation(np.repeat(list(KINDS), list(KINDS.values())))
    offer = _offers(place, kind, random)
    texts = [OFFERS[one][number] for one, number in zip(kind.tolist(), offer, strict=True)]
    names = world.name[place].tolist()
    return {
        "assets": pd.DataFrame(
            {
                "asset_id": [f"A{number:03}" for number in range(1, len(place) + 1)],
                "name": [text[0].format(name) for text, name in zip(texts, names, strict=True)],
                "kind": kind,
                "neighborhood_id": world.neighborhood_id[place],
                "offers": [text[1] for text in texts],
            }
        )
    }


def assets_by_place(world: World, random: np.random.Generator) -> Integers:
    """Count the assets of each place: as many as its residents and its hardship let expect.

    Parameters
    ----------
    world
        What is true of the places.
    random
        Decides which places a fraction of an asset goes to.
    """
    total = sum(KINDS.values())
    expected = world.residents * np.exp(ASSET_SLOPE * world.hardship)
    upto = total * expected.cumsum() / expected.sum()
    # One start for all places: each count is within one of what is expected, and they add up.
    whole = np.floor(upto + random.random()).astype(np.int64)
    # Rounding must not add or lose the last one.
    whole[-1] = total
    return np.asarray(np.diff(whole, prepend=0))


def _offers(place: Integers, kind: np.ndarray, random: np.random.Generator) -> list[int]:
    """Choose what each asset is; in one place the same thing never stands twice."""
    orders: dict[tuple[int, str], list[int]] = {}
    chosen = []
    for where, one in zip(place.tolist(), kind.tolist(), strict=True):
        if (where, one) not in orders:
            orders[where, one] = random.permutation(len(OFFERS[one])).tolist()
        chosen.append(orders[where, one].pop())
    return chosen
