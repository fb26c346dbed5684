"""Which column of a service-request export means what: by the header's words, never by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from playbook.city.labels import clean, listed, squash
from playbook.errors import PlaybookError

NEEDED = ("opened", "closed", "request type", "neighborhood")
# The lessons' name of each meaning; the status is read and not stored.
STORED_AS = {
    "opened": "opened_at",
    "closed": "closed_at",
    "request type": "request_type",
    "neighborhood": "neighborhood_id",
    "request id": "request_id",
    "status": "status",
    "channel": "channel",
    "duplicate of": "duplicate_of",
}
IN_WORDS = {
    "opened": "the date a request was opened",
    "closed": "the date it was closed",
    "request type": "the type of request",
    "neighborhood": "the neighborhood",
    "request id": "the number of the request",
    "status": "whether it is open or closed",
    "channel": "how the report came in",
    "duplicate of": "the number of the earlier request that it repeats",
}

# Names per meaning, the clearest first: a column of an earlier group wins over a later one, so that
# a type wins over its broader category and a neighborhood over a borough. The first name of each is
# the one to rename a column to. Case, spaces and underscores do not count.
_NAMES: dict[str, tuple[str, ...]] = {
    "opened": (
        "opened at",
        "opened, opened date, open date, open dt, date opened, opened dt, opened date time, "
        "open date time, opened on",
        "created date, created at, date created, creation date, create date, created, created on, "
        "created dt, creation datetime, created date time",
        "requested datetime, requested date, request date, date requested, submitted date, "
        "date submitted, submitted at, service request date, requested at",
        "reported date, date reported, received date, date received, reported at, entry date",
    ),
    "closed": (
        "closed at",
        "closed, closed date, close date, closed dt, date closed, closed datetime, "
        "closed date time, close dt, closed on",
        "completed date, date completed, completion date, completed at, completed, "
        "resolved date, date resolved, resolution date, resolved at, resolved",
    ),
    "request type": (
        "request type",
        "service request type, complaint type, sr type, case type, issue type, problem type, "
        "service type, service name, type name, type of request, type of service request",
        "type, incident type, sr description",
        "subcategory, problem, issue, service",
        "category, request category",
        "reason, subject, topic",
    ),
    "neighborhood": (
        "neighborhood",
        "neighbourhood, neighborhood name, neighborhoods, nbhd, nbhd name, "
        "analysis neighborhood, neighborhood council, nc name, ncname",
        "neighborhood id, community area name, community board, community, planning area",
        "community area, statistical area, neighborhood cluster",
        "ward, council district, city council district, supervisor district, district",
        "borough, area",
    ),
    "request id": (
        "request id",
        "case enquiry id, case id, service request id, service request number, sr number, "
        "service request sr number, unique key, ticket id, ticket number, ticket no, case number, "
        "request number, incident number, incident id, reference number, tracking number",
        "id, key, number",
        "object id, row id",
    ),
    "status": (
        "status",
        "case status, sr status, request status, service request status, ticket status",
    ),
    "channel": (
        "channel",
        "source, origin, open data channel type, request source, method received, case source, "
        "intake channel, channel type, source id, contact method",
    ),
    "duplicate of": (
        "duplicate of",
        "parent sr number, parent service request id, parent case id, parent id, "
        "parent request id, duplicate of id, parent case number",
    ),
}
_RANKS: dict[str, dict[str, int]] = {
    role: {squash(name): rank for rank, names in enumerate(groups) for name in names.split(", ")}
    for role, groups in _NAMES.items()
}


@dataclass(frozen=True)
class Layout:
    """Where each meaning is in a header.

    Parameters
    ----------
    columns
        Position per meaning: ``"opened"``, ``"closed"``, ``"request type"``, ``"neighborhood"``;
        where the file has them ``"request id"``, ``"status"``, ``"channel"``, ``"duplicate of"``.
    header
        The file's own column names.
    unclear
        Optional meanings that two columns fit equally well; neither is used.
    """

    columns: dict[str, int]
    header: tuple[str, ...]
    unclear: dict[str, tuple[str, ...]]

    def names(self) -> dict[str, str]:
        """Give the file's own column name per meaning."""
        return {role: self.header[at] for role, at in self.columns.items()}


def known_names(cells: Sequence[str]) -> int:
    """Count the meanings that a row of cells names.

    Examples
    --------
    >>> known_names(["Unique Key", "Created Date", "Agency", "Complaint Type"])
    3
    """
    squashed = {squash(cell) for cell in cells}
    return sum(not squashed.isdisjoint(ranks) for ranks in _RANKS.values())


def is_service_requests(header: Sequence[str]) -> bool:
    """Tell whether a header has an opening date, and a closing date or a type of request.

    Examples
    --------
    >>> is_service_requests(["Created Date", "Closed Date", "Borough"])
    True
    >>> is_service_requests(["geoid", "life_expectancy"])
    False
    """
    roles = {role for role in NEEDED if fitting(header, role)}
    return "opened" in roles and ("closed" in roles or "request type" in roles)


def recognize(
    header: Sequence[str], name: str = "the file", chosen: Mapping[str, str] | None = None
) -> Layout:
    """Tell by its words which column of a service-request export is which.

    Parameters
    ----------
    header
        Column names in any order, case and spelling of spaces.
    name
        The file's name, for messages.
    chosen
        The file's own column by the lessons' name (see `STORED_AS`), where somebody has said so;
        ``""`` for a meaning that shall not be read.

    Raises
    ------
    PlaybookError
        When a needed meaning (opened, closed, request type, neighborhood) has no column, or two
        that fit equally well; or a column that was chosen is not there.

    Examples
    --------
    >>> layout = recognize(["Borough", "Closed Date", "Complaint Type", "Created Date", "Agency"])
    >>> layout.names()
    {'opened': 'Created Date', 'closed': 'Closed Date',
     'request type': 'Complaint Type', 'neighborhood': 'Borough'}
    """
    columns: dict[str, int] = {}
    unclear: dict[str, tuple[str, ...]] = {}
    for role in _NAMES:
        own = (chosen or {}).get(STORED_AS[role])
        if own is not None:
            best = [_chosen(header, own, name)] if own else []
        else:
            best = _best(fitting(header, role))
        if len(best) == 1:
            columns[role] = best[0]
        elif role in NEEDED:
            raise _cannot_tell(header, role, best, name)
        elif best:
            unclear[role] = tuple(header[at] for at in best)
    return Layout(columns, tuple(header), unclear)


def fitting(header: Sequence[str], role: str) -> dict[int, int]:
    """Return how well each column fits a meaning, by position: 0 fits best."""
    ranks = _RANKS[role]
    return {at: ranks[squash(cell)] for at, cell in enumerate(header) if squash(cell) in ranks}


def _best(ranks: Mapping[int, int]) -> list[int]:
    """Positions of the columns that fit best. Two of them fit equally well."""
    return [at for at, rank in ranks.items() if rank == min(ranks.values())]


def _chosen(header: Sequence[str], column: str, name: str) -> int:
    """Position of a column that somebody named."""
    by_name = {squash(cell): at for at, cell in reversed(list(enumerate(header)))}
    at = by_name.get(squash(column))
    if at is not None:
        return at
    near = get_close_matches(squash(column), list(by_name), n=1, cutoff=0.0)
    raise PlaybookError(
        f'{name} has no column called "{clean(column)[:40]}". '
        f"Its columns are {listed(header, most=12)}.",
        fix=f"Write the name as in the file. The nearest is {header[by_name[near[0]]]}."
        if near
        else "Write the name as in the file.",
    )


def _cannot_tell(header: Sequence[str], role: str, best: list[int], name: str) -> PlaybookError:
    meaning = IN_WORDS[role]
    new_name = _NAMES[role][0].replace(" ", "_")
    way_out = (
        f"In a copy of the file, rename the right column to {new_name} and add the copy. "
        "Or ask whoever sent it which column it is."
    )
    if best:
        return PlaybookError(
            f"Two columns of {name} could be {meaning}: {listed(header[at] for at in best)}.",
            fix=way_out,
        )
    return PlaybookError(
        f"I can't find the column with {meaning} in {name}. "
        f"Its columns are {listed(header, most=12)}.",
        fix=way_out,
    )
