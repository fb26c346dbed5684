"""The `playbook` command: few verbs, each ending in one next step.

What a command needs is imported inside it, so that `playbook list` does not wait for pandas.
"""

from __future__ import annotations

import io
import sys
import tempfile
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer

from playbook import cli_author, cli_card, cli_cohort, cli_plan, cli_port_alder
from playbook.cli_city import CityOption
from playbook.cli_plain import ENVIRONMENT, USAGE, group, next_step, plainly, tell

app = group("Lessons that turn a city's data into moves. First: playbook start")
LessonArgument = Annotated[str, typer.Argument(metavar="LESSON", help="A lesson's number: 3.1")]


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; leaves with its exit code, never with a trace of Python's inside."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that lacks a character shows a question mark instead of stopping.
            stream.reconfigure(errors="replace")
    try:
        app(args=arguments, prog_name="playbook")
    except Exception:
        with tempfile.NamedTemporaryFile(
            "w", prefix="playbook-error-", suffix=".txt", encoding="utf-8", delete=False
        ) as file:
            file.write(traceback.format_exc())
        tell("Something stopped that should not have. Your work is not touched.")
        tell(f"What to do now: send the file {file.name} to the person who gave you the Playbook.")
        raise SystemExit(ENVIRONMENT) from None


@app.command()
def start(
    lesson: LessonArgument = "0.1",
    check: Annotated[
        bool, typer.Option("--check", help="Open it, run it, stop: a test of this computer.")
    ] = False,
    city: CityOption = "",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address; open no browser.")
    ] = False,
) -> None:
    """Open a lesson in JupyterLab. Your copy is made in my-work.

    For example: playbook start 3.1
    """
    from playbook.learn import lab

    _known(lesson)
    if city:
        from playbook.city.own import choose_city

        with plainly(USAGE):
            choose_city(city)
    with plainly(ENVIRONMENT):
        if check:
            typer.echo(lab.check(lesson, tell=tell))
            next_step(f"playbook start {lesson}")
        else:
            lab.start(lesson, open_browser=not no_browser, say=typer.echo, tell=tell)
            typer.echo("Stopped. Your work is in my-work.")
            next_step(f"playbook start {lesson} opens it again")


@app.command()
def doctor(
    for_it: Annotated[
        bool, typer.Option("--for-it", help="Print a note to hand to your IT department.")
    ] = False,
) -> None:
    """Check that this computer is ready for a session.

    For example: playbook doctor --for-it
    """
    from playbook.learn import doctor

    if for_it:
        typer.echo(doctor.note_for_it())
        next_step("send this note to your IT department, then run playbook doctor")
        return
    ready = True
    for finding in doctor.examine():
        typer.echo(str(finding))
        ready = ready and finding.ok
    if not ready:
        next_step("do what the lines marked LOOK say, then run playbook doctor again")
        raise typer.Exit(ENVIRONMENT)
    next_step("playbook start")


@app.command()
def reset(lesson: LessonArgument) -> None:
    """Bring a fresh copy of a lesson. The copy you had is kept with its date.

    For example: playbook reset 3.1
    """
    from playbook.learn import copies

    _known(lesson)
    with plainly(ENVIRONMENT):
        had_one = copies.copy_path(lesson).is_file()
        path = copies.reset(lesson)
    typer.echo(f"A fresh copy of lesson {lesson} is in my-work/{copies.COPIES_FOLDER}/{path.name}")
    if had_one:
        typer.echo(f"Earlier copies are in my-work/{copies.COPIES_FOLDER}/{copies.OLDER_FOLDER}")
    next_step(f"playbook start {lesson}")


@app.command(name="list")
def list_lessons(
    limits: Annotated[
        bool, typer.Option("--limits", help="For those who write: the counts beside their limits.")
    ] = False,
) -> None:
    """List the lessons, with minutes and what you leave with.

    For example: playbook list
    """
    if limits:
        from playbook.author.limits import limits_table

        with plainly(ENVIRONMENT):
            typer.echo(limits_table())
        return
    from playbook.learn import catalog

    with plainly(ENVIRONMENT):
        lessons = catalog.lessons()
    for entry in lessons.values():
        minutes = f"{entry.core_minutes} minutes"
        if entry.deeper_minutes:
            minutes += f", {entry.deeper_minutes} more to go deeper"
        typer.echo(f"{entry.id}  {entry.title} ({minutes})")
        typer.echo(f"     {entry.question}")
        typer.echo(f"     You leave with: {entry.you_leave_with}")
    next_step(f"playbook start {next(iter(lessons))}")


def _known(lesson_id: str) -> None:
    """Stop as for a mistyped command when there is no such lesson."""
    from playbook.learn import catalog

    with plainly(USAGE):
        catalog.lesson(lesson_id)


app.add_typer(cli_author.app)
app.add_typer(cli_plan.app)
app.add_typer(cli_port_alder.app, name="city")
app.add_typer(cli_card.app, name="card")
app.add_typer(cli_cohort.app, name="cohort")
