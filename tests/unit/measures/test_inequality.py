"""All measures side by side in words, and the range around one."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.attributable import attributable_fraction
from playbook.measures.disparity import between_group_variance, mean_log_deviation, theil
from playbook.measures.gap_ranges import bootstrap_range
from playbook.measures.inequality import all_measures
from playbook.measures.slopes import relative_index, slope_index

# A burden: visits per 10,000 residents in five groups from the fewest resources to the most.
BEFORE, AFTER = [320, 230, 180, 130, 95], [258, 170, 130, 90, 58]
PEOPLE = [50_000, 48_000, 51_000, 47_000, 52_000]
HUNDREDS = 100 * np.ones(5)


def by_name(rates: object, column: str = "value") -> dict[str, object]:
    found = all_measures(rates, PEOPLE)
    return dict(zip(found["measure"], found[column], strict=True))


def test_about_a_dozen_measures_each_with_its_words() -> None:
    found = all_measures(BEFORE, PEOPLE)
    assert list(found.columns) == ["measure", "value", "kind", "equal", "reads"]
    assert found["measure"].is_unique
    assert 12 <= len(found) <= 15
    assert set(found["kind"]) == {"absolute", "relative"}
    assert found["value"].notna().all()
    for words in found["reads"]:
        assert words.endswith(".")
        assert "  " not in words


def test_each_value_is_that_of_its_own_measure() -> None:
    values = by_name(BEFORE)
    assert values["Difference"] == 225
    assert values["Ratio"] == pytest.approx(320 / 95)
    assert values["Slope index"] == slope_index(BEFORE, PEOPLE)
    for name, definition in (
        ("WHO", "who"),
        ("NCI", "nci"),
        ("Kunst and Mackenbach", "kunst-mackenbach"),
    ):
        expected = relative_index(BEFORE, PEOPLE, definition)
        assert values[f"Relative index, {name}"] == expected
    assert values["Between-group variance"] == between_group_variance(BEFORE, PEOPLE)
    assert values["Theil index"] == theil(BEFORE, PEOPLE)
    assert values["Mean log deviation"] == mean_log_deviation(BEFORE, PEOPLE)


@given(st.lists(st.floats(1, 400), min_size=5, max_size=5), st.floats(0.1, 20), st.floats(1, 300))
def test_kinds_are_what_they_say(rates: list[float], factor: float, more: float) -> None:
    start = all_measures(rates, PEOPLE)
    scaled = all_measures(factor * np.array(rates), PEOPLE)
    moved = all_measures(np.array(rates) + more, PEOPLE)
    for row in range(len(start)):
        kind, value = start.loc[row, "kind"], start.loc[row, "value"]
        after = (scaled if kind == "relative" else moved).loc[row, "value"]
        if math.isnan(value) or math.isnan(after) or abs(value) > 1e4 or 0 < abs(value) < 1e-4:
            continue
        assert after == pytest.approx(value, rel=1e-4, abs=1e-6)


def test_both_are_right() -> None:
    # The absolute gap shrinks while the relative one grows: publish one of each.
    before, after = all_measures(BEFORE, PEOPLE), all_measures(AFTER, PEOPLE)
    wider = (after["value"] - after["equal"]).abs() > (before["value"] - before["equal"]).abs()
    kinds = before["kind"]
    assert not wider[kinds == "absolute"].any()
    assert wider[kinds == "relative"].all()


def test_without_a_gap_every_value_is_the_equal_one() -> None:
    found = all_measures(HUNDREDS, PEOPLE)
    assert found["value"].tolist() == pytest.approx(found["equal"].tolist(), abs=1e-9)
    for words in found["reads"]:
        assert re.search("same rate|is level|already as low|Neither end", words)


def test_words_turn_with_the_direction() -> None:
    down, up = by_name(BEFORE, "reads"), by_name(BEFORE[::-1], "reads")
    assert "225.0 higher" in down["Difference"]
    assert "225.0 lower" in up["Difference"]
    assert "falls by" in down["Slope index"]
    assert "rises by" in up["Slope index"]
    assert "falls by" in down["Relative index, NCI"]
    assert "rises by" in up["Relative index, NCI"]
    for kind in ("absolute", "relative"):
        name = f"Concentration index, {kind}"
        assert down[name].startswith("Below 0: residents with fewer resources")
        assert up[name].startswith("Above 0: residents with more resources")
    assert "percent fewer" in down["Attributable fraction, percent"]
    assert "already as low" in up["Attributable fraction, percent"]


def test_words_carry_the_number() -> None:
    values, reads = by_name(BEFORE), by_name(BEFORE, "reads")
    assert f"{values['Ratio']:.2f} times" in reads["Ratio"]
    assert f"{values['Attributable risk']:.1f} lower" in reads["Attributable risk"]
    percent = values["Attributable fraction, percent"]
    assert f"{percent:.1f} percent" in reads["Attributable fraction, percent"]
    spread = math.sqrt(values["Between-group variance"])
    assert f"about {spread:.1f} from" in reads["Between-group variance"]
    for definition in ("WHO", "Kunst and Mackenbach", "NCI"):
        name = f"Relative index, {definition}"
        assert f"{abs(values[name]):.2f} times" in reads[name]


def test_where_a_measure_has_no_number_the_words_say_why() -> None:
    values, reads = by_name([300, 10, 5, 1, 0]), by_name([300, 10, 5, 1, 0], "reads")
    for name in ("Ratio", "Mean log deviation", "Index of disparity from the best, percent (NCI)"):
        assert math.isnan(values[name])
        assert reads[name].startswith("A group has a rate of 0.")
    for name in ("Relative index, WHO", "Relative index, Kunst and Mackenbach"):
        assert math.isnan(values[name])
        assert "comes down to 0 or below" in reads[name]
    assert values["Theil index"] > 0
    empty = by_name([0] * 5, "reads")
    assert empty["Ratio"].startswith("All rates are 0.")
    assert "same rate" in empty["Difference"]


def test_nothing_is_changed() -> None:
    rates, people = pd.Series(BEFORE, list("abcde")), pd.Series(PEOPLE, list("abcde"))
    copies = rates.copy(), people.copy()
    pd.testing.assert_frame_equal(all_measures(rates, people), all_measures(BEFORE, PEOPLE))
    pd.testing.assert_series_equal(rates, copies[0])
    pd.testing.assert_series_equal(people, copies[1])


def test_refusals() -> None:
    for rates, people in (([4], [1]), ([4, -1], [1, 1]), ([4, 5], [1, 0])):
        with pytest.raises(PlaybookError):
            all_measures(rates, people)
        with pytest.raises(PlaybookError):
            bootstrap_range(slope_index, rates, people)
    with pytest.raises(PlaybookError, match="2 rates but 3"):
        bootstrap_range(slope_index, [40, 50], [1, 1, 1])


EVENTS, RESIDENTS = np.array([800, 600, 450, 330, 240]), np.full(5, 25_000)


def test_the_range_is_that_of_the_delta_method() -> None:
    # A mean of rates has a known standard error; many events make it nearly normal.
    def mean(rates: np.ndarray, populations: np.ndarray) -> float:
        return float(np.average(rates, weights=populations))

    found = bootstrap_range(mean, EVENTS, RESIDENTS, unit="per 10,000", draws=20_000)
    value, error = 10_000 * EVENTS.sum() / 125_000, 10_000 * math.sqrt(EVENTS.sum()) / 125_000
    assert found.value == pytest.approx(value)
    assert (found.low, found.high) == pytest.approx(
        (value - 1.96 * error, value + 1.96 * error), abs=0.05 * error
    )
    assert (found.unit, found.note) == ("per 10,000", "")


def test_the_range_of_the_slope_is_that_of_its_weights() -> None:
    # The slope is a weighted sum of rates, so its error is known too.
    found = bootstrap_range(slope_index, EVENTS, RESIDENTS, draws=20_000)
    weights = 0.2 * (np.arange(5) / 5 - 0.4)
    weights /= weights @ (np.arange(5) / 5)
    error = 10_000 / 25_000 * math.sqrt(weights**2 @ EVENTS)
    assert found.value == pytest.approx(10_000 / 25_000 * float(weights @ EVENTS))
    assert found.high - found.low == pytest.approx(2 * 1.96 * error, rel=0.03)


def test_the_same_seed_gives_the_same_range() -> None:
    one, same, other = (
        bootstrap_range(attributable_fraction, EVENTS, RESIDENTS, seed=seed) for seed in (1, 1, 2)
    )
    assert one == same
    assert one.value == other.value
    assert one.low != other.low


def test_per_scales_absolute_measures_only() -> None:
    small, large = (
        bootstrap_range(slope_index, EVENTS, RESIDENTS, per=per) for per in (1_000, 100_000)
    )
    assert large.value == pytest.approx(100 * small.value)
    assert large.low == pytest.approx(100 * small.low)
    small, large = (bootstrap_range(theil, EVENTS, RESIDENTS, per=per) for per in (1_000, 100_000))
    assert large.high == pytest.approx(small.high)


def test_too_few_events_are_no_range() -> None:
    found = bootstrap_range(slope_index, [4, 3, 2], [1_000, 1_000, 1_000])
    assert not found.known
    assert found.note == "too few to tell: 9 events, at least 10 are needed"
    assert bootstrap_range(slope_index, [4, 3, 3], [1_000, 1_000, 1_000]).known


def test_a_group_without_events_is_told() -> None:
    found = bootstrap_range(slope_index, [40, 20, 0], [1_000, 1_000, 1_000])
    assert found.known
    assert found.note == "a group has no events, so the range is too short"


def test_a_measure_without_a_number_has_no_range() -> None:
    unknown = bootstrap_range(mean_log_deviation, [40, 20, 0], [1_000, 1_000, 1_000])
    assert not unknown.known
    assert "no number for counts like these" in unknown.note
    # The ratio has a number here, but in many draws the line comes down to 0.
    steep, people = np.array([40, 20, 10]), [1_000, 1_000, 1_000]
    assert relative_index(steep, people) > 0
    assert not bootstrap_range(relative_index, steep, people).known


def test_an_open_upper_end_stays_open() -> None:
    found = bootstrap_range(mean_log_deviation, [40, 20, 2], [1_000, 1_000, 1_000])
    assert found.high == math.inf
    assert str(found).endswith("or more)")


def test_the_range_holds_the_value_where_luck_drives_groups_apart() -> None:
    # Equal rates: every draw is more uneven than what was seen.
    found = bootstrap_range(theil, [20] * 8, [1_000] * 8, decimals=3)
    assert found.low == found.value == 0
    assert found.high > 0
    assert found.decimals == 3
