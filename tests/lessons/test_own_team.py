"""Lesson 0.2 on a team's own answers: every step runs, and no small role is pointed at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from playbook.city.capacities import codes

RunOnFiles = Callable[..., dict[str, str]]


def write_sheets(folder: Path, people: dict[str, tuple[int, float]]) -> Path:
    """Write one file a person, as the form of the lesson saves them; F is engagement."""
    draw = np.random.default_rng(11)
    folder.mkdir()
    for role, (count, engagement) in people.items():
        for _ in range(count):
            middle = [engagement if code[0] == "F" else 1.8 for code in codes()]
            scores = np.clip(np.round(draw.normal(middle, 0.7)), 0, 4).astype(int)
            text = f"role,{','.join(codes())}\n{role},{','.join(map(str, scores))}\n"
            (folder / f"answers-{draw.bytes(6).hex()}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory, run_on_files: RunOnFiles) -> dict[str, str]:
    people = {"Planner": (7, 3.4), "Crew": (8, 0.8), "Chief of staff": (2, 3.9)}
    folder = tmp_path_factory.mktemp("team")
    return run_on_files("0.2", folder, "Testville", write_sheets(folder / "sheets", people))


def test_the_roles_of_that_team_are_compared(outputs: dict[str, str]) -> None:
    assert "In Testville, the average for Authentic Community Engagement" in outputs["step-2-see"]
    assert "Planner staff score it 3." in outputs["step-2-see"]
    assert "Crew" in outputs["step-2-do"]


def test_the_small_role_is_never_shown(outputs: dict[str, str]) -> None:
    lever = outputs.pop("lever-do")
    assert "Chief of staff  Too few to show without pointing at people." in lever
    assert "Chief of staff" not in "".join(outputs.values())


def test_the_memo_names_lessons_that_exist_and_is_no_practice(outputs: dict[str, str]) -> None:
    memo = outputs["memo"]
    assert memo.startswith("How ready is our team? A profile of Testville")
    assert memo.count("Start with lesson") == 3
    assert "Practice" not in memo
    assert "Port Alder" not in memo + outputs["step-1-do"] + outputs["step-3-do"]
    assert "my-work/testville-0.2-how-ready-is-our-team.docx" in memo


@pytest.mark.gate
@pytest.mark.parametrize(
    ("people", "said"),
    [
        ({"Leader": (2, 3.0), "Front line": (1, 1.0)}, "too little to tell"),
        ({"Leader": (4, 3.6), "Front line": (4, 0.4)}, "too little to tell"),
        ({"Leader": (12, 2.0), "Front line": (14, 2.0)}, "worth knowing"),
    ],
)
def test_small_teams_and_teams_that_agree_run_to_the_end(
    people: dict[str, tuple[int, float]], said: str, tmp_path: Path, run_on_files: RunOnFiles
) -> None:
    sheets = write_sheets(tmp_path / "sheets", people)
    texts = run_on_files("0.2", tmp_path, "Testville", sheets)
    assert said in texts["step-2-see"]
    assert "Saved:" in texts["memo"]
