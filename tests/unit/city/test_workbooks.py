"""Workbooks as cities keep them: several sheets, typed cells, filters, formulas, passwords."""

from __future__ import annotations

import builtins
import io
import re
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from playbook.city import workbooks
from playbook.city.as_csv import as_csv
from playbook.city.text_files import read_header, read_table
from playbook.city.workbooks import workbook_records
from playbook.errors import PlaybookError


def fits(cells):
    return len({"ward", "days", "type"} & set(cells))


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheet_of(*rows) -> tuple[Workbook, object]:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book, book.active


def said(findings) -> str:
    return " ".join(finding.what for finding in findings)


def test_cells_are_written_as_a_person_sees_them():
    book, sheet = sheet_of(
        ["ward", "days", "type"],
        [29510101100, 4.0, "Pothole "],
        [0.1 + 0.2, date(2025, 3, 1), datetime(2025, 3, 1, 13, 5)],
        [True, None, time(8, 30)],
        [210, "01234", -3.5],
    )
    sheet["A5"].number_format = "00000"
    records, findings = workbook_records(saved(book), "x.xlsx", fits)
    assert records == [
        ["ward", "days", "type"],
        ["29510101100", "4", "Pothole "],
        ["0.3", "2025-03-01", "2025-03-01 13:05:00"],
        ["TRUE", "", "08:30:00"],
        ["00210", "01234", "-3.5"],
    ]
    assert findings == ()


def test_rows_keep_the_numbers_that_the_spreadsheet_shows():
    book, sheet = sheet_of(["Requests of July"], [], ["ward", "days", "type"], [1, 2, "a"])
    sheet.merge_cells("A1:C1")
    sheet["A9"], sheet["B9"], sheet["A10"] = 3, 4, " "
    table = read_table(saved(book), "x.xlsx", fits)
    assert table.header == ("ward", "days", "type")
    assert table.rows == [["1", "2", "a"], ["3", "4", ""]]
    assert table.row_numbers == [4, 9]
    assert table.misfits == []
    assert table.findings == ()


def test_the_sheet_is_chosen_by_its_header_and_no_sheet_is_named():
    book, _ = sheet_of(["note", "by", "on", "why"], ["x", "y", "z", "w"])
    book.active.title = "Ana Baker"
    data = book.create_sheet("Data")
    data.append(["ward", "days", "type"])
    data.append([1, 2, "a"])
    table = read_table(saved(book), "x.xlsx", fits)
    assert table.rows == [["1", "2", "a"]]
    assert "sheet 2 of 2" in said(table.findings)
    assert "Ana" not in said(table.findings)
    assert read_header(saved(book), "x.xlsx", fits) == ("ward", "days", "type")


def test_of_two_sheets_with_the_same_header_the_visible_one_is_read():
    book, sheet = sheet_of(["ward", "days", "type"], [1, 1, "old"])
    sheet.sheet_state = "hidden"
    new = book.create_sheet()
    new.append(["ward", "days", "type"])
    new.append([2, 2, "new"])
    book.active = 1
    assert read_table(saved(book), "x.xlsx", fits).rows == [["2", "2", "new"]]
    book.remove(new)
    book.create_sheet().append(["nothing"])
    findings = read_table(saved(book), "x.xlsx", fits).findings
    assert "a hidden one" in said(findings)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True), "1 rows of the sheet are"),
        (lambda sheet: sheet.__setitem__("B3", "=1+1"), "1 cells hold a formula without"),
        (lambda sheet: sheet.merge_cells("A2:A3"), "1 merged cells go over several rows"),
    ],
    ids=["hidden row", "formula", "merged"],
)
def test_what_a_sheet_hides_is_told(change, words):
    book, sheet = sheet_of(["ward", "days", "type"], [1, 2, "a"], [3, 4, "b"])
    assert workbook_records(saved(book), "x.xlsx", fits)[1] == ()
    change(sheet)
    _, findings = workbook_records(saved(book), "x.xlsx", fits)
    assert words in said(findings)
    assert all(finding.level == "look" and finding.fix for finding in findings)


def test_a_formula_is_read_as_the_result_that_was_stored():
    book, _ = sheet_of(["ward", "days", "type"], [1, "=1+1", "a"])
    content = _changed(saved(book), r"<f>1\+1</f><v\s*/?>(</v>)?", "<f>1+1</f><v>2</v>")
    records, findings = workbook_records(content, "x.xlsx", fits)
    assert records[1] == ["1", "2", "a"]
    assert findings == ()


def test_a_size_that_the_sheet_claims_is_not_believed():
    book, _ = sheet_of(["ward", "days", "type"], [1, 2, "a"], [3, 4, "b"])
    content = _changed(saved(book), r'<dimension ref="[^"]*"', '<dimension ref="A1:A1"')
    assert len(workbook_records(content, "x.xlsx", fits)[0]) == 3


def test_a_row_number_beyond_what_excel_has_is_a_damaged_file():
    book, _ = sheet_of(["ward", "days", "type"], [1, 2, "a"])
    content = _changed(saved(book), r'<row r="2"', '<row r="999999999"')
    with pytest.raises(PlaybookError, match="may be damaged"):
        workbook_records(content, "x.xlsx", fits)


def _changed(content: bytes, pattern: str, new: str) -> bytes:
    """Change the first sheet's text."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as packed:
        for part in old.namelist():
            text = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                changed = re.sub(pattern, new, text.decode())
                assert changed != text.decode()
                text = changed.encode()
            packed.writestr(part, text)
    return file.getvalue()


def _zip_of(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Excel file of the old kind"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (_zip_of("a.csv", "b.csv"), "is a zip file"),
        (_zip_of("mimetype", "content.xml"), "a spreadsheet of another kind"),
        (_zip_of("xl/workbook.bin"), "a spreadsheet of another kind"),
        (_zip_of("xl/workbook.xml"), "may be damaged"),
        (b"PK\x03\x04 and no more", "may be damaged"),
    ],
)
def test_what_is_no_workbook_that_we_read_is_told_with_a_way_out(content, words):
    with pytest.raises(PlaybookError, match=words) as caught:
        as_csv(content, "x.xlsx", fits)
    assert "add" in caught.value.fix


def test_a_workbook_that_unpacks_to_far_too_much_is_not_unpacked(monkeypatch):
    book, _ = sheet_of(["ward", "days", "type"], ["x" * 30_000, 2, "a"])
    monkeypatch.setattr(workbooks, "_MOST_BYTES", 20_000)
    with pytest.raises(PlaybookError, match="unpacks to"):
        workbook_records(saved(book), "x.xlsx", fits)


def test_without_openpyxl_the_way_out_is_a_csv_file(monkeypatch):
    book, _ = sheet_of(["ward", "days", "type"], [1, 2, "a"])
    content, real = saved(book), builtins.__import__

    def without(name, *others, **options):
        if name == "openpyxl":
            raise ImportError
        return real(name, *others, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PlaybookError, match="openpyxl") as caught:
        workbook_records(content, "x.xlsx", fits)
    assert "CSV UTF-8" in caught.value.fix
