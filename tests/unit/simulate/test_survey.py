"""The survey: who answered differs from who lives here, and that turns the first place around."""

import numpy as np
import pytest

from playbook.simulate import survey as module
from playbook.simulate.health import population_age
from playbook.simulate.survey import (
    AGE,
    ANSWERS,
    EFFECTS,
    KINDS,
    LANGUAGE,
    PRIORITIES,
    SHARES,
    TENURE,
    adults,
    first_choices,
    survey_tables,
)
from playbook.simulate.world import SEED, make_world


def tables_of(seed):
    world = make_world(seed)
    return survey_tables(world, {"population_age": population_age(world, seed)}, seed)


@pytest.fixture(scope="module")
def made():
    return tables_of(SEED)


def test_each_answer_stands_there_once_and_names_a_place(made):
    answers = made["survey_responses"]
    assert len(answers) == ANSWERS
    assert answers["response_id"].is_unique
    assert set(answers["neighborhood_id"]) <= set(make_world().neighborhood_id)
    assert answers.notna().all(axis=None)
    assert answers["trust"].between(1, 5).all()


def test_every_trait_adds_up_to_all_adults(made):
    world = make_world()
    people = adults(world, population_age(world, SEED))
    sums = made["survey_margins"].groupby("variable")["people"].sum()
    assert set(sums) == {people.sum()}
    assert people.sum() < world.residents.sum()


def test_adults_are_those_of_the_table_of_ages(made):
    ages = population_age(make_world(), SEED).groupby("age_group")["population"].sum()
    old = made["survey_margins"].set_index("category")["people"]["65+"]
    assert old == ages[["65-74", "75-84", "85 and older"]].sum()


def test_traits_of_the_answers_are_counted_in_the_margins(made):
    margins, answers = made["survey_margins"], made["survey_responses"]
    for variable in ("age_group", "tenure", "language"):
        categories = margins.loc[margins["variable"] == variable, "category"]
        assert set(categories) == set(answers[variable])


@pytest.mark.parametrize("seed", [1, 2, SEED])
def test_renters_are_half_of_the_adults_and_a_quarter_of_the_answers(seed):
    made = tables_of(seed)
    people = made["survey_margins"].set_index("category")["people"]
    assert people["Renter"] / people[["Owner", "Renter"]].sum() == pytest.approx(0.54, abs=0.001)
    assert (made["survey_responses"]["tenure"] == "Renter").mean() == pytest.approx(0.25, abs=0.03)


def test_kinds_of_adults_are_twelve_and_add_up():
    assert len(set(KINDS)) == 12
    assert SHARES.sum() == pytest.approx(1)
    assert KINDS[3] == ("18-34", "Renter", "Another language")
    assert [AGE[3], TENURE[3], LANGUAGE[3]] == [0, 1, 1]


def test_the_true_shares_are_those_of_all_adults_by_hand():
    def share(parts, change, at):
        parts = np.array(parts) * np.array(change)
        return parts[at] / parts.sum()

    owner, renter = [.34, .12, .22, .17, .06, .09], [.13, .50, .18, .08, .13, .10]  # fmt: skip
    english, other = [1] * 6, [.80, 1.25, .90, .80, 1.30, 1.20]  # fmt: skip
    truth = {effect.name: effect.value for effect in EFFECTS}
    for name, at in (("survey_street_repair", 0), ("survey_home_repair_and_rent", 1)):
        whole = (
            0.375 * share(owner, english, at)
            + 0.085 * share(owner, other, at)
            + 0.395 * share(renter, english, at)
            + 0.145 * share(renter, other, at)
        )
        assert truth[name] == pytest.approx(100 * whole, abs=0.06)
    assert PRIORITIES[:2] == ("Street repair", "Home repair and rent")


def test_choices_follow_from_home_and_language_alone():
    choices = first_choices()
    for tenure in (0, 1):
        for language in (0, 1):
            same = choices[(tenure == TENURE) & (language == LANGUAGE)]
            assert np.ptp(same, axis=0).max() == 0


def test_loud_places_answer_more(monkeypatch):
    def corner(strength):
        monkeypatch.setattr(module, "ANSWERS_BY_VOICE", strength)
        world = make_world()
        loud = world.neighborhood_id[np.argsort(-world.voice)[:16]]
        return tables_of(SEED)["survey_responses"]["neighborhood_id"].isin(loud).mean()

    assert corner(0.3) > corner(0.0) + 0.05


def test_the_same_seed_gives_the_same_answers_and_another_one_does_not(made):
    again, other = tables_of(SEED), tables_of(SEED + 1)
    assert again["survey_responses"].equals(made["survey_responses"])
    assert not other["survey_responses"].equals(made["survey_responses"])
