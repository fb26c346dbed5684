"""Whole pictures: a title, headings, and marks in rows, columns or panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from playbook.show.draw import draw_dots, draw_lying_bars, draw_scale, draw_standing_bars
from playbook.show.scale import Look, Scale, scale_for
from playbook.show.sheet import MARGIN, WIDTH, Sheet, text_width, wrap
from playbook.show.style import BODY_SIZE, DENSE_SIZE, QUIET_TEXT, SERIES
from playbook.show.words import Mark

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

FEW_ROWS = 20  # up to here every row carries its number
_LABELS_WIDEST = 2.15
_LABEL_GAP = 0.16
_HEAD = 0.32  # headings above the marks
_FOOT = 0.36  # numbers of the scale beneath them
_LEGEND = 0.34
_LINE = 0.225  # one line of body text
_PANEL_GAP = 0.3


def rows_of(marks: Sequence[Mark]) -> list[str]:
    """Names of the rows in order of appearance."""
    return list(dict.fromkeys(mark.row for mark in marks))


def plot_width(rows: Sequence[str], heading: str, look: Look, panels: int = 1) -> float:
    """Inches left for marks beside the names of the rows, in each of the panels."""
    left = max(_labels_width(rows, look), text_width(heading, DENSE_SIZE)) + _LABEL_GAP
    left = min(left, _LABELS_WIDEST + _LABEL_GAP)
    return (WIDTH - 2 * MARGIN - left - (panels - 1) * _PANEL_GAP) / panels


def _labels_width(rows: Sequence[str], look: Look) -> float:
    widest = max(
        text_width(line, look.size, True)
        for row in rows
        for line in wrap(row, _LABELS_WIDEST, look.size, bold=True)
    )
    return min(widest, _LABELS_WIDEST)


def _row_height(rows: Sequence[str], groups: int, look: Look) -> float:
    """Inches a row: room for its dots, and for a name of two lines."""
    lines = max(len(wrap(row, _LABELS_WIDEST, look.size, bold=True)) for row in rows)
    single = 0.2 if len(rows) > FEW_ROWS else 0.35
    return max(single if groups == 1 else 0.27 * groups + 0.1, lines * _LINE * look.size / 13)


def _write_names(
    sheet: Sheet, top: float, rows: Sequence[str], row_height: float, look: Look
) -> None:
    for place, row in enumerate(rows):
        strong = row in look.highlight
        lines = wrap(row, _LABELS_WIDEST, look.size, bold=True)
        step = look.size * 1.2 / 72
        for number, line in enumerate(lines):
            middle = top + (place + 0.5) * row_height + (number - (len(lines) - 1) / 2) * step
            sheet.write(MARGIN, middle, line, size=look.size, bold=strong)


def _write_head(sheet: Sheet, top: float, left: float, headings: tuple[str, str]) -> None:
    room = left - MARGIN - 0.1
    rows = " ".join(wrap(headings[0], room, DENSE_SIZE)[:1])
    sheet.write(MARGIN, top, rows, size=DENSE_SIZE, color=QUIET_TEXT)
    sheet.write(left, top, headings[1], size=DENSE_SIZE, color=QUIET_TEXT)


def dot_rows(
    finding: str,
    headings: tuple[str, str],
    marks: Sequence[Mark],
    groups: Sequence[str],
    scale: Scale,
    look: Look,
) -> Drawing:
    """Draw one chart of dots in rows, with a legend above it where there are groups."""
    rows = rows_of(marks)
    row_height = _row_height(rows, len(groups), look)
    long = len(rows) > FEW_ROWS
    legend = legend_height(groups)
    above = legend + _HEAD + (0.2 if long else 0)
    sheet = Sheet(finding, above + len(rows) * row_height + _FOOT)
    if legend:
        sheet.legend(sheet.top + 0.12, list(zip(groups, SERIES, strict=False)))
    left = WIDTH - MARGIN - plot_width(rows, headings[0], look)
    top = sheet.top + above
    _write_head(sheet, sheet.top + legend + 0.13, left, headings)
    _write_names(sheet, top, rows, row_height, look)
    area = sheet.plot(left, top, WIDTH - MARGIN - left, len(rows) * row_height, "marks")
    draw_scale(area, scale, len(rows), look.unit, both_ends=long)
    draw_dots(area, rows, groups, marks, scale, look)
    return sheet.figure


def legend_height(groups: Sequence[str]) -> float:
    """Height in inches that the names of the groups need above a chart."""
    if len(groups) < 2:
        return 0.0
    lines, room = 1, WIDTH - MARGIN
    for name in groups:
        room -= text_width(name, BODY_SIZE) + 0.55
        if room < 0:
            lines, room = lines + 1, WIDTH - MARGIN - text_width(name, BODY_SIZE) - 0.55
    return _LEGEND * lines


def bar_rows(finding: str, headings: tuple[str, str], marks: Sequence[Mark], look: Look) -> Drawing:
    """Draw bars that lie, their names to the left."""
    rows = rows_of(marks)
    row_height = _row_height(rows, 1, look) * 1.12
    sheet = Sheet(finding, _HEAD + len(rows) * row_height + _FOOT)
    width = plot_width(rows, headings[0], look)
    left, top = WIDTH - MARGIN - width, sheet.top + _HEAD
    _write_head(sheet, sheet.top + 0.13, left, headings)
    _write_names(sheet, top, rows, row_height, look)
    area = sheet.plot(left, top, width, len(rows) * row_height, "marks")
    scale = scale_for(marks, look, width, zero=True)
    draw_scale(area, scale, len(rows), look.unit)
    draw_lying_bars(area, marks, look)
    return sheet.figure


def fits_beneath(marks: Sequence[Mark], look: Look) -> bool:
    """Whether bars can stand: all known, none below zero, names of one short line each."""
    room = (WIDTH - 2 * MARGIN) / len(marks) - 0.1
    return all(
        mark.known
        and mark.value >= 0
        and text_width(mark.row, look.size, True) <= room
        and text_width(look.label(mark), look.size, True) <= room
        for mark in marks
    )


def bar_columns(
    finding: str, headings: tuple[str, str], marks: Sequence[Mark], look: Look
) -> Drawing:
    """Draw bars that stand, their names beneath."""
    plot_height = 2.6
    sheet = Sheet(finding, _HEAD + 0.15 + plot_height + 0.62)
    top = sheet.top + _HEAD + 0.15
    sheet.write(MARGIN, sheet.top + 0.13, headings[1], size=DENSE_SIZE, color=QUIET_TEXT)
    area = sheet.plot(MARGIN, top, WIDTH - 2 * MARGIN, plot_height, "marks")
    most = max(mark.value for mark in marks) or 1.0
    area.set(xlim=(-0.5, len(marks) - 0.5), ylim=(0, most * 1.04))
    draw_standing_bars(area, marks, look)
    step = (WIDTH - 2 * MARGIN) / len(marks)
    for place, mark in enumerate(marks):
        sheet.write(
            MARGIN + (place + 0.5) * step,
            top + plot_height + 0.17,
            mark.row,
            size=look.size,
            bold=mark.row in look.highlight,
            align="center",
        )
    bottom = top + plot_height + 0.44
    sheet.write(WIDTH / 2, bottom, headings[0], size=DENSE_SIZE, color=QUIET_TEXT, align="center")
    return sheet.figure


def dot_panels(
    finding: str,
    headings: tuple[str, str],
    panels: Mapping[str, Sequence[Mark]],
    scale: Scale,
    look: Look,
) -> Drawing:
    """Draw a panel for each facet, two abreast, all on one scale."""
    rows = rows_of([mark for marks in panels.values() for mark in marks])
    row_height = _row_height(rows, 1, look)
    width = plot_width(rows, headings[0], look, 2)
    head, each = 0.34, 0.34 + len(rows) * row_height + _FOOT + 0.06
    lines = -(-len(panels) // 2)
    sheet = Sheet(finding, _HEAD + lines * each)
    left = WIDTH - MARGIN - 2 * width - _PANEL_GAP
    _write_head(sheet, sheet.top + 0.13, left, headings)
    for place, (name, marks) in enumerate(panels.items()):
        x = left + (place % 2) * (width + _PANEL_GAP)
        top = sheet.top + _HEAD + (place // 2) * each + head
        title = " ".join(wrap(name, width + 0.2, BODY_SIZE, bold=True)[:1])
        sheet.write(x, top - 0.2, title, bold=True)
        if place % 2 == 0:
            _write_names(sheet, top, rows, row_height, look)
        area = sheet.plot(x, top, width, len(rows) * row_height, f"marks, {name}")
        draw_scale(area, scale, len(rows), look.unit)
        draw_dots(area, rows, [""], marks, scale, look)
    return sheet.figure
