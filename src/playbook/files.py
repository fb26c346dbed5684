"""Writing a learner's files so that nothing is ever lost."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

from playbook.errors import PlaybookError


def write_atomically(path: Path, content: str | bytes) -> Path:
    """Write a file in one step: readers see the old content or the new, never half of it.

    Parameters
    ----------
    path
        File to write. Missing folders are made.
    content
        Text (stored as UTF-8 with Unix line ends) or bytes.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is private; a learner's page must be readable on a shared drive.
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def keep_dated_copy(path: Path) -> Path | None:
    """Copy a file to `older/` beside it, with date and time in the name, before it is replaced.

    Returns the copy, or None when there was nothing to keep.
    """
    if not path.is_file():
        return None
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    folder = path.parent / "older"
    copy = folder / f"{path.stem} {stamp}{path.suffix}"
    number = 2
    while copy.exists():
        copy = folder / f"{path.stem} {stamp} ({number}){path.suffix}"
        number += 1
    return write_atomically(copy, path.read_bytes())


def replace_safely(path: Path, content: str | bytes) -> Path:
    """Write `content`; if that changes an existing file, keep a dated copy of it first.

    Raises
    ------
    PlaybookError
        When the computer does not let the file be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.is_file():
            if path.read_bytes() == data:
                return path
            keep_dated_copy(path)
        return write_atomically(path, data)
    except OSError:
        raise PlaybookError(
            f"This computer does not let me write {path.name} in {path.parent.name}.",
            fix="Close the file in other programs, and check that the disk is not full. Then try "
            "again, or move your work to another folder.",
        ) from None
