"""Run a lesson as the tests and the book need it: fresh, alone, and stored without chance."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from playbook.author.findings import Finding
from playbook.author.normal import (
    KERNEL,
    Notebook,
    as_stored,
    keep_pictures,
    normalize,
)
from playbook.author.pages import cells_of, read_notebook
from playbook.errors import PlaybookError
from playbook.files import write_atomically

CELL_SECONDS = 300


def run_notebook(path: Path, *, redraw: bool = False) -> bool:
    """Run a lesson from top to bottom in a fresh folder and store it.

    Parameters
    ----------
    path
        The notebook. It is replaced in one step, and only when something changed.
    redraw
        Store the new pictures, too, where their words did not change.

    Returns
    -------
    bool
        Whether the file changed.

    Raises
    ------
    PlaybookError
        If a cell ends in an error. The file stays as it was.
    """
    stored = read_notebook(path)
    with tempfile.TemporaryDirectory(prefix="playbook-") as folder:
        new = run(stored, path, Path(folder))
    if not redraw:
        new = keep_pictures(new, stored)
    text = as_stored(new)
    if text == path.read_text(encoding="utf-8"):
        return False
    write_atomically(path, text)
    return True


def check_repeatable(path: Path) -> list[Finding]:
    """Run a lesson twice in one work folder and find the cells that show something else.

    The second run meets the files and answers that the first one left, as a learner's does.
    """
    stored = read_notebook(path)
    with tempfile.TemporaryDirectory(prefix="playbook-") as folder:
        first = cells_of(run(stored, path, Path(folder)))
        second = cells_of(run(stored, path, Path(folder)))
    fix = "Show what depends on the lesson and the city alone"
    return [
        Finding("repeatable", file_name(path), cell.id, "The second run shows something else", fix)
        for cell, again in zip(first, second, strict=True)
        if cell.outputs != again.outputs
    ]


def run(stored: Notebook, path: Path, folder: Path) -> Notebook:
    """Return a notebook as it comes out of a run, normalized.

    Parameters
    ----------
    stored
        The notebook to run. It is not changed.
    path
        Where it stands; its cells run in that folder.
    folder
        Folder that holds the learner's work and the kernel's own files during the run.

    Raises
    ------
    PlaybookError
        If a cell ends in an error or takes more than five minutes, or the kernel stops.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    fresh = normalize(stored)
    for cell in fresh["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    notebook = nbformat.from_dict(fresh)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL["name"],
        timeout=CELL_SECONDS,
        # The kernel's own notes about its transport are not for a maintainer's terminal.
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute(env=kernel_environment(path, folder))
    except CellExecutionError as error:
        raise _told(notebook, path, f"{error.ename}: {error.evalue}") from None
    except CellTimeoutError:
        raise _told(notebook, path, f"It ran for more than {CELL_SECONDS} seconds.") from None
    except DeadKernelError:
        raise _told(notebook, path, "Python stopped while this cell ran.") from None
    return normalize(notebook)


def kernel_environment(path: Path, folder: Path) -> dict[str, str]:
    """Return the variables a lesson runs with: nothing of the person who starts it.

    Parameters
    ----------
    path
        The notebook. When it stands in a checkout, that checkout's package is the one it runs on.
    folder
        Folder for the learner's work and the kernel's own files.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PLAYBOOK_") and name != "MPLBACKEND"
    }
    kept |= {
        "PLAYBOOK_WORK": str(folder / "my-work"),
        "IPYTHONDIR": str(folder / "ipython"),
        "PYTHONUTF8": "1",
    }
    source = path.resolve().parent.parent.parent / "src"
    if (source / "playbook").is_dir():
        before = os.environ.get("PYTHONPATH")
        kept["PYTHONPATH"] = os.pathsep.join(filter(None, [str(source), before]))
    return kept


def file_name(path: Path) -> str:
    """Return a notebook's path as a maintainer types it in the checkout."""
    return "/".join(path.resolve().parts[-3:])


def _told(notebook: Any, path: Path, what: str) -> PlaybookError:
    cell = _stopped_at(notebook)
    return PlaybookError(
        what,
        where=f"{file_name(path)} · cell {cell}" if cell else file_name(path),
        fix="Repair the cell and run the lesson again. The stored file stays as it was.",
    )


def _stopped_at(notebook: Any) -> str:
    """Return the id of the cell that a run stopped at: the last one that has a run count."""
    begun = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and (cell.execution_count or cell.outputs)
    ]
    return str(begun[-1].id) if begun else ""
