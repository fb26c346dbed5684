"""On a real city with few deaths, visits and births, no lesson prints a small count of people."""

from __future__ import annotations

import ast
import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.learn import lesson as opened
from playbook.learn.catalog import lesson

PORT_ALDER = load_city()
COUNTED = {
    "deaths": ["deaths"],
    "avoidable_hospital": ["visits"],
    "birth_outcomes": ["low_birth_weight", "births"],
}
DAILY = ("2.1", "2.2")
OTHERS = ("0.1", "1.1", "1.2", "1.3", "2.3", "3.1", "3.2")
# How a lesson says a count of people, in a sentence and as a heading. Rates say "per".
PEOPLE = "deaths?|visits?|births?|babies|people|residents|patients|died"
SAID = re.compile(rf"(?<![\d.,])(?:[1-9]|10)(?:\.0)? (?:fewer )?(?:{PEOPLE})\b(?! per)")
# A gap between two curves, in people a year, is worked out, not counted.
NO_COUNT = re.compile(r"people a year lie between|fewer than \d+ deaths")
HEADING = re.compile(rf"(?:.* )?(?:{PEOPLE})(?: a year| \((?:{PEOPLE})\))?", re.IGNORECASE)


def quiet_city() -> City:
    """Make a real city of Port Alder's places in which far fewer things happen."""
    draw = np.random.default_rng(7)
    tables = {name: PORT_ALDER[name] for name in COUNTED}
    for name, columns in COUNTED.items():
        for column in columns:
            tables[name][column] = draw.binomial(tables[name][column], 0.02)
    light = tables["birth_outcomes"][["births", "low_birth_weight"]].min(axis=1)
    tables["birth_outcomes"]["low_birth_weight"] = light
    own = PORT_ALDER.with_tables(tables)
    return replace(own, name="Testville", key="testville", fictional=False)


def small_counts_in(text: str) -> list[str]:
    """Small counts of people in words and in the tables below them."""
    found = [
        line
        for line in text.splitlines()
        if SAID.search(NO_COUNT.sub("", line)) and not line.startswith("( )")
    ]
    lines = text.splitlines()
    for head, *rows in (lines[at:] for at in range(len(lines))):
        headings = re.split(r"\s{2,}", head.strip())
        if len(headings) < 2:
            continue
        for row in rows:
            cells = re.split(r"\s{2,}", row.strip())
            if len(cells) != len(headings):
                break
            pairs = zip(headings[1:], cells[1:], strict=True)
            found += [
                f"{heading}: {cell}"
                for heading, cell in pairs
                if HEADING.fullmatch(heading) and re.fullmatch(r"(?:[1-9]|10)(?:\.0)?", cell)
            ]
    return found


def outputs(lesson_id: str, city: City) -> Iterator[tuple[str, str]]:
    """Run a lesson's cells on a city in this process; give the words that each one shows."""

    def open_lesson(key: str) -> City:
        opened._opened[key] = city
        return city

    space: dict[str, Any] = {"open_here": open_lesson}
    for cell in nbformat.read(lesson(lesson_id).notebook, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source.replace("pb.open_lesson(", "open_here("))
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            *body, last = tree.body
            if not isinstance(last, ast.Expr):
                exec(compile(tree, cell.id, "exec"), space)
            else:
                exec(compile(ast.Module(body, []), cell.id, "exec"), space)
                result = eval(compile(ast.Expression(last.value), cell.id, "eval"), space)
                print("" if result is None else result)
        yield cell.id, shown.getvalue()


@pytest.mark.parametrize(
    "lesson_id", [*DAILY, *(pytest.param(one, marks=pytest.mark.gate) for one in OTHERS)]
)
def test_no_lesson_prints_a_small_count_of_people(
    lesson_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    monkeypatch.setattr(City, "as_of", lambda self, table: pd.Timestamp("2026-01-15"))
    monkeypatch.setattr(opened, "_opened", {})
    found = {
        cell: small
        for cell, text in outputs(lesson_id, quiet_city())
        if (small := small_counts_in(text))
    }
    assert found == {}
    exported = [path for path in tmp_path.iterdir() if path.suffix in (".txt", ".csv")]
    assert exported
    assert all(not small_counts_in(path.read_text(encoding="utf-8")) for path in exported)


@pytest.mark.parametrize(
    "text",
    [
        "In Testville, 7 deaths were counted.",
        "There would be 3 fewer visits a year.",
        "District   Residents  Deaths a year\nHill            900             9",
        "Year  Visits\n2024      10",
    ],
)
def test_a_small_count_would_be_seen(text: str) -> None:
    assert small_counts_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "64 of 64 neighborhoods count fewer than 10 deaths.",
        "The rate is 7 deaths per 1,000.",
        "District   Residents  Deaths a year\nHill            900  too few to tell",
        "District   Deaths (per 100,000)\nHill                          9",
        "1,207 deaths and 12 visits.",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert small_counts_in(text) == []
