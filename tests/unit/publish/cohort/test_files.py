"""What goes with a cohort's sites: calendar, invitation, offline file."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from playbook.learn.catalog import lessons
from playbook.publish.cohort.calendar import calendar_file
from playbook.publish.cohort.invitation import invitation
from playbook.publish.cohort.offline_zip import START, write_zip
from playbook.publish.cohort.settings import make_cohort

CHANGED = datetime(2027, 1, 5, 12, 0, tzinfo=UTC)
COHORT = make_cohort(
    {
        "name": "Spring, Lab; 2027 \\ friends: été",
        "dates": ["2027-03-10 14:00", "2027-03-17 14:00"],
        "time_zone": "America/Chicago",
        "contact": "Ana Ruiz, ana.ruiz@city.example",
        "welcome": "Bring one question; from your own work.",
        "lessons": ["3.1", "3.2"],
    },
    lessons(),
)


def events(text: bytes) -> list:
    return Calendar.from_ical(text.decode("utf-8")).walk("VEVENT")


def test_the_calendar_has_an_entry_a_session_at_the_right_moment() -> None:
    found = events(calendar_file(COHORT, "spring-lab", CHANGED))
    # Clocks change between the two: three o'clock stays three o'clock in Chicago.
    assert [one.decoded("dtstart") for one in found] == [
        datetime(2027, 3, 10, 20, tzinfo=UTC),
        datetime(2027, 3, 17, 19, tzinfo=UTC),
    ]
    assert [one.decoded("dtend") for one in found] == [
        datetime(2027, 3, 10, 21, tzinfo=UTC),
        datetime(2027, 3, 17, 20, tzinfo=UTC),
    ]
    assert len({str(one["uid"]) for one in found}) == 2


def test_signs_of_the_format_arrive_as_they_were_typed() -> None:
    first = events(calendar_file(COHORT, "spring-lab", CHANGED))[0]
    assert str(first["summary"]) == f"{COHORT.name}: {lessons()['3.1'].title}"
    assert str(first["description"]).endswith(COHORT.contact)


def test_lines_of_the_calendar_are_folded_and_end_as_the_standard_asks() -> None:
    long = replace(COHORT, name="é" * 80)
    text = calendar_file(long, "spring-lab", CHANGED)
    assert text.endswith(b"END:VCALENDAR\r\n")
    lines = text.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_the_same_cohort_gives_the_same_calendar_and_a_moved_one_keeps_its_entry() -> None:
    text = calendar_file(COHORT, "spring-lab", CHANGED)
    assert calendar_file(COHORT, "spring-lab", CHANGED) == text
    later = replace(COHORT, sessions=COHORT.sessions[::-1])
    moved = events(calendar_file(later, "spring-lab", CHANGED))
    assert [one["uid"] for one in moved] == [one["uid"] for one in events(text)]
    assert [one["dtstart"] for one in moved] != [one["dtstart"] for one in events(text)]


@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=80))
def test_no_name_breaks_the_calendar(name: str) -> None:
    text = calendar_file(replace(COHORT, name=name, contact=name), "spring-lab", CHANGED)
    found = events(text)
    assert len(found) == 2
    assert str(found[0]["summary"]) == f"{name}: {lessons()['3.1'].title}"
    assert max(len(line) for line in text.split(b"\r\n")) <= 75


def test_the_invitation_says_when_what_and_whom_to_ask() -> None:
    text = invitation(COHORT)
    for session in COHORT.sessions:
        assert session.when in text
        assert session.lesson.title in text
    for words in (COHORT.name, COHORT.welcome, COHORT.time_zone, "preflight.html", "fictional"):
        assert words in text
    assert text.rstrip().endswith("unofficial.")
    assert f"Questions? {COHORT.contact}" in text


def packed(folder: Path, target: Path) -> bytes:
    return write_zip(folder, b"<h1>Start</h1>", target, "spring-lab").read_bytes()


def test_the_offline_file_opens_with_its_first_page_on_top(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "book").mkdir(parents=True)
    (site / "index.html").write_text("home", encoding="utf-8")
    (site / "book" / "start.html").write_text("start", encoding="utf-8")
    packed(site, tmp_path / "offline.zip")
    with zipfile.ZipFile(tmp_path / "offline.zip") as file:
        assert file.namelist() == [
            f"spring-lab/{START}", "spring-lab/site/book/start.html", "spring-lab/site/index.html",
        ]  # fmt: skip
        assert file.read("spring-lab/site/index.html") == b"home"
        assert file.testzip() is None


def test_the_same_pages_give_the_same_file_whenever_they_were_written(tmp_path: Path) -> None:
    made = []
    for number, names in enumerate((("b.html", "a.html"), ("a.html", "b.html"))):
        site = tmp_path / str(number)
        site.mkdir()
        for name in names:
            (site / name).write_text(name, encoding="utf-8")
            (site / name).chmod(0o600 if number else 0o644)
        made.append(packed(site, tmp_path / f"{number}.zip"))
    assert made[0] == made[1]
    (tmp_path / "1" / "a.html").write_text("changed", encoding="utf-8")
    assert packed(tmp_path / "1", tmp_path / "2.zip") != made[0]
