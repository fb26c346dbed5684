"""The buttons of a lesson page: open it live, download it, print it."""

from __future__ import annotations

import os
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from playbook.learn.copies import copy_name, copy_text, fresh_copy
from playbook.publish.live.notebooks import live_address

from .sources import catalog, docname, notebook_path

SCRIPT = "print.js"


def live_is_part(app: Sphinx, config: Config) -> None:
    """Let Sphinx know whether live lessons are built, so that a change writes the pages anew."""
    config.playbook_live = bool(os.environ.get("PLAYBOOK_LIVE"))


def add_context(
    app: Sphinx, name: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give a lesson page its buttons, and the script that prints."""
    for lesson in catalog(app.env).values():
        if name == docname(lesson):
            context["lesson_actions"] = {
                "live": live_address(lesson) if app.config.playbook_live else "",
                "copy": copy_name(lesson),
            }
            context["page_script"] = SCRIPT


def write_copies(app: Sphinx, exception: Exception | None) -> None:
    """Put beside each lesson page the notebook that its button downloads."""
    if exception is not None:
        return
    for lesson in catalog(app.env).values():
        page = Path(app.outdir) / f"{docname(lesson)}.html"
        if page.is_file():
            copy = fresh_copy(lesson, notebook_path(app.env, lesson))
            page.with_name(copy_name(lesson)).write_text(
                copy_text(copy), encoding="utf-8", newline="\n"
            )


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_config_value("playbook_live", False, "html", bool)
    app.connect("config-inited", live_is_part)
    # After the scripts of other pages.
    app.connect("html-page-context", add_context, priority=960)
    app.connect("build-finished", write_copies)
