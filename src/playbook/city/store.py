"""Bring files to a city of one's own, and check what it has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from playbook.city.area_joins import join_to_neighborhoods
from playbook.city.check import Finding, Report, check_against
from playbook.city.contract import TableContract, load_contract
from playbook.city.dates import written
from playbook.city.labels import listed
from playbook.city.own import city_folder, require_own
from playbook.city.profile import Profile, read_profile, write_profile
from playbook.city.readers import READ_TODAY, read_files
from playbook.city.report import LEFT_OUT
from playbook.city.row_faults import stale_years
from playbook.city.sources.source import Choices, File, Reading
from playbook.city.tables import REASONS, City, load_city
from playbook.city.text_files import TABLE_SUFFIXES, read_file, table_files, visible_files
from playbook.files import keep_dated_copy, replace_safely
from playbook.home import data_folder

# Which neighborhood each census tract belongs to, in a city that joins them.
AREAS = "areas.csv"


def add_file(paths: Path | Sequence[Path], key: str, choices: Choices | None = None) -> Report:
    """Read public files, check them, and store them as tables of a city of one's own.

    Stored are ``<table>.csv`` in the layout of the lessons and ``<table>.json`` with the day of the
    export, the file's name, its SHA-256 and the report. What they replace is kept in ``older/``.
    Of a team's answers neither names nor SHA-256 of files are stored, only how many there were.

    Parameters
    ----------
    paths
        A file, a folder (its tables), or several of them. They are not changed.
    key
        The city, as `new_city` named its folder.
    choices
        What the person who brings them has decided. The labels and columns in it are kept in
        `city.toml`; those that stand there already are used too.

    Raises
    ------
    PlaybookError
        When there is no such city, a file can't be used, or it may identify residents. Then
        nothing is stored.
    """
    require_own(key)
    given = [paths] if isinstance(paths, Path) else list(paths)
    found = list(dict.fromkeys(file for path in given for file in table_files(path)))
    files = [(file.name, read_file(file)) for file in found]
    report = add_contents(files, key, choices)
    beside = [file for path in given if path.is_dir() for file in visible_files(path)]
    unread = len(set(beside) - set(found))
    if not unread:
        return report
    finding = Finding(
        "look",
        f"I read {listed(TABLE_SUFFIXES)} files. {unread:,} other "
        f"file{' was' if unread == 1 else 's were'} in the folder.",
        "If one belongs here, save it as 'CSV UTF-8' and add the folder again.",
        count=unread,
    )
    return replace(report, findings=(*report.findings, finding))


def add_contents(files: Sequence[File], key: str, choices: Choices | None = None) -> Report:
    """Read, check and store files given as name and bytes; see `add_file`."""
    require_own(key)
    folder = city_folder(key)
    profile = read_profile(folder)
    chosen = _with_what_is_known(choices or Choices(), profile)
    readings = read_files(files, load_city(key), chosen)
    tracts = next((r.tracts for r in readings if r.tracts is not None), _known_tracts(folder))
    if tracts is not None:
        readings = [_by_neighborhood(reading, tracts) for reading in readings]
    for reading in readings:
        store_reading(reading, folder)
    if choices and (choices.columns or choices.labels):
        columns = {table: choices.columns for r in readings for table in r.tables}
        known = replace(
            profile,
            columns={**profile.columns, **(columns if choices.columns else {})},
            labels={**profile.labels, **choices.labels},
        )
        write_profile(folder, known)
    reports = [reading.report for reading in readings]
    return reports[0] if len(reports) == 1 else _together(f"{len(files)} files", reports)


def _known_tracts(folder: Path) -> pd.DataFrame | None:
    """Which neighborhood each tract belongs to, as the city's list said; None without a list."""
    path = folder / AREAS
    if not path.is_file():
        return None
    return pd.read_csv(path, dtype={"tract": "str", "neighborhood": "str"})


def _by_neighborhood(reading: Reading, tracts: pd.DataFrame) -> Reading:
    contracts = load_contract(data_folder())
    tables, findings = {}, []
    for name, rows in reading.tables.items():
        tables[name] = rows
        if "neighborhood_id" in rows and name != "neighborhoods":
            tables[name], more = join_to_neighborhoods(rows, contracts[name], tracts)
            findings += more
    report = replace(reading.report, findings=(*reading.report.findings, *findings))
    return replace(reading, tables=tables, report=report)


def _with_what_is_known(choices: Choices, profile: Profile) -> Choices:
    """Add what stands in the city's `city.toml`; what is chosen now goes before it."""
    return replace(
        choices,
        columns=choices.columns or dict(profile.columns.get(choices.table, {})),
        labels={**profile.labels, **choices.labels},
    )


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
    contracts = load_contract(data_folder())
    have = [name for name in contracts if (city.folder / contracts[name].path).is_file()]
    reports = [_check_stored(city, contracts[name]) for name in have]
    if reports:
        together = _together(city.name, reports)
        return replace(
            together, findings=(*together.findings, *stale_years(_last_years(city, have)))
        )
    finding = Finding(
        "look",
        f"{city.name} has no table yet.",
        f"Add a file: playbook city add FILE.csv. Today I read {READ_TODAY}.",
    )
    return Report(city.name, 0, 0, (finding,))


def store_reading(reading: Reading, folder: Path) -> None:
    """Write the tables that a file brought, each with its report beside it."""
    report = reading.report
    if reading.tracts is not None:
        text = reading.tracts.to_csv(index=False, lineterminator="\n")
        replace_safely(folder / AREAS, text)
    sidecar = {
        "as_of": report.as_of,
        "source_file": report.source,
        "sha256": reading.sha256,
        "report": report.to_dict(),
    }
    note = json.dumps(sidecar, indent=2, ensure_ascii=False) + "\n"
    for table, rows in reading.tables.items():
        dates = {str(name): written(rows[name]) for name in rows.select_dtypes("datetime")}
        text = rows.assign(**dates).to_csv(index=False, lineterminator="\n")
        replace_safely(folder / f"{table}.csv", text)
        replace_safely(folder / f"{table}.json", note)
        unused = reading.reasons.get(table)
        path = folder / f"{table}{REASONS}"
        if unused is not None and len(unused):
            replace_safely(path, unused.to_csv(index=False, lineterminator="\n"))
        elif path.is_file():
            keep_dated_copy(path)
            path.unlink()


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


def _check_stored(city: City, contract: TableContract) -> Report:
    path = city.folder / contract.path
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        finding = Finding(
            "stop",
            f"{path.name} can't be read as a table.",
            "Restore it from the folder older, or add the file it came from again.",
        )
        return Report(contract.name, 0, 0, (finding,), tables=(contract.name,))
    hidden = [] if city.fictional else city.hidden_counts(contract.name)["column"].tolist()
    found = check_against(table, contract, may_be_empty=hidden)
    return replace(found, tables=(contract.name,))


def _last_years(city: City, tables: Sequence[str]) -> dict[str, int]:
    """Last year of each table that has years and can be read."""
    years = {}
    for name in tables:
        path = city.folder / city.contract[name].path
        try:
            column = pd.read_csv(path, usecols=["year"])["year"]
        except (ValueError, pd.errors.ParserError, pd.errors.EmptyDataError):
            continue
        numbers = pd.to_numeric(column, errors="coerce").dropna()
        if len(numbers):
            years[name] = int(numbers.max())
    return years
