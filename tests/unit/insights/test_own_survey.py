"""A city's own survey: weighed by its margins, small answers hidden, no row stored."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.city.own import city_folder, new_city
from playbook.city.tables import load_city
from playbook.errors import PlaybookError
from playbook.insights.own_survey import add_survey, read_survey
from playbook.measures.raking import rake
from playbook.measures.survey import weighted_shares

CITY = load_city()
HEAD = "question,column,use,kind,code,label,missing,people\n"
TENURE = "tenure,T,weigh,single,1,Owner,,46\ntenure,T,weigh,single,2,Renter,,54\n"
AGE = "age,A,weigh,single,1,Young,,30\nage,A,weigh,single,2,Old,,70\n"
FIRST = "first,F,question,single,1,Streets,,\nfirst,F,question,single,2,Rent,,\n"
WANTS = "wants,W,question,several,1,Parks,,\nwants,W,question,several,2,Trees,,\n"


def answers(*groups: tuple[int, str]) -> bytes:
    """Write a survey: so many rows of each kind."""
    return ("T,A,F,W\n" + "".join(f"{row}\n" * count for count, row in groups)).encode()


MANY = answers(
    (60, "1,1,1,1"), (40, "1,2,1,2"), (30, "2,1,2,1;2"), (50, "2,2,2,"), (20, "2,2,1,2"),
)  # fmt: skip


def read(survey: bytes = MANY, book: str = HEAD + TENURE + AGE + FIRST + WANTS, city=CITY):
    return read_survey(("s.csv", survey), ("codes.csv", book.encode()), city)


def shares(brought, question: str) -> pd.DataFrame:
    table = brought.tables["survey_shares"]
    return table[table["question"].eq(question)].set_index("answer")


def said(brought) -> str:
    return " ".join(f.what for f in brought.report.findings)


def test_shares_are_those_of_raking_on_the_same_rows():
    table = pd.read_csv(pd.io.common.BytesIO(MANY), dtype="str", keep_default_na=False)
    sheets = pd.DataFrame({
        "tenure": table["T"].map({"1": "Owner", "2": "Renter"}),
        "age": table["A"].map({"1": "Young", "2": "Old"}),
        "first": table["F"].map({"1": "Streets", "2": "Rent"}),
    })  # fmt: skip
    margins = pd.DataFrame({
        "variable": ["tenure", "tenure", "age", "age"],
        "category": ["Owner", "Renter", "Young", "Old"], "people": [46, 54, 30, 70],
    })  # fmt: skip
    weights = rake(sheets, margins, cap=5).weights
    expected = weighted_shares(sheets, "first", weights)["share"]
    found = shares(read(), "first")["share"]
    pd.testing.assert_series_equal(found[expected.index], expected, check_names=False)


def test_weighing_makes_the_traits_what_the_census_counts():
    tenure = shares(read(), "tenure")
    np.testing.assert_allclose(tenure["share"], tenure["people_share"], atol=0.01)
    assert tenure.loc["Owner", "answers_share"] == 50
    assert tenure["kind"].unique().tolist() == ["trait"]


def test_a_question_with_several_answers_has_a_share_for_each():
    wants = shares(read(), "wants")
    assert wants.loc["Parks", "answers"] == 90
    assert wants.loc["Parks", "answers_share"] == pytest.approx(60)
    assert wants["share"].sum() > 100


def test_small_answers_are_hidden_with_what_would_give_them_away():
    book = HEAD + FIRST + "first,F,question,single,3,Safety,,\n"
    survey = answers((4, "1,1,1,1"), (60, "1,1,2,1"), (90, "1,1,3,1"))
    first = shares(read(survey, book), "first")
    hidden = first.loc[["Streets", "Rent"], ["answers", "share", "answers_share"]]
    assert hidden.isna().all(axis=None)
    assert first.loc["Safety", "answers"] == 90
    assert "Counts of people from 1 to 10 are hidden" in said(read(survey, book))


def test_who_did_not_mark_an_answer_may_be_few_too():
    survey = answers((96, "1,1,1,1;2"), (4, "1,1,1,2"))
    wants = shares(read(survey, HEAD + WANTS), "wants")
    assert pd.isna(wants.loc["Parks", "answers"])
    assert pd.isna(wants.loc["Parks", "share"])
    assert wants.loc["Trees", "answers"] == 100


def test_without_people_every_answer_counts_the_same_and_it_says_so():
    brought = read(book=HEAD + FIRST)
    first = shares(brought, "first")
    np.testing.assert_allclose(first["share"], first["answers_share"])
    assert "every answer counts the same" in said(brought)


def test_weights_that_came_with_the_file_are_used_and_bad_ones_left_out():
    survey = b"F,Z\n" + b"1,3\n" * 40 + b"2,1\n" * 40 + b"2,0\n" * 5 + b"2,\n" * 2
    brought = read(survey, HEAD + FIRST + "weight,Z,weight,,,,,\n")
    assert shares(brought, "first").loc["Streets", "share"] == pytest.approx(75)
    assert brought.report.counts["left out: no weight above 0"] == 7
    assert (brought.report.rows_read, brought.report.rows_kept) == (87, 80)


def test_answers_that_can_not_be_weighed_are_left_out_and_counted():
    survey = MANY + answers((7, ",1,1,1")).split(b"\n", 1)[1] + b"1,1\n"
    report = read(survey).report
    assert report.counts["left out: a trait to weigh by is missing"] == 7
    assert report.counts["left out: wrong number of cells"] == 1
    assert report.rows_read == report.rows_kept + 8


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        (answers((20, "1,1,1,1"), (20, "2,2,2,1")), "too few to weigh"),
        (answers((120, "1,1,1,1"), (20, "1,2,2,1")), "Nobody who answered is Renter"),
    ],
)
def test_what_can_not_be_weighed_is_refused_in_plain_words(survey, words):
    with pytest.raises(PlaybookError, match=words):
        read(survey)


def test_the_citys_own_sums_of_adults_are_used_where_the_codebook_has_none(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    new_city("Elsewhere")
    margins = pd.DataFrame(
        {"variable": "tenure", "category": ["Owner", "Renter"], "people": [20, 80]}
    )
    city = load_city("elsewhere").with_tables({"survey_margins": margins})
    book = HEAD + TENURE.replace(",46\n", ",\n").replace(",54\n", ",\n") + FIRST
    assert shares(read(book=book, city=city), "tenure").loc["Renter", "share"] == pytest.approx(80)


def test_the_rule_of_the_city_decides_what_is_hidden(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    new_city("Elsewhere", small_counts="wisconsin")
    survey = answers((7, "1,1,1,1"), (90, "1,1,2,1"))
    assert shares(read(survey, HEAD + FIRST), "first")["answers"].isna().all()
    own = read(survey, HEAD + FIRST, load_city("elsewhere"))
    assert shares(own, "first").loc["Streets", "answers"] == 7
    assert "Wisconsin" in said(own) or "hidden" not in said(own)


def test_only_shares_are_stored(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    new_city("Elsewhere")
    survey, codes = tmp_path / "s.csv", tmp_path / "codes.csv"
    sheets = MANY.decode().replace("T,A,F,W", "sheet,T,A,F,W").split("\n")
    numbered = [sheets[0], *(f"zq{n},{row}" for n, row in enumerate(sheets[1:]) if row)]
    survey.write_text("\n".join(numbered), encoding="utf-8")
    codes.write_text(HEAD + TENURE + AGE + FIRST + WANTS, encoding="utf-8")
    report = add_survey(survey, codes, "elsewhere")
    folder = city_folder("elsewhere")
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("survey*")}
    assert set(kept) == {"survey_shares.csv", "survey_shares.json"}
    assert "zq" not in "".join(kept.values())
    assert len(kept["survey_shares.csv"].splitlines()) == 1 + 8
    assert json.loads(kept["survey_shares.json"])["report"]["rows_kept"] == report.rows_kept == 200
    assert all(not finding.rows for finding in report.findings)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 60), min_size=3, max_size=5).filter(lambda counts: sum(counts) > 30))
def test_no_count_from_1_to_10_comes_out_whatever_was_answered(counts):
    lines = "".join(f"first,F,question,single,{n},Answer {n},,\n" for n in range(len(counts)))
    survey = answers(*((count, f"1,1,{n},1") for n, count in enumerate(counts)))
    table = shares(read(survey, HEAD + lines), "first")
    assert not table["answers"].isin(list(range(1, 11))).any()
    hidden = int(table["answers"].isna().sum())
    assert hidden == 0 or hidden >= 2
    assert table.loc[table["answers"].isna(), ["share", "answers_share"]].isna().all(axis=None)
