"""Commands for the cards of the solutions exchange."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from playbook.cli_plain import FINDINGS, group, next_step, plainly

app = group("Solution cards: what cities tried, what moved, and what failed.")


@app.command("form")
def write_form(
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="In my-work if left out."),
    ] = None,
) -> None:
    """Write the empty form as a Word file. A form that you filled is kept with its date.

    For example: playbook card form
    """
    from playbook import home
    from playbook.files import replace_safely
    from playbook.publish.card_forms import FORM_NAME, word_form

    with plainly():
        path = replace_safely(to or home.work_folder() / FORM_NAME, word_form())
    typer.echo(f"The form is {path}")
    next_step(f'fill it in Word, then: playbook card add "{path}"')


@app.command("add")
def add_card(
    form: Annotated[Path, typer.Argument(metavar="FORM.docx", help="The form, filled in.")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Put it in the place of a card of the same name."),
    ] = False,
) -> None:
    """Read a filled form, check it, and write the card.

    For example: playbook card add solution-card.docx
    """
    from playbook.publish.card_adding import add_form

    with plainly():
        added = add_form(form, replace=replace)
    name = added.path.stem
    typer.echo(f"The new card is {name}" if added.is_new else f"{name} has one more entry")
    typer.echo(f"It is in {added.path}")
    next_step("playbook build puts it into the book")


@app.command("check")
def check_cards(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Cards; all of the exchange if left out."),
    ] = None,
) -> None:
    """Check cards and list everything that is to be changed, with file and field.

    For example: playbook card check
    """
    from playbook.publish.exchange import card_problems, exchange_folder

    with plainly():
        paths = files or sorted(exchange_folder().glob("*.toml"))
        found = [(path, problem) for path in paths for problem in card_problems(path)]
    for path, problem in found:
        typer.echo(f"{path.name}, {problem.field}: {problem.what} {problem.fix}")
    if found:
        next_step("change these lines, then run playbook card check again")
        raise typer.Exit(FINDINGS)
    typer.echo("1 card is fine" if len(paths) == 1 else f"{len(paths)} cards are fine")
    next_step("playbook build")
