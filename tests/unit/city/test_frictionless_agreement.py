"""Our own check and frictionless agree wherever both look at the same rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from frictionless import Resource, Schema, system

from playbook.city.check import check_against
from playbook.city.contract import Field, TableContract, load_contract
from playbook.home import data_folder

CONTRACTS = {
    name: contract
    for name, contract in load_contract(data_folder()).items()
    # A raw table holds the faults of a real export on purpose.
    if not name.endswith("_raw")
}
ROWS = 12
Damage = Callable[[pd.DataFrame, TableContract, Field, int], str | None]


@cache
def schemas() -> dict[str, dict[str, Any]]:
    package = json.loads((data_folder() / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource["schema"] for resource in package["resources"]}


@cache
def first_rows(name: str) -> pd.DataFrame:
    path = data_folder() / CONTRACTS[name].path
    return pd.read_csv(path, dtype="str", keep_default_na=False, nrows=ROWS)


def frictionless_finds(table: pd.DataFrame, name: str) -> set[tuple[str, int]]:
    """Column and row of each fault; row 1 is the header, and column "" is the key."""
    schema = {**schemas()[name]}
    # Other tables are not at hand here.
    schema.pop("foreignKeys", None)
    data = [list(table.columns), *table.to_numpy().tolist()]
    with system.use_context(trusted=True):
        report = Resource(data=data, schema=Schema.from_descriptor(schema)).validate()
    found = set()
    for error in report.tasks[0].errors:
        row = getattr(error, "row_number", 1)
        found.add((getattr(error, "field_name", ""), row))
    # A key of one column is empty or stands there twice: we say so once, frictionless twice.
    named = {row for field, row in found if field}
    return {(field, row) for field, row in found if field or row not in named}


def we_find(table: pd.DataFrame, name: str) -> set[tuple[str, int]]:
    report = check_against(table, CONTRACTS[name])
    return {
        (finding.column, row)
        for finding in report.findings
        if finding.level == "stop"
        for row in finding.rows or (1,)
    }


def empty(table: pd.DataFrame, contract: TableContract, field: Field, row: int) -> str | None:
    return "" if field.required and not field.optional else None


def no_number(table: pd.DataFrame, contract: TableContract, field: Field, row: int) -> str | None:
    return "many" if field.type in ("integer", "number") else None


def not_whole(table: pd.DataFrame, contract: TableContract, field: Field, row: int) -> str | None:
    return "3.5" if field.type == "integer" else None


def too_low(table: pd.DataFrame, contract: TableContract, field: Field, row: int) -> str | None:
    return None if field.minimum is None else str(int(field.minimum) - 7)


def too_high(table: pd.DataFrame, contract: TableContract, field: Field, row: int) -> str | None:
    return None if field.maximum is None else str(int(field.maximum) + 7)


def no_label(table: pd.DataFrame, contract: TableContract, field: Field, row: int) -> str | None:
    return "another label" if field.enum and field.type == "string" else None


def no_code(table: pd.DataFrame, contract: TableContract, field: Field, row: int) -> str | None:
    return "no such code" if field.pattern else None


def no_date(table: pd.DataFrame, contract: TableContract, field: Field, row: int) -> str | None:
    return "in spring" if field.is_date else None


def same_again(table: pd.DataFrame, contract: TableContract, field: Field, row: int) -> str | None:
    alone = field.unique or contract.primary_key == (field.name,)
    return str(table.loc[(row + 1) % len(table), field.name]) if alone else None


DAMAGES: tuple[Damage, ...] = (
    empty,
    no_number,
    not_whole,
    too_low,
    too_high,
    no_label,
    no_code,
    no_date,
    same_again,
)


def cases() -> list[tuple[str, str, Damage]]:
    """Every damage that a column of the contract can suffer."""
    return [
        (name, field.name, damage)
        for name, contract in CONTRACTS.items()
        for field in contract.fields
        for damage in DAMAGES
        if damage(first_rows(name), contract, field, 0) is not None
    ]


@pytest.mark.parametrize("name", CONTRACTS)
def test_both_find_nothing_in_the_first_rows_of_each_committed_table(name: str) -> None:
    assert frictionless_finds(first_rows(name), name) == set()
    assert we_find(first_rows(name), name) == set()


@pytest.mark.gate
@pytest.mark.parametrize("name", CONTRACTS)
def test_both_find_nothing_in_each_whole_committed_table(name: str) -> None:
    path = data_folder() / CONTRACTS[name].path
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    assert frictionless_finds(table, name) == set()
    assert we_find(table, name) == set()


def test_both_find_the_same_cells_in_200_damaged_copies() -> None:
    draw = np.random.default_rng(200)
    every = cases()
    unlike = []
    for at in draw.choice(len(every), 200, replace=False):
        name, column, damage = every[at]
        table = first_rows(name).copy()
        row = int(draw.integers(len(table)))
        cell = damage(table, CONTRACTS[name], CONTRACTS[name][column], row)
        table.loc[row, column] = cell
        theirs, ours = frictionless_finds(table, name), we_find(table, name)
        if theirs != ours or not ours:
            unlike.append((name, column, damage.__name__, row + 2, cell, theirs, ours))
    assert unlike == []


def test_both_miss_a_column_that_is_not_there_and_no_other() -> None:
    for name in ("deaths", "burdens", "acs_profile"):
        needed = [f.name for f in CONTRACTS[name].fields if f.required and not f.optional]
        table = first_rows(name).drop(columns=needed[0])
        assert any(field == needed[0] for field, _ in frictionless_finds(table, name))
        assert {one for one in we_find(table, name) if one[0]} == {(needed[0], 1)}


@pytest.mark.parametrize("name", ["deaths", "burdens"])
def test_both_find_a_row_whose_key_stands_there_twice(name: str) -> None:
    table = first_rows(name)
    twice = pd.concat([table, table.tail(1)], ignore_index=True)
    theirs, ours = frictionless_finds(twice, name), we_find(twice, name)
    assert len(twice) + 1 in {row for _, row in theirs} & {row for _, row in ours}
