"""The sessions as a calendar file that every calendar program reads (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playbook.publish.cohort.shapes import Cohort

NAME = "sessions.ics"
_REMIND = timedelta(days=-1)


def calendar_file(cohort: Cohort, short_name: str, changed: datetime) -> bytes:
    """Write one entry a session, with a reminder on the day before.

    Times are in universal time, so that every calendar shows them on its owner's clock.

    Parameters
    ----------
    cohort
        The cohort.
    short_name
        Its short name; the entries' lasting names come from it, so that a newer file moves an
        entry instead of adding a second one.
    changed
        When the dates were last changed.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Learning Lab Playbook//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", cohort.name)
    for number, session in enumerate(cohort.sessions, start=1):
        event = Event()
        event.add("uid", f"{short_name}-{number}@learning-lab-playbook")
        event.add("dtstamp", changed.astimezone(UTC))
        event.add("dtstart", session.begins.astimezone(UTC))
        event.add("dtend", session.ends.astimezone(UTC))
        event.add("summary", f"{cohort.name}: {session.lesson.title}")
        event.add("description", _description(cohort, session.lesson.question, session.lesson.id))
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", _REMIND)
        alarm.add("description", f"Tomorrow: {session.lesson.title}")
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(cohort: Cohort, question: str, lesson_id: str) -> str:
    return f"Lesson {lesson_id}. {question}\nQuestions? {cohort.contact}"
