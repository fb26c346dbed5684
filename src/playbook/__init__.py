"""The Learning Lab Playbook: the names a lesson uses.

``import playbook as pb`` is all a lesson imports. Each name below loads its module on first use,
so that the import itself costs next to nothing.
"""

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from playbook.city.file_check import check_table
    from playbook.city.tables import City, load_city
    from playbook.errors import PlaybookError
    from playbook.estimate import Estimate
    from playbook.insights.ages_compared import (
        compared_districts,
        deaths_a_year,
        gap_by_age,
        parts_of_gap,
        people_by_age,
        rates_both_ways,
        rates_by_age,
    )
    from playbook.insights.anchor_money import improvement_by_fifth, schedule_h_lines
    from playbook.insights.avoidable_visits import (
        gap_by_period,
        gap_in_words,
        gap_measures,
        group_rates,
        measures_at,
        visit_rates,
    )
    from playbook.insights.birth_gaps import birth_rates
    from playbook.insights.burden_views import (
        births_by_income,
        burden_curves,
        burden_map,
        burdens_by_grade,
        focus_area,
        homes_by_grade,
    )
    from playbook.insights.curve_promise import curve_numbers, promise_check
    from playbook.insights.curve_views import (
        curve_ahead,
        curve_so_far,
        curve_words,
        forecasts_compared,
        headline_screen,
        scorecard_by_question,
    )
    from playbook.insights.district_deaths import district_rates
    from playbook.insights.district_places import district_places
    from playbook.insights.fee_waivers import dollars_by_fifth, waiver_designs, waiver_funnel
    from playbook.insights.foundry_moves import income_change_parts, leaving_rates
    from playbook.insights.funding_plans import funding_plan, plans_compared
    from playbook.insights.held_burdens import burden_shares
    from playbook.insights.held_data import (
        clean_requests,
        inventory_coverage,
        raw_requests,
        request_faults,
    )
    from playbook.insights.lasting_initiatives import initiative_times, lasting_by_feature
    from playbook.insights.life_tables import life_table_of, life_table_place
    from playbook.insights.next_moves import rows_to_check
    from playbook.insights.place_lives import (
        life_expectancies,
        life_funnel,
        ranking_with_years,
        shortest_lives,
        shrunken_lives,
        three_places,
    )
    from playbook.insights.published_deaths import (
        deaths_alike,
        deaths_by_district_and_age,
        deaths_draft,
    )
    from playbook.insights.service_waits import request_waits
    from playbook.insights.silence_views import (
        found_and_reported,
        paving_at_weights,
        paving_shares,
        reporting_by_place,
        reporting_rates,
        walk_costs,
    )
    from playbook.insights.silent_streets import paving_by_rule
    from playbook.insights.standard_ages import rates_with_ages, standard_choices
    from playbook.insights.statements import finding, headline
    from playbook.insights.table_attacks import (
        come_back_by_year,
        deaths_under_rule,
        numbers_that_fit,
        small_count_rules,
        worked_out,
    )
    from playbook.insights.team_answers import role_profile, role_view, team_profile, team_roles
    from playbook.insights.wait_gaps import medians_at_mix, split_of_gap, waits_by_type
    from playbook.learn.exercises import check, hint, solution
    from playbook.learn.lesson import open_lesson
    from playbook.learn.memo import memo
    from playbook.learn.own_city import own_city
    from playbook.learn.plan.my_plan import in_my_city, my_plan
    from playbook.learn.question import ask
    from playbook.learn.self_assessment import self_assessment
    from playbook.learn.starters import starter_lessons
    from playbook.measures.acceptability import central_weights, rank_acceptability
    from playbook.measures.allocation import allocate_by_score, weighted_score
    from playbook.measures.anonymity import k_anonymity, people_alike
    from playbook.measures.attributable import attributable_fraction, attributable_risk
    from playbook.measures.ballots import greedy_winners, voters_served
    from playbook.measures.braiding import braid_problems
    from playbook.measures.case_mix import observed_over_expected, shares_at_equal_mix
    from playbook.measures.choices import dominated, losing_weights, scale_scores, weighted_scores
    from playbook.measures.coding import cohens_kappa, kappa_when_joined, keyword_check, mixed_up
    from playbook.measures.competing_risks import (
        cumulative_incidence,
        days_until_share,
        incidence_by,
        incidence_table,
        naive_incidence_by,
    )
    from playbook.measures.concentration import (
        concentration_curve,
        fewest_holding,
        gini,
        herfindahl,
        lorenz_curve,
        top_share,
    )
    from playbook.measures.contracts import cost_per_exit, cost_per_lasting_exit, provider_income
    from playbook.measures.control_charts import p_chart, xmr_chart
    from playbook.measures.decomposition import kitagawa
    from playbook.measures.disclosure import hide_small, recover, recover_from_years
    from playbook.measures.disparity import (
        between_group_variance,
        index_of_disparity,
        mean_difference,
        mean_log_deviation,
        theil,
    )
    from playbook.measures.distinctive_words import distinctive_words
    from playbook.measures.dollar_ratios import ratio_of_sums
    from playbook.measures.equal_shares import equal_shares
    from playbook.measures.forecast import (
        forecast,
        forecast_years,
        gap_in_people,
        recent_drift,
        turned,
    )
    from playbook.measures.funding import (
        allocate_dollars,
        best_allocation,
        eligibility_matrix,
        needs_met,
        single_use_share,
    )
    from playbook.measures.funding_over_time import (
        funding_cliff,
        loan_leverage,
        match_leverage,
        revolving_capital,
        staff_at_risk,
        yearly_loss_rate,
    )
    from playbook.measures.gap_ranges import bootstrap_range, bootstrap_ranges
    from playbook.measures.heat_scores import canopy_goal, heat_vulnerability, tree_equity_score
    from playbook.measures.heterogeneity import chance_of_no_difference
    from playbook.measures.incidence import (
        benefit_incidence,
        cost_per_household,
        fee_burden,
        takeup_funnel,
    )
    from playbook.measures.indicator_screen import screen_indicators
    from playbook.measures.inequality import all_measures
    from playbook.measures.interrupted_series import before_after, interrupted_series, level_changes
    from playbook.measures.lifetable import (
        life_expectancy,
        life_table,
        life_table_from_probabilities,
    )
    from playbook.measures.logistic import logistic_fit, logistic_predict
    from playbook.measures.mobility import income_change, leaving_compared, transition_matrix
    from playbook.measures.networks import (
        bridges,
        degree_centralization,
        fragmentation,
        network_density,
        shares_of_paths,
        without_each,
    )
    from playbook.measures.overlap import combination_counts, common_combinations, jaccard
    from playbook.measures.partner_scores import partner_scores
    from playbook.measures.plan_overlap import near_copies, priority_owners, tag_matrix
    from playbook.measures.presentation import reliable_proportion, reliable_rate
    from playbook.measures.product_limit import (
        product_limit,
        restricted_mean,
        wait_percentile,
        wait_percentiles,
    )
    from playbook.measures.provider_response import (
        accepted_share,
        expected_margin,
        indifferent_price,
    )
    from playbook.measures.raking import rake
    from playbook.measures.ranks import rank_intervals
    from playbook.measures.rates import difference, proportion, rate, ratio
    from playbook.measures.readiness import cheapest_first, criteria_met, level_of, road_map
    from playbook.measures.regression_to_mean import expected_fall_back, expected_next, year_to_year
    from playbook.measures.reliability import count_funnel_limits, funnel_limits, shrink
    from playbook.measures.reporting import reporting_propensity
    from playbook.measures.representativity import r_indicator
    from playbook.measures.retention import area_under_curve, odds_ratio, survival_by_feature
    from playbook.measures.returns import returns_within
    from playbook.measures.seasonal_line import forecast_band
    from playbook.measures.segregation import dissimilarity_index
    from playbook.measures.slopes import concentration_index, relative_index, slope_index
    from playbook.measures.standardize import age_adjusted_rate
    from playbook.measures.standardized_waits import mix_of, standardized_wait, standardized_waits
    from playbook.measures.stratified import mantel_haenszel_ratio, share_explained
    from playbook.measures.suppression import suppress
    from playbook.measures.survey import representation, share_lead, weighted_shares
    from playbook.measures.survey_weights import design_effect, effective_size, margin_of_error
    from playbook.measures.targeting import chosen_first, fit_score, gain_curve, score_places
    from playbook.measures.targeting_checks import (
        calibration,
        doors_per_need,
        error_rates,
        reached_more,
        reached_share,
    )
    from playbook.measures.trial_design import balance_table, randomize
    from playbook.measures.trial_power import sample_size, simulated_trials, trial_power, wrong_sign
    from playbook.measures.trials import cost_per_extra, holm, interaction, trial_effects
    from playbook.measures.voices import heavy_voices, theme_shares
    from playbook.show.acceptability_bars import acceptability_bars
    from playbook.show.charts import bar, dots, small_multiples
    from playbook.show.control_chart import control_chart
    from playbook.show.explorer import choice, explore, slider, sliders
    from playbook.show.flow_chart import flow
    from playbook.show.funnel_chart import funnel
    from playbook.show.gain_chart import gain_chart
    from playbook.show.incidence_curves import incidence_curves
    from playbook.show.line_chart import lines
    from playbook.show.lorenz_chart import lorenz_chart
    from playbook.show.network_map import network_map
    from playbook.show.parallel_coordinates import parallel_coordinates
    from playbook.show.places import places
    from playbook.show.population_pyramid import population_pyramid
    from playbook.show.slope_chart import slope_chart
    from playbook.show.table import table
    from playbook.show.tile_map import tile_map
    from playbook.show.tile_map_two import tile_map_two

_HOMES = {
    "city.file_check": ("check_table",),
    "city.tables": ("City", "load_city"),
    "errors": ("PlaybookError",),
    "estimate": ("Estimate",),
    "insights.ages_compared": (
        "compared_districts",
        "deaths_a_year",
        "gap_by_age",
        "parts_of_gap",
        "people_by_age",
        "rates_both_ways",
        "rates_by_age",
    ),
    "insights.anchor_money": ("improvement_by_fifth", "schedule_h_lines"),
    "insights.avoidable_visits": (
        "gap_by_period",
        "gap_in_words",
        "gap_measures",
        "group_rates",
        "measures_at",
        "visit_rates",
    ),
    "insights.birth_gaps": ("birth_rates",),
    "insights.burden_views": (
        "births_by_income",
        "burden_curves",
        "burden_map",
        "burdens_by_grade",
        "focus_area",
        "homes_by_grade",
    ),
    "insights.curve_promise": ("curve_numbers", "promise_check"),
    "insights.curve_views": (
        "curve_ahead",
        "curve_so_far",
        "curve_words",
        "forecasts_compared",
        "headline_screen",
        "scorecard_by_question",
    ),
    "insights.district_deaths": ("district_rates",),
    "insights.district_places": ("district_places",),
    "insights.fee_waivers": ("dollars_by_fifth", "waiver_designs", "waiver_funnel"),
    "insights.foundry_moves": ("income_change_parts", "leaving_rates"),
    "insights.funding_plans": ("funding_plan", "plans_compared"),
    "insights.held_burdens": ("burden_shares",),
    "insights.held_data": (
        "clean_requests",
        "inventory_coverage",
        "raw_requests",
        "request_faults",
    ),
    "insights.lasting_initiatives": ("initiative_times", "lasting_by_feature"),
    "insights.life_tables": ("life_table_of", "life_table_place"),
    "insights.next_moves": ("rows_to_check",),
    "insights.place_lives": (
        "life_expectancies",
        "life_funnel",
        "ranking_with_years",
        "shortest_lives",
        "shrunken_lives",
        "three_places",
    ),
    "insights.published_deaths": ("deaths_alike", "deaths_by_district_and_age", "deaths_draft"),
    "insights.service_waits": ("request_waits",),
    "insights.silence_views": (
        "found_and_reported",
        "paving_at_weights",
        "paving_shares",
        "reporting_by_place",
        "reporting_rates",
        "walk_costs",
    ),
    "insights.silent_streets": ("paving_by_rule",),
    "insights.standard_ages": ("rates_with_ages", "standard_choices"),
    "insights.statements": ("finding", "headline"),
    "insights.table_attacks": (
        "come_back_by_year",
        "deaths_under_rule",
        "numbers_that_fit",
        "small_count_rules",
        "worked_out",
    ),
    "insights.team_answers": ("role_profile", "role_view", "team_profile", "team_roles"),
    "insights.wait_gaps": ("medians_at_mix", "split_of_gap", "waits_by_type"),
    "learn.exercises": ("check", "hint", "solution"),
    "learn.lesson": ("open_lesson",),
    "learn.memo": ("memo",),
    "learn.own_city": ("own_city",),
    "learn.plan.my_plan": ("in_my_city", "my_plan"),
    "learn.question": ("ask",),
    "learn.self_assessment": ("self_assessment",),
    "learn.starters": ("starter_lessons",),
    "measures.acceptability": ("central_weights", "rank_acceptability"),
    "measures.allocation": ("allocate_by_score", "weighted_score"),
    "measures.anonymity": ("k_anonymity", "people_alike"),
    "measures.attributable": ("attributable_fraction", "attributable_risk"),
    "measures.ballots": ("greedy_winners", "voters_served"),
    "measures.braiding": ("braid_problems",),
    "measures.case_mix": ("observed_over_expected", "shares_at_equal_mix"),
    "measures.choices": ("dominated", "losing_weights", "scale_scores", "weighted_scores"),
    "measures.coding": ("cohens_kappa", "kappa_when_joined", "keyword_check", "mixed_up"),
    "measures.competing_risks": (
        "cumulative_incidence",
        "days_until_share",
        "incidence_by",
        "incidence_table",
        "naive_incidence_by",
    ),
    "measures.concentration": (
        "concentration_curve",
        "fewest_holding",
        "gini",
        "herfindahl",
        "lorenz_curve",
        "top_share",
    ),
    "measures.contracts": ("cost_per_exit", "cost_per_lasting_exit", "provider_income"),
    "measures.control_charts": ("p_chart", "xmr_chart"),
    "measures.decomposition": ("kitagawa",),
    "measures.disclosure": ("hide_small", "recover", "recover_from_years"),
    "measures.disparity": (
        "between_group_variance",
        "index_of_disparity",
        "mean_difference",
        "mean_log_deviation",
        "theil",
    ),
    "measures.distinctive_words": ("distinctive_words",),
    "measures.dollar_ratios": ("ratio_of_sums",),
    "measures.equal_shares": ("equal_shares",),
    "measures.forecast": ("forecast", "forecast_years", "gap_in_people", "recent_drift", "turned"),
    "measures.funding": (
        "allocate_dollars",
        "best_allocation",
        "eligibility_matrix",
        "needs_met",
        "single_use_share",
    ),
    "measures.funding_over_time": (
        "funding_cliff",
        "loan_leverage",
        "match_leverage",
        "revolving_capital",
        "staff_at_risk",
        "yearly_loss_rate",
    ),
    "measures.gap_ranges": ("bootstrap_range", "bootstrap_ranges"),
    "measures.heat_scores": ("canopy_goal", "heat_vulnerability", "tree_equity_score"),
    "measures.heterogeneity": ("chance_of_no_difference",),
    "measures.incidence": (
        "benefit_incidence",
        "cost_per_household",
        "fee_burden",
        "takeup_funnel",
    ),
    "measures.indicator_screen": ("screen_indicators",),
    "measures.inequality": ("all_measures",),
    "measures.interrupted_series": ("before_after", "interrupted_series", "level_changes"),
    "measures.lifetable": ("life_expectancy", "life_table", "life_table_from_probabilities"),
    "measures.logistic": ("logistic_fit", "logistic_predict"),
    "measures.mobility": ("income_change", "leaving_compared", "transition_matrix"),
    "measures.networks": (
        "bridges",
        "degree_centralization",
        "fragmentation",
        "network_density",
        "shares_of_paths",
        "without_each",
    ),
    "measures.overlap": ("combination_counts", "common_combinations", "jaccard"),
    "measures.partner_scores": ("partner_scores",),
    "measures.plan_overlap": ("near_copies", "priority_owners", "tag_matrix"),
    "measures.presentation": ("reliable_proportion", "reliable_rate"),
    "measures.product_limit": (
        "product_limit",
        "restricted_mean",
        "wait_percentile",
        "wait_percentiles",
    ),
    "measures.provider_response": ("accepted_share", "expected_margin", "indifferent_price"),
    "measures.raking": ("rake",),
    "measures.ranks": ("rank_intervals",),
    "measures.rates": ("difference", "proportion", "rate", "ratio"),
    "measures.readiness": ("cheapest_first", "criteria_met", "level_of", "road_map"),
    "measures.regression_to_mean": ("expected_fall_back", "expected_next", "year_to_year"),
    "measures.reliability": ("count_funnel_limits", "funnel_limits", "shrink"),
    "measures.reporting": ("reporting_propensity",),
    "measures.representativity": ("r_indicator",),
    "measures.retention": ("area_under_curve", "odds_ratio", "survival_by_feature"),
    "measures.returns": ("returns_within",),
    "measures.seasonal_line": ("forecast_band",),
    "measures.segregation": ("dissimilarity_index",),
    "measures.slopes": ("concentration_index", "relative_index", "slope_index"),
    "measures.standardize": ("age_adjusted_rate",),
    "measures.standardized_waits": ("mix_of", "standardized_wait", "standardized_waits"),
    "measures.stratified": ("mantel_haenszel_ratio", "share_explained"),
    "measures.suppression": ("suppress",),
    "measures.survey": ("representation", "share_lead", "weighted_shares"),
    "measures.survey_weights": ("design_effect", "effective_size", "margin_of_error"),
    "measures.targeting": ("chosen_first", "fit_score", "gain_curve", "score_places"),
    "measures.targeting_checks": (
        "calibration",
        "doors_per_need",
        "error_rates",
        "reached_more",
        "reached_share",
    ),
    "measures.trial_design": ("balance_table", "randomize"),
    "measures.trial_power": ("sample_size", "simulated_trials", "trial_power", "wrong_sign"),
    "measures.trials": ("cost_per_extra", "holm", "interaction", "trial_effects"),
    "measures.voices": ("heavy_voices", "theme_shares"),
    "show.acceptability_bars": ("acceptability_bars",),
    "show.charts": ("bar", "dots", "small_multiples"),
    "show.control_chart": ("control_chart",),
    "show.explorer": ("choice", "explore", "slider", "sliders"),
    "show.flow_chart": ("flow",),
    "show.funnel_chart": ("funnel",),
    "show.gain_chart": ("gain_chart",),
    "show.incidence_curves": ("incidence_curves",),
    "show.line_chart": ("lines",),
    "show.lorenz_chart": ("lorenz_chart",),
    "show.network_map": ("network_map",),
    "show.parallel_coordinates": ("parallel_coordinates",),
    "show.places": ("places",),
    "show.population_pyramid": ("population_pyramid",),
    "show.slope_chart": ("slope_chart",),
    "show.table": ("table",),
    "show.tile_map": ("tile_map",),
    "show.tile_map_two": ("tile_map_two",),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "City",
    "Estimate",
    "PlaybookError",
    "acceptability_bars",
    "accepted_share",
    "age_adjusted_rate",
    "all_measures",
    "allocate_by_score",
    "allocate_dollars",
    "area_under_curve",
    "ask",
    "attributable_fraction",
    "attributable_risk",
    "balance_table",
    "bar",
    "before_after",
    "benefit_incidence",
    "best_allocation",
    "between_group_variance",
    "birth_rates",
    "births_by_income",
    "bootstrap_range",
    "bootstrap_ranges",
    "braid_problems",
    "bridges",
    "burden_curves",
    "burden_map",
    "burden_shares",
    "burdens_by_grade",
    "calibration",
    "canopy_goal",
    "central_weights",
    "chance_of_no_difference",
    "cheapest_first",
    "check",
    "check_table",
    "choice",
    "chosen_first",
    "clean_requests",
    "cohens_kappa",
    "combination_counts",
    "come_back_by_year",
    "common_combinations",
    "compared_districts",
    "concentration_curve",
    "concentration_index",
    "control_chart",
    "cost_per_exit",
    "cost_per_extra",
    "cost_per_household",
    "cost_per_lasting_exit",
    "count_funnel_limits",
    "criteria_met",
    "cumulative_incidence",
    "curve_ahead",
    "curve_numbers",
    "curve_so_far",
    "curve_words",
    "days_until_share",
    "deaths_a_year",
    "deaths_alike",
    "deaths_by_district_and_age",
    "deaths_draft",
    "deaths_under_rule",
    "degree_centralization",
    "design_effect",
    "difference",
    "dissimilarity_index",
    "distinctive_words",
    "district_places",
    "district_rates",
    "dollars_by_fifth",
    "dominated",
    "doors_per_need",
    "dots",
    "effective_size",
    "eligibility_matrix",
    "equal_shares",
    "error_rates",
    "expected_fall_back",
    "expected_margin",
    "expected_next",
    "explore",
    "fee_burden",
    "fewest_holding",
    "finding",
    "fit_score",
    "flow",
    "focus_area",
    "forecast",
    "forecast_band",
    "forecast_years",
    "forecasts_compared",
    "found_and_reported",
    "fragmentation",
    "funding_cliff",
    "funding_plan",
    "funnel",
    "funnel_limits",
    "gain_chart",
    "gain_curve",
    "gap_by_age",
    "gap_by_period",
    "gap_in_people",
    "gap_in_words",
    "gap_measures",
    "gini",
    "greedy_winners",
    "group_rates",
    "headline",
    "headline_screen",
    "heat_vulnerability",
    "heavy_voices",
    "herfindahl",
    "hide_small",
    "hint",
    "holm",
    "homes_by_grade",
    "improvement_by_fifth",
    "in_my_city",
    "incidence_by",
    "incidence_curves",
    "incidence_table",
    "income_change",
    "income_change_parts",
    "index_of_disparity",
    "indifferent_price",
    "initiative_times",
    "interaction",
    "interrupted_series",
    "inventory_coverage",
    "jaccard",
    "k_anonymity",
    "kappa_when_joined",
    "keyword_check",
    "kitagawa",
    "lasting_by_feature",
    "leaving_compared",
    "leaving_rates",
    "level_changes",
    "level_of",
    "life_expectancies",
    "life_expectancy",
    "life_funnel",
    "life_table",
    "life_table_from_probabilities",
    "life_table_of",
    "life_table_place",
    "lines",
    "load_city",
    "loan_leverage",
    "logistic_fit",
    "logistic_predict",
    "lorenz_chart",
    "lorenz_curve",
    "losing_weights",
    "mantel_haenszel_ratio",
    "margin_of_error",
    "match_leverage",
    "mean_difference",
    "mean_log_deviation",
    "measures_at",
    "medians_at_mix",
    "memo",
    "mix_of",
    "mixed_up",
    "my_plan",
    "naive_incidence_by",
    "near_copies",
    "needs_met",
    "network_density",
    "network_map",
    "numbers_that_fit",
    "observed_over_expected",
    "odds_ratio",
    "open_lesson",
    "own_city",
    "p_chart",
    "parallel_coordinates",
    "partner_scores",
    "parts_of_gap",
    "paving_at_weights",
    "paving_by_rule",
    "paving_shares",
    "people_alike",
    "people_by_age",
    "places",
    "plans_compared",
    "population_pyramid",
    "priority_owners",
    "product_limit",
    "promise_check",
    "proportion",
    "provider_income",
    "r_indicator",
    "rake",
    "randomize",
    "rank_acceptability",
    "rank_intervals",
    "ranking_with_years",
    "rate",
    "rates_both_ways",
    "rates_by_age",
    "rates_with_ages",
    "ratio",
    "ratio_of_sums",
    "raw_requests",
    "reached_more",
    "reached_share",
    "recent_drift",
    "recover",
    "recover_from_years",
    "relative_index",
    "reliable_proportion",
    "reliable_rate",
    "reporting_by_place",
    "reporting_propensity",
    "reporting_rates",
    "representation",
    "request_faults",
    "request_waits",
    "restricted_mean",
    "returns_within",
    "revolving_capital",
    "road_map",
    "role_profile",
    "role_view",
    "rows_to_check",
    "sample_size",
    "scale_scores",
    "schedule_h_lines",
    "score_places",
    "scorecard_by_question",
    "screen_indicators",
    "self_assessment",
    "share_explained",
    "share_lead",
    "shares_at_equal_mix",
    "shares_of_paths",
    "shortest_lives",
    "shrink",
    "shrunken_lives",
    "simulated_trials",
    "single_use_share",
    "slider",
    "sliders",
    "slope_chart",
    "slope_index",
    "small_count_rules",
    "small_multiples",
    "solution",
    "split_of_gap",
    "staff_at_risk",
    "standard_choices",
    "standardized_wait",
    "standardized_waits",
    "starter_lessons",
    "suppress",
    "survival_by_feature",
    "table",
    "tag_matrix",
    "takeup_funnel",
    "team_profile",
    "team_roles",
    "theil",
    "theme_shares",
    "three_places",
    "tile_map",
    "tile_map_two",
    "top_share",
    "transition_matrix",
    "tree_equity_score",
    "trial_effects",
    "trial_power",
    "turned",
    "visit_rates",
    "voters_served",
    "wait_percentile",
    "wait_percentiles",
    "waits_by_type",
    "waiver_designs",
    "waiver_funnel",
    "walk_costs",
    "weighted_score",
    "weighted_scores",
    "weighted_shares",
    "without_each",
    "worked_out",
    "wrong_sign",
    "xmr_chart",
    "year_to_year",
    "yearly_loss_rate",
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
