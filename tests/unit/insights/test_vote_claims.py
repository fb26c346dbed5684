"""Claims about a vote on a budget and about assets: each has three honest endings."""

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.insights.asset_map import assets_by_fifth
from playbook.insights.budget_vote import (
    BUDGET,
    district_wins,
    districts_by_poverty,
    funded_projects,
    share_of_largest,
    turnout,
    voters_with_win,
    wins_where_poverty_is_highest,
)
from playbook.insights.poverty_fifths import FIFTHS
from playbook.insights.statements import measured

EAST, WEST = "Eastbank", "Highland"
DISTRICTS = districts_by_poverty(
    load_city().with_tables(
        {"pb_votes": pd.DataFrame({"district": load_city()["neighborhoods"]["district"].unique()})}
    )
)


def vote(costs: dict[str, int], ballots: dict[tuple[str, str], int]) -> City:
    """A vote in which so many voters of a district mark these projects."""
    projects = pd.DataFrame(
        {
            "project_id": list(costs),
            "name": [f"Project {name}" for name in costs],
            "district": "Citywide",
            "category": "Parks",
            "cost": list(costs.values()),
            "proposer": "Neighbors",
        }
    )
    rows = [pair for pair, count in ballots.items() for _ in range(count)]
    votes = pd.DataFrame(rows, columns=["district", "project_ids"])
    votes.insert(0, "voter_id", [f"V{number}" for number in range(len(votes))])
    return load_city().with_tables({"pb_projects": projects, "pb_votes": votes})


# The many of Highland want three large projects, the few elsewhere small ones.
LARGE = {"P1": 330_000, "P2": 330_000, "P3": 330_000}
SMALL = {f"S{number}": 40_000 for number in range(1, 6)}
SPLIT = vote(
    LARGE | SMALL,
    {
        (WEST, "P1,P2,P3"): 900,
        (EAST, "S1"): 100,
        ("Mill Flats", "S2"): 100,
        ("Foundry", "S3"): 100,
        ("Midtown", "S4"): 100,
        ("Lakeside", "S5"): 100,
    },
)
# All want the same, wherever they live: no rule changes anything.
ALIKE = vote(
    dict.fromkeys(["A", "B", "C", "D", "E", "F"], 150_000),
    {(district, "A,B,C,D,E,F"): 2_000 if district == EAST else 1_000 for district in DISTRICTS},
)
# All want the large project, nine in ten the five cheap ones too.
BIG_OR_SMALL = vote(
    {"Big": 900_000, **dict.fromkeys(["S1", "S2", "S3", "S4", "S5"], 200_000)},
    {(WEST, "Big,S1,S2,S3,S4,S5"): 900, (EAST, "Big"): 100},
)
# Where poverty is highest most win by votes too; equal shares brings in the last of them.
GOOD_FOR_EAST = vote(
    {"P1": 330_000, "P2": 330_000, "P3": 330_000, **dict.fromkeys(["S1", "S2", "S3"], 30_000)},
    {(EAST, "P1,P2,P3"): 900, (EAST, "S1"): 80, (EAST, "S2"): 80, (WEST, "S3"): 150},
)
FEW = vote(LARGE | SMALL, {(WEST, "P1"): 40, (EAST, "S1"): 59})
FEW_PROJECTS = vote(LARGE, {(WEST, "P1"): 400, (EAST, "P2"): 400})


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("4.3-greedy", SPLIT, "appears"),
        ("4.3-greedy", vote({f"P{n}": 90_000 for n in range(12)}, {
            (WEST, ",".join(f"P{n}" for n in range(12))): 200}), "absent"),
        ("4.3-greedy", FEW, "unclear"),
        ("4.3-greedy", FEW_PROJECTS, "unclear"),
        ("4.3-equal-shares", SPLIT, "appears"),
        ("4.3-equal-shares", ALIKE, "absent"),
        ("4.3-equal-shares", FEW, "unclear"),
        ("4.3-districts", SPLIT, "appears"),
        ("4.3-districts", ALIKE, "absent"),
        ("4.3-districts", GOOD_FOR_EAST, "absent"),
        ("4.3-districts", FEW, "unclear"),
        ("4.3-two-versions", BIG_OR_SMALL, "appears"),
        ("4.3-two-versions", ALIKE, "absent"),
        ("4.3-two-versions", FEW, "unclear"),
        ("4.3-turnout", SPLIT, "appears"),
        ("4.3-turnout", ALIKE, "absent"),
        ("4.3-turnout", FEW, "unclear"),
    ],
)  # fmt: skip
def test_each_claim_on_the_vote_has_three_endings(claim_id: str, city: City, verdict: str) -> None:
    check(claim_id, city, verdict)


def check(claim_id: str, city: City, verdict: str) -> None:
    result = measured(city, claim_id)
    assert result.verdict == verdict, result.sentence
    assert len(result.headline) <= 140
    assert result.sentence.startswith("In Port Alder, ")
    assert ("worth knowing" in result.sentence) == (verdict == "absent")
    unclear = "too little to tell" in result.sentence or "can't tell" in result.sentence
    assert unclear == (verdict == "unclear")


def test_turnout_that_differs_by_luck_is_left_open() -> None:
    old = district_wins(ALIKE).set_index("district")["residents"]
    # In the one district 1 percent votes, in the other 1.5 percent: right on the line.
    ballots = {
        (DISTRICTS[0], "A"): round(0.010 * old[DISTRICTS[0]]),
        (DISTRICTS[-1], "A"): round(0.015 * old[DISTRICTS[-1]]),
    }
    check("4.3-turnout", vote(dict.fromkeys("ABCDEF", 10), ballots), "unclear")


def test_the_split_vote_by_hand() -> None:
    assert funded_projects(SPLIT, "votes")["project_id"].tolist() == ["P1", "P2", "P3"]
    assert share_of_largest(SPLIT, "votes") == 100
    assert voters_with_win(SPLIT, "votes") == pytest.approx(100 * 900 / 1400)
    # Each of 1,400 holds $714: 100 hold enough for a small project, 900 for one large one.
    by_shares = set(funded_projects(SPLIT, "equal shares")["project_id"])
    assert by_shares >= set(SMALL)
    assert len(by_shares & set(LARGE)) == 2
    assert voters_with_win(SPLIT, "equal shares") == 100
    assert wins_where_poverty_is_highest(SPLIT, "votes") == 0
    assert wins_where_poverty_is_highest(SPLIT, "equal shares") == 100


def test_more_money_funds_more_and_an_unknown_rule_is_told() -> None:
    assert len(funded_projects(SPLIT, "votes", budget=2 * BUDGET)) == 8
    with pytest.raises(PlaybookError, match="no rule"):
        funded_projects(SPLIT, "lottery")  # type: ignore[arg-type]


def test_districts_stand_from_the_highest_poverty_down() -> None:
    assert DISTRICTS[0] == EAST
    assert DISTRICTS[-1] == WEST
    assert len(DISTRICTS) == 8


def test_turnout_counts_residents_of_fifteen_and_over() -> None:
    ages = load_city()["population_age"]
    places = load_city()["neighborhoods"].query("district == @EAST")["neighborhood_id"]
    own = ages[ages["neighborhood_id"].isin(places)]
    young = own["age_group"].isin(["Under 1", "1-4", "5-14"])
    people = own.loc[~young, "population"].sum()
    assert turnout(SPLIT, EAST).value == pytest.approx(100 * 100 / people)
    table = district_wins(SPLIT, "votes").set_index("district")
    assert table.loc[EAST, "residents"] == people
    assert table.loc[EAST, "spend_per_resident"] == 0


def assets(counts: dict[int, int]) -> City:
    """So many assets in the fifths by poverty, 1 the lowest."""
    profile = load_city()["acs_profile"].query("year == 2024")
    rows = []
    for fifth, count in counts.items():
        places = profile.loc[profile["poverty_fifth"] == fifth, "neighborhood_id"].tolist()
        rows += [places[one % len(places)] for one in range(count)]
    table = pd.DataFrame({"asset_id": range(len(rows)), "neighborhood_id": rows})
    return load_city().with_tables({"assets": table.assign(kind="Places")})


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ({1: 40, 5: 120}, "appears"),
        ({1: 120, 5: 40}, "absent"),
        ({1: 30, 5: 28}, "unclear"),
        ({1: 5, 5: 50}, "unclear"),
    ],
)
def test_the_claim_on_assets_has_three_endings(counts: dict[int, int], verdict: str) -> None:
    check("4.3-assets", assets(counts), verdict)


def test_assets_are_counted_for_the_residents_of_each_fifth() -> None:
    table = assets_by_fifth(assets({1: 10, 5: 30}))
    assert table["group"].tolist() == list(FIFTHS[::-1])
    assert table["assets"].tolist() == [30, 0, 0, 0, 10]
    assert table["residents"].sum() == load_city()["neighborhoods"]["population"].sum()
    first = table.iloc[0]
    assert first["rate"] == pytest.approx(1000 * 30 / first["residents"])
