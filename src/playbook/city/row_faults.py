"""What can be the matter with whole rows and columns: totals, years, shares, rows that repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from playbook.city.contract import Field, TableContract
from playbook.city.labels import fold_key, listed
from playbook.city.report import Finding

_TOTAL = re.compile(
    r"((grand|sub) ?-?)?totals?|all|overall|sum|(city|county|state) ?-?(wide|total)"
    r"|(whole|entire) city|both sexes"
    r"|all (ages|causes|races|areas|neighborhoods|tracts|conditions|groups|persons|people|sexes"
    r"|residents|years)"
)
# A year this far from all others, in this small a part of the rows, is no year of the series.
_FAR, _RARE = 5, 0.05
_FEW_SHARES = 5
_STALE = 2
_LAST_YEAR = 2100


def about_rows(
    columns: Mapping[str, pd.Series], contract: TableContract, rows: np.ndarray
) -> Iterator[Finding]:
    """Say which rows don't belong: totals among the rows, copies, years far from the others.

    Parameters
    ----------
    columns
        Texts, by the contract's names.
    contract
        What the table must hold.
    rows
        Number of each row, as a spreadsheet counts them.
    """
    for name, cells in columns.items():
        field = contract[name]
        # A place or a group can be the sum of others; a project may well be called Total.
        if field.categories or field.enum or name == "neighborhood_id":
            yield from _totals(cells, field, rows)
        elif _is_year(field):
            yield from _odd_years(cells, field, rows)
        elif looks_like_shares(pd.to_numeric(cells, errors="coerce"), field):
            yield Finding(
                "look",
                f"All numbers in {name} lie between 0 and 1. It should be in percent.",
                "If they are shares, multiply them by 100 in a copy.",
                count=len(cells),
                column=name,
            )
    if not contract.primary_key and columns:
        twins = np.flatnonzero(pd.DataFrame(dict(columns)).duplicated())
        if len(twins):
            # Here no column names a row, so two things alike may well have happened.
            yield Finding(
                "fine",
                f"{len(twins):,} of {len(rows):,} rows are the same as an earlier row. "
                "That can be right in this table.",
                "Ask whoever sent the file whether both happened.",
                tuple(rows[twins]),
                len(twins),
            )


def is_total(label: str) -> bool:
    """Tell whether a label sums up others.

    Examples
    --------
    >>> is_total("Grand Total"), is_total("Totally Kids Park")
    (True, False)
    """
    return bool(_TOTAL.fullmatch(fold_key(label)))


def _totals(cells: pd.Series, field: Field, rows: np.ndarray) -> Iterator[Finding]:
    own = {fold_key(str(label)) for label in (*field.enum, *field.categories)}
    said = {x: "" if x.isdigit() else fold_key(x) for x in cells.unique()}
    sums = {label for label, key in said.items() if key not in own and _TOTAL.fullmatch(key)}
    at = np.flatnonzero(cells.isin(sums))
    # A column that says All in each row sums nothing up.
    if len(at) and len(said.keys() - sums - {""}):
        yield Finding(
            "stop",
            f"{len(at):,} of {len(rows):,} rows sum up others: "
            f'{field.name} is "{cells.iloc[at[0]]}".',
            "Take these rows out in a copy. Everybody in them would be counted twice.",
            tuple(rows[at]),
            len(at),
            field.name,
        )


def _odd_years(cells: pd.Series, field: Field, rows: np.ndarray) -> Iterator[Finding]:
    years = pd.to_numeric(cells, errors="coerce")
    counts = years.value_counts().sort_index()
    if len(counts) < 2:
        return
    known = counts.index.to_numpy(dtype=float)
    gaps = np.diff(known)
    apart = np.minimum(np.append(np.inf, gaps), np.append(gaps, np.inf))
    odd = known[(apart > _FAR) & (counts.to_numpy() < _RARE * counts.sum())]
    at = np.flatnonzero(years.isin(odd))
    if len(at):
        yield Finding(
            "look",
            f"{len(at):,} of {len(rows):,} rows are of a year far from the others, such as "
            f'"{cells.iloc[at[0]]}".',
            "Check for a slip of the keyboard, or take these rows out.",
            tuple(rows[at]),
            len(at),
            field.name,
        )


def swapped_with_year(columns: Mapping[str, pd.Series], contract: TableContract) -> list[str]:
    """Name the year column and the one that holds its years; nothing where they are right.

    Examples
    --------
    >>> from playbook.city.contract import load_contract
    >>> from playbook.home import data_folder
    >>> contract = load_contract(data_folder())["deaths"]
    >>> texts = {"year": pd.Series(["3", "12"]), "deaths": pd.Series(["2024", "2025"])}
    >>> swapped_with_year(texts, contract)
    ['year', 'deaths']
    """
    numbers = {
        name: pd.to_numeric(cells, errors="coerce")
        for name, cells in columns.items()
        if contract[name].type in ("integer", "number") and cells.ne("").any()
    }
    for year in (name for name in numbers if _is_year(contract[name])):
        low, high = contract[year].minimum or 0, contract[year].maximum or _LAST_YEAR
        if numbers[year].between(low, high).any():
            continue
        for other, values in numbers.items():
            if other != year and values.between(low, high).all():
                return [year, other]
    return []


def looks_like_shares(values: pd.Series, field: Field) -> bool:
    """Tell whether a column that should be in percent holds shares of 1."""
    if field.type != "number" or not field.unit.startswith("percent of"):
        return False
    filled = values.dropna()
    return len(filled) >= _FEW_SHARES and bool(filled.max() <= 1 and filled.gt(0).any())


def stale_years(latest: Mapping[str, int]) -> list[Finding]:
    """Say which tables end two years or more before the newest one.

    Parameters
    ----------
    latest
        Last year of each table that has years.

    Examples
    --------
    >>> [print(one) for one in stale_years({"deaths": 2021, "acs_profile": 2024})]
    deaths ends in 2021, 3 years before acs_profile.
    [None]
    """
    if not latest:
        return []
    newest = max(latest, key=lambda name: latest[name])
    return [
        Finding(
            "look",
            f"{table} ends in {year}, {latest[newest] - year} years before {newest}.",
            f"Ask for newer {table}. Until then, say the year beside each number.",
            column="year",
        )
        for table, year in latest.items()
        if latest[newest] - year >= _STALE
    ]


def _is_year(field: Field) -> bool:
    return field.type == "integer" and field.unit == "year" and field.minimum is not None


def about_swap(swapped: Sequence[str]) -> Finding:
    """Say that two columns stand in each other's place."""
    return Finding(
        "stop",
        f"{listed(swapped)} look swapped: the years stand in {swapped[1]}.",
        f"Give the two columns each other's name in a copy, or tell me: --column {swapped[0]}="
        f"{swapped[1]} --column {swapped[1]}={swapped[0]}.",
        column=swapped[0],
    )
