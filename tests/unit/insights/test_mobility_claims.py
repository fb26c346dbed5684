"""Claims about who stayed, left and came: each can appear, be absent, or be too little to tell."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.foundry_moves import (
    change,
    income_change_parts,
    leaving_rates,
    to_lower_by_chance,
    to_lower_for_sure,
    to_lower_rank,
)
from playbook.insights.statements import measured

PLACES = load_city()["neighborhoods"]
HOME, AWAY_LOW, AWAY_HIGH = "N17", "N01", "N64"
COLUMNS = [
    "household_id", "year", "sample", "neighborhood_id", "status", "tenure", "income_group",
    "income_real",
]  # fmt: skip


def city_of_panel(
    growth: float = 1.05,
    came: float = 60_000,
    left_here: float = 0.8,
    left_elsewhere: float = 0.6,
    lower: float = 0.8,
    households: int = 400,
    se: float = 0.005,
) -> City:
    """Build a panel of low-income renters: 30,000 dollars, `left_here` of them leave Foundry.

    `lower` of those who leave go to a neighborhood with a lower rank. As many come as leave.
    """
    random = np.random.default_rng(0)
    rows = []
    for sample, share in (("Foundry", left_here), ("Elsewhere", left_elsewhere)):
        home = HOME if sample == "Foundry" else AWAY_HIGH
        gone = round(share * households)
        for number in range(households):
            name = f"{sample[0]}{number:04}"
            status = "leave" if number < gone else "stay"
            income = 30_000 * np.exp(random.normal(0, 0.2))
            shared = ("Renter", "Low")
            rows.append((name, 2016, sample, home, status, *shared, income))
            to = home if status == "stay" else AWAY_LOW if number < lower * gone else AWAY_HIGH
            rows.append((name, 2025, sample, to, status, *shared, income * growth))
        if sample == "Foundry":
            rows += [
                (f"C{number:04}", 2025, sample, home, "enter", "Renter", "Higher",
                 came * np.exp(random.normal(0, 0.2)))
                for number in range(gone)
            ]  # fmt: skip
    ranks = np.where(PLACES["neighborhood_id"] == AWAY_LOW, 0.40, 0.50)
    ranks = np.where(PLACES["neighborhood_id"] == HOME, 0.45, ranks)
    opportunity = pd.DataFrame(
        {
            "neighborhood_id": PLACES["neighborhood_id"],
            "kfr_p25": ranks,
            "kfr_p25_se": se,
            "n_children": 500,
        }
    )
    panel = pd.DataFrame(rows, columns=COLUMNS)
    return load_city().with_tables({"mobility_panel": panel, "opportunity": opportunity})


def without_elsewhere() -> City:
    city = city_of_panel()
    panel = city["mobility_panel"]
    return city.with_tables({"mobility_panel": panel[panel["sample"] == "Foundry"]})


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("8.2-average", city_of_panel(), "appears"),
        ("8.2-average", city_of_panel(growth=0.7, came=20_000), "absent"),
        ("8.2-average", city_of_panel(growth=1.0, came=30_000), "unclear"),
        ("8.2-average", city_of_panel(households=40), "unclear"),
        ("8.2-replaced", city_of_panel(), "appears"),
        ("8.2-replaced", city_of_panel(growth=2.0, came=31_000, left_here=0.2), "absent"),
        ("8.2-replaced", city_of_panel(growth=1.3, came=33_500, left_here=0.3), "absent"),
        ("8.2-replaced", city_of_panel(growth=1.2, came=36_000, left_here=0.5), "unclear"),
        ("8.2-replaced", city_of_panel(growth=0.7, came=31_000), "unclear"),
        ("8.2-stayers", city_of_panel(), "appears"),
        ("8.2-stayers", city_of_panel(growth=2.0, came=31_000, left_here=0.2), "absent"),
        ("8.2-stayers", city_of_panel(growth=1.2, came=36_000, left_here=0.5), "unclear"),
        ("8.2-renters", city_of_panel(), "appears"),
        ("8.2-renters", city_of_panel(left_here=0.5, left_elsewhere=0.7), "absent"),
        ("8.2-renters", city_of_panel(left_here=0.6, left_elsewhere=0.6), "unclear"),
        ("8.2-renters", city_of_panel(households=20), "unclear"),
        ("8.2-renters", without_elsewhere(), "unclear"),
        ("8.2-where", city_of_panel(lower=0.8), "appears"),
        ("8.2-where", city_of_panel(lower=0.2), "absent"),
        ("8.2-where", city_of_panel(lower=0.5), "unclear"),
        ("8.2-where", city_of_panel(households=30), "unclear"),
    ],
)
def test_each_claim_has_three_endings(claim_id: str, city: City, verdict: str) -> None:
    result = measured(city, claim_id)
    assert result.verdict == verdict, result.sentence
    assert len(result.headline) <= 140
    assert result.sentence.startswith("In Port Alder")
    if verdict == "absent":
        assert "worth knowing" in result.sentence
    if verdict == "unclear":
        assert "too little to tell" in result.sentence or "can't tell" in result.sentence


def test_the_parts_are_those_of_the_table_and_add_up() -> None:
    city = city_of_panel(growth=1.1, came=60_000, left_here=0.5)
    parts = income_change_parts(city)["percent"]
    assert parts["stayers"] + parts["replaced"] + parts["size"] == pytest.approx(parts["total"])
    panel = city["mobility_panel"].query("sample == 'Foundry'")
    before = panel.query("year == 2016")["income_real"].mean()
    after = panel.query("year == 2025 and status != 'leave'")["income_real"].mean()
    assert change(city).before == pytest.approx(before)
    assert change(city).after == pytest.approx(after)
    assert parts["total"] == pytest.approx(100 * (after / before - 1))
    # Half stayed and each of them earns 10 percent more.
    assert parts["stayers"] == pytest.approx(5, abs=0.3)


def test_households_that_left_are_not_counted_in_the_last_year() -> None:
    city = city_of_panel(left_here=0.5)
    panel = city["mobility_panel"]
    gone = (panel["status"] == "leave") & (panel["year"] == 2025)
    without = city.with_tables({"mobility_panel": panel[~gone]})
    assert change(without).after == pytest.approx(change(city).after)


def test_entrants_are_no_part_of_who_could_leave() -> None:
    rates = leaving_rates(city_of_panel(left_here=0.8, left_elsewhere=0.6)).set_index("kind")
    assert rates.loc["Low-income renters", ["here", "elsewhere"]].tolist() == pytest.approx(
        [80, 60]
    )
    assert "Other renters" not in rates.index


def test_ranks_too_close_to_tell_are_told_apart_from_lower_ones() -> None:
    sharp, blunt = city_of_panel(se=0.005), city_of_panel(se=0.08)
    assert to_lower_rank(sharp).value == to_lower_rank(blunt).value == pytest.approx(80, abs=1)
    assert to_lower_for_sure(sharp).value == pytest.approx(80, abs=1)
    assert to_lower_for_sure(blunt).value == 0


def test_chance_is_the_share_of_homes_with_a_lower_rank() -> None:
    others = PLACES[PLACES["district"] != "Foundry"]
    low = others.loc[others["neighborhood_id"] == AWAY_LOW, "households"].sum()
    expected = 100 * low / others["households"].sum()
    assert to_lower_by_chance(city_of_panel()) == pytest.approx(expected)
