"""A table that breaks its contract is found, with the file and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from playbook.author.data_rules import check_tables


def change(data: Path, file: str, row: int, column: str, value: str) -> None:
    table = pd.read_csv(data / file, dtype="str", keep_default_na=False)
    table.loc[row, column] = value
    table.to_csv(data / file, index=False, lineterminator="\n")


def test_sound_tables_have_no_findings(data: Path) -> None:
    assert check_tables(data) == []


@pytest.mark.parametrize(
    ("file", "row", "column", "value"),
    [
        ("requests_311.csv", 4, "opened_at", "3/2/2025"),
        ("requests_311.csv", 4, "request_type", ""),
        ("requests_311.csv", 4, "neighborhood_id", "N99"),
        ("requests_311.csv", 4, "duplicate_of", "no-such-request"),
        ("neighborhoods.csv", 3, "population", "-5"),
        ("neighborhoods.csv", 3, "holc_grade", "E"),
        ("neighborhoods.csv", 3, "neighborhood_id", "N01"),
        ("acs_profile.csv", 3, "poverty_pct", "140"),
    ],
)
def test_a_broken_cell_is_found(data: Path, file: str, row: int, column: str, value: str) -> None:
    change(data, file, row, column, value)
    found = check_tables(data)
    assert found
    assert {finding.rule for finding in found} == {"table-contract"}
    assert any(finding.file == f"data/{file}" and column in finding.what for finding in found)


def test_a_missing_column_is_found(data: Path) -> None:
    path = data / "neighborhoods.csv"
    pd.read_csv(path, dtype="str").drop(columns="district").to_csv(path, index=False)
    assert any("columns" in finding.what for finding in check_tables(data))


def test_a_missing_table_is_found(data: Path) -> None:
    (data / "acs_profile.csv").unlink()
    assert [finding.what for finding in check_tables(data)] == ["The file is missing"]
