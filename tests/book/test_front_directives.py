"""What the front pages compute: the city in numbers, what was built in, ways through the book."""

import csv
from pathlib import Path

import pytest
import yaml
from playbook_book import port_alder, ways

from playbook.learn.catalog import lesson, lessons
from playbook.publish.session import run_of_show

ROOT = Path(__file__).resolve().parents[2]
CLAIM = {
    "id": "9.9-gap",
    "lesson": "9.9",
    "words": "Mill & Weir wait longer.",
    "quoted": "In Port Alder, 4 days.",
    "held": "20 of 20 other seeds",
    "carries_over": "method",
}


@pytest.fixture
def rows() -> list[dict[str, str]]:
    """The table of neighborhoods."""
    with (ROOT / "data" / "neighborhoods.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_numbers_are_those_of_the_table(rows: list[dict[str, str]]) -> None:
    import pandas as pd

    table = pd.read_csv(ROOT / "data" / "neighborhoods.csv")
    told = dict(port_alder.facts(rows))
    assert told["People"].startswith(f"{table['population'].sum():,},")
    marked = table[table["holc_grade"] == "D"]
    share = round(100 * marked["population"].sum() / table["population"].sum())
    assert f"{len(marked)} of {len(table)}" in told["Graded D by lenders in 1937"]
    assert f"{share} of 100" in told["Graded D by lenders in 1937"]


def test_the_districts_hold_every_neighborhood_and_everyone(rows: list[dict[str, str]]) -> None:
    told = port_alder.districts(rows)
    assert len(told) == len({row["district"] for row in rows})
    names = [name for _, _, places in told for name in places.split(", ")]
    assert sorted(names) == sorted(row["name"] for row in rows)
    people = sum(int(count.replace(",", "")) for _, count, _ in told)
    assert people == sum(int(row["population"]) for row in rows)


def test_what_was_built_in_is_folded_and_its_label_gives_nothing_away() -> None:
    html = port_alder.folds([CLAIM], {"9.9": "Fast <for> whom?"})
    label, _, inside = html.partition("</summary>")
    assert "wait" not in label
    assert "Lesson 9.9, Fast &lt;for&gt; whom?" in label
    assert "Mill &amp; Weir wait longer." in inside
    assert "20 of 20 other cities that we drew the same way" in inside
    assert port_alder.CARRIES["method"] in inside
    assert "open" not in label.partition(">")[0]


def test_claims_of_one_lesson_share_a_fold_and_a_lesson_to_come_has_a_number() -> None:
    html = port_alder.folds([CLAIM, CLAIM, {**CLAIM, "lesson": "10.1"}], {})
    assert html.count("<details>") == 2
    assert html.count("<li>") == 3
    assert "Lesson 10.1 (" in html
    assert html.count(port_alder.CARRIES["method"]) == 2


def test_claims_that_stand_on_other_ground_are_told_apart() -> None:
    ours = {**CLAIM, "carries_over": "port-alder-only", "held": "19 of 20 other seeds"}
    html = port_alder.folds([CLAIM, ours], {})
    assert html.count("<details>") == 1
    first, _, second = html.partition(port_alder.CARRIES["method"])
    assert first.count("<li>") == second.count("<li>") == 1
    assert "We built this in." in second
    assert "19 of 20" in second


def test_every_claim_says_what_may_be_taken_home() -> None:
    claims = yaml.safe_load((ROOT / "data" / "insights.yaml").read_text(encoding="utf-8"))
    html = port_alder.folds(claims, {})
    assert html.count("<li>") == len(claims)


def test_the_years_and_the_day_come_from_the_tables() -> None:
    told = dict(port_alder.time_and_tables(7, {"2025", "2016", "2020"}, {"2026-01-05"}))
    assert told["Tables"] == "7, with years from 2016 to 2025"
    assert told["Today, in every lesson"] == "January 5, 2026"


@pytest.mark.parametrize("lesson_id", list(lessons()))
def test_the_hour_is_the_same_for_every_lesson(lesson_id: str) -> None:
    told = ways.hour(run_of_show(lesson(lesson_id), 60))
    assert sum(int(minutes) for _, minutes, _ in told) == 60
    assert [name for _, _, name in told] == [
        "What happened on Monday",
        "The question and a guess",
        "The steps",
        "Is it real?",
        "Exercise in pairs",
        "Peer story and who is missing",
        "My city",
        "Say it aloud",
    ]


def test_the_pathways_name_lessons_as_the_catalog_does() -> None:
    text = (ROOT / "book" / "start.md").read_text(encoding="utf-8")
    blocks = [part.partition("```")[0] for part in text.split("```{pathway}\n")[1:]]
    # One for each way to come; programs and roles have pages of their own.
    assert len(blocks) == 4
    known = {number: entry.title for number, entry in lessons().items()}
    for block in blocks:
        for number, name in ways.numbered(block.splitlines()):
            assert known.get(number, name) == name, number


def test_the_numbers_behind_the_tables_are_folded_and_escaped() -> None:
    row = {"words": "How <much>.", "value": "2.5", "unit": "days", "table": "deaths"}
    html = port_alder.effects([row, row])
    visible = html.partition("</summary>")[0]
    assert "2.5" not in visible
    assert html.count("<li>How &lt;much&gt;. <strong>2.5 days</strong> (deaths)</li>") == 2
