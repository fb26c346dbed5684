"""What reading or checking a file found, told in plain words."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["stop", "look", "fine"]

_HEADINGS: dict[Level, str] = {
    "stop": "Stop: this has to change first",
    "look": "Please look at this",
    "fine": "In order",
}
_WIDTH = 88
_ROWS_SHOWN = 5
LEFT_OUT = "left out: "


@dataclass(frozen=True)
class Finding:
    """One thing found in a file.

    Parameters
    ----------
    level
        ``"stop"``: the table can't be used as it is. ``"look"``: somebody should look, the work
        goes on. ``"fine"``: good to know.
    what
        What was found, with an example.
    fix
        What to do. May be empty where nothing needs doing.
    rows
        The first rows it was found in, as a spreadsheet counts them (the header is row 1).
    count
        Number of rows it was found in.
    column
        The column it is about. Empty when it is about the whole table.

    Examples
    --------
    >>> print(Finding("look", "2 of 9 requests name no neighborhood.", rows=(3, 7), count=2))
    2 of 9 requests name no neighborhood. Rows 3 and 7.
    """

    level: Level
    what: str
    fix: str = ""
    rows: tuple[int, ...] = ()
    count: int = 0
    column: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple(int(row) for row in self.rows[:_ROWS_SHOWN]))

    def __str__(self) -> str:
        if not self.rows:
            return self.what
        shown = [str(row) for row in self.rows]
        more = self.count - len(shown)
        if more > 0:
            return f"{self.what} Rows {', '.join(shown)} and {more:,} more."
        if len(shown) == 1:
            return f"{self.what} Row {shown[0]}."
        return f"{self.what} Rows {', '.join(shown[:-1])} and {shown[-1]}."


@dataclass(frozen=True)
class Report:
    """What was read from a file, what was kept, and why the rest was not.

    Rows read equal rows kept plus rows left out: a report that does not add up can't be made.

    Parameters
    ----------
    source
        The file's or the table's name.
    rows_read, rows_kept
        Rows with anything in them, and those that are in the table now.
    findings
        What was found, the most urgent first.
    counts
        Figures by name. Names that begin with ``"left out: "`` count rows that were not kept.
    columns_used
        The file's own column name per meaning.
    as_of
        Day and minute up to which the file tells, ``"YYYY-MM-DD HH:MM"``. Empty when unknown.
    tables
        Names of the tables that the rows are in now.

    Examples
    --------
    >>> report = Report("july.csv", 9, 8, counts={"left out: no opening date": 1})
    >>> report.rows_left_out
    1
    >>> print(report)
    july.csv
    I read 9 rows and kept 8. 1 row is left out.
    """

    source: str
    rows_read: int
    rows_kept: int
    findings: tuple[Finding, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    columns_used: Mapping[str, str] = field(default_factory=dict)
    as_of: str = ""
    tables: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        order = list(_HEADINGS)
        ranked = sorted(self.findings, key=lambda finding: order.index(finding.level))
        object.__setattr__(self, "findings", tuple(ranked))
        if self.rows_read != self.rows_kept + self.rows_left_out:
            raise AssertionError(
                f"{self.source}: {self.rows_read} rows read, {self.rows_kept} kept, "
                f"{self.rows_left_out} left out do not add up"
            )

    @property
    def rows_left_out(self) -> int:
        """Number of rows read and not kept, over all reasons."""
        return sum(n for name, n in self.counts.items() if name.startswith(LEFT_OUT))

    @property
    def level(self) -> Level:
        """The most urgent level among the findings."""
        return self.findings[0].level if self.findings else "fine"

    def to_dict(self) -> dict[str, object]:
        """Give the report as plain lists, texts and whole numbers, for JSON."""
        return {
            "source": self.source,
            "as_of": self.as_of,
            "tables": list(self.tables),
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "counts": dict(self.counts),
            "columns_used": dict(self.columns_used),
            "findings": [
                {
                    "level": finding.level,
                    "what": finding.what,
                    "fix": finding.fix,
                    "rows": list(finding.rows),
                    "count": finding.count,
                }
                for finding in self.findings
            ],
        }

    def __str__(self) -> str:
        lines = [self.source, self._first_line()]
        for level, heading in _HEADINGS.items():
            findings = [finding for finding in self.findings if finding.level == level]
            if findings:
                lines += ["", heading]
            for finding in findings:
                lines += wrapped(str(finding), "* ")
                if finding.fix:
                    lines += wrapped(f"What to do: {finding.fix}", "  ")
        return "\n".join(lines)

    def _first_line(self) -> str:
        left = self.rows_left_out
        line = f"I read {self.rows_read:,} row{'' if self.rows_read == 1 else 's'} and kept "
        if not left:
            return f"{line}{'it' if self.rows_read == 1 else 'all of them'}."
        return f"{line}{self.rows_kept:,}. {left:,} row{' is' if left == 1 else 's are'} left out."


def wrapped(text: str, start: str) -> list[str]:
    """Fold a text to the width of a report; later lines are moved in."""
    # break_on_hyphens=False keeps dates such as 2011-07-26 on one line.
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=start,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
