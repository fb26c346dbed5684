"""Load a city and hand out its tables as plain DataFrames."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from playbook.city.contract import Field, TableContract, load_contract
from playbook.errors import PlaybookError
from playbook.home import data_folder, work_folder

PORT_ALDER = "port-alder"


@dataclass(frozen=True)
class City:
    """A city and its tables. Make one with `load_city`.

    ``city["requests_311"]`` is a fresh DataFrame each time, ``"acs_profile" in city`` says whether
    the city has a table. Two loads are equal as long as no file changed.

    Parameters
    ----------
    name, key
        ``"Port Alder"`` and ``"port-alder"``.
    fictional
        Whether the city is made up. Then no number about it is evidence.
    folder
        Where its files are.
    contract
        What each table must hold, by table name.
    version
        State of the files when the city was loaded.
    in_memory
        Tables that stand in place of files.

    Examples
    --------
    >>> city = load_city()
    >>> city["neighborhoods"][["name", "district"]].head(4)
              name  district
    0  Lantern Row  Eastbank
    1   Saltmarket  Eastbank
    2      Drydock  Eastbank
    3     Ropewalk  Eastbank
    """

    name: str
    key: str
    fictional: bool
    folder: Path
    contract: Mapping[str, TableContract] = field(compare=False)
    version: object
    in_memory: Mapping[str, pd.DataFrame] = field(default_factory=dict, compare=False)

    def __repr__(self) -> str:
        kind = "a fictional city" if self.fictional else "a city of your own"
        return f"{self.name}, {kind}. Tables: {', '.join(self.tables) or 'none yet'}."

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that this city has."""
        return tuple(name for name in self.contract if name in self)

    def __contains__(self, table: object) -> bool:
        if table in self.in_memory:
            return True
        return isinstance(table, str) and table in self.contract and self._path(table).is_file()

    def __getitem__(self, table: str) -> pd.DataFrame:
        self._require(table)
        if table in self.in_memory:
            return self.in_memory[table].copy()
        path = self._path(table)
        advice = (
            "Run `playbook city build` in a terminal. It writes the tables anew."
            if self.fictional
            else "Undo the change to that file, or bring it again with `playbook city add`."
        )
        return _read(path, self.contract[table], _stamp(path), advice).copy()

    def as_of(self, table: str) -> pd.Timestamp:
        """Return the day on which a table was taken from its system.

        Parameters
        ----------
        table
            Name of a table that the city has.

        Raises
        ------
        PlaybookError
            When the city has no such table, or the day is not known.

        Examples
        --------
        >>> load_city().as_of("requests_311")
        Timestamp('2026-01-15 00:00:00')
        """
        self._require(table)
        day = self.contract[table].as_of if self.fictional else self._own_day(table)
        if day is None:
            raise PlaybookError(
                f"I don't know on which day the table {table} was taken from its system.",
                fix="Work without that day, or bring the file again with `playbook city add`.",
            )
        return pd.Timestamp(day)

    def with_tables(self, tables: Mapping[str, pd.DataFrame]) -> City:
        """Return the same city with tables held in memory in place of its files.

        Parameters
        ----------
        tables
            DataFrame by table name. Tables not named here are still read from the files.

        Examples
        --------
        >>> city = load_city()
        >>> few = city.with_tables({"neighborhoods": city["neighborhoods"].head(4)})
        >>> len(few["neighborhoods"]), few == city
        (4, False)
        """
        # A plain object equals nothing but itself, so results kept per city are never mixed up.
        return replace(self, in_memory={**self.in_memory, **tables}, version=object())

    def _path(self, table: str) -> Path:
        return self.folder / self.contract[table].path

    def _own_day(self, table: str) -> str | None:
        note = self.folder / f"{table}.json"
        if not note.is_file():
            return None
        day = json.loads(note.read_text(encoding="utf-8")).get("as_of")
        return str(day) if day else None

    def _require(self, table: str) -> None:
        if table in self:
            return
        if table not in self.contract:
            raise PlaybookError(
                f'I don\'t know a table called "{table}".',
                fix=f"Use one of these: {', '.join(self.contract)}.",
            )
        raise PlaybookError(
            f'{self.name} has no table "{table}" yet ({self.contract[table].title}).',
            fix=f"{self.contract[table].bring} Or go on with Port Alder, which has it.",
        )


def own_cities() -> tuple[str, ...]:
    """Return the keys of the cities that the learner has brought."""
    folder = work_folder() / "cities"
    return tuple(sorted(note.parent.name for note in folder.glob("*/city.toml")))


def load_city(key: str = PORT_ALDER) -> City:
    """Load a city.

    Parameters
    ----------
    key
        ``"port-alder"``, or the key of a city in the folder `my-work/cities`.

    Raises
    ------
    PlaybookError
        When there is no such city.

    Examples
    --------
    >>> load_city()
    Port Alder, a fictional city. Tables: neighborhoods, acs_profile, requests_311, ...
    """
    contract = load_contract(data_folder())
    if key == PORT_ALDER:
        return _city("Port Alder", key, data_folder(), contract)
    if key not in own_cities():
        raise PlaybookError(
            f'There is no city called "{key}" here.',
            fix=f"Use one of these: {', '.join((PORT_ALDER, *own_cities()))}. "
            "To bring your own, type `playbook city new` and its name.",
        )
    folder = work_folder() / "cities" / key
    try:
        name = str(tomllib.loads((folder / "city.toml").read_text(encoding="utf-8"))["name"])
    except (tomllib.TOMLDecodeError, KeyError):
        raise PlaybookError(
            f"The file city.toml of {key} does not say what the city is called.",
            fix='It needs a line such as: name = "Boston". Or make the city anew with '
            "`playbook city new`.",
        ) from None
    return _city(name, key, folder, contract)


def _city(name: str, key: str, folder: Path, contract: Mapping[str, TableContract]) -> City:
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".json"))
    version = tuple((path.name, _stamp(path)) for path in paths)
    return City(name, key, key == PORT_ALDER, folder, contract, version)


def _stamp(path: Path) -> tuple[int, int]:
    """Tell one state of a file from another."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


@lru_cache(maxsize=16)
def _read(path: Path, contract: TableContract, stamp: tuple[int, int], advice: str) -> pd.DataFrame:
    """Read one table in the types of its contract. `stamp` makes a changed file be read again."""
    try:
        texts = pd.read_csv(
            path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8-sig"
        )
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise PlaybookError(
            f"This file can't be read as a table: {error}.", fix=advice, where=path.name
        ) from None
    missing = [name for name in contract.names if name not in texts.columns]
    if missing:
        raise PlaybookError(
            f"I can't find the column {missing[0]}. The columns there are: "
            f"{', '.join(texts.columns)}.",
            fix=advice,
            where=path.name,
        )
    columns = {item.name: _convert(texts[item.name], item) for item in contract.fields}
    for name, column in columns.items():
        _require_readable(column, texts[name], contract[name], path, advice)
    kinds = {item.name: item.dtype for item in contract.fields}
    return pd.DataFrame(columns).astype(kinds)


def _convert(texts: pd.Series[str], item: Field) -> pd.Series:
    """Turn texts into what the column holds; what can't be read becomes missing."""
    if item.is_date:
        return pd.to_datetime(texts, format=item.format, errors="coerce")
    if item.type in ("integer", "number"):
        numbers = pd.to_numeric(texts, errors="coerce")
        return numbers.where(numbers % 1 == 0) if item.type == "integer" else numbers
    return texts


def _require_readable(
    column: pd.Series, texts: pd.Series[str], item: Field, path: Path, advice: str
) -> None:
    """Name the first cell that does not fit the contract."""
    lost = column.isna() & (texts.notna() | item.required | (item.type == "integer"))
    if not lost.any():
        return
    row = int(lost.to_numpy().argmax())
    cell = texts.iloc[row]
    seen = "an empty cell" if pd.isna(cell) else f'"{cell}"'
    wanted = {"integer": "a whole number", "number": "a number", "string": "a text"}
    date = f"a date like {pd.Timestamp(2025, 3, 31, 14, 5).strftime(item.format or '%Y-%m-%d')}"
    raise PlaybookError(
        f"The column {item.name} has {seen} in row {row + 2}, where {wanted.get(item.type, date)} "
        "goes.",
        fix=advice,
        where=path.name,
    )
