"""The form *Your own city* as a notebook of one's own: nothing in it but the two lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playbook import home
from playbook.files import write_atomically
from playbook.learn.copies import copy_text, without_results

NAME, TITLE, VERSION = "your-own-city", "Your own city", "1.0"
_WORDS = """# Your own city

Click in the gray box. Hold Shift and press Enter. The form opens below it.

Your files stay on this computer. The book's page *Your own city* tells the way step by step."""
_CODE = "import playbook as pb\n\npb.own_city()"


def fresh_page() -> dict[str, Any]:
    """Return the notebook with nothing run yet.

    Examples
    --------
    >>> [cell["id"] for cell in fresh_page()["cells"]]
    ['title', 'form']
    """
    words = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": _WORDS}
    code = {"cell_type": "code", "id": "form", "metadata": {}, "source": _CODE}
    notebook: dict[str, Any] = {
        "cells": [words, code],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    notebook = without_results(notebook)
    notebook["metadata"]["playbook"] = {"lesson": NAME, "version": VERSION}
    return notebook


def page_copy() -> Path:
    """Return the reader's own notebook, made fresh if there is none."""
    path = home.work_folder() / f"{NAME}.ipynb"
    return path if path.is_file() else write_atomically(path, copy_text(fresh_page()))
