"""Commands for Port Alder's tables: make them anew, and measure what lessons claim of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from playbook.cli_city import app
from playbook.cli_plain import ENVIRONMENT, next_step, plainly, tell
from playbook.errors import PlaybookError

__all__ = ["app"]


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
