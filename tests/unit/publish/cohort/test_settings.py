"""A cohort's file: each line that can't be used is named, with what to write instead."""

import tomllib
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.learn.catalog import lessons
from playbook.publish.cohort.field_checks import LONGEST, check_folder_name, check_text
from playbook.publish.cohort.settings import NEEDED, cohort_text, make_cohort, read_cohort

SOUND: dict[str, Any] = {
    "name": "Spring Lab 2027",
    "dates": ["2027-03-10 14:00", "2027-03-17 14:00"],
    "time_zone": "America/Chicago",
    "contact": "Ana Ruiz, ana.ruiz@city.example",
    "welcome": "Bring one question from your own work.",
    "lessons": ["3.1", "3.2"],
}
FAULTS = [
    ("dates", ["2027-03-17 14:00", "2027-03-10 14:00"], "not later"),
    ("dates", ["2027-03-10 14:00", "2027-03-10 14:00"], "not later"),
    ("dates", ["2027-03-10 14:00"], "1 date and 2 lessons"),
    ("dates", ["March 10", "2027-03-17 14:00"], "'March 10'"),
    ("dates", ["2027-02-30 14:00", "2027-03-17 14:00"], "'2027-02-30 14:00'"),
    ("dates", ["0027-03-10 14:00", "2027-03-17 14:00"], "year"),
    # That night the clocks go from two to three.
    ("dates", ["2027-03-14 02:30", "2027-03-17 14:00"], "does not exist"),
    ("dates", "2027-03-10 14:00", "can't use"),
    ("dates", [], "Nothing"),
    ("dates", [f"20{year}-01-01 10:00" for year in range(10, 99)], "89"),
    ("time_zone", "Chicago", "'Chicago'"),
    ("time_zone", "../../etc/passwd", "no time zone"),
    ("time_zone", 6, "no time zone"),
    ("name", "<b>Spring</b>", "< or >"),
    ("name", "Spring\nLab", "no page shows"),
    ("name", "Spring \u202eLab", "no page shows"),
    ("name", "x" * 10_000, "10,000"),
    ("name", "  ", "Nothing"),
    ("name", 7, "'7'"),
    ("contact", "<script>alert(1)</script>", "< or >"),
    ("welcome", ["Hello"], "can't use"),
    ("lessons", ["3.1", "9.9"], "'9.9'"),
    ("lessons", ["3.1", 3.2], "can't use"),
    ("lessons", "3.1", "can't use"),
    ("minutes", 55, "'55'"),
    ("minutes", "60", "'60'"),
    ("minutes", True, "'True'"),
    ("solutions", "no", "'no'"),
    ("solutions", 0, "'0'"),
]


def test_a_sound_file_is_read_with_its_usual_values() -> None:
    cohort = make_cohort(SOUND, lessons())
    assert [session.lesson.id for session in cohort.sessions] == ["3.1", "3.2"]
    assert cohort.solutions
    first = cohort.sessions[0]
    assert first.minutes == 60
    assert first.when == "Wednesday, March 10, 2027, 2:00 PM"
    assert cohort.dates == "March 10, 2027 to March 17, 2027"
    # Clocks change between the two sessions.
    hours = [session.begins.astimezone(UTC).hour for session in cohort.sessions]
    assert hours == [20, 19]


@pytest.mark.parametrize(("field", "value", "said"), FAULTS)
def test_a_line_that_can_not_be_used_is_named_with_a_fix(
    field: str, value: object, said: str
) -> None:
    with pytest.raises(PlaybookError) as told:
        make_cohort({**SOUND, field: value}, lessons())
    error = told.value
    assert error.where == f"cohort.toml, {field}"
    assert said in error.what
    assert error.fix
    assert len(f"{error.what} {error.fix}".split()) <= 45


@pytest.mark.parametrize("field", NEEDED)
def test_a_missing_line_is_named_with_an_example(field: str) -> None:
    without = {name: value for name, value in SOUND.items() if name != field}
    with pytest.raises(PlaybookError, match="missing") as told:
        make_cohort(without, lessons())
    assert told.value.where == f"cohort.toml, {field}"
    assert f"{field} = " in told.value.fix


def test_a_field_that_is_misspelled_gets_the_nearest_name() -> None:
    with pytest.raises(PlaybookError) as told:
        make_cohort({**SOUND, "timezone": "America/Chicago"}, lessons())
    assert "time_zone" in told.value.fix


def test_a_session_of_90_minutes_needs_a_lesson_that_has_enough() -> None:
    short = next(one.id for one in lessons().values() if not one.deeper_minutes)
    changed = {**SOUND, "lessons": [short, "3.1"], "minutes": 90}
    with pytest.raises(PlaybookError, match="90") as told:
        make_cohort(changed, lessons())
    assert told.value.where == "cohort.toml, minutes"
    assert make_cohort({**SOUND, "minutes": 90}, lessons()).sessions[0].minutes == 90


def test_a_session_in_the_night_of_the_clocks_has_its_full_length() -> None:
    changed = {**SOUND, "dates": ["2027-03-14 01:30", "2027-03-17 14:00"]}
    session = make_cohort(changed, lessons()).sessions[0]
    minutes = (session.ends.astimezone(UTC) - session.begins.astimezone(UTC)).total_seconds() / 60
    assert minutes == 60
    assert session.ends.hour == 3


def test_a_file_that_is_missing_or_torn_is_told_plainly(tmp_path: Path) -> None:
    path = tmp_path / "spring-lab" / "cohort.toml"
    with pytest.raises(PlaybookError, match="can't open"):
        read_cohort(path, lessons())
    path.parent.mkdir()
    for torn in (b'name = "Spring', b"\xff\xfe\x00"):
        path.write_bytes(torn)
        with pytest.raises(PlaybookError, match="can't read"):
            read_cohort(path, lessons())


def test_a_file_with_the_mark_of_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cohort.toml"
    path.write_bytes(b"\xef\xbb\xbf" + cohort_text("spring-lab", SOUND).encode())
    assert read_cohort(path, lessons()) == make_cohort(SOUND, lessons())


def refusal(function: Callable[..., object], *arguments: object) -> PlaybookError | None:
    """What a function says when it refuses; nothing when it does not."""
    try:
        function(*arguments)
    except PlaybookError as problem:
        return problem
    return None


PLAIN = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=80)


@given(PLAIN)
def test_what_is_written_is_read_again(text: str) -> None:
    if refusal(check_text, "name", text):
        assert not text.strip() or "<" in text or ">" in text
        return
    kept = check_text("name", text)
    written = cohort_text("spring-lab", {**SOUND, "name": kept, "welcome": kept})
    assert make_cohort(tomllib.loads(written), lessons()).name == kept


@given(st.text(max_size=200))
def test_a_text_is_used_or_refused_and_never_holds_markup(text: str) -> None:
    problem = refusal(check_text, "name", text)
    if problem:
        assert problem.where == "cohort.toml, name"
        return
    kept = check_text("name", text)
    assert not {"<", ">", "\n", "\r", "\x00"} & set(kept)
    assert 0 < len(kept) <= LONGEST["name"]


@given(
    st.dictionaries(
        st.sampled_from([*SOUND, "minutes", "solutions", "else"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.datetimes(),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=4,
        ),
    )
)
def test_any_file_is_read_or_refused_in_plain_words(entries: dict[str, Any]) -> None:
    problem = refusal(make_cohort, {**SOUND, **entries}, lessons())
    assert problem is None or problem.where.startswith("cohort.toml, ")


@pytest.mark.parametrize("name", ["spring-lab", "a", "x" * 40, "lab-2027"])
def test_a_short_name_can_be_a_folder_everywhere(name: str) -> None:
    assert check_folder_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "Spring Lab", "../x", "a/b", "a\\b", "-a", "a-", "con", "lpt1", "x" * 41, "lab\n", "é"],
)
def test_another_short_name_is_refused_with_one_that_works(name: str) -> None:
    with pytest.raises(PlaybookError, match="short name") as told:
        check_folder_name(name)
    offered = told.value.fix.partition("For example: ")[2].partition(".")[0]
    assert check_folder_name(offered) == offered
