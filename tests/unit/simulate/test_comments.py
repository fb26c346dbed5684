"""The comments: who wrote how often, about what, and in words that do nobody harm."""

import re

import numpy as np
import pytest

from playbook.author.words import banned_in, british_in
from playbook.simulate import comments as module
from playbook.simulate.comment_words import (
    ENGLISH_PARTS,
    SPANISH_PARTS,
    compose,
    sentences,
    slots,
)
from playbook.simulate.comments import CHANNELS, HEAVY_POSTS, SPANISH_THEMES, THEMES, comments
from playbook.simulate.draws import draw_columns
from playbook.simulate.world import SEED, make_world

SEEDS = (1, 2, SEED)


@pytest.fixture(scope="module")
def made():
    return {seed: comments(make_world(seed), seed) for seed in SEEDS}


@pytest.mark.parametrize("seed", SEEDS)
def test_people_and_comments_are_as_many_as_designed(made, seed):
    table = made[seed]
    assert len(table) == 2400
    assert table["comment_id"].is_unique
    people = table.groupby("channel")["author_id"].nunique()
    assert people.to_dict() == {
        each.name: each.people + 22 * (each.name == "Social media") for each in CHANNELS
    }
    # Each person uses one channel, lives in one place and writes one language.
    for column in ("channel", "neighborhood_id", "language"):
        assert (table.groupby("author_id")[column].nunique() == 1).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_twenty_two_accounts_wrote_more_than_anybody_else(made, seed):
    often = made[seed]["author_id"].value_counts()
    assert (often > 8).sum() == 22
    assert often[often > 8].sum() == HEAVY_POSTS
    heavy = made[seed][made[seed]["author_id"].isin(often.index[often > 8])]
    assert set(heavy["channel"]) == {"Social media"}
    assert (heavy["theme"] == "Parking").mean() == pytest.approx(0.78, abs=0.08)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_comment_in_eight_is_in_spanish_and_has_a_gloss(made, seed):
    table = made[seed]
    spanish = table["language"] == "Spanish"
    assert spanish.mean() == pytest.approx(0.12, abs=0.015)
    assert (table["english_gloss"].notna() == spanish).all()
    assert (table.loc[spanish, "english_gloss"] != table.loc[spanish, "text"]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_hardly_any_comment_stands_there_twice(made, seed):
    repeats = made[seed]["text"].value_counts()
    assert repeats.max() <= 3
    assert (repeats > 1).sum() <= 10


@pytest.mark.parametrize("seed", SEEDS)
def test_three_hundred_were_read_by_both_readers(made, seed):
    table = made[seed]
    both = table["coder_a"].notna()
    assert both.sum() == 300
    assert (table["coder_b"].notna() == both).all()
    assert set(table.loc[both, "coder_a"]) <= set(THEMES)
    read = table[both]
    # The first reader slips now and then; only the second mixes up the pair.
    assert (read["coder_a"] != read["theme"]).sum() <= 36
    pair = read["theme"].isin(["Rent", "Home repair"])
    assert (read["coder_b"] != read["theme"])[pair].mean() > 0.45
    assert (read["coder_b"] != read["theme"])[~pair].mean() < 0.2


def test_days_fit_the_channel(made):
    table = made[SEED]
    assert table["day"].str.fullmatch(r"2025-\d{2}-\d{2}").all()
    assert table["day"].is_monotonic_increasing
    days = table.groupby("channel")["day"].agg(["min", "max", "nunique"])
    assert days.loc["Survey", ["min", "max"]].tolist() == ["2025-09-08", "2025-09-28"]
    assert days.loc["Meeting", "nunique"] == 8
    texts = table[(table["channel"] == "Text message") & (table["theme"] == "Heat")]
    assert texts["day"].max() <= "2025-09-07"


def average_score(score, theme):
    """Give a hidden score of the places that comments on a theme come from, on average."""
    world = make_world(SEED)
    by_place = dict(zip(world.neighborhood_id, score(world), strict=True))
    table = comments(world, SEED)
    return np.mean(
        [by_place[place] for place in table.loc[table["theme"] == theme, "neighborhood_id"]]
    )


def test_heat_comes_from_hot_places(monkeypatch):
    hot = average_score(lambda world: world.heat, "Heat")
    monkeypatch.setattr(module, "HEAT_FROM_HEAT", 0.0)
    assert hot > average_score(lambda world: world.heat, "Heat") + 0.15


@pytest.mark.parametrize(("theme", "sign"), [("Rent", 1), ("Parking", -1)])
def test_rent_comes_from_hardship_and_parking_from_elsewhere(monkeypatch, theme, sign):
    there = average_score(lambda world: world.hardship, theme)
    monkeypatch.setattr(module, "HARDSHIP_OF_THEME", {})
    assert sign * (there - average_score(lambda world: world.hardship, theme)) > 0.1


def test_shares_of_themes_add_up():
    assert {len(each.themes) for each in CHANNELS} == {len(THEMES)} == {len(SPANISH_THEMES)}
    for each in CHANNELS:
        assert sum(each.themes) == pytest.approx(1, abs=0.03), each.name


def test_there_are_sentences_for_every_theme_and_channel():
    assert set(sentences()) == set(THEMES)
    needed = {part.strip("()") for of in (ENGLISH_PARTS, SPANISH_PARTS) for parts in of.values()
              for part in parts}  # fmt: skip
    for theme, parts in sentences().items():
        assert set(parts) == needed, theme
        assert all(parts.values()), theme


def all_sentences():
    return [
        (theme, part, sentence)
        for theme, parts in sentences().items()
        for part, of in parts.items()
        for sentence in of
    ]


def test_words_are_plain_kind_and_spelled_the_us_way():
    for theme, part, (own, english) in all_sentences():
        assert not banned_in(english), (theme, english)
        assert not british_in(english), (theme, english)
        assert "!" not in own + english, (theme, own)
        assert own[0].isupper() or own[0] in "¿{", (theme, own)
        if not part.endswith("sms"):
            assert own[-1] in ".?", (theme, own)


def test_nothing_in_a_sentence_leads_to_a_person():
    names = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\b|@|\d{3}[-. ]\d{3}|\b\d+ [A-Z]\w+ (?:Street|Road)")
    for theme, _, (own, english) in all_sentences():
        assert not names.search(own), (theme, own)
        assert not names.search(english), (theme, english)


def test_a_gloss_fills_the_same_braces_as_its_sentence():
    for theme, _, (own, english) in all_sentences():
        assert set(re.findall(r"{\w+}", own)) == set(re.findall(r"{\w+}", english)), (theme, own)
        assert set(re.findall(r"{(\w+)}", own)) <= set(slots())


def test_spanish_joins_the_article(made):
    texts = made[SEED].loc[made[SEED]["language"] == "Spanish", "text"]
    assert not texts.str.contains(r" (?:de|a) el ").any()
    assert texts.str.contains(" del mercado").any()


def test_composed_comments_differ_as_long_as_there_are_ways():
    said = compose("Heat", "Text message", False, 40, np.random.default_rng(3), set())
    assert len({text for text, _ in said}) == 40
    # One sentence, and a street in it: more than the ways there are, so some come twice.
    many = compose("Noise", "Text message", True, 30, np.random.default_rng(3), set())
    assert len(many) == 30
    assert len(set(many)) == len(slots()["street"])


def test_a_draw_follows_each_row_and_never_leads_past_the_last_column():
    random = np.random.default_rng(5)
    chances = np.array([[0.2, 0.0, 0.6]]).repeat(4000, axis=0)
    drawn = draw_columns(chances, random)
    assert np.bincount(drawn, minlength=3)[1] == 0
    assert (drawn == 2).mean() == pytest.approx(0.75, abs=0.03)


def test_what_is_said_already_is_not_said_again():
    said = set(compose("Parking", "Survey", False, 30, np.random.default_rng(3), set()))
    again = compose("Parking", "Survey", False, 30, np.random.default_rng(3), said)
    assert not said & set(again)


def test_the_same_seed_gives_the_same_comments(made):
    assert comments(make_world(SEED), SEED).equals(made[SEED])
