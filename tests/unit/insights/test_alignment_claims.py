"""Claims about addresses and plans: much, little, or too little to tell."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.plan_priorities import PRIORITIES
from playbook.insights.shared_addresses import (
    contacts_at_top,
    contacts_per_address,
    departments_at_top,
    three_departments,
    top_share_of_contacts,
)
from playbook.insights.statements import measured
from playbook.measures.concentration import top_share

DEPARTMENTS = ["311", "Code", "Fire", "Works", "Homes"]


def contacts(top: int, rest: int, departments: int = 5, addresses: int = 2_000) -> City:
    """One address in twenty has `top` contacts, the others `rest`; departments take turns."""
    counts = np.where(np.arange(addresses) % 20 == 0, top, rest)
    address = np.repeat(np.arange(addresses), counts)
    turn = np.concatenate([np.arange(count) for count in counts])
    table = pd.DataFrame(
        {
            "address_id": [f"a{one}" for one in address],
            "department": np.array(DEPARTMENTS)[turn % departments],
        }
    )
    return load_city().with_tables({"address_contacts": table})


def mixed(three: int, addresses: int = 2_000) -> City:
    """Of 100 top addresses so many see 311, Code and Fire; the others see 311 alone."""
    rows = []
    for one in range(addresses):
        if one < addresses // 20:
            some = ["311", "Code", "Fire"] if one < three else ["311"] * 3
            rows += [(f"a{one}", department) for department in some * 3]
        else:
            rows.append((f"a{one}", "Works"))
    table = pd.DataFrame(rows, columns=["address_id", "department"])
    return load_city().with_tables({"address_contacts": table})


def plans(tags: list[str]) -> City:
    table = pd.DataFrame(
        {"strategy_id": [f"S{one:02}" for one in range(len(tags))], "priority_tags": tags}
    )
    return load_city().with_tables({"plan_strategies": table})


SINGLE = [f"{one},{other}" for one in PRIORITIES[:7] for other in PRIORITIES[7:]]
COPIED = ["jobs,youth,training"] * 12 + SINGLE[:18]


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("5.2-top", contacts(20, 1), "appears"),
        ("5.2-top", contacts(2, 1), "absent"),
        ("5.2-top", contacts(20, 1, addresses=400), "unclear"),
        ("5.2-departments", contacts(20, 1), "appears"),
        ("5.2-departments", contacts(20, 1, departments=2), "absent"),
        ("5.2-departments", contacts(20, 1, addresses=400), "unclear"),
        ("5.2-three", mixed(60), "appears"),
        ("5.2-three", mixed(12), "absent"),
        ("5.2-three", mixed(28), "unclear"),
        ("5.2-three", mixed(5), "unclear"),
        ("5.2-copies", plans(COPIED), "appears"),
        ("5.2-copies", plans(SINGLE), "absent"),
        ("5.2-copies", plans(COPIED[:15]), "unclear"),
        ("5.2-orphan", plans(COPIED), "appears"),
        ("5.2-orphan", plans(SINGLE), "absent"),
        ("5.2-orphan", plans(SINGLE[:10]), "unclear"),
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


def test_a_share_near_the_line_is_left_open() -> None:
    # Counts that scatter: the range of the top's share then has a width.
    random = np.random.default_rng(5)
    counts = 1 + np.sort(random.pareto(1.35, 1_000)).astype(int).clip(max=60)
    table = pd.DataFrame(
        {"address_id": np.repeat(np.arange(1_000), counts).astype(str), "department": "Fire"}
    )
    city = load_city().with_tables({"address_contacts": table})
    share = top_share_of_contacts(city)
    assert share.low < share.value < share.high
    assert share.high - share.low > 3


def test_figures_of_the_top_by_hand() -> None:
    city = contacts(20, 1)
    assert len(contacts_per_address(city)) == 2_000
    # 100 addresses with 20 contacts, 1,900 with one.
    share = top_share_of_contacts(city)
    assert share.value == pytest.approx(100 * 2_000 / 3_900)
    assert share.value == pytest.approx(100 * top_share(contacts_per_address(city)["contacts"]))
    assert contacts_at_top(city) == 20
    assert departments_at_top(city).value == 5
    assert "address_id" not in contacts_per_address(city).columns


def test_meetings_are_shares_of_the_top_addresses() -> None:
    table = three_departments(mixed(60))
    assert table["groups"].tolist() == ["311 + Code + Fire"]
    assert (table["units"].iloc[0], table["share"].iloc[0]) == (60, 60)


def test_two_alike_are_no_habit() -> None:
    pairs = [tag for tag in SINGLE[:15] for _ in range(2)]
    assert measured(plans(pairs), "5.2-copies").estimate.value == 0


def test_an_orphan_is_named() -> None:
    assert "home repair" not in measured(plans(SINGLE), "5.2-orphan").sentence
    assert "home repair" in measured(plans(SINGLE[7:]), "5.2-orphan").sentence
