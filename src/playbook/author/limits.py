"""How much room each lesson has left: words, cells, figures, terms, minutes, reading grade."""

from __future__ import annotations

from playbook.author.pages import read_notebook
from playbook.author.prose_rules import HIGHEST_GRADE, lesson_grade
from playbook.author.rules import page_of
from playbook.author.size_rules import core_counts, lesson_counts
from playbook.learn.catalog import Lesson, lessons

# A part of a lesson and its counts, each as it is printed.
Row = dict[str, str]


def limits_table() -> str:
    """Print the counts of every lesson, each beside the most it may be.

    Returns
    -------
    str
        A line a lesson: of the core, then of all, then the reading grade and the minutes.
    """
    rows = [_row(lesson) for lesson in lessons().values()]
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in rows[0]}
    head = "  ".join(name.rjust(width) for name, width in widths.items())
    lines = ["  ".join(row[name].rjust(widths[name]) for name in widths) for row in rows]
    return "\n".join([head, *lines])


def _row(lesson: Lesson) -> Row:
    page = page_of(read_notebook(lesson.notebook), lesson.notebook)
    counts = {f"core {unit}": (count, limit) for unit, count, limit in core_counts(page)}
    counts |= {f"all {unit}": (count, limit) for unit, count, limit in lesson_counts(page)}
    return {
        "lesson": lesson.id,
        **{name: f"{count:,}/{limit:,}" for name, (count, limit) in counts.items()},
        "grade": f"{lesson_grade(page):.1f}/{HIGHEST_GRADE}",
        "deeper minutes": str(lesson.deeper_minutes),
    }
