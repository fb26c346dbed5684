"""Cells of the Census Bureau's survey: numbers, and the codes that stand where there is none."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd

from playbook.city.labels import clean

# Why a cell has no number. The words follow the Bureau's "Notes on ACS Estimate and Annotation
# Values": each code stands in the downloads as a sign and in the API as a large negative number.
NOT_COMPUTED = "sentinel: too few answers to compute it"
NOT_SHOWN = "suppressed: too few answers in this area to show it"
NOT_APPLICABLE = "not applicable, or not available"
NO_MARGIN = "sentinel: too few answers to compute the margin"
OPEN_END = "sentinel: no margin at an end of the scale"
CONTROLLED = "no sampling error: the estimate is fixed to an official count"
EMPTY = "empty"
UNREADABLE = "unreadable: text where a number goes"
OUT_OF_RANGE = "out of range: a number that can't be"
_CODES = {
    "-": NOT_COMPUTED,
    "-666666666": NOT_COMPUTED,
    "N": NOT_SHOWN,
    "-999999999": NOT_SHOWN,
    "(X)": NOT_APPLICABLE,
    "X": NOT_APPLICABLE,
    "-888888888": NOT_APPLICABLE,
    "**": NO_MARGIN,
    "-222222222": NO_MARGIN,
    "***": OPEN_END,
    "-333333333": OPEN_END,
    "*****": CONTROLLED,
    "-555555555": CONTROLLED,
    "": EMPTY,
    "null": EMPTY,
    "NA": EMPTY,
    "NaN": EMPTY,
}
WHAT_TO_DO = {
    NOT_COMPUTED: 'Nothing. It shows as "-" or -666666666.',
    NOT_SHOWN: 'Nothing. It shows as "N" or -999999999.',
    NOT_APPLICABLE: 'Nothing. It shows as "(X)" or -888888888.',
    NO_MARGIN: 'Treat the number as a guess. The margin shows as "**" or -222222222.',
    OPEN_END: 'Say "or more" or "or less". The margin shows as "***" or -333333333.',
    EMPTY: "Nothing was published there.",
    UNREADABLE: "Look at these cells in the file, or download it again.",
    OUT_OF_RANGE: "Somebody may have changed these cells. Download the file again.",
}
# In the API, the ends of the scale of median income have numbers of their own.
OPEN_ENDED = {"250001": "250,000+", "2499": "2,500-"}
_DRESS = re.compile(r"^(\+/-|±|\+-)\s*|[\s,$%]")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_OPEN = re.compile(r"(\d+)[+-]")


def read_values(
    cells: pd.Series, high: float = math.inf, margins: bool = False
) -> tuple[pd.Series, pd.Series]:
    """Read estimates or margins, and name what is the matter with the others.

    Parameters
    ----------
    cells
        Text, as downloaded: ``"12.3"``, ``"±3.4"``, ``"250,000+"``, ``"-666666666"``, ``"(X)"``.
    high
        Greatest number that can be. The least is 0.
    margins
        Whether the cells are margins of error.

    Returns
    -------
    numbers : pandas.Series
        Missing where there is none. A margin of an estimate that is fixed to an official count is
        0, as the Bureau says it may be taken; a number at an end of the scale is that end.
    reasons : pandas.Series
        Why there is no number, or `CONTROLLED`; ``""`` for all others.

    Examples
    --------
    >>> numbers, reasons = read_values(pd.Series(["12.5%", "1,250", "N", "250,000+"]))
    >>> numbers.tolist()
    [12.5, 1250.0, nan, 250000.0]
    >>> reasons.iloc[2]
    'suppressed: too few answers in this area to show it'
    >>> read_values(pd.Series(["±3.4", "*****"]), margins=True)[0].tolist()
    [3.4, 0.0]
    """
    texts = cells.astype("str").str.strip()
    read = {text: _read(text, high, margins) for text in texts.unique()}
    numbers = texts.map({text: number for text, (number, _) in read.items()}).astype("float64")
    reasons = texts.map({text: reason for text, (_, reason) in read.items()}).astype("str")
    return numbers, reasons


def is_open_ended(cells: pd.Series) -> pd.Series:
    """Which cells hold an end of a scale, such as ``"250,000+"``."""
    texts = cells.astype("str").str.strip()
    bare = texts.str.replace(",", "", regex=False)
    return bare.str.fullmatch(_OPEN) | bare.str.removesuffix(".0").isin(list(OPEN_ENDED))


def _read(text: str, high: float, margins: bool) -> tuple[float, str]:
    plain = clean(text).replace("\N{MINUS SIGN}", "-")
    bare = _DRESS.sub("", plain)
    code = _CODES.get(plain, _CODES.get(re.sub(r"\.0+$", "", bare)))
    if code:
        return (0.0 if margins and code == CONTROLLED else np.nan), code
    end = _OPEN.fullmatch(bare)
    if end:
        bare = end[1]
    if not _NUMBER.fullmatch(bare):
        return np.nan, UNREADABLE
    number = float(bare)
    if not 0 <= number <= high or math.isinf(number):
        return np.nan, OUT_OF_RANGE
    return number, ""
