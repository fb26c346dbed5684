"""What city hall counts month by month: `monthly_metrics`, and what happened when: `events`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.measures.seasonal_line import seasonal_design
from playbook.simulate.effects import Effect
from playbook.simulate.world import DISTRICTS, Floats, World, stream

FIRST_YEAR, LAST_YEAR = 2020, 2025
MONTHS = tuple(
    f"{year}-{month:02}" for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in range(1, 13)
)
YEAR = 12

# Missed collections in the whole city: first month, change a month, half the way from the best to
# the worst season, month of the worst (0 is January), and how far a month strays by chance.
MISSED_FIRST, MISSED_TREND = 255.0, -1.3
MISSED_SEASON, MISSED_PEAK, MISSED_SPREAD = 18.0, 1, 8.0
MISSED_SLOPE = 0.15
NEW_ROUTES = "2022-05"
# How much of the luck that looks like a change in that very month is kept. With all of it, one city
# of this design in twenty would seem to have a jump there.
LUCK_KEPT = 0.3
COLLECTIONS_A_MONTH = 4.33

# Visits to the emergency room for asthma, for 1,000 residents and month at average hardship.
ASTHMA_RATE, ASTHMA_SLOPE = 0.92, 0.5
ASTHMA_SEASON, ASTHMA_PEAK = 0.18, 9
PILOT, PILOT_DISTRICT = "2023-01", "Mill Flats"
PILOT_PLACES = ("N09", "N10", "N11", "N12", "N13", "N14")
PILOT_EFFECT = -0.36  # in the six places: a little more than a third fewer visits, from then on

PHONES_FAILED, PHONES_FACTOR = "2024-03", 1.8


@dataclass(frozen=True)
class Metric:
    """A count out of a number of chances, the same year in, year out.

    Parameters
    ----------
    name
        As stored in the table.
    chances
        For 1,000 residents and month: trips, calls, accounts. 0 stands for the residents.
    share
        Share of them that is counted, at average hardship.
    slope
        Change of that share's logarithm per point of hardship.
    season, peak
        Share by which the worst month lies above the average, and which month that is.
    """

    name: str
    chances: float
    share: float
    slope: float
    season: float
    peak: int


STEADY = (
    Metric("calls_unanswered", 32, 0.085, 0.05, 0.0, 0),
    Metric("inspections_overdue", 4.5, 0.21, 0.10, 0.0, 0),
    Metric("late_buses", 58, 0.14, 0.08, 0.0, 0),
    Metric("library_visits", 0, 0.30, -0.10, 0.10, 2),
    Metric("potholes_late", 1.6, 0.24, 0.15, 0.35, 3),
    Metric("water_shutoffs", 400, 0.0021, 0.55, 0.15, 5),
)

EVENTS = (
    ("2020-02", "The data office begins to publish these counts", "Whole city", None),
    ("2021-07", "A week of great heat", "Whole city", None),
    ("2021-09", "Recovery money arrives", "Whole city", None),
    (NEW_ROUTES, "New routes for trash collection", "Whole city", "missed_collections"),
    (PILOT, "A pilot repairs homes in six neighborhoods", PILOT_DISTRICT, "asthma_er_visits"),
    ("2023-11", "Election", "Whole city", None),
    ("2024-01", "A second mayor takes office", "Whole city", None),
    (PHONES_FAILED, "The phones of 311 fail for nine days", "Whole city", "calls_unanswered"),
    ("2025-04", "Residents vote on a part of the budget", "Whole city", None),
    ("2025-09", "Text messages invite to a free check-up", "Whole city", None),
)

EFFECTS = (
    Effect(
        "routes_missed_collections",
        "monthly_metrics",
        0.0,
        "collections a month",
        "The new routes of May 2022 change nothing: missed collections fell before and after.",
    ),
    Effect(
        "routes_missed_trend",
        "monthly_metrics",
        MISSED_TREND,
        "collections a month",
        "Missed collections fall by this much every month, before the new routes and after.",
    ),
    Effect(
        "repairs_asthma_visits",
        "monthly_metrics",
        100 * PILOT_EFFECT,
        "percent",
        "In the six places of the pilot, asthma visits drop by this share from January 2023 on.",
    ),
    Effect(
        "phones_unanswered",
        "monthly_metrics",
        PHONES_FACTOR,
        "times",
        "In March 2024 so many times as many calls to 311 stay unanswered.",
    ),
)


def metric_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the tables of months and events.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Not used: the months draw on no other table.
    seed
        Root seed.

    Returns
    -------
    dict
        `monthly_metrics` and `events`.
    """
    return {"monthly_metrics": monthly_metrics(world, seed), "events": events()}


def monthly_metrics(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `monthly_metrics`: one row a month, metric and district.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> months = monthly_metrics(make_world(7), 7)
    >>> len(months), months["metric_id"].nunique(), months["month"].iloc[[0, -1]].tolist()
    (4608, 8, ['2020-01', '2025-12'])
    """
    random = stream(seed, "monthly_metrics")
    districts = sorted(DISTRICTS)
    counts = {
        "missed_collections": _missed_collections(world, districts, random),
        "asthma_er_visits": _asthma_visits(world, districts, random),
    }
    counts |= {metric.name: _steady(metric, world, districts, random) for metric in STEADY}
    rows = pd.MultiIndex.from_product(
        [MONTHS, sorted(counts), districts], names=["month", "metric_id", "district"]
    )
    # Months, metrics, districts.
    value, chances = (
        np.stack([counts[name][part] for name in sorted(counts)], axis=1) for part in (0, 1)
    )
    return rows.to_frame(index=False).assign(
        value=value.ravel().astype(np.int64), n=chances.ravel().astype(np.int64)
    )


def events() -> pd.DataFrame:
    """Give the table `events`: one row an event, in the order of the months.

    Examples
    --------
    >>> events()[["month", "event"]].iloc[3].tolist()
    ['2022-05', 'New routes for trash collection']
    """
    columns = ["month", "event", "district", "metric_id"]
    return pd.DataFrame(list(EVENTS), columns=columns).astype("str")


def _missed_collections(
    world: World, districts: list[str], random: np.random.Generator
) -> tuple[Floats, Floats]:
    households = _sums(world, world.households, districts)
    weight = households * np.exp(MISSED_SLOPE * _hardship(world, districts))
    share = weight / weight.sum()
    month = np.arange(len(MONTHS))
    city = MISSED_FIRST + MISSED_TREND * month + MISSED_SEASON * _season(MISSED_PEAK)
    # The spreads of the districts add up to that of the city.
    strays = random.normal(0, MISSED_SPREAD, (len(MONTHS), len(districts))) * np.sqrt(share)
    lucky = (1 - LUCK_KEPT) * _luck_of_change(strays.sum(axis=1), MONTHS.index(NEW_ROUTES))
    value = np.round(np.outer(city - lucky, share) + strays).clip(0)
    return value, np.tile(np.round(households * COLLECTIONS_A_MONTH), (len(MONTHS), 1))


def _luck_of_change(strays: Floats, first: int) -> Floats:
    """Give the part of the luck that looks like a change of level and of trend at one month."""
    design = seasonal_design(len(strays), "harmonic", first)
    coefficients, *_ = np.linalg.lstsq(design, strays)
    change: Floats = design[:, 2:4] @ coefficients[2:4]
    return change


def _asthma_visits(
    world: World, districts: list[str], random: np.random.Generator
) -> tuple[Floats, Floats]:
    residents = _sums(world, world.residents, districts)
    rate = ASTHMA_RATE / 1_000 * np.exp(ASTHMA_SLOPE * _hardship(world, districts))
    expected = np.outer(1 + ASTHMA_SEASON * _season(ASTHMA_PEAK), residents * rate)
    in_pilot = np.isin(world.neighborhood_id, PILOT_PLACES)
    column = districts.index(PILOT_DISTRICT)
    reached = world.residents[in_pilot].sum() / residents[column]
    expected[MONTHS.index(PILOT) :, column] *= 1 + PILOT_EFFECT * reached
    return random.poisson(expected).astype(float), np.tile(residents, (len(MONTHS), 1))


def _steady(
    metric: Metric, world: World, districts: list[str], random: np.random.Generator
) -> tuple[Floats, Floats]:
    residents = _sums(world, world.residents, districts)
    chances = np.tile(np.round(residents * (metric.chances or 1_000) / 1_000), (len(MONTHS), 1))
    share = metric.share * np.exp(metric.slope * _hardship(world, districts))
    shares = np.outer(1 + metric.season * _season(metric.peak), share)
    if metric.name == "calls_unanswered":
        shares[MONTHS.index(PHONES_FAILED)] *= PHONES_FACTOR
    return random.binomial(chances.astype(np.int64), shares).astype(float), chances


def _season(peak: int) -> Floats:
    """Give a wave of one year for each month: 1 in the month of the peak, -1 half a year later."""
    return np.cos(2 * np.pi * (np.arange(len(MONTHS)) - peak) / YEAR)


def _sums(world: World, amounts: np.ndarray, districts: list[str]) -> Floats:
    return np.array([float(amounts[world.district == name].sum()) for name in districts])


def _hardship(world: World, districts: list[str]) -> Floats:
    return np.array([world.hardship[world.district == name].mean() for name in districts])
