"""Commands for the tables of Port Alder and of a reader's own city."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from playbook.cli_plain import ENVIRONMENT, FINDINGS, USAGE, group, next_step, plainly, tell
from playbook.errors import PlaybookError

if TYPE_CHECKING:
    from playbook.city.report import Report

app = group("Port Alder's tables, and those of your own city.")

CityOption = Annotated[str, typer.Option("--city", metavar="KEY", help="A city's key: boston")]


@app.command("build")
def build_city(
    folder: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help="data/ of the repository if left out."),
    ] = None,
) -> None:
    """Make Port Alder's tables anew, byte for byte.

    For example: playbook city build
    """
    from playbook import home
    from playbook.simulate.build import build as build_tables

    with plainly(ENVIRONMENT):
        if folder is None and home.checkout() is None:
            raise PlaybookError(
                "This is an installed copy; its tables stay as they were shipped.",
                fix="Name a folder: playbook city build --to FOLDER. Or work in the repository.",
            )
        tell("Making the tables. This takes about five seconds")
        written = build_tables(folder or home.data_folder())
    for path in written:
        typer.echo(f"{path.name}  {path.stat().st_size / 1000:,.0f} KB")
    next_step("nox -s tests compares them with the stored results")


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
        report = store.add_file(files, key, choices)
    typer.echo(str(report))
    _report_end(report, key)


@app.command("check")
def check_city(city: CityOption = "") -> None:
    """Check your city's tables: what is wrong, in which rows, and what to do.

    For example: playbook city check --city boston
    """
    from playbook.city import own, store

    with plainly():
        key = city or own.chosen_city()
        report = store.check_city(key)
    typer.echo(str(report))
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


@app.command("insights")
def show_insights(
    write: Annotated[
        bool, typer.Option("--write", help="Measure anew on 21 seeds, and write insights.yaml.")
    ] = False,
) -> None:
    """Show what each lesson claims of Port Alder, and how often it held on other seeds.

    For example: playbook city insights
    """
    from playbook.author import insight_report

    with plainly(ENVIRONMENT):
        if write:
            tell("Measuring every claim on 21 seeds. This takes about a minute")
            insight_report.write_report()
        for entry in insight_report.read_report():
            low, high = entry["tolerance"]
            typer.echo(f"{entry['id']}: {entry['value']} {entry['unit']} ({low} to {high})")
            typer.echo(f"  held on {entry['held']}; carries over: {entry['carries_over']}")
    next_step("nox -s gate measures all seeds anew")


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
