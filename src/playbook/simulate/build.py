"""Build the tables of Port Alder: in memory, or as the files of a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from playbook.simulate.alignment import alignment_tables
from playbook.simulate.anchors import anchor_tables
from playbook.simulate.assets import asset_tables
from playbook.simulate.ballots import ballot_tables, pb_file
from playbook.simulate.births import birth_tables
from playbook.simulate.burdens import burden_tables
from playbook.simulate.certification import certification_tables
from playbook.simulate.comments import comment_tables
from playbook.simulate.fire_risk import fire_risk_tables
from playbook.simulate.funding import funding_tables
from playbook.simulate.health import deaths, population_age
from playbook.simulate.heat import heat_tables
from playbook.simulate.homeless_services import homeless_service_tables
from playbook.simulate.hospital import avoidable_hospital
from playbook.simulate.incidence import incidence_tables
from playbook.simulate.lives import life_tables
from playbook.simulate.metrics import metric_tables
from playbook.simulate.mobility import mobility_tables
from playbook.simulate.modeled_health import modeled_health_tables
from playbook.simulate.partners import partner_tables
from playbook.simulate.peer_cities import peer_city_tables
from playbook.simulate.people import people_tables
from playbook.simulate.places import acs_profile, neighborhoods
from playbook.simulate.policy import policy_tables
from playbook.simulate.requests_311 import requests_311, requests_311_raw
from playbook.simulate.results import results_tables
from playbook.simulate.silence import silence_tables
from playbook.simulate.staying_power import staying_power_tables
from playbook.simulate.survey import survey_tables
from playbook.simulate.team import capacity_responses
from playbook.simulate.trials import trial_tables
from playbook.simulate.truth import truth_tables
from playbook.simulate.world import SEED, World, make_world

# Makes the tables of one theme from what is true of the places, the tables made before, and the
# root seed.
Theme = Callable[[World, Mapping[str, pd.DataFrame], int], dict[str, pd.DataFrame]]

THEMES: tuple[Theme, ...] = (
    results_tables,
    people_tables,
    modeled_health_tables,
    peer_city_tables,
    birth_tables,
    burden_tables,
    silence_tables,
    mobility_tables,
    survey_tables,
    comment_tables,
    certification_tables,
    ballot_tables,
    asset_tables,
    partner_tables,
    alignment_tables,
    funding_tables,
    anchor_tables,
    incidence_tables,
    staying_power_tables,
    homeless_service_tables,
    fire_risk_tables,
    trial_tables,
    metric_tables,
    heat_tables,
    policy_tables,
    truth_tables,
)

# The budget vote once more, as cities that use Pabulib exchange it.
BUDGET_VOTE = "pb_2025.pb"
DATE_FORMAT = "%Y-%m-%d %H:%M"


def tables(seed: int = SEED) -> dict[str, pd.DataFrame]:
    """Make all tables of the city in memory.

    Parameters
    ----------
    seed
        Root seed. The shipped city uses `SEED`; any other seed makes a city of the same design.

    Returns
    -------
    dict
        Table by name, with the columns and types that a loaded city returns.

    Examples
    --------
    >>> list(tables(7))[:4]
    ['neighborhoods', 'acs_profile', 'requests_311', 'requests_311_raw']
    """
    world = make_world(seed)
    requests = requests_311(world, seed)
    population = population_age(world, seed)
    died = deaths(world, population, seed)
    expectancy, life_table = life_tables(population, died)
    made = {
        "neighborhoods": neighborhoods(world, seed),
        "acs_profile": acs_profile(world, seed),
        "requests_311": requests,
        "requests_311_raw": requests_311_raw(requests, seed),
        "population_age": population,
        "deaths": died,
        "life_expectancy": expectancy,
        "life_table": life_table,
        "avoidable_hospital": avoidable_hospital(world, seed),
        "capacity_responses": capacity_responses(seed),
    }
    for theme in THEMES:
        made |= theme(world, made, seed)
    return made


def build(folder: Path, seed: int = SEED) -> list[Path]:
    """Write all tables of the city as CSV files, and the budget vote as a Pabulib file too.

    The same seed always gives the same bytes.

    Parameters
    ----------
    folder
        Folder to write to. It is made when missing.
    seed
        Root seed. The shipped city uses `SEED`.

    Returns
    -------
    list of pathlib.Path
        The files written.
    """
    made = tables(seed)
    texts = {file_name(name): as_csv(table) for name, table in made.items()}
    texts[BUDGET_VOTE] = pb_file(made)
    paths = []
    for name, text in texts.items():
        paths.append(folder / name)
        paths[-1].parent.mkdir(parents=True, exist_ok=True)
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return paths


def file_name(table: str) -> str:
    """Name the file of a table; the truth stands in a folder of its own.

    Examples
    --------
    >>> file_name("deaths"), file_name("truth_places")
    ('deaths.csv', 'truth/places.csv')
    """
    part, _, rest = table.partition("_")
    return f"{part}/{rest}.csv" if part == "truth" else f"{table}.csv"


def as_csv(table: pd.DataFrame) -> str:
    r"""Turn a table into CSV text: Unix line ends, dates to the minute, empty where missing.

    Parameters
    ----------
    table
        Any table of the city.

    Examples
    --------
    >>> when = pd.to_datetime(["2025-03-01 08:30", None])
    >>> as_csv(pd.DataFrame({"id": ["a", "b"], "closed_at": when}))
    'id,closed_at\na,2025-03-01 08:30\nb,\n'
    """
    dates = table.select_dtypes("datetime").columns
    texts = {name: table[name].dt.strftime(DATE_FORMAT) for name in dates}
    text: str = table.assign(**texts).to_csv(index=False, lineterminator="\n")
    return text
