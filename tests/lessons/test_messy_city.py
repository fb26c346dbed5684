"""Every lesson runs on a small, messy city that is not Port Alder, from its files to its memo."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

from playbook.author.execute import run
from playbook.city import own
from playbook.city.report import LEFT_OUT, Report
from playbook.city.sources.source import Choices
from playbook.city.store import add_file
from playbook.city.tables import City, load_city
from playbook.insights.stand_in import SHOWN_INSTEAD
from playbook.insights.statements import claims, measured
from playbook.learn import lesson as opened
from playbook.learn.catalog import lesson, lessons
from playbook.learn.practice import PRACTICE
from playbook.simulate.messy_city import NAME, STATE, messy_files
from playbook.simulate.messy_names import COUNTY

from .test_small_counts_hidden import small_counts_in

# How often each lesson says "Fallow Bridge has no table for this", and shows Port Alder.
STAND_INS = {
    # Exercise a of 1.2 always is about Port Alder: nobody's small counts are an exercise.
    "0.1": 0, "0.2": 0, "1.1": 1, "1.2": 1, "1.3": 0,
    # No grades of 1937 for steps 2 and 4, exercise a and the solution of b.
    "2.1": 0, "2.2": 0, "2.3": 4,
    # No table of streets (steps 3 and 5, a sentence, exercises b and d, the lever, the memo), and
    # no hours of inspectors (the walk and exercise c).
    "3.1": 0, "3.2": 9,
}  # fmt: skip
# What an exercise says where a city has too few counts for it.
USE_IT = "Use Port Alder for it."
PORT_ALDER = load_city()
KNOWN_BY = re.compile(
    r"\b(?:Port Alder|"
    + "|".join(
        re.escape(name)
        for column in ("name", "district")
        for name in PORT_ALDER["neighborhoods"][column].unique()
    )
    + r")\b"
)


@pytest.fixture(scope="module")
def brought(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, dict[str, Report], City]:
    """Bring every file of the messy city: the folder, the reports, and the city."""
    folder = tmp_path_factory.mktemp("messy")
    reports = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYBOOK_WORK", str(folder / "my-work"))
        own.new_city(NAME, state=STATE, county=COUNTY)
        for file in messy_files():
            path = folder / file.name
            path.write_bytes(file.content)
            choices = Choices(
                county=file.county,
                table=file.table,
                columns=file.columns,
                leave_out=file.leave_out,
                labels=file.labels,
            )
            reports[file.name] = add_file(path, own.chosen_city(), choices)
        city = load_city(own.chosen_city())
    return folder, reports, city


def test_every_file_is_read_and_each_row_is_kept_or_told_of(
    brought: tuple[Path, dict[str, Report], City],
) -> None:
    _, reports, _ = brought
    assert len(reports) == len(messy_files())
    for name, report in reports.items():
        left_out = sum(
            count for reason, count in report.counts.items() if reason.startswith(LEFT_OUT)
        )
        # Tracts of another county stay in a file that covers the state; their number is told.
        elsewhere = "other counties" in str(report)
        assert report.rows_kept + left_out == report.rows_read or elsewhere, name
        assert report.rows_kept > 0
        assert report.level != "stop", str(report)


def test_what_the_files_hide_or_lack_is_told(
    brought: tuple[Path, dict[str, Report], City],
) -> None:
    _, reports, city = brought
    assert "hide a small count" in str(reports["hospital-visits.csv"])
    assert "hide a small count" in str(reports["births.csv"])
    assert "May identify residents: Address" in str(reports["service-tickets.csv"])
    assert "too few answers" in str(reports["ACSST5Y2024.S1701-Data.csv"])
    assert "no holc_grade" not in str(reports)
    assert set(city.tables) >= set().union(*(one.tables for one in lessons().values())) - {
        "street_segments"
    }
    assert "street_segments" not in city


def words_of(lesson_id: str, folder: Path) -> dict[str, str]:
    path = lesson(lesson_id).notebook
    ran: Any = run(nbformat.read(path, as_version=4), path, folder)
    return {
        cell["id"]: "\n".join(
            "".join(item.get("data", {}).get("text/plain", item.get("text", "")))
            for item in cell["outputs"]
        )
        for cell in ran["cells"]
        if cell["cell_type"] == "code"
    }


@pytest.mark.parametrize("lesson_id", STAND_INS)
def test_the_lesson_runs_to_its_memo_and_says_where_port_alder_stands_in(
    lesson_id: str, brought: tuple[Path, dict[str, Report], City]
) -> None:
    folder, _, _ = brought
    texts = words_of(lesson_id, folder)
    card = texts.pop("at-a-glance-do")
    assert f"Data: {NAME}, your own file" in card
    said = sum(text.count(SHOWN_INSTEAD) for text in texts.values())
    assert said == STAND_INS[lesson_id]
    memo = texts["memo"]
    assert NAME in memo.splitlines()[0]
    assert PRACTICE not in memo.splitlines()[0]
    for cell, text in texts.items():
        assert not small_counts_in("" if SHOWN_INSTEAD in text else text), cell
        for line in own_lines(cell, text):
            assert not KNOWN_BY.search(line.replace(USE_IT, "")), (cell, line)


def own_lines(cell: str, text: str) -> list[str]:
    """Lines that are about the city that is open."""
    if cell == "memo":
        # A memo names its files after the lesson, and marks each line of Port Alder.
        return [
            line
            for line in text.splitlines()
            if PRACTICE not in line and not line.startswith("Saved: ")
        ]
    return [] if SHOWN_INSTEAD in text else text.splitlines()


def test_a_line_about_port_alder_would_be_seen() -> None:
    assert KNOWN_BY.search("Highest: Signal Point 12 hazards")
    assert own_lines("memo", f"Mill Flats: 3 ({PRACTICE})\nMill Flats: 4") == ["Mill Flats: 4"]
    assert own_lines("step-1-do", f"Mill Flats. {SHOWN_INSTEAD}") == []


def test_all_lessons_are_tried() -> None:
    assert list(STAND_INS) == list(lessons())


def test_each_of_the_three_endings_occurs(
    brought: tuple[Path, dict[str, Report], City],
) -> None:
    _, _, city = brought
    found = {
        name: measured(city, name) for name, one in claims().items() if one.lesson in lessons()
    }
    assert {one.verdict for one in found.values()} == {"appears", "absent", "unclear"}
    for one in found.values():
        if SHOWN_INSTEAD not in one.sentence:
            assert not KNOWN_BY.search(one.sentence)
            assert not KNOWN_BY.search(one.headline)


def test_where_places_are_alike_that_is_said(
    brought: tuple[Path, dict[str, Report], City],
) -> None:
    _, _, city = brought
    lives, visits, walk = (
        city[name] for name in ("life_expectancy", "avoidable_hospital", "hazard_audit")
    )
    residents = city["neighborhoods"].set_index("neighborhood_id")["population"]
    people = walk["neighborhood_id"].map(residents)
    alike = city.with_tables(
        {
            "life_expectancy": lives.assign(life_expectancy=78.0),
            "avoidable_hospital": visits.assign(visits=(visits["population"] // 50).clip(lower=20)),
            "hazard_audit": walk.assign(hazards_found=people // 40, reports=people // 80),
        }
    )
    for name in ("1.3-gap", "2.2-difference", "3.2-silence"):
        one = measured(alike, name)
        assert one.verdict != "appears", one.sentence


def test_where_nothing_happened_that_is_said(
    brought: tuple[Path, dict[str, Report], City],
) -> None:
    _, _, city = brought
    none = city.with_tables(
        {
            "deaths": city["deaths"].assign(deaths=0),
            "avoidable_hospital": city["avoidable_hospital"].assign(visits=0),
            "hazard_audit": city["hazard_audit"].assign(hazards_found=0, reports=0),
        }
    )
    for name, one in claims().items():
        if one.lesson in ("1.2", "2.1", "2.2", "3.2") and "deaths" in (*one.tables, "deaths"):
            assert measured(none, name).sentence
    assert measured(none, "2.1-reversal").verdict == "unclear"
    assert measured(none, "2.2-difference").verdict == "unclear"
    assert measured(none, "3.2-hazards").verdict == "unclear"


def run_here(lesson_id: str) -> str:
    """Run a lesson's cells in this process; give all the words that it shows."""
    space: dict[str, Any] = {}
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        for cell in nbformat.read(lesson(lesson_id).notebook, as_version=4).cells:
            if cell.cell_type == "code":
                *body, last = ast.parse(cell.source).body
                rest = [] if isinstance(last, ast.Expr) else [last]
                exec(compile(ast.Module([*body, *rest], []), cell.id, "exec"), space)
                if isinstance(last, ast.Expr):
                    print(eval(compile(ast.Expression(last.value), cell.id, "eval"), space))
    return shown.getvalue()


@pytest.mark.gate
@pytest.mark.parametrize(
    ("lesson_id", "table"),
    [(one.id, table) for one in lessons().values() for table in one.tables],
)
def test_a_lesson_runs_without_any_one_of_its_tables(
    lesson_id: str,
    table: str,
    brought: tuple[Path, dict[str, Report], City],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, _, _ = brought
    work = tmp_path / "my-work"
    shutil.copytree(folder / "my-work", work)
    for file in (work / "cities").glob(f"*/{table}.*"):
        file.unlink()
    monkeypatch.setenv("PLAYBOOK_WORK", str(work))
    monkeypatch.setattr(opened, "_opened", {})
    text = run_here(lesson_id)
    assert "Not here yet" in text
    assert "Before you show this" in text or f"{PRACTICE}. " in text
