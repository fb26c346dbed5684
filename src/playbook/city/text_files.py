"""A table in a text file, as cities save them: any common encoding and separator, titles on top."""

from __future__ import annotations

import csv
import difflib
import io
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from playbook.city.as_csv import as_csv
from playbook.city.encodings import decode
from playbook.city.header_rows import LOOK_IN, Fits, find_header
from playbook.city.labels import listed
from playbook.city.report import Finding
from playbook.errors import PlaybookError

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
# The header is near the top; a file may be long.
_LOOK_FOR_HEADER_IN = 1_000_000
_LONGEST_CELL = 130_000
TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".json", ".pb")


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
    findings
        What was seen on the way from a workbook or a JSON file.
    """

    header: tuple[str, ...]
    rows: list[list[str]]
    row_numbers: list[int]
    misfits: list[int]
    swallowed: list[int]
    encoding: str
    separator: str
    odd_characters: int
    findings: tuple[Finding, ...] = ()


def read_file(path: Path) -> bytes:
    """Read a file's bytes. A missing or empty file, or a folder, raises `PlaybookError`."""
    if path.is_dir():
        raise PlaybookError(
            f"{path} is a folder, not a file.", fix=f"Name a file in it. {_nearby(path)}"
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


def table_files(path: Path) -> list[Path]:
    """Return the files of a folder that may hold a table, by name; of a file, the file itself.

    Hidden files and files of other kinds in a folder are not among them.

    Raises
    ------
    PlaybookError
        When a folder holds no such file.
    """
    if not path.is_dir():
        return [path]
    # A spreadsheet that has a workbook open keeps a file beside it that begins with "~$".
    found = [
        file
        for file in visible_files(path)
        if file.suffix.lower() in TABLE_SUFFIXES and not file.name.startswith("~$")
    ]
    if not found:
        raise PlaybookError(
            f"The folder {path.name} holds no file with a table: CSV, .xlsx, JSON or .pb.",
            fix="Put the files in it, or name one: playbook city add FILE.csv.",
            where=str(path.parent),
        )
    return found


def visible_files(folder: Path) -> list[Path]:
    """Return the files of a folder by name, without those that the computer hides."""
    return sorted(
        file for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")
    )


def read_header(content: bytes, name: str, fits: Fits) -> tuple[str, ...]:
    r"""Find the names of the columns, as `read_table` does, without reading the rows.

    Examples
    --------
    >>> read_header(b"Requests of July\n\nward;days\n1;3\n", "july.csv", len)
    ('ward', 'days')
    """
    text, _ = decode(as_csv(content, name, fits)[0], name)
    separator, at = _find_header(text, fits, name)
    return _header_of(_records(text, separator, name, first=at + 1)[0][at])


def read_table(content: bytes, name: str, fits: Fits, first: int | None = None) -> TextTable:
    r"""Cut a file into cells and find its header by meaning.

    Parameters
    ----------
    content
        Bytes of the file: text, or what `as_csv` can write as text.
    name
        The file's name, for messages.
    fits
        Says how many names of a row it knows. The row with the most is the header, so titles
        above it do no harm.
    first
        Read so many rows from the header on, to show a sample; all if left out.

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
    content, findings = as_csv(content, name, fits)
    text, encoding = decode(content, name)
    separator, header_at = _find_header(text, fits, name)
    until = None if first is None else header_at + 1 + first
    records, long_ones = _records(text, separator, name, until)
    header = _header_of(records[header_at])
    width = len(header)
    rows: list[list[str]] = []
    row_numbers: list[int] = []
    misfits: list[int] = []
    for number, record in enumerate(islice(records, header_at + 1, None), start=header_at + 2):
        if len(record) == width and record[0]:  # nearly every row
            rows.append(record)
            row_numbers.append(number)
            continue
        cells = record[:width]
        extra = any(cell.strip() for cell in record[width:])
        if not extra and not any(cell.strip() for cell in cells):
            continue
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
    swallowed = [
        at + 1
        for at in long_ones
        if at > header_at and any(_holds_rows(cell, separator, width) for cell in records[at])
    ]
    odd = text.count("\N{REPLACEMENT CHARACTER}")
    words = _SEPARATORS[separator]
    return TextTable(header, rows, row_numbers, misfits, swallowed, encoding, words, odd, findings)


def _header_of(record: list[str]) -> tuple[str, ...]:
    header = [cell.strip() for cell in record]
    while header and not header[-1]:
        header.pop()
    return tuple(header)


def _holds_rows(cell: str, separator: str, width: int) -> bool:
    # Two columns are too few to tell a row of the table from a sentence with a comma.
    return width > 2 and any(line.count(separator) >= width - 1 for line in cell.split("\n")[1:])


def _find_header(text: str, fits: Fits, name: str) -> tuple[str, int]:
    """Separator and position of the row with the most known names; of equals, the widest."""
    found = []
    top = text[:_LOOK_FOR_HEADER_IN]
    for separator in [one for one in _SEPARATORS if one in top] or [","]:
        rows, _ = _records(top, separator, name, first=LOOK_IN)
        score, at = find_header(rows, fits)
        found.append((score, -at, separator))
    # Of equals, the separator that is tried first.
    score, at, separator = max(found, key=lambda one: one[:2])
    if not score[1]:  # quote marks around nothing, say
        raise _empty(name)
    return separator, -at


def _records(
    text: str, separator: str, name: str, first: int | None = None
) -> tuple[list[list[str]], list[int]]:
    """Cut text into cells; also the positions of records that go over several lines."""
    # newline="" leaves line ends inside quoted cells alone.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[str]] = []
    long_ones = []
    lines = 0
    # The limit holds for the whole program; any other library may have moved it.
    limit_before = csv.field_size_limit(_LONGEST_CELL)
    try:
        for row in islice(reader, first):
            if reader.line_num != lines + 1:
                long_ones.append(len(rows))
            lines = reader.line_num
            rows.append(row)
    except csv.Error:
        raise PlaybookError(
            f"One cell of {name} is longer than {_LONGEST_CELL:,} characters, near line "
            f"{reader.line_num:,}. A quote mark that opens and never closes does that.",
            fix="Look for a stray quote mark there, or export the file again.",
        ) from None
    finally:
        csv.field_size_limit(limit_before)
    return rows, long_ones


def _nearby(folder: Path, wanted: str = "") -> str:
    names = (
        [file.name for file in visible_files(folder) if file.suffix.lower() in TABLE_SUFFIXES]
        if folder.is_dir()
        else []
    )
    if not names:
        return "There is no file with a table in that folder."
    alike = difflib.get_close_matches(wanted, names, n=5, cutoff=0.5)
    rest = [name for name in names if name not in alike]
    return f"Files there: {listed((alike + rest)[:5])}."
