"""Forecasts against published intervals and an independent implementation.

Published: twelve monthly figures worked in Minitab, with 95 percent prediction intervals for the
two months after (https://wizedu.com/questions/626145, read in November 2026). Months stand in for
years here.
"""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from playbook.measures.forecast import forecast, forecast_years

MONTHS = [185, 192, 189, 201, 195, 199, 206, 203, 208, 209, 218, 216]
# The first month is "year" 2001.
SERIES = pd.Series(MONTHS, index=range(2001, 2013), dtype=float)


@pytest.mark.parametrize(
    ("month", "fitted", "low", "high"),
    [(13, 219.5, 211.067, 227.933), (14, 222.231, 213.504, 230.958)],
)
def test_minitab_prediction_intervals(month, fitted, low, high) -> None:
    found = forecast(SERIES, 2000 + month, level=0.95)
    assert (found.value, found.low, found.high) == pytest.approx((fitted, low, high), abs=0.002)


@pytest.mark.parametrize("seed", range(8))
def test_statsmodels_gives_the_same_intervals(seed) -> None:
    draw = np.random.default_rng(seed)
    years = np.sort(draw.choice(np.arange(1990, 2025), draw.integers(4, 20), replace=False))
    values = pd.Series(draw.normal(100, 20, len(years)) + 2 * years, index=years)
    ahead = [2025, 2028, 2040]
    level = float(draw.uniform(0.5, 0.99))
    found = forecast_years(values, ahead, level)
    middle = years.mean()
    fit = sm.OLS(values.to_numpy(), sm.add_constant(years - middle)).fit()
    new = sm.add_constant(np.array(ahead) - middle, has_constant="add")
    frame = fit.get_prediction(new).summary_frame(alpha=1 - level)
    np.testing.assert_allclose(found["forecast"], frame["mean"], rtol=1e-9)
    np.testing.assert_allclose(found["low"], frame["obs_ci_lower"], rtol=1e-9)
    np.testing.assert_allclose(found["high"], frame["obs_ci_upper"], rtol=1e-9)
