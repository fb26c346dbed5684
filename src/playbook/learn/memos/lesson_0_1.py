"""Memo of lesson 0.1: the first file that a learner keeps."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.insights.statements import finding
from playbook.learn.memos.content import MemoContent
from playbook.learn.practice import BUILT_IN
from playbook.show.charts import bar


def content(city: City) -> MemoContent:
    """Return the people of each district, the smallest table there is."""
    places = city["neighborhoods"]
    people = places.groupby("district", sort=False)["population"].sum()
    districts = pd.DataFrame({"District": people.index, "People": people.to_numpy()})
    return MemoContent(
        title=f"My first page about {city.name}",
        lines=(
            finding(city, "0.1-size"),
            finding(city, "0.1-neighbors"),
            *((BUILT_IN,) if city.fictional else ()),
            "I ran a step, changed one, checked an answer and saved this page.",
        ),
        table=districts.assign(People=districts["People"].map("{:,}".format)),
        caption="People in each district",
        figure=bar(
            districts,
            x="People",
            y="District",
            unit="people",
            decimals=0,
            finding="People in each district",
        ),
    )
