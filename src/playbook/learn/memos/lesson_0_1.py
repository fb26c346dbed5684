"""Memo of lesson 0.1: the first file that a learner keeps."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.insights.district_places import MOST
from playbook.learn.memos.content import MemoContent, found_here
from playbook.learn.practice import BUILT_IN
from playbook.show.charts import bar


def content(city: City) -> MemoContent:
    """Return the people of each district, the smallest table there is."""
    places = city["neighborhoods"]
    # A city without districts lists its largest places.
    part = "district" if "district" in places else "name"
    people = places.groupby(part, sort=False)["population"].sum()
    people = people if part == "district" else people.nlargest(MOST)
    what = "District" if part == "district" else "Place"
    districts = pd.DataFrame({what: people.index, "People": people.to_numpy()})
    caption = "People in each district" if part == "district" else "People in the largest places"
    return MemoContent(
        title=f"My first page about {city.name}",
        lines=(
            found_here(city, "0.1-size"),
            found_here(city, "0.1-neighbors"),
            *((BUILT_IN,) if city.fictional else ()),
            "I ran a step, changed one, checked an answer and saved this page.",
        ),
        table=districts.assign(People=districts["People"].map("{:,}".format)),
        caption=caption,
        figure=bar(
            districts,
            x="People",
            y=what,
            unit="people",
            decimals=0,
            finding=caption,
        ),
    )
