"""A table in a text file, as cities save them: any common encoding and separator, titles on top."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from playbook.city.labels import listed
from playbook.errors import PlaybookError

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_LOOK_FOR_HEADER_IN = 30
_LONGEST_CELL = 130_000
_SAVE_AS_CSV = (
    "Open it in your spreadsheet, choose File > Save As, pick 'CSV UTF-8', and add that file. "
    "Or ask whoever sent it for a CSV file."
)
_NOT_TEXT = (
    (b"PK\x03\x04", "is an Excel workbook or a zip file"),
    (b"\xd0\xcf\x11\xe0", "is an Excel workbook of the old kind"),
    (b"%PDF", "is a PDF"),
    (b"\x1f\x8b", "is a compressed file"),
)
_JSON = re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*[\[{"]|\{\s*")')


@dataclass(frozen=True)
class TextTable:
    """Cells of a text file, all as text.

    Parameters
    ----------
    header
        Names of the columns, without outer spaces.
    rows
        One list per row, each as long as the header.
    row_numbers
        Row of each in the file, as a spreadsheet counts them (blank lines included).
    misfits
        Row numbers of rows with more or fewer cells than the header. They are not in `rows`.
    swallowed
        Row numbers of rows with a cell that holds whole rows: a stray quote mark does that.
    encoding, separator
        How the file was read, in words.
    odd_characters
        Number of bytes that stand for no character.
    """

    header: tuple[str, ...]
    rows: list[list[str]]
    row_numbers: list[int]
    misfits: list[int]
    swallowed: list[int]
    encoding: str
    separator: str
    odd_characters: int


def read_file(path: Path) -> bytes:
    """Read a file's bytes. A missing or empty file, or a folder, raises `PlaybookError`."""
    if path.is_dir():
        raise PlaybookError(
            f"{path} is a folder, not a file.", fix=f"Name the CSV file in it. {_nearby(path)}"
        )
    if not path.is_file():
        raise PlaybookError(
            f"I can't find a file called {path.name}. I looked in {path.parent}.",
            fix="Check the name, or drag the file into that folder. "
            + _nearby(path.parent, path.name),
        )
    try:
        content = path.read_bytes()
    except OSError:
        raise PlaybookError(
            f"{path.name} is there, but this computer does not let me open it.",
            fix="Close it in other programs, or copy it to a folder of your own and add the copy.",
        ) from None
    if not content.strip():
        raise _empty(path.name)
    return content


def _empty(name: str) -> PlaybookError:
    return PlaybookError(
        f"{name} is empty.",
        fix="Export it again, or ask whoever sent it whether the download was finished.",
    )


def csv_files(path: Path) -> list[Path]:
    """Return the CSV files of a folder by name; of a file, the file itself.

    Hidden files and files of other kinds in a folder are not among them.

    Raises
    ------
    PlaybookError
        When a folder holds no CSV file.
    """
    if not path.is_dir():
        return [path]
    found = [file for file in visible_files(path) if file.suffix.lower() == ".csv"]
    if not found:
        raise PlaybookError(
            f"The folder {path.name} holds no CSV file.",
            fix="Put the files in it, or name one: playbook city add FILE.csv.",
            where=str(path.parent),
        )
    return found


def visible_files(folder: Path) -> list[Path]:
    """Return the files of a folder by name, without those that the computer hides."""
    return sorted(
        file for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")
    )


def read_header(content: bytes, name: str, fits: Callable[[Sequence[str]], int]) -> tuple[str, ...]:
    r"""Find the names of the columns, as `read_table` does, without reading the rows.

    Examples
    --------
    >>> read_header(b"Requests of July\n\nward;days\n1;3\n", "july.csv", len)
    ('ward', 'days')
    """
    text, _ = _decode(content, name)
    separator, at = _find_header(text, fits, name)
    return _header_of(_records(text, separator, name, first=at + 1)[at])


def read_table(content: bytes, name: str, fits: Callable[[Sequence[str]], int]) -> TextTable:
    r"""Cut a text file into cells and find its header by meaning.

    Parameters
    ----------
    content
        Bytes of the file.
    name
        The file's name, for messages.
    fits
        Says how many names of a row it knows. The row with the most is the header, so titles
        above it do no harm.

    Raises
    ------
    PlaybookError
        When the file is no text, or has a header and nothing below.

    Examples
    --------
    >>> text = b"Requests of July\n\nward;days\n1;3\n2;4\n\n"
    >>> table = read_table(text, "july.csv", lambda row: len({"ward", "days"} & set(row)))
    >>> table.header, table.rows, table.row_numbers
    (('ward', 'days'), [['1', '3'], ['2', '4']], [4, 5])
    """
    text, encoding = _decode(content, name)
    separator, header_at = _find_header(text, fits, name)
    records = _records(text, separator, name)
    header = _header_of(records[header_at])
    width = len(header)
    broken_cells = text.count("\n") > len(records)
    rows: list[list[str]] = []
    row_numbers: list[int] = []
    misfits: list[int] = []
    swallowed: list[int] = []
    for number, record in enumerate(records[header_at + 1 :], start=header_at + 2):
        cells = record[:width]
        extra = any(cell.strip() for cell in record[width:])
        if not extra and not any(cell.strip() for cell in cells):
            continue
        if broken_cells and any(_holds_rows(cell, separator, width) for cell in record):
            swallowed.append(number)
        if extra or len(cells) < width:
            misfits.append(number)
        else:
            rows.append(cells)
            row_numbers.append(number)
    if not rows and not misfits:
        raise PlaybookError(
            f"{name} has a header and no rows below it.",
            fix="Export it again for a longer period, or check that no filter hides the rows.",
        )
    odd = text.count("\N{REPLACEMENT CHARACTER}")
    words = _SEPARATORS[separator]
    return TextTable(header, rows, row_numbers, misfits, swallowed, encoding, words, odd)


def _header_of(record: list[str]) -> tuple[str, ...]:
    header = [cell.strip() for cell in record]
    while header and not header[-1]:
        header.pop()
    return tuple(header)


def _holds_rows(cell: str, separator: str, width: int) -> bool:
    # Two columns are too few to tell a row of the table from a sentence with a comma.
    return width > 2 and any(line.count(separator) >= width - 1 for line in cell.split("\n")[1:])


def _decode(content: bytes, name: str) -> tuple[str, str]:
    for start, what in _NOT_TEXT:
        if content.startswith(start):
            raise PlaybookError(f"{name} {what}. I read CSV files.", fix=_SAVE_AS_CSV)
    if content[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise PlaybookError(
            f"{name} holds a web page, not a table. It may be a log-in page.",
            fix="Download the file again from your browser, signed in, and add that file.",
        )
    if _JSON.match(content):
        raise PlaybookError(
            f"{name} holds JSON, which programs read. I read CSV files.",
            fix="Look for a CSV download on the page it came from, or ask whoever sent it for one.",
        )
    encoding = _encoding(content)
    try:
        text = content.decode(encoding, errors="replace" if encoding == "cp1252" else "strict")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise PlaybookError(f"{name} is not a text file. I read CSV files.", fix=_SAVE_AS_CSV)
    return text, {"utf-8-sig": "UTF-8", "cp1252": "Windows (cp1252)"}.get(encoding, "UTF-16")


def _encoding(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = content[:4000]
    if sample[1::2].count(0) > len(sample) / 5:
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) / 5:
        return "utf-16-be"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _find_header(text: str, fits: Callable[[Sequence[str]], int], name: str) -> tuple[str, int]:
    """Separator and position of the row with the most known names; of equals, the widest."""
    best: tuple[int, int, int, str] | None = None
    for separator in _SEPARATORS:
        for at, row in enumerate(_records(text, separator, name, first=_LOOK_FOR_HEADER_IN)):
            filled = sum(bool(cell.strip()) for cell in row)
            known = fits(row)
            # One known word may stand in any row: a status "Closed", say.
            score = (known if known > 1 else 0, filled, -at, separator)
            if filled and (best is None or score[:3] > best[:3]):
                best = score
    if best is None:  # quote marks around nothing, say
        raise _empty(name)
    return best[3], -best[2]


def _records(text: str, separator: str, name: str, first: int | None = None) -> list[list[str]]:
    # newline="" leaves line ends inside quoted cells alone.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = []
    try:
        for row in islice(reader, first):
            # The csv module has such a limit too, but any other library may have moved it.
            if max(map(len, row), default=0) > _LONGEST_CELL:
                raise csv.Error
            rows.append(row)
    except csv.Error:
        raise PlaybookError(
            f"One cell of {name} is longer than {_LONGEST_CELL:,} characters, near line "
            f"{reader.line_num:,}. A quote mark that opens and never closes does that.",
            fix="Look for a stray quote mark there, or export the file again.",
        ) from None
    return rows


def _nearby(folder: Path, wanted: str = "") -> str:
    names = sorted(file.name for file in folder.glob("*.[cC][sS][vV]")) if folder.is_dir() else []
    if not names:
        return "There is no CSV file in that folder."
    alike = difflib.get_close_matches(wanted, names, n=5, cutoff=0.5)
    rest = [name for name in names if name not in alike]
    return f"CSV files there: {listed((alike + rest)[:5])}."
