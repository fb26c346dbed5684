"""Agencies' rules on small counts, as the book's sources state them."""

import pytest

from playbook.city.small_count_rules import DEFAULT, RULES, rule
from playbook.errors import PlaybookError
from playbook.home import data_folder


@pytest.mark.parametrize(
    ("key", "below"),
    [("cms", 11), ("cdc", 10), ("washington", 10), ("maine", 6), ("wisconsin", 5), ("cancer", 16)],
)
def test_each_rule_hides_what_its_agency_hides(key: str, below: int) -> None:
    assert rule(key).below == below
    assert f"1 to {below - 1}" in rule(key).label
    assert f"1 to {below - 1}" in rule(key).words
    assert rule(key).agency in rule(key).words


def test_without_a_choice_1_to_10_are_hidden_and_the_words_say_so() -> None:
    assert rule("") is rule("none") is DEFAULT
    assert DEFAULT.below == 11
    assert "have not chosen" in DEFAULT.words


def test_a_rule_nobody_has_names_those_there_are() -> None:
    with pytest.raises(PlaybookError) as caught:
        rule("nebraska")
    assert all(key in caught.value.fix for key in RULES)


def test_each_source_stands_among_the_books_sources() -> None:
    sources = data_folder().parent / "book" / "sources.md"
    text = sources.read_text(encoding="utf-8")
    assert [one.key for one in RULES.values() if one.source not in text] == []
