"""Commands for the tables of Port Alder and of a reader's own city."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from playbook.cli_plain import ENVIRONMENT, FINDINGS, USAGE, group, next_step, plainly, tell
from playbook.errors import PlaybookError

if TYPE_CHECKING:
    from playbook.city.report import Report
    from playbook.city.sources.source import Choices

app = group("Port Alder's tables, and those of your own city.")

CityOption = Annotated[str, typer.Option("--city", metavar="KEY", help="A city's key: boston")]


@app.command("new")
def new_city(
    name: Annotated[str, typer.Argument(help='Its name, such as "Boston".')],
    state: Annotated[str, typer.Option("--state", help="Two letters, such as MO.")] = "",
    county: Annotated[
        str, typer.Option("--county", help="Five digits, state and county: 29510.")
    ] = "",
    areas: Annotated[
        str, typer.Option("--areas", help="tracts, or neighborhoods of your own.")
    ] = "",
    rule: Annotated[
        str, typer.Option("--rule", help="Whose rule for small counts you follow: cms.")
    ] = "",
) -> None:
    """Make a place in my-work for your own city's tables. It asks what you leave out.

    For example: playbook city new boston
    """
    from playbook.city import own
    from playbook.city.small_count_rules import DEFAULT, RULES

    with plainly(USAGE):
        state = state or _ask("State, two letters")
        county = county or _ask("County, five digits with the state's (29510 is St. Louis)")
        areas = areas or _ask("Are your places tracts or neighborhoods", "tracts")
        if not rule and _interactive():
            typer.echo("Whose rule do you follow for small counts?")
            for key, one in RULES.items():
                typer.echo(f"  {key}: {one.words}")
            rule = _ask("The rule", DEFAULT.key)
        folder = own.new_city(name, state=state, county=county, areas=areas, small_counts=rule)
    typer.echo(f"The place for {name} is {folder}")
    next_step("playbook city add FILE brings its first table")


@app.command("add")
def add_file(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Tables as you got them, or a folder of them."),
    ],
    county: Annotated[
        str,
        typer.Option("--county", metavar="CODE", help="Keep one county of a state's file: 510"),
    ] = "",
    table: Annotated[
        str, typer.Option("--as", metavar="TABLE", help="The lessons' table this is: deaths")
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="OURS=THEIRS", help="deaths=N_DEATHS. May be repeated."),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option("--label", metavar="COLUMN:THEIRS=OURS", help="A label of your own."),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option("--leave-out", metavar="COLUMN", help="Don't read this column at all."),
    ] = None,
    coarsen: Annotated[
        list[str] | None,
        typer.Option("--coarsen", metavar="COLUMN=HOW", help="month of a date, tract of a block."),
    ] = None,
    city: CityOption = "",
) -> None:
    """Add public files to your city. They are checked first, and sent nowhere.

    For example: playbook city add requests_2025.csv
    """
    from playbook.city import own, store
    from playbook.city.sources.source import Choices

    tell(f"Reading {files[0].name if len(files) == 1 else f'{len(files)} files'}")
    with plainly(USAGE):
        labels: dict[str, dict[str, str]] = {}
        for one in label or ():
            of, _, pair = one.partition(":")
            labels.setdefault(of, {}).update(_pairs([pair], "--label COLUMN:THEIRS=OURS"))
        choices = Choices(
            county,
            table,
            _pairs(column, "--column OURS=THEIRS"),
            tuple(leave_out or ()),
            _pairs(coarsen, "--coarsen COLUMN=HOW"),
            labels,
        )
    with plainly():
        key = city or own.chosen_city()
        if _interactive() and len(files) == 1 and not (table or column):
            choices = _confirmed(files[0], choices)
        report = store.add_file(files, key, choices)
    typer.echo(str(report))
    _report_end(report, key)


@app.command("survey")
def add_survey(
    survey: Annotated[Path, typer.Argument(metavar="FILE", help="One row a person, no names.")],
    codebook: Annotated[
        Path,
        typer.Option("--codebook", metavar="FILE", help="What its columns and codes mean."),
    ],
    leave_out: Annotated[
        list[str] | None,
        typer.Option("--leave-out", metavar="COLUMN", help="Don't read this column at all."),
    ] = None,
    city: CityOption = "",
) -> None:
    """Weigh a survey of residents in memory, and keep its shares. No row is stored.

    For example: playbook city survey answers.csv --codebook codes.csv
    """
    from playbook.city import own
    from playbook.city.sources.source import Choices
    from playbook.insights import own_survey

    tell(f"Reading {survey.name}")
    with plainly():
        key = city or own.chosen_city()
        chosen = Choices(leave_out=tuple(leave_out or ()))
        report = own_survey.add_survey(survey, codebook, key, chosen)
    typer.echo(str(report))
    _report_end(report, key)


@app.command("template")
def show_template(
    name: Annotated[str, typer.Argument(help="homeless_services, survey_codebook or a table.")],
) -> None:
    """Print an empty table to send to whoever keeps the records.

    For example: playbook city template homeless_services > homeless_services.csv
    """
    from playbook.city.templates import template

    with plainly(USAGE):
        typer.echo(template(name), nl=False)


@app.command("check")
def check_city(
    city: CityOption = "",
    every: Annotated[bool, typer.Option("--all", help="Print every finding.")] = False,
) -> None:
    """Check your city's tables: what is wrong, in which rows, and what to do.

    For example: playbook city check --city boston
    """
    from playbook.city import own, store
    from playbook.city.check_words import MOST, check_text

    with plainly():
        key = city or own.chosen_city()
        report = store.check_city(key)
    most = len(report.findings) if every else MOST
    typer.echo(check_text(report, most, "playbook city check --all"))
    _report_end(report, key)


@app.command("status")
def show_status(city: CityOption = "") -> None:
    """Show which lessons run on your city's files, and which file to ask for next.

    For example: playbook city status
    """
    from playbook.city import own
    from playbook.city.tables import load_city, own_cities
    from playbook.learn.city_status import status_text

    with plainly():
        key = city or own.chosen_city()
        typer.echo(status_text(load_city(key)))
    others = [one for one in own_cities() if one != key]
    if others:
        typer.echo(f"Your other cities: {', '.join(others)}")
    next_step(f"playbook start --city {key} runs the lessons on it")


@app.command("form")
def open_form() -> None:
    """Open the form for your city's files in JupyterLab: the same with buttons.

    For example: playbook city form
    """
    from playbook.learn import lab

    with plainly(ENVIRONMENT):
        lab.start_own_city(say=typer.echo, tell=tell)
    next_step("playbook city status shows which lessons run on your files")


@app.command("fetch")
def fetch_files(
    place: Annotated[str, typer.Argument(help='A county: 29510, or "St. Louis, MO".')],
    table: Annotated[
        list[str] | None,
        typer.Option("--table", metavar="TABLE", help="Only for this table: acs_profile"),
    ] = None,
    url: Annotated[
        list[str] | None,
        typer.Option("--url", metavar="URL", help="A file of your city, such as its 311 CSV."),
    ] = None,
    year: Annotated[int, typer.Option("--year", help="Last year of the census survey.")] = 0,
    folder: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Where the files go.")
    ] = None,
) -> None:
    """Download public files for a place. For whoever prepares a city; lessons never do this.

    For example: playbook city fetch 29510
    """
    from playbook.city.fetch import fetch

    tell(f"Asking for the public files of {place}")
    with plainly(ENVIRONMENT):
        fetched = fetch(place, tuple(table or ()), folder, urls=tuple(url or ()), year=year)
    for one in fetched:
        typer.echo(f"{'Downloaded' if one.is_new else 'There already'}: {one.path}")
        typer.echo(f"  {one.what}")
    next_step(f'playbook city add "{fetched[0].path.parent}" reads them')


def _report_end(report: Report, key: str) -> None:
    if report.level == "stop":
        next_step("change what is listed under Stop, then add the file again")
        raise typer.Exit(FINDINGS)
    from playbook.city.tables import load_city
    from playbook.learn.city_status import lesson_for

    lesson = lesson_for(load_city(key), report.tables)
    if lesson:
        next_step(f"playbook start {lesson} --city {key}")
    else:
        next_step("playbook city status shows which file brings a lesson")


def _interactive() -> bool:
    """Whether somebody sits at the terminal and can be asked."""
    return sys.stdin.isatty()


def _confirmed(path: Path, choices: Choices) -> Choices:
    """Show what the columns of a file of service requests seem to mean, and ask."""
    from playbook.city.readers import guesses_of
    from playbook.city.text_files import read_file

    if path.is_dir():
        return choices
    guesses = guesses_of(path.name, read_file(path))
    for guess in guesses:
        typer.echo(f"  {guess}")
    if not guesses or typer.confirm("Is that right?", default=True):
        return choices
    typer.echo("Type the file's own name of each column. Enter keeps it; a - leaves it out.")
    columns = {}
    for guess in guesses:
        own = typer.prompt(f"  {guess.meaning}", default=guess.column or "-").strip()
        columns[guess.role] = "" if own == "-" else own
    return replace(choices, table="requests_311", columns=columns)


def _ask(question: str, default: str = "") -> str:
    if not _interactive():
        return default
    answer: str = typer.prompt(f"{question} (Enter to skip)", default=default, show_default=False)
    return answer.strip()


def _pairs(given: Sequence[str] | None, form: str) -> dict[str, str]:
    """Read options such as ``deaths=N_DEATHS``."""
    pairs = {}
    for one in given or ():
        name, mark, value = one.partition("=")
        if not (mark and name.strip() and value.strip()):
            raise PlaybookError(
                f"I can't read {one!r}.", fix=f"Write it like {form}, between quotes if needed."
            )
        pairs[name.strip()] = value.strip()
    return pairs
