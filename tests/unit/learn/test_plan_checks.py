"""Each rule of the plan sees what it is there for, and is silent when that is put right."""

from dataclasses import replace
from datetime import date

import pytest

from playbook.author.prose_rules import HIGHEST_GRADE
from playbook.author.reading import grade
from playbook.author.words import banned_in, british_in
from playbook.learn.catalog import lesson
from playbook.learn.plan import checks
from playbook.learn.plan.checks import Gap, gaps, read_date
from playbook.learn.plan.pages import PlanPage
from playbook.learn.practice import PRACTICE

TODAY = date(2026, 11, 22)
FIRST = PlanPage(
    "1.1",
    "boston",
    "Boston",
    lesson_version=lesson("1.1").version,
    title="The curve",
    indicator="Births with early care",
    population="Mothers in Boston",
    memo_owner="Ana",
    memo_first_step="Call the clinic",
    memo_by="December 15, 2026",
    memo_sign="The curve turns",
)
SECOND = replace(FIRST, lesson="2.2", lesson_version=lesson("2.2").version)
SOUND = [FIRST, SECOND]


def found(*pages: PlanPage) -> dict[str, list[Gap]]:
    """What each rule says of the pages; rules that are silent are left out."""
    said = {rule.__name__: list(rule(pages, TODAY)) for rule in checks.RULES}
    return {name: list_of for name, list_of in said.items() if list_of}


def test_a_sound_plan_has_no_gaps() -> None:
    assert gaps(SOUND, TODAY) == []


MUTATIONS = {
    "blanks, no owner": ("blanks", replace(SECOND, memo_owner="")),
    "blanks, no date": ("blanks", replace(SECOND, memo_by="")),
    "blanks, no first step": ("blanks", replace(SECOND, memo_first_step="")),
    "blanks, no sign": ("blanks", replace(SECOND, memo_sign="")),
    "a day that has passed": ("past_dates", replace(SECOND, memo_by="2026-11-21")),
    "no day": ("unclear_dates", replace(SECOND, memo_by="next spring")),
    "a day without a year": ("unclear_dates", replace(SECOND, memo_by="December 15")),
    "another indicator": ("indicators_differ", replace(SECOND, indicator="Evictions")),
    "other people": ("populations_differ", replace(SECOND, population="Renters")),
    "another city": ("cities_mixed", replace(SECOND, city="lima", city_name="Lima")),
    "practice": ("practice_beside_own", replace(SECOND, city="port-alder", indicator="")),
    "an older lesson": ("older_lessons", replace(SECOND, lesson_version="0.9")),
}


@pytest.mark.parametrize(("rule", "page"), MUTATIONS.values(), ids=MUTATIONS)
def test_a_rule_sees_its_fault_and_no_other_rule_does(rule: str, page: PlanPage) -> None:
    assert set(found(FIRST, page)) == {rule}
    (gap,) = found(FIRST, page)[rule]
    assert gap.what
    assert gap.fix


def test_every_rule_has_a_mutation() -> None:
    assert {rule for rule, _ in MUTATIONS.values()} == {rule.__name__ for rule in checks.RULES}


def test_what_is_said_for_my_city_counts_more_than_the_memo() -> None:
    page = replace(SECOND, memo_by="2020-01-01", by="2027-01-01", memo_owner="", owner="Ben")
    assert gaps([FIRST, page], TODAY) == []


def test_today_is_not_past() -> None:
    assert gaps([replace(FIRST, memo_by="2026-11-22")], TODAY) == []


def test_the_same_indicator_in_other_letters_is_the_same() -> None:
    assert gaps([FIRST, replace(SECOND, indicator="births  with EARLY care")], TODAY) == []


def test_practice_and_own_numbers_are_not_compared() -> None:
    other = replace(SECOND, city="port-alder", indicator="Evictions")
    assert "indicators_differ" not in found(FIRST, other)


def test_a_number_of_the_fictional_city_keeps_its_mark_in_a_gap() -> None:
    first = replace(FIRST, city="port-alder", indicator="Deaths before 75")
    second = replace(SECOND, city="port-alder", memo_by="2020-01-05")
    said = [gap.what for gap in gaps([first, second], TODAY)]
    assert len(said) == 2
    assert all(PRACTICE in line for line in said)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-05", "December 5, 2026", "Dec. 5, 2026", "dec 5th 2026", "5 December 2026",
        "12/5/2026", "12/05/26", "Saturday, December 5, 2026", "Sat, Dec 5, 2026",
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert read_date(text) == date(2026, 12, 5)


@pytest.mark.parametrize("text", ["", "soon", "12/2026", "2026", "31 February 2026", "May"])
def test_what_is_no_sure_day_is_not_guessed(text: str) -> None:
    assert read_date(text) is None


def test_what_a_gap_says_is_plain_and_short() -> None:
    said = [gap for _, page in MUTATIONS.values() for gap in gaps([FIRST, page], TODAY)]
    for gap in said:
        assert len(f"{gap}".split()) <= 50
        assert banned_in(str(gap)) == []
        assert british_in(str(gap)) == []
    assert grade(" ".join(map(str, said))) <= HIGHEST_GRADE
