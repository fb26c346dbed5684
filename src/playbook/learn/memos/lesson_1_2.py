"""Memo of lesson 1.2: a publication protocol, and the systems to begin with."""

from __future__ import annotations

from playbook.city.tables import City
from playbook.insights.next_moves import next_moves
from playbook.insights.statements import headline
from playbook.insights.table_attacks import numbers_that_fit
from playbook.learn.memos.content import MemoContent, found_here
from playbook.learn.practice import BUILT_IN
from playbook.show.charts import dots

RULE = (
    "Our rule. Counts of 1 to 10 are not shown (Centers for Medicare and Medicaid Services, "
    "version of January 26, 2024), unless a stricter rule binds us. Each table names its rule."
)


def _rule(city: City) -> str:
    own = f"Our rule. {city.small_counts.words} Each table names its rule."
    return RULE if city.fictional else own


def content(city: City) -> MemoContent:
    """Return what was found, the rule, the steps before a table goes out, and the first systems."""
    built_in = f" {BUILT_IN}" if city.fictional else ""
    first = next_moves(city)
    known = "asked_for" in first
    table = first.assign(asked_for=first["asked_for"].map("{:,}".format)) if known else first
    most = "Asked for most and not open yet" if known else "Not on the inventory yet"
    return MemoContent(
        title=f"How {city.name} publishes: know it, fix it, protect it",
        lines=(
            f"Know it. {found_here(city, '1.2-coverage')}{built_in}",
            f"Fix it. {found_here(city, '1.2-faults')}{built_in}",
            f"Protect it. {found_here(city, '1.2-naive')} {found_here(city, '1.2-protected')}",
            f"Look back. {found_here(city, '1.2-rolling')}",
            _rule(city),
            "Before a table goes out. The system is on the inventory and has a steward. Rows that "
            "can't be right are out, and we print how many. Someone who did not make the table "
            "tries to break it: alone, and beside all we have printed.",
            "Say with care. A protected table tells no more of a small count than that it is "
            "small. Beside other tables it may tell more. Where much is hidden, join groups or "
            "years, and ask the people counted there.",
        ),
        table=table.rename(columns=lambda name: name.replace("_", " ").capitalize()),
        caption=f"{most}, with the next move",
        figure=dots(
            numbers_that_fit(city),
            y="count",
            x="numbers_that_fit",
            group="table",
            decimals=0,
            finding=headline(city, "1.2-protected"),
        ),
    )
