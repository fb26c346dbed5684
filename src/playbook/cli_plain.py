"""How the command line speaks: plain text, one next step, an exit code for each kind of ending.

0 fine, 1 something was found, 2 the command was typed in a way it does not know, 3 this computer
lacks something. Results go to standard output, progress and trouble to standard error.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import typer

from playbook.errors import PlaybookError

FINDINGS, USAGE, ENVIRONMENT = 1, 2, 3

SETTINGS = {"help_option_names": ["-h", "--help"]}


def group(help_text: str) -> typer.Typer:
    """Make a group of commands that prints plain text, without boxes and colors."""
    return typer.Typer(
        help=help_text,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
    )


@contextlib.contextmanager
def plainly(code: int = FINDINGS) -> Iterator[None]:
    """Print a PlaybookError as its plain lines and leave with `code`."""
    try:
        yield
    except PlaybookError as error:
        tell(str(error))
        raise typer.Exit(code) from None


def tell(line: str) -> None:
    """Print a line of progress or of trouble beside the result, not into it."""
    typer.echo(line, err=True)


def next_step(step: str) -> None:
    """Print the one thing to do now: the last line of every command."""
    typer.echo(f"Next: {step}")
