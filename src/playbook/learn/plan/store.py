"""The plan's file: saved page by page, and read as far as it goes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playbook import home
from playbook.city.labels import clean
from playbook.errors import PlaybookError
from playbook.files import replace_safely
from playbook.learn.plan.one_writer import one_writer
from playbook.learn.plan.pages import TEXTS, PlanPage, in_order

FOLDER, FILE, CHARTS = "plan", "plan.json", "charts"
SCHEMA = 1
_WHERE = f"{home.WORK_FOLDER_NAME}/{FOLDER}/{FILE}"
# Names become names of files.
_NAME = re.compile(r"(?=.{1,80}$)[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_LINE = re.compile(r'^\s*"(\w+)"\s*:\s*(.*?),?\s*$')


@dataclass
class SavedPlan:
    """The plan as it was read.

    Parameters
    ----------
    pages
        By lesson and city.
    trouble
        What could not be read, one sentence each.
    """

    pages: dict[tuple[str, str], PlanPage] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)


def plan_folder() -> Path:
    """Folder in my-work with the plan's file and its charts."""
    return home.work_folder() / FOLDER


def save_page(lesson: str, city: str, values: Mapping[str, Any]) -> list[str]:
    """Put values into one page of the plan, and leave all else as it is.

    Parameters
    ----------
    lesson, city
        Which page; it is made if it is not there.
    values
        By the names of `PlanPage`. An empty one leaves what was saved before: a lesson that is run
        again from the start loses nothing.

    Returns
    -------
    list of str
        What of the file could not be read. The file as it was is kept with its date.

    Raises
    ------
    PlaybookError
        If the file can't be written, or another window does not let go of it.
    """
    path = plan_folder() / FILE
    given = {name: value for name, value in _tidy(values).items() if value}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with one_writer(path.with_name("saving.lock")):
            saved = read_plan()
            page = saved.pages.get((lesson, city), PlanPage(lesson, city))
            saved.pages[lesson, city] = replace(page, **given)
            for left in path.parent.glob(f".{FILE}.*"):
                # Of a window that was stopped while it saved.
                left.unlink(missing_ok=True)
            replace_safely(path, _written(in_order(saved.pages)))
    except OSError:
        raise PlaybookError(
            f"This computer does not let me write {_WHERE}.",
            fix="Check that the folder my-work is yours and the disk is not full. Your memo is "
            "saved all the same.",
        ) from None
    return saved.trouble


def read_plan() -> SavedPlan:
    """Read what is saved, as far as it goes; an empty plan where there is no file."""
    path = plan_folder() / FILE
    saved = SavedPlan()
    if not path.is_file():
        return saved
    try:
        content = path.read_bytes()
    except OSError:
        saved.trouble.append(f"This computer does not let me read {_WHERE}.")
        return saved
    text = content.decode("utf-8-sig", errors="replace")
    if "\N{REPLACEMENT CHARACTER}" in text:
        said = f"{_WHERE} is not saved as UTF-8. Letters I could not read show as question marks."
        saved.trouble.append(said)
    schema, entries = _entries(text, saved.trouble)
    _tell_version(schema, saved.trouble)
    for where, entry in entries:
        _add(saved, where, entry)
    if not saved.pages and content.strip():
        saved.trouble.append(f"I found no page of a plan in {_WHERE}.")
    return saved


def _entries(text: str, trouble: list[str]) -> tuple[object, list[tuple[str, object]]]:
    """Return the version and the raw pages; a damaged file is read line by line."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return _version_line(text), list(_by_line(text, trouble))
    if not isinstance(data, dict) or not isinstance(data.get("pages"), list):
        trouble.append(f'I miss the list "pages" in {_WHERE}.')
        return SCHEMA, []
    pages = [(f"page {n}", page) for n, page in enumerate(data["pages"], start=1)]
    return data.get("schema"), pages


def _version_line(text: str) -> object:
    found = re.search(r'^\s*"schema"\s*:\s*(\d{1,6})', text, re.MULTILINE)
    return int(found[1]) if found else None


def _by_line(text: str, trouble: list[str]) -> Iterator[tuple[str, object]]:
    """Read a damaged file: a page begins at a line with a brace, and each line has one entry."""
    entry: dict[str, object] | None = None
    began, bad = 0, []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() == "{" and number > 1:
            if entry:
                yield f"page at line {began}", entry
            entry, began = {}, number
        elif entry is not None and (found := _LINE.match(line)):
            try:
                entry[found[1]] = json.loads(found[2])
            except (ValueError, RecursionError):
                bad.append(number)
        elif line.strip() not in ("", "{", "}", "},", "]", "]}"):
            bad += [number] if entry is not None else []
    if entry:
        yield f"page at line {began}", entry
    lines = ", ".join(map(str, bad[:5])) or "its end"
    which = "line" if len(bad) == 1 else "lines"
    trouble.append(
        f"{_WHERE} is damaged. I read the rest, and could not read {which} {lines}."
        if bad
        else f"{_WHERE} is cut off at its end. I read what is there."
    )


def _tell_version(schema: object, trouble: list[str]) -> None:
    if schema == SCHEMA:
        return
    newer = isinstance(schema, int) and schema > SCHEMA
    said = "a newer version. Get the newest Playbook to see all" if newer else "an older version"
    trouble.append(f"{_WHERE} was saved by {said}. I read what I know of it.")


def _add(saved: SavedPlan, where: str, entry: object) -> None:
    """Take one raw page into the plan; what has another shape is left out, and told."""
    if not isinstance(entry, dict):
        saved.trouble.append(f"In {_WHERE}, {where} is not a page. I left it out.")
        return
    values = _tidy(entry)
    unread = [name for name, value in entry.items() if _shorter(value, values.get(name))]
    lesson, city = values.pop("lesson", ""), values.pop("city", "")
    if not _NAME.fullmatch(lesson) or not _NAME.fullmatch(city):
        saved.trouble.append(f"In {_WHERE}, {where} names no lesson or no city. I left it out.")
        return
    if unread:
        names = ", ".join(clean(str(name))[:40] for name in unread)
        saved.trouble.append(f"In {_WHERE}, lesson {lesson}: I could not read {names}.")
    if (lesson, city) in saved.pages:
        saved.trouble.append(f"Lesson {lesson} is in {_WHERE} twice. I took the last one.")
    saved.pages[lesson, city] = PlanPage(lesson=lesson, city=city, **values)


def _shorter(value: object, read: object) -> bool:
    """Tell whether what was read is less than what stands in the file."""
    if isinstance(value, list) and isinstance(read, tuple):
        return len(read) < len(value)
    return read is None or (bool(value) and not read)


def _tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """Keep values of the right shape, each text on one line and without control characters."""
    tidy: dict[str, Any] = {}
    for name, value in values.items():
        if name in TEXTS and isinstance(value, (str, int, float)) and value is not True:
            tidy[name] = clean(str(value))
        elif name == "lines" and isinstance(value, (list, tuple)):
            tidy[name] = tuple(clean(line) for line in value if isinstance(line, str))
        elif name == "table" and isinstance(value, (list, tuple)):
            tidy[name] = _table(value)
    return tidy


def _table(rows: list[Any] | tuple[Any, ...]) -> tuple[tuple[str, ...], ...]:
    """Return a table whose rows are all as long as its header; none if one is not."""
    good = all(isinstance(row, (list, tuple)) and len(row) == len(rows[0]) > 0 for row in rows)
    return tuple(tuple(clean(str(cell)) for cell in row) for row in rows) if good else ()


def _written(pages: list[PlanPage]) -> str:
    """Write the file with one entry a line, so that damage to a line costs that line alone."""

    def block(page: PlanPage) -> str:
        given = {name: getattr(page, name) for name in PlanPage.__dataclass_fields__}
        lines = [
            f' "{name}": {json.dumps(value, ensure_ascii=False)}'
            for name, value in given.items()
            if value
        ]
        return "{\n" + ",\n".join(lines) + "\n}"

    blocks = ",\n".join(block(page) for page in pages)
    return f'{{\n"schema": {SCHEMA},\n"pages": [\n{blocks}\n]\n}}\n'
