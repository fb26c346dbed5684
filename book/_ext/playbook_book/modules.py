"""Opening and closing pages of a module: its lessons, and what a reader takes from them."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from playbook.learn.catalog import Lesson

from .cards import page_link
from .sources import catalog, docname
from .tables import WIDE, make_table


class ModuleLessons(SphinxDirective):
    """``{module-lessons} Name``: a row a lesson, and a line that adds the minutes up."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Make the table."""
        lessons = lessons_of(catalog(self.env).values(), self.arguments[0], self.error)
        rows = [
            (
                page_link(docname(lesson), f"{lesson.id} {lesson.title}"),
                lesson.question,
                minutes(lesson),
                lesson.you_leave_with,
            )
            for lesson in lessons
        ]
        head = ("Lesson", "The question", "Minutes", "You leave with")
        core = sum(lesson.core_minutes for lesson in lessons)
        deeper = sum(lesson.deeper_minutes for lesson in lessons)
        total = f"Together {core} minutes, and {deeper} more for all that is marked deeper."
        caption = f"Lessons of the module {self.arguments[0]}"
        return [make_table(head, rows, caption, classes=[WIDE]), nodes.paragraph("", total)]


class ModuleSentences(SphinxDirective):
    """``{module-sentences} Name``: the sentence to say at work after each lesson."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Make the list."""
        items = []
        for lesson in lessons_of(catalog(self.env).values(), self.arguments[0], self.error):
            line = page_link(docname(lesson), lesson.title)
            line += nodes.Text(f": \u201c{lesson.mayor.instead}\u201d")
            items.append(nodes.list_item("", line))
        return [nodes.bullet_list("", *items)]


def lessons_of(lessons, name, error) -> list[Lesson]:
    """Return the lessons of a module in the order of the catalog; stop at an unknown module."""
    found = [lesson for lesson in lessons if lesson.module == name]
    if not found:
        raise error(f"No lesson is in a module called {name}. See notebooks/lessons.toml.")
    return found


def minutes(lesson: Lesson) -> str:
    """Tell the minutes of the core, and those of what is deeper."""
    deeper = f" + {lesson.deeper_minutes} deeper" if lesson.deeper_minutes else ""
    return f"{lesson.core_minutes}{deeper}"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("module-lessons", ModuleLessons)
    app.add_directive("module-sentences", ModuleSentences)
