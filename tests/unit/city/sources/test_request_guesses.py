"""Guessing which column means what, to be confirmed by a person."""

from __future__ import annotations

import pytest

from playbook.city.readers import read_files
from playbook.city.sources.request_columns import NEEDED, STORED_AS, recognize
from playbook.city.sources.request_guesses import guess_columns
from playbook.city.sources.service_requests import parse_service_requests
from playbook.city.sources.source import Choices
from playbook.city.tables import load_city
from playbook.errors import PlaybookError

HEADER = ["Nr", "Fecha", "Cierre", "Tipo", "Barrio", "E-mail"]
ROWS = [
    ["1", "2025-03-01", "2025-03-04", "Bache", "Kiln", "a@x.org"],
    ["2", "2025-03-02", "", "Bache", "Weir", "b@x.org"],
    ["3", "2025-03-05", "2025-03-06", "Graffiti", "Weir", "c@x.org"],
    ["4", "2025-03-07", "2025-03-09", "Graffiti", "Kiln", ""],
]
CHOSEN = {
    "opened_at": "Fecha",
    "closed_at": "cierre",
    "request_type": "Tipo",
    "neighborhood_id": "Barrio",
}


def by_role(header, rows):
    return {guess.role: guess for guess in guess_columns(header, rows)}


def content(header=HEADER[:5], rows=ROWS) -> bytes:
    lines = [header, *(row[: len(header)] for row in rows)]
    return "\n".join(",".join(line) for line in lines).encode()


def test_names_that_we_know_are_guessed_by_name_with_an_example_and_the_others():
    header = ["Created Date", "Closed Date", "Type", "Subject", "Ward", "Borough"]
    guesses = by_role(header, [["7/14/2011", "", "Noise", "Streets", "W 3", "North"]])
    assert guesses["opened_at"].column == "Created Date"
    assert guesses["opened_at"].example == "7/14/2011"
    assert guesses["closed_at"].by == "name"
    assert guesses["request_type"].column == "Type"
    assert guesses["request_type"].others[0] == "Subject"
    assert guesses["neighborhood_id"].column == "Ward"
    assert guesses["neighborhood_id"].others[0] == "Borough"
    assert "such as" in str(guesses["opened_at"])


def test_what_the_guess_says_by_name_is_what_the_reader_takes():
    header = ["Created Date", "Closed Date", "Type", "Subject", "Ward", "Borough", "Key"]
    guesses = by_role(header, [["x"] * 7])
    taken = {STORED_AS[role]: name for role, name in recognize(header).names().items()}
    assert {role: one.column for role, one in guesses.items() if one.column} == taken


def test_dates_under_other_names_are_a_guess_to_confirm_the_fuller_one_is_the_opening():
    guesses = by_role(HEADER, ROWS)
    for role, column in (("opened_at", "Fecha"), ("closed_at", "Cierre")):
        assert (guesses[role].column, guesses[role].by) == (column, "values")
        assert "confirm" in guesses[role].why


def test_a_column_about_persons_is_never_offered_and_never_an_example():
    for guess in guess_columns(HEADER, ROWS):
        assert "E-mail" not in (guess.column, *guess.others)
        assert "@" not in str(guess)


def test_labels_are_offered_and_not_guessed():
    guess = by_role(HEADER, ROWS)["request_type"]
    assert (guess.column, guess.others) == ("", ("Tipo", "Barrio"))


def test_two_columns_that_fit_equally_well_are_both_offered():
    guess = by_role(["opened", "open date", "type"], [["2025-03-01", "2025-03-02", "x"]])
    assert guess["opened_at"].column == ""
    assert guess["opened_at"].others[:2] == ("opened", "open date")
    assert "Two columns" in guess["opened_at"].why


def test_what_is_needed_comes_first():
    guesses = guess_columns(HEADER, ROWS)
    assert [guess.needed for guess in guesses] == [True] * len(NEEDED) + [False] * 4


@pytest.mark.parametrize("rows", [[], [[""] * 6]])
def test_a_file_without_rows_gives_guesses_without_examples(rows):
    assert {guess.example for guess in guess_columns(HEADER, rows)} == {""}


def test_a_file_whose_columns_were_chosen_is_read_and_the_report_shows_them():
    requests, report = parse_service_requests(content(), "x.csv", columns=CHOSEN)
    assert requests["neighborhood_id"].tolist() == ["Kiln", "Weir", "Weir", "Kiln"]
    assert report.columns_used["closed"] == "Cierre"
    choices = Choices(table="requests_311", columns=CHOSEN)
    (reading,) = read_files([("x.csv", content())], load_city("port-alder"), choices)
    assert list(reading.tables) == ["requests_311"]


def test_a_choice_goes_before_the_guess_and_an_empty_one_leaves_a_meaning_out():
    header = ["opened", "closed", "type", "neighborhood", "ward", "channel"]
    rows = [["2025-03-01", "", "Noise", "North", "W 3", "phone"]]
    chosen = {"neighborhood_id": "ward", "channel": ""}
    requests, _ = parse_service_requests(content(header, rows), "x.csv", columns=chosen)
    assert requests["neighborhood_id"].tolist() == ["W 3"]
    assert requests["channel"].isna().all()


def test_a_chosen_column_that_is_not_there_names_the_nearest():
    with pytest.raises(PlaybookError, match="no column called") as caught:
        parse_service_requests(content(), "x.csv", columns={**CHOSEN, "closed_at": "Cierres"})
    assert "nearest is Cierre" in caught.value.fix
