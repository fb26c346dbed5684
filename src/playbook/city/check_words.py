"""A check told to readers: grouped by column, the most urgent first, ten findings and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from playbook.city.report import Finding, Report, wrapped

MOST = 10
_WHOLE = "The whole table"


@dataclass(frozen=True)
class TableCheck:
    """What a check found.

    Parameters
    ----------
    report
        The findings as data.
    most
        Findings shown before the rest is folded.
    """

    report: Report
    most: int = MOST

    @property
    def every(self) -> TableCheck:
        """The same with no finding folded away."""
        return TableCheck(self.report, len(self.report.findings))

    def __str__(self) -> str:
        return check_text(self.report, self.most, "print the check with .every")

    __repr__ = __str__

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        return {"text/plain": str(self), "text/html": check_html(self.report, self.most)}


def check_text(report: Report, most: int = MOST, more: str = "") -> str:
    """Write what a check found, grouped by column.

    Parameters
    ----------
    report
        What was found.
    most
        Findings before the rest is folded into one line.
    more
        How to see the rest, such as ``"playbook city check --all"``.
    """
    ranked = _ranked(report)
    lines = [_headline(report)]
    for column, findings in _by_column(ranked[:most]):
        lines += ["", column]
        for finding in findings:
            lines += wrapped(str(finding), "* ")
            lines += wrapped(f"What to do: {finding.fix}", "  ") if finding.fix else []
    folded = len(ranked) - most
    if folded > 0:
        lines += ["", f"… and {folded:,} more{f': {more}' if more else ''}"]
    return "\n".join(lines)


def check_html(report: Report, most: int = MOST) -> str:
    """Write what a check found as HTML; what goes beyond `most` opens with a click."""
    ranked = _ranked(report)
    first, rest = ranked[:most], ranked[most:]
    folded = (
        f"<details><summary>… and {len(rest):,} more</summary>{_html(rest)}</details>"
        if rest
        else ""
    )
    headline = escape(_headline(report))
    return f"<section><p><strong>{headline}</strong></p>{_html(first)}{folded}</section>"


def _html(findings: Sequence[Finding]) -> str:
    parts = []
    for column, some in _by_column(findings):
        items = "".join(
            f"<li>{escape(str(one))}{f'<br>What to do: {escape(one.fix)}' if one.fix else ''}</li>"
            for one in some
        )
        parts.append(f"<p><strong>{escape(column)}</strong></p><ul>{items}</ul>")
    return "".join(parts)


def _headline(report: Report) -> str:
    rows = f"{report.rows_read:,} row{'' if report.rows_read == 1 else 's'} checked"
    stops, looks = (
        sum(finding.level == level for finding in report.findings) for level in ("stop", "look")
    )
    said = []
    if stops:
        said.append(f"{stops:,} thing{'' if stops == 1 else 's'} to mend")
    if looks:
        said.append(f"{looks:,} to look at")
    return f"{report.source}: {rows}, {' and '.join(said) or 'nothing to mend'}."


def _ranked(report: Report) -> list[Finding]:
    """Keep a column's findings together; columns to mend first, else in the table's order."""
    order = ("stop", "look", "fine")
    columns = list(report.columns_used)
    urgency: dict[str, int] = {}
    for finding in report.findings:
        level = order.index(finding.level)
        urgency[finding.column] = min(level, urgency.get(finding.column, level))
        if finding.column not in columns:
            columns.append(finding.column)
    return sorted(
        report.findings,
        key=lambda one: (urgency[one.column], columns.index(one.column), order.index(one.level)),
    )


def _by_column(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.column or _WHOLE, []).append(finding)
    yield from groups.items()
