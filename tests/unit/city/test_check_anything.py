"""Whatever is in a file, checking it gives a report or one plain message, and soon."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from playbook.city.check import check_against
from playbook.city.contract import load_contract
from playbook.city.file_check import check_table
from playbook.errors import PlaybookError
from playbook.home import data_folder

SOUND = (
    "neighborhood_id,year,age_group,cause,deaths\n"
    "01101000100,2024,1-4,Overdose,12\n"
    "01101000200,2024,75-84,Other,3\n"
    "01101000300,2025,Under 1,Other,0\n"
) * 4
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["<11", "*", "1,200", "1e9", "nan", "inf", "-1", "9" * 400, "Total", "²", "٣"]),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    rows = [line.split(",") for line in SOUND.splitlines()]
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.integers(0, len(rows) - 1))
        rows[row][draw(st.integers(0, 4))] = draw(CELLS)
    order = draw(st.permutations(range(5)))
    text = "\n".join(",".join(row[at] for at in order) for row in rows)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    content = bytearray(text.encode(encoding, errors="replace"))
    for _ in range(draw(st.integers(0, 3))):
        content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content[: draw(st.integers(1, len(content)))])


@given(damaged())
@example(SOUND.encode())
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_damaged_file_gives_a_report_or_a_plain_message(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "deaths.csv"
    file.write_bytes(content)
    began = time.process_time()
    try:
        check = check_table(file, "deaths")
    except PlaybookError:
        return
    assert str(check)
    assert check._repr_mimebundle_()["text/html"]
    assert time.process_time() - began < 2


@given(
    st.lists(
        st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=5), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["neighborhood_id", "year", "age_group", "deaths", 7]),
)
@settings(deadline=None, max_examples=60)
def test_any_column_of_a_dataframe_can_be_checked(values: list[object], column: object) -> None:
    table = pd.DataFrame({column: pd.Series(values, dtype="object")})
    contract = load_contract(data_folder())["deaths"]
    assert check_against(table, contract).level == "stop"
