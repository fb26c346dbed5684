"""Shares from 0 to 1 as charts take them in, and as readers see them: in percent."""

from __future__ import annotations

import math

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.show import inputs
from playbook.show.words import TOO_FEW

# Sums of shares come out a hair beside 1.
CLOSE = 1e-6


def percents(df: pd.DataFrame, column: str | None, argument: str) -> list[float]:
    """Return a column of shares in percent, missing as NaN; all NaN when no column is named.

    Raises
    ------
    PlaybookError
        When a value is below 0 or above 1.
    """
    shares = inputs.numbers(df, column, argument)
    beyond = next((share for share in shares if share < -CLOSE or share > 1 + CLOSE), None)
    if beyond is not None:
        raise PlaybookError(
            f"The column {column} has the value {beyond:g}, and a share is between 0 and 1.",
            fix=f'If the column is in percent, divide it by 100: df.assign({column}=df["{column}"] '
            "/ 100).",
        )
    return [100 * min(max(share, 0.0), 1.0) if share == share else math.nan for share in shares]


def percent_words(value: float, decimals: int = 0) -> str:
    """Write a percentage as readers see it.

    Examples
    --------
    >>> percent_words(34.2), percent_words(float("nan"))
    ('34%', 'too few to tell')
    """
    return TOO_FEW if math.isnan(value) else f"{format_number(value, decimals)}%"
