"""Who sits at the table, who talks to whom, and what they keep: the tables of the partners."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.partner_list import (
    CORE,
    HEALTH,
    LENDER,
    OTHER_PROMISES,
    OWN_CHANGES,
    PARTNERS,
    RESIDENTS,
    SCHOOLS,
    SHARED_FAMILIES,
)
from playbook.simulate.partner_ties import Ties, ties_of_2022, ties_of_2025
from playbook.simulate.world import World, stream

YEARS = (2022, 2025)
TABLE_STARTED = 2019
# Scores from 1 (not at all) to 4 (a great deal).
SCORES = (1, 4)
VALUE_COLUMNS = ("value_power", "value_involvement", "value_resources")
TRUST_COLUMNS = ("trust_reliability", "trust_mission", "trust_openness")
AVERAGE_SCORE, SCORE_SPREAD = 2.75, 0.65

MEETINGS = tuple(f"2025-{month:02}" for month in range(1, 13))
# Who comes to a meeting: the head of the organization, a deputy, staff, or nobody.
CAME = ("Head", "Deputy", "Staff", "Nobody")
CAME_SHARES = {
    "Grant-funded": (1.0, 0.0, 0.0, 0.0),
    "Public": (0.12, 0.30, 0.38, 0.20),
    "Nonprofit": (0.34, 0.20, 0.26, 0.20),
    "Business": (0.06, 0.12, 0.32, 0.50),
    "Member group": (0.40, 0.20, 0.12, 0.28),
}

# Promises: how many, and how many of them were kept.
OWN_PROMISES, OWN_KEPT = 16, 7
OTHER_PROMISED, OTHER_KEPT = 48, 41
FIRST_PROMISE, PROMISE_DAYS = np.datetime64("2023-01-09"), 700

# Households of two organizations that serve at random have this many in common on average.
HOUSEHOLDS, COMMON_SHARE, COMMON_SPREAD = 101_000, 0.7, 0.25
# A smaller number is not given out.
FEWEST_SHOWN = 11
MOST_IN_COMMON = 2_600


def partner_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Draw the tables of the partners.

    Parameters
    ----------
    world
        What is true of the places. The table of partners depends on none of it.
    made
        Tables made before. None is needed.
    seed
        Root seed.

    Returns
    -------
    dict
        Table by name, with the columns that the contract describes.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> made = partner_tables(make_world(7), {}, 7)
    >>> made["ties"].groupby("year").size().to_dict()
    {2022: 61, 2025: 117}
    """
    return {
        "organizations": _organizations(seed),
        "ties": _ties(seed),
        "table_attendance": _attendance(seed),
        "commitments": _commitments(seed),
        "clients_in_common": _in_common(seed),
    }


def _ids() -> np.ndarray:
    return np.array([f"O{number:02}" for number in range(1, len(PARTNERS) + 1)])


def _organizations(seed: int) -> pd.DataFrame:
    since = stream(seed, "organizations").integers(TABLE_STARTED, YEARS[0] + 1, len(PARTNERS))
    since[0] = TABLE_STARTED
    return pd.DataFrame(
        {
            "org_id": _ids(),
            "name": [one.name for one in PARTNERS],
            "sector": [one.sector for one in PARTNERS],
            "type": [one.type for one in PARTNERS],
            "controls": [one.controls for one in PARTNERS],
            "at_table_since": since,
        }
    )


def _ties(seed: int) -> pd.DataFrame:
    random = stream(seed, "ties")
    places = {one.name: place for place, one in enumerate(PARTNERS)}
    never = frozenset((places[SCHOOLS], places[LENDER]))
    first = ties_of_2022(random, len(CORE), len(HEALTH), len(RESIDENTS), never)
    later = ties_of_2025(random, first, never)
    both = [_scored(year, ties, random) for year, ties in zip(YEARS, (first, later), strict=True)]
    return pd.concat(both, ignore_index=True)


def _scored(year: int, ties: Ties, random: np.random.Generator) -> pd.DataFrame:
    """Let one of the two rate the other."""
    pairs = np.array(sorted(ties.pairs))
    turned = random.random(len(pairs)) < 0.5
    pairs[turned] = pairs[turned, ::-1]
    who, whom = pairs.T
    trusted = np.array([one.trusted for one in PARTNERS])[whom]
    ids = _ids()
    scores = {
        "frequency": random.integers(SCORES[0], SCORES[1] + 1, len(pairs)),
        **{name: _score(0 * trusted, random) for name in VALUE_COLUMNS},
        **{name: _score(trusted, random) for name in TRUST_COLUMNS},
    }
    table = pd.DataFrame({"year": year, "from_org": ids[who], "to_org": ids[whom], **scores})
    return table.sort_values(["from_org", "to_org"], ignore_index=True)


def _score(above: np.ndarray, random: np.random.Generator) -> np.ndarray:
    drawn = random.normal(AVERAGE_SCORE + above, SCORE_SPREAD)
    return np.asarray(np.round(drawn).clip(*SCORES).astype(np.int64))


def _attendance(seed: int) -> pd.DataFrame:
    random = stream(seed, "table_attendance")
    upto = np.array([CAME_SHARES[one.type] for one in PARTNERS]).cumsum(axis=1)
    drawn = random.random((len(MEETINGS), len(PARTNERS), 1))
    came = (drawn >= upto[:, :-1]).sum(axis=2)
    rows = pd.MultiIndex.from_product([MEETINGS, _ids()], names=["meeting", "org_id"])
    return rows.to_frame(index=False).assign(came=np.array(CAME)[came.ravel()])


def _commitments(seed: int) -> pd.DataFrame:
    random = stream(seed, "commitments")
    number = OWN_PROMISES + OTHER_PROMISED
    own = np.arange(number) < OWN_PROMISES
    kept = np.r_[
        np.arange(OWN_PROMISES) < OWN_KEPT,
        np.arange(OTHER_PROMISED) < OTHER_KEPT,
    ]
    texts = [OWN_CHANGES[one % len(OWN_CHANGES)] for one in range(OWN_PROMISES)]
    texts += [OTHER_PROMISES[one % len(OTHER_PROMISES)] for one in range(OTHER_PROMISED)]
    order = random.permutation(number)
    days = np.sort(random.integers(0, PROMISE_DAYS, number))
    words = np.array(["no", "yes"])
    return pd.DataFrame(
        {
            "commitment_id": [f"C{one:02}" for one in range(1, number + 1)],
            "org_id": _ids()[random.integers(0, len(PARTNERS), number)],
            "date": (FIRST_PROMISE + days).astype(str),
            "commitment": np.array(texts)[order],
            "own_practice_change": words[own[order].astype(int)],
            "kept": words[kept[order].astype(int)],
        }
    )


def _in_common(seed: int) -> pd.DataFrame:
    """Households that two organizations both serve; pairs with too few are left out."""
    random = stream(seed, "clients_in_common")
    served = np.array([one.households for one in PARTNERS], dtype=float)
    first, second = np.triu_indices(len(PARTNERS), 1)
    expected = COMMON_SHARE * served[first] * served[second] / HOUSEHOLDS
    common = expected * np.exp(random.normal(0, COMMON_SPREAD, len(first)))
    # Nobody has more in common than the two that never talk.
    common = np.minimum(common, MOST_IN_COMMON).round().astype(np.int64)
    names = np.array([one.name for one in PARTNERS])
    common[(names[first] == SCHOOLS) & (names[second] == LENDER)] = SHARED_FAMILIES
    ids = _ids()
    table = pd.DataFrame({"org_a": ids[first], "org_b": ids[second], "households": common})
    return table[table["households"] >= FEWEST_SHOWN].reset_index(drop=True)
