"""The projects that residents of Port Alder could vote for in 2025, in their own words."""

from __future__ import annotations

from dataclasses import dataclass

CITYWIDE = "Citywide"


@dataclass(frozen=True)
class Project:
    """One project on the ballot.

    Parameters
    ----------
    district
        Where it would be, or `CITYWIDE`.
    name, category, proposer
        As stored in the table.
    thousands
        What it costs in thousands of dollars, before the estimate of the year.
    """

    district: str
    name: str
    category: str
    proposer: str
    thousands: int


# Three large projects, which all of the city may use.
FLAGSHIPS = (
    Project(CITYWIDE, "Promenade lights from Pierhead to Causeway", "Parks", "Boat clubs", 320),
    Project(CITYWIDE, "Nature park and lookout at Fairway", "Parks", "Friends of the hills", 210),
    Project(CITYWIDE, "Fountain and seats on Bell Tower plaza", "Culture", "Arts circle", 150),
)

_BY_DISTRICT = {
    "Eastbank": (
        ("Shade trees and benches in Saltmarket", "Parks", "Residents' council", 52),
        ("Lit bus shelters on Ferry Hill", "Streets", "Residents' council", 64),
        ("Tool library at the Cannery", "Community", "Repair club", 36),
        ("Cooling room in the Ropewalk hall", "Health", "Elders' circle", 92),
    ),
    "Mill Flats": (
        ("Safe crossing at the Shuttle Park school", "Streets", "Parents' group", 76),
        ("Green wall along the expressway", "Parks", "Tenants' group", 110),
        ("Shared kitchen in Weir Court", "Community", "Tenants' group", 98),
        ("Repair van for Loomside", "Community", "Repair club", 34),
    ),
    "Foundry": (
        ("Play yard at Crucible", "Parks", "Parents' group", 125),
        ("Open workshop at the Anvil Park trade school", "Learning", "Union hall", 88),
        ("Lights for the ball court at Furnace Green", "Parks", "Youth council", 58),
        ("Memory wall of the steelworks in Ladle", "Culture", "Union hall", 32),
    ),
    "Southgate": (
        ("Fruit trees along Orchard Lane", "Parks", "Garden club", 28),
        ("Cold room for the food bank in Tollbar", "Health", "Food bank friends", 94),
        ("Benches on the way to Beacon school", "Streets", "Elders' circle", 26),
        ("Splash pad at Quarry", "Parks", "Parents' group", 140),
    ),
    "Midtown": (
        ("Covered bike racks at Station", "Streets", "Riders' group", 44),
        ("Water fountains on Market Square", "Health", "Small shops", 60),
        ("Music evenings in the Arcade", "Culture", "Arts circle", 30),
        ("Step-free path to the Courthouse garden", "Streets", "Access group", 118),
    ),
    "University": (
        ("Rails and lights on the Observatory stairs", "Streets", "Access group", 68),
        ("Greenhouse for school classes at Botanic", "Learning", "Garden club", 102),
        ("Free language evenings at Library Hill", "Learning", "Library friends", 28),
        ("Posts for the bike lane on Chapel Green", "Streets", "Riders' group", 80),
    ),
    "Lakeside": (
        ("Dock for wheelchairs at Boathouse", "Parks", "Access group", 130),
        ("Lookout for bird watchers at Heron", "Parks", "Garden club", 46),
        ("Picnic tables on Willow Shore", "Parks", "Elders' circle", 38),
        ("Swim lessons for second graders at Regatta", "Learning", "Parents' group", 62),
    ),
    "Highland": (
        ("Pocket park at Larkrise", "Parks", "Friends of the hills", 105),
        ("Speed humps on Ridgeway", "Streets", "Parents' group", 42),
        ("Walking path around the Old Reservoir", "Parks", "Friends of the hills", 145),
        ("Book boxes on Summit", "Learning", "Library friends", 20),
    ),
}

PROJECTS = (
    *(
        Project(district, *project)
        for district, projects in _BY_DISTRICT.items()
        for project in projects
    ),
    *FLAGSHIPS,
)
