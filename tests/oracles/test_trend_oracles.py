"""Control charts and interrupted series against published figures and statsmodels."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from playbook.measures.control_charts import p_chart, xmr_chart
from playbook.measures.interrupted_series import before_after, interrupted_series
from playbook.measures.seasonal_line import (
    forecast_band,
    newey_west_variances,
    seasonal_design,
)

# Montgomery DC, Introduction to Statistical Quality Control: cans of orange juice that leak, 30
# samples of 50. Average 0.2313333333, limits 0.0524275481 and 0.4102391186; samples 15 and 23 lie
# outside.
LEAKING = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22]
LEAKING += [8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]

# Worked example of the package spc_plotly 0.1.3: average 2820.6315789473683, average moving range
# 571.8918918918919, upper limit 4341.864011379801.
COUNTS = [2478, 2350, 2485, 2296, 2359, 2567, 3089, 2668, 1788, 2854, 2365, 1883, 1959]
COUNTS += [1927, 2640, 2626, 2144, 2409, 4412, 3287, 3049, 3364, 3078, 2972, 3415, 2753]
COUNTS += [3102, 2191, 3693, 4385, 4699, 3031, 2659, 3885, 2628, 2621, 3071, 2002]

MONTHS = [f"{year}-{month:02}" for year in range(2020, 2026) for month in range(1, 13)]


def made_series(seed: int) -> pd.Series:
    random = np.random.default_rng(seed)
    luck = random.normal(0, 6, len(MONTHS))
    for month in range(1, len(luck)):
        luck[month] += 0.5 * luck[month - 1]
    time = np.arange(len(MONTHS))
    value = 150 - 0.8 * time + 10 * np.sin(2 * np.pi * time / 12) - 9 * (time >= 30)
    return pd.Series(value + luck, MONTHS)


def test_orange_juice() -> None:
    chart = p_chart(pd.Series(LEAKING), pd.Series([50] * 30))
    assert chart["center"][0] == pytest.approx(23.13333333, abs=1e-8)
    assert chart["low"][0] == pytest.approx(5.24275481, abs=1e-8)
    assert chart["high"][0] == pytest.approx(41.02391186, abs=1e-8)
    outside = chart.index[chart["signal"] == "outside the limits"] + 1
    assert outside.tolist() == [15, 23]


def test_xmr_of_a_published_example() -> None:
    chart = xmr_chart(pd.Series(COUNTS, dtype=float))
    assert chart["center"][0] == pytest.approx(2820.6315789473683)
    assert chart["moving_range"].mean() == pytest.approx(571.8918918918919)
    assert chart["high"][0] == pytest.approx(4341.864011379801)


@pytest.mark.parametrize("lags", [0, 1, 3, 6])
@pytest.mark.parametrize("season", ["none", "harmonic", "month"])
def test_newey_west_is_that_of_statsmodels(season: str, lags: int) -> None:
    values = made_series(lags)
    design = seasonal_design(len(values), season, 30)  # type: ignore[arg-type]
    fit = sm.OLS(values.to_numpy(), design).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}
    )
    ours = newey_west_variances(design, values.to_numpy() - design @ fit.params, lags)
    assert ours == pytest.approx(fit.bse**2, rel=1e-7)
    two = newey_west_variances(design, np.column_stack([fit.resid, 2 * fit.resid]), lags)
    assert two[:, 1] == pytest.approx(4 * ours, rel=1e-7)


@pytest.mark.parametrize("seed", range(4))
def test_coefficients_and_ranges_are_those_of_statsmodels(seed: int) -> None:
    values = made_series(seed)
    found = interrupted_series(values, MONTHS[30])
    model = sm.OLS(values.to_numpy(), seasonal_design(len(values), "harmonic", 30))
    plain = model.fit()
    robust = model.fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, use_t=True)
    error = np.maximum(plain.bse, robust.bse)
    reach = stats.t.ppf(0.975, plain.df_resid) * error
    for one, estimate in (
        (1, found.trend_before),
        (2, found.level_change),
        (3, found.trend_change),
    ):
        assert estimate.value == pytest.approx(plain.params[one])
        assert estimate.high - estimate.value == pytest.approx(reach[one])
    assert found.table["fitted"].to_numpy() == pytest.approx(plain.fittedvalues)


def test_before_after_is_welchs() -> None:
    values = made_series(1)
    before, after = values[:30], values[30:]
    expected = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95)
    found = before_after(values, MONTHS[30])
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_a_forecast_is_that_of_statsmodels() -> None:
    values = made_series(2)
    design = seasonal_design(len(values) + 6, "harmonic")
    fit = sm.OLS(values.to_numpy(), design[: len(values)]).fit()
    expected = fit.get_prediction(design[len(values) :]).summary_frame(alpha=0.05)
    band = forecast_band(values, 6)
    assert band["expected"].to_numpy() == pytest.approx(expected["mean"].to_numpy())
    assert band["low"].to_numpy() == pytest.approx(expected["obs_ci_lower"].to_numpy())
    assert band["high"].to_numpy() == pytest.approx(expected["obs_ci_upper"].to_numpy())
