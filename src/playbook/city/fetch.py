"""Fetch the public files for a place, each with its source, date and license beside it.

This is for whoever prepares a city's files. No lesson and no other command touches the network.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from playbook.city.download import download
from playbook.city.labels import listed
from playbook.city.place_codes import PlaceCodes, by_code, by_name, split_name
from playbook.errors import PlaybookError
from playbook.files import write_atomically
from playbook.home import work_folder

NOTES = "sources"
_LIST = "public_files.toml"
_FIRST_SURVEY = 2015


@dataclass(frozen=True)
class Fetched:
    """One file that is there now.

    Parameters
    ----------
    path
        The file.
    what
        What it holds.
    is_new
        Whether it was downloaded now.
    """

    path: Path
    what: str
    is_new: bool


@dataclass(frozen=True)
class PublicFile:
    """One file to fetch, with its address filled in."""

    table: str
    what: str
    name: str
    url: str
    publisher: str
    license: str


def public_tables() -> tuple[str, ...]:
    """Return the names of the tables that public files can be fetched for.

    Examples
    --------
    >>> public_tables()
    ('life_expectancy', 'life_table', 'places_estimates', 'acs_profile', 'population_age',
     'population_age_race')
    """
    return tuple(dict.fromkeys(entry["table"] for entry in _list()["file"]))


def files_for(place: PlaceCodes, tables: Sequence[str] = (), year: int = 0) -> list[PublicFile]:
    """Say which files a place needs, without touching the network.

    Parameters
    ----------
    place
        A state, or a county in it.
    tables
        The lessons' tables to fetch for; all of `public_tables` when empty.
    year
        Last year of the survey; the newest when 0.

    Raises
    ------
    PlaybookError
        When a table is not known, needs a county, or the year can't be.

    Examples
    --------
    >>> [file.name for file in files_for(PlaceCodes("29", "510"), ["life_expectancy"])]
    ['MO_A.CSV']
    """
    known = public_tables()
    strange = [table for table in tables if table not in known]
    if strange:
        raise PlaybookError(
            f"I don't know a public file for the table {listed(strange)}.",
            fix=f"Use one of these: {listed(known, most=9)}. Or give an address with --url.",
        )
    latest = int(_list()["latest_survey"])
    if year and not _FIRST_SURVEY <= year <= date.today().year:
        raise PlaybookError(
            f"There is no five-year survey that ends in {year}.",
            fix=f"Type a year from {_FIRST_SURVEY} on, such as --year {latest}.",
        )
    found: list[PublicFile] = []
    for entry in _list()["file"]:
        if entry["table"] in (tables or known):
            found += _filled(entry, place, year or latest)
    return found


def _filled(entry: dict[str, Any], place: PlaceCodes, year: int) -> Iterator[PublicFile]:
    if "{county}" in entry["url"] and not place.county:
        raise PlaybookError(
            f"The table {entry['table']} needs a county, and {place.letters} is a whole state.",
            fix="Type the county's five digits, such as 29510, or a city with its state.",
        )
    values = {"state": place.state, "letters": place.letters, "county": place.county, "year": year}
    for letter in entry.get("for_each", [""]):
        texts = {
            key: str(entry[key]).format(**values, letter=letter) for key in ("what", "name", "url")
        }
        yield PublicFile(
            entry["table"], **texts, publisher=entry["publisher"], license=entry["license"]
        )


def fetch(
    place: str,
    tables: Sequence[str] = (),
    folder: Path | None = None,
    *,
    urls: Sequence[str] = (),
    year: int = 0,
    wait: Callable[[float], None] = time.sleep,
) -> list[Fetched]:
    """Fetch public files for a place, or the files at given addresses.

    Beside them, in the folder `sources`, stands a note on each: address, publisher, license, date
    and SHA-256. A file that is there already is not fetched again, and one that the publisher has
    changed since is not taken unasked.

    Parameters
    ----------
    place
        A county's five digits, a state's two, or a name such as ``"St. Louis, MO"``.
    tables
        The lessons' tables to fetch for. Empty: all, or none when addresses are given.
    folder
        Where the files go; a folder of the place in ``my-work/downloads`` when left out.
    urls
        Addresses of further files, such as the CSV link of a city's service requests.
    year
        Last year of the census survey; the newest when 0.
    wait
        Waits that many seconds before another try.

    Returns
    -------
    list of Fetched
        In the order in which they were asked for.

    Raises
    ------
    PlaybookError
        When the place or a table is not known, or a file can't be fetched. Files that came before
        it are kept.
    """
    codes = by_code(place)
    if codes is None:
        split_name(place)
        codes = _look_up(place, wait)
    target = folder or work_folder() / "downloads" / codes.code
    wanted = files_for(codes, tables, year) if tables or not urls else []
    wanted += [_at_address(url) for url in urls]
    return [_fetch_one(file, target, wait) for file in wanted]


def _look_up(place: str, wait: Callable[[float], None]) -> PlaceCodes:
    entry = _list()["place_codes"]
    fields = {key: entry[key] for key in ("what", "name", "url", "publisher", "license")}
    there = _fetch_one(PublicFile("", **fields), work_folder() / "downloads", wait)
    return by_name(place, there.path.read_bytes())


def _at_address(url: str) -> PublicFile:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise PlaybookError(
            f'"{url[:80]}" is not an address of a file.',
            fix="Copy the address of the CSV download from your city's page. It begins with "
            "https://.",
        )
    last = re.sub(r"[^A-Za-z0-9._-]+", "-", parts.path.rstrip("/").rsplit("/", 1)[-1]).strip("-.")
    stem, dot, ending = last.rpartition(".")
    name = last if dot and stem and ending.lower() in ("csv", "json", "xlsx") else f"{last}.csv"
    host = parts.hostname
    return PublicFile("", f"A file of {host}", f"{host}-{name}", url.strip(), host, "See its page")


def _fetch_one(file: PublicFile, folder: Path, wait: Callable[[float], None]) -> Fetched:
    path = folder / file.name
    known = _known_hash(path)
    if path.is_file() and not known:
        raise PlaybookError(
            f"{file.name} is there already, and I don't know where it came from.",
            fix=f"Move it out of {folder}, or name another folder with --to.",
        )
    if path.is_file() and _sha256(path) != known:
        raise PlaybookError(
            f"{file.name} was changed after it was downloaded, so I leave it alone.",
            fix=f"Move it out of {folder} to fetch it anew, or name another folder with --to.",
        )
    is_new = not path.is_file()
    download(_with_key(file.url), path, known, wait=wait)
    if is_new:
        note = {
            "what": file.what,
            "url": file.url,
            "publisher": file.publisher,
            "license": file.license,
            "downloaded": date.today().isoformat(),
            "sha256": _sha256(path),
            "bytes": path.stat().st_size,
        }
        write_atomically(_note_of(path), json.dumps(note, indent=2, ensure_ascii=False) + "\n")
    return Fetched(path, file.what, is_new)


def _with_key(url: str) -> str:
    """Write an address for the web; the census key joins it here, and is written nowhere."""
    address = quote(url, safe=":/?&=,$*()'%+@~#")
    key = os.environ.get("CENSUS_API_KEY", "").strip()
    if key and urlsplit(url).hostname == "api.census.gov":
        return f"{address}&key={quote(key, safe='')}"
    return address


def _note_of(path: Path) -> Path:
    # A folder of its own: whoever adds the folder of downloads adds the files only.
    return path.parent / NOTES / f"{path.name}.json"


def _known_hash(path: Path) -> str:
    note = _note_of(path)
    if not note.is_file():
        return ""
    try:
        known = json.loads(note.read_text(encoding="utf-8"))["sha256"]
    except (ValueError, KeyError, TypeError):
        raise PlaybookError(
            f"The note {NOTES}/{note.name} in {path.parent} can't be read.",
            fix="Undo the last change to it, or name another folder with --to.",
        ) from None
    return str(known)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _list() -> dict[str, Any]:
    text = resources.files("playbook.city").joinpath(_LIST).read_text(encoding="utf-8")
    return tomllib.loads(text)
