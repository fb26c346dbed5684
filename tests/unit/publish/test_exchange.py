"""Solution cards: what each field may hold, what is said about it, and which card suits whom."""

import copy
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import home
from playbook.author.criteria import CRITERIA
from playbook.author.prose_rules import HIGHEST_GRADE
from playbook.author.reading import grade
from playbook.author.words import banned_in, british_in
from playbook.errors import PlaybookError
from playbook.learn.catalog import lesson, lessons
from playbook.publish import exchange, exchange_rules
from playbook.publish.exchange import card_toml, cards, cards_for, make_card, read_card
from playbook.publish.exchange_rules import EVIDENCE, OUTCOMES, QUESTIONS, problems

SOUND: dict[str, Any] = {
    "title": "Ask before you count",
    "place": "Port Example, Ohio",
    "year": 2019,
    "outcome": "did not",
    "evidence": "count",
    **{question.name: "Not published." for question in QUESTIONS},
    "capacities": ["Race and Equity"],
    "issue_areas": [],
    "criteria": ["RDC2"],
    "lessons": ["3.1"],
    "sources": [{"title": "A report", "year": "no date", "address": "https://example.org/a"}],
    "tried": [
        {"place": "Lima, Ohio", "year": 2020, "outcome": "worked", "changed": "A", "result": "B"}
    ],
}
REAL = cards()


def sound() -> dict[str, Any]:
    return copy.deepcopy(SOUND)


def words_of(card: exchange.Card) -> str:
    return " ".join(getattr(card, question.name) for question in QUESTIONS)


def test_a_sound_card_has_no_problem() -> None:
    assert problems(sound()) == []
    without = {name: value for name, value in SOUND.items() if name != "tried"}
    assert problems(without) == []


FAULTS: list[tuple[str, Any, str]] = [
    ("title", "", "is empty"),
    ("title", "x" * 71, "71 letters"),
    ("place", 7, "is no text"),
    ("problem", "x" * 100_000, "100,000 letters"),
    ("problem", "one\ntwo", "line break"),
    ("problem", "bell \a", "can't be printed"),
    ("problem", "\u202egnp.exe", "can't be printed"),
    ("what_failed", "   ", "is empty"),
    ("year", 1900, "1900"),
    ("year", 2999, "2999"),
    ("year", "2019", "2019"),
    ("year", True, "True"),
    ("outcome", "worked well", "worked well"),
    ("outcome", ["worked"], "I don't know"),
    ("evidence", "gut feeling", "gut feeling"),
    ("contact", "Write to ana@city.gov", "e-mail"),
    ("contact", "Call (303) 441-3414", "telephone"),
    ("capacities", [], "is empty"),
    ("capacities", "Race and Equity", "is no list"),
    ("capacities", ["Race & Equity"], "Race & Equity"),
    ("capacities", ["Race and Equity", "Race and Equity"], "twice"),
    ("issue_areas", ["Parking"], "Parking"),
    ("criteria", ["RDC99"], "RDC99"),
    ("criteria", "RDC2 ", "RDC2"),
    ("lessons", ["99.1"], "99.1"),
    ("sources", [], "no source"),
    ("sources", ["https://example.org"], "can't read"),
    ("sources", [{"title": "A", "year": 2019}], "other fields"),
    ("sources", [{"title": "A", "year": 2019, "address": "javascript:alert(1)"}], "javascript"),
    ("sources", [{"title": "A", "year": 2019, "address": 'https://a.b/"onclick='}], "https"),
    ("sources", [{"title": "A", "year": "soon", "address": "https://a.b"}], "soon"),
    ("tried", [{**SOUND["tried"][0], "year": "no date"}], "no date"),
    ("tried", [{**SOUND["tried"][0], "outcome": "fine"}], "fine"),
    ("tried", [{**SOUND["tried"][0], "result": ""}], "is empty"),
    ("tried", {}, "can't read"),
]


@pytest.mark.parametrize(("field", "value", "said"), FAULTS, ids=lambda one: str(one)[:24])
def test_one_fault_is_told_with_its_field_and_a_fix(field: str, value: Any, said: str) -> None:
    found = problems({**sound(), field: value})
    assert [one.field.partition(" ")[0] for one in found] == [field]
    assert said in found[0].what
    assert found[0].fix
    assert len(f"{found[0].what} {found[0].fix}".split()) <= 45


@pytest.mark.parametrize("field", [name for name in SOUND if name != "tried"])
def test_a_missing_field_is_named(field: str) -> None:
    entry = sound()
    del entry[field]
    assert [one.field for one in problems(entry)] == [field]


def test_an_unknown_field_gets_the_nearest_name() -> None:
    found = problems({**sound(), "outcom": "worked"})
    assert [(one.field, one.fix) for one in found] == [("outcom", 'Did you mean "outcome"?')]


def test_a_card_that_can_not_be_read_says_where(tmp_path: Path) -> None:
    path = tmp_path / "two-words.toml"
    path.write_text('title = "unfinished', encoding="utf-8")
    with pytest.raises(PlaybookError, match=r"two-words\.toml"):
        read_card(path)
    path.write_bytes(b'title = "\xff"')
    with pytest.raises(PlaybookError, match="quotation"):
        read_card(path)
    with pytest.raises(PlaybookError, match="can't open"):
        read_card(tmp_path / "no-card.toml")


def test_the_first_problem_is_raised_with_the_number_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "two-words.toml"
    path.write_text(card_toml({**sound(), "title": "", "year": 1}), encoding="utf-8")
    with pytest.raises(PlaybookError) as raised:
        read_card(path)
    assert raised.value.where == "two-words.toml, title"
    assert "1 more" in raised.value.fix


@pytest.mark.parametrize("name", ["one", "Two-Words", "two_words", "two-", "../two-words", "ä-b"])
def test_a_name_that_is_no_address_is_found(name: str) -> None:
    assert exchange_rules.id_problems(name)


def test_an_installed_copy_has_no_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "checkout", lambda: None)
    with pytest.raises(PlaybookError, match="installed copy"):
        cards()


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(texts, st.lists(texts), st.lists(st.fixed_dictionaries({"a": texts}), max_size=3))
def test_what_is_written_is_read_again(text: str, many: list[str], parts: list[dict]) -> None:
    entry = {"title": text, "many": many, "parts": parts}
    assert tomllib.loads(card_toml(entry)) == entry


@given(st.dictionaries(st.sampled_from(sorted(SOUND)), st.none() | texts | st.lists(texts)))
def test_a_strange_entry_has_problems_and_never_an_error(changes: dict[str, Any]) -> None:
    for one in problems({**sound(), **changes}):
        assert one.what
        assert one.fix


def test_the_exchange_has_ten_cards_or_more_with_every_outcome() -> None:
    assert len(REAL) >= 10
    assert {card.outcome for card in REAL} == set(OUTCOMES)
    assert {card.evidence for card in REAL} == set(EVIDENCE)
    assert any(card.tried for card in REAL)
    assert all(card.page == f"book/exchange/{card.id}" for card in REAL)


@pytest.mark.parametrize("card", REAL, ids=lambda card: card.id)
def test_a_card_is_plain_and_its_criteria_exist(card: exchange.Card) -> None:
    text = f"{words_of(card)} {' '.join(f'{t.changed} {t.result}' for t in card.tried)}"
    assert grade(text) <= HIGHEST_GRADE
    assert banned_in(f"{card.title} {text}") == []
    assert british_in(f"{card.title} {text}") == []
    assert "Port Alder" not in text
    assert set(card.criteria) <= CRITERIA


def scored(lesson_id: str, changes: Callable[[exchange.Card], exchange.Card]) -> list[str]:
    base = make_card("base-card", {**sound(), "lessons": [], "issue_areas": []})
    other = replace(base, id="other-card")
    return [card.id for card in cards_for(lesson(lesson_id), [base, changes(other)])]


def test_a_card_that_names_the_lesson_comes_first() -> None:
    assert scored("3.1", lambda card: card) == ["base-card", "other-card"]
    named = scored("3.1", lambda card: replace(card, lessons=("9.1", "3.1")))
    assert named == ["other-card", "base-card"]


def test_then_a_card_that_shares_more_with_the_lesson() -> None:
    areas = lesson("3.1").issue_areas
    assert scored("3.1", lambda card: replace(card, issue_areas=areas))[0] == "other-card"


def test_each_lesson_gets_two_cards_and_its_best_fit_first() -> None:
    for one in lessons().values():
        assert len(cards_for(one, REAL)) == 2
    assert cards_for(lesson("3.2"), REAL)[0].id == "oakland-paving"
