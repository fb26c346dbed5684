"""The text of the invitation, to paste into a mail."""

from __future__ import annotations

from textwrap import fill

from playbook.publish.cohort.shapes import Cohort

NAME = "invite.txt"
ADDRESS = "[the address where you put the folder site]"
_WIDTH = 78


def invitation(cohort: Cohort) -> str:
    """Write the invitation: what, when, what to do before, whom to ask.

    Parameters
    ----------
    cohort
        The cohort.
    """
    sessions = [
        f"* {session.when}, {session.minutes} minutes\n"
        f"  {session.lesson.id} {session.lesson.title}\n"
        f"  You leave with: {session.lesson.you_leave_with}"
        for session in cohort.sessions
    ]
    before = (
        "Three days before, please open this page. It checks in a minute whether all works on "
        "your computer, and says what to do if not:"
    )
    paragraphs = [
        f"Subject: {cohort.name}, {cohort.dates}",
        fill(cohort.welcome, _WIDTH),
        f"When (times are in {cohort.time_zone}):",
        *sessions,
        fill("You need no code, no account and no data. Nothing is installed.", _WIDTH),
        fill(before, _WIDTH),
        f"{ADDRESS}/preflight.html",
        f"All lessons are here:\n{ADDRESS}/index.html",
        fill("No network on the day? Ask for the file offline.zip. It holds all pages.", _WIDTH),
        fill("What do you need to take part? Tell us now, and we do it.", _WIDTH),
        fill(f"Questions? {cohort.contact}", _WIDTH),
        fill(
            "The lessons use Port Alder, a fictional city. They are independent and unofficial.",
            _WIDTH,
        ),
    ]
    return "\n\n".join(paragraphs) + "\n"
