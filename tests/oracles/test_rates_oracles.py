"""Intervals of rates and shares, and of their differences, against published worked examples."""

import pytest

from playbook.measures.rates import (
    byar_limits,
    difference,
    exact_poisson_limits,
    proportion,
    ratio,
    wilson_limits,
)

# UK Health Security Agency, test sheets of PHEindicatormethods (public-health statistics).
BYAR = [
    (65, 0.95, 50.163188, 82.849139),
    (1045, 0.95, 982.593202, 1110.331213),
    (1, 0.95, 0.013072, 5.563756),
    (65, 0.998, 42.880261, 94.000291),
    (10, 0.998, 2.916318, 24.193725),
]
EXACT = [(1, 0.025318, 5.571643), (5, 1.623486, 11.668332)]
WILSON = [
    (65, 100, 0.552544, 0.736358),
    (1045, 5000, 0.197955, 0.220491),
    (1, 100, 0.001767, 0.054486),
    (5, 100, 0.021544, 0.111750),
    (20, 100, 0.133367, 0.288829),
    (9856, 12345, 0.791210, 0.805364),
    (222, 3215, 0.060792, 0.078340),
    (999, 3456, 0.274190, 0.304404),
]
# Newcombe RG (1998), Statistics in Medicine 17:873-890, table II, method 10.
NEWCOMBE = [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090)]
# Fagerland MW, Lydersen S, Laake P (2017), Statistical Analysis of Contingency Tables, chapter 4:
# survival with high and standard dose of epinephrine (Perondi et al. 2004).
EPINEPHRINE = ((7, 34), (1, 34))


@pytest.mark.parametrize(("events", "level", "low", "high"), BYAR)
def test_byar(events: int, level: float, low: float, high: float) -> None:
    assert byar_limits(events, level) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize(("events", "low", "high"), EXACT)
def test_exact_poisson(events: int, low: float, high: float) -> None:
    assert exact_poisson_limits(events) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize(("successes", "trials", "low", "high"), WILSON)
def test_wilson(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson_limits(successes, trials) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize(("one", "other", "low", "high"), NEWCOMBE)
def test_difference_of_shares_is_newcombes(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    gap = difference(proportion(*one), proportion(*other))
    assert (gap.low, gap.high) == pytest.approx((100 * low, 100 * high), abs=0.006)


def test_difference_of_rare_shares() -> None:
    gap = difference(*(proportion(*arm) for arm in EPINEPHRINE))
    assert (gap.value, gap.low, gap.high) == pytest.approx((17.65, 1.89, 34.04), abs=0.006)


def test_ratio_is_mover_r() -> None:
    times = ratio(*(proportion(*arm) for arm in EPINEPHRINE))
    assert (times.value, times.low, times.high) == pytest.approx((7.0, 1.1537, 41.9763), abs=5e-5)
