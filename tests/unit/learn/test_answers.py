import math

import numpy as np
import pandas as pd
import pytest

from playbook.estimate import Estimate
from playbook.learn.answers import read_answer


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (3, 3.0),
        (3.5, 3.5),
        (np.float64(3.5), 3.5),
        (np.int64(3), 3.0),
        ("8.4", 8.4),
        ("8.4 days", 8.4),
        (" 8.4 days ", 8.4),
        ("-3.9 days", -3.9),
        ("$1,200", 1200.0),
        ("23%", 23.0),
        ("about 30", 30.0),
        ("2 weeks", 14.0),
        ("36 hours", 1.5),
        (Estimate(4.2, 4.0, 4.4, unit="days"), 4.2),
        (pd.Series([7.5]), 7.5),
        (pd.DataFrame({"a": [7.5]}), 7.5),
    ],
)
def test_numbers_are_read_in_every_form(given: object, value: float) -> None:
    answer = read_answer(given, "days")
    assert answer.state == "number"
    assert answer.value == pytest.approx(value)


@pytest.mark.parametrize("given", [..., None, "", "  ", "..."])
def test_dots_and_blanks_mean_not_tried(given: object) -> None:
    assert read_answer(given, "days").state == "empty"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("soon", "soon"),
        ("between 3 and 4", "between 3 and 4"),
        (math.nan, "empty number"),
        (math.inf, "empty number"),
        (pd.DataFrame({"a": [1, 2]}), "table of 2 cells"),
        ([1, 2], "not a number"),
        (True, "not a number"),
        ({"a": 1}, "not a number"),
    ],
)
def test_what_cannot_be_read_says_what_was_seen(given: object, words: str) -> None:
    answer = read_answer(given, "days")
    assert answer.state == "unreadable"
    assert words in answer.why
