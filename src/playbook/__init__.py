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
        gap_in_words,
        gap_measures,
        group_rates,
        measures_at,
        visit_rates,
    )
    from playbook.insights.life_tables import life_table_of, life_table_place
    from playbook.insights.place_lives import (
        life_expectancies,
        life_funnel,
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
    from playbook.measures.attributable import attributable_fraction, attributable_risk
    from playbook.measures.decomposition import kitagawa
    from playbook.measures.disparity import (
        between_group_variance,
        index_of_disparity,
        mean_difference,
        mean_log_deviation,
        theil,
    )
    from playbook.measures.heterogeneity import chance_of_no_difference
    from playbook.measures.inequality import all_measures, bootstrap_range
    from playbook.measures.lifetable import (
        life_expectancy,
        life_table,
        life_table_from_probabilities,
    )
    from playbook.measures.presentation import reliable_proportion, reliable_rate
    from playbook.measures.product_limit import (
        product_limit,
        restricted_mean,
        wait_percentile,
        wait_percentiles,
    )
    from playbook.measures.rates import difference, proportion, rate, ratio
    from playbook.measures.reliability import (
        count_funnel_limits,
        funnel_limits,
        rank_intervals,
        shrink,
    )
    from playbook.measures.slopes import concentration_index, relative_index, slope_index
    from playbook.measures.standardize import age_adjusted_rate
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
        "gap_in_words",
        "gap_measures",
        "group_rates",
        "measures_at",
        "visit_rates",
    ),
    "insights.life_tables": ("life_table_of", "life_table_place"),
    "insights.place_lives": (
        "life_expectancies",
        "life_funnel",
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
    "measures.lifetable": (
        "life_expectancy",
        "life_table",
        "life_table_from_probabilities",
    ),
    "measures.reliability": (
        "count_funnel_limits",
        "funnel_limits",
        "rank_intervals",
        "shrink",
    ),
    "measures.presentation": (
        "reliable_proportion",
        "reliable_rate",
    ),
    "measures.standardize": ("age_adjusted_rate",),
    "measures.slopes": (
        "concentration_index",
        "relative_index",
        "slope_index",
    ),
    "measures.attributable": (
        "attributable_fraction",
        "attributable_risk",
    ),
    "measures.disparity": (
        "between_group_variance",
        "index_of_disparity",
        "mean_difference",
        "mean_log_deviation",
        "theil",
    ),
    "measures.inequality": (
        "all_measures",
        "bootstrap_range",
    ),
    "measures.heterogeneity": ("chance_of_no_difference",),
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
    "age_adjusted_rate",
    "all_measures",
    "ask",
    "attributable_fraction",
    "attributable_risk",
    "bar",
    "between_group_variance",
    "bootstrap_range",
    "chance_of_no_difference",
    "check",
    "choice",
    "concentration_index",
    "count_funnel_limits",
    "difference",
    "dots",
    "explore",
    "finding",
    "funnel",
    "funnel_limits",
    "gap_by_period",
    "gap_in_words",
    "gap_measures",
    "group_rates",
    "headline",
    "hint",
    "index_of_disparity",
    "kitagawa",
    "life_expectancies",
    "life_expectancy",
    "life_funnel",
    "life_table",
    "life_table_from_probabilities",
    "life_table_of",
    "life_table_place",
    "lines",
    "load_city",
    "mean_difference",
    "mean_log_deviation",
    "measures_at",
    "medians_at_mix",
    "memo",
    "mix_of",
    "open_lesson",
    "places",
    "product_limit",
    "proportion",
    "rank_intervals",
    "ranking_with_years",
    "rate",
    "ratio",
    "relative_index",
    "reliable_proportion",
    "reliable_rate",
    "request_waits",
    "restricted_mean",
    "role_profile",
    "role_view",
    "self_assessment",
    "shortest_lives",
    "shrink",
    "shrunken_lives",
    "slider",
    "sliders",
    "slope_index",
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
    "theil",
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
