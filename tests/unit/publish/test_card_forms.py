"""The form in Word: accessible, the same bytes each time, and read however it comes back."""

import contextlib
import importlib.util
import io
import zipfile
from pathlib import Path

import docx
import pytest
from filled_forms import CARD, TRIED, filled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.publish.card_forms import BOX, card_rows, read_form, tried_rows, word_form

FORM = word_form()
ROWS = (*card_rows(), *tried_rows())


def test_the_form_asks_every_row_once_in_tables_with_a_header() -> None:
    document = docx.Document(io.BytesIO(FORM))
    labels = [r.cells[0].paragraphs[0].text for t in document.tables for r in t.rows[1:]]
    assert labels == [row.label for row in ROWS]
    assert len(set(labels)) == len(labels)
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert document.core_properties.language == "en-US"
    assert [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]


def test_two_forms_are_the_same_bytes() -> None:
    assert word_form() == FORM


def test_a_filled_form_is_read_by_its_rows(tmp_path: Path) -> None:
    answers = read_form(filled(tmp_path / "form.docx", CARD))
    assert answers["title"] == "Ask before you count"
    assert answers["outcome"] == "did not"
    assert answers["evidence"] == "count"
    assert answers["capacities"] == ["Internal Alignment"]
    assert "issue_areas" not in answers
    assert not {row.name for row in tried_rows()} & set(answers)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("x Worked\nDid not work", "worked"),
        (f"{BOX} Worked\nX{BOX} Did not work\n{BOX} Too soon to tell", "did not"),
        ("[ ] Worked\n[x] Too soon to tell", "too soon"),
        (f"{BOX} Did not work", "did not"),
        ("worked", "worked"),
        ("WORKED\nDID NOT WORK", "worked; did not"),
        ("it went fine", "it went fine"),
        (f"{BOX} Worked\n{BOX} Did not work\n{BOX} Too soon to tell", ""),
        ("", ""),
    ],
)
def test_a_choice_is_read_however_it_is_ticked(tmp_path: Path, typed: str, read: str) -> None:
    form = filled(tmp_path / "form.docx", {**CARD, "How did it end?": typed})
    assert read_form(form).get("outcome", "") == read


def test_rows_may_change_places_and_lines_become_one(tmp_path: Path) -> None:
    path = filled(tmp_path / "form.docx", {**CARD, "The problem": "Calls\n came\tlate \u202e."})
    document = docx.Document(str(path))
    table = document.tables[0]._tbl
    table.append(table.tr_lst[1])
    document.save(str(path))
    answers = read_form(path)
    assert answers["title"] == "Ask before you count"
    assert answers["problem"] == "Calls came late ."


def make(path: Path, kind: str) -> Path:
    """A file that is not a filled form."""
    if kind == "text":
        path.write_text("no zip", encoding="utf-8")
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("hello.txt", "hello")
    elif kind == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("word/document.xml", b"0" * 40_000_000)
    elif kind == "many parts":
        with zipfile.ZipFile(path, "w") as packed:
            for number in range(400):
                packed.writestr(f"{number}.xml", "")
    elif kind == "broken":
        data = bytearray(FORM)
        data[200:4000] = bytes(3800)
        path.write_bytes(data)
    elif kind == "entities":
        _with_document(path, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    elif kind == "letter":
        docx.Document().save(str(path))
    elif kind == "a row less":
        document = docx.Document(io.BytesIO(FORM))
        document.tables[0]._tbl.remove(document.tables[0].rows[3]._tr)
        document.save(str(path))
    elif kind == "one table":
        document = docx.Document(io.BytesIO(FORM))
        document.tables[1]._tbl.getparent().remove(document.tables[1]._tbl)
        document.save(str(path))
    return path


def _with_document(path: Path, xml: str) -> None:
    with zipfile.ZipFile(io.BytesIO(FORM)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "word/document.xml" else old.read(name))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("missing", "can't find"),
        ("text", "not a Word file"),
        ("zip", "can't read"),
        ("bomb", "40 MB unpacked"),
        ("many parts", "far too large"),
        ("broken", "can't read"),
        ("entities", "can't read"),
        ("letter", "not the form"),
        ("a row less", '"Year" is missing.'),
        ("one table", '"Card that you borrowed" is missing, and 5 more'),
    ],
)
def test_another_file_is_told_in_plain_words(tmp_path: Path, kind: str, said: str) -> None:
    with pytest.raises(PlaybookError) as raised:
        read_form(make(tmp_path / "form.docx", kind))
    assert said in raised.value.what
    assert len(str(raised.value).split()) <= 50


def test_an_old_word_file_is_told_how_to_save(tmp_path: Path) -> None:
    path = tmp_path / "form.doc"
    path.write_bytes(FORM)
    with pytest.raises(PlaybookError, match="Save as"):
        read_form(path)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_form_ends_in_answers_or_in_plain_words(tmp_path: Path, data) -> None:
    damaged = bytearray(FORM)
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(FORM) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "form.docx"
    path.write_bytes(damaged[: data.draw(st.integers(1, len(FORM)))])
    # Anything but answers or a PlaybookError fails the test.
    with contextlib.suppress(PlaybookError):
        read_form(path)


def test_the_answers_of_the_second_part_are_read(tmp_path: Path) -> None:
    answers = read_form(filled(tmp_path / "form.docx", TRIED))
    assert set(answers) == {row.name for row in tried_rows()}


def test_without_the_word_part_both_ways_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(PlaybookError, match="not installed"):
        word_form()
    with pytest.raises(PlaybookError, match="not installed"):
        read_form(tmp_path / "form.docx")
