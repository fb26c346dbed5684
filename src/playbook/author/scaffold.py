"""A new lesson that keeps every house rule from its first minute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from string import Template

from playbook import home
from playbook.author.execute import run_notebook
from playbook.author.normal import Notebook, as_stored, normalize
from playbook.errors import PlaybookError
from playbook.files import write_atomically
from playbook.learn.catalog import CATALOG_NAME, Lesson, read_catalog

TOC_NAME = "_toc.yml"
_ID = re.compile(r"(\d{1,2})\.([1-9]\d?)")
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+){0,7}")
_CELL = re.compile(r"^%% (markdown|code) ([\w-]+)(.*)\n", re.MULTILINE)


def new_lesson(lesson_id: str, slug: str, module: str, root: Path | None = None) -> Path:
    """Write a lesson to fill in: notebook, facilitator page, catalog entry, answers and memo.

    The notebook is run, so that the new lesson keeps every rule at once.

    Parameters
    ----------
    lesson_id
        Such as ``"2.1"``.
    slug
        The question in a few words, joined by hyphens: ``"who-dies-early"``.
    module
        Name of the module, such as ``"The equity lens"``.
    root
        The checkout to write to; the one this package runs from when left out.

    Returns
    -------
    Path
        The notebook.

    Raises
    ------
    PlaybookError
        If the id or the slug can't be used, the lesson exists, or there is no checkout.
    """
    root = root or home.checkout()
    if root is None:
        raise PlaybookError(
            "A new lesson needs the repository, and this is an installed package.",
            fix="Clone the repository, and run the command in it.",
        )
    folder = root / "notebooks"
    values = _values(lesson_id, slug, module, folder)
    path = folder / values["path"]
    for target, text in _files(root, path, values).items():
        write_atomically(target, text)
    lessons = read_catalog(folder / CATALOG_NAME)
    before = [one for one in lessons.values() if _order(one.id) < _order(lesson_id)]
    _list_in_catalog(folder / CATALOG_NAME, before, fill("entry", values))
    _list_in_contents(root / TOC_NAME, before, values["path"])
    run_notebook(path)
    return path


def draft_notebook(values: Mapping[str, str]) -> Notebook:
    """Return the new lesson's notebook before it is run.

    Parameters
    ----------
    values
        `id` and `title` of the lesson.
    """
    pieces = _CELL.split(fill("lesson", values))[1:]
    cells = []
    for kind, name, marks, source in zip(*[iter(pieces)] * 4, strict=True):
        tags = marks.split()
        metadata: dict[str, object] = {"tags": [tag for tag in tags if tag != "folded"]}
        if "folded" in tags:
            metadata["jupyter"] = {"source_hidden": True, "outputs_hidden": True}
        cell = {"cell_type": kind, "id": name, "metadata": metadata, "source": source.strip()}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        cells.append(cell)
    return normalize({"cells": cells})


def fill(name: str, values: Mapping[str, str]) -> str:
    """Return a template of this folder with its values filled in."""
    template = resources.files(__package__).joinpath("template", f"{name}.txt")
    return Template(template.read_text(encoding="utf-8")).substitute(values)


def _values(lesson_id: str, slug: str, module: str, folder: Path) -> dict[str, str]:
    number = _ID.fullmatch(lesson_id)
    if not number:
        raise PlaybookError(
            f'"{lesson_id}" is not the number of a lesson.',
            fix='Use module and place, such as "2.1".',
        )
    if not _SLUG.fullmatch(slug):
        raise PlaybookError(
            f'"{slug}" can\'t be the name of a file.',
            fix="Use two to eight lower-case words with hyphens, such as who-dies-early.",
        )
    lessons = read_catalog(folder / CATALOG_NAME)
    if lesson_id in lessons:
        raise PlaybookError(
            f'There is a lesson {lesson_id} already: "{lessons[lesson_id].title}".',
            fix=f"Choose a number that is free. Taken: {', '.join(lessons)}.",
        )
    name = slug.replace("-", " ").capitalize() + "?"
    return {
        "id": lesson_id,
        "name": name,
        "title": name,
        "module": module,
        "path": f"{_module_folder(number, module, folder)}/{number[2]}-{slug}.ipynb",
        "today": date.today().isoformat(),
    }


def _module_folder(number: re.Match[str], module: str, folder: Path) -> str:
    """Return the folder of a module: the one that has its number, else a new one."""
    prefix = f"{int(number[1]):02}-"
    there = sorted(path.name for path in folder.glob(f"{prefix}*") if path.is_dir())
    words = re.sub(r"[^a-z0-9]+", "-", module.lower()).strip("-")
    return there[0] if there else prefix + words


def _files(root: Path, path: Path, values: Mapping[str, str]) -> dict[Path, str]:
    learn = root / "src" / "playbook" / "learn"
    module = f"lesson_{values['id'].replace('.', '_')}.py"
    files = {
        path: as_stored(draft_notebook(values)),
        path.with_name(f"{path.stem}.facilitator.md"): fill("facilitator", values),
        learn / "bank" / module: fill("bank", values),
        learn / "memos" / module: fill("memo", values),
    }
    for target in files:
        if target.exists():
            raise PlaybookError(
                f"There is a file {target.name} already, and I don't write over it.",
                fix="Choose another number or name, or remove that file first.",
            )
    return files


def _order(lesson_id: str) -> tuple[int, ...]:
    """Sort lesson 10.1 after lesson 9.2."""
    return tuple(int(part) for part in lesson_id.split("."))


def _list_in_catalog(catalog: Path, before: list[Lesson], entry: str) -> None:
    """Add the entry where its number belongs: before the first lesson with a higher one."""
    head, *entries = re.split(r'(?m)^(?=\["[\d.]+"\]$)', catalog.read_text(encoding="utf-8"))
    entries.insert(len(before), entry.strip("\n") + "\n")
    text = head + "\n".join(part.strip("\n") + "\n" for part in entries)
    write_atomically(catalog, text)


def _list_in_contents(toc: Path, before: list[Lesson], path: str) -> None:
    """Add lesson and facilitator page to the book's contents, each after the lesson before it."""
    lines = toc.read_text(encoding="utf-8").splitlines(keepends=True)
    for end in ("", ".facilitator"):
        pages = [_page(one.path) + end for one in before]
        places = [n for n, line in enumerate(lines) if line.partition("file: ")[2].strip() in pages]
        indent = lines[places[-1]].partition("-")[0]
        lines.insert(places[-1] + 1, f"{indent}- file: {_page(path)}{end}\n")
    write_atomically(toc, "".join(lines))


def _page(path: str) -> str:
    return "notebooks/" + path.removesuffix(".ipynb")
