"""Both doors of every exercise: right answers, known mistakes, and everything else people type."""

import math
from pathlib import Path

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.insights.service_waits import comparison
from playbook.insights.wait_gaps import same_mix_wait
from playbook.learn import exercises, lesson
from playbook.learn.question import Question, ask

IDS = sorted(exercises.bank())


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> City:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    city = load_city()
    for lesson_id in {exercises.exercise(key).lesson for key in IDS}:
        monkeypatch.setitem(lesson._opened, lesson_id, city)
    return city


def widget_answer(question: Question, answer: str) -> str:
    """Answer through the door with a button, as a learner would."""
    _, control, buttons, result = question.widget().children
    control.value = answer
    buttons.children[0].click()
    return str(result.value)


@pytest.mark.parametrize("key", IDS)
def test_the_right_answer_is_right_at_both_doors(key: str, opened: City) -> None:
    item = exercises.exercise(key)
    expected = item.expected(opened)
    assert str(exercises.check(key, expected)).startswith("That's it.")
    assert str(exercises.check(key, round(expected, item.decimals))).startswith("That's it.")
    assert str(exercises.check(key, item.label(expected))).startswith("That's it.")
    assert "That&#x27;s it." in widget_answer(Question(item, opened), item.label(expected))
    solution = exercises.solution(key, expected)
    assert str(solution).startswith("Solution.")
    # Whoever runs all cells sees no answer that they did not open.
    assert solution.html.startswith("<details class='pb-solution' ")
    assert " open" not in solution.html.partition(">")[0]


@pytest.mark.parametrize(
    ("key", "number"),
    [(key, n) for key in IDS for n in range(len(exercises.bank()[key].mistakes))],
)
def test_a_known_mistake_gets_its_own_reason_at_both_doors(
    key: str, number: int, opened: City
) -> None:
    item = exercises.exercise(key)
    mistake = item.mistakes[number]
    value = mistake.value(opened)
    assert not item.is_right(opened, value), "a mistake that equals the answer teaches nothing"
    said = str(exercises.check(key, value))
    assert said.startswith("Not yet.")
    first = next(m for m in item.mistakes if item.label(m.value(opened)) == item.label(value))
    assert first.reason(opened) in said
    from_widget = widget_answer(Question(item, opened), item.label(value))
    assert "Not yet." in from_widget


@pytest.mark.parametrize("key", IDS)
@pytest.mark.parametrize(
    "given", [..., "", "soon", math.nan, pd.DataFrame({"a": [1, 2]}), [1], None, True]
)
def test_anything_else_gets_words_and_never_an_error(key: str, given: object) -> None:
    said = str(exercises.check(key, given))
    assert said.startswith(("Not tried yet.", "Not yet."))


@pytest.mark.parametrize("key", IDS)
def test_feedback_on_a_miss_never_tells_the_answer_or_scores(key: str, opened: City) -> None:
    item = exercises.exercise(key)
    expected = item.label(item.expected(opened))
    for value in [*(m.value(opened) for m in item.mistakes), 987654.0]:
        said = str(exercises.check(key, value))
        assert expected not in said.replace(f"You have {item.label(value)}.", "")
        assert "wrong" not in said.lower()
        assert "passed" not in said.lower()
    for number in (1, 2, 3, 99):
        assert expected not in str(exercises.hint(key, number))


@pytest.mark.parametrize("key", IDS)
def test_choices_are_merged_in_a_fixed_order_and_unmarked(key: str, opened: City) -> None:
    item = exercises.exercise(key)
    labels = [label for label, _ in item.choices(opened)]
    assert len(labels) == len(set(labels)) >= 3
    assert item.label(item.expected(opened)) in labels
    twin = Question(item, opened).static_twin()
    summaries = [part.split("</summary>")[0] for part in twin.split("<summary")[1:]]
    assert not any("right" in part or "That" in part for part in summaries)


def test_the_difference_of_the_two_rounded_numbers_on_the_chart_is_right(opened: City) -> None:
    pair = comparison(opened)
    first, second = (
        round(same_mix_wait(opened, name).value, 1) for name in (pair.first, pair.second)
    )
    assert str(exercises.check("3.1-a", first - second)).startswith("That's it.")


def test_weeks_are_recognized(opened: City) -> None:
    days = exercises.exercise("3.1-c").expected(opened)
    assert "weeks" in str(exercises.check("3.1-c", days / 7))


def test_a_solution_that_the_bank_refuses_raises() -> None:
    with pytest.raises(PlaybookError, match="does not agree"):
        exercises.solution("3.1-b", 0.123)


def test_an_exercise_before_its_lesson_says_which_step_to_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lesson, "_opened", {})
    with pytest.raises(PlaybookError, match="first step of the lesson"):
        ask("3.1-a")


def test_unknown_exercises_are_named() -> None:
    with pytest.raises(PlaybookError, match=r"3\.1-z"):
        exercises.check("3.1-z", 1)


def test_answers_are_kept_and_run_all_loses_none(opened: City, tmp_path: Path) -> None:
    exercises.check("3.1-a", 1.0)
    exercises.check("3.1-a", 2.0)
    exercises.check("3.1-a", ...)
    exercises.check("3.1-a", 2.0)
    assert exercises.saved_answers() == {"3.1-a": [1.0, 2.0]}
    _, control, _, _ = Question(exercises.exercise("3.1-c"), opened).widget().children
    assert control.value == ""
    exercises.check("3.1-c", 30)
    _, control, _, _ = Question(exercises.exercise("3.1-c"), opened).widget().children
    assert control.value == "30.0 days"


def test_a_broken_answers_file_is_kept_aside(tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text("{half", encoding="utf-8")
    exercises.check("3.1-a", 2.0)
    assert exercises.saved_answers() == {"3.1-a": [2.0]}
    kept = list((tmp_path / "older").iterdir())
    assert [path.read_text(encoding="utf-8") for path in kept] == ["{half"]


def test_every_control_has_a_label(opened: City) -> None:
    for key in IDS:
        _, control, buttons, _ = Question(exercises.exercise(key), opened).widget().children
        assert control.description
        assert [button.description for button in buttons.children] == ["Check", "Hint"]


def test_the_hint_button_helps_a_little_more_each_time(opened: City) -> None:
    item = exercises.exercise("3.1-a")
    _, _, buttons, result = Question(item, opened).widget().children
    for hint in [*item.hints, item.hints[-1]]:
        buttons.children[1].click()
        assert hint.replace("'", "&#x27;") in result.value
