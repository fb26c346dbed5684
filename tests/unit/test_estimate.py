import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.estimate import Estimate, format_number


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        (Estimate(8.41, 7.93, 9.02, unit="days"), "8.4 days (7.9 to 9.0)"),
        (Estimate(8.41, 7.93, math.inf, unit="days"), "8.4 days (7.9 or more)"),
        (Estimate(8.41, math.nan, math.nan, unit="days"), "8.4 days"),
        (Estimate(6, math.nan, math.nan, unit="kinds", decimals=0), "6 kinds"),
        (Estimate(math.nan, math.nan, math.nan), "too few to tell"),
        (Estimate(1234.5, 1000, 1500, decimals=0), "1,234 (1,000 to 1,500)"),
    ],
)
def test_an_estimate_prints_itself_as_part_of_a_sentence(estimate: Estimate, text: str) -> None:
    assert str(estimate) == repr(estimate) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_numbers_for_readers_never_show_a_minus_zero(value: float, decimals: int) -> None:
    text = format_number(value, decimals)
    assert float(text.replace(",", "")) == pytest.approx(value, abs=10**-decimals)
    assert not (text.startswith("-") and float(text.replace(",", "")) == 0)
