"""Dates as exports write them: year first, US order with AM and PM, month names."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.city.labels import is_blank

_TIME = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?"
)
_NAMED_MONTH = r"(?P<month>[A-Za-z]{3,9})"
_LAYOUTS = {
    "year first": r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    "numbers": r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})[-/.](?P<year>\d{4}|\d{2})",
    "day, month name": rf"(?P<day>\d{{1,2}})[- ]{_NAMED_MONTH}[-, ]+(?P<year>\d{{4}})",
    "month name, day": rf"{_NAMED_MONTH}\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})",
}
_PATTERNS = {
    name: re.compile(rf"{layout}{_TIME}", flags=re.ASCII) for name, layout in _LAYOUTS.items()
}
# Not from `calendar`, which follows the computer's language.
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS = {
    name: number
    for number, month in enumerate(_MONTH_NAMES, start=1)
    for name in (month.lower(), month[:3].lower())
} | {"sept": 9}
# Ways that nearly all exports write dates, read at once by pandas. Whatever else stands in a column
# is read cell by cell.
_QUICK_LAYOUTS = {
    "year first": (
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M:%S.%f",
        "%Y-%m-%dT%H:%M:%S",
    ),
    "numbers": ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p"),
}
_ENOUGH_TO_HURRY = 200
_FIELDS = ["year", "month", "day", "hour", "minute"]
TO_THE_MINUTE = "%Y-%m-%d %H:%M"
_UNITS = {TO_THE_MINUTE: "m", "%Y-%m-%d": "D"}
MONTH_FIRST, DAY_FIRST, _EITHER = "month first", "day first", "month first, by assumption"


@dataclass(frozen=True)
class Dates:
    """One column of dates, read.

    Parameters
    ----------
    values
        Date and minute; NaT where the cell is blank or could not be read.
    blank, unreadable
        Which cells are empty, and which hold something that is not a date.
    layouts
        How the cells are written, with the number of cells of each way.
    assumed
        Whether month and day could be either way round in every cell.
    whole_days
        Whether no cell has a time of day.
    zoned
        Whether cells carry a time zone mark. The clock is kept as written.
    example_read
        One cell as written and as read.
    """

    values: pd.Series
    blank: pd.Series
    unreadable: pd.Series
    layouts: dict[str, int]
    assumed: bool
    whole_days: bool
    zoned: bool
    example_read: str


def order_of(cells: pd.Series) -> str | None:
    """Tell month and day apart in cells such as ``7/14/2011``.

    Returns
    -------
    str or None
        ``"month first"``, ``"day first"``, or None when no cell decides it.

    Examples
    --------
    >>> order_of(pd.Series(["7/1/2011", "7/14/2011"])), order_of(pd.Series(["7/1/2011"]))
    ('month first', None)
    """
    parts = _parts(cells.str.strip(), "numbers")
    first = int((parts["month"].astype(float) > 12).sum())
    second = int((parts["day"].astype(float) > 12).sum())
    if first == second:
        return None
    return DAY_FIRST if first > second else MONTH_FIRST


def read_dates(cells: pd.Series, order: str | None = None) -> Dates:
    """Read a column of dates, to the minute. Each cell is read by the way it is written.

    Parameters
    ----------
    cells
        Text, one date per row.
    order
        Order of month and day where the column itself does not decide it (see `order_of`).

    Examples
    --------
    >>> dates = read_dates(pd.Series(["2011-07-01 01:32:33", "7/14/2011 1:05 PM", "", "soon"]))
    >>> dates.values.dt.strftime("%Y-%m-%d %H:%M").tolist()
    ['2011-07-01 01:32', '2011-07-14 13:05', nan, nan]
    >>> dates.layouts
    {'year first': 1, 'month first': 1}
    """
    text = cells.str.strip()
    # Nearly every cell begins with a digit; asking that first saves half the time.
    blank = pd.Series(
        [not cell[:1].isdigit() and is_blank(cell) for cell in text.to_numpy()],
        index=cells.index,
        dtype=bool,
    )
    values = pd.Series(np.datetime64("NaT", "us"), index=cells.index, dtype="datetime64[us]")
    layouts: dict[str, int] = {}
    zoned = timed = False
    example = ""
    waiting = text[~blank]
    quick = _read_at_once(waiting, order)
    if quick:
        label, found = quick
        values.loc[found.index] = found
        layouts[label] = len(found)
        timed = bool((found != found.dt.normalize()).any())
        example = _in_words(text, found)
        waiting = waiting.drop(found.index)
    for name in _PATTERNS:
        parts = _parts(waiting, name)
        if parts.empty:
            continue
        label = name
        if name == "numbers":
            label = order_of(waiting) or order or _EITHER
            if label == DAY_FIRST:
                parts = parts.rename(columns={"month": "day", "day": "month"})
        found = _assemble(parts).dropna()
        if found.empty:
            continue
        values.loc[found.index] = found
        layouts[label] = layouts.get(label, 0) + len(found)
        example = example or _in_words(text, found)
        marks = parts.loc[found.index]
        zoned = zoned or bool(marks["zone"].notna().any())
        timed = timed or bool((found != found.dt.normalize()).any())
        waiting = waiting.drop(found.index)
    return Dates(
        values=values,
        blank=blank,
        unreadable=~blank & values.isna(),
        layouts=layouts,
        assumed=_EITHER in layouts,
        whole_days=bool(layouts) and not timed,
        zoned=zoned,
        example_read=example,
    )


def written(moments: pd.Series, layout: str = TO_THE_MINUTE) -> pd.Series:
    """Write dates as tables store them; what is missing stays missing.

    To the minute and to the day this is ten times as fast as ``strftime``: a year of requests has
    100,000 dates.

    Examples
    --------
    >>> moments = pd.Series(pd.to_datetime(["2011-07-14 13:05:59", None]))
    >>> written(moments).tolist(), written(moments, "%Y-%m")[0]
    (['2011-07-14 13:05', nan], '2011-07')
    """
    unit = _UNITS.get(layout)
    if unit is None:
        plain: pd.Series = moments.dt.strftime(layout)
        return plain
    texts = np.datetime_as_string(moments.to_numpy().astype(f"datetime64[{unit}]"))
    spaced = np.char.replace(texts, "T", " ").astype(object)
    return pd.Series(spaced, index=moments.index, dtype="str").mask(moments.isna())


def is_written(cells: pd.Series, layout: str) -> pd.Series:
    """Tell which cells are dates in one layout, sign by sign.

    Examples
    --------
    >>> is_written(pd.Series(["2026-01-05", "2026-1-5", "2026-02-30", ""]), "%Y-%m-%d").tolist()
    [True, False, False, False]
    """
    return written(pd.to_datetime(cells, format=layout, errors="coerce"), layout).eq(cells)


def _read_at_once(cells: pd.Series, order: str | None) -> tuple[str, pd.Series] | None:
    """Read the cells that are written like the first one, if that is a usual way."""
    if len(cells) < _ENOUGH_TO_HURRY:
        return None
    for name, formats in _QUICK_LAYOUTS.items():
        for layout in formats:
            if pd.isna(pd.to_datetime(cells.iloc[0], format=layout, errors="coerce")):
                continue
            read = pd.to_datetime(cells, format=layout, errors="coerce").dt.floor("min").dropna()
            if name == "year first":
                return name, read
            # Month and day can be told apart only when all cells are read in one way.
            if len(read) == len(cells) and order != DAY_FIRST:
                decided = bool(read.dt.day.gt(12).any())
                return MONTH_FIRST if decided else order or _EITHER, read
    return None


def _in_words(text: pd.Series, found: pd.Series) -> str:
    first, day = found.index[0], found.iloc[0]
    return f"{text[first]} is {_MONTH_NAMES[day.month - 1]} {day.day}, {day.year}"


def _parts(cells: pd.Series, layout: str) -> pd.DataFrame:
    """Named parts of the cells that are written in one layout, as text."""
    pattern = _PATTERNS[layout]
    matches = [pattern.fullmatch(cell) for cell in cells.to_numpy()]
    parts = [match.groups() for match in matches if match]
    at = cells.index[[match is not None for match in matches]]
    return pd.DataFrame(parts, index=at, columns=list(pattern.groupindex), dtype=object)


def _assemble(parts: pd.DataFrame) -> pd.Series:
    """Date and minute from their parts; NaT where no calendar has such a day."""
    numbers = parts[_FIELDS].fillna("0")
    named = numbers["month"].str.isalpha()
    if named.any():
        months = numbers["month"].str.lower().map(_MONTHS).fillna(0)
        numbers = numbers.assign(month=months)
    part = numbers.astype("int64")
    year = part["year"].where(parts["year"].str.len() > 2, _century(part["year"]))
    hour = _hour(part["hour"], parts["half"])
    sound = year.ge(1) & part["month"].between(1, 12) & part["day"].between(1, 31)
    sound &= hour.between(0, 23) & part["minute"].between(0, 59)
    month_start = ((year - 1970) * 12 + part["month"] - 1).to_numpy().astype("datetime64[M]")
    since = (part["day"] - 1).to_numpy().astype("timedelta64[D]")
    days = month_start.astype("datetime64[D]") + since
    sound &= days.astype("datetime64[M]") == month_start
    minutes = (hour * 60 + part["minute"]).to_numpy().astype("timedelta64[m]")
    moments = (days.astype("datetime64[m]") + minutes).astype("datetime64[us]")
    return pd.Series(moments, index=parts.index).where(sound)


def _century(year: pd.Series) -> pd.Series:
    return year + np.where(year < 70, 2000, 1900)


def _hour(hour: pd.Series, half: pd.Series) -> pd.Series:
    """Put hours on a 24-hour clock. 12 AM is 0; an afternoon mark on 13 to 23 changes nothing."""
    letter = half.str[0].str.lower()
    afternoon = letter.eq("p") & hour.between(1, 11)
    midnight = letter.eq("a") & hour.eq(12)
    return hour + 12 * afternoon.astype("int64") - 12 * midnight.astype("int64")
