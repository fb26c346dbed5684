"""Each file finds its reader by its header; what belongs together is kept together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from playbook.city.capacities import codes
from playbook.city.own import new_city
from playbook.city.readers import READ_TODAY, read_files
from playbook.city.sources.source import Choices
from playbook.city.sources.usaleep_rows import AGE_GROUPS
from playbook.city.store import add_file, check_city
from playbook.city.tables import load_city
from playbook.errors import PlaybookError

# Made-up tracts and numbers.
TRACTS = ("29510990100", "29510990200", "29510990301", "29189990100")
FILE_A = """"Tract ID","STATE2KX","CNTY2KX","TRACT2KX","e(0)","se(e(0))","Abridged life table flag"
29510990100,29,510,990100,79,1.2,3
29510990200,29,510,990200,74.1,1.5504,1
29510990301,29,510,990301,68.5,2,2
29189990100,29,189,990100,82.3,.7,3

"""
HEADER_B = "Tract ID,Age Group,nq(x),l(x),nd(x),nL(x),T(x),e(x),se(nq(x)),se(e(x))"
REQUESTS = "opened,closed,type,neighborhood\n2011-08-01,2011-08-03,Noise,Kiln\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Make a city, and return a folder for the files to add."""
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    monkeypatch.delenv("PLAYBOOK_CITY", raising=False)
    new_city("Elsewhere")
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def file_b(*tracts: str) -> str:
    rows = [
        f"{tract},{age},.01,90000,900,89000,800000,{75 - 6 * at},.001,1.1"
        for tract in tracts
        for at, age in enumerate(AGE_GROUPS)
    ]
    return "\n".join([HEADER_B, *rows]) + "\n"


def answers_of(*scores: int) -> str:
    rows = [f"Leader,{','.join([str(score)] * len(codes()))}" for score in scores]
    return "\n".join([f"Role,{','.join(codes())}", *rows]) + "\n"


def said(report) -> str:
    return " ".join(f.what for f in report.findings)


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        (REQUESTS, ("requests_311",)),
        (FILE_A, ("life_expectancy",)),
        (file_b("44007990100"), ("life_table", "life_expectancy")),
        (answers_of(1, 2), ("capacity_responses",)),
    ],
    ids=["requests", "life expectancy", "life tables", "answers"],
)
def test_each_kind_of_file_is_stored_as_its_table_and_passes_its_own_check(folder, text, tables):
    report = add_file(write(folder / "x.csv", text), "elsewhere")
    assert report.tables == tables
    city = load_city("elsewhere")
    assert set(city.tables) == set(tables)
    assert all(len(city[table]) for table in tables)
    check = check_city("elsewhere")
    assert check.level == "fine", str(check)
    assert set(check.tables) == set(tables)


def test_the_years_of_the_life_expectancy_are_stored_as_their_last_day(folder):
    add_file(write(folder / "A.CSV", FILE_A), "elsewhere")
    assert str(load_city("elsewhere").as_of("life_expectancy").date()) == "2015-12-31"


def test_an_unknown_file_is_told_what_is_read_today(folder):
    path = write(folder / "buses.csv", "Year,Stop,Route,Riders\n2021,1057,7,6\n")
    with pytest.raises(PlaybookError) as caught:
        add_file(path, "elsewhere")
    assert "Year, Stop, Route and Riders" in caught.value.what
    for kind in ("service requests (311)", "USALEEP, file A", "USALEEP, file B", "answers"):
        assert kind in READ_TODAY
        assert kind in caught.value.what
    assert load_city("elsewhere").tables == ()


def test_a_file_of_residents_is_refused_whatever_else_it_holds(folder):
    path = write(folder / "x.csv", "ClientID,FirstName,Exit\n1,Ana,Closed\n")
    with pytest.raises(PlaybookError, match=r"with one row a person or stay") as caught:
        add_file(path, "elsewhere")
    assert "Ana" not in str(caught.value)


def test_life_tables_leave_a_life_expectancy_of_its_own_alone_and_say_so(folder):
    add_file(write(folder / "A.CSV", FILE_A), "elsewhere", Choices(county="510"))
    report = add_file(write(folder / "B.CSV", file_b("44007990100")), "elsewhere")
    assert report.tables == ("life_table",)
    (finding,) = [f for f in report.findings if "No tract of this file" in f.what]
    assert finding.level == "look"
    assert "among the 3 tracts whose life expectancies Elsewhere has" in finding.what
    city = load_city("elsewhere")
    assert len(city["life_expectancy"]) == 3
    assert len(city["life_table"]) == 11


def test_one_tract_in_both_is_enough_to_say_nothing(folder):
    add_file(write(folder / "A.CSV", FILE_A), "elsewhere")
    report = add_file(write(folder / "B.CSV", file_b("29510990100", "44007990100")), "elsewhere")
    assert "No tract of this file" not in said(report)


def test_the_same_is_said_when_the_life_tables_came_first(folder):
    add_file(write(folder / "B.CSV", file_b("44007990100")), "elsewhere")
    report = add_file(write(folder / "A.CSV", FILE_A), "elsewhere")
    assert "among the 1 tract whose life tables" in said(report)
    assert len(load_city("elsewhere")["life_expectancy"]) == 4


def test_a_life_expectancy_that_came_from_life_tables_follows_them(folder):
    add_file(write(folder / "B.CSV", file_b("44007990100")), "elsewhere")
    report = add_file(write(folder / "C.CSV", file_b("44009990100", "44009990200")), "elsewhere")
    assert report.tables == ("life_table", "life_expectancy")
    ids = load_city("elsewhere")["life_expectancy"]["neighborhood_id"]
    assert ids.tolist() == ["44009990100", "44009990200"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_both_files_at_once_keep_what_file_a_says(folder, order):
    paths = [
        write(folder / "A.CSV", FILE_A),
        write(folder / "B.CSV", file_b(*TRACTS)),
    ]
    report = add_file([paths[at] for at in order], "elsewhere", Choices(county="510"))
    assert report.tables == ("life_expectancy", "life_table")
    assert report.rows_read == 4 + 44
    lives = load_city("elsewhere")["life_expectancy"]
    assert lives["life_expectancy"].tolist() == [79.0, 74.1, 68.5]
    assert lives["table_kind"].notna().all()
    assert {f.what.split(":")[0] for f in report.findings} == {"A.CSV", "B.CSV"}


def test_a_folder_is_its_csv_files_and_the_others_are_counted(folder):
    write(folder / "A.csv", FILE_A)
    write(folder / "requests.CSV", REQUESTS)
    write(folder / "notes.txt", "x")
    write(folder / ".hidden", "x")
    report = add_file(folder, "elsewhere", Choices(county="510"))
    assert set(load_city("elsewhere").tables) == {"requests_311", "life_expectancy"}
    (finding,) = [f for f in report.findings if "other file" in f.what]
    assert (finding.level, finding.count) == ("look", 1)
    assert "notes" not in finding.what


def test_a_folder_without_a_csv_file(folder):
    with pytest.raises(PlaybookError, match="folder files holds no file with a table"):
        add_file(folder, "elsewhere")


def test_two_files_for_one_table_are_refused_and_nothing_is_stored(folder):
    write(folder / "MO.csv", FILE_A)
    write(folder / "IL.csv", FILE_A.replace("29", "17"))
    with pytest.raises(PlaybookError, match=r"IL\.csv and MO\.csv are files of one kind"):
        add_file(folder, "elsewhere")
    assert load_city("elsewhere").tables == ()


def test_one_file_that_is_refused_keeps_all_of_them_out(folder):
    write(folder / "A.csv", FILE_A)
    write(folder / "other.csv", "a,b\n1,2\n")
    with pytest.raises(PlaybookError, match=r"can't tell what other\.csv is"):
        add_file(folder, "elsewhere")
    assert load_city("elsewhere").tables == ()


def test_a_county_for_a_file_without_counties_is_not_passed_over_in_silence(folder):
    report = add_file(write(folder / "x.csv", REQUESTS), "elsewhere", Choices(county="510"))
    assert "did not use --county 510" in said(report)
    assert "--county" not in said(add_file(folder / "x.csv", "elsewhere"))


def test_a_teams_answers_leave_no_trace_of_who_sent_them(folder):
    for name, score in (("ana_baker", 1), ("cem_dogan", 2), ("eve_fox", 4)):
        write(folder / f"{name}.csv", answers_of(score))
    report = add_file(folder, "elsewhere")
    assert report.source == "3 files of answers"
    answers = load_city("elsewhere")["capacity_responses"]
    assert answers["response_id"].nunique() == 3
    store = load_city("elsewhere").folder
    note = json.loads((store / "capacity_responses.json").read_text(encoding="utf-8"))
    assert (note["source_file"], note["sha256"]) == ("3 files of answers", "")
    kept = "".join(file.read_text(encoding="utf-8") for file in store.iterdir())
    for trace in ("ana", "baker", "cem", "dogan", "eve_fox", ".csv"):
        assert trace not in (kept + str(report)).lower()


def test_one_sheet_of_answers_is_not_named_either(folder):
    report = add_file(write(folder / "ana_baker.csv", answers_of(1, 2, 3)), "elsewhere")
    assert report.source == "1 file of answers"
    assert "ana" not in json.dumps(report.to_dict())


def test_reading_stores_nothing():
    (reading,) = read_files([("A.CSV", FILE_A.encode())], load_city("elsewhere"))
    assert list(reading.tables) == ["life_expectancy"]
    assert load_city("elsewhere").tables == ()
