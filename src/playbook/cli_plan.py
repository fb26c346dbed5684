"""The command that shows the plan and saves it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from playbook.cli_plain import ENVIRONMENT, group, next_step, plainly, tell

app = group("The plan that your lessons add up to.")


@app.command()
def plan(
    city: Annotated[
        str, typer.Option("--city", metavar="CITY", help="Pages of this city only.")
    ] = "",
    open_page: Annotated[
        bool, typer.Option("--open", help="Open it as a page in JupyterLab.")
    ] = False,
) -> None:
    """Show your plan, what is missing in it, and save it as Word and as a page to print.

    For example: playbook plan
    """
    from playbook.learn.plan.my_plan import EMPTY, save_plan
    from playbook.learn.plan.plan import plan_so_far, plan_text

    if open_page:
        from playbook.learn import lab

        with plainly(ENVIRONMENT):
            lab.start_plan(say=typer.echo, tell=tell)
        return
    with plainly():
        made = plan_so_far(date.today(), city)
        saved = save_plan(made) if made.pages else []
    if not saved:
        typer.echo("\n".join([EMPTY, *made.trouble]))
        next_step("playbook start 0.1")
        return
    typer.echo(plan_text(made))
    typer.echo(f"\nSaved: {', '.join(saved)}")
    if made.gaps:
        next_step("put number 1 of the list right, then run playbook plan again")
    elif made.open:
        next_step(f"playbook start {made.open[0].id}")
    else:
        next_step(f"print {saved[0]}, and bring it to the people named in it")
