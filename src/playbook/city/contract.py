"""The contract of every table, read from `datapackage.json` (Frictionless Table Schema).

That file is the only description of a table. Data cards, readers and checks take it from here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playbook.errors import PlaybookError

FILE_NAME = "datapackage.json"

# How a type of the Table Schema is kept in a DataFrame. A missing date or text stays missing.
_DTYPES = {
    "string": "str",
    "integer": "int64",
    "number": "float64",
    "datetime": "datetime64[us]",
    "date": "datetime64[us]",
}


@dataclass(frozen=True)
class Field:
    """One column of a table.

    Parameters
    ----------
    name, type, title, description
        As in the Table Schema; `type` is string, integer, number, date or datetime.
    unit
        What one unit is, such as ``"percent"``. Empty when the column counts nothing.
    format
        Layout of a date, such as ``"%Y-%m-%d %H:%M"``. Empty for other types.
    required, unique
        Whether a cell may be empty, and whether a value may stand in two rows.
    minimum, maximum
        Least and greatest value allowed, or None.
    enum
        The only values allowed. Empty when any value is.
    pattern
        Regular expression that a whole text must match. Empty when any text may stand there.
    categories
        Values that Port Alder uses; another city uses its own.
    optional
        Whether a city's own table may leave cells empty here, or lack the column.

    Examples
    --------
    >>> wait = Field("days", "number", "Wait", "Days from report to closing.", unit="days")
    >>> wait.dtype
    'float64'
    """

    name: str
    type: str
    title: str
    description: str
    unit: str = ""
    format: str = ""
    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    enum: tuple[str | float, ...] = ()
    pattern: str = ""
    categories: tuple[str, ...] = ()
    optional: bool = False

    @property
    def dtype(self) -> str:
        """The pandas type of this column."""
        return _DTYPES[self.type]

    @property
    def is_date(self) -> bool:
        """Whether the column holds dates."""
        return self.type in ("date", "datetime")


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values must exist in another table.

    Parameters
    ----------
    fields
        Columns of this table.
    table
        The other table; this table's own name when it refers to itself.
    other_fields
        The columns there, in the same order.
    """

    fields: tuple[str, ...]
    table: str
    other_fields: tuple[str, ...]


@dataclass(frozen=True)
class TableContract:
    """What one table must hold, and what its reader needs to know.

    Parameters
    ----------
    name, title, description
        Its id, its name, and what it is in plain words.
    path
        File name in Port Alder's data folder.
    fields
        Columns in their order.
    primary_key
        Columns that together name one row. Empty when rows may repeat.
    foreign_keys
        Columns whose values must exist in another table.
    as_of
        Day of the extract, or None when the table has none.
    bring
        Which public file or export brings this table for a real city: one sentence.
    provenance
        Where the numbers come from: synthetic, and whose layout they follow.
    limits
        What the table can't tell, in short sentences.
    license
        Name of the license.

    Examples
    --------
    >>> from playbook.home import data_folder
    >>> requests = load_contract(data_folder())["requests_311"]
    >>> requests.names[:3], requests["opened_at"].format
    (('request_id', 'neighborhood_id', 'request_type'), '%Y-%m-%d %H:%M')
    """

    name: str
    title: str
    description: str
    path: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    as_of: date | None
    bring: str
    provenance: str
    limits: tuple[str, ...]
    license: str

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(field.name for field in self.fields)

    def __getitem__(self, name: str) -> Field:
        for field in self.fields:
            if field.name == name:
                return field
        raise PlaybookError(
            f'The table {self.name} has no column called "{name}".',
            fix=f"Use one of its columns: {', '.join(self.names)}.",
        )


def load_contract(folder: Path) -> dict[str, TableContract]:
    """Read the contract of every table.

    Parameters
    ----------
    folder
        Folder that holds `datapackage.json`.

    Returns
    -------
    dict
        Contract by table name, in the order of the file.

    Raises
    ------
    PlaybookError
        When the file is missing, is not JSON, or leaves out what a table needs.

    Examples
    --------
    >>> from playbook.home import data_folder
    >>> list(load_contract(data_folder()))[:4]
    ['neighborhoods', 'acs_profile', 'requests_311', 'requests_311_raw']
    """
    path = folder / FILE_NAME
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PlaybookError(
            f"I can't find {FILE_NAME}, the description of the tables.",
            fix="Fetch the playbook again, or restore that file in its data folder.",
        ) from None
    except ValueError as error:
        raise PlaybookError(
            f"{FILE_NAME} can't be read as JSON: {error}.",
            fix="Undo the last change to that file, or restore it.",
        ) from None
    tables = [_table(raw) for raw in package.get("resources", [])]
    return {table.name: table for table in tables}


def _table(raw: Mapping[str, Any]) -> TableContract:
    try:
        schema = raw["schema"]
        return TableContract(
            name=raw["name"],
            title=raw["title"],
            description=raw["description"],
            path=raw["path"],
            fields=tuple(_field(field) for field in schema["fields"]),
            primary_key=_names(schema.get("primaryKey", ())),
            foreign_keys=tuple(
                _foreign_key(key, raw["name"]) for key in schema.get("foreignKeys", ())
            ),
            as_of=date.fromisoformat(raw["as_of"]) if "as_of" in raw else None,
            bring=raw["bring"],
            provenance=raw["provenance"],
            limits=tuple(raw["limits"]),
            license=raw["licenses"][0]["title"],
        )
    except KeyError as missing:
        raise PlaybookError(
            f"The description of a table leaves out {missing}.",
            fix="Add it; the other tables in the same file show how.",
            where=f"{FILE_NAME}, table {raw.get('name', 'without a name')}",
        ) from None


def _field(raw: Mapping[str, Any]) -> Field:
    if raw["type"] not in _DTYPES:
        raise PlaybookError(
            f'The column {raw["name"]} has the type "{raw["type"]}", which I don\'t know.',
            fix=f"Use one of these: {', '.join(_DTYPES)}.",
            where=FILE_NAME,
        )
    limits = raw.get("constraints", {})
    return Field(
        name=raw["name"],
        type=raw["type"],
        title=raw["title"],
        description=raw["description"],
        unit=raw.get("unit", ""),
        format=raw.get("format", ""),
        required=limits.get("required", False),
        unique=limits.get("unique", False),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        enum=tuple(limits.get("enum", ())),
        pattern=limits.get("pattern", ""),
        categories=tuple(raw.get("categories", ())),
        optional=bool(raw.get("optional", False)),
    )


def _foreign_key(raw: Mapping[str, Any], own_name: str) -> ForeignKey:
    reference = raw["reference"]
    return ForeignKey(
        fields=_names(raw["fields"]),
        # The standard writes an empty name for a table that refers to itself.
        table=reference.get("resource") or own_name,
        other_fields=_names(reference["fields"]),
    )


def _names(raw: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw)
