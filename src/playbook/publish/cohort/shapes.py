"""A cohort and its sessions, as read from its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playbook.learn.catalog import Lesson


@dataclass(frozen=True)
class Session:
    """One meeting: when it begins, with its time zone, and its lesson."""

    begins: datetime
    minutes: int
    lesson: Lesson

    @property
    def ends(self) -> datetime:
        """When it ends. Counted in real minutes, also in the night when clocks change."""
        later = self.begins.astimezone(UTC) + timedelta(minutes=self.minutes)
        return later.astimezone(self.begins.tzinfo)

    @property
    def when(self) -> str:
        """When it is, as readers say it: ``Wednesday, March 3, 2027, 2:00 PM``."""
        return f"{self.begins:%A}, {self.day}, {clock(self.begins)}"

    @property
    def day(self) -> str:
        """The date in words."""
        return f"{self.begins:%B} {self.begins.day}, {self.begins.year}"


@dataclass(frozen=True)
class Cohort:
    """A cohort, checked.

    Parameters
    ----------
    name
        What the group is called.
    time_zone
        Name of its time zone, such as ``"America/Chicago"``.
    contact
        Whom to ask, and how.
    welcome
        One or two sentences from whoever leads it.
    sessions
        Its meetings in order.
    solutions
        Whether the learners' edition has the solutions.
    """

    name: str
    time_zone: str
    contact: str
    welcome: str
    sessions: tuple[Session, ...]
    solutions: bool

    @property
    def dates(self) -> str:
        """From the first to the last day, in words."""
        first, last = self.sessions[0].day, self.sessions[-1].day
        return first if first == last else f"{first} to {last}"


def clock(time: datetime) -> str:
    """Write the time of day.

    Examples
    --------
    >>> clock(datetime(2027, 3, 3, 14, 5)), clock(datetime(2027, 3, 3, 0, 30))
    ('2:05 PM', '12:30 AM')
    """
    return f"{time.hour % 12 or 12}:{time:%M} {'PM' if time.hour >= 12 else 'AM'}"
