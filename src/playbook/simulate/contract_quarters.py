"""What each provider reports every three months: `contract_quarters`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.simulate.world import stream

PERMANENT = "Permanent housing"
HIGHER = "Higher"
NIGHTS, ENTRIES, HIGHER_ENTRIES, HOMES = (
    "Bed-nights",
    "People who came in",
    "Of them, higher needs",
    "Moves to permanent housing",
)

# The contract asks every provider for the same: nights near what it gave the year before, and
# moves as if everyone had the same needs.
NIGHTS_TARGET = 0.98
HOMES_TARGET = 0.62

# What a provider writes beside its moves, now and then. Nothing about a person.
NOTES = (
    "Two case managers left and have not been replaced.",
    "A landlord took six units off our list.",
    "The new landlord fund paid its first deposits.",
    "Birth certificates took eight weeks to arrive.",
    "We opened a second intake desk.",
    "The bus line to our door was cut in the evening.",
)
NOTED_SHARE = 0.5


def contract_quarters(enrollments: pd.DataFrame, year: int, seed: int) -> pd.DataFrame:
    """Make the table `contract_quarters`: one row a provider, quarter and figure.

    Parameters
    ----------
    enrollments
        The table `hmis_enrollments`.
    year
        Calendar year of the contracts.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. Notes are drawn; all counts follow from the stays.

    Examples
    --------
    >>> from playbook.simulate.homeless_services import hmis_enrollments
    >>> contract_quarters(hmis_enrollments(7), 2025, 7)["metric"].unique().tolist()[:2]
    ['Bed-nights', 'People who came in']
    """
    before = bed_nights(enrollments, f"{year - 1}-01-01", f"{year}-01-01")
    starts = [f"{year}-{month:02}-01" for month in (1, 4, 7, 10)]
    frames = []
    for number, (start, end) in enumerate(
        zip(starts, [*starts[1:], f"{year + 1}-01-01"], strict=True), start=1
    ):
        counts = _counts(enrollments, start, end)
        share = (pd.Timestamp(end) - pd.Timestamp(start)) / pd.Timedelta(days=365)
        targets = pd.DataFrame(
            {
                NIGHTS: NIGHTS_TARGET * share * before,
                ENTRIES: counts[ENTRIES],
                HIGHER_ENTRIES: counts[HIGHER_ENTRIES],
                HOMES: HOMES_TARGET * counts[ENTRIES],
            }
        )
        both = pd.concat(
            [counts.stack(), targets.reindex(counts.index).round().stack()],
            axis=1,
            keys=["value", "target"],
        )
        frames.append(both.reset_index(names=["provider_id", "metric"]).assign(quarter=number))
    table = pd.concat(frames)
    order = {name: place for place, name in enumerate((NIGHTS, ENTRIES, HIGHER_ENTRIES, HOMES))}
    table = table.assign(place=table["metric"].map(order))
    table = table.sort_values(["provider_id", "quarter", "place"], ignore_index=True)
    # A count of who came in has no target: it says how full the quarter was.
    table["target"] = table["target"].where(table["metric"].isin([NIGHTS, HOMES]))
    table["quarter"] = f"{year}-Q" + table["quarter"].astype("str")
    table["note"] = None
    moves = table["metric"] == HOMES
    table.loc[moves, "note"] = _notes(int(moves.sum()), seed)
    columns = ["provider_id", "quarter", "metric", "value", "target", "note"]
    return table[columns].astype({"value": "int64", "target": "float64", "note": "str"})


def _counts(enrollments: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Count nights, entries and moves of one quarter, one row a provider."""
    came = enrollments[(enrollments["entry"] >= start) & (enrollments["entry"] < end)]
    left = enrollments[(enrollments["exit"] >= start) & (enrollments["exit"] < end)]
    columns = {
        NIGHTS: bed_nights(enrollments, start, end),
        ENTRIES: came.groupby("provider_id").size(),
        HIGHER_ENTRIES: came[came["acuity"] == HIGHER].groupby("provider_id").size(),
        HOMES: left[left["destination"] == PERMANENT].groupby("provider_id").size(),
    }
    return pd.DataFrame(columns).fillna(0).astype("int64")


def bed_nights(enrollments: pd.DataFrame, start: str, end: str) -> pd.Series:
    """Count the nights that people spent with each provider from one day to before another.

    Parameters
    ----------
    enrollments
        The table `hmis_enrollments`.
    start, end
        Days, such as ``"2025-01-01"``.

    Returns
    -------
    pandas.Series
        Nights by ``provider_id``. The night of the exit is not counted.

    Examples
    --------
    >>> stays = pd.DataFrame(
    ...     {"provider_id": ["P1", "P1"], "entry": ["2025-01-01", "2025-01-30"]}
    ... ).assign(exit=["2025-01-04", None])
    >>> bed_nights(stays, "2025-01-01", "2025-02-01").to_dict()
    {'P1': 5}
    """
    first, last = np.datetime64(start), np.datetime64(end)
    entry = _days(enrollments["entry"], last)
    leave = _days(enrollments["exit"], last)
    nights = np.minimum(leave, last) - np.maximum(entry, first)
    counted = np.maximum(nights.astype(np.int64), 0)
    return pd.Series(counted).groupby(enrollments["provider_id"].to_numpy()).sum()


def _days(texts: pd.Series, missing: np.datetime64) -> npt.NDArray[np.datetime64]:
    return texts.fillna(str(missing)).to_numpy(dtype="datetime64[D]")


def _notes(rows: int, seed: int) -> list[str | None]:
    random = stream(seed, "contract_quarters")
    chosen = random.integers(len(NOTES), size=rows)
    noted = random.random(rows) < NOTED_SHARE
    return [NOTES[k] if note else None for k, note in zip(chosen, noted, strict=True)]
