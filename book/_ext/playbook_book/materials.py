"""Three more pages a lesson, computed: for the mayor, slides, and a handout on paper.

Slides and handout are files that need nothing beside them. Neither tells an answer.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from playbook.author.pages import cells_of, read_notebook
from playbook.learn.catalog import Lesson
from playbook.learn.mayor_page import DECISION, MICROPHONE, QUESTIONS, mayor_page
from playbook.learn.practice import PRACTICE

from .lesson_parts import LessonParts, read_parts
from .session import Exercise, exercises
from .sources import catalog, cells, claims, docname, material_docname, notebook_path

# Longer tables stay folded: the chart carries their numbers.
MOST_ROWS = 20
RIGHT = "That's it."  # how the reason of a right answer begins
TALL = 1.15
# Results of one step that get a slide of their own.
MOST_SHOWN = 2
_FOLD = re.compile(
    r'<details class="pb-data"><summary[^>]*>.*?</summary>(?P<table>.*?)</details>', re.DOTALL
)
_RESULT = re.compile(r'<p class="result">.*?</p>', re.DOTALL)
_PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
_SIZE = {name: re.compile(rf'\b{name}="([\d.]+)') for name in ("width", "height")}
_LOG = logging.getLogger(__name__)

Page = tuple[str, dict[str, object], str]


@dataclass(frozen=True)
class Slide:
    """One slide: its heading, what stands on the left (a chart, most often), and the words."""

    title: str
    words: str
    shown: str = ""
    kind: str = "plain"


def pages(app: Sphinx) -> Iterator[Page]:
    """Yield the pages to write: name, what the template needs, template."""
    for lesson in catalog(app.env).values():
        parts = read_parts(notebook_path(app.env, lesson))
        exercise = core_exercise(app.env, lesson, parts)
        parts = without_answer(parts, exercise)
        common = {"lesson": lesson, "parts": parts, "exercise": exercise, "practice": PRACTICE}
        yield _mayor(app.env, lesson)
        made = {"title": f"Slides: {lesson.title}", "slides": slides(lesson, parts)}
        yield material_docname(lesson, "slides"), common | made, "slides.html"
        made = {"title": f"Handout: {lesson.title}", "on_paper": on_paper, "is_tall": is_tall}
        yield material_docname(lesson, "handout"), common | made, "handout.html"


def _mayor(env: BuildEnvironment, lesson: Lesson) -> Page:
    shown = {
        cell.id: "".join(cell.shown("text/html"))
        for cell in cells_of(read_notebook(notebook_path(env, lesson)))
    }
    chart = shown.get(lesson.mayor.show, "")
    claim = claims(env).get(lesson.mayor.say)
    name = material_docname(lesson, "mayor")
    if "<figure" not in chart:
        _LOG.warning("The cell %s of lesson %s shows no chart.", lesson.mayor.show, lesson.id)
    if lesson.mayor.say and claim is None:
        _LOG.warning("data/insights.yaml has no claim %s.", lesson.mayor.say)
    context: dict[str, object] = {
        "title": f"For the mayor: {lesson.title}",
        "meta": {"layout": "mayor"},
        "mayor": mayor_page(lesson, claim),
        "headings": (DECISION, QUESTIONS, MICROPHONE),
        "chart": chart,
        "lesson_page": docname(lesson),
    }
    return name, context, "mayor.html"


def core_exercise(env: BuildEnvironment, lesson: Lesson, parts: LessonParts) -> Exercise:
    """Return the exercise of the core; its answers are for the session page alone."""
    return {one.id: one for one in exercises(cells(env, lesson))}[parts.exercise]


def without_answer(parts: LessonParts, exercise: Exercise) -> LessonParts:
    """Leave out the computed sentences that say the right answer of the exercise.

    Charts and tables stay: reading them is the exercise.
    """
    right = [label for label, reason in exercise.choices if reason.startswith(RIGHT)]

    def kept(found: re.Match[str]) -> str:
        return "" if any(escape(label) in found[0] for label in right) else found[0]

    steps = tuple(
        replace(step, shown=tuple(filter(None, (_RESULT.sub(kept, one) for one in step.shown))))
        for step in parts.steps
    )
    return replace(parts, steps=steps)


def slides(lesson: Lesson, parts: LessonParts) -> list[Slide]:
    """Put a lesson's core on slides, in the order of a session."""
    deck = [
        Slide(lesson.question, parts.why, kind="first"),
        Slide("The situation", parts.situation),
        Slide("Guess first", parts.guess, kind="large"),
    ]
    for step in parts.steps:
        first, *others = shown_on_slides(step.shown) or ("",)
        deck.append(Slide(step.title, step.say, first, kind=_kind(first)))
        deck += [Slide(f"{step.title} (more)", "", more, kind=_kind(more)) for more in others]
    return [
        *deck,
        Slide("Is it real?", parts.real),
        Slide("Your turn", "", kind="exercise"),
        Slide("Who is missing?", parts.missing, kind="large"),
        Slide("Talk about it", parts.talk, kind="large"),
        Slide("Take it to work", parts.ask, kind="work"),
        Slide("Say it aloud", "", kind="aloud"),
    ]


def shown_on_slides(shown: Sequence[str]) -> tuple[str, ...]:
    """Choose what a step shows on slides: its first result, and the first chart after it.

    A step of many results is for the page, where people scroll; a deck has one minute a slide.

    Examples
    --------
    >>> shown_on_slides(["<table>1", "<table>2", "<figure>1", "<figure>2"])
    ('<table>1', '<figure>1')
    >>> shown_on_slides(["<figure>1", "<table>1"])
    ('<figure>1', '<table>1')
    """
    if len(shown) <= MOST_SHOWN:
        return tuple(shown)
    first, *others = shown
    charts = [one for one in others if "<figure" in one]
    return (first, *[*charts, *others][: MOST_SHOWN - 1])


def _kind(shown: str) -> str:
    return "step tall" if is_tall(shown) else "step"


def is_tall(shown: str) -> bool:
    """Whether a chart is taller than wide: words then stand beside it."""
    picture = _PICTURE.search(shown)
    if picture is None:
        return False
    head = base64.b64decode(picture[1]).decode("utf-8").partition(">")[0]
    width, height = (float(_SIZE[name].search(head)[1]) for name in ("width", "height"))
    return height > TALL * width


def on_paper(shown: str) -> str:
    """Unfold the numbers beneath a chart, unless they would fill a sheet.

    Examples
    --------
    >>> on_paper('<details class="pb-data"><summary>Show the numbers</summary>8.4</details>')
    '<div class="pb-data">8.4</div>'
    """

    def unfold(found: re.Match[str]) -> str:
        if found["table"].count("<tr") > MOST_ROWS + 1:
            return found[0]
        return f'<div class="pb-data">{found["table"]}</div>'

    return _FOLD.sub(unfold, shown)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-collect-pages", pages)
