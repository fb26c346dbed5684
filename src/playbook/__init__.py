"""The Learning Lab Playbook: the names a lesson uses.

``import playbook as pb`` is all a lesson imports. Each name below loads its module on first use,
so that the import itself costs next to nothing.
"""

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from playbook.city.tables import City, load_city
    from playbook.errors import PlaybookError
    from playbook.estimate import Estimate
    from playbook.insights.avoidable_visits import (
        gap_by_period,
        gap_measures,
        group_rates,
        measures_at,
        visit_rates,
    )
    from playbook.insights.place_lives import (
        life_expectancies,
        life_funnel,
        life_table_of,
        life_table_place,
        ranking_with_years,
        shortest_lives,
        shrunken_lives,
        three_places,
    )
    from playbook.insights.service_waits import request_waits
    from playbook.insights.statements import finding, headline
    from playbook.insights.team_answers import role_profile, role_view, team_profile, team_roles
    from playbook.insights.wait_gaps import medians_at_mix, split_of_gap, waits_by_type
    from playbook.learn.exercises import check, hint, solution
    from playbook.learn.lesson import open_lesson
    from playbook.learn.memo import memo
    from playbook.learn.question import ask
    from playbook.learn.self_assessment import self_assessment
    from playbook.learn.starters import starter_lessons
    from playbook.measures.decomposition import kitagawa
    from playbook.measures.product_limit import (
        product_limit,
        restricted_mean,
        wait_percentile,
        wait_percentiles,
    )
    from playbook.measures.rates import difference, proportion, rate, ratio
    from playbook.measures.standardized_waits import mix_of, standardized_wait, standardized_waits
    from playbook.measures.suppression import suppress
    from playbook.show.charts import bar, dots, small_multiples
    from playbook.show.explorer import choice, explore, slider, sliders
    from playbook.show.funnel_chart import funnel
    from playbook.show.line_chart import lines
    from playbook.show.places import places
    from playbook.show.table import table
    from playbook.show.tile_map import tile_map

_HOMES = {
    "city.tables": ("City", "load_city"),
    "errors": ("PlaybookError",),
    "estimate": ("Estimate",),
    "insights.avoidable_visits": (
        "gap_by_period",
        "gap_measures",
        "group_rates",
        "measures_at",
        "visit_rates",
    ),
    "insights.place_lives": (
        "life_expectancies",
        "life_funnel",
        "life_table_of",
        "life_table_place",
        "ranking_with_years",
        "shortest_lives",
        "shrunken_lives",
        "three_places",
    ),
    "insights.team_answers": ("role_profile", "role_view", "team_profile", "team_roles"),
    "insights.wait_gaps": ("medians_at_mix", "split_of_gap", "waits_by_type"),
    "insights.service_waits": ("request_waits",),
    "insights.statements": ("finding", "headline"),
    "learn.exercises": ("check", "hint", "solution"),
    "learn.lesson": ("open_lesson",),
    "learn.memo": ("memo",),
    "learn.question": ("ask",),
    "learn.self_assessment": ("self_assessment",),
    "learn.starters": ("starter_lessons",),
    "measures.decomposition": ("kitagawa",),
    "measures.product_limit": (
        "product_limit",
        "restricted_mean",
        "wait_percentile",
        "wait_percentiles",
    ),
    "measures.rates": ("difference", "proportion", "rate", "ratio"),
    "measures.standardized_waits": ("mix_of", "standardized_wait", "standardized_waits"),
    "measures.suppression": ("suppress",),
    "show.charts": ("bar", "dots", "small_multiples"),
    "show.explorer": ("choice", "explore", "slider", "sliders"),
    "show.funnel_chart": ("funnel",),
    "show.line_chart": ("lines",),
    "show.places": ("places",),
    "show.table": ("table",),
    "show.tile_map": ("tile_map",),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "City",
    "Estimate",
    "PlaybookError",
    "ask",
    "bar",
    "check",
    "choice",
    "difference",
    "dots",
    "explore",
    "finding",
    "funnel",
    "gap_by_period",
    "gap_measures",
    "group_rates",
    "headline",
    "hint",
    "kitagawa",
    "life_expectancies",
    "life_funnel",
    "life_table_of",
    "life_table_place",
    "lines",
    "load_city",
    "measures_at",
    "medians_at_mix",
    "memo",
    "mix_of",
    "open_lesson",
    "places",
    "product_limit",
    "proportion",
    "ranking_with_years",
    "rate",
    "ratio",
    "request_waits",
    "restricted_mean",
    "role_profile",
    "role_view",
    "self_assessment",
    "shortest_lives",
    "shrunken_lives",
    "slider",
    "sliders",
    "small_multiples",
    "solution",
    "split_of_gap",
    "standardized_wait",
    "standardized_waits",
    "starter_lessons",
    "suppress",
    "table",
    "team_profile",
    "team_roles",
    "three_places",
    "tile_map",
    "visit_rates",
    "wait_percentile",
    "wait_percentiles",
    "waits_by_type",
]


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"playbook has no name {name!r}; see dir(playbook)")
    module = importlib.import_module(f"playbook.{_MODULE_OF[name]}")
    value: object = getattr(module, name)
    globals()[name] = value
    return value


# In quotes, so that an older Python reads the line that says which one is needed.
def __dir__() -> "list[str]":
    return sorted([*__all__, "__version__"])
