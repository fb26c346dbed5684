"""A cohort's edition: its name, dates and welcome; its page to edit; the check of a computer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from playbook.learn.catalog import CATALOG_NAME, read_catalog
from playbook.learn.copies import copy_name
from playbook.publish.cohort.edition import without_reasons
from playbook.publish.cohort.field_checks import FILE_NAME
from playbook.publish.cohort.settings import read_cohort
from playbook.publish.cohort.shapes import Cohort
from playbook.publish.live.notebooks import live_address

from .materials import Page
from .sources import catalog, docname

WELCOME, PREFLIGHT = "welcome", "preflight"
SCRIPT = "preflight.js"
TRIED = "3.1"


@dataclass(frozen=True)
class Meeting:
    """A session as a page shows it."""

    when: str
    minutes: int
    docname: str
    label: str


def cohort(env: BuildEnvironment) -> Cohort | None:
    """Return the cohort this edition is for: its file lies beside the table of contents."""
    path = Path(env.srcdir) / FILE_NAME
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else None


@cache
def _read(path: Path, changed: int) -> Cohort:
    return read_cohort(path, read_catalog(path.parent / "notebooks" / CATALOG_NAME))


def meetings(found: Cohort) -> list[Meeting]:
    """Return its sessions with the pages of their lessons."""
    return [
        Meeting(one.when, one.minutes, docname(one.lesson), f"{one.lesson.id} {one.lesson.title}")
        for one in found.sessions
    ]


class LeaveOutReasons(SphinxTransform):
    """In an edition without solutions, leave out what each choice of an exercise means."""

    # Before the stored results are read by anything else.
    default_priority = 399

    def apply(self) -> None:
        """Walk the page."""
        found = cohort(self.env)
        if found is None or found.solutions:
            return
        for raw in self.document.findall(nodes.raw):
            if "class='pb-ask'" in raw.astext():
                raw[:] = [nodes.Text(without_reasons(raw.astext()))]
                raw.rawsource = raw.astext()


def add_context(
    app: Sphinx, name: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Tell every page about the cohort; nothing in the open book."""
    found = cohort(app.env)
    context["cohort"] = found
    context["meetings"] = meetings(found) if found else []
    if name == PREFLIGHT:
        context["page_script"] = SCRIPT


def pages(app: Sphinx) -> Iterator[Page]:
    """Yield the page that a facilitator edits, and the check of a computer."""
    if app.config.root_doc not in app.env.found_docs:
        return
    lesson = catalog(app.env).get(TRIED) or next(iter(catalog(app.env).values()))
    made: dict[str, object] = {
        "title": "Check this computer",
        "lesson": lesson,
        "lesson_page": docname(lesson),
        "copy": f"{docname(lesson).rpartition('/')[0]}/{copy_name(lesson)}",
        "live": live_address(lesson) if app.config.playbook_live else "",
    }
    yield PREFLIGHT, made, "preflight.html"
    yield WELCOME, {"title": "Welcome", "lesson_page": docname(lesson)}, "welcome.html"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_transform(LeaveOutReasons)
    app.connect("html-collect-pages", pages)
    # After the scripts of other pages.
    app.connect("html-page-context", add_context, priority=970)
