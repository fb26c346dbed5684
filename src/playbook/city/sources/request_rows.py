"""Rows of a service-request export: what each cell means, and which rows can be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pandas as pd

from playbook.city.dates import Dates, order_of, read_dates
from playbook.city.labels import Folded, clean, fold, is_blank, safe_cell
from playbook.city.row_faults import is_total
from playbook.city.sources.row_reasons import first_reasons

EARLIEST = pd.Timestamp("2000-01-01")

# Why a row is left out. The first reason that fits a row is the one it is counted under.
NO_FIT = "the row does not fit the header"
NO_OPENING = "no opening date"
OPENING_UNREADABLE = "opening date can't be read"
OPENING_OUT_OF_RANGE = "opening date out of range"
CLOSING_UNREADABLE = "closing date can't be read"
CLOSING_OUT_OF_RANGE = "closing date out of range"
CLOSED_BEFORE_OPENED = "closed before it was opened"
NO_TYPE = "no request type"
CLOSED_WITHOUT_DATE = "says closed, without a closing date"
TOTAL = "a total, no request"
SAME_ID = "same request id as another row"
REASONS = (
    NO_FIT,
    NO_OPENING,
    OPENING_UNREADABLE,
    OPENING_OUT_OF_RANGE,
    CLOSING_UNREADABLE,
    CLOSING_OUT_OF_RANGE,
    CLOSED_BEFORE_OPENED,
    NO_TYPE,
    CLOSED_WITHOUT_DATE,
    TOTAL,
    SAME_ID,
)

_CLOSED_STARTS = ("clos", "complet", "resol", "done", "finish", "fixed", "canc", "archiv", "duplic")
_WITHOUT_ZERO = re.compile(r"[1-9][0-9]{9}")
# What Excel makes of a long number: the last digits are gone.
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")


@dataclass(frozen=True)
class Requests:
    """The cells of an export, understood. All series share one index.

    Parameters
    ----------
    row_numbers
        Row in the file, as a spreadsheet counts.
    ids
        Request ids; a row without one is named after its row number.
    id_known
        Which ids are the file's own.
    ids_shortened
        Whether the file's ids lost digits, so that none was used.
    opened, closed
        The dates. Both in whole days when one of the two has no time of day.
    status
        The status as written; ``""`` where there is none.
    says_closed
        Which status words say that the request has ended.
    types, neighborhoods, channels
        Labels with one spelling each; ``""`` where unknown.
    lost_zero
        Which neighborhoods are tract codes that had lost their leading zero, and got it back.
    duplicate_of
        Id of the earlier request; ``""`` where there is none.
    names_itself
        Which rows name their own id there: that is no repeat.
    whole_days
        Whether the dates were cut to whole days.
    """

    row_numbers: pd.Series
    ids: pd.Series
    id_known: pd.Series
    ids_shortened: bool
    opened: Dates
    closed: Dates
    opened_at: pd.Series
    closed_at: pd.Series
    status: pd.Series
    says_closed: pd.Series
    types: Folded
    neighborhoods: Folded
    channels: Folded
    lost_zero: pd.Series
    duplicate_of: pd.Series
    names_itself: pd.Series
    whole_days: bool


def understand(cells: pd.DataFrame, row_numbers: list[int]) -> Requests:
    """Give each cell its meaning.

    Parameters
    ----------
    cells
        Text, one column per meaning (see `request_columns.Layout`); optional meanings that the
        file does not have are columns of empty text.
    row_numbers
        Row in the file of each.
    """
    numbers = pd.Series(row_numbers, index=cells.index, dtype="int64")
    opened, closed = read_dates(cells["opened"]), read_dates(cells["closed"])
    # A column that could be either way round is read like the other one.
    if opened.assumed:
        opened = read_dates(cells["opened"], order_of(cells["closed"]))
    if closed.assumed:
        closed = read_dates(cells["closed"], order_of(cells["opened"]))
    whole_days = opened.whole_days or closed.whole_days
    statuses = fold(cells["status"]).values
    ids, known, shortened = _request_ids(cells["request id"], numbers)
    earlier = _stored_ids(cells["duplicate of"])
    neighborhoods, lost_zero = _with_zeros(fold(cells["neighborhood"]))
    names_itself = earlier.ne("") & earlier.eq(ids)
    return Requests(
        row_numbers=numbers,
        ids=ids,
        id_known=known,
        ids_shortened=shortened,
        opened=opened,
        closed=closed,
        # A closing date without a time of day would else come before a morning's opening.
        opened_at=opened.values.dt.normalize() if whole_days else opened.values,
        closed_at=closed.values.dt.normalize() if whole_days else closed.values,
        status=statuses,
        says_closed=statuses.str.casefold().str.startswith(_CLOSED_STARTS),
        types=fold(cells["request type"]),
        neighborhoods=neighborhoods,
        channels=fold(cells["channel"]),
        lost_zero=lost_zero,
        duplicate_of=earlier.mask(names_itself, ""),
        names_itself=names_itself,
        whole_days=whole_days,
    )


def reasons_to_leave_out(requests: Requests, latest: pd.Timestamp) -> pd.Series:
    """Why each row is left out; ``""`` for a row that is kept.

    Parameters
    ----------
    requests
        The rows.
    latest
        No date of a request can lie on or after this moment.
    """
    opened, closed = requests.opened_at, requests.closed_at
    rules = {
        NO_OPENING: requests.opened.blank,
        OPENING_UNREADABLE: requests.opened.unreadable,
        OPENING_OUT_OF_RANGE: (opened < EARLIEST) | (opened >= latest),
        CLOSING_UNREADABLE: requests.closed.unreadable,
        CLOSING_OUT_OF_RANGE: (closed < EARLIEST) | (closed >= latest),
        CLOSED_BEFORE_OPENED: closed < opened,
        NO_TYPE: requests.types.values.eq(""),
        CLOSED_WITHOUT_DATE: requests.says_closed & requests.closed.blank,
        TOTAL: _sums_up(requests.types.values) | _sums_up(requests.neighborhoods.values),
    }
    reasons = first_reasons(rules, requests.ids.index, REASONS)
    return reasons.mask(_repeats(requests, reasons.eq("")), SAME_ID)


def _sums_up(labels: pd.Series) -> pd.Series:
    """Which rows sum up others. A column that says All in each row sums nothing up."""
    every = set(labels.unique()) - {""}
    totals = {label for label in every if is_total(label)}
    return labels.isin(totals if every - totals else set())


def _with_zeros(neighborhoods: Folded) -> tuple[Folded, pd.Series]:
    """Give tract codes back the zero that a spreadsheet took."""
    lost = {code for code in neighborhoods.values.unique() if _WITHOUT_ZERO.fullmatch(code)}
    lost_zero = neighborhoods.values.isin(lost)
    values = neighborhoods.values.where(~lost_zero, "0" + neighborhoods.values)
    return replace(neighborhoods, values=values), lost_zero


def _repeats(requests: Requests, usable: pd.Series) -> pd.Series:
    """Usable rows whose id another usable row has. The closed one is kept, else the first."""
    candidates = requests.ids[usable & requests.id_known]
    is_open = requests.closed_at[candidates.index].isna()
    closed_first = candidates.loc[is_open.sort_values(kind="stable").index]
    repeated = closed_first[closed_first.duplicated()].index
    return pd.Series(requests.ids.index.isin(repeated), index=requests.ids.index)


def _request_ids(cells: pd.Series, numbers: pd.Series) -> tuple[pd.Series, pd.Series, bool]:
    ids = _stored_ids(cells)
    shortened = any(map(_SHORTENED.fullmatch, ids.to_numpy()))
    known = ids.ne("") & (not shortened)
    if known.all():
        return ids, known, shortened
    prefix = "row"
    while ids.str.startswith(prefix).any():  # never take a name that the file uses itself
        prefix = f"file {prefix}"
    return ids.where(known, prefix + " " + numbers.astype("str")), known, shortened


def _stored_ids(cells: pd.Series) -> pd.Series:
    # Most ids are digits alone, and need nothing.
    return pd.Series(
        [
            cell if cell.isdigit() else "" if is_blank(cell) else safe_cell(clean(cell))
            for cell in cells.to_numpy()
        ],
        index=cells.index,
        dtype="str",
    )
