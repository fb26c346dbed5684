"""Read a city's own export of service requests (311) into the lessons' layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from playbook.city import identifying
from playbook.city.identifying import by_header
from playbook.city.labels import fold_key, listed
from playbook.city.report import LEFT_OUT, Finding, Report
from playbook.city.sources.request_columns import (
    STORED_AS,
    Layout,
    is_service_requests,
    known_names,
    recognize,
)
from playbook.city.sources.request_findings import request_findings
from playbook.city.sources.request_points_and_repeats import (
    about_repeats,
    about_shared_point,
    about_tract_codes,
)
from playbook.city.sources.request_rows import (
    NO_FIT,
    REASONS,
    Requests,
    reasons_to_leave_out,
    understand,
)
from playbook.city.sources.source import Choices, File, Reading, Source, reading
from playbook.city.tables import City
from playbook.city.text_files import TextTable, read_file, read_table
from playbook.errors import PlaybookError

__all__ = ["is_service_requests", "parse_service_requests", "read_service_requests", "recognize"]

READ_TODAY = "service requests (311): date opened, date closed, type and neighborhood"
_STORED_AS_LABELS = ("request type", "neighborhood", "channel")
_STORED_AS_IDS = ("request id", "duplicate of")
# From this many rows on, a column with nearly as many values as rows is no list of labels.
_ENOUGH_ROWS = 100


def read_service_requests(
    path: Path, *, today: pd.Timestamp | None = None
) -> tuple[pd.DataFrame, Report]:
    """Read an export of service requests, whatever its columns are called.

    Parameters
    ----------
    path
        A CSV file: UTF-8, Windows (cp1252) or UTF-16; commas, semicolons or tabs; titles above the
        header and blank lines do no harm.
    today
        No request can be opened or closed later than the day after. Default: the computer's date.

    Returns
    -------
    requests : pandas.DataFrame
        One row per request kept, in the file's order: ``request_id``, ``neighborhood_id`` (the
        neighborhood's own name; missing when unknown), ``request_type``, ``opened_at``,
        ``closed_at`` (to the minute; missing while open), ``channel``, ``duplicate_of``. Labels
        have single spaces and one spelling each; a label that a spreadsheet would run as a formula
        begins with an apostrophe. No other column is taken over.
    report : Report
        Rows read, kept, and left out by reason; they add up.

    Raises
    ------
    PlaybookError
        When the file can't be read, a needed column is not found or unclear, a column is about
        persons, or no row could be kept.
    """
    return parse_service_requests(read_file(path), path.name, today=today)


def parse_service_requests(
    content: bytes,
    name: str,
    *,
    today: pd.Timestamp | None = None,
    columns: Mapping[str, str] | None = None,
) -> tuple[pd.DataFrame, Report]:
    r"""Read an export of service requests from its bytes. See `read_service_requests`.

    `columns` holds the file's own column by the lessons' name, for those that somebody has chosen
    (see `guess_columns`).

    Examples
    --------
    >>> text = (
    ...     b"Ticket ID,Created Date,Closed Date,Type,Ward\n"
    ...     b"1,7/14/2011 9:00 AM,7/16/2011 9:00 AM,Pothole,Ward 3\n"
    ...     b"2,7/14/2011 1:05 PM,,pothole,Ward 4\n"
    ...     b"3,7/15/2011 8:00 AM,7/14/2011 8:00 AM,Graffiti,Ward 3\n"
    ... )
    >>> requests, report = parse_service_requests(text, "july.csv")
    >>> requests[["request_id", "neighborhood_id", "request_type", "opened_at"]]
      request_id neighborhood_id request_type           opened_at
    0          1          Ward 3      Pothole 2011-07-14 09:00:00
    1          2          Ward 4      Pothole 2011-07-14 13:05:00
    >>> report.rows_read, report.rows_kept, report.counts["left out: closed before it was opened"]
    (3, 2, 1)
    """
    table = read_table(content, name, _header_words)
    identifying.stop_for_people(table.header)
    chosen = {key: own for key, own in (columns or {}).items() if key in STORED_AS.values()}
    if not chosen and not is_service_requests(table.header):
        raise _something_else(name, table.header)
    layout = recognize(table.header, name, chosen)
    cells = _cells(table, layout)
    _stop_for_identifying_values(cells, layout)
    requests = understand(cells, table.row_numbers)
    tomorrow_ends = (today or pd.Timestamp.now()).normalize() + pd.Timedelta(days=2)
    reasons = reasons_to_leave_out(requests, tomorrow_ends)
    kept = reasons.eq("")
    if not kept.any():
        raise _nothing_kept(name, table, reasons)
    as_of = pd.concat([requests.opened_at[kept], requests.closed_at[kept]]).max()
    report = Report(
        source=name,
        rows_read=len(table.rows) + len(table.misfits),
        rows_kept=int(kept.sum()),
        findings=(
            *request_findings(table, layout, requests, reasons, as_of),
            *about_shared_point(table, layout.columns["neighborhood"]),
            *about_tract_codes(requests, kept),
            *about_repeats(table, requests, kept),
            *_about_other_columns(table, layout),
        ),
        counts=_counts(table, requests, reasons),
        columns_used=layout.names(),
        as_of=as_of.strftime("%Y-%m-%d %H:%M"),
    )
    return _in_contract_layout(requests, kept), report


def _header_words(cells: Sequence[str]) -> int:
    # Words about persons count too: a file of residents must be refused by its own header.
    people = sum(bool(found and found.about == "person") for found in map(by_header, cells))
    return known_names(cells) + people


def _something_else(name: str, header: Sequence[str]) -> PlaybookError:
    return PlaybookError(
        f"I can't tell what {name} is. Its columns are {listed(header, most=12)}. "
        f"Today I read {READ_TODAY}.",
        fix="Add an export of service requests. If this is one, rename its columns in a copy "
        "to opened_at, closed_at, request_type and neighborhood, and add the copy.",
    )


def _cells(table: TextTable, layout: Layout) -> pd.DataFrame:
    """Pick the columns that have a meaning; a meaning the file does not have is empty text."""
    columns = {
        role: [row[layout.columns[role]] for row in table.rows]
        if role in layout.columns
        else [""] * len(table.rows)
        for role in STORED_AS
    }
    return pd.DataFrame(columns, dtype="str")


def _stop_for_identifying_values(cells: pd.DataFrame, layout: Layout) -> None:
    for role, column in layout.names().items():
        if role not in _STORED_AS_LABELS + _STORED_AS_IDS:
            continue
        found = identifying.by_values(column, cells[role].tolist())
        if found and found.about != "free text":
            raise identifying.stop_message([column])
        varied = cells[role].nunique() > max(len(cells) / 2, _ENOUGH_ROWS)
        if role in _STORED_AS_LABELS and (found or varied):
            raise PlaybookError(
                f"{column}, which I took for the {role}, reads like free text. Free text may "
                "identify residents. Nothing was saved.",
                fix=f"In a copy of the file, rename the column with the {role} as a short label to "
                f"{role.replace(' ', '_')}, or ask whoever sent it for such a column.",
            )


def _about_other_columns(table: TextTable, layout: Layout) -> list[Finding]:
    used = set(layout.columns.values())
    sample = table.rows[:: max(1, len(table.rows) // identifying.SAMPLE)]
    others = {
        name or f"column {at + 1}": [row[at] for row in sample]
        for at, name in enumerate(table.header)
        if at not in used
    }
    found = identifying.identifying_columns(others)
    return identifying.not_copied(found, len(table.header) - len(used) - len(found))


def _counts(table: TextTable, requests: Requests, reasons: pd.Series) -> dict[str, int]:
    kept = reasons.eq("")
    left_out = {reason: int(reasons.eq(reason).sum()) for reason in REASONS}
    left_out[NO_FIT] = len(table.misfits)
    return {
        "closed": int((kept & requests.closed_at.notna()).sum()),
        "open": int((kept & requests.closed_at.isna()).sum()),
        "without neighborhood": int((kept & requests.neighborhoods.values.eq("")).sum()),
        **{f"{LEFT_OUT}{reason}": count for reason, count in left_out.items()},
    }


def _nothing_kept(name: str, table: TextTable, reasons: pd.Series) -> PlaybookError:
    if len(reasons) > len(table.misfits):
        most, count = str(reasons.value_counts().index[0]), int(reasons.value_counts().iloc[0])
    else:
        most, count = NO_FIT, len(table.misfits)
    return PlaybookError(
        f"I read {len(table.rows) + len(table.misfits):,} rows of {name} and could keep none. "
        f"The most frequent reason: {most} ({count:,}). Nothing was saved.",
        fix="Look at the first rows of the file, mend what they share, and add it again. "
        "Or ask whoever sent it for a new export.",
    )


def _in_contract_layout(requests: Requests, kept: pd.Series) -> pd.DataFrame:
    columns = {
        "request_id": requests.ids,
        "neighborhood_id": requests.neighborhoods.values,
        "request_type": requests.types.values,
        "opened_at": requests.opened_at,
        "closed_at": requests.closed_at,
        "channel": requests.channels.values,
        "duplicate_of": requests.duplicate_of,
    }
    table = pd.DataFrame(columns)[kept].reset_index(drop=True)
    texts = [name for name, column in columns.items() if column.dtype == "str"]
    return table.assign(**{name: table[name].mask(table[name].eq("")) for name in texts})


def _read(files: Sequence[File], city: City, choices: Choices) -> Reading:
    ((name, content),) = files
    requests, report = parse_service_requests(content, name, columns=choices.columns)
    labels = requests["neighborhood_id"].fillna("")
    count = int(labels.map(fold_key).eq(fold_key(city.name)).sum())
    finding = Finding(
        "look",
        f"{count:,} requests name {city.name} itself as their neighborhood. I kept that label.",
        "Ask whether it stands for an unknown place. Then empty these cells in a copy, and add it.",
        count=count,
    )
    return reading({"requests_311": requests}, report, content, [finding] if count else [])


SOURCE = Source("service requests (311)", is_service_requests, known_names, _read)
