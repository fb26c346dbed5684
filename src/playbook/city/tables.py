"""Load a city and hand out its tables as plain DataFrames."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from playbook.city.contract import TableContract, load_contract
from playbook.city.profile import PROFILE_NAME, Profile, read_profile
from playbook.city.small_count_rules import SmallCountRule, rule
from playbook.city.stored_tables import SUPPRESSED, Own, read_stored, stamp
from playbook.errors import PlaybookError
from playbook.home import data_folder, work_folder

PORT_ALDER = "port-alder"
# End of the name of the file that says which values of a city's own file were not used, and why.
REASONS = ".reasons.csv"


@dataclass(frozen=True)
class City:
    """A city and its tables. Make one with `load_city`.

    ``city["requests_311"]`` is a fresh DataFrame each time, ``"acs_profile" in city`` says whether
    the city has a table, ``"burdens.park_ha" in city`` whether it has that column. Two loads are
    equal as long as no file changed.

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
    profile
        What the city's people say of it; Port Alder has nothing but its name there.

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
    profile: Profile = field(default=Profile("", ""), compare=False)

    def __repr__(self) -> str:
        kind = "a fictional city" if self.fictional else "a city of your own"
        return f"{self.name}, {kind}. Tables: {', '.join(self.tables) or 'none yet'}."

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that this city has."""
        return tuple(name for name in self.contract if name in self)

    @property
    def small_counts(self) -> SmallCountRule:
        """The rule that hides small counts of people in all that is shown of this city."""
        return rule(self.profile.small_counts)

    def __contains__(self, table: object) -> bool:
        if not isinstance(table, str):
            return False
        table, _, column = table.partition(".")
        if column:
            return table in self and column in self[table].columns
        if table in self.in_memory:
            return True
        return table in self.contract and self._path(table).is_file()

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
        if self.fictional:
            return read_stored(path, self.contract[table], stamp(path), advice).copy()
        columns = tuple(sorted(self.hidden_counts(table)["column"].unique()))
        own = Own(columns, self.small_counts.middle)
        return read_stored(path, self.contract[table], stamp(path), advice, own).copy()

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

    def reasons(self, table: str) -> pd.DataFrame:
        """Return the values of a file that could not be used, and why.

        Parameters
        ----------
        table
            Name of a table that the city has.

        Returns
        -------
        pandas.DataFrame
            ``row`` (of the file, as a spreadsheet counts them), ``column`` and ``reason``. Empty
            when every value was used.

        Examples
        --------
        >>> load_city().reasons("acs_profile")
        Empty DataFrame
        Columns: [row, column, reason]
        Index: []
        """
        self._require(table)
        path = self.folder / f"{table}{REASONS}"
        if self.fictional or not path.is_file():
            return pd.DataFrame(columns=["row", "column", "reason"])
        return pd.read_csv(path)

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

    def hidden_counts(self, table: str) -> pd.DataFrame:
        """Return the counts that the city's own file hides: ``row`` and ``column`` of each.

        Parameters
        ----------
        table
            Name of a table that the city has.
        """
        reasons = self.reasons(table)
        return reasons.loc[reasons["reason"].eq(SUPPRESSED), ["row", "column"]]

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
    return tuple(sorted(note.parent.name for note in folder.glob(f"*/{PROFILE_NAME}")))


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
        return _city(Profile("Port Alder", PORT_ALDER), data_folder(), contract)
    if key not in own_cities():
        raise PlaybookError(
            f'There is no city called "{key}" here.',
            fix=f"Use one of these: {', '.join((PORT_ALDER, *own_cities()))}. "
            "To bring your own, type `playbook city new` and its name.",
        )
    folder = work_folder() / "cities" / key
    profile = read_profile(folder)
    return _city(profile, folder, contract)


def nowhere() -> City:
    """Return a city of nobody's own that has no table, to look at a file without a city.

    Examples
    --------
    >>> nowhere()
    Your city, a city of your own. Tables: none yet.
    """
    contract = load_contract(data_folder())
    profile = Profile("Your city", "your-city")
    folder = work_folder() / "cities" / profile.key / "nowhere"
    return City(profile.name, profile.key, False, folder, contract, object(), profile=profile)


def _city(profile: Profile, folder: Path, contract: Mapping[str, TableContract]) -> City:
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".json", ".toml"))
    version = tuple((path.name, stamp(path)) for path in paths)
    return City(
        profile.name,
        profile.key,
        profile.key == PORT_ALDER,
        folder,
        contract,
        version,
        profile=profile,
    )
