"""Cities of one's own: make one, add files to it, check them, choose the city that lessons use."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from playbook.city.check import Finding, Report, check_table
from playbook.city.contract import TableContract, load_contract
from playbook.city.labels import clean, listed
from playbook.city.readers import READ_TODAY, read_files
from playbook.city.report import LEFT_OUT
from playbook.city.sources.source import Choices, Reading
from playbook.city.tables import PORT_ALDER, load_city, own_cities
from playbook.city.text_files import csv_files, read_file, visible_files
from playbook.errors import PlaybookError
from playbook.files import replace_safely
from playbook.home import data_folder, work_folder


def city_key(name: str) -> str:
    """Turn a city's name into the name of its folder.

    Raises
    ------
    PlaybookError
        When the name has no letter from A to Z and no digit, or is the teaching city's.

    Examples
    --------
    >>> city_key("San José, CA")
    'san-jose-ca'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:60].strip("-")
    if not key:
        raise PlaybookError(
            f'I can\'t make a folder name from "{clean(name)}".',
            fix="Write its name with letters from A to Z, such as: playbook city new boston.",
        )
    if key == PORT_ALDER:
        raise PlaybookError(
            "Port Alder is the teaching city, and is always there.",
            fix="Give your city its own name, such as: playbook city new boston.",
        )
    return key


def city_folder(key: str) -> Path:
    """Folder of a city of one's own, whether it exists or not."""
    return work_folder() / "cities" / key


def new_city(name: str) -> Path:
    """Make a city of one's own and choose it for the lessons.

    A city that exists already is kept as it is, with its tables.

    Parameters
    ----------
    name
        The city's name, as it should read in lessons. All in small letters, it gets capitals.

    Returns
    -------
    Path
        Its folder, with ``city.toml``.
    """
    key = city_key(name)
    folder = city_folder(key)
    if key not in own_cities():
        # A JSON text is a TOML text too.
        quoted = json.dumps(_as_title(name), ensure_ascii=False)
        _write(folder / "city.toml", f'name = {quoted}\nkey = "{key}"\n')
    choose_city(key)
    return folder


def add_file(paths: Path | Sequence[Path], key: str, county: str = "") -> Report:
    """Read public files, check them, and store them as tables of a city of one's own.

    Stored are ``<table>.csv`` in the layout of the lessons and ``<table>.json`` with the day of the
    export, the file's name, its SHA-256 and the report. What they replace is kept in ``older/``.
    Of a team's answers neither names nor SHA-256 of files are stored, only how many there were.

    Parameters
    ----------
    paths
        A file, a folder (its CSV files), or several of them. They are not changed.
    key
        The city, as `new_city` named its folder.
    county
        Code of the county to keep, for files that cover a state: three digits, such as ``"510"``,
        or five with the state's. Empty keeps every county.

    Raises
    ------
    PlaybookError
        When there is no such city, a file can't be used, or it may identify residents. Then
        nothing is stored.
    """
    _require_own(key)
    given = [paths] if isinstance(paths, Path) else list(paths)
    found = list(dict.fromkeys(file for path in given for file in csv_files(path)))
    files = [(file.name, read_file(file)) for file in found]
    readings = read_files(files, load_city(key), Choices(county=county))
    for reading in readings:
        _store(reading, key)
    reports = [reading.report for reading in readings]
    report = reports[0] if len(reports) == 1 else _together(f"{len(files)} files", reports)
    beside = [file for path in given if path.is_dir() for file in visible_files(path)]
    unread = len(set(beside) - set(found))
    if not unread:
        return report
    finding = Finding(
        "look",
        f"I read CSV files only. {unread:,} other file{' was' if unread == 1 else 's were'} in the "
        "folder.",
        "If one belongs here, save it as 'CSV UTF-8' and add the folder again.",
        count=unread,
    )
    return replace(report, findings=(*report.findings, finding))


def check_city(key: str) -> Report:
    """Check every table of a city against its contract.

    Parameters
    ----------
    key
        ``"port-alder"`` or a city of one's own.

    Returns
    -------
    Report
        All tables together; each finding begins with its table.

    Examples
    --------
    >>> check_city("port-alder").source
    'Port Alder'
    """
    city = load_city(key)
    reports = [
        _check_stored(city.folder / contract.path, contract)
        for contract in load_contract(data_folder()).values()
        if (city.folder / contract.path).is_file()
    ]
    if reports:
        return _together(city.name, reports)
    finding = Finding(
        "look",
        f"{city.name} has no table yet.",
        f"Add a file: playbook city add FILE.csv. Today I read {READ_TODAY}.",
    )
    return Report(city.name, 0, 0, (finding,))


def choose_city(key: str) -> None:
    """Let lessons use a city from now on.

    Raises
    ------
    PlaybookError
        When there is no such city.
    """
    if key != PORT_ALDER:
        _require_own(key)
    _write(work_folder() / "city.txt", f"{key}\n")


def chosen_city() -> str:
    """Return the key of the city that lessons use.

    ``PLAYBOOK_CITY`` when it is set; else the city last chosen; else ``"port-alder"``.

    Raises
    ------
    PlaybookError
        When that city does not exist.
    """
    note = work_folder() / "city.txt"
    stored = note.read_text(encoding="utf-8", errors="replace").strip() if note.is_file() else ""
    key = os.environ.get("PLAYBOOK_CITY", "").strip() or stored or PORT_ALDER
    if key != PORT_ALDER:
        _require_own(key)
    return key


def _require_own(key: str) -> None:
    if key == PORT_ALDER:
        raise PlaybookError(
            "Port Alder is the teaching city; its tables stay as they are.",
            fix="Make a city of your own first, such as: playbook city new boston.",
        )
    if key not in own_cities():
        known = listed((PORT_ALDER, *own_cities()))
        raise PlaybookError(
            f'There is no city called "{clean(key)}" here. I know {known}.',
            fix="Type one of these, or make the city: playbook city new and its name.",
        )


def _store(reading: Reading, key: str) -> None:
    report = reading.report
    sidecar = {
        "as_of": report.as_of,
        "source_file": report.source,
        "sha256": reading.sha256,
        "report": report.to_dict(),
    }
    note = json.dumps(sidecar, indent=2, ensure_ascii=False) + "\n"
    folder = city_folder(key)
    for table, rows in reading.tables.items():
        text = rows.to_csv(index=False, date_format="%Y-%m-%d %H:%M", lineterminator="\n")
        _write(folder / f"{table}.csv", text)
        _write(folder / f"{table}.json", note)


def _together(source: str, reports: Sequence[Report]) -> Report:
    """Join reports; each finding begins with what it is about."""
    left_out: dict[str, int] = {}
    for report in reports:
        for name, count in report.counts.items():
            if name.startswith(LEFT_OUT):
                left_out[name] = left_out.get(name, 0) + count
    return Report(
        source,
        rows_read=sum(report.rows_read for report in reports),
        rows_kept=sum(report.rows_kept for report in reports),
        findings=tuple(
            replace(finding, what=f"{report.source}: {finding.what}")
            for report in reports
            for finding in report.findings
        ),
        counts={**{report.source: report.rows_read for report in reports}, **left_out},
        tables=tuple(table for report in reports for table in report.tables),
    )


def _write(path: Path, content: str) -> None:
    try:
        replace_safely(path, content)
    except OSError:
        raise PlaybookError(
            f"This computer does not let me write {path.name} in {path.parent.name}.",
            fix="Close the file in other programs, and check that the disk is not full. Then try "
            "again, or move your work to another folder.",
        ) from None


def _as_title(name: str) -> str:
    words = clean(name).split(" ")
    # Both names of winston-salem get their capital.
    capital = ["-".join(part.capitalize() for part in word.split("-")) for word in words]
    title = " ".join(capital if name.islower() else words)
    # Whoever types st-louis means the saint.
    return re.sub(r"^St-(?=[A-Z])", "St. ", title) if name.islower() else title


def _check_stored(path: Path, contract: TableContract) -> Report:
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        finding = Finding(
            "stop",
            f"{path.name} can't be read as a table.",
            "Restore it from the folder older, or add the file it came from again.",
        )
        return Report(contract.name, 0, 0, (finding,), tables=(contract.name,))
    return replace(check_table(table, contract), tables=(contract.name,))
