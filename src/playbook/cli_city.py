"""Commands for the tables of Port Alder and of a reader's own city."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from playbook.cli_plain import ENVIRONMENT, FINDINGS, USAGE, group, next_step, plainly, tell
from playbook.errors import PlaybookError

if TYPE_CHECKING:
    from playbook.city.report import Report

app = group("Port Alder's tables, and those of your own city.")

# The lesson that a table is for, by the table's name.
LESSON_FOR = {
    "requests_311": "3.1",
    "life_expectancy": "1.3",
    "life_table": "1.3",
    "capacity_responses": "0.2",
}

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
def new_city(name: Annotated[str, typer.Argument(help='Its name, such as "Boston".')]) -> None:
    """Make a place in my-work for your own city's tables.

    For example: playbook city new boston
    """
    from playbook.city import own

    with plainly(USAGE):
        folder = own.new_city(name)
    typer.echo(f"The place for {name} is {folder}")
    next_step("playbook city add FILE brings its first table")


@app.command("add")
def add_file(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="CSV files, or a folder of them."),
    ],
    county: Annotated[
        str,
        typer.Option("--county", metavar="CODE", help="Keep one county of a state's file: 510"),
    ] = "",
    city: CityOption = "",
) -> None:
    """Add public files to your city. They are checked first, and sent nowhere.

    For example: playbook city add requests_2025.csv
    """
    from playbook.city import own

    tell(f"Reading {files[0].name if len(files) == 1 else f'{len(files)} files'}")
    with plainly():
        key = city or own.chosen_city()
        report = own.add_file(files, key, county)
    typer.echo(str(report))
    _report_end(report, key)


@app.command("check")
def check_city(city: CityOption = "") -> None:
    """Check your city's tables and say which lessons they are enough for.

    For example: playbook city check --city boston
    """
    from playbook.city import own

    with plainly():
        key = city or own.chosen_city()
        report = own.check_city(key)
    typer.echo(str(report))
    _report_end(report, key)


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
    lessons = [LESSON_FOR[table] for table in report.tables if table in LESSON_FOR]
    if lessons:
        next_step(f"playbook start {lessons[0]} --city {key}")
    else:
        next_step("playbook city add FILE brings a table for a lesson")
