"""The certification worksheet: all codes, in our words, and sound in itself."""

import pytest

from playbook.author.criteria import CRITERIA
from playbook.author.reading import grade
from playbook.author.words import banned_in, british_in
from playbook.simulate.certification import EFFECTS, certification_worksheet


@pytest.fixture(scope="module")
def sheet():
    return certification_worksheet()


def test_all_43_codes_stand_there_once(sheet):
    assert set(sheet["criterion"]) == CRITERIA
    assert sheet["criterion"].is_unique


def test_twenty_five_by_own_view_and_nineteen_with_proof(sheet):
    own, proven = ((sheet[name] == "yes") for name in ("self_report", "evidenced"))
    assert [own.sum(), proven.sum()] == [25, 19] == [effect.value for effect in EFFECTS]
    assert not (proven & ~own).any(), "nobody proves what they deny"


def test_proof_stands_where_there_is_some(sheet):
    assert (sheet["evidence"].notna() == (sheet["evidenced"] != "no")).all()


def test_needs_are_fourteen_known_and_met_first(sheet):
    needs = sheet.dropna(subset="needs")
    assert len(needs) == 14
    met = set(sheet.loc[sheet["evidenced"] == "yes", "criterion"])
    assert set(needs["needs"]) <= CRITERIA
    for row in needs.itertuples():
        assert row.criterion not in met or row.needs in met, row.criterion


def test_at_least_fifteen_open_criteria_are_built_by_a_lesson(sheet):
    left = sheet[sheet["evidenced"] != "yes"]
    assert len(left) == 24
    assert left["lesson"].notna().sum() >= 15


def test_the_words_are_plain_and_our_own(sheet):
    text = " ".join(sheet["summary"])
    assert grade(text) <= 8
    assert not banned_in(text)
    assert not british_in(text)
    assert sheet["summary"].is_unique
