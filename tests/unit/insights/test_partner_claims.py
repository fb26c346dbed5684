"""Claims about the partners' table: who holds it, who is missing, what is kept."""

from itertools import combinations

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.partner_table import (
    busiest,
    families_in_common,
    paths_through,
    possible_chairs,
    tie_count,
)
from playbook.insights.statements import measured
from playbook.measures.partner_scores import TRUST, VALUE

SECTORS = ["Health", "Homes", "Learning", "Money"]
STAR = [("O01", f"O{one:02}") for one in range(2, 13)]
RING = [(f"O{one:02}", f"O{one % 12 + 1:02}") for one in range(1, 13)]
ALL = list(combinations([f"O{one:02}" for one in range(1, 13)], 2))


def table(
    first: list[tuple[str, str]],
    last: list[tuple[str, str]],
    partners: int = 12,
    controls: str = "Jobs",
    trust: dict[str, int] | None = None,
) -> City:
    """A city with these ties in two surveys; `trust` gives all scores that a partner gets."""
    ids = [f"O{one:02}" for one in range(1, partners + 1)]
    organizations = pd.DataFrame(
        {
            "org_id": ids,
            "name": [f"Partner {one}" for one in ids],
            "sector": [SECTORS[place % 4] for place in range(partners)],
            "type": "Public",
            "controls": controls,
            "at_table_since": 2019,
        }
    )
    rows = [(2022, *pair) for pair in first] + [(2025, *pair) for pair in last]
    ties = pd.DataFrame(rows, columns=["year", "from_org", "to_org"]).assign(frequency=2)
    for name in (*VALUE, *TRUST):
        ties[name] = ties["to_org"].map(trust or {}).fillna(3).astype(int)
    tables = {"organizations": organizations, "ties": ties}
    return load_city().with_tables(tables)


def families(rows: list[tuple[str, str, int]]) -> City:
    common = pd.DataFrame(rows, columns=["org_a", "org_b", "households"])
    return table(STAR, STAR).with_tables({"clients_in_common": common})


def promises(own_kept: int, own: int, kept: int, others: int) -> City:
    rows = [("yes", "yes")] * own_kept + [("yes", "no")] * (own - own_kept)
    rows += [("no", "yes")] * kept + [("no", "no")] * (others - kept)
    return load_city().with_tables(
        {"commitments": pd.DataFrame(rows, columns=["own_practice_change", "kept"])}
    )


NEEDS = ["Jobs", "Rides", "Schools", "Loans", "Child care"]


def with_controls(controls: list[str]) -> City:
    city = table(STAR, STAR)
    organizations = city["organizations"]
    organizations["controls"] = [controls[one % len(controls)] for one in range(12)]
    return city.with_tables({"organizations": organizations})


SMALL = table(STAR[:4], STAR[:4], partners=5)
HALF_STAR = [*STAR, *ALL[11:44]]


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("5.1-ties", table(STAR, ALL), "appears"),
        ("5.1-ties", table(STAR, RING), "absent"),
        ("5.1-ties", table([], STAR), "unclear"),
        ("5.1-ties", SMALL, "unclear"),
        ("5.1-paths", table(STAR, STAR), "appears"),
        ("5.1-paths", table(ALL, ALL), "absent"),
        ("5.1-paths", table(STAR, HALF_STAR), "absent"),
        ("5.1-paths", table(HALF_STAR, STAR), "absent"),
        ("5.1-paths", SMALL, "unclear"),
        ("5.1-without", table(STAR, STAR), "appears"),
        ("5.1-without", table(STAR, RING), "absent"),
        ("5.1-without", SMALL, "unclear"),
        ("5.1-families", families([("O02", "O03", 90), ("O01", "O02", 40)]), "appears"),
        ("5.1-families", families([("O02", "O03", 40), ("O02", "O01", 90)]), "absent"),
        ("5.1-families", families([]), "unclear"),
        ("5.1-own-practice", promises(7, 16, 41, 48), "appears"),
        ("5.1-own-practice", promises(15, 16, 20, 48), "absent"),
        ("5.1-own-practice", promises(12, 16, 40, 48), "unclear"),
        ("5.1-own-practice", promises(2, 4, 5, 6), "unclear"),
        ("5.1-own-practice", promises(0, 0, 30, 30), "unclear"),
        ("5.1-missing", with_controls(NEEDS[:4]), "appears"),
        ("5.1-missing", with_controls(NEEDS), "absent"),
        ("5.1-missing", SMALL, "unclear"),
        ("5.1-chair", table(ALL, ALL), "appears"),
        ("5.1-chair", table(ALL, ALL, trust={"O12": 4}), "absent"),
        ("5.1-chair", table(STAR, STAR), "unclear"),
    ],
)
def test_each_claim_has_three_endings(claim_id: str, city: City, verdict: str) -> None:
    result = measured(city, claim_id)
    assert result.verdict == verdict, result.sentence
    assert len(result.headline) <= 140
    assert result.sentence.startswith("In Port Alder, ")
    assert ("worth knowing" in result.sentence) == (verdict == "absent")
    unclear = "too little to tell" in result.sentence or "can't tell" in result.sentence
    assert unclear == (verdict == "unclear")


def test_a_share_that_moved_is_said_to_have_moved() -> None:
    fell = measured(table(STAR, HALF_STAR), "5.1-paths")
    assert "fell" in fell.sentence or "Nobody holds" in fell.sentence
    rose = measured(table(HALF_STAR, STAR), "5.1-paths")
    assert "Its share rose" in rose.sentence


def test_the_star_by_hand() -> None:
    city = table(RING, STAR)
    assert busiest(city) == "O01"
    assert (tie_count(city, 0), tie_count(city, -1)) == (12, 11)
    paths = paths_through(city)
    assert paths.iloc[0].tolist() == ["Partner O01", "Health", 11, 100.0]
    left = measured(city, "5.1-without")
    assert left.estimate.value == 100
    assert "11 parts" in left.headline


def test_a_tie_counts_whoever_was_asked() -> None:
    pairs = families_in_common(families([("O02", "O01", 50), ("O02", "O03", 50)]))
    assert pairs["tie"].tolist() == ["yes", "no"]
    assert pairs["households"].tolist() == [50, 50]


def test_a_chair_needs_three_sheets_from_three_sectors() -> None:
    # O12 is scored by O01 to O11. O05 gets four sheets, O04 only three of three sectors.
    ties = [(f"O{one:02}", "O12") for one in range(1, 12)]
    ties += [(one, "O05") for one in ("O01", "O09", "O02", "O06")]
    ties += [(one, "O04") for one in ("O01", "O02", "O03")]
    chairs = possible_chairs(table(STAR, ties))
    assert chairs["name"].tolist() == ["Partner O04", "Partner O12"]
    assert chairs["sectors"].tolist() == [3, 4]
