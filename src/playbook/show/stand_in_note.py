"""Charts of Port Alder in a lesson on another city: title and caption say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec

import pandas as pd

from playbook.insights.stand_in import STAND_IN
from playbook.show.figure import Figure
from playbook.show.words import FINDING_LONGEST

P = ParamSpec("P")
NAME = "Port Alder"


def says_stand_in(
    chart: Callable[Concatenate[pd.DataFrame, P], Figure],
) -> Callable[Concatenate[pd.DataFrame, P], Figure]:
    """Let a chart say when its numbers stand in for those of the city that is open.

    Parameters
    ----------
    chart
        A function of a table, which may carry the note that `on_tables` leaves, and of ``finding``.
    """

    @wraps(chart)
    def with_note(df: pd.DataFrame, /, *args: P.args, **kwargs: P.kwargs) -> Figure:
        note = stand_in_of(df)
        if not note:
            return chart(df, *args, **kwargs)
        title = f"{NAME}: {kwargs['finding']}"
        if NAME not in str(kwargs["finding"]) and len(title) <= FINDING_LONGEST:
            kwargs["finding"] = title
        figure = chart(df, *args, **kwargs)
        return replace(figure, caption=f"{note} {figure.caption}")

    return with_note


def stand_in_of(df: pd.DataFrame) -> str:
    """Return the note of a table that is about Port Alder; ``""`` for all others."""
    return str(df.attrs.get(STAND_IN, ""))
