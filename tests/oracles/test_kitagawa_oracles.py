"""Kitagawa's split against a published decomposition.

Das Gupta P (1993), Standardization and Decomposition of Rates: A User's Manual, US Bureau of the
Census, P23-186, example 5.1: household headship rates per 100, United States, 1970 and 1985. With
one factor besides the rates, Das Gupta's split is Kitagawa's. Four decimals as recomputed by the
DasGuptR package (King J, Matthews B, 2025).
"""

import pandas as pd
import pytest

from playbook.measures.decomposition import kitagawa

AGES = [*(f"{age}-{age + 4}" for age in range(15, 75, 5)), "75+"]
SHARE_1970 = [12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9]
SHARE_1985 = [10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5]
RATE_1970 = [1.9, 25.8, 45.7, 49.6, 51.2, 51.6, 51.8, 54.9, 58.7, 60.4, 62.8, 66.6, 66.8]
RATE_1985 = [2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2]


def test_headship_rates() -> None:
    rates = [pd.Series(rate, AGES) for rate in (RATE_1985, RATE_1970)]
    shares = [pd.Series(share, AGES) / 100 for share in (SHARE_1985, SHARE_1970)]
    split = kitagawa(*rates, *shares)
    assert split.total == pytest.approx(47.6940 - 44.7268, abs=5e-5)
    assert split.within_effect == pytest.approx(1.7403, abs=5e-5)
    assert split.mix_effect == pytest.approx(1.2269, abs=5e-5)
