"""Memo of lesson 0.2: the team's profile on one page, and three lessons to start with."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.lesson_0_2 import role_words
from playbook.insights.statements import headline
from playbook.insights.team_answers import role_profile, team_profile, widest_gap
from playbook.learn.memos.content import MemoContent, found_here
from playbook.learn.starters import starter_lessons
from playbook.show.charts import dots

TOO_FEW = "too few to tell"


def content(city: City) -> MemoContent:
    """Return the profile page, with what to say beside it."""
    start = starter_lessons(city).to_dict("records")
    return MemoContent(
        title=f"How ready is our team? A profile of {city.name}",
        lines=(
            f"What we found. {found_here(city, '0.2-average-hides')}",
            f"{found_here(city, '0.2-widest-spread')}",
            "Say with care. Scores are what people see from where they stand. They grade nobody.",
            *(
                f"Start with lesson {row['start_with']}: {row['capacity']} ({row['why']})."
                for row in start
            ),
        ),
        table=profile_page(city),
        caption="Seven capacities, scores from 0 to 4",
        figure=dots(
            role_profile(city),
            y="capacity",
            x="median",
            group="role",
            unit="of 4",
            finding=headline(city, "0.2-average-hides"),
        ),
    )


def profile_page(city: City) -> pd.DataFrame:
    """Return one row a capacity as text: average, the compared medians, and the spread."""
    profile, pair = team_profile(city), widest_gap(city)
    columns = {"Capacity": profile["capacity"], "Average": profile["average"].map(_text)}
    if pair:
        medians = role_profile(city).pivot(index="capacity", columns="role", values="median")
        for role in (pair.first, pair.second):
            words = role_words(role)
            column = medians[role].reindex(profile["capacity"]).map(_text)
            columns[f"Median, {words}"] = column.reset_index(drop=True)
    columns["Spread"] = profile["spread"].map(_text)
    return pd.DataFrame(columns)


def _text(score: float) -> str:
    return TOO_FEW if pd.isna(score) else format_number(score)
