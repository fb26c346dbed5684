"""What the city counts about itself: 12 indicators of how residents fare, 34 of what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["higher", "lower"]

HEALTH = "Residents live long and healthy lives"
CHILDREN = "Children get a good start"
HOMES = "Everyone has a safe home they can afford"
WORK = "Residents earn enough to live on"
STREETS = "Streets and parks are safe and pleasant"
TRUST = "Residents trust city hall and are heard"

# Deaths that good care or good prevention can avoid, as the lists of the OECD and Eurostat count
# them: before age 75.
AVOIDABLE_DEATHS = "I01"
AVOIDABLE_VISITS = "I02"


@dataclass(frozen=True)
class Indicator:
    """One number about the whole population.

    Parameters
    ----------
    id, name, result, unit, better
        As stored in the table; `better` is the direction that is good for residents.
    scores
        Communication, proxy and data power: 1 to 3 points each.
    first, change
        Value of the first year, and true change a year; 0 where other tables give the value.
    base
        How many people or homes it is measured among.
    """

    id: str
    name: str
    result: str
    unit: str
    better: Direction
    scores: tuple[int, int, int]
    first: float = 0
    change: float = 0
    base: int = 0


@dataclass(frozen=True)
class Activity:
    """One number about what a department does.

    Parameters
    ----------
    name, department, result, unit, better
        As stored in the table.
    kind
        The question it answers: ``"how much"``, ``"how well"`` or ``"better off"``.
    target
        What the department aims for in each year.
    base
        How many cases a year it is measured among; 0 for a plain count.
    met
        Whether the department reaches the target in the last four years.
    """

    name: str
    department: str
    result: str
    kind: str
    unit: str
    better: Direction
    target: float
    base: int = 0
    met: bool = True


# Only the first has all nine points, so the screen of a lesson finds it. One more says a lot and is
# understood by all, but its figures are weaker.
INDICATORS = (
    Indicator(
        AVOIDABLE_DEATHS,
        "Avoidable deaths before age 75, Eastbank and Mill Flats",
        HEALTH,
        "per 100,000",
        "lower",
        (3, 3, 3),
    ),
    Indicator(
        AVOIDABLE_VISITS, "Avoidable hospital visits", HEALTH, "per 10,000", "lower", (2, 3, 3)
    ),
    Indicator(
        "I03",
        "Births with care from the first three months",
        CHILDREN,
        "percent",
        "higher",
        (2, 2, 3),
        first=76.5,
        change=0.2,
        base=3_050,
    ),
    Indicator(
        "I04",
        "Children ready for kindergarten",
        CHILDREN,
        "percent",
        "higher",
        (3, 2, 2),
        first=54.0,
        change=0.4,
        base=2_650,
    ),
    Indicator(
        "I05",
        "Young people who finish high school in four years",
        CHILDREN,
        "percent",
        "higher",
        (3, 2, 3),
        first=80.5,
        change=0.4,
        base=2_400,
    ),
    Indicator(
        "I06",
        "Adults from 25 to 54 who have a job",
        WORK,
        "percent",
        "higher",
        (2, 3, 2),
        first=77.0,
        change=0.1,
        base=9_800,
    ),
    Indicator(
        "I07",
        "Renters who pay half of their income or more",
        HOMES,
        "percent",
        "lower",
        (3, 3, 2),
        first=23.5,
        change=0.3,
        base=5_200,
    ),
    Indicator(
        "I08",
        "Evictions filed for each 1,000 rented homes",
        HOMES,
        "per 1,000",
        "lower",
        (2, 2, 3),
        first=58.0,
        change=-0.3,
        base=53_400,
    ),
    Indicator(
        "I09",
        "People badly hurt or killed in traffic",
        STREETS,
        "per 100,000",
        "lower",
        (3, 2, 2),
        first=62.0,
        change=0,
        base=248_000,
    ),
    Indicator(
        "I10",
        "Residents who live ten minutes or less from a park on foot",
        STREETS,
        "percent",
        "higher",
        (2, 1, 3),
        first=68.0,
        change=0.6,
        base=248_000,
    ),
    Indicator(
        "I11",
        "Residents who feel safe on their street at night",
        STREETS,
        "percent",
        "higher",
        (3, 2, 1),
        first=61.0,
        change=-0.1,
        base=1_210,
    ),
    Indicator(
        "I12",
        "Residents who say that city hall listens",
        TRUST,
        "percent",
        "higher",
        (3, 2, 1),
        first=38.0,
        change=-0.2,
        base=1_210,
    ),
)

_RESULTS, _DATA, _WORKS = "Mayor's Office of Results", "Data and 311", "Public Works"
_FIRE, _HUMAN, _PLANNING = "Fire and Rescue", "Human Services and Housing", "Planning"
_PARKS, _FINANCE, _BUYING = "Parks and Forestry", "Finance and Budget", "Procurement"
_ENGAGE, _CODE, _LIBRARY = "Community Engagement", "Code Enforcement", "Library"
_MUCH, _WELL, _BETTER = "how much", "how well", "better off"

# Most ask how much or how well. Only five ask whether anyone is better off, and three of those
# miss their targets.
ACTIVITIES = (
    Activity("Result meetings held", _RESULTS, TRUST, _MUCH, "number", "higher", 24),
    Activity(
        "Dashboards brought up to date on time", _RESULTS, TRUST, _WELL, "percent", "higher", 82, 96
    ),
    Activity("Calls to 311 answered", _DATA, TRUST, _MUCH, "number", "higher", 150_000),
    Activity(
        "Calls answered within one minute", _DATA, TRUST, _WELL, "percent", "higher", 80, 158_000
    ),
    Activity("Data sets published", _DATA, TRUST, _MUCH, "number", "higher", 40),
    Activity("Miles of streets swept", _WORKS, STREETS, _MUCH, "number", "higher", 9_000),
    Activity("Days to repair a signal", _WORKS, STREETS, _WELL, "days", "lower", 4, 1_150),
    Activity("Miles of sidewalk repaired", _WORKS, STREETS, _MUCH, "number", "higher", 60),
    Activity(
        "Trash routes finished on time", _WORKS, STREETS, _WELL, "percent", "higher", 84, 15_600
    ),
    Activity("Safety visits to homes", _FIRE, HOMES, _MUCH, "number", "higher", 1_500),
    Activity(
        "Medical calls reached within six minutes",
        _FIRE,
        HEALTH,
        _WELL,
        "percent",
        "higher",
        82,
        19_400,
    ),
    Activity("Hours of crew training", _FIRE, HEALTH, _MUCH, "number", "higher", 38_000),
    Activity("Meals served", _HUMAN, HEALTH, _MUCH, "number", "higher", 210_000),
    Activity("Families that got help with rent", _HUMAN, HOMES, _MUCH, "number", "higher", 1_900),
    Activity("Days to decide on rent help", _HUMAN, HOMES, _WELL, "days", "lower", 12, 2_600),
    Activity(
        "Families still housed a year after rent help",
        _HUMAN,
        HOMES,
        _BETTER,
        "percent",
        "higher",
        80,
        1_900,
        met=False,
    ),
    Activity("Flu shots given at city clinics", _HUMAN, HEALTH, _MUCH, "number", "higher", 8_200),
    Activity("Permits issued", _PLANNING, HOMES, _MUCH, "number", "higher", 3_100),
    Activity("Days to decide on a permit", _PLANNING, HOMES, _WELL, "days", "lower", 30, 3_300),
    Activity(
        "Plans that met every due date", _PLANNING, TRUST, _WELL, "percent", "higher", 78, 120
    ),
    Activity("Trees planted", _PARKS, STREETS, _MUCH, "number", "higher", 2_200),
    Activity("Parks that passed inspection", _PARKS, STREETS, _WELL, "percent", "higher", 85, 148),
    Activity(
        "Young people who swim after summer lessons",
        _PARKS,
        CHILDREN,
        _BETTER,
        "percent",
        "higher",
        70,
        940,
    ),
    Activity("Bills paid within 30 days", _FINANCE, TRUST, _WELL, "percent", "higher", 85, 31_000),
    Activity("Budget reports sent on time", _FINANCE, TRUST, _WELL, "percent", "higher", 83, 48),
    Activity("Contracts signed", _BUYING, TRUST, _MUCH, "number", "higher", 420),
    Activity("Days to award a contract", _BUYING, TRUST, _WELL, "days", "lower", 95, 430),
    Activity("Meetings with residents", _ENGAGE, TRUST, _MUCH, "number", "higher", 180),
    Activity(
        "Residents who heard back after a meeting",
        _ENGAGE,
        TRUST,
        _BETTER,
        "percent",
        "higher",
        65,
        1_240,
        met=False,
    ),
    Activity("Homes inspected", _CODE, HOMES, _MUCH, "number", "higher", 6_400),
    Activity(
        "Homes safe again half a year after a notice",
        _CODE,
        HOMES,
        _BETTER,
        "percent",
        "higher",
        75,
        1_480,
        met=False,
    ),
    Activity("Visits to the library", _LIBRARY, CHILDREN, _MUCH, "number", "higher", 900_000),
    Activity("Days until a hold is ready", _LIBRARY, CHILDREN, _WELL, "days", "lower", 9, 61_000),
    Activity(
        "Children who read better after tutoring",
        _LIBRARY,
        CHILDREN,
        _BETTER,
        "percent",
        "higher",
        68,
        610,
    ),
)
