"""The run of show adds up to the minute, for every lesson and every length."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.learn.catalog import Step, lesson, lessons
from playbook.publish.session import clock, has_deeper, run_of_show, share_minutes

# The parts of 60 minutes, as every session has them.
SIXTY = [5, 5, 15, 5, 10, 7, 10, 3]


@pytest.mark.parametrize("lesson_id", list(lessons()))
@pytest.mark.parametrize("minutes", [40, 60, 90])
def test_a_session_adds_up_to_the_minute(lesson_id: str, minutes: int) -> None:
    entry = lesson(lesson_id)
    if minutes == 90 and not has_deeper(entry):
        with pytest.raises(PlaybookError, match="no plan of 90 minutes"):
            run_of_show(entry, minutes)
        return
    parts = run_of_show(entry, minutes)
    assert sum(part.minutes for part in parts) == minutes
    assert all(part.minutes > 0 for part in parts)


def test_sixty_minutes_are_the_parts_we_agreed_on() -> None:
    parts = run_of_show(lesson("3.1"), 60)
    steps = [part.minutes for part in parts if part.name.startswith("Step ")]
    assert len(steps) == 3
    assert [
        parts[0].minutes,
        parts[1].minutes,
        sum(steps),
        *(p.minutes for p in parts[5:]),
    ] == SIXTY


def test_ninety_minutes_add_a_break_the_lever_and_one_deeper_exercise() -> None:
    entry = lesson("3.1")
    short = {part.name for part in run_of_show(entry, 60)}
    added = [part.name for part in run_of_show(entry, 90) if part.name not in short]
    assert added == ["Break", "Try the lever", "One deeper exercise"]


def test_steps_come_from_the_catalog() -> None:
    steps = tuple(Step(f"Step {n}: look", n, "core") for n in (1, 2))
    parts = run_of_show(replace(lesson("0.1"), steps=steps), 60)
    assert [(p.name, p.minutes) for p in parts if "look" in p.name] == [
        ("Step 1: look", 5),
        ("Step 2: look", 10),
    ]


@given(st.integers(1, 120), st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_shared_minutes_add_up_and_follow_the_weights(total: int, weights: list[int]) -> None:
    minutes = share_minutes(total, weights)
    assert sum(minutes) == total
    for got, weight in zip(minutes, weights, strict=True):
        assert abs(got - total * weight / sum(weights)) < 1


def test_the_clock_starts_at_zero_and_ends_where_the_last_part_begins() -> None:
    parts = run_of_show(lesson("3.1"), 90)
    assert clock(parts)[0] == "0:00"
    hours, minutes = clock(parts)[-1].split(":")
    assert int(hours) * 60 + int(minutes) + parts[-1].minutes == 90
