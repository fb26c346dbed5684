"""Commands for facilitators: a book for a cohort."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from playbook.cli_plain import FINDINGS, USAGE, group, next_step, plainly, tell
from playbook.errors import PlaybookError

app = group("A book for your cohort: its name, its dates, its welcome.")


@app.callback()
def cohort() -> None:
    """Keep `new` a command of its own while it is the only one."""


@app.command("new")
def new_cohort(
    short_name: Annotated[
        str, typer.Argument(metavar="NAME", help="A short name for its folder: spring-lab")
    ],
    name: Annotated[str | None, typer.Option("--name", help="What the group is called.")] = None,
    dates: Annotated[
        str | None,
        typer.Option("--dates", help='With commas: "2027-03-03 14:00, 2027-03-10 14:00"'),
    ] = None,
    time_zone: Annotated[
        str | None, typer.Option("--time-zone", help="Such as America/Chicago")
    ] = None,
    contact: Annotated[str | None, typer.Option("--contact", help="Whom to ask, and how.")] = None,
    welcome: Annotated[
        str | None, typer.Option("--welcome", help="One or two sentences from you.")
    ] = None,
    lessons: Annotated[
        str | None, typer.Option("--lessons", help='One a date, with commas: "3.1, 3.2"')
    ] = None,
) -> None:
    """Ask six questions and write cohort.toml. Answers given as options are not asked for.

    For example: playbook cohort new spring-lab
    """
    from playbook.files import write_atomically
    from playbook.learn import catalog
    from playbook.publish.cohort import field_checks as checks
    from playbook.publish.cohort.build import cohort_folder
    from playbook.publish.cohort.settings import cohort_text, make_cohort

    with plainly(USAGE):
        path = cohort_folder(short_name) / checks.FILE_NAME
        if path.exists():
            raise PlaybookError(
                f"There is a cohort called {short_name} already. I leave it as it is.",
                fix=f"Change {path}. Or choose another short name.",
            )
    with plainly():
        known = catalog.lessons()
        answers = {
            "name": _answer(
                "1 of 6. What is the group called?",
                name,
                lambda text: checks.check_text("name", text),
            ),
            "dates": _answer(
                "2 of 6. When does each session begin? For example 2027-03-03 14:00, with commas",
                dates,
                lambda text: checks.check_dates(_list(text)),
            ),
            "time_zone": _answer(
                "3 of 6. In which time zone? For example America/Chicago",
                time_zone,
                checks.check_time_zone,
            ),
            "contact": _answer(
                "4 of 6. Whom can people ask, and how? It stands on every page",
                contact,
                lambda text: checks.check_text("contact", text),
            ),
            "welcome": _answer(
                "5 of 6. One or two sentences of welcome",
                welcome,
                lambda text: checks.check_text("welcome", text),
            ),
            "lessons": _answer(
                f"6 of 6. Which lessons, one a date? Some of {', '.join(known)}",
                lessons,
                lambda text: checks.check_lessons(_list(text), known),
            ),
        }
        write_atomically(path, cohort_text(short_name, answers))
    typer.echo(f"The cohort is in {path}")
    # What was typed is kept, also when the answers do not fit together.
    try:
        make_cohort(answers, known)
    except PlaybookError as problem:
        tell(str(problem))
        next_step(f"change that line, then: playbook build --cohort {short_name}")
        raise typer.Exit(FINDINGS) from None
    next_step(f"playbook build --cohort {short_name}")


def build_for(
    short_name: str,
    output: Path | None,
    *,
    live: bool,
    release: Path | None,
    in_browser: bool,
) -> None:
    """Build all that a cohort gets; called by `playbook build --cohort`."""
    from playbook.publish.cohort.build import build_cohort

    with plainly(USAGE):
        if output is not None or in_browser:
            raise PlaybookError(
                "A cohort's book goes into the cohort's own folder, and has no browser report.",
                fix="Leave out --output and --in-browser. Copy the folder site where you like.",
            )
    tell("Building the learners' book and yours. This takes a minute, or some with live lessons")
    with plainly():
        folder = build_cohort(short_name, live=live, release=release)
    typer.echo(f"All is in {folder}")
    typer.echo("site           for learners: upload this folder, or share it")
    typer.echo("facilitator    for you: with solutions and session pages")
    typer.echo("offline.zip    for people without a network")
    typer.echo("invite.txt     the text of your mail; put in the address of the site")
    typer.echo("sessions.ics   the dates, for a calendar")
    next_step("open site/index.html with a double-click, then upload the folder site")


def _answer(question: str, given: str | None, check: Callable[[Any], Any]) -> Any:
    """Check an answer; one that was typed at a question is asked for again."""
    if given is not None:
        return check(given)
    while True:
        try:
            return check(typer.prompt(question))
        except PlaybookError as problem:
            tell(str(problem))


def _list(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
