"""Whether the book's table of contents, its pages and the catalog say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from playbook.errors import PlaybookError
from playbook.learn.catalog import CATALOG_NAME, read_catalog

TOC_NAME = "_toc.yml"
_PAGE_FOLDERS = ("book", "notebooks")
_PAGE_ENDINGS = (".md", ".ipynb", ".rst")
_SESSION_ENDING = ".facilitator"


def listed_pages(toc: Path) -> list[str]:
    """List the pages of a table of contents, in order, without their file endings.

    Raises
    ------
    PlaybookError
        If the file can't be read.
    """
    import yaml

    try:
        root = yaml.safe_load(toc.read_text(encoding="utf-8"))
    except yaml.YAMLError as problem:
        raise PlaybookError(
            f"I can't read the table of contents: {problem}.",
            where=toc.name,
            fix="Check the line it names for a missing space or colon.",
        ) from None
    return [root["root"], *_files(root)]


def _files(entry: Mapping[str, Any]) -> Iterator[str]:
    for group in ("parts", "chapters", "sections", "subtrees", "entries"):
        for child in entry.get(group, ()):
            if "file" in child:
                yield str(child["file"])
            yield from _files(child)


def check_contents(root: Path) -> list[str]:
    """Compare pages, table of contents and catalog of a checkout.

    Parameters
    ----------
    root
        Folder with `_toc.yml`, `book/` and `notebooks/`.

    Returns
    -------
    list of str
        One line a problem with file and fix; empty when all agree.
    """
    listed = listed_pages(root / TOC_NAME)
    pages = sorted(_pages(root))
    problems = [
        f"{page}: no reader can reach this page. Fix: add it to {TOC_NAME}, or delete it."
        for page in pages
        if _without_ending(page) not in listed
    ]
    reachable = {_without_ending(page) for page in pages} | {listed[0]}
    problems += [
        f"{TOC_NAME}: lists {name}, and there is no such page. Fix: write it, or take it out."
        for name in listed
        if name not in reachable
    ]
    problems += [
        f"{TOC_NAME}: lists {name} more than once. Fix: keep one."
        for name in sorted({name for name in listed if listed.count(name) > 1})
    ]
    return problems + _against_catalog(root, listed)


def _pages(root: Path) -> Iterator[str]:
    for folder in _PAGE_FOLDERS:
        for path in (root / folder).rglob("*"):
            inner = path.relative_to(root)
            # A folder with a leading "_" or "." holds parts of the machine, not pages.
            hidden = any(name.startswith(("_", ".")) for name in inner.parts)
            if path.suffix in _PAGE_ENDINGS and not hidden:
                yield inner.as_posix()


def _without_ending(page: str) -> str:
    return page.rpartition(".")[0]


def _against_catalog(root: Path, listed: list[str]) -> list[str]:
    lessons = read_catalog(root / "notebooks" / CATALOG_NAME).values()
    expected = [f"notebooks/{_without_ending(lesson.path)}" for lesson in lessons]
    inside = [name for name in listed if name.startswith("notebooks/")]
    found = [name for name in inside if not name.endswith(_SESSION_ENDING)]
    problems = [
        f"{TOC_NAME}: lesson {lesson.id} is not listed. Fix: add {name}."
        for lesson, name in zip(lessons, expected, strict=True)
        if name not in found
    ]
    problems += [
        f"{TOC_NAME}: {name} has no entry in {CATALOG_NAME}. Fix: add one."
        for name in found
        if name not in expected
    ]
    if not problems and found != expected:
        problems.append(
            f"{TOC_NAME}: the lessons stand in another order than in {CATALOG_NAME}. "
            "Fix: use the catalog's order."
        )
    return problems
