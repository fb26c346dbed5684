"""Commands of facilitators and maintainers: the book, the checks, new lessons, stored results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from playbook import cli_cohort
from playbook.cli_plain import FINDINGS, USAGE, group, next_step, plainly, tell

app = group("")
new = group("Begin something new.")
notebooks = group("Run the lessons' notebooks and store their results.")
app.add_typer(new, name="new")
app.add_typer(notebooks, name="notebooks")

LessonsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[LESSON]...", help="Lesson numbers or notebooks; all if left out."),
]


@app.command()
def build(
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FOLDER", help="Where the book goes.")
    ] = None,
    live: Annotated[
        bool, typer.Option("--live/--no-live", help="With the lessons live in the browser, or not.")
    ] = True,
    pyodide: Annotated[
        Path | None,
        typer.Option(
            "--pyodide",
            metavar="FOLDER",
            help="An official Pyodide release on this disk; else its files are fetched once.",
        ),
    ] = None,
    cohort: Annotated[
        str | None,
        typer.Option("--cohort", metavar="NAME", help="For the cohort of this short name."),
    ] = None,
    in_browser: Annotated[
        bool,
        typer.Option(
            "--in-browser", help="Also open every page in Chromium, for the accessibility report."
        ),
    ] = False,
) -> None:
    """Build the book: a folder of pages that any web server, or a double-click, can show.

    For example: playbook build --output ../our-book
    """
    from playbook.publish import book

    if cohort is not None:
        cli_cohort.build_for(cohort, output, live=live, release=pyodide, in_browser=in_browser)
        return
    if live:
        tell("Building the book and its live lessons. The first time this takes some minutes")
    else:
        tell("Building the book alone, without the live lessons")
    with plainly():
        site = book.build(output, live=live, release=pyodide)
        if in_browser:
            tell("Opening every page in Chromium. This takes about two minutes")
            book.open_every_page(site)
    typer.echo(
        f"The book is in {site}" if live else f"The book, without live lessons, is in {site}"
    )
    next_step("playbook preview shows it; to publish, copy that folder to your web server")


@app.command()
def preview(
    port: Annotated[int, typer.Option("--port", help="A free port of this computer.")] = 8000,
) -> None:
    """Show the book in this computer's browser until Ctrl+C.

    For example: playbook preview --port 8001
    """
    from playbook.publish import book

    with plainly():
        book.preview(port)
    next_step("playbook build --output FOLDER makes a folder to publish")


@app.command()
def check(
    paths: LessonsArgument = None,
) -> None:
    """Check lessons against the house rules: file, cell, rule and fix for each finding.

    For example: playbook check 3.1
    """
    from playbook.author.rules import check_all, check_lesson

    found = []
    with plainly():
        if not paths:
            tell("Checking all lessons")
            found = check_all()
        for path in paths or ():
            tell(f"Checking {path}")
            found += check_lesson(_notebook(path))
    for finding in found:
        typer.echo(str(finding))
    if found:
        next_step("repair what is listed above, then run playbook check again")
        raise typer.Exit(FINDINGS)
    typer.echo("Nothing to repair.")
    next_step("nox -s tests runs the lessons and compares every stored result")


@new.command("lesson")
def new_lesson(
    lesson: Annotated[str, typer.Argument(metavar="ID", help="Its number: 2.1")],
    slug: Annotated[
        str, typer.Argument(metavar="SLUG", help="Its name in a few words, joined by -")
    ],
    module: Annotated[str, typer.Option("--module", help="The module it belongs to.")],
) -> None:
    """Make a new lesson that already passes the checks: notebook, facilitator page, catalog entry.

    For example: playbook new lesson 2.1 who-dies-early --module "Reading health"
    """
    from playbook.author.scaffold import new_lesson

    with plainly(USAGE):
        path = new_lesson(lesson, slug, module)
    typer.echo(f"Lesson {lesson} is in {path}")
    next_step(f"playbook check {lesson}")


@notebooks.command("run")
def run_notebooks(
    paths: LessonsArgument = None,
    redraw: Annotated[
        bool, typer.Option("--redraw", help="Store new pictures where the words did not change.")
    ] = False,
) -> None:
    """Run notebooks from top to bottom and store what they show.

    For example: playbook notebooks run 3.1
    """
    from playbook.author.execute import run_notebook
    from playbook.learn import catalog

    with plainly():
        chosen = paths or [lesson.id for lesson in catalog.lessons().values()]
        for number, name in enumerate(chosen, start=1):
            tell(f"Running {name} ({number} of {len(chosen)})")
            changed = run_notebook(_notebook(name), redraw=redraw)
            typer.echo(f"{name}: {'stored anew' if changed else 'unchanged'}")
    next_step("playbook check")


def _notebook(name: str) -> Path:
    """Return the notebook that a maintainer means by a path or a lesson's number."""
    from playbook.learn import catalog

    return Path(name) if name.endswith(".ipynb") else catalog.lesson(name).notebook
