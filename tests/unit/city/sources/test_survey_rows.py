"""Surveys in memory: codebooks in two forms, codes that mean no answer, nobody to be recognized."""

from __future__ import annotations

import pytest

from playbook.city.sources.source import Choices
from playbook.city.sources.survey_codebook import read_codebook
from playbook.city.sources.survey_rows import read_survey_rows
from playbook.city.templates import template
from playbook.errors import PlaybookError

HEAD = "question,column,use,kind,code,label,missing,people\n"
BOOK = HEAD + (
    "tenure,Q1,weigh,single,1,Owner,,\"46,000\"\n"
    "tenure,Q1,weigh,single,2,Renter,,54000\n"
    "tenure,Q1,weigh,single,99,Prefer not to say,yes,\n"
    "first,Q2,question,single,1,Streets,,\n"
    "first,Q2,question,single,2,Rent,,\n"
    "first,Q2,question,single,98,Don't know,yes,\n"
    "trust,Q3,question,scale,1,Low,,\n"
    "trust,Q3,question,scale,2,High,,\n"
    "wants,Q4,question,several,1,Parks,,\n"
    "wants,Q4,question,several,2,Trees,,\n"
    "wants,Q4,question,several,8,None of these,yes,\n"
    "uses,Q5a,question,several,1,Bus,,\n"
    "uses,Q5b,question,several,1,Bike,,\n"
)  # fmt: skip
TOML = """
[tenure]
column = "Q1"
use = "weigh"
labels = { "1" = "Owner", "2" = "Renter", "99" = "Prefer not to say" }
missing = ["99"]
people = { "Owner" = 46000, "Renter" = 54000 }

[first]
column = "Q2"
labels = { "1" = "Streets", "2" = "Rent", "98" = "Don't know" }
missing = ["98"]
"""
ROWS = "id,Q1,Q2,Q3,Q4,Q5a,Q5b\n1,1,1,1,1;2,1,\n2,2.0,98,2,2,,1\n3,99,Rent,7,8,,\n4,,2,, ,1,1\n"


def book(text: str = BOOK):
    return read_codebook(text.encode(), "codes.csv")


def rows(text: str = ROWS, questions=None, **choices):
    return read_survey_rows(text.encode(), "s.csv", questions or book(), Choices(**choices))


def test_codes_become_answers_and_codes_for_no_answer_keep_their_reason():
    read = rows()
    assert read.single["tenure"].fillna("-").tolist() == ["Owner", "Renter", "-", "-"]
    assert read.single["first"].fillna("-").tolist() == ["Streets", "-", "Rent", "Rent"]
    assert read.reasons["tenure", "Prefer not to say"] == 1
    assert read.reasons["first", "Don't know"] == 1
    assert read.reasons["trust", "label not known"] == 1
    assert read.reasons["tenure", "no answer"] == 1


def test_a_question_with_several_answers_is_read_from_one_column_or_from_many():
    read = rows()
    wants = read.several["wants"].fillna(False).to_numpy().tolist()
    assert wants == [[True, True], [False, True], [False, False], [False, False]]
    assert read.several["wants"].isna().all(axis=1).tolist() == [False, False, True, True]
    assert read.several["uses"].fillna(False).to_numpy().tolist()[1] == [False, True]
    assert read.reasons["wants", "None of these"] == 1


def test_commas_split_codes_but_not_a_written_answer():
    text = ROWS.replace("1;2", '"1,2"').replace(",8,", ',"Parks, and more",')
    read = rows(text)
    assert read.several["wants"].fillna(False).to_numpy().tolist()[0] == [True, True]
    assert read.reasons["wants", "label not known"] == 1


def test_both_forms_of_a_codebook_say_the_same():
    tables = book()[:2]
    toml = read_codebook(TOML.encode(), "codes.toml")
    assert [(q.name, q.use, q.labels, dict(q.people), list(q.missing)) for q in tables] == [
        (q.name, q.use, q.labels, dict(q.people), list(q.missing)) for q in toml
    ]


def test_the_filled_template_is_a_codebook():
    lines = BOOK.removeprefix(HEAD)
    assert read_codebook((template("survey_codebook") + lines).encode(), "c.csv") == book()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "is no codebook"),
        (HEAD + "tenure,Q1,weigh,single,1,Owner,,5\n", "no line with use = question"),
        (HEAD + "x,Q1,ask,single,1,A,,\n", '"ask" of x'),
        (HEAD + "x,Q1,question,single,1,A,,\nx,Q1,question,single,1,B,,\n", "twice"),
        (HEAD + "x,Q1,question,single,1,A,,\nx,Q2,question,single,2,B,,\n", "2 columns for x"),
        (HEAD + "x,,question,single,1,A,,\n", "names no question or no column"),
        (HEAD + "x,Q1,weigh,single,1,A,,many\n", '"many" people'),
        (HEAD + "x,Q1,weigh\n" + "y,Q1,question,single,1,A,,\n", "more or fewer cells"),
    ],
)
def test_a_codebook_that_can_not_be_used_says_which_line(text, words):
    with pytest.raises(PlaybookError, match=words):
        book(text)


@pytest.mark.parametrize("text", ["x = [", "x = 3", "[x]\nuse = 'question'\n"])
def test_broken_toml_is_no_traceback(text):
    with pytest.raises(PlaybookError):
        read_codebook(text.encode(), "codes.toml")


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(PlaybookError, match='a column "Q2"'):
        rows(ROWS.replace("Q2", "Q22"))


@pytest.mark.parametrize("column", ["Recipient Email", "First name", "home address", "latitude"])
def test_a_column_that_names_people_stops_it_and_can_be_left_out(column):
    text = "\n".join(
        f"{line},{column if at == 0 else at}" for at, line in enumerate(ROWS.strip().split("\n"))
    )
    with pytest.raises(PlaybookError, match="Stop"):
        rows(text)
    assert rows(text, leave_out=(column,)).rows == 4


def test_free_text_is_not_read_as_an_answer():
    words = "I have lived on this street for thirty years and the lights were never repaired "
    text = "id,Q1,Q2,Q3,Q4,Q5a,Q5b\n" + "".join(f"{n},1,{words}{n},1,1,,\n" for n in range(5))
    with pytest.raises(PlaybookError, match="reads like free text"):
        rows(text)


def test_no_finding_and_no_reason_names_a_row():
    read = rows(ROWS + "5,1\n")
    assert read.misfits == 1
    assert all(not finding.rows for finding in read.findings)
