"""Lesson 3.1 on a city's own export: every step runs, and the numbers are that city's."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

PLACES = [f"Ward {letter}" for letter in "ABCDEFGHIJKL"]
KINDS = {"Bulk Pickup": 1.0, "Pot Hole": 4.0, "Street Light": 9.0, "Tree": 40.0}


def write_export(path: Path, rows: int) -> Path:
    """Write a made-up export in the layout of a large city's portal, oddities included."""
    draw = np.random.default_rng(3)
    place = draw.integers(0, len(PLACES), rows)
    kind = draw.choice(list(KINDS), rows)
    days = np.array([KINDS[name] for name in kind]) * np.exp(draw.normal(0, 0.6, rows))
    days *= 1 + place / 8
    opened = pd.Timestamp("2024-03-01 07:00") + pd.to_timedelta(draw.random(rows) * 90, unit="D")
    closed = pd.Series(opened + pd.to_timedelta(days, unit="D"))
    still_open = draw.random(rows) < 0.05
    table = pd.DataFrame(
        {
            "case_enquiry_id": np.arange(101_000_000, 101_000_000 + rows),
            "open_dt": opened.strftime("%Y-%m-%d %H:%M:%S"),
            "closed_dt": closed.dt.strftime("%Y-%m-%d %H:%M:%S").mask(still_open, ""),
            "case_status": np.where(still_open, "Open", "Closed"),
            "closure_reason": "Case noted by a person",
            "type": kind,
            "location": "12 Nowhere Street",
            "neighborhood": [PLACES[n] if n else " " for n in place],
            "latitude": 12.3456,
            "source": "Self Service",
        }
    )
    table.to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def outputs(
    tmp_path_factory: pytest.TempPathFactory, run_on_files: Callable[..., dict[str, str]]
) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("own-city")
    return run_on_files("3.1", folder, "Testville", write_export(folder / "export.csv", 4_000))


def test_the_card_names_the_city_and_the_files_that_would_help(outputs: dict[str, str]) -> None:
    card = outputs["at-a-glance-do"]
    assert "Testville, your own file" in card
    assert "Not here yet" in card
    assert "American Community Survey" in card


@pytest.mark.parametrize(
    "cell", ["step-1-do", "step-2-do", "step-3-do", "step-4-do", "step-5-do", "lever-do"]
)
def test_each_step_gives_a_number(outputs: dict[str, str], cell: str) -> None:
    assert re.search(r"\d+\.\d days|Median \(days\)|Wait \(days\)", outputs[cell])


@pytest.mark.parametrize("cell", ["your-turn-do", "exercise-c", "exercise-d"])
def test_each_exercise_asks_for_a_number(outputs: dict[str, str], cell: str) -> None:
    assert "too little data" not in outputs[cell]


def test_the_ranking_stands_in_for_the_map(outputs: dict[str, str]) -> None:
    words = outputs["step-5-do"]
    assert words.startswith("Dot chart")
    rows = [line[:6] for line in words.splitlines() if line.startswith("Ward ")]
    assert rows.index("Ward L") < rows.index("Ward F") < rows.index("Ward B")


def test_the_memo_carries_the_city_and_no_practice_mark(outputs: dict[str, str]) -> None:
    assert "Practice" not in outputs["memo"]
    assert "my-work/testville-3.1-fast-for-whom.docx" in outputs["memo"]
    assert "Port Alder" not in outputs["memo"]
    assert "Port Alder" not in outputs["step-3-do"]


@pytest.mark.parametrize(
    ("rows", "places", "said"),
    [(300, 4, "too little to tell"), (3_000, 90, "highest and the 30 lowest of 89")],
)
def test_a_very_small_and_a_very_divided_city_run_to_the_end(
    rows: int,
    places: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    run_on_files: Callable[..., dict[str, str]],
) -> None:
    monkeypatch.setitem(globals(), "PLACES", [f"Ward {n}" for n in range(places)])
    export = write_export(tmp_path / "export.csv", rows)
    texts = run_on_files("3.1", tmp_path, "Elsewhere", export)
    assert said in texts["step-1-do"] + texts["step-5-do"]
    assert texts["memo"].startswith("Waits for city services in Elsewhere")
