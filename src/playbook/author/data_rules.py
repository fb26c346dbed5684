"""House rules on the city's tables: each one keeps its contract, and its keys lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from playbook.author.findings import Finding
from playbook.city.check import check_against
from playbook.city.contract import ForeignKey, TableContract, load_contract

# A raw table holds the faults of a real export on purpose; lessons on data quality find them.
RAW_SUFFIX = "_raw"


def check_tables(data: Path) -> list[Finding]:
    """Compare each table of a data folder with its contract.

    Parameters
    ----------
    data
        Folder that holds `datapackage.json` and the tables.
    """
    contracts = {
        name: contract
        for name, contract in load_contract(data).items()
        if not name.endswith(RAW_SUFFIX)
    }
    found, tables = [], {}
    for name, contract in contracts.items():
        path = data / contract.path
        if path.is_file():
            tables[name] = pd.read_csv(path, dtype="str", keep_default_na=False)
        else:
            found.append(_finding(contract, "The file is missing"))
    for name, table in tables.items():
        found += [_finding(contracts[name], what) for what in _problems(table, contracts[name])]
        found += [
            _finding(contracts[name], what)
            for key in contracts[name].foreign_keys
            for what in _loose_ends(table, key, tables)
        ]
    return found


def _problems(table: pd.DataFrame, contract: TableContract) -> Iterator[str]:
    if tuple(table.columns) != contract.names:
        yield f"The columns are {', '.join(table.columns)}"
        return
    for finding in check_against(table, contract).findings:
        if finding.level != "fine":
            yield str(finding)


def _loose_ends(
    table: pd.DataFrame, key: ForeignKey, tables: Mapping[str, pd.DataFrame]
) -> Iterator[str]:
    other = tables.get(key.table)
    columns, other_columns = list(key.fields), list(key.other_fields)
    if other is None or not set(columns) <= set(table) or not set(other_columns) <= set(other):
        return
    known = set(other[other_columns].itertuples(index=False, name=None))
    used = table[columns].drop_duplicates().itertuples(index=False, name=None)
    loose = [values for values in used if all(values) and values not in known]
    if loose:
        names, example = ", ".join(columns), ", ".join(loose[0])
        yield f'{len(loose)} values of {names} are not in {key.table}, such as "{example}"'


def _finding(contract: TableContract, what: str) -> Finding:
    fix = "Run: playbook city build"
    return Finding("table-contract", f"data/{contract.path}", "", what, fix)
