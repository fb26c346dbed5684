"""Service requests of 2025: `requests_311`, and one month of it as a raw export."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, Integers, World, stream

FIRST_MINUTE = np.datetime64("2025-01-01T00:00", "m")
AS_OF = np.datetime64("2026-01-15T00:00", "m")
DAY = 24 * 60
DAYS_OF_2025 = 365
YEAR_STARTS_ON = 2  # 1 January 2025 was a Wednesday; Monday is 0


@dataclass(frozen=True)
class RequestType:
    """One kind of request.

    Parameters
    ----------
    name
        As stored in the table.
    median_days
        Median wait at average hardship.
    stuck
        Share that nobody ever closes.
    share_at_high, share_at_low
        Share of all requests where hardship is highest, and where it is lowest.
    """

    name: str
    median_days: float
    stuck: float
    share_at_high: float
    share_at_low: float


# Places with high hardship ask for fast jobs most: that mix is what hides their longer waits.
REQUEST_TYPES = (
    RequestType("Missed collection", 2, 0.008, 0.46, 0.10),
    RequestType("Graffiti", 3, 0.012, 0.16, 0.06),
    RequestType("Illegal dumping", 7, 0.025, 0.17, 0.06),
    RequestType("Pothole", 9, 0.025, 0.11, 0.30),
    RequestType("Streetlight", 14, 0.040, 0.06, 0.26),
    RequestType("Tree trimming", 24, 0.060, 0.04, 0.22),
)
MIX_SLOPE = 1.6
WAIT_SPREAD = 0.75  # standard deviation of the logarithm of days
WAIT_SLOPE = 0.10  # waits are 10 percent longer per point of hardship
REQUESTS_PER_RESIDENT = 0.229
REQUESTS_SLOPE = -0.32

# Other residents report the same problem, while it is open and within days.
REPEATS_PER_REQUEST = 0.064
REPEAT_WITHIN_DAYS = 6

WEEKDAY_WEIGHTS = np.array([1.15, 1.10, 1.05, 1.05, 1.00, 0.60, 0.50])
# Requests by hour of the day, from midnight: few at night, most in the morning.
HOUR_WEIGHTS = np.array([
    0.2, 0.1, 0.1, 0.1, 0.2, 0.6, 2.0, 5.0, 9.0, 10.0, 10.0, 9.0,
    8.0, 8.0, 8.0, 7.0, 6.5, 5.0, 3.5, 2.8, 2.0, 1.5, 0.9, 0.5,
])  # fmt: skip

# Channel: log-odds at average voice, and change per point of voice.
CHANNELS = {"phone": (0.80, -0.35), "app": (0.50, 0.25), "web": (0.0, 0.20), "staff": (-1.0, 0.0)}

# The raw export of one month, and how many of its rows get each planted fault. No row gets two.
RAW_MONTH = "2025-03"
REPEATED_ROWS = 41
CLOSED_BEFORE_OPENED = 23
UNKNOWN_NEIGHBORHOODS = 17
DATES_OF_1900 = 12
UNKNOWN_CODES = ("N00", "N65", "N71", "N99")

EFFECTS = (
    Effect(
        "wait_slope",
        "requests_311",
        100 * WAIT_SLOPE,
        "percent",
        "How much longer every kind of request waits for each point of hardship.",
    ),
)


def requests_311(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `requests_311`: one row a request of 2025, as known on the extract's day.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them, in order of time. `closed_at` is missing when the
        request is still open, `duplicate_of` when it is not a repeat.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> requests = requests_311(make_world(7), 7)
    >>> requests["opened_at"].min().year, requests["opened_at"].max().year
    (2025, 2025)
    """
    random = stream(seed, "requests_311")
    rows = _add_repeats(_first_reports(world, random), random)
    place = rows["place"].to_numpy()
    channel = _choose(_channel_shares(world)[place], random)
    ids = "25-" + (rows.index + 1).astype("str").str.zfill(5)
    opened, closed = (
        FIRST_MINUTE + rows[event].to_numpy().astype("timedelta64[m]")
        for event in ("opened", "closed")
    )
    closed[rows["stuck"].to_numpy() | (closed > AS_OF)] = np.datetime64("NaT")
    return pd.DataFrame(
        {
            "request_id": ids,
            "neighborhood_id": world.neighborhood_id[place],
            "request_type": np.array([kind.name for kind in REQUEST_TYPES])[rows["kind"]],
            "opened_at": opened.astype("datetime64[us]"),
            "closed_at": closed.astype("datetime64[us]"),
            "channel": np.array(list(CHANNELS))[channel],
            "duplicate_of": ids.to_series(index=rows.index).reindex(rows["repeats"]).to_numpy(),
        }
    ).astype({"duplicate_of": "str"})


def _first_reports(world: World, random: np.random.Generator) -> pd.DataFrame:
    """Draw every problem once: place, kind, minutes opened and closed, and whether it is stuck."""
    expected = REQUESTS_PER_RESIDENT * world.residents * np.exp(REQUESTS_SLOPE * world.hardship)
    place = np.repeat(np.arange(len(world.name)), random.poisson(expected))
    kind = _choose(_mix(world)[place], random)
    opened = _opening_minutes(len(place), random)
    median = np.array([kind.median_days for kind in REQUEST_TYPES])[kind]
    log_days = np.log(median) + WAIT_SLOPE * world.hardship[place]
    days = np.exp(random.normal(log_days, WAIT_SPREAD))
    stuck = np.array([kind.stuck for kind in REQUEST_TYPES])[kind]
    return pd.DataFrame(
        {
            "place": place,
            "kind": kind,
            "opened": opened,
            "closed": opened + np.ceil(days * DAY).astype(np.int64),
            "stuck": random.random(len(place)) < stuck,
        }
    )


def _mix(world: World) -> Floats:
    """Share of each kind of request in each place: one row a place, one column a kind."""
    weight = 1 / (1 + np.exp(-MIX_SLOPE * world.hardship))[:, np.newaxis]
    high = np.array([kind.share_at_high for kind in REQUEST_TYPES])
    low = np.array([kind.share_at_low for kind in REQUEST_TYPES])
    return np.asarray(low * (1 - weight) + high * weight)


def _channel_shares(world: World) -> Floats:
    """Share of each channel in each place: one row a place, one column a channel."""
    level, slope = np.array(list(CHANNELS.values())).T
    odds = np.exp(level + slope * world.voice[:, np.newaxis])
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def _choose(shares: Floats, random: np.random.Generator) -> Integers:
    """Draw one column for each row, with the row's own shares."""
    steps = shares.cumsum(axis=1)
    drawn = random.random((len(shares), 1)) * steps[:, -1:]
    return np.asarray((drawn >= steps).sum(axis=1))


def _opening_minutes(count: int, random: np.random.Generator) -> Integers:
    """Draw minutes of 2025, counted from its first: fewer on weekends and at night."""
    by_day = WEEKDAY_WEIGHTS[(np.arange(DAYS_OF_2025) + YEAR_STARTS_ON) % 7]
    day = random.choice(DAYS_OF_2025, count, p=by_day / by_day.sum())
    hour = random.choice(24, count, p=HOUR_WEIGHTS / HOUR_WEIGHTS.sum())
    return np.asarray(day * DAY + hour * 60 + random.integers(60, size=count))


def _add_repeats(first: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Add repeat reports, sort by time, and number the rows.

    `repeats` is the row number of the first report, or -1. A repeat closes with its first report.
    """
    source = np.repeat(np.arange(len(first)), random.poisson(REPEATS_PER_REQUEST, len(first)))
    again = first.iloc[source].copy()
    window = np.minimum(again["closed"] - again["opened"], REPEAT_WITHIN_DAYS * DAY)
    delay = np.ceil(window * random.uniform(0.01, 0.90, len(again))).astype("int64")
    again["opened"] += delay
    again["source"] = source
    again = again[again["opened"] < DAYS_OF_2025 * DAY]
    rows = pd.concat([first.assign(source=-1), again], ignore_index=True)
    rows["row"] = rows.index
    rows = rows.sort_values(["opened", "row"], ignore_index=True)
    new_number = np.empty(len(rows), np.int64)
    new_number[rows["row"]] = rows.index
    is_repeat = rows["source"] >= 0
    rows["repeats"] = np.where(is_repeat, new_number[rows["source"]], -1)
    return rows


def requests_311_raw(requests: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Take one month of requests and plant the faults that real exports have.

    Parameters
    ----------
    requests
        The clean table.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        The requests of `RAW_MONTH` in the same columns, with `CLOSED_BEFORE_OPENED` rows closed
        before they opened, `UNKNOWN_NEIGHBORHOODS` codes that no place has, `DATES_OF_1900`
        opening dates of 1900, and `REPEATED_ROWS` rows that stand there twice.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> raw = requests_311_raw(requests_311(make_world(7), 7), 7)
    >>> int(raw.duplicated().sum()), int((raw["opened_at"].dt.year == 1900).sum())
    (41, 12)
    """
    random = stream(seed, "requests_311_raw")
    month = requests[requests["opened_at"].dt.strftime("%Y-%m") == RAW_MONTH]
    raw = month.reset_index(drop=True)
    # Only closed requests can close too early; taking all faults from them keeps faults apart.
    candidates = np.flatnonzero(raw["closed_at"].notna())
    counts = (REPEATED_ROWS, CLOSED_BEFORE_OPENED, UNKNOWN_NEIGHBORHOODS, DATES_OF_1900)
    chosen = random.choice(candidates, sum(counts), replace=False)
    twice, early, unknown, old = np.split(chosen, np.cumsum(counts)[:-1])

    minutes = random.integers(5, 3 * DAY, size=len(early)).astype("timedelta64[m]")
    raw.loc[early, "closed_at"] = raw.loc[early, "opened_at"] - minutes
    raw.loc[unknown, "neighborhood_id"] = random.choice(UNKNOWN_CODES, len(unknown))
    raw.loc[old, "opened_at"] = pd.Timestamp("1900-01-01")
    rows = np.sort(np.concatenate([np.arange(len(raw)), twice]))
    export: pd.DataFrame = raw.iloc[rows].reset_index(drop=True)
    return export
