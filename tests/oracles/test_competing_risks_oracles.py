"""Aalen-Johansen against statsmodels, lifelines, and a share without open cases."""

import warnings

import numpy as np
import pytest
from lifelines import AalenJohansenFitter
from statsmodels.duration.survfunc import CumIncidenceRight

from playbook.measures.competing_risks import cumulative_incidence, incidence_by


def made_up(seed, cases=300):
    """Stays with ties, three ends and open cases: 0 open, 1 home, 2 and 3 elsewhere."""
    random = np.random.default_rng(seed)
    days = np.ceil(random.exponential(60, cases)) + 1
    ended = random.choice([0, 1, 2, 3], cases, p=[0.2, 0.45, 0.25, 0.1])
    # The longest stay is still open: at the last end of all, statsmodels divides by 0.
    return np.r_[days, days.max() + 5], np.r_[ended, 0]


def ours(days, ended):
    return cumulative_incidence(days, [None if end == 0 else int(end) for end in ended], of=1)


@pytest.mark.parametrize("seed", range(5))
def test_shares_and_errors_are_those_of_statsmodels(seed):
    days, ended = made_up(seed)
    theirs = CumIncidenceRight(days, ended)
    table = ours(days, ended)
    at = np.searchsorted(theirs.times, table["days"])
    np.testing.assert_allclose(table["share"], theirs.cinc[0][at], atol=1e-10)
    np.testing.assert_allclose(
        table["standard_error"], theirs.cinc_se[0][at], rtol=1e-6, atol=1e-12
    )


@pytest.mark.parametrize("seed", range(5))
def test_shares_and_variances_are_those_of_lifelines(seed):
    random = np.random.default_rng(seed)
    # lifelines breaks ties by lot, so these have none.
    days = random.permutation(np.arange(1.0, 251.0))
    ended = random.choice([0, 1, 2], 250, p=[0.2, 0.5, 0.3])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = AalenJohansenFitter(calculate_variance=True).fit(days, ended, event_of_interest=1)
    table = ours(days, ended).set_index("days")
    shares = theirs.cumulative_density_["CIF_1"]
    common = table.index.intersection(shares.index)
    np.testing.assert_allclose(table.loc[common, "share"], shares[common], atol=1e-10)
    np.testing.assert_allclose(
        table.loc[common, "standard_error"] ** 2,
        theirs.variance_.loc[common],
        rtol=1e-6,
        atol=1e-12,
    )
    limits = theirs.confidence_interval_.loc[120.0].to_numpy()
    found = incidence_by(days, np.where(ended == 0, None, ended), 120, of=1)
    np.testing.assert_allclose([found.low / 100, found.high / 100], np.sort(limits), rtol=1e-6)


def test_without_open_cases_it_is_the_plain_share():
    days, ended = made_up(9)
    days, ended = days[:-1], np.where(ended == 0, 2, ended)[:-1]
    for horizon in (10, 60, 200):
        found = incidence_by(days, ended, horizon, of=1)
        plain = np.mean((ended == 1) & (days <= horizon))
        assert found.value == pytest.approx(100 * plain)
    table = ours(days, ended).iloc[:-1]
    # The delta method's error is then that of a share.
    share = table["share"].to_numpy()
    np.testing.assert_allclose(
        table["standard_error"], np.sqrt(share * (1 - share) / len(days)), rtol=1e-6
    )
