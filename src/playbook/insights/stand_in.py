"""Port Alder in place of a city that lacks a table: for one step, and always said."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import pandas as pd

from playbook.city.labels import listed
from playbook.city.tables import City, load_city
from playbook.insights.label_words import in_sentence
from playbook.measures.suppression import Suppressed

P = ParamSpec("P")
R = TypeVar("R")

# Where a table of numbers keeps the sentence that it is not about the city that is open.
STAND_IN = "stand_in"
SHOWN_INSTEAD = "So this shows Port Alder, a fictional city."


def lacks(city: City, tables: tuple[str, ...]) -> list[str]:
    """Name what a city lacks.

    Parameters
    ----------
    city
        The city that is open.
    tables
        Tables, or columns such as ``"neighborhoods.holc_grade"``.

    Examples
    --------
    >>> lacks(load_city(), ("deaths", "neighborhoods.holc_grade"))
    []
    """
    return [name for name in tables if name not in city]


def city_or_stand_in(city: City, tables: tuple[str, ...]) -> City:
    """Return the city, or Port Alder where the city lacks one of the tables.

    Results of one step never mix two cities.
    """
    return load_city() if lacks(city, tables) else city


def stand_in_note(city: City, tables: tuple[str, ...]) -> str:
    """Say which city a step shows instead, and why; ``""`` when it shows the city itself."""
    missing = no_table(city, tables)
    return f"{missing} {SHOWN_INSTEAD}" if missing else ""


def no_table(city: City, tables: tuple[str, ...]) -> str:
    """Say what a city lacks; ``""`` when it lacks nothing.

    Parameters
    ----------
    city, tables
        As in `lacks`.
    """
    missing = lacks(city, tables)
    if not missing:
        return ""
    titles = listed(dict.fromkeys(title_of(city, name) for name in missing))
    return f"{city.name} has no table for this yet ({titles})."


def title_of(city: City, name: str) -> str:
    """Name a table or a column in a sentence.

    Examples
    --------
    >>> title_of(load_city(), "deaths"), title_of(load_city(), "neighborhoods.holc_grade")
    ('deaths', 'neighborhoods: lending grade of 1937')
    """
    table, _, column = name.partition(".")
    contract = city.contract[table]
    title = in_sentence(contract.title)
    return f"{title}: {in_sentence(contract[column].title)}" if column else title


def on_tables(
    *tables: str,
) -> Callable[[Callable[Concatenate[City, P], R]], Callable[Concatenate[City, P], R]]:
    """Let a function of a city run on Port Alder where the city lacks one of these tables.

    A table that comes from Port Alder keeps the note that says so; `pb.table` and charts print it.

    Parameters
    ----------
    *tables
        Tables, or columns such as ``"neighborhoods.holc_grade"``.
    """

    def with_stand_in(
        function: Callable[Concatenate[City, P], R],
    ) -> Callable[Concatenate[City, P], R]:
        @wraps(function)
        def of_city(city: City, /, *args: P.args, **kwargs: P.kwargs) -> R:
            result = function(city_or_stand_in(city, tables), *args, **kwargs)
            note = stand_in_note(city, tables)
            table = result.table if isinstance(result, Suppressed) else result
            if note and isinstance(table, pd.DataFrame):
                table.attrs[STAND_IN] = note
            return result

        return of_city

    return with_stand_in
