"""Port Alder in place of a city that lacks a table: one city a step, and always said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.stand_in import (
    SHOWN_INSTEAD,
    STAND_IN,
    city_or_stand_in,
    lacks,
    no_table,
    on_tables,
    stand_in_note,
)
from playbook.insights.statements import claims, measured
from playbook.learn.memos.content import MemoContent, found_here, mark_stand_ins
from playbook.learn.practice import PRACTICE
from playbook.measures.suppression import Suppressed, suppress
from playbook.show.charts import bar
from playbook.show.explorer import explore, slider
from playbook.show.places import places
from playbook.show.table import table
from playbook.show.words import FINDING_LONGEST

PORT_ALDER = load_city()
GRADES = ("neighborhoods.holc_grade",)


@pytest.fixture
def elsewhere(tmp_path: Path) -> City:
    bare = replace(PORT_ALDER, name="Elsewhere", key="elsewhere", fictional=False, folder=tmp_path)
    rows = PORT_ALDER["neighborhoods"].drop(columns=["holc_grade", "tile_row"])
    return bare.with_tables({"neighborhoods": rows.assign(name="Here " + rows["name"])})


@on_tables(*GRADES)
def graded(city: City) -> pd.DataFrame:
    return city["neighborhoods"][["name", "population"]].head(3)


@on_tables("deaths")
def protected(city: City) -> Suppressed:
    return suppress(pd.DataFrame({"a": [4, 20], "b": [30, 50]}, index=["Hill", "Mill"]))


def test_a_step_is_about_one_city_only(elsewhere: City) -> None:
    assert city_or_stand_in(elsewhere, ("neighborhoods",)) is elsewhere
    assert city_or_stand_in(elsewhere, ("neighborhoods", *GRADES)) == PORT_ALDER
    assert lacks(elsewhere, ("neighborhoods", "deaths", *GRADES)) == ["deaths", *GRADES]


def test_the_note_names_what_is_missing_once(elsewhere: City) -> None:
    note = stand_in_note(elsewhere, ("deaths", "deaths", *GRADES))
    assert note.startswith("Elsewhere has no table for this yet (deaths and neighborhoods: lending")
    assert note.endswith(SHOWN_INSTEAD)
    assert note.count("deaths") == 1
    assert stand_in_note(PORT_ALDER, ("deaths", *GRADES)) == ""
    assert stand_in_note(elsewhere, ("neighborhoods",)) == ""


def test_a_result_from_port_alder_keeps_the_note_and_others_have_none(elsewhere: City) -> None:
    assert graded(elsewhere)["name"].iloc[0] == "Lantern Row"
    assert graded(elsewhere).sort_values("name").attrs[STAND_IN].endswith(SHOWN_INSTEAD)
    assert graded(PORT_ALDER).attrs == {}
    assert STAND_IN in protected(elsewhere).for_readers().attrs
    assert protected(PORT_ALDER).for_readers().attrs == {}


def test_tables_and_protected_tables_say_it(elsewhere: City) -> None:
    assert SHOWN_INSTEAD in str(table(graded(elsewhere), "Places"))
    assert SHOWN_INSTEAD in str(table(protected(elsewhere), "Deaths"))
    assert SHOWN_INSTEAD not in str(table(graded(PORT_ALDER), "Places"))


def test_a_chart_says_it_in_title_and_caption(elsewhere: City) -> None:
    chart = bar(graded(elsewhere), x="population", y="name", finding="Places differ")
    assert chart.finding == "Port Alder: Places differ"
    assert SHOWN_INSTEAD in chart.caption
    assert "Port Alder" in chart.alt
    named = bar(graded(elsewhere), x="population", y="name", finding="In Port Alder, it differs")
    assert named.finding == "In Port Alder, it differs"
    own = bar(graded(PORT_ALDER), x="population", y="name", finding="Places differ")
    assert (own.finding, SHOWN_INSTEAD in own.caption) == ("Places differ", False)


def test_a_title_without_room_stays_and_the_caption_says_it(elsewhere: City) -> None:
    long = "Places differ in size " * 6 + "a lot"
    assert FINDING_LONGEST - len("Port Alder: ") < len(long) <= FINDING_LONGEST
    chart = bar(graded(elsewhere), x="population", y="name", finding=long)
    assert chart.finding == long
    assert SHOWN_INSTEAD in chart.caption


def test_values_of_port_alder_stand_on_its_own_map(elsewhere: City) -> None:
    chart = places(elsewhere, graded(elsewhere), name="name", value="population", finding="Size")
    assert chart.alt.startswith("Tile map: Port Alder: Size")
    assert SHOWN_INSTEAD in chart.caption
    assert "Here" not in str(chart)


def test_a_lever_says_it_above_all_its_results(elsewhere: City) -> None:
    def view(number: float) -> object:
        return table(graded(elsewhere), "Places")

    assert SHOWN_INSTEAD in str(explore(view, "Try it.", number=slider(1, 3, 1)))


def test_sentence_and_title_of_a_claim_say_it(elsewhere: City) -> None:
    shown = measured(elsewhere, "2.3-graded")
    assert shown.sentence.startswith("Elsewhere has no table for this yet")
    assert shown.headline.startswith("In Port Alder")
    assert shown.estimate == measured(PORT_ALDER, "2.3-graded").estimate


def test_a_memo_leaves_the_figures_of_another_city_out(elsewhere: City) -> None:
    line = found_here(elsewhere, "2.3-graded")
    assert line == no_table(elsewhere, claims()["2.3-graded"].tables)
    assert "percent" not in line
    assert found_here(PORT_ALDER, "2.3-graded") == measured(PORT_ALDER, "2.3-graded").sentence


def test_a_memo_marks_a_table_and_a_chart_of_another_city(elsewhere: City) -> None:
    def content(city: City) -> MemoContent:
        rows = graded(city)
        chart = bar(rows, x="population", y="name", finding="Places differ")
        return MemoContent("Our places", ("A line.",), rows, "Places", chart)

    marked = mark_stand_ins(content(elsewhere))
    assert set(marked.table["Data"]) == {PRACTICE}
    assert PRACTICE in marked.caption
    assert marked.figure.alt.startswith(PRACTICE)
    assert mark_stand_ins(content(PORT_ALDER)).figure.alt.startswith("Bar chart")
    assert "Data" not in mark_stand_ins(content(PORT_ALDER)).table


def test_every_claim_asks_for_tables_and_columns_that_exist() -> None:
    for claim in claims().values():
        for name in claim.tables:
            part, _, column = name.partition(".")
            assert not column or column in PORT_ALDER.contract[part].names, claim.id
            assert name in PORT_ALDER, claim.id
