"""Claims about a trial of texts: it can find a winner, find none, or be too small to say."""

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.statements import measured
from playbook.insights.text_trial import best, by_language, effects, pilot_chances, shares

Counts = dict[str, tuple[int, int, int]]  # arm: people, replies, visits
DISTRICTS = ("Hill", "Mill")


def people_of(counts: Counts, spanish: dict[str, int] | None = None) -> pd.DataFrame:
    """Build one row a person. `spanish` says how many of those who replied read Spanish first."""
    rows = []
    for arm, (people, replies, visits) in counts.items():
        for number in range(people):
            replied = int(number < replies)
            if spanish is None:
                language = "Spanish" if number % 5 == 0 else "English"
            else:
                # Everyone who replied stands first; a fifth of the others reads Spanish.
                few = number < spanish[arm] if replied else number % 5 == 0
                language = "Spanish" if few else "English"
            rows.append((DISTRICTS[number % 2], arm, language, replied, int(number < visits)))
    table = pd.DataFrame(rows, columns=["block", "arm", "language", "replied", "attended"])
    table.insert(0, "person_id", [f"T{number}" for number in range(len(table))])
    return table.assign(booked=table["attended"])


def city_of(trial: Counts, pilot: Counts | None = None, **options: dict[str, int]) -> City:
    tables = {"sms_trial": people_of(trial, **options)}
    if pilot:
        tables["sms_pilot"] = people_of(pilot)
    return load_city().with_tables(tables)


def arms(people: int, control: int, new: int, visits: tuple[int, int] = (0, 0)) -> Counts:
    return {"control": (people, control, visits[0]), "new": (people, new, visits[1])}


WINNER = arms(3_000, 135, 200, (250, 248))
LOSER = arms(3_000, 200, 135, (250, 248))
LEVEL = arms(3_000, 150, 155, (250, 248))
TINY = arms(50, 3, 6, (4, 4))
BRINGS = arms(3_000, 135, 200, (250, 330))
BLURRED = arms(400, 20, 44, (30, 42))
PILOT_OTHER: Counts = {"control": (150, 7, 0), "new": (150, 8, 0), "other": (150, 11, 0)}
THREE: Counts = {"control": (3_000, 135, 0), "new": (3_000, 200, 0), "other": (3_000, 140, 0)}
SURE_PILOT: Counts = {"control": (900, 30, 0), "new": (900, 32, 0), "other": (900, 80, 0)}

UNEVEN = people_of(WINNER)
UNEVEN.loc[UNEVEN["arm"] == "new", "language"] = "English"

ENGLISH_ONLY = {"control": 25, "new": 27}
BOTH_ALIKE = {"control": 100, "new": 100}
BOTH_UNSURE = {"control": 75, "new": 78}


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("9.1-alike", city_of(WINNER), "appears"),
        ("9.1-alike", load_city().with_tables({"sms_trial": UNEVEN}), "absent"),
        ("9.1-alike", city_of(TINY), "unclear"),
        ("9.1-replies", city_of(WINNER), "appears"),
        ("9.1-replies", city_of(LOSER), "absent"),
        ("9.1-replies", city_of(LEVEL), "unclear"),
        ("9.1-replies", city_of(TINY), "unclear"),
        ("9.1-visits", city_of(WINNER), "appears"),
        ("9.1-visits", city_of(BRINGS), "absent"),
        ("9.1-visits", city_of(BLURRED), "unclear"),
        ("9.1-visits", city_of(LEVEL), "unclear"),
        ("9.1-sample", city_of(WINNER), "appears"),
        ("9.1-sample", city_of(LOSER), "absent"),
        ("9.1-sample", city_of(LEVEL), "unclear"),
        ("9.1-pilot", city_of(THREE, PILOT_OTHER), "appears"),
        ("9.1-pilot", city_of(WINNER, arms(150, 7, 11)), "absent"),
        ("9.1-pilot", city_of(THREE, SURE_PILOT), "unclear"),
        ("9.1-pilot", city_of(THREE, TINY), "unclear"),
        ("9.1-pilot-power", city_of(WINNER, arms(150, 7, 11)), "appears"),
        ("9.1-pilot-power", city_of(WINNER, arms(3_000, 135, 200)), "absent"),
        ("9.1-pilot-power", city_of(LOSER, arms(150, 7, 11)), "unclear"),
        ("9.1-spanish", city_of(WINNER, spanish=ENGLISH_ONLY), "appears"),
        ("9.1-spanish", city_of(WINNER, spanish={"control": 60, "new": 20}), "absent"),
        ("9.1-spanish", city_of(arms(3_000, 150, 155), spanish=BOTH_UNSURE), "unclear"),
        ("9.1-spanish", city_of(TINY), "unclear"),
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
        assert "too little to tell" in result.sentence or "can't tell" in result.sentence


def test_the_winner_is_the_text_with_the_most_replies_other_than_the_control() -> None:
    city = city_of(THREE)
    assert best(city) == "new"
    assert shares(city) == pytest.approx({"control": 4.5, "new": 200 / 30, "other": 14 / 3})
    assert best(city_of(LOSER)) == "new", "the control itself is not a candidate"
    assert effects(city_of(TINY), "replied") is None


def test_a_lift_that_only_one_text_shows_is_made_stricter_by_the_others() -> None:
    """A p-value of 0.03 among three tries is not sure."""
    near: Counts = {"control": (3_000, 150, 0), "new": (3_000, 189, 0)}
    assert measured(city_of(near), "9.1-replies").verdict == "appears"
    more = {**near, "other": (3_000, 150, 0), "third": (3_000, 150, 0)}
    assert measured(city_of(more), "9.1-replies").verdict == "unclear"


def test_few_replies_in_a_language_are_not_shown() -> None:
    assert by_language(city_of(WINNER, spanish={"control": 9, "new": 30})) is None
    found = by_language(city_of(WINNER, spanish={"control": 10, "new": 30}))
    assert found is not None
    assert found.index.tolist() == ["English", "Spanish", "difference"]


def test_figures_of_the_sample_size_are_those_that_are_printed() -> None:
    result = measured(city_of(arms(3_000, 135, 188)), "9.1-sample")
    assert result.estimate.value == 2_472
    assert "4.5 against 6.3 of 100" in result.sentence
    assert "For 3.5 against 4.9 it would be 3,219" in result.sentence


def test_the_pilots_chances_come_from_the_trials_shares_and_the_pilots_size() -> None:
    power, wrong, first = pilot_chances(city_of(arms(3_000, 135, 189), arms(150, 9, 9)))
    assert (power, wrong) == pytest.approx((10.2, 24.5), abs=0.1)
    assert 65 < first < 80, "of two texts the best comes first more often"
