"""Memo of lesson 2.3: the focus area with its burdens and its assets, and how it came to be."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.burden_views import burden_map, focus_places
from playbook.insights.statements import headline
from playbook.learn.memos.content import MemoContent, found_here
from playbook.learn.practice import BUILT_IN
from playbook.show.places import places

TWIN = (
    "Published studies found such gaps, too: babies of US parents with college degrees weighed too "
    "little in 7 percent of Black and 3 percent of White births (New England Journal of Medicine, "
    "1992)."
)
MATCHED = "Port Alder's gap was set to match them."


def content(city: City) -> MemoContent:
    """Return the focus area: what sits there, what residents built, and how it came to be."""
    twin = f"{TWIN} {MATCHED}" if city.fictional else TWIN
    return MemoContent(
        title=f"Where half of the load was put in {city.name}, and what residents built there",
        lines=(
            f"What sits where. {found_here(city, '2.3-half')}",
            f"What there is to build on. {found_here(city, '2.3-assets')}",
            f"How this came to be. {found_here(city, '2.3-graded')} "
            f"{found_here(city, '2.3-expressway')}{f' {BUILT_IN}' if city.fictional else ''}",
            f"Not income alone. {found_here(city, '2.3-highest-third')} {twin}",
            "Still to write, with residents. Which decision, in which year, by which office, with "
            "whose signature? Who was advantaged by it? Who had to leave?",
            "Say with care. What stands together is no proof of who did what. Race stands for what "
            "laws, lenders and others did to people. It is no trait of anyone.",
        ),
        table=_for_readers(focus_places(city)),
        caption="The places that hold half of the counted burdens, with what residents built there",
        figure=places(
            city,
            burden_map(city),
            value="share_of_burdens",
            unit="%",
            finding=headline(city, "2.3-half"),
        ),
    )


def _for_readers(held: pd.DataFrame) -> pd.DataFrame:
    """Return one row a place: its burdens, its past and its assets where known, as text."""
    names = {
        "name": "Place",
        "burden_percent": "Share of burdens, percent",
        "holc_grade": "Lending grade",
        "expressway": "Expressway",
        "community_gardens": "Gardens",
        "resident_groups": "Resident groups",
        "local_shops": "Local shops",
    }
    shown = held[[name for name in names if name in held]].rename(columns=names)
    percent = shown["Share of burdens, percent"].map(format_number)
    return shown.assign(**{"Share of burdens, percent": percent}).astype(str)
