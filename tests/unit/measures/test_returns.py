"""Returns after a move to a home: who counts, and for how long each was watched."""

import pandas as pd
import pytest

from playbook.errors import PlaybookError
from playbook.measures.returns import exit_cohort, returns_within

AS_OF = "2026-01-15"


def stays(exits, back, destination="Permanent housing"):
    return pd.DataFrame({"exit": exits, "destination": destination, "return_days": back})


def test_each_span_counts_what_the_shorter_one_counts():
    table = returns_within(
        stays(["2023-06-01"] * 20, [180, 181, 365, 366, 730, *[None] * 15]), AS_OF
    )
    assert table["returned"].tolist() == [1, 3, 5]
    assert table["share"].tolist() == [5, 15, 25]
    assert (table["low"] < table["share"]).all()
    assert (table["share"] < table["high"]).all()


def test_trap_only_those_watched_for_the_whole_span_are_counted():
    # Someone who left last month can't have come back after two years.
    exits = ["2023-01-16", "2023-01-17", "2024-01-16", "2024-01-17", "2025-12-01"]
    cohort = exit_cohort(stays(exits, None), AS_OF)
    assert cohort["exit"].tolist() == exits[1:3]
    last = pd.Timestamp(AS_OF) - pd.to_datetime(cohort["exit"])
    assert (last >= pd.Timedelta(days=730)).all()


def test_other_destinations_and_open_stays_do_not_count():
    table = stays(["2023-06-01"] * 30, [10] * 30)
    table.loc[:9, "destination"] = "Temporary housing"
    table.loc[10:14, "exit"] = None
    assert returns_within(table, AS_OF)["exits"].tolist() == [15] * 3


def test_few_people_are_too_few_to_tell():
    table = returns_within(stays(["2023-06-01"] * 10, [10] * 10), AS_OF)
    assert table[["share", "low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("table", "months", "words"),
    [
        (stays(["2023-06-01"], [10]), (3,), "not 3"),
        (stays(["2023-06-01"], [-1]), (6,), "before leaving"),
        (pd.DataFrame({"exit": ["2023-06-01"]}), (6,), "column called destination"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(table, months, words):
    with pytest.raises(PlaybookError, match=words):
        returns_within(table, AS_OF, months=months)
