"""The table in an Excel workbook (.xlsx), all cells as text, whatever sheet it is on."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from playbook.city.encodings import SAVE_AS_CSV
from playbook.city.header_rows import LOOK_IN, Fits, find_header
from playbook.city.report import Finding
from playbook.errors import PlaybookError

# A year of a big city's requests unpacks to about 150 MB. A zip bomb unpacks to gigabytes.
_MOST_BYTES = 500_000_000
_MOST_ROWS = 1_048_576  # what Excel itself can hold
_PADDED = re.compile(r"0{2,}")
_ROW = r"<(?:\w+:)?row\b[^>]*\b{}=[\"'](?:1|true)[\"']"
_HIDDEN = re.compile(_ROW.format("hidden").encode())
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"'][A-Z]+(\d+):[A-Z]+(\d+)[\"']")


def workbook_records(
    content: bytes, name: str, fits: Fits
) -> tuple[list[list[str]], tuple[Finding, ...]]:
    """Read the sheet whose header we know best.

    Dates are written year first, whole numbers without a point, formulas as the result that Excel
    stored. Rows keep their numbers; blank ones are empty lists.

    Parameters
    ----------
    content
        Bytes of an .xlsx file.
    name
        The file's name, for messages.
    fits
        Says how many names of a row it knows.

    Returns
    -------
    records : list of list of str
        Rows of the sheet, each as wide as the header at least.
    findings : tuple of Finding
        Which sheet was read, and what is hidden, merged or not worked out in it. No sheet is
        named: a sheet may have a person's name.

    Raises
    ------
    PlaybookError
        When it is no such workbook, is damaged or far too large, or openpyxl is not installed.
    """
    _require_workbook(content, name)
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise PlaybookError(
            f"{name} is an Excel workbook. The part that reads them, openpyxl, is missing here.",
            fix=f"{SAVE_AS_CSV} Or install it: pip install openpyxl.",
        ) from None
    # A workbook may break in any of the library's many parts. Whatever it raises, and whatever it
    # warns about (a style, a rule for typing), the reader can do one thing: save the file anew.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = book.worksheets
            at, header_at, width = _best_sheet(sheets, fits)
            records = [_texts(row) for row in islice(_rows(sheets[at]), _MOST_ROWS + 1)]
            findings = tuple(_about(content, sheets, at, header_at))
    except Exception:
        raise _damaged(name) from None
    if len(records) > _MOST_ROWS:
        raise _damaged(name)
    return [row + [""] * (width - len(row)) if row else row for row in records], findings


def _require_workbook(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.namelist()
            # What a part unpacks to never goes beyond the size written here: zipfile sees to it.
            size = sum(part.file_size for part in packed.infolist())
    except Exception:  # a damaged zip file raises many kinds
        raise _damaged(name) from None
    if "xl/workbook.xml" not in parts:
        spreadsheet = "content.xml" in parts or "xl/workbook.bin" in parts
        raise PlaybookError(
            f"{name} is {'a spreadsheet of another kind' if spreadsheet else 'a zip file'}. "
            "I read .xlsx and CSV files.",
            fix=SAVE_AS_CSV if spreadsheet else "Unpack it, and add the files that were in it.",
        )
    if size > _MOST_BYTES:
        raise PlaybookError(
            f"{name} unpacks to {size / 1e6:,.0f} MB. I read workbooks up to "
            f"{_MOST_BYTES / 1e6:,.0f} MB.",
            fix=SAVE_AS_CSV,
        )


def _damaged(name: str) -> PlaybookError:
    return PlaybookError(
        f"I can't read {name} as an Excel workbook. It may be damaged, or only half downloaded.",
        fix=f"Get it again. {SAVE_AS_CSV}",
    )


def _best_sheet(sheets: Sequence[Any], fits: Fits) -> tuple[int, int, int]:
    """Position of the sheet to read, of its header, and the header's width."""
    best: tuple[tuple[int, bool, int, int], int, int] | None = None
    for at, sheet in enumerate(sheets):
        # What a sheet says of its own size is often wrong.
        sheet.reset_dimensions()
        rows = [_texts(row) for row in islice(_rows(sheet), LOOK_IN)]
        (known, filled), header_at = find_header(rows, fits)
        score = (known, sheet.sheet_state == "visible", filled, -at)
        width = len(rows[header_at]) if rows else 0
        if best is None or score > best[0]:
            best = (score, header_at, width)
    if best is None:
        raise ValueError("no sheet")
    return -best[0][3], best[1], best[2]


def _rows(sheet: Any) -> Any:
    return sheet.iter_rows()


def _texts(row: Sequence[Any]) -> list[str]:
    texts = [_text(cell) for cell in row]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def _text(cell: Any) -> str:
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        # A date is stored as midnight of that day.
        return f"{value:%Y-%m-%d}" if value.time() == time.min else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # Excel keeps 15 digits: 0.1 + 0.2 is 0.3 there.
        value = int(value) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, int) and _PADDED.fullmatch(cell.number_format):
        # Shown with its leading zeros, as in a column of zip codes.
        return str(value).zfill(len(cell.number_format))
    return str(value)


def _about(content: bytes, sheets: Sequence[Any], at: int, header_at: int) -> Any:
    if len(sheets) > 1:
        hidden = ", a hidden one" if sheets[at].sheet_state != "visible" else ""
        yield Finding(
            "look",
            f"I read sheet {at + 1} of {len(sheets)} of the workbook{hidden}: its columns have the "
            "names that I know best. I did not read the others.",
            "If your table is on another sheet, save that sheet as 'CSV UTF-8' and add it.",
        )
    # openpyxl's quick way of reading knows nothing of these, so they are counted in the sheet.
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        inside = packed.read(sheets[at]._worksheet_path)
    hidden_rows = len(_HIDDEN.findall(inside))
    if hidden_rows:
        yield Finding(
            "look",
            f"{hidden_rows:,} rows of the sheet are hidden, by a filter perhaps. I read them too.",
            "If they should not count, delete them in a copy of the file and add the copy.",
            count=hidden_rows,
        )
    no_result = len(_NO_RESULT.findall(inside))
    if no_result:
        yield Finding(
            "look",
            f"{no_result:,} cells hold a formula without a stored result. I read them as empty.",
            "Open the file in your spreadsheet, save it, and add it again.",
            count=no_result,
        )
    merged = [int(last) for first, last in _MERGED.findall(inside) if int(last) > int(first)]
    below = sum(last > header_at + 1 for last in merged)
    if below:
        yield Finding(
            "look",
            f"{below:,} merged cells go over several rows of the table. Only the first row of each "
            "has the value; I read the others as empty.",
            "Unmerge them in a copy, fill the value into each row, and add the copy.",
            count=below,
        )
