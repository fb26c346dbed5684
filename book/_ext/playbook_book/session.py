"""Session pages: what the catalog and the stored lesson know, around the facilitator's words.

`N-lesson-name.facilitator.md` holds one heading and the five fixed headings, in plain Markdown.
Times, materials and answers are put in their places between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from playbook.learn.catalog import Lesson
from playbook.publish.built_pages import BuiltPage
from playbook.publish.session import Part, clock, has_deeper, run_of_show

from .cards import page_link
from .folds import SOLUTION_MARK
from .sources import (
    MATERIALS,
    catalog,
    cells,
    docname,
    material_docname,
    session_docname,
    shown,
)
from .tables import Content, make_table

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
        return [make_table((), rows, f"Lesson {lesson.id} at a glance")]

    def _times(self, lesson: Lesson) -> list[nodes.section]:
        made = [self._section("What to bring", _materials(lesson))]
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
                caption = f"Choices of exercise {exercise.id}"
                head = ("If they pick", "You reply")
                content.append(make_table(head, exercise.choices, caption, classes=["answers"]))
            made.append(self._section(f"Exercise {exercise.id}", *content))
        words = "Every answer comes from the stored lesson, where it is tested."
        return [self._section("Answers", nodes.paragraph("", words), *made)] if made else []


@dataclass
class Exercise:
    """One exercise as stored in a lesson."""

    id: str
    question: str = ""
    explanation: tuple[str, ...] = ()
    code: str = ""
    choices: tuple[tuple[str, str], ...] = ()


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
                exercise.choices = choices(shown(cell, "text/html"))
            elif kind == "solution":
                exercise.explanation = tuple(filter(None, _explained(text).split("\n")))
                exercise.code = _without_mark(cell["source"])
    return list(found.values())


def choices(twin: str) -> tuple[tuple[str, str], ...]:
    """Return the choices of a question and what each one means, from its static twin."""
    texts = [tag for tag in BuiltPage("", twin).find("summary", "p") if "li" in tag.inside]
    return tuple(
        (label.text, reason.text)
        for label, reason in pairwise(texts)
        if (label.name, reason.name) == ("summary", "p")
    )


def _explained(text: str) -> str:
    return text.strip().removeprefix("Solution.").strip()


def _without_mark(source: str) -> str:
    lines = [line for line in source.splitlines() if not line.startswith(SOLUTION_MARK)]
    return "\n".join(lines).strip()


def _materials(lesson: Lesson) -> nodes.bullet_list:
    """Say what to bring; the lesson's own slides and papers are one click away."""
    lines = (
        ("One laptop for two people. Without laptops, ", "handout", " for each person."),
        ("A large screen and the ", "slides", ". Printed, one fills a sheet."),
        ("", "mayor", ", to leave on a desk."),
        ("A clock that all can see, paper and pens.", "", ""),
        ("No data of your own: the lesson brings its tables.", "", ""),
    )
    items = []
    for before, kind, after in lines:
        line = nodes.paragraph("", before)
        if kind:
            # Not a page of the sources, so no reference that Sphinx could resolve.
            target = f"{material_docname(lesson, kind).rpartition('/')[2]}.html"
            label = MATERIALS[kind]
            label = label[0].lower() + label[1:] if before else label
            line += nodes.reference("", label, refuri=target, internal=True)
            line += nodes.Text(after)
        items.append(nodes.list_item("", line))
    return nodes.bullet_list("", *items)


def _is_section(node: nodes.Node) -> bool:
    return isinstance(node, nodes.section)


def _schedule(parts: tuple[Part, ...], caption: str, brief: bool = False) -> nodes.table:
    rows: list[list[Content]] = []
    above = ""
    for start, part in zip(clock(parts), parts, strict=True):
        # The steps share their instructions: say them once.
        words = [] if brief or part.do == above else _words(part)
        name = nodes.paragraph("", "", nodes.strong("", part.name))
        rows.append([start, str(part.minutes), [name, *words]])
        above = part.do
    total = sum(part.minutes for part in parts)
    rows.append([_time(total), str(total), "minutes in all"])
    return make_table(("Clock", "Minutes", "Part"), rows, caption, classes=["times"])


def _words(part: Part) -> list[nodes.Node]:
    label = nodes.emphasis("", "Listen for:")
    return [
        nodes.paragraph("", part.do),
        nodes.paragraph("", "", label, nodes.Text(f" {part.listen_for}"), classes=["aside"]),
    ]


def _time(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_transform(FillSession)
