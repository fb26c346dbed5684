"""Age-adjusted rates and their intervals against published worked examples."""

import pandas as pd
import pytest

from playbook.measures.rates import rate
from playbook.measures.standardize import STANDARDS, Interval, age_adjusted_rate

# Fay MP, Feuer EJ (1997), Statistics in Medicine 16:791-801: Down syndrome births by the age of the
# mother, Michigan 1950-64 (Fleiss JL 1981, p. 249). The standard is the mean of the birth orders.
# Digits as the R packages epitools and asht compute them.
AGES = ["Under 20", "20-24", "25-29", "30-34", "35-39", "40 and older"]
MOTHERS = dict(zip(AGES, [63986.6, 186263.6, 157302.2, 97647.0, 47572.6, 12262.6], strict=True))
BIRTHS = {
    "first": [230061, 329449, 114920, 39487, 14208, 3052],
    "second": [72202, 326701, 208667, 83228, 28466, 5375],
    "third": [15050, 175702, 207081, 117300, 45026, 8660],
    "fourth": [2293, 68800, 132424, 98301, 46075, 9834],
    "fifth or later": [327, 30666, 123419, 149919, 104088, 34392],
}
CASES = {
    "first": [107, 141, 60, 40, 39, 25],
    "second": [25, 150, 110, 84, 82, 39],
    "third": [3, 71, 114, 103, 108, 75],
    "fourth": [1, 26, 64, 89, 137, 96],
    "fifth or later": [0, 8, 63, 112, 262, 295],
}
# Crude, adjusted, and the limits of Fay and Feuer, per 100,000.
PUBLISHED = {
    "first": (56.34750546, 92.30452553, 80.44174985, 105.76334575),
    "second": (67.61987693, 91.17411683, 82.36121165, 100.86757632),
    "third": (83.33054979, 85.06922134, 77.18345340, 94.22356983),
    "fourth": (115.45116807, 92.71786506, 80.00999276, 114.66944482),
    # No case in the smallest age group: one case there would add much, so the range is lopsided.
    "fifth or later": (167.11418641, 75.52900745, 67.70212042, 188.30017273),
}


def mothers(order: str) -> pd.DataFrame:
    return pd.DataFrame({"age_group": AGES, "deaths": CASES[order], "population": BIRTHS[order]})


@pytest.mark.parametrize("order", PUBLISHED)
def test_fay_and_feuer(order: str) -> None:
    crude, adjusted, low, high = PUBLISHED[order]
    found = age_adjusted_rate(mothers(order), MOTHERS)
    assert (found.value, found.low, found.high) == pytest.approx((adjusted, low, high), abs=1e-8)
    assert rate(sum(CASES[order]), sum(BIRTHS[order])).value == pytest.approx(crude, abs=1e-8)


def test_tiwari_is_shorter_above() -> None:
    found = age_adjusted_rate(mothers("fifth or later"), MOTHERS, "tiwari")
    assert found.low == pytest.approx(67.70212042, abs=1e-8)
    assert found.high == pytest.approx(112.85842908, abs=1e-8)


# UK Health Security Agency, test sheets of PHEindicatormethods at commit 093fd288d8f8, with the
# European standard of 2013. Another of its cells is not used: row testdata_1976, per 10,000, has a
# value of 859.2 and 99.8 percent limits of 7,659 to 9,599, which are those per 100,000.
RESIDENTS = [
    *(636, 558, 609, 543, 384, 594, 669, 843, 660, 576),
    *(606, 522, 426, 273, 300, 288, 153, 123, 207),
]
BIG = [127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91]
SMALL = [12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4]


def residents(deaths: list[int]) -> pd.DataFrame:
    ages = list(STANDARDS["europe2013"])
    return pd.DataFrame({"age_group": ages, "deaths": deaths, "population": RESIDENTS})


@pytest.mark.parametrize(
    ("deaths", "value", "low", "high"),
    [
        (BIG, 1043.0247991469, 971.7709067986, 1117.8940915479),
        (SMALL, 110.3212025300, 87.7455767537, 136.7088222725),
    ],
)
def test_dobson(deaths: list[int], value: float, low: float, high: float) -> None:
    found = age_adjusted_rate(residents(deaths), "europe2013", "dobson", per=10_000)
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high), rel=1e-12)


@pytest.mark.parametrize("interval", ["fay-feuer", "tiwari", "dobson"])
def test_nine_events_are_too_few(interval: Interval) -> None:
    found = age_adjusted_rate(residents([1] * 9 + [0] * 10), "europe2013", interval)
    assert not found.known
    assert age_adjusted_rate(residents([1] * 10 + [0] * 9), "europe2013", interval).known


def test_standards_are_the_official_ones() -> None:
    us, europe = STANDARDS["us2000"], STANDARDS["europe2013"]
    assert list(us.values()) == [
        *(13818, 55317, 145565, 138646, 135573, 162613, 134834, 87247, 66037, 44842, 15508)
    ]
    assert list(us)[:3] == ["Under 1", "1-4", "5-14"]
    assert sum(us.values()) == 1_000_000
    assert list(europe.values()) == [
        *(5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000),
        *(7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000),
    ]
    assert sum(europe.values()) == 100_000
