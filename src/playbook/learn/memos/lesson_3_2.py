"""Memo of lesson 3.2: a rule for the paving money, with its reasons."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.silence_views import paving_shares
from playbook.insights.silent_streets import ALL_STREETS, BUDGET_KM, PAVED, RULES
from playbook.insights.stand_in import on_tables
from playbook.insights.statements import headline
from playbook.learn.memos.content import MemoContent, found_here
from playbook.show.charts import dots

TOO_FEW = "too few to tell"
BUILT_IN = "We built this in. It shows how to look, not what is true elsewhere."
FOR_AND_AGAINST = {
    RULES[0]: ("Residents point to the street", "Counts who calls, not what is broken"),
    RULES[1]: ("The most worn first, wherever it is", "Does not ask who lives there"),
    RULES[2]: (
        "The most worn first, and more where more residents live in poverty",
        "How much need counts is a choice. Defend it in public",
    ),
    ALL_STREETS: ("", "No rule: for comparison"),
}


def content(city: City) -> MemoContent:
    """Return the proposed rule, what each rule would do, and the reasons for and against."""
    return MemoContent(
        title=f"Which streets first in {city.name}: a rule with its reasons",
        lines=(
            f"What the walk found. {found_here(city, '3.2-hazards')}",
            f"What the phone heard. {found_here(city, '3.2-reports')}",
            f"Whom each rule reaches. {' '.join(dict.fromkeys(_reach(city)))}",
            f"Which streets. {found_here(city, '3.2-worn')}",
            *((BUILT_IN,) if city.fictional else ()),
            "The rule we propose. Condition first, with a little need. Race is not in it; "
            "afterward we count by race and language whom it reached. A part of the money stays "
            "apart to keep good streets good.",
            "What we owe to those who call. An answer to each request, and the place of their "
            "street on the list, with the reason.",
        ),
        table=reasons(city),
        caption=f"What each rule does with {BUDGET_KM} kilometers, and the reasons",
        figure=dots(
            paving_shares(city),
            y="rule",
            x="share",
            low="share_low",
            high="share_high",
            unit="percent of the kilometers",
            decimals=0,
            finding=headline(city, "3.2-rules"),
        ),
    )


def _reach(city: City) -> tuple[str, str]:
    return found_here(city, "3.2-requests"), found_here(city, "3.2-rules")


@on_tables(*PAVED)
def reasons(city: City) -> pd.DataFrame:
    """Return one row a rule: whom it reaches, how worn its streets are, what speaks for it."""
    shares = paving_shares(city)
    return pd.DataFrame(
        {
            "Rule": shares["rule"],
            "Highest-poverty fifth, percent of kilometers": _with_range(shares, "share"),
            "Condition of these streets, points": _with_range(shares, "condition"),
            "For": [FOR_AND_AGAINST[rule][0] for rule in shares["rule"]],
            "Against": [FOR_AND_AGAINST[rule][1] for rule in shares["rule"]],
        }
    )


def _with_range(shares: pd.DataFrame, name: str) -> list[str]:
    columns = [shares[f"{name}{end}"] for end in ("", "_low", "_high")]
    return [
        TOO_FEW if pd.isna(value) else f"{_whole(value)} ({_whole(low)} to {_whole(high)})"
        for value, low, high in zip(*columns, strict=True)
    ]


def _whole(value: float) -> str:
    return format_number(value, 0)
