"""Reading a team's answers: any layout, any number of files, and nobody to be recognized."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.city.capacities import NO_ROLE, capacities, codes
from playbook.city.check import check_against
from playbook.city.contract import load_contract
from playbook.city.sources.capacity_answers import parse_answers, recognize_answers
from playbook.errors import PlaybookError
from playbook.home import data_folder

Person = tuple[str, list[str]]


def a_team(sizes: dict[str, int], seed: int = 0) -> list[Person]:
    draw = random.Random(seed)
    roles = [role for role, size in sizes.items() for _ in range(size)]
    return [(role, [str(draw.randint(0, 4)) for _ in codes()]) for role in roles]


def wide(
    team: Sequence[Person], header: Sequence[str] = ("role", *codes()), sep: str = ","
) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=sep)
    writer.writerow(header)
    writer.writerows([role, *scores] for role, scores in team)
    return text.getvalue().encode()


def long(team: Sequence[Person]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["response_id", "role", "capacity", "statement", "score"])
    for number, (role, scores) in enumerate(team):
        for code, score in zip(codes(), scores, strict=True):
            name = next(item.name for item in capacities() if item.letter == code[0])
            writer.writerow([f"sheet {number}", role, name, code[1], score])
    return text.getvalue().encode()


TEAM = a_team({"Leader": 6, "Manager": 3, "Front line": 9})


def test_both_layouts_and_one_file_a_person_give_the_same_table() -> None:
    from_wide, _ = parse_answers([("team.csv", wide(TEAM))])
    from_long, _ = parse_answers([("team.csv", long(TEAM))])
    from_many, report = parse_answers([(f"{n}.csv", wide([one])) for n, one in enumerate(TEAM)])
    pd.testing.assert_frame_equal(from_wide, from_long)
    pd.testing.assert_frame_equal(from_wide, from_many)
    assert report.source == "18 files"
    assert report.rows_read == report.rows_kept == report.counts["people"] == 18
    assert report.counts["answers"] == 18 * 35


def test_what_is_read_is_what_was_answered() -> None:
    answers, _ = parse_answers([("team.csv", wide(TEAM))])
    read = {
        (role, *group.sort_values(["capacity", "statement"])["score"])
        for (_, role), group in answers.groupby(["response_id", "role"])
    }
    order = sorted(codes(), key=lambda code: (_capacity(code), code))
    given = {
        (role, *(int(dict(zip(codes(), scores, strict=True))[code]) for code in order))
        for role, scores in TEAM
    }
    assert read == given


def _capacity(code: str) -> str:
    return next(item.name for item in capacities() if item.letter == code[0])


@given(st.randoms(use_true_random=False))
def test_no_place_in_a_file_or_a_folder_can_be_told_from_the_table(order: random.Random) -> None:
    shuffled = TEAM[:]
    order.shuffle(shuffled)
    cut = order.randint(1, len(shuffled) - 1)
    files = [("b.csv", wide(shuffled[:cut])), ("a.csv", long(shuffled[cut:]))]
    pd.testing.assert_frame_equal(
        parse_answers(files)[0], parse_answers([("team.csv", wide(TEAM))])[0]
    )


def test_the_table_keeps_the_contract() -> None:
    contract = load_contract(data_folder())["capacity_responses"]
    answers, _ = parse_answers([("team.csv", wide(TEAM))])
    assert tuple(answers.columns) == contract.names
    assert check_against(answers.astype(str), contract).level == "fine"


@pytest.mark.parametrize(
    "header",
    [
        ["Your role", *[f"{code}. Residents help us" for code in codes()]],
        ["ROLE", *[code.lower() for code in codes()]],
        ["Job role", *[f" {code[0]}-{code[1]} " for code in codes()]],
    ],
)
def test_headers_as_people_and_forms_write_them(header: list[str]) -> None:
    assert recognize_answers(header)
    answers, _ = parse_answers([("team.csv", wide(TEAM, header, ";"))])
    assert answers["response_id"].nunique() == 18


@pytest.mark.parametrize(
    "header",
    [
        ["Created Date", "Closed Date", "Type", "Ward"],
        ["GEOID", "B01001", "B19013"],
        ["role", "A1", "B1", "C1"],
        ["Tract ID", "STATE2KX", "e(0)", "se(e(0))"],
        ["capacity", "statement"],
        [],
    ],
)
def test_other_files_are_not_taken_for_answers(header: list[str]) -> None:
    assert not recognize_answers(header)


@pytest.mark.parametrize(
    "column",
    [
        "Name",
        "First Name",
        "Employee",
        "employee_id",
        "Email Address",
        "Username",
        "Phone",
        "Initials",
        "Signed by",
        "Staff member",
        "Date of birth",
    ],
)
@pytest.mark.parametrize("make", [wide, None])
def test_a_column_that_may_name_people_stops_everything(column: str, make: object) -> None:
    lines = (wide(TEAM) if make else long(TEAM)).decode().splitlines()
    text = "\n".join([f"{lines[0]},{column}", *(f"{line},Q. Canary" for line in lines[1:])])
    with pytest.raises(PlaybookError, match="Stop") as caught:
        parse_answers([("fine.csv", wide(TEAM)), ("team.csv", text.encode())])
    assert column in caught.value.what
    assert "Canary" not in str(caught.value)


@pytest.mark.parametrize("cell", ["a{}@city.example", "617-555-01{:02}"])
@pytest.mark.parametrize("column", ["Reached at", "role"])
def test_values_that_name_people_stop_everything(cell: str, column: str) -> None:
    lines = wide(TEAM).decode().splitlines()
    if column == "role":
        rows = [f"{cell.format(n)},{line.partition(',')[2]}" for n, line in enumerate(lines[1:])]
    else:
        rows = [f"{line},{cell.format(n)}" for n, line in enumerate(lines[1:])]
        lines[0] += f",{column}"
    with pytest.raises(PlaybookError, match="may name people"):
        parse_answers([("team.csv", "\n".join([lines[0], *rows]).encode())])


def test_a_role_that_nobody_shares_may_be_a_name() -> None:
    team = [(f"Deputy for matter {n}", scores) for n, (_, scores) in enumerate(TEAM)]
    with pytest.raises(PlaybookError, match="18 different ones"):
        parse_answers([("team.csv", wide(team))])


def test_other_columns_are_counted_and_leave_no_trace() -> None:
    lines = wide(TEAM).decode().splitlines()
    text = "\n".join(
        [f"{lines[0]},Timestamp,Comments", *(f"{x},2026-01-09 10:03,canary" for x in lines[1:])]
    )
    answers, report = parse_answers([("team.csv", text.encode())])
    assert "canary" not in answers.to_csv() + str(report) + str(report.to_dict())
    assert "2026" not in answers.to_csv() + str(report)
    assert "2 other columns" in str(report)


def test_the_report_points_at_no_row() -> None:
    team = [*TEAM, ("Leader", ["7", *["1"] * 34])]
    _, report = parse_answers([("team.csv", wide(team))])
    assert all(not finding.rows for finding in report.findings)
    assert 'such as "7" in A1' in str(report)
    assert report.counts["scores outside 0 to 4"] == 1


def test_roles_are_folded_known_ones_named_and_others_kept() -> None:
    spellings = ["leaders", "LEADER", "front-line", "Frontline staff", "Planner", "planner ", ""]
    spellings += ["=cmd()", "N/A"]
    team = [(role, scores) for role, (_, scores) in zip(spellings, TEAM, strict=False)]
    answers, report = parse_answers([("team.csv", wide(team))])
    people = answers.groupby("role")["response_id"].nunique().to_dict()
    assert people == {"Leader": 2, "Front line": 2, "Planner": 2, NO_ROLE: 2, "'=cmd()": 1}
    assert "Fewer than 5 people gave this role" in str(report)


def test_blanks_are_counted_and_empty_rows_left_out() -> None:
    team = [*TEAM, ("Leader", ["", "N/A", *["2"] * 33]), ("Leader", [""] * 35)]
    answers, report = parse_answers([("team.csv", wide(team))])
    assert answers["response_id"].nunique() == 19
    assert report.counts["blank answers"] == 2
    assert report.counts["left out: no answer in the row"] == 1


def test_long_rows_that_fit_nowhere_are_counted() -> None:
    lines = long(TEAM).decode().splitlines()
    odd = ["sheet 0,Leader,Race and Equity,6,3", "sheet 0,Leader,Race and Equity,1,3"]
    odd += [
        "sheet 0,Leader,Magic,1,3",
        "sheet 99,Leader,Race and Equity,1,",
        "sheet 99,Leader,A,A2,9",
    ]
    answers, report = parse_answers([("team.csv", "\n".join([*lines, *odd]).encode())])
    assert len(answers) == 18 * 35
    left_out = {name: n for name, n in report.counts.items() if "left out" in name and n}
    assert left_out == {
        "left out: no such statement": 2,
        "left out: same statement twice in one sheet": 1,
        "left out: blank score": 1,
        "left out: score outside 0 to 4": 1,
    }


def test_the_same_sheet_twice_is_pointed_out() -> None:
    files = [("team.csv", wide(TEAM)), ("again.csv", wide(TEAM[:2]))]
    _, report = parse_answers(files)
    assert "2 sheets agree with another one" in str(report)
    assert report.level == "look"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (wide(TEAM, ["role", "A1", *codes()[:-1]]), "two columns for A1"),
        (b"role," + ",".join(codes()).encode() + b"\n", "no rows below"),
        (wide([("Leader", [""] * 35)]), "no answer"),
        (b"opened,closed\n1,2\n", "not a sheet of the self-assessment"),
        (b"PK\x03\x04 rest", "Excel"),
    ],
)
def test_what_cant_be_used_is_said(content: bytes, said: str) -> None:
    with pytest.raises(PlaybookError, match=said) as caught:
        parse_answers([("team.csv", content)])
    assert caught.value.fix


def test_no_file_at_all_is_said() -> None:
    with pytest.raises(PlaybookError, match="no file"):
        parse_answers([])


def test_a_sheet_without_some_statements_is_read_and_they_are_named() -> None:
    kept = ["role", *codes()[:30]]
    team = [(role, scores[:30]) for role, scores in TEAM]
    answers, report = parse_answers([("team.csv", wide(team, kept))])
    assert set(answers["capacity"]) == {item.name for item in capacities()[:6]}
    assert "no column for G1" in str(report)


# Reading the file itself refuses an empty one before.
@given(st.binary(max_size=400).filter(bytes.strip))
def test_any_bytes_are_read_or_refused_in_plain_words(content: bytes) -> None:
    text = wide(TEAM[:3]) + content
    for file in (content, text):
        try:
            answers, report = parse_answers([("team.csv", file)])
        except PlaybookError:
            continue
        assert answers["score"].between(0, 4).all()
        assert report.rows_read == report.rows_kept + report.rows_left_out


@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.lists(st.text(max_size=6), min_size=35, max_size=35)),
        min_size=1,
        max_size=6,
    )
)
def test_any_cells_give_scores_from_0_to_4_or_nothing(team: list[Person]) -> None:
    try:
        answers, report = parse_answers([("team.csv", wide(team))])
    except PlaybookError:
        return
    assert answers["score"].between(0, 4).all()
    assert not answers.duplicated(["response_id", "capacity", "statement"]).any()
    counted = report.counts["answers"] + report.counts["blank answers"]
    assert counted == 35 * report.counts["people"]
    again, _ = parse_answers([("stored.csv", answers.to_csv(index=False).encode())])
    assert len(again) == len(answers)
