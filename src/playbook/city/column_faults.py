"""What can be the matter with the columns of a table: missing, twice, or about residents."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from playbook.city.contract import Field, TableContract
from playbook.city.identifying import by_header, by_values
from playbook.city.labels import listed, squash
from playbook.city.report import Finding


def about_columns(df: pd.DataFrame, contract: TableContract) -> Iterator[Finding]:
    """Compare the names of a table's columns with its contract, and look for residents."""
    columns = [str(column) for column in df.columns]
    others = [column for column in columns if column not in contract.names]
    by_squashed = {squash(column): column for column in reversed(others)}
    for name in contract.names:
        if name not in columns:
            yield _missing(contract[name], columns, by_squashed)
        elif columns.count(name) > 1:
            yield Finding(
                "stop",
                f"{columns.count(name)} columns are called {name}.",
                "Keep the right one in a copy, or give the others another name.",
                column=name,
            )
    found = {c: _identifying(df.iloc[:, columns.index(c)], c) for c in dict.fromkeys(others)}
    for column, kind in found.items():
        if kind:
            yield Finding(
                "stop",
                f"{column} may identify residents: it looks like {kind}.",
                f'Add the file with --leave-out "{column}". Or ask your privacy officer.',
                column=column,
            )
    harmless = [column for column, kind in found.items() if not kind]
    if harmless:
        yield Finding("fine", f"No lesson needs {listed(harmless, most=12)}.")


def _missing(field: Field, columns: Sequence[str], others: Mapping[str, str]) -> Finding:
    near = difflib.get_close_matches(squash(field.name), list(others), n=1, cutoff=0.6)
    if field.optional and not near:
        return Finding(
            "fine", f"There is no {field.name}. Lessons that need it say so.", column=field.name
        )
    hint = (
        f"If {others[near[0]]} is the one, rename it to {field.name}."
        if near
        else f"Add it: {field.description}"
    )
    return Finding(
        "look" if field.optional else "stop",
        f"I can't find a column called {field.name}. The table has {listed(columns, most=12)}.",
        hint,
        column=field.name,
    )


def _identifying(cells: pd.Series, column: str) -> str:
    found = by_header(column) or by_values(column, cells.dropna().astype("str").tolist())
    return "" if found is None or found.about == "free text" else found.kind
