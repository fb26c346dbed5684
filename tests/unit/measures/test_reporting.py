"""Reports per audited hazard: sums first, the right interval, nothing where nothing was found."""

import pandas as pd
import pytest

from playbook.errors import PlaybookError
from playbook.measures.intervals import byar_limits, exact_poisson_limits
from playbook.measures.reporting import reporting_propensity


def audit(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["district", "hazards_found", "reports"])


def test_places_of_a_group_are_added_up_before_dividing() -> None:
    found = reporting_propensity(audit([("A", 90, 9), ("A", 10, 9), ("B", 50, 50)]), by="district")
    # 18 of 100, not the average of 10 and 90.
    assert found["per_100"].tolist() == [18, 100]
    assert found["district"].tolist() == ["A", "B"]
    assert found["hazards_found"].tolist() == [100, 50]
    assert found.loc[0, "high"] == pytest.approx(float(byar_limits(18)[1]))


def test_limits_are_byars_from_10_reports_and_exact_below() -> None:
    found = reporting_propensity(audit([("A", 200, 30), ("B", 200, 4)]), by="district")
    assert found.loc[0, "high"] == pytest.approx(float(byar_limits(30)[1]) / 2)
    assert found.loc[1, "low"] == pytest.approx(float(exact_poisson_limits(4)[0]) / 2)


def test_no_hazards_means_nothing_to_report() -> None:
    found = reporting_propensity(audit([("A", 0, 0), ("B", 50, 0)]), by="district")
    assert found.loc[0, ["per_100", "low", "high"]].isna().all()
    assert found.loc[1, "per_100"] == 0
    assert found.loc[1, "high"] > 0


def test_the_table_is_left_as_it_was() -> None:
    table = audit([("A", 90, 9)])
    before = table.copy()
    reporting_propensity(table, by="district")
    pd.testing.assert_frame_equal(table, before)


def test_refusals() -> None:
    with pytest.raises(PlaybookError, match="ward"):
        reporting_propensity(audit([("A", 90, 9)]), by="ward")
    with pytest.raises(PlaybookError, match="found -3"):
        reporting_propensity(audit([("A", 90, -3)]), by="district")
