"""One window at a time: whoever saves the plan waits until the one before is done."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from playbook.errors import PlaybookError

SECONDS = 20.0
_PAUSE = 0.02
# A lock that somebody else holds; any other trouble means that this disk knows no locks.
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def one_writer(path: Path, seconds: float = SECONDS) -> Iterator[None]:
    """Hold the lock of a folder while its files are read, changed and written.

    The computer frees the lock when a program ends, even one that is stopped in the middle. In the
    browser, and on disks without locks, there is nothing to hold.

    Parameters
    ----------
    path
        The lock's file; it stays, and is empty.
    seconds
        How long to wait for another window.

    Raises
    ------
    PlaybookError
        If another window holds it for longer.
    """
    with path.open("ab") as file:
        until = time.monotonic() + seconds
        while not _taken(file):
            if time.monotonic() > until:
                raise PlaybookError(
                    f"Another window has been saving your plan for {seconds:.0f} seconds.",
                    fix="Close other windows of the Playbook, then run this step again. Nothing "
                    "was lost.",
                )
            time.sleep(_PAUSE)
        yield
    # Closing the file frees the lock.


def _taken(file: IO[bytes]) -> bool:
    """Try to take the lock; true where there are none."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, AttributeError):
        # The kernel of a live lesson has a module of that name with nothing in it.
        return True
    except OSError as problem:
        return problem.errno not in _HELD
    return True
