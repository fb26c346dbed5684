"""Marks in a picture are counted as matplotlib draws them; frames, ticks and text are none."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from playbook.author.figure_rules import FEWEST_MARKS, drawn_marks


def marks(draw: Callable[[Any], object]) -> int:
    from matplotlib.figure import Figure

    figure = Figure()
    draw(figure.subplots())
    target = io.BytesIO()
    figure.savefig(target, format="svg")
    return drawn_marks(target.getvalue())


@pytest.mark.parametrize(
    "draw",
    [
        lambda axes: None,
        lambda axes: axes.axis("off"),
        lambda axes: (axes.set_title("Waits"), axes.grid(), axes.set_xlabel("days")),
    ],
)
def test_a_chart_without_data_is_blank(draw: Callable[[Any], object]) -> None:
    assert marks(draw) < FEWEST_MARKS


@pytest.mark.parametrize(
    ("draw", "least"),
    [
        (lambda axes: axes.barh(range(6), range(1, 7)), 6),
        (lambda axes: axes.plot([1, 2, 3], [1, 2, 3], "o"), 3),
        (lambda axes: axes.scatter([1, 2, 3, 4], [1, 2, 3, 4]), 4),
        (lambda axes: axes.hlines([1, 2, 3], 0, 1), 3),
    ],
)
def test_data_is_counted(draw: Callable[[Any], object], least: int) -> None:
    assert marks(draw) >= least


def test_the_charts_of_lessons_are_not_blank() -> None:
    import pandas as pd

    from playbook.show.charts import bar

    waits = pd.DataFrame({"district": ["Eastbank", "Foundry"], "days": [4.5, 8.4]})
    figure = bar(waits, x="days", y="district", unit="days", finding="Foundry waits longer")
    assert drawn_marks(figure.svg) >= 2
