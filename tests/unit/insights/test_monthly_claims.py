"""Claims about months: a true change, none, or too few months to say."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.monthly_series import (
    WHOLE_CITY,
    change,
    event_of,
    false_alarms,
    monthly,
    months_up,
    outside,
    shares_chart,
)
from playbook.insights.statements import measured

MONTHS = [f"{year}-{month:02}" for year in range(2020, 2026) for month in range(1, 13)]
ROUTES, REPAIRS, ELECTION = "2022-05", "2023-01", "2023-11"
PLACES = ("Hill", "Mill")


def wave(level: float, trend: float = 0.0, jump: float = 0.0, at: str = ROUTES) -> np.ndarray:
    """Build months with a trend, a small wobble that repeats, and a jump."""
    time = np.arange(len(MONTHS))
    wobble = 4 * np.sin(2.4 * time)
    return level + trend * time + wobble + jump * (time >= MONTHS.index(at))


def city_of(
    missed: np.ndarray | None = None,
    mill: np.ndarray | None = None,
    calls: np.ndarray | None = None,
    buses: np.ndarray | None = None,
    months: int = 72,
    **tables: pd.DataFrame,
) -> City:
    """Build a city of two districts; Mill has half of each count, and its own asthma visits."""
    counts = {
        "missed_collections": wave(200) if missed is None else missed,
        "asthma_er_visits": wave(60),
        "calls_unanswered": wave(800) if calls is None else calls,
        "late_buses": wave(800) if buses is None else buses,
    }
    rows = []
    for metric, values in counts.items():
        for number, month in enumerate(MONTHS[:months]):
            for place in PLACES:
                value = values[number] / 2
                if metric == "asthma_er_visits" and place == "Mill" and mill is not None:
                    value = mill[number]
                rows.append((month, metric, place, round(value), 5_000))
    columns = ["month", "metric_id", "district", "value", "n"]
    events = pd.DataFrame(
        [
            (ROUTES, "Routes", WHOLE_CITY, "missed_collections"),
            (REPAIRS, "Repairs", "Mill", "asthma_er_visits"),
            (ELECTION, "Election", WHOLE_CITY, None),
        ],
        columns=["month", "event", "district", "metric_id"],
    ).astype("str")
    made = {"monthly_metrics": pd.DataFrame(rows, columns=columns), "events": events, **tables}
    return load_city().with_tables(made)


def noisy(level: float, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).binomial(10_000, level / 10_000, len(MONTHS)).astype(float)


FALLING = city_of(missed=wave(250, trend=-1.3))
DROPPED = city_of(missed=wave(250, jump=-60), mill=wave(60, jump=-25, at=REPAIRS))
# It falls until the routes come and no more after that; luck is too large to say what happened.
BLURRED = city_of(
    missed=250
    - 1.3 * np.minimum(np.arange(len(MONTHS)), MONTHS.index(ROUTES))
    + np.random.default_rng(5).normal(0, 16, len(MONTHS))
)
ROSE = city_of(missed=wave(150, jump=60), mill=wave(60, jump=25, at=REPAIRS))
STEADY = city_of(calls=noisy(800), buses=noisy(800))
SHORT = city_of(months=30)
OUTAGE = noisy(800)
OUTAGE[50] = 1_400
SPIKES = noisy(800)
SPIKES[[5, 15, 25, 35]] = 1_400
SAWTOOTH = np.sort(noisy(800))
MODELED = {"places_estimates": pd.DataFrame({"measure": ["Asthma"]})}


def without(city: City, table: str) -> City:
    """Give a copy of a city whose contract knows no such table."""
    from dataclasses import replace

    contract = {name: one for name, one in city.contract.items() if name != table}
    return replace(city, contract=contract, version=object())


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("9.2-before-after", FALLING, "appears"),
        ("9.2-before-after", ROSE, "absent"),
        ("9.2-before-after", STEADY, "unclear"),
        ("9.2-before-after", SHORT, "unclear"),
        ("9.2-trend-season", FALLING, "appears"),
        ("9.2-trend-season", DROPPED, "absent"),
        ("9.2-trend-season", STEADY, "unclear"),
        ("9.2-trend-season", BLURRED, "unclear"),
        ("9.2-trend-season", SHORT, "unclear"),
        ("9.2-asthma", DROPPED, "appears"),
        ("9.2-asthma", ROSE, "absent"),
        ("9.2-asthma", STEADY, "unclear"),
        ("9.2-asthma", SHORT, "unclear"),
        ("9.2-places", city_of(mill=wave(60, jump=-25, at=REPAIRS), **MODELED), "appears"),
        ("9.2-places", without(STEADY, "places_estimates"), "absent"),
        ("9.2-places", city_of(**MODELED), "unclear"),
        ("9.2-places", city_of(months=30, **MODELED), "unclear"),
        ("9.2-false-alarms", city_of(calls=wave(800, jump=60, at=ELECTION)), "appears"),
        ("9.2-false-alarms", city_of(), "absent"),
        ("9.2-false-alarms", SHORT, "unclear"),
        ("9.2-noise", STEADY, "appears"),
        ("9.2-noise", city_of(buses=SPIKES), "absent"),
        ("9.2-noise", city_of(buses=np.linspace(780, 820, 72)), "unclear"),
        ("9.2-noise", city_of(months=7), "unclear"),
        ("9.2-signal", city_of(calls=OUTAGE), "appears"),
        ("9.2-signal", city_of(calls=wave(800)), "absent"),
        ("9.2-signal", city_of(months=7), "unclear"),
    ],
)
def test_each_claim_has_three_endings(claim_id: str, city: City, verdict: str) -> None:
    result = measured(city, claim_id)
    assert result.verdict == verdict, result.sentence
    assert len(result.headline) <= 140
    assert result.sentence.startswith("In Port Alder")
    if verdict == "absent":
        assert "worth knowing" in result.sentence
    if verdict == "unclear":
        words = ("too little to tell", "can't tell")
        assert any(word in result.sentence for word in words), result.sentence


def test_districts_add_up_to_the_city() -> None:
    city = city_of(mill=wave(60))
    whole = monthly(city, "asthma_er_visits")
    parts = [monthly(city, "asthma_er_visits", place)["value"] for place in PLACES]
    assert whole["value"].tolist() == (parts[0] + parts[1]).tolist()
    assert set(whole["n"]) == {10_000}


def test_an_event_says_where_and_when_to_look() -> None:
    assert event_of(DROPPED, "asthma_er_visits") == (REPAIRS, "Mill")
    assert event_of(DROPPED, "late_buses") == ("", "")
    assert change(DROPPED, "late_buses") is None
    found = change(DROPPED, "asthma_er_visits")
    assert found is not None
    assert (found.district, found.months_before) == ("Mill", 36)
    assert found.level.value == pytest.approx(-25, abs=4)


def test_the_whole_city_is_named_beside_the_district() -> None:
    shown = measured(DROPPED, "9.2-asthma").sentence
    assert "The count of the whole city also shows it" in shown
    drowned = city_of(mill=wave(60, jump=-9, at=REPAIRS) + 0.0)
    sentence = measured(drowned, "9.2-asthma").sentence
    assert "whole city" in sentence


def test_counts_that_an_event_was_about_sound_no_false_alarm() -> None:
    """A jump of the routes at their own month is no false alarm, and is not counted."""
    jumping = city_of(missed=wave(250, jump=-60, at=ELECTION))
    assert false_alarms(jumping) == false_alarms(city_of())
    assert false_alarms(city_of())[1:] == (4, 1), "two counts in two districts, one month"


def test_points_outside_and_months_up_by_hand() -> None:
    chart = shares_chart(city_of(calls=OUTAGE), "calls_unanswered")
    assert chart is not None
    assert outside(chart) == [MONTHS[50]]
    rising = shares_chart(city_of(buses=SAWTOOTH), "late_buses")
    assert rising is not None
    up, steps = months_up(rising)
    assert steps == 71
    assert up == (rising["value"].diff() > 0).sum()
    assert shares_chart(city_of(months=7), "late_buses") is None
