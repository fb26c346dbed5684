"""Ways in which files get damaged: on the way, in a spreadsheet, or by hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from random import Random

from openpyxl import Workbook

# What people and programs write where a number, a date, a code or a label goes.
CELLS = (
    *("", " ", "NA", "N/A", "-", "*", "<11", "(X)", "±3.4", "**", "Total", "Unknown", "null"),
    *("0", "-1", "-666666666", "-999999999.0", "1,234", "12%", "$5", "1.5", "1e308", "-1e400"),
    *("nan", "inf", "99999999999999999999", "0x10", "1_000", "٣", "²", "½", "−5", "1.01E+11"),
    *("2025-13-45", "0000-00-00", "9999-12-31 23:59:59", "12/31/99", "24:00", "1900-01-01"),
    *("2025-03-01T08:00:00Z", "4-Jan", "=1+1", "@SUM(A1)", "'", '"', "\u202e", "\u00a0", "é", "x"),
    *("a" * 300, "one\ntwo", "a,b;c\td", "1001020100", "29510", "True", "#REF!", "\ufeff"),
)
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1252", "utf-7")
Damage = Callable[[bytes, Random], bytes]


def flip_bytes(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, 8)):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def shuffle_columns(content: bytes, random: Random) -> bytes:
    rows, separator = _rows(content)
    order = list(range(max(map(len, rows), default=0)))
    random.shuffle(order)
    return _text([[row[at] for at in order if at < len(row)] for row in rows], separator)


def replace_cells(content: bytes, random: Random) -> bytes:
    rows, separator = _rows(content)
    for _ in range(random.randint(1, 6)):
        row = random.choice(rows) if rows else []
        if row:
            row[random.randrange(len(row))] = random.choice(CELLS)
    return _text(rows, separator)


def replace_a_column(content: bytes, random: Random) -> bytes:
    rows, separator = _rows(content)
    at = random.randrange(max(map(len, rows), default=0) or 1)
    cell = random.choice(CELLS)
    for row in rows[1:]:
        if at < len(row):
            row[at] = cell
    return _text(rows, separator)


def cut_and_repeat_rows(content: bytes, random: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    kept = [line for line in lines if random.random() > 0.2]
    return b"".join(kept + random.choices(lines, k=random.randint(0, 3)) if lines else kept)


def cut_off(content: bytes, random: Random) -> bytes:
    return content[: random.randint(0, len(content))]


def put_titles_on_top(content: bytes, random: Random) -> bytes:
    return b"Export of the city, page 1 of 3\r\n\r\n" * random.randint(1, 3) + content + b"\n\n\n"


def swap_encoding(content: bytes, random: Random) -> bytes:
    return content.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace")


def swap_separator(content: bytes, random: Random) -> bytes:
    rows, _ = _rows(content)
    return _text(rows, random.choice(",;\t"))


def mix_line_ends(content: bytes, random: Random) -> bytes:
    lines = content.splitlines()
    return b"".join(line + random.choice((b"\n", b"\r\n", b"\r")) for line in lines)


def save_as_workbook(content: bytes, random: Random) -> bytes:
    rows, _ = _rows(content)
    book = Workbook()
    sheet = book.active
    for _ in range(random.randint(0, 2)):
        sheet.append(["Notes of the sender"])
        sheet = book.create_sheet()
    for row in rows:
        sheet.append([_typed(cell, random) for cell in row])
    if random.random() < 0.3 and len(rows) > 3:
        sheet.merge_cells(start_row=2, end_row=3, start_column=1, end_column=1)
        sheet.row_dimensions[3].hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def save_as_json(content: bytes, random: Random) -> bytes:
    rows, _ = _rows(content)
    if random.random() < 0.5 or not rows:
        return json.dumps(rows).encode()
    return json.dumps([dict(zip(rows[0], row, strict=False)) for row in rows[1:]]).encode()


OF_TEXT: tuple[Damage, ...] = (
    flip_bytes,
    shuffle_columns,
    replace_cells,
    replace_a_column,
    cut_and_repeat_rows,
    cut_off,
    put_titles_on_top,
    swap_separator,
    mix_line_ends,
)
# After these a file is no UTF-8 text any more, so they come last.
OF_KIND: tuple[Damage, ...] = (swap_encoding, save_as_workbook, save_as_json)


def _rows(content: bytes) -> tuple[list[list[str]], str]:
    text = content.decode("utf-8", "replace").replace("\0", "")
    separator = max(",;\t", key=text.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)), separator


def _text(rows: list[list[str]], separator: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode("utf-8", "replace")


def _typed(cell: str, random: Random) -> object:
    """Write some numbers as numbers, as a spreadsheet does; drop what no workbook can hold."""
    if cell.isascii() and cell.isdigit() and len(cell) < 16 and random.random() < 0.7:
        return int(cell)
    return "".join(letter for letter in cell if letter >= " " or letter in "\t\n")
