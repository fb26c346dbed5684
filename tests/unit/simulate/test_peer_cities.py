"""Cities that never change, and a table in which they seem to."""

import numpy as np
import pytest

from playbook.simulate.peer_cities import METRICS, RELIABILITY, YEARS, peer_cities
from playbook.simulate.world import SEED


@pytest.mark.parametrize("seed", [SEED, 1, 2])
def test_each_city_year_and_figure_stands_there_once(seed):
    table = peer_cities(seed)
    assert len(table) == 24 * 3 * 4
    assert not table.duplicated(["city", "year", "metric"]).any()
    assert set(table["metric"]) == set(METRICS)
    assert table["value"].between(0, 100).all()
    usual = table["metric"].map({name: count for name, (_, count) in METRICS.items()})
    assert (table["n"] / usual).between(0.87, 1.13).all()
    assert (table["value"] == table["value"].round(1)).all()


def test_a_value_is_a_share_of_whole_people():
    table = peer_cities(SEED)
    reached = table["value"] * table["n"] / 100
    # Rounded to a tenth of a percent, half a person of 600 is as far as it gets.
    assert (reached - reached.round()).abs().max() <= 0.0005 * table["n"].max() + 1e-9


def test_a_quarter_of_the_differences_lasts():
    reliability = []
    for seed in range(1, 41):
        table = peer_cities(seed).pivot_table(
            index="city", columns=["metric", "year"], values="value"
        )
        for metric in METRICS:
            years = table[metric]
            # What two years share is what lasts.
            shared = [years[a].cov(years[b]) for a, b in ((2023, 2024), (2024, 2025), (2023, 2025))]
            reliability.append((np.mean(shared), years.var().mean()))
    shared, whole = np.mean(reliability, axis=0)
    assert shared / whole == pytest.approx(RELIABILITY, abs=0.06)


def test_no_city_changes_on_average():
    tables = [peer_cities(seed) for seed in range(1, 41)]
    by_year = [table.groupby(["metric", "year"])["value"].mean().unstack() for table in tables]
    change = np.mean([one[YEARS[-1]] - one[YEARS[0]] for one in by_year], axis=0)
    assert np.abs(change).max() < 0.35
