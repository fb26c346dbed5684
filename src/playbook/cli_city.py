"""Commands for the tables of Port Alder and of a reader's own city."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from playbook.cli_plain import ENVIRONMENT, FINDINGS, USAGE, group, next_step, plainly, tell
from playbook.errors import PlaybookError

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
    file: Annotated[Path, typer.Argument(help="A CSV file, such as an export of 311 requests.")],
    city: CityOption = "",
) -> None:
    """Add a public file to your city. It is checked first, and sent nowhere.

    For example: playbook city add requests_2025.csv
    """
    from playbook.city import own

    tell(f"Reading {file.name}")
    with plainly():
        key = city or own.chosen_city()
        report = own.add_file(file, key)
    typer.echo(str(report))
    _report_end(report.level, f"playbook start 3.1 --city {key}")


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
    _report_end(report.level, f"playbook start 3.1 --city {key}")


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
            tell("Measuring every claim on 21 seeds. This takes about half a minute")
            insight_report.write_report()
        for entry in insight_report.read_report():
            low, high = entry["tolerance"]
            typer.echo(f"{entry['id']}: {entry['value']} {entry['unit']} ({low} to {high})")
            typer.echo(f"  held on {entry['held']}; carries over: {entry['carries_over']}")
    next_step("nox -s gate measures all seeds anew")


def _report_end(level: str, then: str) -> None:
    if level == "stop":
        next_step("change what is listed under Stop, then add the file again")
        raise typer.Exit(FINDINGS)
    next_step(then)
