"""The blank plan: what the plan of the lessons asks, with lines to write on."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from playbook.learn.plan.pages import IN_MY_CITY, STEPS

from .cards import html

MOVES = 4
# What the whole plan shares, and then each move: one line to write on for each.
START = (
    "City, and who makes this plan",
    "The result we want, in twelve words or fewer",
    IN_MY_CITY["indicator"],
    IN_MY_CITY["population"],
    "Who chose this, and who was not in the room",
)
MOVE = (
    "From which lesson or play",
    "What we found, in one sentence",
    f"{IN_MY_CITY['ask']}, and whom",
    STEPS["first_step"],
    f"{STEPS['owner']}, and by which day",
    STEPS["sign"],
    "Who is missing, and how we ask them",
)


class BlankPlan(SphinxDirective):
    """``{blank-plan}``: the whole plan once, then a part for each move."""

    def run(self) -> list[nodes.Node]:
        """Make the parts."""
        moves = [_part(f"Move {number}", MOVE) for number in range(1, MOVES + 1)]
        return [_part("The plan", START), *moves]


def _part(title: str, labels: tuple[str, ...]) -> nodes.section:
    name = nodes.make_id(title)
    section = nodes.section("", nodes.title("", title), ids=[name], names=[name])
    section["classes"] = ["paper-form", "blank-plan"]
    lines = "".join(
        f'<div class="paper-row"><p>{escape(label)}</p>'
        '<p class="blank-lines"><span></span></p></div>'
        for label in labels
    )
    section += html(lines)
    return section


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("blank-plan", BlankPlan)
