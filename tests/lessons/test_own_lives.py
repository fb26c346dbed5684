"""Lesson 1.3 on files in the layout of the national small-area life expectancies."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from playbook.measures.age_groups import AGE_GROUPS
from playbook.measures.lifetable import life_table

RunOnFiles = Callable[..., dict[str, str]]

# Deaths a year among 100,000 at each age, about as in a large US city.
RATES = np.array([580, 25, 14, 70, 130, 190, 400, 880, 1800, 4500, 13500]) / 100_000
PEOPLE = np.array([50, 190, 500, 540, 580, 520, 480, 500, 360, 200, 80])


def write_life_expectancies(
    path: Path, tracts: int, county: str = "510", spread: float = 0.35
) -> Path:
    """Write file A: made-up tracts of one county, and two of another; oddities included."""
    draw = np.random.default_rng(11)
    lines = ['"Tract ID","STATE2KX","CNTY2KX","TRACT2KX","e(0)","se(e(0))"']
    lines[0] += ',"Abridged life table flag"'
    for place in range(tracts + 2):
        code = county if place < tracts else "777"
        tract = f"{990100 + 100 * place:06}"
        years = 77 - 10 * spread * (place / tracts - 0.5) * 2 + draw.normal(0, 0.4)
        lines.append(f"29{code}{tract},29,{code},{tract},{years:g},{draw.uniform(1, 2.5):.4f},3")
    path.write_text("\r\n".join(lines) + "\r\n\r\n", encoding="utf-8")
    return path


def write_life_tables(path: Path) -> Path:
    """Write file B of another state: three made-up tracts, by age."""
    names = ["Tract ID", "STATE2KX", "CNTY2KX", "TRACT2KX", "Age Group", "nq(x)", "l(x)"]
    names += ["nd(x)", "nL(x)", "T(x)", "e(x)", "se(nq(x))", "se(e(x))"]
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file)
        write.writerow(names)
        for place, factor in enumerate((0.7, 1.0, 1.5)):
            people = PEOPLE * 6
            table = life_table(np.round(people * RATES * factor + 1), people)
            tract = f"9{place}0100"
            for age, row in zip(AGE_GROUPS, table.to_dict("records"), strict=True):
                whole = ("survivors", "deaths", "person_years", "person_years_above")
                cells = [f"{row['probability_of_dying']:.6f}", *(f"{row[k]:.0f}" for k in whole)]
                cells += [f"{row['life_expectancy']:.1f}", f"{row['probability_se']:.4f}"]
                cells += [f"{row['life_expectancy_se']:.4f}"]
                write.writerow([f"44007{tract}", "44", "007", tract, age, *cells])
    return path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, run_on_files: RunOnFiles) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("own-lives")
    first = write_life_expectancies(folder / "MO_A.CSV", tracts=40)
    second = write_life_tables(folder / "RI_B.CSV")
    return run_on_files("1.3", folder, "st-louis", first, second, county="510")


def test_the_card_names_the_city_and_what_is_not_here(both: dict[str, str]) -> None:
    card = both["at-a-glance-do"]
    assert "St. Louis, your own file" in card
    assert "a ranked list stands in for the map" in card


def test_a_ranked_dot_plot_stands_in_for_the_map(both: dict[str, str]) -> None:
    words = both["step-1-do"]
    assert words.startswith("Dot chart with ranges: In St. Louis")
    assert sum(line.startswith("Tract ") for line in words.splitlines()) == 40
    assert "777" not in words


@pytest.mark.parametrize("cell", ["step-2-do", "step-3-do", "step-5-do", "shrink-do"])
def test_each_step_speaks_of_this_citys_tracts(both: dict[str, str], cell: str) -> None:
    assert "Tract 99" in both[cell]


def test_the_life_tables_of_another_state_serve_the_life_table_step(both: dict[str, str]) -> None:
    assert "100,000" in both["step-4-do"]
    assert "years each" in both["exercise-b-solution"]


def test_what_appears_and_what_can_not_be_told(both: dict[str, str]) -> None:
    assert "more than one neighborhood could have the shortest life" in both["step-3-do"]
    assert "too little to tell" in both["overdose-do"]
    assert "Practice" not in both["memo"]
    assert "Port Alder" not in both["memo"]


def test_where_places_hardly_differ_that_is_said(tmp_path: Path, run_on_files: RunOnFiles) -> None:
    same = write_life_expectancies(tmp_path / "A.CSV", tracts=20, spread=0.0)
    texts = run_on_files("1.3", tmp_path, "Evenville", same, county="510")
    assert "no more than chance alone" in texts["step-1-do"]
    assert "worth knowing" in texts["memo"]


@pytest.mark.gate
@pytest.mark.parametrize("tracts", [1, 4])
def test_a_county_of_few_tracts_gets_plain_words(
    tmp_path: Path, tracts: int, run_on_files: RunOnFiles
) -> None:
    few = write_life_expectancies(tmp_path / "A.CSV", tracts=tracts)
    texts = run_on_files("1.3", tmp_path, "Fewtown", few, county="510")
    assert "too little to tell" in texts["step-3-do"]
    assert "too little to tell" in texts["memo"]


@pytest.mark.gate
def test_life_tables_alone_are_enough(tmp_path: Path, run_on_files: RunOnFiles) -> None:
    tables = write_life_tables(tmp_path / "RI_B.CSV")
    texts = run_on_files("1.3", tmp_path, "Providence", tables)
    assert "years each" in texts["exercise-b-solution"]
