"""The buttons of a lesson page, and of two others: open it live, download it, print it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from playbook.learn import own_city_copy
from playbook.learn.copies import copy_name, copy_text, fresh_copy
from playbook.learn.plan.notebook import NOTEBOOK, fresh_plan
from playbook.publish.live.notebooks import CITY_ADDRESS, PLAN_ADDRESS, live_address

from .sources import catalog, docname, notebook_path

SCRIPT = "print.js"
# Pages that are no lessons but have a notebook too: its live address, its name, how it is made.
OTHERS: dict[str, tuple[str, str, Callable[[], dict[str, Any]]]] = {
    "book/my-plan": (PLAN_ADDRESS, NOTEBOOK.name, fresh_plan),
    "book/your-own-city": (CITY_ADDRESS, f"{own_city_copy.NAME}.ipynb", own_city_copy.fresh_page),
}


def live_is_part(app: Sphinx, config: Config) -> None:
    """Let Sphinx know whether live lessons are built, so that a change writes the pages anew."""
    config.playbook_live = bool(os.environ.get("PLAYBOOK_LIVE"))


def add_context(
    app: Sphinx, name: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give a page with a notebook its buttons, and the script that prints."""
    for lesson in catalog(app.env).values():
        if name == docname(lesson):
            _add_buttons(app, context, live_address(lesson), copy_name(lesson))
    if name in OTHERS:
        address, copy, _ = OTHERS[name]
        _add_buttons(app, context, address, copy)


def _add_buttons(app: Sphinx, context: dict, address: str, copy: str) -> None:
    context["lesson_actions"] = {
        "live": address if app.config.playbook_live else "",
        "copy": copy,
    }
    context["page_script"] = SCRIPT


def write_copies(app: Sphinx, exception: Exception | None) -> None:
    """Put beside each page the notebook that its button downloads."""
    if exception is not None:
        return
    for lesson in catalog(app.env).values():
        page = Path(app.outdir) / f"{docname(lesson)}.html"
        if page.is_file():
            copy = fresh_copy(lesson, notebook_path(app.env, lesson))
            page.with_name(copy_name(lesson)).write_text(
                copy_text(copy), encoding="utf-8", newline="\n"
            )
    for name, (_, copy_of, make) in OTHERS.items():
        page = Path(app.outdir) / f"{name}.html"
        if page.is_file():
            text = copy_text(make())
            page.with_name(copy_of).write_text(text, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_config_value("playbook_live", False, "html", bool)
    app.connect("config-inited", live_is_part)
    # After the scripts of other pages.
    app.connect("html-page-context", add_context, priority=960)
    app.connect("build-finished", write_copies)
