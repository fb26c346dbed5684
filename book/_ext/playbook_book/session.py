"""Session pages: what the catalog and the stored lesson know, around the facilitator's words.

`N-lesson-name.facilitator.md` holds one heading and the five fixed headings, in plain Markdown.
Times, materials and answers are put in their places between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from playbook.learn.catalog import Lesson
from playbook.publish.session import Part, clock, has_deeper, run_of_show

from .cards import html, page_link
from .folds import SOLUTION_MARK
from .sources import catalog, cells, docname, session_docname, shown
from .tables import make_table

FIXED_HEADINGS = (
    "Before you start",
    "Where people get stuck",
    "Hard conversations",
    "If there are no laptops",
    "Afterwards",
)
_EXERCISE = re.compile(r"pb\.(ask|check|solution)\(\s*[\"']([^\"']+)[\"']")
_HEADING = re.compile(r"^#{2,6}\s+(.+?)\s*$", re.MULTILINE)
_LOG = logging.getLogger(__name__)


class FillSession(SphinxTransform):
    """Put the computed parts between the fixed headings."""

    default_priority = 300

    def apply(self) -> None:
        """Fill the page, if it is a session page."""
        every = catalog(self.env).values()
        lesson = next((one for one in every if session_docname(one) == self.env.docname), None)
        if lesson is None:
            return
        top = self.document.next_node(nodes.section)
        parts = {s.next_node(nodes.title).astext(): s for s in top if _is_section(s)}
        if list(parts) != list(FIXED_HEADINGS):
            _LOG.warning(
                "A session page has these headings, in this order: %s. I see: %s.",
                "; ".join(FIXED_HEADINGS),
                "; ".join(parts) or "none",
                location=top,
            )
            return
        top[1:1] = self._at_a_glance(lesson)
        self._before(parts["Where people get stuck"], self._times(lesson))
        self._before(parts["Hard conversations"], self._answers(lesson))

    def _before(self, place: nodes.section, sections: list[nodes.section]) -> None:
        parent = place.parent
        at = parent.index(place)
        parent[at:at] = sections

    def _section(self, title: str, *content: nodes.Node) -> nodes.section:
        section = nodes.section(names=[nodes.fully_normalize_name(title)])
        section += nodes.title("", title)
        section += [*content]
        self.document.note_implicit_target(section)
        return section

    def _at_a_glance(self, lesson: Lesson) -> list[nodes.Node]:
        together = "60 or 90 minutes" if has_deeper(lesson) else "60 minutes"
        rows = [
            ("The question", f"“{lesson.question}”"),
            ("Time", f"{together} together. Alone it takes {lesson.core_minutes}."),
            ("People", "6 to 20, at tables of 4 to 6"),
            ("They leave with", lesson.you_leave_with),
            ("Builds", ", ".join(lesson.capacities)),
            ("Certification", f"{', '.join(lesson.criteria)} (unofficial mapping)"),
            ("The lesson", page_link(docname(lesson), f"{lesson.id} {lesson.title}")),
        ]
        return [make_table(("At a glance", ""), rows, f"Lesson {lesson.id} at a glance")]

    def _times(self, lesson: Lesson) -> list[nodes.section]:
        made = [self._section("What to bring", _list(materials(lesson)))]
        for minutes in (60, 90) if has_deeper(lesson) else (60,):
            title = f"Run of show: {minutes} minutes"
            made.append(self._section(title, _schedule(run_of_show(lesson, minutes), title)))
        short = "If you are short of time: 40 minutes"
        words = "Leave out what happened on Monday. Keep the last two parts whole."
        plan = _schedule(run_of_show(lesson, 40), short, brief=True)
        made.append(self._section(short, nodes.paragraph("", words), plan))
        return made

    def _answers(self, lesson: Lesson) -> list[nodes.section]:
        made = []
        for exercise in exercises(cells(self.env, lesson)):
            content: list[nodes.Node] = []
            if exercise.question:
                content.append(nodes.paragraph("", "", nodes.strong("", exercise.question)))
            content += [nodes.paragraph("", text) for text in exercise.explanation]
            if exercise.code:
                content.append(nodes.literal_block("", exercise.code, language="python"))
            if exercise.choices:
                content.append(html(_FOLD.format(exercise.choices)))
            made.append(self._section(f"Exercise {exercise.id}", *content))
        words = "Every answer comes from the stored lesson, where it is tested."
        return [self._section("Answers", nodes.paragraph("", words), *made)] if made else []


_FOLD = (
    '<details class="fold"><summary>What people pick, and what to reply</summary>{}</details>'
)


@dataclass
class Exercise:
    """One exercise as stored in a lesson."""

    id: str
    question: str = ""
    explanation: tuple[str, ...] = ()
    code: str = ""
    choices: str = ""


def exercises(stored: list[dict]) -> list[Exercise]:
    """Collect the exercises of a lesson from its cells, in the order they are first met.

    Parameters
    ----------
    stored
        Cells with sources and outputs as whole strings.
    """
    found: dict[str, Exercise] = {}
    for cell in stored:
        if cell["cell_type"] != "code":
            continue
        for kind, exercise_id in _EXERCISE.findall(cell["source"]):
            exercise = found.setdefault(exercise_id, Exercise(exercise_id))
            text = shown(cell, "text/plain")
            if kind == "ask":
                first_line = text.partition("\n")[0]
                exercise.question = first_line.removeprefix(f"{exercise_id}:").strip()
                exercise.choices = shown(cell, "text/html")
            elif kind == "solution":
                exercise.explanation = tuple(filter(None, _explained(text).split("\n")))
                exercise.code = _without_mark(cell["source"])
    return list(found.values())


def _explained(text: str) -> str:
    return text.strip().removeprefix("Solution.").strip()


def _without_mark(source: str) -> str:
    lines = [line for line in source.splitlines() if not line.startswith(SOLUTION_MARK)]
    return "\n".join(lines).strip()


def materials(lesson: Lesson) -> list[str]:
    """Say what to bring, as short lines."""
    return [
        "One laptop for two people, or one printed lesson for two. Solutions print folded.",
        "The page Take it to work for each person, printed.",
        "A large screen, or the first chart printed large.",
        "A clock that all can see, paper and pens.",
        f"No data of your own. The lesson brings its tables: {', '.join(lesson.tables)}.",
    ]


def _is_section(node: nodes.Node) -> bool:
    return isinstance(node, nodes.section)


def _list(lines: list[str]) -> nodes.bullet_list:
    return nodes.bullet_list(
        "", *[nodes.list_item("", nodes.paragraph("", line)) for line in lines]
    )


def _schedule(parts: tuple[Part, ...], caption: str, brief: bool = False) -> nodes.table:
    starts = clock(parts)
    head = ["Clock", "Minutes", "Part", "You say and do", "Listen for"]
    rows = [
        [start, str(part.minutes), part.name, part.do, part.listen_for]
        for start, part in zip(starts, parts, strict=True)
    ]
    total = str(sum(part.minutes for part in parts))
    rows.append(["End", total, "Minutes in all", "", ""])
    if brief:
        head, rows = head[:3], [row[:3] for row in rows]
    return make_table(head, _said_once(rows), caption, classes=["times"])


def _said_once(rows: list[list[str]]) -> list[list[str]]:
    """Leave out what the row above says already: the steps share their instructions."""
    kept = [rows[0]]
    for above, row in zip(rows, rows[1:], strict=False):
        same = len(row) > 3 and row[3:] == above[3:] and row[3]
        kept.append([*row[:3], "The same, with this step.", ""] if same else row)
    return kept


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_transform(FillSession)
