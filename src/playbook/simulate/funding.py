"""The city's money for residents' health, and what it may pay for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.funding_names import SOURCES, USES
from playbook.simulate.world import Floats, Integers, World, stream

# All sources together in 2026, and the part that may pay for one use only.
TOTAL_DOLLARS = 58_000_000
SINGLE_USE_SHARE = 0.71
# What the uses need is a little more than there is: the money is stuck, not scarce.
NEED_FOR_EACH_DOLLAR = 1.02
# How much amounts and needs differ, on the log scale.
AMOUNT_SPREAD, NEED_SPREAD = 0.50, 0.45
# Budgets are written in round thousands.
STEP = 1_000
# Chance that money with several uses may pay for a use, and that nobody ever asked where it is not
# known to be allowed.
ALLOWED, NEVER_ASKED = 0.80, 0.40
# Part of a need that pays people, from least to most.
STAFF_SHARE = (0.15, 0.75)
# A contract must be signed so many years before the money must be spent.
YEARS_TO_SPEND = {"recovery funds": 2}
NOTES = {"one": "Pays for another use only", "no": "Ruled out", "ask": "Nobody has asked"}

EFFECTS = (
    Effect(
        "funding_single_use_share",
        "funding_sources",
        100 * SINGLE_USE_SHARE,
        "percent of dollars",
        "Part of all dollars that may pay for one use only.",
    ),
)


def funding_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the tables of sources, of uses, and of what may pay for what.

    Parameters
    ----------
    world, made
        Not used: these tables are about the city as a whole.
    seed
        Root seed.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> {name: len(table) for name, table in funding_tables(make_world(7), {}, 7).items()}
    {'funding_sources': 60, 'funding_uses': 18, 'eligibility': 1080}
    """
    return {
        "funding_sources": funding_sources(seed),
        "funding_uses": funding_uses(seed),
        "eligibility": eligibility(seed),
    }


def source_ids() -> list[str]:
    """Return the ids of the sources, single-use money first."""
    return [f"S{number:02}" for number in range(1, len(SOURCES) + 1)]


def use_ids() -> list[str]:
    """Return the ids of the uses, in the order of the list."""
    return [f"U{number:02}" for number in range(1, len(USES) + 1)]


def funding_sources(seed: int) -> pd.DataFrame:
    """Draw the table `funding_sources`: one row a source.

    Parameters
    ----------
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. Together exactly `TOTAL_DOLLARS`.

    Examples
    --------
    >>> int(funding_sources(7)["amount_usd"].sum())
    58000000
    """
    random = stream(seed, "funding_sources")
    single = sum(bool(source.use_id) for source in SOURCES)
    stuck = round(SINGLE_USE_SHARE * TOTAL_DOLLARS)
    weight = np.exp(random.normal(0, AMOUNT_SPREAD, len(SOURCES)))
    amount = np.concatenate(
        [_adding_up(weight[:single], stuck), _adding_up(weight[single:], TOTAL_DOLLARS - stuck)]
    )
    names = {use_id: name for use_id, (name, *_) in zip(use_ids(), USES, strict=True)}
    return pd.DataFrame(
        {
            "source_id": source_ids(),
            "name": [source.name for source in SOURCES],
            "level": [source.level for source in SOURCES],
            "type": [source.type for source in SOURCES],
            "federal_origin": ["yes" if source.federal_origin else "no" for source in SOURCES],
            "amount_usd": amount,
            "restriction": [
                f"Only for: {names[source.use_id]}" if source.use_id else "Several uses"
                for source in SOURCES
            ],
            "match_rate": [source.match_rate for source in SOURCES],
            "can_be_match": [source.can_be_match for source in SOURCES],
            "obligate_by": [_sign_by(source.spend_by, source.type) for source in SOURCES],
            "spend_by": [source.spend_by or None for source in SOURCES],
            "recurring": ["no" if source.spend_by else "yes" for source in SOURCES],
        }
    ).astype({"obligate_by": "str", "spend_by": "str"})


def funding_uses(seed: int) -> pd.DataFrame:
    """Draw the table `funding_uses`: one row a use, in the order of the list.

    Parameters
    ----------
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.

    Examples
    --------
    >>> funding_uses(7)[["use_id", "name", "result"]].tail(2)
       use_id                    name               result
    16    U17    Night bus to the port      Work and income
    17    U18  Data and results staff  A city that listens
    """
    random = stream(seed, "funding_uses")
    weight = np.exp(random.normal(0, NEED_SPREAD, len(USES)))
    need = _adding_up(weight, round(NEED_FOR_EACH_DOLLAR * TOTAL_DOLLARS))
    staff = np.round(need * random.uniform(*STAFF_SHARE, len(USES)) / STEP) * STEP
    return pd.DataFrame(
        {
            "use_id": use_ids(),
            "name": [name for name, *_ in USES],
            "result": [result for _, result, _ in USES],
            "need_usd": need,
            "staff_usd": staff.astype(np.int64),
            "evidence_tier": [evidence for *_, evidence in USES],
        }
    )


def eligibility(seed: int) -> pd.DataFrame:
    """Draw the table `eligibility`: one row for each source and use.

    Parameters
    ----------
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.

    Examples
    --------
    >>> table = eligibility(7)
    >>> allowed = table[table["allowed"] == "yes"].groupby("source_id").size()
    >>> int((allowed == 1).sum()), int(allowed.min())
    (43, 1)
    """
    random = stream(seed, "eligibility")
    drawn = random.random((len(SOURCES), len(USES))) < ALLOWED
    asked = random.random(drawn.shape) >= NEVER_ASKED
    own = np.array([[source.use_id == use for use in use_ids()] for source in SOURCES])
    single = np.array([bool(source.use_id) for source in SOURCES])[:, np.newaxis]
    allowed = np.where(single, own, drawn)
    why = np.where(asked, NOTES["no"], NOTES["ask"])
    note = pd.Series(np.where(single, NOTES["one"], why).ravel()).mask(allowed.ravel())
    rows = pd.MultiIndex.from_product([source_ids(), use_ids()], names=["source_id", "use_id"])
    table = rows.to_frame(index=False)
    table["allowed"] = np.where(allowed, "yes", "no").ravel()
    return table.assign(note=note).astype({"allowed": "str", "note": "str"})


def _adding_up(weight: Floats, total: int) -> Integers:
    """Share out a total in round thousands; the largest takes what rounding leaves over."""
    dollars = np.round(weight * total / weight.sum() / STEP).astype(np.int64) * STEP
    dollars[dollars.argmax()] += total - dollars.sum()
    return np.asarray(dollars)


def _sign_by(spend_by: str, kind: str) -> str | None:
    """Give the last day to sign for money that must be spent by a day."""
    if not spend_by:
        return None
    year, rest = spend_by.split("-", 1)
    return f"{int(year) - YEARS_TO_SPEND.get(kind, 1)}-{rest}"
