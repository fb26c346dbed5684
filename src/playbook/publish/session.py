"""The run of show of a session: computed from the catalog, and it adds up to the minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.errors import PlaybookError
from playbook.learn.catalog import Lesson

LENGTHS = (60, 90, 40)


@dataclass(frozen=True)
class Part:
    """One part of a session.

    Parameters
    ----------
    name
        What it is called on the clock.
    minutes
        How long it takes.
    do
        What the person who leads says and does.
    listen_for
        What shows that it worked.
    """

    name: str
    minutes: int
    do: str
    listen_for: str


_STEPS = "the steps"
_PARTS = {
    "monday": (
        "What happened on Monday",
        "Each person says in one sentence what they tried since last time. At a first session: "
        "one service that someone complained about this month.",
        "A step that did not work. Thank the person; it helps the next one.",
    ),
    "question": (
        "The question and a guess",
        "Read the question and the situation aloud. Everyone writes a guess before you show "
        "anything. Then ask for a show of hands.",
        "The reason behind a guess. Write one down where all can see it.",
    ),
    "steps": (
        _STEPS,
        "One person reads what to do, one runs it, one says the sentence that comes out.",
        "A sentence with its range in it.",
    ),
    "real": (
        "Is it real?",
        "Read this part aloud. Ask: what would make us change our mind?",
        "Someone names what these data can't show.",
    ),
    "break": (
        "Break",
        "Stand up. Leave the last chart on the screen.",
        "Talk about the chart that you did not start.",
    ),
    "exercise": (
        "Exercise in pairs",
        "Pairs pick an answer, then open it. Walk around. Ask how they got there before you help.",
        "Two people who disagree, and why.",
    ),
    "lever": (
        "Try the lever",
        "One person moves it, the others first say what will happen.",
        "A surprise. Ask what it means for your own dashboard.",
    ),
    "deeper": (
        "One deeper exercise",
        "Choose one from Going deeper. Pairs work; one pair explains.",
        "What the pair would ask an analyst at home.",
    ),
    "missing": (
        "Peer story and who is missing",
        "One person tells: we tried, this moved, this did not, I would ask you. Then read the "
        "questions of Who is missing aloud.",
        "A name or a place, not a category.",
    ),
    "city": (
        "My city",
        "Everyone fills in the page Take it to work: the question, whom to ask, the first step.",
        "A person with a name, and a date.",
    ),
    "aloud": (
        "Say it aloud",
        "Go around. Each person says the first step and the date.",
        "Anyone without a date. Offer to call on that day.",
    ),
}

# Minutes of each part, in order. The 60 are every session's; the 90 add a break, the lever and one
# deeper exercise; the 40 are for a short room.
_PLANS: dict[int, tuple[tuple[str, int], ...]] = {
    60: (
        ("monday", 5),
        ("question", 5),
        ("steps", 15),
        ("real", 5),
        ("exercise", 10),
        ("missing", 7),
        ("city", 10),
        ("aloud", 3),
    ),
    90: (
        ("monday", 5),
        ("question", 5),
        ("steps", 15),
        ("real", 5),
        ("exercise", 10),
        ("break", 10),
        ("lever", 8),
        ("deeper", 12),
        ("missing", 7),
        ("city", 10),
        ("aloud", 3),
    ),
    40: (
        ("question", 4),
        ("steps", 13),
        ("real", 4),
        ("exercise", 6),
        ("missing", 3),
        ("city", 8),
        ("aloud", 2),
    ),
}


def share_minutes(total: int, weights: Sequence[int]) -> list[int]:
    """Share whole minutes by weight so that they add up to the total.

    Parameters
    ----------
    total
        Minutes to share.
    weights
        One positive weight a part.

    Returns
    -------
    list of int
        Minutes in the order of the weights. Left-over minutes go to the largest remainders;
        of equal ones the earlier part gets it.

    Examples
    --------
    >>> share_minutes(15, [5, 6, 6])
    [5, 5, 5]
    >>> share_minutes(10, [1, 1, 1, 1])
    [3, 3, 2, 2]
    """
    exact = [total * weight / sum(weights) for weight in weights]
    minutes = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (minutes[i] - exact[i], i))
    for place in by_remainder[: total - sum(minutes)]:
        minutes[place] += 1
    return minutes


def has_deeper(lesson: Lesson) -> bool:
    """Whether a lesson has parts that fill the longer session."""
    return lesson.deeper_minutes > 0


def run_of_show(lesson: Lesson, minutes: int) -> tuple[Part, ...]:
    """Plan a session: its parts in order, in whole minutes that add up.

    Parameters
    ----------
    lesson
        The lesson's entry in the catalog. Its core steps share the time for steps.
    minutes
        60, or 90 for a lesson with a deeper part, or 40 when time is short.

    Returns
    -------
    tuple of Part

    Raises
    ------
    PlaybookError
        If there is no plan of that length for this lesson.

    Examples
    --------
    >>> from playbook.learn.catalog import lesson
    >>> for part in run_of_show(lesson("3.1"), 60)[:3]:
    ...     print(part.minutes, part.name)
    5 What happened on Monday
    5 The question and a guess
    5 Step 1: what the dashboard says
    """
    if minutes not in _PLANS or (minutes == 90 and not has_deeper(lesson)):
        lengths = [length for length in LENGTHS if length != 90 or has_deeper(lesson)]
        raise PlaybookError(
            f"There is no plan of {minutes} minutes for lesson {lesson.id}.",
            fix=f"Choose one of: {', '.join(map(str, sorted(lengths)))}.",
        )
    parts: list[Part] = []
    for key, length in _PLANS[minutes]:
        name, do, listen_for = _PARTS[key]
        names = _step_names(lesson) if name == _STEPS else [(name, 1)]
        shares = share_minutes(length, [weight for _, weight in names])
        parts += [
            Part(label, share, do, listen_for)
            for (label, _), share in zip(names, shares, strict=True)
        ]
    return tuple(parts)


def _step_names(lesson: Lesson) -> list[tuple[str, int]]:
    steps = [
        (step.name, step.minutes)
        for step in lesson.steps
        if step.level == "core" and step.name.startswith("Step ")
    ]
    return steps or [("The steps", 1)]


def clock(parts: Sequence[Part]) -> list[str]:
    """Tell when each part begins, counted from the start.

    Examples
    --------
    >>> clock([Part("One", 5, "", ""), Part("Two", 55, "", ""), Part("Three", 30, "", "")])
    ['0:00', '0:05', '1:00']
    """
    starts = [sum(part.minutes for part in parts[:place]) for place in range(len(parts))]
    return [f"{start // 60}:{start % 60:02}" for start in starts]
