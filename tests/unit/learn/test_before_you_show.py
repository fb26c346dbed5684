"""The checklist that goes with every export of a city's own numbers, and with none of practice."""

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from playbook.city.tables import City, load_city
from playbook.learn import lesson
from playbook.learn.before_you_show import HEADING, before_you_show
from playbook.learn.memo import memo


def own(rule: str) -> City:
    city = load_city()
    profile = replace(city.profile, small_counts=rule)
    return replace(city, name="Testville", key="testville", fictional=False, profile=profile)


def words_of(folder: Path) -> dict[str, str]:
    word = docx.Document(str(next(folder.glob("*.docx"))))
    return {
        "Word": "\n".join(paragraph.text for paragraph in word.paragraphs),
        "text": next(folder.glob("*.txt")).read_text(encoding="utf-8"),
    }


@pytest.mark.parametrize(("rule", "hidden"), [("", "1 to 10"), ("maine", "1 to 5")])
def test_every_export_of_a_real_city_carries_the_list_and_the_rule(
    rule: str, hidden: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    monkeypatch.setitem(lesson._opened, "0.1", own(rule))
    shown = memo("0.1", owner="Ana\x1b[0m")
    exports = {**words_of(tmp_path), "shown": str(shown), "HTML": shown.html}
    for kind, text in exports.items():
        assert HEADING in text, kind
        assert f"Counts of people from {hidden} are hidden" in text, kind
        for line in before_you_show(own(rule)):
            assert re.sub("'.*", "", line) in text, kind


def test_the_list_names_whom_to_tell_and_what_each_number_needs() -> None:
    text = " ".join(before_you_show(own("cms"))).lower()
    for word in ("health department", "partners", "source", "range", "corrections", "medicare"):
        assert word in text


def test_practice_carries_no_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    monkeypatch.setitem(lesson._opened, "0.1", load_city())
    shown = memo("0.1")
    for text in (*words_of(tmp_path).values(), str(shown), shown.html):
        assert HEADING not in text
