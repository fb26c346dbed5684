"""The commands that print a template and weigh a survey; and a folder that holds a refused file."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from playbook import cli_city
from playbook.city.own import city_folder, new_city
from playbook.city.profile import read_profile
from playbook.city.tables import load_city
from playbook.cli import app

CODES = """question,column,use,kind,code,label,missing,people
tenure,T,weigh,single,1,Owner,,46
tenure,T,weigh,single,2,Renter,,54
first,F,question,single,1,Streets,,
first,F,question,single,2,Rent,,
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    monkeypatch.delenv("PLAYBOOK_CITY", raising=False)
    new_city("Elsewhere")
    return tmp_path


def run(*words: object):
    return CliRunner().invoke(app, ["city", *map(str, words)])


def test_a_template_is_printed_and_nothing_else_on_standard_output():
    result = run("template", "homeless_services")
    assert result.exit_code == 0
    assert result.stdout.endswith("provider,quarter,destination_group,people\n")
    assert run("template", "homeless").exit_code == 2


def test_a_survey_is_weighed_and_only_its_shares_are_kept(folder):
    survey, codes = folder / "s.csv", folder / "codes.csv"
    survey.write_text("T,F\n" + "1,1\n" * 60 + "1,2\n" * 20 + "2,2\n" * 40, encoding="utf-8")
    codes.write_text(CODES, encoding="utf-8")
    result = run("survey", survey, "--codebook", codes, "--city", "elsewhere")
    assert result.exit_code == 0, result.output
    assert "no row of the file" in result.output
    assert [path.name for path in city_folder("elsewhere").glob("survey*.csv")] == [
        "survey_shares.csv"
    ]


def test_a_file_with_one_row_a_person_is_refused_and_leaves_no_trace(folder):
    path = folder / "Client.csv"
    path.write_text("PersonalID,FirstName,ExportID\n1,Zyxw,2\n", encoding="utf-8")
    result = run("add", path, "--city", "elsewhere")
    assert result.exit_code == 1
    assert "Nothing was saved" in result.output
    assert "playbook city template homeless_services" in result.output
    kept = [file for file in city_folder("elsewhere").rglob("*") if file.is_file()]
    assert [file.name for file in kept] == ["city.toml"]
    assert all("Zyxw" not in file.read_text(encoding="utf-8") for file in kept)


def test_columns_and_labels_can_be_named_on_the_command_line(folder):
    path = folder / "deaths.csv"
    path.write_text("AREA,YR,AGE,WHY,N\nKiln,2021,<1,drugs,12\n", encoding="utf-8")
    names = {
        "neighborhood_id": "AREA",
        "year": "YR",
        "age_group": "AGE",
        "cause": "WHY",
        "deaths": "N",
    }
    columns = [word for pair in names.items() for word in ("--column", "=".join(pair))]
    label = ["--label", "cause:drugs=Overdose"]
    result = run("add", path, "--as", "deaths", *columns, *label, "--city", "elsewhere")
    assert result.exit_code == 0, result.output
    stored = (city_folder("elsewhere") / "deaths.csv").read_text(encoding="utf-8")
    assert stored.splitlines()[1] == "Kiln,2021,Under 1,Overdose,12"


REQUESTS = (
    "Nr,Fecha,Cierre,Tipo,Barrio\n1,2025-03-01,2025-03-04,Bache,Kiln\n2,2025-03-02,,Bache,Weir\n"
)


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        # The dates are seen in the cells only, so nothing is read before they are confirmed.
        ("n\nFecha\nCierre\nTipo\nBarrio\nNr\n-\n-\n-\n", True),
        ("y\n", False),
    ],
)
def test_guessed_columns_are_shown_and_confirmed(folder, monkeypatch, answers, kept):
    monkeypatch.setattr(cli_city, "_interactive", lambda: True)
    file = folder / "quejas.csv"
    file.write_text(REQUESTS, encoding="utf-8")
    result = CliRunner().invoke(app, ["city", "add", str(file)], input=answers)
    assert 'Fecha, such as "2025-03-01". Its cells are dates. Please confirm.' in result.stdout
    assert ("requests_311" in load_city("elsewhere").tables) is kept
    assert (result.exit_code == 0) is kept


def test_confirmed_columns_are_kept_for_the_next_file(folder, monkeypatch):
    monkeypatch.setattr(cli_city, "_interactive", lambda: True)
    file = folder / "quejas.csv"
    file.write_text(REQUESTS, encoding="utf-8")
    answers = "n\nFecha\nCierre\nTipo\nBarrio\nNr\n-\n-\n-\n"
    CliRunner().invoke(app, ["city", "add", str(file)], input=answers)
    kept = read_profile(city_folder("elsewhere")).columns["requests_311"]
    assert kept["opened_at"] == "Fecha"
    monkeypatch.setattr(cli_city, "_interactive", lambda: False)
    assert run("add", file, "--as", "requests_311").exit_code == 0


def test_a_new_city_is_asked_where_it_lies_and_whose_rule_it_follows(monkeypatch):
    monkeypatch.setattr(cli_city, "_interactive", lambda: True)
    result = CliRunner().invoke(app, ["city", "new", "st. louis"], input="MO\n29510\n\nmaine\n")
    assert result.exit_code == 0
    assert "cms: Counts of people from 1 to 10 are hidden" in result.stdout
    profile = read_profile(city_folder("st-louis"))
    assert (profile.state, profile.county, profile.areas) == ("MO", "29510", "tracts")
    assert load_city("st-louis").small_counts.below == 6


@pytest.mark.parametrize("answers", ["Missouri\n\n\n\n", "\n510\n\n\n", "\n\n\nmain\n"])
def test_an_answer_that_does_not_fit_is_told_and_no_city_is_made(monkeypatch, answers):
    monkeypatch.setattr(cli_city, "_interactive", lambda: True)
    result = CliRunner().invoke(app, ["city", "new", "new town"], input=answers)
    assert result.exit_code == 2
    assert not city_folder("new-town").exists()


def test_whoever_skips_every_question_hides_1_to_10(monkeypatch):
    monkeypatch.setattr(cli_city, "_interactive", lambda: True)
    result = CliRunner().invoke(app, ["city", "new", "new town"], input="\n\n\n\n")
    assert result.exit_code == 0, result.stdout
    assert load_city("new-town").small_counts.below == 11
