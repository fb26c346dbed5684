"""Pathways: computed from the catalog, in an order that works."""

from pathlib import Path

import pytest

from playbook.city.capacities import planned_lessons
from playbook.errors import PlaybookError
from playbook.learn.catalog import lessons
from playbook.publish.pathways import Pathway, plan, read_pathways

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "book" / "pathways.toml"
PROGRAMS = {
    "learning-labs", "mayors-institute", "action-cohort", "policy-academy", "solutions-forum",
}  # fmt: skip
ROLES = {"mayors-office", "analyst", "department-head", "community-partner", "facilitator"}
SPRINT = "certification-sprint"
ONE = 'id = "x"\nname = "X"\nwords = "Words."\nlessons = ["3.1"]\nper = 1\nperiod = "week"\n'


def way(*ids: str, per: int = 1, closes_gaps: bool = False) -> Pathway:
    return Pathway("x", "X", "Words.", ids, per=per, period="month", closes_gaps=closes_gaps)


def planned(pathway: Pathway):
    return plan(pathway, lessons(), planned_lessons())


def test_five_programs_the_sprint_and_five_roles_have_a_way() -> None:
    found = read_pathways(FILE)
    assert set(found) == PROGRAMS | ROLES | {SPRINT}
    for one in PROGRAMS | {SPRINT}:
        assert found[one].year, one
        assert found[one].address.startswith("https://"), one
    assert all(planned(one).stops for one in found.values())


def test_the_action_cohort_takes_every_lesson_in_its_order() -> None:
    stops = planned(read_pathways(FILE)["action-cohort"]).stops
    ids = [stop.id for stop in stops]
    assert set(ids) == {*lessons(), *planned_lessons()}
    assert ids == sorted(ids, key=lambda one: [int(part) for part in one.split(".")])
    assert stops[-1].period <= 15


def test_minutes_and_criteria_are_those_of_the_written_lessons() -> None:
    made = planned(way("1.3", "4.1", "3.1", "2.2"))
    written = [lessons()[one] for one in ("1.3", "3.1", "2.2")]
    assert made.minutes == sum(one.core_minutes for one in written)
    assert set(made.criteria) == {code for one in written for code in one.criteria}
    assert len(made.criteria) == len(set(made.criteria))
    assert [stop.lesson is None for stop in made.stops] == [False, True, False, False]
    assert made.stops[1].title == planned_lessons()["4.1"]


def test_a_period_holds_as_many_lessons_as_its_rhythm_says() -> None:
    made = planned(way("0.1", "0.2", "1.1", per=2))
    assert [stop.period for stop in made.stops] == [1, 1, 2]
    assert made.length == "2 months, 2 lessons a month"


def test_the_sprint_adds_only_lessons_that_build_something_new() -> None:
    made = planned(way("0.2", "11.1", closes_gaps=True))
    covered = set(lessons()["0.2"].criteria)
    added = [stop.lesson for stop in made.stops[2:]]
    assert added
    assert len(made.stops) <= 10
    everything = {code for lesson in lessons().values() for code in lesson.criteria}
    assert set(made.criteria) == everything
    assert covered < everything
    # It is a choice: what the others build is built already.
    assert len(added) < len(lessons()) - 1


def test_without_the_wish_to_close_gaps_nothing_is_added() -> None:
    assert [stop.id for stop in planned(way("0.2", "11.1")).stops] == ["0.2", "11.1"]


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (("3.1", "12.7"), "no lesson '12.7'"),
        (("3.1", "3.1"), "twice"),
        (("3.2", "3.1"), "3.2 comes before 3.1"),
    ],
)
def test_a_way_that_does_not_work_is_named(ids: tuple[str, ...], said: str) -> None:
    with pytest.raises(PlaybookError, match=said):
        planned(way(*ids))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ONE.replace('name = "X"\n', ""), "name is missing"),
        (f"{ONE}color = 1\n", "color is not a field"),
        (ONE.replace('["3.1"]', '"3.1"'), "'3.1' as its lessons"),
        (ONE.replace("per = 1", "per = true"), "'True' as its per"),
        (ONE.replace('"week"', '"day"'), "no rhythm"),
        (ONE.replace("per = 1", "per = 0"), "no rhythm"),
        (f"{ONE}[[pathway]]\n{ONE}", "twice"),
        (f"{ONE}= 3", "can't read"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_pathway(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "pathways.toml"
    path.write_text(f"[[pathway]]\n{text}", encoding="utf-8")
    with pytest.raises(PlaybookError, match=said):
        read_pathways(path)


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pathways.toml"
    path.write_text(f"[[pathway]]\n{ONE}", encoding="utf-8")
    assert read_pathways(path)["x"].lessons == ("3.1",)
