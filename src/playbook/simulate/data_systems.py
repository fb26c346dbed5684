"""What systems the city's departments hold: `data_inventory`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.simulate.world import stream

# Names of the systems; a star marks those that hold facts about people who can be named.
_SYSTEMS = {
    "Mayor's Office of Results": (
        7,
        "Result scorecard; Indicator series; Meeting notes; Action tracker; Grant pledges; "
        "Peer city figures; Press releases; Council questions",
    ),
    "Data and 311": (
        12,
        "Service requests; Call recordings*; Call waiting times; Address list; Street map; "
        "Neighborhood profiles; Web visits; Open data catalog; Knowledge articles; "
        "Staff shifts*; Survey answers*; Data sharing agreements",
    ),
    "Public Works": (
        9,
        "Pavement ratings; Sidewalk ramps; Trash routes; Street sweeping; Streetlights; "
        "Traffic signals; Water main breaks; Lead service lines; Snow plowing; Work orders; "
        "Vehicle fleet; Dig permits",
    ),
    "Fire and Rescue": (
        6,
        "Fire incidents; Medical calls*; Smoke alarm visits*; Hydrant tests; Building plans; "
        "Crew training*; Fire deaths*; Response times; Engine repairs; Hazard sites",
    ),
    "Human Services and Housing": (
        6,
        "Shelter stays*; Rent help*; Meals delivered*; Home repair loans*; Child care seats; "
        "Heat checks*; Benefit sign-ups*; Provider contracts; Senior centers; "
        "Affordable homes; Clinic visits*",
    ),
    "Planning": (
        8,
        "Zoning map; Building permits; Vacant lots; Land use; Historic sites; Flood map; "
        "Housing plans; Bus stops; Hearing notices; Short-term rentals",
    ),
    "Parks and Forestry": (
        5,
        "Tree census; Park inspections; Playgrounds; Program sign-ups*; Pool visits; Trails; "
        "Community gardens; Tree trimming; Park rangers' log",
    ),
    "Finance and Budget": (
        11,
        "Adopted budget; Spending; Payroll*; Property tax; Debt; Grants received; Bills paid; "
        "Water bills*; Fees and fines*; Pensions*; Capital projects; Audit findings",
    ),
    "Procurement": (
        5,
        "Contracts; Bids; Vendors; Small business list; Purchase cards; Contract changes; "
        "Protests; Vendor reviews",
    ),
    "Community Engagement": (
        3,
        "Meeting sign-in sheets*; Comment cards*; Neighborhood groups; Translation requests; "
        "Event calendar; Volunteer list*; Newsletter list*; Ballots of the budget vote",
    ),
    "Code Enforcement": (
        6,
        "Housing complaints*; Inspections; Unsafe buildings; Rental licenses; Weed notices; "
        "Liens; Hearing results; Boarded homes; Sign permits; Noise complaints*",
    ),
    "Library": (
        8,
        "Library cards*; Checkouts; Computer sessions; Program visits; Tutoring*; Holds; "
        "Room bookings; Book purchases; Branch hours; Late fees*",
    ),
}
STEWARDS = ("Data steward", "Program manager", "Records manager", "Systems analyst")
# Share of each format among the systems.
FORMATS = {"Database": 0.34, "Spreadsheet": 0.34, "Vendor system": 0.20, "Paper or PDF": 0.12}
OPEN_SHARE = 0.55  # of the listed systems that hold nothing about people who can be named
LAST_DAY = np.datetime64("2026-01-14")
# Times that someone asked for a system's data in 2025: middle, and spread of the logarithm.
ASKED, ASKED_SPREAD, ASKED_MORE = 14, 0.9, 1.5


@dataclass(frozen=True)
class _System:
    department: str
    title: str
    personal: bool


def data_inventory(seed: int) -> pd.DataFrame:
    """Draw the table `data_inventory`: one row a system.

    Parameters
    ----------
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. Each department lists as many of its systems as
        designed; which ones is drawn.

    Examples
    --------
    >>> systems = data_inventory(7)
    >>> len(systems), int((systems["listed"] == "yes").sum())
    (120, 86)
    """
    random = stream(seed, "data_inventory")
    systems = _systems()
    listed: list[bool] = []
    for count, titles in _SYSTEMS.values():
        size = len(titles.split("; "))
        listed.extend(random.permutation(np.arange(size) < count))
    known = np.array(listed)
    personal = np.array([system.personal for system in systems])
    size = len(systems)
    is_open = known & ~personal & (random.random(size) < OPEN_SHARE)
    days = np.ceil(random.exponential(280, size)).clip(1, 4_000).astype(np.int64)
    quality = (92 - 12 * np.log10(days) + random.normal(0, 8, size)).round().clip(20, 99)
    asked = ASKED * np.where(personal, ASKED_MORE, 1)
    asked = asked * np.exp(random.normal(0, ASKED_SPREAD, size))
    updated = (LAST_DAY - days.astype("timedelta64[D]")).astype(str)
    steward = random.choice(STEWARDS, size)
    kinds = random.choice(list(FORMATS), size, p=list(FORMATS.values()))
    return pd.DataFrame(
        {
            "dataset_id": [f"S{number:03}" for number in range(1, size + 1)],
            "department": [system.department for system in systems],
            "title": [system.title for system in systems],
            "listed": np.where(known, "yes", "no"),
            "steward": pd.Series(steward, dtype="str").where(known),
            "contains_pii": np.where(personal, "yes", "no"),
            "updated_on": pd.Series(updated, dtype="str").where(known),
            "open": np.where(is_open, "yes", "no"),
            "format": kinds,
            "quality_score": np.where(known, quality, np.nan),
            "use_count": np.round(asked).astype(np.int64),
        }
    )


def _systems() -> list[_System]:
    return [
        _System(department, title.removesuffix("*"), title.endswith("*"))
        for department, (_, titles) in _SYSTEMS.items()
        for title in titles.split("; ")
    ]
