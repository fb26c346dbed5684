"""How a lesson is stored: nothing random, nothing dated, pictures kept while their words stay."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playbook.author.findings import Finding
from playbook.author.pages import joined, read_notebook

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_KEPT_CELL_METADATA = ("jupyter", "tags")
_PIXELS = ("image/png", "image/jpeg")
_PICTURE = re.compile(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=\s]*")

Notebook = dict[str, Any]


def normalize(notebook: Mapping[str, Any]) -> Notebook:
    """Return a notebook as it is stored.

    Run counts go from 1 to the number of code cells that were run; ids and tags stay. Widget
    state, times of execution, pixel copies of a figure and the kernel's own details go.

    Parameters
    ----------
    notebook
        As read from a file or from a run. It is not changed.
    """
    cells = [_cell(cell) for cell in notebook["cells"]]
    count = 0
    for cell in cells:
        if cell["cell_type"] == "code" and cell["execution_count"] is not None:
            count += 1
            cell["execution_count"] = count
            for output in cell["outputs"]:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = count
    return {
        "cells": cells,
        "metadata": {"kernelspec": dict(KERNEL)},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def as_stored(notebook: Mapping[str, Any]) -> str:
    """Return a notebook's file text: sorted keys, one space of indent, a final newline."""
    from nbformat import v4

    return str(v4.writes(v4.to_notebook(notebook))) + "\n"  # type: ignore[no-untyped-call]


def is_normal(path: Path, file: str = "") -> list[Finding]:
    """Find out whether a notebook file is stored the way `normalize` stores it."""
    if path.read_text(encoding="utf-8") == as_stored(normalize(read_notebook(path))):
        return []
    name = file or path.name
    what = "The file is not stored the way lessons are"
    return [Finding("normal", name, "", what, f"Run: playbook notebooks run {name}")]


def keep_pictures(new: Notebook, old: Mapping[str, Any]) -> Notebook:
    """Return the new notebook with the old pictures wherever their words did not change.

    A picture's bytes differ between versions of the drawing library. What it says does not.
    """
    before = {cell.get("id"): cell.get("outputs", []) for cell in old["cells"]}
    kept = copy.deepcopy(new)
    for cell in kept["cells"]:
        for output, stored in zip(
            cell.get("outputs", []), before.get(cell.get("id"), []), strict=False
        ):
            html = output.get("data", {}).get("text/html")
            stored_html = stored.get("data", {}).get("text/html")
            if html and stored_html and without_pictures(html) == without_pictures(stored_html):
                output["data"]["text/html"] = stored_html
    return kept


def without_pictures(html: object) -> str:
    """Return HTML with its pictures blanked, as the tests compare it.

    Examples
    --------
    >>> without_pictures('<img alt="8.4 days" src="data:image/svg+xml;base64,PHN2Zz4=">')
    '<img alt="8.4 days" src="">'
    """
    return _PICTURE.sub("", joined(html))


def _cell(raw: Mapping[str, Any]) -> Notebook:
    metadata = {
        key: copy.deepcopy(raw.get("metadata", {})[key])
        for key in _KEPT_CELL_METADATA
        if raw.get("metadata", {}).get(key)
    }
    cell: Notebook = {
        "cell_type": raw["cell_type"],
        "id": raw.get("id", ""),
        "metadata": metadata,
        "source": joined(raw.get("source", "")),
    }
    if raw["cell_type"] == "code":
        cell["execution_count"] = raw.get("execution_count")
        cell["outputs"] = _merged([_output(output) for output in raw.get("outputs", [])])
    return cell


def _output(raw: Mapping[str, Any]) -> Notebook:
    output = {key: copy.deepcopy(value) for key, value in raw.items() if key != "transient"}
    if "metadata" in output:
        output["metadata"] = {}
    if "text" in output:
        output["text"] = joined(output["text"])
    if "data" in output:
        words_there = {"text/html", "text/plain"} <= set(output["data"])
        output["data"] = {
            mime: value if isinstance(value, dict) else joined(value)
            for mime, value in output["data"].items()
            if mime != WIDGET_VIEW and not (words_there and mime in _PIXELS)
        }
    return output


def _merged(outputs: list[Notebook]) -> list[Notebook]:
    """Join neighbors of one stream: how a kernel splits what is printed is chance."""
    merged: list[Notebook] = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        elif output.get("data") != {}:
            merged.append(output)
    return merged
