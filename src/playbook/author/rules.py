"""All house rules at once: one lesson, the catalog, the city's tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from playbook import home
from playbook.author import (
    anatomy_rules,
    catalog_rules,
    code_rules,
    content_rules,
    figure_rules,
    mayor_rules,
    output_rules,
    prose_rules,
    size_rules,
)
from playbook.author.bank_rules import check_bank
from playbook.author.catalog_rules import Shelf, notebooks_in
from playbook.author.data_rules import check_tables
from playbook.author.execute import file_name
from playbook.author.findings import Finding
from playbook.author.normal import is_normal
from playbook.author.pages import Page, cells_of, read_notebook
from playbook.author.taught import claims_kept, taught
from playbook.city.contract import load_contract
from playbook.errors import PlaybookError
from playbook.learn.catalog import CATALOG_NAME, Lesson, read_catalog

Rule = Callable[[Page], list[Finding]]

RULES: tuple[Rule, ...] = (
    *anatomy_rules.RULES,
    *size_rules.RULES,
    *content_rules.RULES,
    *code_rules.RULES,
    *output_rules.RULES,
    *figure_rules.RULES,
    *prose_rules.RULES,
)


def check_page(page: Page) -> list[Finding]:
    """Apply every rule on a lesson's notebook."""
    return [finding for rule in RULES for finding in rule(page)]


def check_lesson(path: Path) -> list[Finding]:
    """Apply every rule on one notebook file.

    Parameters
    ----------
    path
        The notebook. Its catalog is the `lessons.toml` one folder up, its tables and insights are
        in the `data` folder beside that.

    Returns
    -------
    list of Finding
        Empty when the lesson keeps all the rules.

    Raises
    ------
    PlaybookError
        If there is no such file.
    """
    if not path.is_file():
        raise PlaybookError(
            f"I can't find the notebook {path.name}.",
            fix="Give the path of an .ipynb file, or no path to check every lesson.",
        )
    file = file_name(path)
    try:
        notebook = read_notebook(path)
        page = page_of(notebook, path)
    except (json.JSONDecodeError, UnicodeDecodeError) as problem:
        fix = "Take the last version that opened, and make the change again in JupyterLab"
        return [Finding("readable", file, "", f"The file can't be read: {problem}", fix)]
    return [*check_page(page), *is_normal(path, file)]


def check_all(root: Path | None = None) -> list[Finding]:
    """Apply every rule on the catalog, each lesson, the city's tables and the answer bank.

    Parameters
    ----------
    root
        Folder that holds `notebooks` and `data`; the ones this package uses when left out.
    """
    notebooks = root / "notebooks" if root else home.notebooks_folder()
    data = root / "data" if root else home.data_folder()
    found = check_catalog(notebooks, data)
    for path in notebooks_in(notebooks):
        found += check_lesson(path)
    # The answer bank belongs to the package, not to a folder: it is checked with the lessons.
    return found + check_tables(data) + check_bank()


def check_catalog(notebooks: Path, data: Path) -> list[Finding]:
    """Apply the rules on the catalog and the facilitator pages."""
    try:
        lessons = read_catalog(notebooks / CATALOG_NAME)
    except PlaybookError as problem:
        return [Finding("catalog-fields", CATALOG_NAME, "", problem.what, problem.fix)]
    shelf = Shelf(notebooks, lessons, frozenset(load_contract(data)), claims_kept(data))
    rules = (*catalog_rules.RULES, *mayor_rules.RULES)
    return [finding for rule in rules for finding in rule(shelf)]


def page_of(notebook: Mapping[str, Any], path: Path) -> Page:
    """Return a notebook as the rules see it, with its catalog entry and its figures."""
    folder = path.resolve().parent.parent
    data = folder.parent / "data"
    page = Page(file_name(path), cells_of(notebook), entry=_entry(folder, path))
    dates = [table.as_of for table in load_contract(data).values() if table.as_of]
    if dates:
        page = replace(page, data_until=max(dates))
    if page.entry:
        known = taught(data, page.entry.id)
        page = replace(page, quoted=known.figures, planted=known.planted)
    return page


def _entry(folder: Path, path: Path) -> Lesson | None:
    catalog = folder / CATALOG_NAME
    if not catalog.is_file():
        return None
    try:
        lessons = read_catalog(catalog)
    except PlaybookError:
        # The catalog's own rule tells what is wrong with it.
        return None
    name = path.resolve().relative_to(folder).as_posix()
    return next((lesson for lesson in lessons.values() if lesson.path == name), None)
