"""Words that set texts apart, against a worked example."""

import math

import pandas as pd
import pytest

from playbook.errors import PlaybookError
from playbook.measures.distinctive_words import distinctive_words

# Text: hot 6, bus 4. Social: hot 1, parking 5, bus 4. The hotline is background only: hot 3.
TEXTS = pd.Series(
    ["hot hot"] * 2 + ["hot bus"] * 2 + ["bus"] * 2
    + ["parking bus"] * 4 + ["parking hot"]
    + ["hot"] * 3
)  # fmt: skip
GROUPS = pd.Series(["Text"] * 6 + ["Social"] * 5 + ["Hotline"] * 3)


def test_a_worked_example():
    table = distinctive_words(TEXTS, GROUPS, "Text", "Social").set_index("word")
    # The prior is what all texts hold: hot 10, bus 8, parking 5, together 23.
    ours, others = 6 + 10, 1 + 10
    delta = math.log(ours / (10 + 23 - ours)) - math.log(others / (10 + 23 - others))
    assert table.loc["hot", "in_first"] == 6
    assert table.loc["hot", "in_second"] == 1
    assert table.loc["hot", "log_odds"] == pytest.approx(delta)
    assert table.loc["hot", "z"] == pytest.approx(delta / math.sqrt(1 / ours + 1 / others))
    # The same share in both groups says nothing.
    assert table.loc["bus", "log_odds"] == pytest.approx(0)
    assert table.index.tolist() == ["hot", "bus", "parking"]


def test_the_other_way_round_signs_turn():
    table = distinctive_words(TEXTS, GROUPS, "Text", "Social").set_index("word")["z"]
    back = distinctive_words(TEXTS, GROUPS, "Social", "Text").set_index("word")["z"]
    assert back.to_dict() == pytest.approx((-table).to_dict())


def test_a_word_of_few_texts_is_not_shown_however_often_it_stands_there():
    texts = pd.concat([TEXTS, pd.Series(["grandmother " * 30] * 4)], ignore_index=True)
    groups = pd.concat([GROUPS, pd.Series(["Text"] * 4)], ignore_index=True)
    words = set(distinctive_words(texts, groups, "Text", "Social")["word"])
    assert "grandmother" not in words
    assert "hot" in words


def test_small_words_numbers_and_capitals():
    texts = pd.Series(["It is 90 at CANAL street, señora can't sleep"] * 6)
    groups = pd.Series(["a"] * 3 + ["b"] * 3)
    words = set(distinctive_words(texts, groups, "a", "b")["word"])
    assert words == {"canal", "street", "señora", "can't", "sleep"}


@pytest.mark.parametrize(
    ("texts", "groups", "second", "words"),
    [
        (TEXTS, GROUPS, "Meeting", "'Meeting'"),
        (TEXTS[:5], GROUPS, "Social", "5 texts and 14 groups"),
        (TEXTS.replace("bus", None), GROUPS, "Social", "12 texts"),
    ],
)
def test_texts_without_a_group_are_refused(texts, groups, second, words):
    with pytest.raises(PlaybookError, match=words):
        distinctive_words(texts, groups, "Text", second)
