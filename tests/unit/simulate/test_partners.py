"""The partners' table: one coordinator in the middle, and what is missing on purpose."""

import networkx
import numpy as np
import pandas as pd
import pytest

from playbook.author.words import banned_in, british_in
from playbook.simulate.partner_list import (
    CORE,
    HEALTH,
    LENDER,
    OTHER_PROMISES,
    OWN_CHANGES,
    PARTNERS,
    RESIDENTS,
    SCHOOLS,
    SHARED_FAMILIES,
)
from playbook.simulate.partner_ties import ties_of_2022, ties_of_2025
from playbook.simulate.partners import (
    CAME,
    FEWEST_SHOWN,
    MEETINGS,
    OTHER_KEPT,
    OTHER_PROMISED,
    OWN_KEPT,
    OWN_PROMISES,
    TRUST_COLUMNS,
    VALUE_COLUMNS,
    partner_tables,
)
from playbook.simulate.world import SEED, make_world

SEEDS = [SEED, 1, 2, 3]


def made(seed):
    return partner_tables(make_world(seed), {}, seed)


def graph_of(ties, year):
    rows = ties[ties["year"] == year]
    return networkx.Graph(list(zip(rows["from_org"], rows["to_org"], strict=True)))


def ids_by_name():
    return {one.name: f"O{place:02}" for place, one in enumerate(PARTNERS, start=1)}


def test_thirty_partners_in_groups_of_one_22_4_and_3():
    assert (len(CORE), len(HEALTH), len(RESIDENTS), len(PARTNERS)) == (22, 4, 3, 30)
    table = made(SEED)["organizations"]
    assert table["name"].is_unique
    assert table["org_id"].tolist() == [f"O{place:02}" for place in range(1, 31)]
    # Nobody controls child care: that is what the reader shall find.
    assert not table["controls"].str.contains("child", case=False).any()


@pytest.mark.parametrize("seed", SEEDS)
def test_ties_grow_and_the_coordinator_stays_the_only_way_across(seed):
    ties = made(seed)["ties"]
    assert ties.groupby("year").size().to_dict() == {2022: 61, 2025: 117}
    before, after = (graph_of(ties, year) for year in (2022, 2025))
    assert {frozenset(pair) for pair in before.edges} <= {frozenset(pair) for pair in after.edges}
    assert (before.degree("O01"), after.degree("O01")) == (9, 15)
    for graph in (before, after):
        assert len(graph) == 30
        assert networkx.is_connected(graph)
        graph.remove_node("O01")
        parts = sorted(map(len, networkx.connected_components(graph)))
        assert parts == [3, 4, 22]


@pytest.mark.parametrize("seed", SEEDS)
def test_schools_and_lender_share_most_families_and_have_no_tie(seed):
    tables, ids = made(seed), ids_by_name()
    pair = {ids[SCHOOLS], ids[LENDER]}
    for year in (2022, 2025):
        assert not graph_of(tables["ties"], year).has_edge(*pair)
    common = tables["clients_in_common"].sort_values("households", ascending=False)
    assert set(common.iloc[0][["org_a", "org_b"]]) == pair
    assert common["households"].iloc[0] == SHARED_FAMILIES == 3100
    assert common["households"].iloc[1] < 2700
    assert common["households"].min() >= FEWEST_SHOWN
    served = [one.households for one in PARTNERS]
    smaller = [
        min(served[int(row.org_a[1:]) - 1], served[int(row.org_b[1:]) - 1])
        for row in common.itertuples()
    ]
    assert (common["households"] <= smaller).all(), "more in common than one of them serves"


def test_the_two_are_never_tied_even_when_they_come_first():
    never, core = frozenset((1, 2)), list(range(1, 23))
    first_two = [
        seed
        for seed in range(1000)
        if set(np.random.default_rng(seed).permutation(core)[:2].tolist()) == never
    ]
    assert first_two
    for seed in [*first_two, *range(100)]:
        random = np.random.default_rng(seed)
        before = ties_of_2022(random, 22, 4, 3, never)
        after = ties_of_2025(random, before, never)
        assert (len(before.pairs), len(after.pairs)) == (61, 117)
        assert (1, 2) not in after.pairs


def test_scores_lie_between_one_and_four_and_trust_differs_by_partner():
    ties = made(SEED)["ties"]
    scores = ties[["frequency", *VALUE_COLUMNS, *TRUST_COLUMNS]]
    assert scores.min().min() == 1
    assert scores.max().max() == 4
    many = pd.concat([made(seed)["ties"] for seed in range(1, 21)])
    trust = many[list(TRUST_COLUMNS)].mean(axis=1).groupby(many["to_org"]).mean()
    ids = ids_by_name()
    assert trust[ids["Food bank"]] > trust[ids["The power company"]] + 0.7


def test_attendance_has_every_partner_at_every_meeting():
    table = made(SEED)["table_attendance"]
    assert len(table) == len(MEETINGS) * 30 == 360
    assert not table.duplicated(["meeting", "org_id"]).any()
    assert set(table["came"]) == set(CAME)
    assert (table.loc[table["org_id"] == "O01", "came"] == "Head").all()


@pytest.mark.parametrize("seed", SEEDS)
def test_promises_hold_their_quotas(seed):
    table = made(seed)["commitments"]
    counts = table.groupby(["own_practice_change", "kept"]).size().to_dict()
    assert counts == {
        ("yes", "yes"): OWN_KEPT,
        ("yes", "no"): OWN_PROMISES - OWN_KEPT,
        ("no", "yes"): OTHER_KEPT,
        ("no", "no"): OTHER_PROMISED - OTHER_KEPT,
    }
    assert table["date"].is_monotonic_increasing
    own = table["own_practice_change"] == "yes"
    assert set(table.loc[own, "commitment"]) == set(OWN_CHANGES)
    assert set(table.loc[~own, "commitment"]) == set(OTHER_PROMISES)


def test_words_are_ours():
    texts = [*OWN_CHANGES, *OTHER_PROMISES]
    texts += [f"{one.name} {one.controls} {one.sector} {one.type}" for one in PARTNERS]
    for text in texts:
        assert not banned_in(text)
        assert not british_in(text)
