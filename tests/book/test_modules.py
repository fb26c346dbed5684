"""Each module opens with promises and closes with the same ones, and each lesson's sentence."""

import re
from pathlib import Path

import pytest
from playbook_book import modules

from playbook.learn.catalog import lessons

BOOK = Path(__file__).resolve().parents[2] / "book"
NAMES = list(dict.fromkeys(lesson.module for lesson in lessons().values()))


def pages(number: int) -> tuple[str, str]:
    opening, closing = (
        (BOOK / f"module-{number}-{which}.md").read_text(encoding="utf-8")
        for which in ("opening", "closing")
    )
    return opening, closing


def bullets(text: str, heading: str) -> list[str]:
    part = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\* (.+)$", part, re.MULTILINE)


@pytest.mark.parametrize(("number", "name"), list(enumerate(NAMES)))
def test_a_module_has_both_pages_with_what_is_computed(number: int, name: str) -> None:
    opening, closing = pages(number)
    assert f"```{{module-lessons}} {name}\n" in opening
    assert f"```{{module-sentences}} {name}\n" in closing
    for heading in ("What you will be able to do", "Who should be in the room"):
        assert f"## {heading}\n" in opening
    assert "## Where next\n" in closing


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_the_closing_page_mirrors_the_opening_one(number: int) -> None:
    opening, closing = pages(number)
    promised = bullets(opening, "What you will be able to do")
    kept = bullets(closing, "What you can do now")
    assert len(promised) == 3
    for promise, line in zip(promised, kept, strict=True):
        said, _, question = line.partition(" *")
        assert said == promise
        assert question.endswith("?*")


def test_the_lessons_of_a_module_come_in_the_order_of_the_catalog() -> None:
    found = modules.lessons_of(lessons().values(), NAMES[1], ValueError)
    assert [lesson.id for lesson in found] == ["1.1", "1.2", "1.3"]
    with pytest.raises(ValueError, match="Nowhere"):
        modules.lessons_of(lessons().values(), "Nowhere", ValueError)


def test_minutes_tell_the_core_and_what_is_deeper() -> None:
    first, *_, last = lessons().values()
    assert modules.minutes(first) == str(first.core_minutes)
    assert modules.minutes(last) == f"{last.core_minutes} + {last.deeper_minutes} deeper"
