"""Python's own errors in plain words, for learners who never met a traceback.

Only a learner's JupyterLab loads it (see `lab_server`), and a live lesson. The cell still ends as
an error, so every runner sees one; maintainers and tests keep the full traceback.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

from playbook.errors import PlaybookError
from playbook.home import in_browser

STARTUP_LINE = "from playbook.learn.plain_errors import install; install(get_ipython())\n"
_FROM_THE_TOP = (
    "Choose Run, then Run All Above Selected Cell. Then run this step again. "
    "Or take a fresh copy of the lesson; yours is kept."
)


def in_plain_words(error: BaseException) -> PlaybookError:
    """Say what happened, and what to do now.

    Parameters
    ----------
    error
        What Python raised in a learner's cell.

    Examples
    --------
    >>> print(in_plain_words(NameError("name 'waits' is not defined", name="waits")))
    This step needs "waits", which an earlier step makes.
    What to do now: Choose Run, then Run All Above Selected Cell. ...
    """
    if isinstance(error, PlaybookError):
        return error
    if isinstance(error, NameError) and error.name:
        return PlaybookError(
            f'This step needs "{error.name}", which an earlier step makes.', fix=_FROM_THE_TOP
        )
    if isinstance(error, SyntaxError):
        line = (error.text or "").strip()
        return PlaybookError(
            f"I can't read this line: {line}" if line else "I can't read this step.",
            fix='For a number, type only the number: 8.4, not "8.4 days" without quotes. '
            "Or choose Edit, then Undo, until the line looks as before.",
        )
    if isinstance(error, KeyError):
        return PlaybookError(
            f"There is no column or table called {error}.",
            fix="Look at the name in the step before. Or choose Edit, then Undo.",
        )
    if isinstance(error, ModuleNotFoundError) and in_browser():
        part = str(error.name).partition(".")[0]
        return PlaybookError(
            f'This step needs the part "{error.name}", which is not on the page yet.',
            fix=f"Add a cell above with the line: import {part}. Run it, then this step. "
            "Or read the lesson in the book.",
        )
    if isinstance(error, ModuleNotFoundError):
        return PlaybookError(
            f'The part "{error.name}" is not installed here.',
            fix="Close the lesson and run `playbook doctor`. Or read the lesson in the book.",
        )
    if isinstance(error, KeyboardInterrupt):
        return PlaybookError("You stopped this step.", fix="Run it again when you are ready.")
    return PlaybookError(f"This step could not finish: {error}.", fix=_FROM_THE_TOP)


def install(shell: Any) -> None:
    """Make a kernel show plain words where it would show a traceback.

    Parameters
    ----------
    shell
        The kernel's IPython shell.
    """

    def show(
        shell: Any,
        kind: type[BaseException],
        value: BaseException,
        trace: TracebackType | None,
        tb_offset: int | None = None,
    ) -> list[str]:
        lines = str(in_plain_words(value)).splitlines()
        # This also marks the cell as ended in error.
        shell._showtraceback(kind, value, lines)
        return lines

    shell.set_custom_exc((Exception, KeyboardInterrupt), show)
