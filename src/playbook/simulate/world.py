"""What Port Alder is before any table is drawn: its places, and what is true of each of them.

Three hidden scores drive the whole city. `hardship` is high where residents have the fewest
resources; `voice` is how readily residents report, answer and vote; `heat` is how hot a summer day
gets. Tables show their traces only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SEED = 64

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Texts = npt.NDArray[np.str_]

# Each table draws from a stream of its own, so adding a table never changes another.
# Never reuse or renumber one: every table drawn from it would change.
STREAMS = {
    "world": 1000,
    "heat_of_places": 1001,
    "neighborhoods": 1,
    "acs_profile": 2,
    "population_age": 3,
    "population_age_race": 103,
    "deaths": 4,
    "avoidable_hospital": 7,
    "birth_outcomes": 8,
    "burdens": 9,
    "requests_311": 10,
    "requests_311_raw": 110,
    "hazard_audit": 11,
    "street_segments": 111,
    "survey_responses": 12,
    "comments": 13,
    "pb_projects": 14,
    "pb_votes": 114,
    "assets": 15,
    "organizations": 16,
    "ties": 116,
    "table_attendance": 216,
    "commitments": 316,
    "clients_in_common": 416,
    "address_contacts": 17,
    "plan_strategies": 117,
    "funding_sources": 18,
    "funding_uses": 118,
    "eligibility": 218,
    "hospital_benefit": 19,
    "hospital_finances": 119,
    "anchor_spend": 219,
    "cdfi_loans": 319,
    "city_budget": 419,
    "hmis_enrollments": 20,
    "contract_quarters": 220,
    "blocks": 21,
    "alarm_survey": 121,
    "fires": 221,
    "installs": 321,
    "mobility_panel": 22,
    "opportunity": 122,
    "sms_trial": 23,
    "sms_pilot": 123,
    "monthly_metrics": 24,
    "heat": 25,
    "policy_scan": 26,
    "option_scores": 126,
    "stakeholders": 226,
    "household_incidence": 27,
    "initiatives": 28,
    "peer_cities": 29,
    "capacity_responses": 30,
    "data_inventory": 230,
    "indicators": 330,
    "indicator_series": 430,
}

# Districts from the highest hardship to the lowest: average score, and the names of their places.
DISTRICTS = {
    "Eastbank": (
        1.5,
        "Lantern Row, Saltmarket, Drydock, Ropewalk, Ferry Hill, Tidewell, Cannery, Marsh End",
    ),
    "Mill Flats": (
        1.1,
        "Loomside, Weir Court, Shuttle Park, Dyer's Bend, Millrace, Sluice, Carding, Bobbin Hill",
    ),
    "Foundry": (
        0.7,
        "Crucible, Anvil Park, Signal Point, Ladle, Furnace Green, Patternmakers, Cupola, Ingot",
    ),
    "Southgate": (
        0.2,
        "Tollbar, Orchard Lane, Quarry, Beacon, Brickfield, Meadow Gate, Kiln, Drover's",
    ),
    "Midtown": (
        -0.2,
        "Exchange, Courthouse, Station, Market Square, Garrick, Printers, Mercer, Arcade",
    ),
    "University": (
        -0.6,
        "Chapel Green, Library Hill, Observatory, Quad, Botanic, Scholars, Ferncliff, Bell Tower",
    ),
    "Lakeside": (
        -1.1,
        "Boathouse, Heron, Willow Shore, Causeway, Regatta, Lantern Bay, Pierhead, Cygnet",
    ),
    "Highland": (
        -1.6,
        "Summit, Ridgeway, Larkrise, Birchwood, Old Reservoir, Fairway, Stonecross, Vista",
    ),
}
PLACES_PER_DISTRICT = 8
PLACES = PLACES_PER_DISTRICT * len(DISTRICTS)
HARDSHIP_SPREAD = 0.35

# One tiny place a district, so that size has nothing to do with hardship.
TINY = (5, 14, 21, 29, 37, 44, 50, 60)
TINY_RESIDENTS = (650, 1100)
RESIDENTS = 248_003
PEOPLE_PER_HOUSEHOLD = 2.45

# The river runs north to south between the two halves. Each row holds two districts, west and east.
DISTRICT_ROWS = (
    ("Highland", "Eastbank"),
    ("Lakeside", "Mill Flats"),
    ("University", "Foundry"),
    ("Midtown", "Southgate"),
)
BLOCK_ROWS, BLOCK_COLUMNS = 2, 4


@dataclass(frozen=True, eq=False)
class World:
    """What is true of the 64 places. Every array has one entry a place, in the order of their ids.

    Parameters
    ----------
    neighborhood_id, name, district
        ``"N01"`` to ``"N64"``, the name, and the council district.
    hardship
        Standardized score: average 0, standard deviation 1. High means fewest resources.
    voice
        How readily residents report, answer and vote. Falls with hardship (correlation near -0.8).
    heat
        How hot a summer day gets. Rises with hardship (correlation near 0.8).
    residents, households
        Counts of people and of households.
    tile_row, tile_column
        Place on the tile map, counted from 0 at the north-west corner.
    """

    neighborhood_id: Texts
    name: Texts
    district: Texts
    hardship: Floats
    voice: Floats
    heat: Floats
    residents: Integers
    households: Integers
    tile_row: Integers
    tile_column: Integers


def stream(seed: int, table: str) -> np.random.Generator:
    """Open the random stream of one table.

    Parameters
    ----------
    seed
        Root seed of the city.
    table
        A key of `STREAMS`.

    Examples
    --------
    >>> first = stream(7, "acs_profile").integers(100, size=3)
    >>> again = stream(7, "acs_profile").integers(100, size=3)
    >>> bool((first == again).all())
    True
    """
    return np.random.default_rng([seed, STREAMS[table]])


def make_world(seed: int = SEED) -> World:
    """Make the places of the city.

    Parameters
    ----------
    seed
        Root seed. The shipped city uses `SEED`.

    Examples
    --------
    >>> world = make_world()
    >>> world.name[:2].tolist(), int(world.residents.sum())
    (['Lantern Row', 'Saltmarket'], 248003)
    """
    random = stream(seed, "world")
    averages = [average for average, _ in DISTRICTS.values()]
    hardship = np.repeat(averages, PLACES_PER_DISTRICT) + random.normal(0, HARDSHIP_SPREAD, PLACES)
    hardship = (hardship - hardship.mean()) / hardship.std()
    residents = _residents(random)
    voice = -0.8 * hardship + 0.6 * random.normal(size=PLACES)
    heat = 0.8 * hardship + 0.6 * stream(seed, "heat_of_places").normal(size=PLACES)
    district = np.repeat(list(DISTRICTS), PLACES_PER_DISTRICT)
    tile_row, tile_column = _tiles(district, hardship)
    return World(
        neighborhood_id=np.array([f"N{number:02}" for number in range(1, PLACES + 1)]),
        name=np.array([name for _, names in DISTRICTS.values() for name in names.split(", ")]),
        district=district,
        hardship=hardship,
        voice=voice,
        heat=heat,
        residents=residents,
        households=np.round(residents / PEOPLE_PER_HOUSEHOLD).astype(np.int64),
        tile_row=tile_row,
        tile_column=tile_column,
    )


def _residents(random: np.random.Generator) -> Integers:
    """Draw how many people live in each place; together exactly `RESIDENTS`."""
    share = np.exp(random.normal(0, 0.30, PLACES))
    tiny = random.integers(*TINY_RESIDENTS, size=len(TINY), endpoint=True)
    share[list(TINY)] = 0
    residents = np.round(share * (RESIDENTS - tiny.sum()) / share.sum()).astype(np.int64)
    residents[list(TINY)] = tiny
    # Rounding leaves a few people over; the largest place takes them.
    residents[residents.argmax()] += RESIDENTS - residents.sum()
    return np.asarray(residents)


def _tiles(district: Texts, hardship: Floats) -> tuple[Integers, Integers]:
    """Give each place a tile. The extremes of Highland and Eastbank meet at the river."""
    row, column = np.zeros(PLACES, np.int64), np.zeros(PLACES, np.int64)
    for block_row, pair in enumerate(DISTRICT_ROWS):
        for block_column, name in enumerate(pair):
            cells = [
                (block_row * BLOCK_ROWS + i, block_column * BLOCK_COLUMNS + j)
                for i in range(BLOCK_ROWS)
                for j in range(BLOCK_COLUMNS)
            ]
            places = np.flatnonzero(district == name)
            if name in ("Eastbank", "Highland"):
                river = BLOCK_COLUMNS - 0.5
                cells.sort(key=lambda cell: abs(cell[1] - river))
                places = places[np.argsort(-np.abs(hardship[places]))]
            row[places], column[places] = np.array(cells).T
    return row, column
