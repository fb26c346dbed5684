"""The product-limit curve against the published table of the first trial it became known by.

Freireich EJ et al. (1963), Blood 21:699-716: weeks of remission with 6-mercaptopurine, 21 children,
12 of them still in remission. Table 4.1 of Klein JP, Moeschberger ML (2003), Survival Analysis,
2nd ed.
"""

import pytest

from playbook.measures.product_limit import product_limit, wait_percentile

RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
IN_REMISSION = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
WEEKS = RELAPSED + IN_REMISSION
CLOSED = [True] * len(RELAPSED) + [False] * len(IN_REMISSION)
PUBLISHED = [
    (6, 21, 3, 0.857, 0.0764),
    (7, 17, 1, 0.807, 0.0869),
    (10, 15, 1, 0.753, 0.0963),
    (13, 12, 1, 0.690, 0.1068),
    (16, 11, 1, 0.627, 0.1141),
    (22, 7, 1, 0.538, 0.1282),
    (23, 6, 1, 0.448, 0.1346),
]


def test_curve() -> None:
    curve = product_limit(WEEKS, CLOSED)
    assert len(curve) == len(PUBLISHED)
    for row, published in zip(curve.itertuples(index=False), PUBLISHED, strict=True):
        weeks, at_risk, events, survival, error = published
        assert (row.days, row.at_risk, row.events) == (weeks, at_risk, events)
        assert row.survival == pytest.approx(survival, abs=0.0006)
        assert row.standard_error == pytest.approx(error, abs=6e-5)


def test_median() -> None:
    median = wait_percentile(WEEKS, CLOSED)
    assert median.value == 23
    # At no week seen is the curve below one half for certain, so there is no upper end.
    assert (median.low, median.high) == (13, float("inf"))
