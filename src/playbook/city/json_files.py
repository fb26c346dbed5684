"""Tables that programs give out as JSON: lists of rows, as the Census API has them, or records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from playbook.city.encodings import decode
from playbook.city.labels import listed
from playbook.city.report import Finding
from playbook.errors import PlaybookError

_FOR_CSV = "Look for a CSV download on the page it came from, or ask whoever sent it for one."


def json_records(content: bytes, name: str) -> tuple[list[list[str]], tuple[Finding, ...]]:
    r"""Read the one table of a JSON file, all cells as text.

    Parameters
    ----------
    content
        Bytes of the file: a list of rows, the first of them the header; a list of records; or an
        object that holds one such list.
    name
        The file's name, for messages.

    Returns
    -------
    records : list of list of str
        The header and the rows. Numbers are written as in the file; what is null is empty.
    findings : tuple of Finding
        What of the file is no part of the table.

    Raises
    ------
    PlaybookError
        When it is cut off, or holds no table or several.

    Examples
    --------
    >>> json_records(b'[["NAME", "B19013_001E"], ["Tract 1", null], ["Tract 2", 52000]]', "x")[0]
    [['NAME', 'B19013_001E'], ['Tract 1', ''], ['Tract 2', '52000']]
    >>> json_records(b'[{"ward": 1.50, "open": true}, {"ward": 2, "days": "3"}]', "x")[0]
    [['ward', 'open', 'days'], ['1.50', 'true', ''], ['2', '', '3']]
    """
    text, _ = decode(content, name)
    try:
        data = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise PlaybookError(
            f"{name} begins like JSON, and I can't read it to its end. It may be cut off.",
            fix=f"Download it again. {_FOR_CSV}",
        ) from None
    if isinstance(data, list):
        return _records(data, name), ()
    tables = {key: value for key, value in data.items() if _is_table(value)}
    if len(tables) != 1:
        found = listed(map(_short, tables)) if tables else "none"
        raise PlaybookError(
            f"{name} holds JSON. I look for one table in it, a list of rows, and found {found}.",
            fix=_FOR_CSV,
        )
    ((key, table),) = tables.items()
    others = [_short(other) for other in data if other != key]
    said = f"I read the list {_short(key)} of the file."
    if others:
        said += f" No part of the table: {listed(others)}."
    return _records(table, name), (Finding("fine", said),)


def _is_table(data: object) -> bool:
    return (
        isinstance(data, list)
        and bool(data)
        and (all(isinstance(row, list) for row in data) or all(isinstance(r, dict) for r in data))
    )


def _records(data: Sequence[Any], name: str) -> list[list[str]]:
    if not _is_table(data):
        raise PlaybookError(f"{name} holds JSON, and no table in it.", fix=_FOR_CSV)
    if isinstance(data[0], list):
        return [[_cell(value) for value in row] for row in data]
    # Records leave out what is empty, so the first one need not have every column.
    header = list(dict.fromkeys(key for record in data for key in record))
    return [header, *([_cell(record.get(key)) for key in header] for record in data)]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(key: str) -> str:
    return f'"{key[:40]}"'
