"""Files as they come: found or not, text or not, and counted as a spreadsheet counts."""

from __future__ import annotations

import csv
import zipfile

import pytest

from playbook.city.text_files import read_file, read_header, read_table, table_files
from playbook.errors import PlaybookError


def _known(cells):
    return len({"ward", "days", "type"} & set(cells))


def test_rows_are_numbered_as_in_a_spreadsheet():
    text = b'Title\n\nward,days,type\n1,2,"a\nb"\n\n3,4,c\n5,6\n7,8,d,e\n9,10,f,\n\n'
    table = read_table(text, "x.csv", _known)
    assert table.rows == [["1", "2", "a\nb"], ["3", "4", "c"], ["9", "10", "f"]]
    assert table.row_numbers == [4, 6, 9]
    assert table.misfits == [7, 8]


def test_one_known_word_in_a_row_does_not_make_it_the_header():
    table = read_table(b"geoid,value,note\n1,2,type\n3,4,x\n", "x.csv", _known)
    assert table.header == ("geoid", "value", "note")


def test_a_missing_file_names_the_nearest_ones(tmp_path):
    for name in ("boston_2011.csv", "a.csv", "b.csv", "c.csv", "d.csv", "e.csv", "f.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(PlaybookError) as caught:
        read_file(tmp_path / "boston_2012.csv")
    assert "boston_2012.csv" in caught.value.what
    assert "Files there: boston_2011.csv" in caught.value.fix
    assert caught.value.fix.count(".csv") == 5
    assert "f.txt" not in caught.value.fix


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(PlaybookError, match="is a folder"):
        read_file(tmp_path)


@pytest.mark.parametrize("content", [b"", b" \r\n\n"])
def test_an_empty_file(tmp_path, content):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(PlaybookError, match=r"x.csv is empty"):
        read_file(path)


def _workbook(tmp_path):
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    return path.read_bytes()


def test_a_workbook_is_told_how_to_become_a_csv_file(tmp_path):
    with pytest.raises(PlaybookError, match="Excel workbook") as caught:
        read_table(_workbook(tmp_path), "book.xlsx", _known)
    assert "CSV UTF-8" in caught.value.fix


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old kind"),
        (b"ward,days\n\x00\x01\x02\x03,4\n", "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (b"\xff\xfea", "not a text file"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b'{"year": 2024, "rows": []}', "JSON"),
        (b'\xef\xbb\xbf [["NAME", "GEOID"],\n["A", "1"]', "JSON"),
        (b'[{"ward": 1}, 2]', "JSON"),
        (b'""', "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"ward,days,type\n", "no rows below"),
        (b'ward,days,type\n"' + b"x" * 140_000, "130,000 characters"),
    ],
)
def test_what_is_no_table_is_told_plainly(content, said):
    with pytest.raises(PlaybookError, match=said):
        read_table(content, "x.csv", _known)


def test_an_endless_cell_is_told_whatever_limit_another_library_set():
    before = csv.field_size_limit(10**9)
    try:
        with pytest.raises(PlaybookError, match="130,000 characters"):
            read_table(b'ward,days,type\n"' + b"x" * 140_000, "x.csv", _known)
    finally:
        csv.field_size_limit(before)


def test_a_header_in_brackets_is_no_json():
    table = read_table(b"[ward],[days]\n1,2\n", "x.csv", _known)
    assert table.header == ("[ward]", "[days]")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_the_header_alone_is_the_header_of_the_table(encoding):
    content = "Título\n\nward;days;type;\n1;2;3;\n".encode(encoding)
    header = read_header(content, "x.csv", _known)
    assert header == read_table(content, "x.csv", _known).header == ("ward", "days", "type")


def test_the_files_of_a_folder_that_may_hold_a_table_come_by_name(tmp_path):
    for name in ("b.csv", "a.CSV", ".c.csv", "d.txt", "e.xlsx", "~$e.xlsx", "f.JSON"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "inner.csv").mkdir()
    assert [path.name for path in table_files(tmp_path)] == [
        "a.CSV",
        "b.csv",
        "e.xlsx",
        "f.JSON",
    ]
    assert table_files(tmp_path / "nosuch.csv") == [tmp_path / "nosuch.csv"]
