"""What the theme needs to know about a page: menu, contents, label, neighbors."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .sources import (
    MATERIALS,
    SESSION_ENDING,
    catalog,
    docname,
    material_docname,
    session_docname,
)

STYLESHEET = "playbook.css"
RUN_PAGE = "book/run"
HELP_PAGES = ("book/accessibility", "book/privacy", "book/glossary", "book/sources")


@dataclass(frozen=True)
class Entry:
    """A page in a menu."""

    docname: str
    label: str
    number: str = ""


@dataclass(frozen=True)
class MenuPart:
    """A group of pages in the menu."""

    caption: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Heading:
    """A heading in the contents of a page."""

    anchor: str
    label: str
    deeper: bool


def entries(env: BuildEnvironment) -> dict[str, Entry]:
    """Return every page's menu entry, by page."""
    found = {name: Entry(name, title.astext()) for name, title in env.titles.items()}
    found[env.config.root_doc] = Entry(env.config.root_doc, "Home")
    for lesson in catalog(env).values():
        for name in (docname(lesson), session_docname(lesson)):
            if name in found:
                found[name] = Entry(name, lesson.title, lesson.id)
    return found


def menu(env: BuildEnvironment) -> tuple[MenuPart, ...]:
    """Return the menu: the parts of the table of contents with their pages."""
    pages = entries(env)
    root = env.external_site_map.root
    return tuple(
        MenuPart(
            tree.caption or "",
            tuple(pages[name] for name in map(_page_name, tree.items) if name in pages),
        )
        for tree in root.subtrees
    )


def _page_name(item: object) -> str:
    return str(item).removesuffix(".ipynb").removesuffix(".md").removesuffix(".rst")


def headings(doctree: nodes.document) -> list[Heading]:
    """Return the second-level headings of a page."""
    top = next(iter(doctree.findall(nodes.section)), None)
    if top is None:
        return []
    return [
        Heading(part["ids"][0], part.next_node(nodes.title).astext(), "deeper" in part["classes"])
        for part in top.children
        if isinstance(part, nodes.section)
    ]


def label_of(env: BuildEnvironment, name: str, parts: tuple[MenuPart, ...]) -> str:
    """Say above the heading where the page belongs."""
    for lesson in catalog(env).values():
        if name == docname(lesson):
            return f"Lesson {lesson.id} · {lesson.module}"
        if name == session_docname(lesson):
            return f"To lead a session · Lesson {lesson.id}"
    return next((p.caption for p in parts if name in {e.docname for e in p.entries}), "")


def doors(env: BuildEnvironment, name: str, known: dict[str, Entry]) -> list[Entry]:
    """Return the other ways into the same lesson."""
    for lesson in catalog(env).values():
        more = [Entry(material_docname(lesson, kind), label) for kind, label in MATERIALS.items()]
        read = Entry(docname(lesson), "Open the lesson")
        run = Entry(RUN_PAGE, "Run this lesson on your computer")
        lead = Entry(session_docname(lesson), "Lead it with colleagues")
        if name == read.docname:
            return [way for way in (run, lead) if way.docname in known] + more
        if name == lead.docname:
            return [read, *more]
    return []


def add_context(
    app: Sphinx, name: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Fill in what `layout.html` shows, and leave out scripts and styles that are not ours."""
    env = app.env
    known = entries(env)
    parts = menu(env)
    meta = context.get("meta") or {}
    context["css_files"] = [css for css in context["css_files"] if _is_ours(css)]
    context["script_files"] = []
    context["site_parts"] = parts
    context["page_kind"] = meta.get("layout", "plain")
    context["page_label"] = label_of(env, name, parts)
    context["page_description"] = meta.get("description", "")
    context["page_title"] = _page_title(app, name, context, known)
    context["on_this_page"] = headings(doctree) if doctree else []
    context["lesson_doors"] = doors(env, name, known)
    context["help_pages"] = [known[page] for page in HELP_PAGES if page in known]
    _, before, after = app.builder.relations.get(name, (None, None, None))
    for direction, neighbor in (("prev", before), ("next", after)):
        if context.get(direction) and neighbor in known:
            entry = known[neighbor]
            number = f"{entry.number} " if entry.number else ""
            prefix = "To lead: " if neighbor.endswith(SESSION_ENDING) else ""
            context[direction]["title"] = f"{prefix}{number}{entry.label}"


def _page_title(app: Sphinx, name: str, context: dict, known: dict[str, Entry]) -> str:
    if name == app.config.root_doc:
        return app.config.html_title
    if name not in known:
        return context.get("title", "")
    entry = known[name]
    lead = "To lead: " if name.endswith(SESSION_ENDING) else ""
    return f"{lead}{entry.number} {entry.label}".strip()


def _is_ours(css: object) -> bool:
    return STYLESHEET in str(getattr(css, "filename", css))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    # After every extension that adds its own scripts and styles.
    app.connect("html-page-context", add_context, priority=900)
