from pathlib import Path

import pytest

from playbook.city.own import new_city
from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.learn import lesson as lesson_module
from playbook.learn.catalog import lesson
from playbook.learn.lesson import (
    card_html,
    card_text,
    city_line,
    lacking,
    open_lesson,
    opened_city,
)


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    monkeypatch.delenv("PLAYBOOK_CITY", raising=False)
    monkeypatch.setattr(lesson_module, "_opened", {})


def test_opening_shows_the_card_and_hands_out_the_city(capsys: pytest.CaptureFixture[str]) -> None:
    city = open_lesson("3.1")
    assert city is opened_city("3.1")
    shown = capsys.readouterr().out
    assert "Fast for whom?" in shown
    assert "a fictional city" in shown
    assert "40 minutes" in shown


def test_the_card_says_the_same_in_words_and_in_html() -> None:
    entry, city = lesson("3.1"), load_city()
    html = card_html(entry, city)
    for line in card_text(entry, city).splitlines()[1:]:
        words = line.removeprefix("- ").partition(": ")[2] or line.removeprefix("- ")
        assert words.replace("'", "&#x27;").replace("&", "&") in html.replace("&amp;", "&")


def test_core_fits_into_forty_minutes() -> None:
    assert lesson("3.1").core_minutes <= 40


def test_an_own_city_is_named_as_such() -> None:
    port_alder = load_city()
    fields = {name: getattr(port_alder, name) for name in port_alder.__dataclass_fields__}
    own = City(**{**fields, "name": "A & B", "fictional": False})
    assert "your own file" in city_line(own)
    assert "A &amp; B" in card_html(lesson("3.1"), own)


def test_port_alder_stands_in_where_a_city_lacks_the_table(
    capsys: pytest.CaptureFixture[str],
) -> None:
    new_city("Elsewhere")
    assert lacking(lesson("3.1"), load_city("elsewhere")) == ["requests_311"]
    assert open_lesson("3.1").fictional
    shown = capsys.readouterr().out
    assert "Elsewhere lacks a table for this lesson" in shown
    assert "Not here yet: service requests: Ask" in shown
    assert opened_city("3.1").name == "Port Alder"


def test_an_unknown_lesson_or_city_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PlaybookError, match=r"9\.9"):
        open_lesson("9.9")
    monkeypatch.setenv("PLAYBOOK_CITY", "atlantis")
    with pytest.raises(PlaybookError, match="atlantis"):
        open_lesson("3.1")
