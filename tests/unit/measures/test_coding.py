"""Two readers, one list of keywords, and how far to trust them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.coding import cohens_kappa, kappa_when_joined, keyword_check, mixed_up

THEMES = ["Heat", "Rent", "Repair", "Parking"]


def readers(*cells):
    """Build two columns from (first, second, how often)."""
    rows = [(first, second) for first, second, count in cells for _ in range(count)]
    return pd.Series([row[0] for row in rows]), pd.Series([row[1] for row in rows])


def test_kappa_by_hand():
    # 35 of 50 agree; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5 would.
    found = cohens_kappa(*readers(("a", "a", 20), ("a", "b", 5), ("b", "a", 10), ("b", "b", 15)))
    assert found.value == pytest.approx(0.4)
    assert found.low < 0.4 < found.high


def test_full_agreement_is_one_and_chance_is_zero():
    assert cohens_kappa(*readers(("a", "a", 20), ("b", "b", 20))).value == 1
    even = [(one, two, 10) for one in "ab" for two in "ab"]
    assert cohens_kappa(*readers(*even)).value == pytest.approx(0)


@given(st.lists(st.sampled_from(THEMES), min_size=30, max_size=60), st.integers(0, 2**32 - 1))
def test_kappa_does_not_depend_on_order_names_or_who_is_first(codes, seed):
    random = np.random.default_rng(seed)
    first = pd.Series(codes)
    second = first.where(random.random(len(codes)) < 0.7, "Heat")
    found = cohens_kappa(first, second)
    if not found.known:
        return
    shuffle = random.permutation(len(codes))
    names = {theme: theme[::-1] for theme in THEMES}
    for one, two in (
        (second, first),
        (first.iloc[shuffle], second.iloc[shuffle]),
        (first.map(names), second.map(names)),
    ):
        again = cohens_kappa(one, two)
        assert again.value == pytest.approx(found.value)
        assert again.low == pytest.approx(found.low)
    assert -1 <= found.low <= found.value <= found.high <= 1


def test_few_comments_or_one_theme_are_too_few_to_tell():
    assert not cohens_kappa(*readers(("a", "a", 15), ("b", "b", 14))).known
    assert not cohens_kappa(*readers(("a", "a", 40))).known


def test_comments_that_nobody_read_are_left_out():
    first, second = readers(("a", "a", 20), ("b", "a", 5), ("b", "b", 15))
    gap = pd.Series([None] * 7)
    longer = cohens_kappa(pd.concat([first, gap]), pd.concat([second, gap]))
    assert longer.value == pytest.approx(cohens_kappa(first, second).value)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (pd.Series(["a", "b"]), pd.Series(["a"]), "2 rows and the other 1"),
        (pd.Series(["a", "b"]), pd.Series(["a", None]), "Only one reader gave a theme to 1 of 2"),
        (pd.Series([None, None]), pd.Series([None, None]), "No comment was read by both"),
    ],
)
def test_columns_that_do_not_match_are_refused(first, second, words):
    with pytest.raises(PlaybookError, match=words):
        cohens_kappa(first, second)


def test_the_pair_that_is_mixed_up_most_comes_first_in_either_direction():
    first, second = readers(
        ("Rent", "Repair", 4), ("Repair", "Rent", 3), ("Heat", "Rent", 3), ("Heat", "Heat", 20)
    )
    table = mixed_up(first, second)
    assert table.loc[0, ["theme", "other", "comments"]].tolist() == ["Rent", "Repair", 7]
    assert table["share"].sum() == pytest.approx(100)
    assert table.loc[0, "share"] == pytest.approx(70)
    assert len(table) == 2


def test_readers_who_always_agree_mix_nothing_up():
    assert mixed_up(*readers(("a", "a", 3), ("b", "b", 3))).empty


CONFUSED = readers(
    ("Rent", "Repair", 25),
    ("Repair", "Rent", 25),
    ("Rent", "Rent", 30),
    ("Repair", "Repair", 30),
    ("Heat", "Heat", 60),
    ("Heat", "Parking", 10),
    ("Parking", "Parking", 60),
)


def test_joining_the_pair_lifts_kappa_and_joining_another_does_not():
    kappa, gain = kappa_when_joined(*CONFUSED, ["Rent", "Repair"])
    before = cohens_kappa(*CONFUSED)
    assert gain.value == pytest.approx(kappa.value - before.value)
    assert 0 < gain.low < gain.value < gain.high
    _, other = kappa_when_joined(*CONFUSED, ["Heat", "Rent"])
    assert other.high < gain.low


def test_joining_is_the_same_as_writing_one_name():
    kappa, _ = kappa_when_joined(*CONFUSED, ["Rent", "Repair"])
    first, second = (column.replace({"Repair": "Rent"}) for column in CONFUSED)
    assert kappa.value == pytest.approx(cohens_kappa(first, second).value)


def test_the_range_of_the_gain_is_repeatable_and_narrower_with_more_comments():
    once, again = (kappa_when_joined(*CONFUSED, ["Rent", "Repair"])[1] for _ in range(2))
    assert (once.low, once.high) == (again.low, again.high)
    many = [pd.concat([column] * 4) for column in CONFUSED]
    narrow = kappa_when_joined(*many, ["Rent", "Repair"])[1]
    assert narrow.high - narrow.low < 0.7 * (once.high - once.low)


@pytest.mark.parametrize(
    ("themes", "words"),
    [(["Rent", "Noise"], "'Noise'"), (["Rent"], "One theme"), (["Rent", "Rent"], "One theme")],
)
def test_themes_to_join_are_two_that_were_used(themes, words):
    with pytest.raises(PlaybookError, match=words):
        kappa_when_joined(*CONFUSED, themes)


def test_too_few_comments_have_no_gain():
    kappa, gain = kappa_when_joined(*readers(("a", "a", 9), ("b", "c", 9)), ["b", "c"])
    assert not kappa.known
    assert not gain.known


TEXTS = pd.Series(
    ["My RENT is high", "Renters left", "The current price", "a leak (again)", "mold", "heat"]
)
MEANT = pd.Series(["Rent", "Rent", "Rent", "Repair", "Repair", "Heat"])


def test_keywords_begin_a_word_whatever_the_case():
    table = keyword_check(TEXTS, MEANT, {"Rent": ["rent"], "Repair": ["leak", "(again)"]})
    # "current" holds rent inside: it is missed, not found.
    assert table.loc["Rent", ["comments", "found", "right"]].tolist() == [3, 2, 2]
    assert table.loc["Rent", "recall"] == pytest.approx(200 / 3)
    assert table.loc["Rent", "precision"] == 100
    assert table.loc["Repair", "recall"] == 50
    assert (table["recall_low"] < table["recall"]).all()
    assert (table["recall_high"] > table["recall"]).all()


def test_nothing_found_has_no_precision_and_nothing_meant_no_recall():
    table = keyword_check(TEXTS, MEANT, {"Heat": ["shade"], "Noise": ["high"]})
    assert np.isnan(table.loc["Heat", "precision"])
    assert table.loc["Heat", "recall"] == 0
    assert np.isnan(table.loc["Noise", "recall"])


@pytest.mark.parametrize(
    ("texts", "themes", "keywords", "words"),
    [
        (TEXTS[:5], MEANT, {"Rent": ["rent"]}, "5 texts and 6 themes"),
        (TEXTS, MEANT.replace("Heat", None), {"Rent": ["rent"]}, "6 texts and 5 themes"),
        (TEXTS, MEANT, {"Rent": []}, "Rent has no keywords"),
    ],
)
def test_texts_without_themes_and_themes_without_words_are_refused(texts, themes, keywords, words):
    with pytest.raises(PlaybookError, match=words):
        keyword_check(texts, themes, keywords)
