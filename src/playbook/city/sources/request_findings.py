"""What to tell about a service-request export that was read."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from playbook.city.dates import DAY_FIRST, MONTH_FIRST, Dates
from playbook.city.labels import Folded, listed
from playbook.city.report import Finding
from playbook.city.sources import request_rows as why
from playbook.city.sources.request_columns import Layout
from playbook.city.sources.request_rows import Requests
from playbook.city.text_files import TextTable

_LONG_SILENCE = pd.Timedelta(days=90)
_ASK = "Ask whoever sent the file"

# Per reason: what is said of the rows, and what to do. {opened} and {closed} are column names.
_LEFT_OUT = {
    why.NO_FIT: (
        "more or fewer cells than the header",
        "Look at these rows in the file. A stray quote mark or separator inside a cell does that.",
    ),
    why.NO_OPENING: ("no date in {opened}", f"{_ASK} for the dates."),
    why.OPENING_UNREADABLE: (
        "something in {opened} that I can't read as a date",
        "Write these dates like 2011-07-14 13:05.",
    ),
    why.OPENING_OUT_OF_RANGE: (
        "a date in {opened} before 2000 or in the future",
        f"{_ASK} what it stands for. 1900-01-01 is often a filler for an empty cell.",
    ),
    why.CLOSING_UNREADABLE: (
        "something in {closed} that I can't read as a date",
        "Write these dates like 2011-07-14 13:05, or leave the cell empty while a request is open.",
    ),
    why.CLOSING_OUT_OF_RANGE: (
        "a date in {closed} before 2000 or in the future",
        f"{_ASK} what it stands for. If it means still open, leave the cell empty.",
    ),
    why.CLOSED_BEFORE_OPENED: (
        "a closing date before the opening date",
        f"{_ASK} which of the two dates was typed later.",
    ),
    why.NO_TYPE: ("no type of request", f"{_ASK} for the types."),
    why.CLOSED_WITHOUT_DATE: (
        "a status that says closed, and no closing date",
        f"{_ASK} for these closing dates. Without them the wait is unknown.",
    ),
    why.TOTAL: (
        "Total, All or the like as the type or the neighborhood: a sum of others",
        f"{_ASK} what they are, if they are requests.",
    ),
    why.SAME_ID: (
        "the same request id as a row that I kept",
        "I kept the closed row, or else the first. If the rows are different requests, give each "
        "an id of its own.",
    ),
}


def request_findings(
    table: TextTable,
    layout: Layout,
    requests: Requests,
    reasons: pd.Series,
    as_of: pd.Timestamp,
) -> Iterator[Finding]:
    """Say what was left out, what was read in a way to look at, and what is in order.

    Parameters
    ----------
    table, layout, requests
        The file's cells, its columns and their meaning.
    reasons
        Why each row is left out; ``""`` for rows kept.
    as_of
        The latest moment in the rows kept.
    """
    names = layout.names()
    kept = reasons.eq("")
    yield from _about_rows_left_out(table, names, requests, reasons)
    yield from _about_time(requests, kept, as_of)
    said = (f"{name} ({role})" for role, name in names.items())
    yield Finding("fine", f"I told the columns by their names: {listed(said, most=8)}.")
    yield from _about_status(requests, kept, names)
    yield from _about_neighborhoods(requests, kept)
    yield from _about_labels(requests)
    yield from _about_file(table, layout, requests)
    yield from _about_ids(requests, kept, names)
    yield from _about_dates(names["opened"], requests.opened)
    yield from _about_dates(names["closed"], requests.closed)


def _about_rows_left_out(
    table: TextTable, names: dict[str, str], requests: Requests, reasons: pd.Series
) -> Iterator[Finding]:
    for reason, (what, fix) in _LEFT_OUT.items():
        rows = list(requests.row_numbers[reasons.eq(reason)])
        if reason == why.NO_FIT:
            rows = table.misfits
        if rows:
            said = what.format(**names)
            verb = "has" if len(rows) == 1 else "have"
            sentence = f"Left out: {_n(len(rows), 'row')} {verb} {said}."
            yield Finding("look", sentence, fix, tuple(rows), len(rows))


def _about_neighborhoods(requests: Requests, kept: pd.Series) -> Iterator[Finding]:
    unknown = requests.row_numbers[kept & requests.neighborhoods.values.eq("")]
    if len(unknown):
        yield Finding(
            "look",
            f"{_n(len(unknown), 'request')} without a neighborhood. I kept them: they count for "
            "the city, and for no neighborhood.",
            "Nothing, if they are few. If they are many, ask who could fill them in.",
            tuple(unknown),
            len(unknown),
        )
    labels = sorted(set(requests.neighborhoods.values[kept]) - {""})
    known = set(labels)
    inside = [
        f"{part} in {label}"
        for label in labels
        for part in label.split(" / ")
        if part != label and part in known
    ]
    if inside:
        yield Finding(
            "look",
            f"Some neighborhoods seem to be part of another: {listed(inside, most=8)}. "
            "I kept them apart.",
            "If they are one place, give them one name in a copy of the file and add the copy.",
        )


def _about_labels(requests: Requests) -> Iterator[Finding]:
    groups: dict[str, Folded] = {
        "request types": requests.types,
        "neighborhoods": requests.neighborhoods,
        "channels": requests.channels,
    }
    for what, folded in groups.items():
        if folded.spellings:
            said = (
                f'"{label}" (also {listed(repr(other) for other in others)})'
                for label, others in folded.spellings.items()
            )
            yield Finding(
                "look",
                f"{len(folded.spellings):,} {what} came in spellings that differ only by capital "
                f"letters or spaces. I read each as one: {listed(said, most=3)}.",
                "Nothing, unless two of them are different things.",
                count=len(folded.spellings),
            )
        if folded.escaped:
            yield Finding(
                "look",
                f"Some {what} begin with a sign that a spreadsheet runs as a formula. "
                f"I put an apostrophe in front: {listed(folded.escaped, most=3)}.",
                f"{_ASK} what these labels should be.",
                count=len(folded.escaped),
            )


def _about_file(table: TextTable, layout: Layout, requests: Requests) -> Iterator[Finding]:
    if table.swallowed:
        yield Finding(
            "look",
            "A cell seems to hold whole rows of the table. I could not count those rows.",
            "Look for a quote mark that opens and never closes, mend it, and add the file again.",
            tuple(table.swallowed),
            len(table.swallowed),
        )
    if table.encoding.startswith("Windows"):
        labels = pd.concat([requests.types.values, requests.neighborhoods.values]).unique()
        odd = sorted(label for label in labels if not label.isascii())
        seen = f" These names may look odd: {listed(odd, most=3)}." if odd else ""
        yield Finding(
            "look" if odd or table.odd_characters else "fine",
            f"This file looks like it was saved by Excel for Windows. I read it that way.{seen}",
            "If a name looks wrong, save the file as 'CSV UTF-8' and add that." if odd else "",
        )
    for role, columns in layout.unclear.items():
        yield Finding(
            "look",
            f"Two columns could be the {role}: {listed(columns)}. I used neither.",
            f"If it matters, rename the right one to {role.replace(' ', '_')} in a copy.",
        )


def _about_ids(requests: Requests, kept: pd.Series, names: dict[str, str]) -> Iterator[Finding]:
    if requests.ids_shortened:
        yield Finding(
            "look",
            f"The ids in {names['request id']} lost digits, as in 1.01E+11: Excel does that to "
            "long numbers. I named each request after its row and could not look for repeats.",
            "Export the file again and add it without opening it in Excel first.",
        )
        return
    unnamed = requests.row_numbers[kept & ~requests.id_known]
    if len(unnamed):
        yield Finding(
            "look",
            f"{_n(len(unnamed), 'request')} without an id. I named each after its row in the file, "
            "and could not look for repeats among them.",
            f"{_ASK} for the request ids.",
            tuple(unnamed),
            len(unnamed),
        )


def _about_dates(column: str, dates: Dates) -> Iterator[Finding]:
    if len(dates.layouts) > 1:
        ways = listed(f"{name} in {count:,}" for name, count in dates.layouts.items())
        yield Finding(
            "look",
            f"The dates in {column} are written in more than one way: {ways}. I read each as "
            "written.",
            "Look at a few of them in the file.",
        )
    if dates.assumed:
        yield Finding(
            "look",
            f"The dates in {column} could be month first or day first. I read them as month first: "
            f"{dates.example_read}.",
            "If that is the wrong way round, write the dates like 2011-07-14 and add the file.",
        )
    elif MONTH_FIRST in dates.layouts or DAY_FIRST in dates.layouts:
        yield Finding("fine", f"I read the dates in {column} like this: {dates.example_read}.")
    if dates.zoned:
        yield Finding("fine", f"Times in {column} carry a time zone. I kept the clock as written.")


def _about_status(requests: Requests, kept: pd.Series, names: dict[str, str]) -> Iterator[Finding]:
    if "status" not in names:
        yield Finding(
            "look",
            "There is no status column, so a request without a closing date counts as still open.",
            f"{_ASK} whether each closed request has its closing date.",
        )
        return
    words = {
        ended: sorted(set(requests.status[requests.says_closed.eq(ended)]) - {""})
        for ended in (True, False)
    }
    said = [
        f"as {how}: {listed(words[ended], most=6)}"
        for ended, how in ((True, "closed"), (False, "still open"))
        if words[ended]
    ]
    if said:
        yield Finding("fine", f"I read the words in {names['status']} {'; '.join(said)}.")
    reopened = kept & ~requests.says_closed & requests.status.ne("") & requests.closed_at.notna()
    rows = requests.row_numbers[reopened]
    if len(rows):
        yield Finding(
            "look",
            f"{_n(len(rows), 'request')} with a closing date and a status that does not say "
            "closed. I counted them as closed on that date.",
            f"{_ASK} whether they were opened again.",
            tuple(rows),
            len(rows),
        )


def _about_time(requests: Requests, kept: pd.Series, as_of: pd.Timestamp) -> Iterator[Finding]:
    opened, closed = requests.opened_at[kept], requests.closed_at[kept]
    still_open, day = int(closed.isna().sum()), as_of.strftime("%Y-%m-%d")
    newest = opened.max()
    yield Finding(
        "fine",
        f"{len(closed) - still_open:,} requests are closed, and {still_open:,} were still open on "
        f"{day}. That is the latest date in the file; I take it as the day of the export.",
        count=still_open,
    )
    if still_open and as_of - newest > _LONG_SILENCE:
        yield Finding(
            "look",
            f"The newest request is from {newest.strftime('%Y-%m-%d')}, and the last closing from "
            f"{day}. Open requests count as waiting until then.",
            f"{_ASK} on which day it was exported. If it was long before {day}, their waits are "
            "too long.",
        )
    if requests.whole_days:
        yield Finding("fine", "The dates have no time of day, so waits are in whole days.")


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
