"""Memo of lesson 1.3: which neighborhoods come first, and how sure that is."""

from __future__ import annotations

from playbook.city.tables import City
from playbook.insights.place_lives import priority_groups, three_places
from playbook.insights.statements import headline
from playbook.learn.memos.content import MemoContent, found_here
from playbook.show.charts import dots


def content(city: City) -> MemoContent:
    """Return the list that can be defended: sure, probable, can't tell."""
    groups = priority_groups(city)
    return MemoContent(
        title=f"Where life is shortest in {city.name}, and how sure we are",
        lines=(
            f"What we found. {found_here(city, '1.3-gap')}",
            f"What a ranking is worth. {found_here(city, '1.3-shortest')} "
            f"{found_here(city, '1.3-ranking')}",
            "Say with care. This is about places and what was done to them, not about the people "
            "who live there. Name an asset beside each place.",
            "Ask first: what do residents of these places want changed, and who has asked them?",
        ),
        table=groups.rename(
            columns={"group": "How sure", "places": "How many", "neighborhoods": "Neighborhoods"}
        ).astype(str),
        caption="The quarter of neighborhoods with the shortest lives",
        figure=dots(
            three_places(city),
            y="neighborhood",
            x="life_expectancy",
            low="low",
            high="high",
            unit="years",
            finding=headline(city, "1.3-range"),
        ),
    )
