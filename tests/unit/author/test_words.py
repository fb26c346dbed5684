from __future__ import annotations

import pytest

from playbook.author.prose_rules import figures_in
from playbook.author.words import banned_in, british_in


@pytest.mark.parametrize(
    "text",
    [
        "deprived",
        "Simply",
        "it is just so",
        "obviously",
        "Easy",
        "utilizes",
        "stakeholders",
        "vulnerable populations",
        "Invalid input",
    ],
)
def test_banned(text: str) -> None:
    found = banned_in(text)
    assert found
    assert all(instead for _, instead in found)


@pytest.mark.parametrize(
    "text",
    [
        "A just-cause rule, a just cause law, and justice",
        "Homes vulnerable to fire",
        "Illegal dumping",
        "The adjusted rate is uneasy reading",
        "A lever",
    ],
)
def test_allowed(text: str) -> None:
    assert banned_in(text) == []


@pytest.mark.parametrize("word", ["neighbourhood", "colour", "programme", "Centre", "organises"])
def test_british(word: str) -> None:
    assert british_in(f"The {word} is here") == [word]


@pytest.mark.parametrize(
    "word", ["neighborhood", "exercise", "promise", "otherwise", "program", "advertise", "analysis"]
)
def test_not_british(word: str) -> None:
    assert british_in(word) == []


def test_figures_in_keeps_numbers_as_written() -> None:
    assert figures_in("from -3.9 to 1,200.") == ["3.9", "1200"]
