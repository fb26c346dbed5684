"""What holds for every chart: words, numbers and picture agree, and all of it can be read."""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Drawing

from playbook.author.figure_rules import RULES
from playbook.author.pages import Page, cells_of
from playbook.errors import PlaybookError
from playbook.show.acceptability_bars import acceptability_bars
from playbook.show.control_chart import control_chart
from playbook.show.figure import Figure
from playbook.show.flow_chart import flow
from playbook.show.gain_chart import gain_chart
from playbook.show.incidence_curves import incidence_curves
from playbook.show.lorenz_chart import lorenz_chart
from playbook.show.network_map import network_map
from playbook.show.parallel_coordinates import parallel_coordinates
from playbook.show.population_pyramid import population_pyramid
from playbook.show.slope_chart import slope_chart
from playbook.show.style import PAPER, contrast_ratio
from playbook.show.tile_map_two import tile_map_two

FINDING = "Two of them stand out, and the rest can't be told apart"
LONG = [
    "Rental repair fund with a rule",
    "Cooling centers",
    "Trees by gap",
    "Heat phone line",
    "Cool roofs",
    "Shade at bus stops",
    "Air conditioner loans",
    "Do nothing new",
]
Chart = Callable[..., Figure]


def lorenz() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    share = np.linspace(0.01, 1, 100)
    parts = [("Hospital visits", 0.5), ("Fee waivers", 2.0), ("Requests", 0.9), ("Trees", 1.4)]
    table = pd.concat(
        [pd.DataFrame({"people": share, "total": share**k, "of": name}) for name, k in parts]
    )
    return lorenz_chart, table, {"x": "people", "y": "total", "group": "of"}


def gain() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    share = np.linspace(0.01, 1, 100)
    rules = [("Score", 2.2), ("Past fires", 1.5), ("Requests", 1.1), ("Old homes", 1.8)]
    table = pd.concat(
        [
            pd.DataFrame({"doors": share, "homes": 1 - (1 - share) ** k, "rule": name})
            for name, k in rules
        ]
    )
    return gain_chart, table, {"x": "doors", "y": "homes", "group": "rule", "capacity": 0.2}


def incidence() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    days = np.arange(0, 361, 30)
    exits = [("Housed with a lease of their own", 0.5), ("With family", 0.12), ("Left", 0.13)]
    table = pd.concat(
        [
            pd.DataFrame(
                {
                    "days": days,
                    "exit": name,
                    "share": top * days / 360,
                    "low": 0.9 * top * days / 360,
                    "high": 1.1 * top * days / 360,
                }
            )
            for name, top in exits
        ]
    )
    names = {"x": "days", "y": "share", "group": "exit", "low": "low", "high": "high"}
    return incidence_curves, table, names


def control() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    months = [f"{year}-{month:02}" for year in range(2023, 2026) for month in range(1, 13)]
    calls = 20 + 3 * np.sin(np.arange(36) * 1.7)
    calls[[9, 30, 31]] = [33.0, 31.0, 34.0]
    table = pd.DataFrame({"month": months, "calls": calls, "mean": 20.0, "low": 12, "high": 28})
    names = {"x": "month", "y": "calls", "center": "mean", "low": "low", "high": "high"}
    return control_chart, table, names


def network() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    names = [*LONG, "Library", "Clinic", "School", "Parks", "Food bank"]
    pairs = [(0, n) for n in range(1, 6)] + [(6, 7), (6, 8), (7, 8), (8, 0), (9, 10), (10, 11)]
    pairs += [(9, 11), (11, 1), (12, 9)]
    table = pd.DataFrame([(names[a], names[b]) for a, b in pairs], columns=["one", "other"])
    sectors = [["City", "Nonprofit", "Health", "Residents"][n % 4] for n in range(len(names))]
    members = pd.DataFrame({"name": names, "sector": sectors})
    settings = {"source": "one", "target": "other", "members": members, "group": "sector"}
    return network_map, table, settings | {"highlight": "Clinic"}


def flows() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    rows = [
        (source, use, 1 + (3 * a + 5 * b) % 7)
        for a, source in enumerate(LONG)
        for b, use in enumerate(["Rent help", "Shelter", "Street outreach", "Repairs", "Data"])
    ]
    table = pd.DataFrame(rows, columns=["source", "use", "paid"])
    return flow, table, {"source": "source", "use": "use", "amount": "paid", "unit": "$"}


def acceptability() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    shares = np.random.default_rng(4).dirichlet(np.ones(8), 8)
    rows = [(LONG[a], b + 1, shares[a, b]) for a in range(8) for b in range(8)]
    table = pd.DataFrame(rows, columns=["option", "rank", "share"])
    return acceptability_bars, table, {"option": "option", "rank": "rank", "share": "share"}


def parallel() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    criteria = ["lives", "equity", "cost", "speed", "public_support", "upkeep", "legal_risk"]
    table = pd.DataFrame(np.random.default_rng(5).integers(1, 90, (8, 7)), columns=criteria)
    settings = {"name": "option", "criteria": criteria, "lower_is_better": ["cost", "upkeep"]}
    return parallel_coordinates, table.assign(option=LONG), settings | {"highlight": LONG[:2]}


def slope() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    names = [f"Place number {n}" for n in range(12)]
    rows = [
        (year, n, 10 + (7 * i + year) % 5) for i, n in enumerate(names) for year in (2020, 2025)
    ]
    table = pd.DataFrame(rows, columns=["year", "place", "wait"])
    return slope_chart, table, {"x": "year", "y": "wait", "group": "place", "highlight": names[3]}


def pyramid() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    ages = [f"{5 * n} to {5 * n + 4}" for n in range(18)]
    table = pd.DataFrame({"age": ages, "east": range(900, 0, -50), "west": range(50, 950, 50)})
    return population_pyramid, table, {"age": "age", "left": "east", "right": "west"}


def two() -> tuple[Chart, pd.DataFrame, dict[str, Any]]:
    grid = [(row, col) for row in range(8) for col in range(8)]
    table = pd.DataFrame(
        {
            "name": [f"Place {row}{col}" for row, col in grid],
            "district": [f"{'West' if col < 4 else 'East'} {row // 2}" for row, col in grid],
            "tile_row": [row for row, _ in grid],
            "tile_col": [col for _, col in grid],
            "heat": [20 + row + col / 10 for row, col in grid],
            "trees": [5 + (3 * row + 5 * col) % 11 for row, col in grid],
        }
    )
    return tile_map_two, table, {"first": "heat", "second": "trees", "river_after": 3}


SAMPLES = [
    lorenz,
    gain,
    incidence,
    control,
    network,
    flows,
    acceptability,
    parallel,
    slope,
    pyramid,
    two,
]
every = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.__name__)
Sample = Callable[[], tuple[Chart, pd.DataFrame, dict[str, Any]]]


def figure_of(sample: Sample) -> Figure:
    chart, table, names = sample()
    return chart(table, finding=FINDING, **names)


def texts(drawing: Drawing) -> list[Any]:
    return [text for axes in drawing.axes for text in axes.texts if text.get_text().strip()]


@every
def test_alt_text_says_kind_finding_and_numbers(sample: Sample) -> None:
    alt = figure_of(sample).alt
    assert re.match(rf"[A-Z][a-z ]+: {re.escape(FINDING)}\. ", alt)
    assert 40 <= len(alt) <= 220
    assert re.search(r"\d", alt.partition(FINDING)[2])


@every
def test_the_finding_is_the_title_and_heads_the_table(sample: Sample) -> None:
    figure = figure_of(sample)
    page = next(axes for axes in figure.draw().axes if axes.get_label() == "page")
    assert " ".join(text.get_text() for text in page.texts).startswith(FINDING)
    assert figure.numbers.caption == FINDING
    assert len(figure.table) >= 3
    assert "nan" not in str(figure).lower()


@every
def test_no_words_leave_the_page_and_none_lie_on_others(sample: Sample) -> None:
    drawing = figure_of(sample).draw()
    drawing.draw_without_rendering()
    width, height = drawing.get_figwidth() * drawing.dpi, drawing.get_figheight() * drawing.dpi
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(drawing)]
    for words, box in boxes:
        assert box.x0 >= 0, words
        assert box.x1 <= width, words
        assert box.y0 >= 0, words
        assert box.y1 <= height, words
    for (words, box), (others, other) in combinations(boxes, 2):
        # Letters without a stroke below the line leave a little air between two lines.
        across = min(box.x1, other.x1) - max(box.x0, other.x0)
        up = min(box.y1, other.y1) - max(box.y0, other.y0)
        assert not (across > 1 and up > 2), f"{words} lies on {others}"


@every
def test_type_can_be_read_and_has_contrast_with_what_is_behind(sample: Sample) -> None:
    drawing = figure_of(sample).draw()
    for text in texts(drawing):
        assert text.get_fontsize() >= 10
        color = str(text.get_color()).upper()
        # Words on a dark bar or tile are white; each of these charts has its own test for them.
        if color != PAPER:
            assert contrast_ratio(color, PAPER) >= 4.5


@every
def test_marks_have_contrast_with_the_page(sample: Sample) -> None:
    drawing = figure_of(sample).draw()
    kinds = ("curve", "marks", "line, ", "signals", "usual", "ties", "bridges", "member", "bar, ")
    seen = 0
    for axes in drawing.axes:
        for line in axes.lines:
            if str(line.get_label()).startswith(kinds) and "middle" not in str(line.get_label()):
                seen += 1
                assert contrast_ratio(to_hex(line.get_color()).upper(), PAPER) >= 3
        for patch in axes.patches:
            seen += 1
            # Tiles have words on them, and parts of a bar have an outline around all of them.
            if str(patch.get_label()).startswith(("band, ", "bar, ", "outline")):
                colors = to_hex(patch.get_edgecolor()), to_hex(patch.get_facecolor())
                assert max(contrast_ratio(color.upper(), PAPER) for color in colors) >= 3
    assert seen >= 2


@every
def test_house_rules_for_figures_accept_it(sample: Sample) -> None:
    shown = figure_of(sample)._repr_mimebundle_()
    output = {"output_type": "execute_result", "data": shown, "metadata": {}, "execution_count": 1}
    cell = {
        "cell_type": "code",
        "id": "see",
        "metadata": {},
        "source": "chart",
        "outputs": [output],
        "execution_count": 1,
    }
    page = Page("notebooks/1.ipynb", cells_of({"cells": [cell]}))
    assert [str(found) for rule in RULES for found in rule(page)] == []


@every
def test_nothing_given_is_changed(sample: Sample) -> None:
    chart, table, names = sample()
    before = table.copy(deep=True)
    chart(table, finding=FINDING, **names).html()
    pd.testing.assert_frame_equal(table, before)


@every
def test_missing_columns_are_told_plainly(sample: Sample) -> None:
    chart, table, names = sample()
    for column in table.columns:
        used = column in {str(name) for name in names.values()} or column in ("name", "tile_row")
        if used:
            with pytest.raises(PlaybookError, match=f"can't find a column called {column}"):
                chart(table.drop(columns=column), finding=FINDING, **names)


@every
def test_empty_tables_and_missing_findings_are_told_plainly(sample: Sample) -> None:
    chart, table, names = sample()
    with pytest.raises(PlaybookError, match="no finding"):
        chart(table, finding=" ", **names)
    if chart is not network_map:
        with pytest.raises(PlaybookError, match="no rows"):
            chart(table.iloc[:0], finding=FINDING, **names)


@every
def test_a_picture_takes_less_than_half_a_second(sample: Sample) -> None:
    figure = figure_of(sample)
    figure.draw()
    spent = []
    for _ in range(3):
        began = time.process_time()
        figure.draw()
        spent.append(time.process_time() - began)
    assert min(spent) < 0.5


def prints() -> str:
    """Return one code for the bytes of every picture and all its words."""
    said = hashlib.sha256()
    for sample in SAMPLES:
        figure = figure_of(sample)
        said.update(figure.svg)
        said.update(str(figure).encode())
    return said.hexdigest()


def test_pictures_have_the_same_bytes_in_another_process() -> None:
    code = f"import runpy; print(runpy.run_path({str(Path(__file__))!r})['prints']())"
    other = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == prints()
