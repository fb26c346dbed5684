"""Dates as exports write them, against Python's own calendar."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.city import dates as module
from playbook.city.dates import order_of, read_dates, written

LAYOUTS = {
    "%Y-%m-%d %H:%M:%S": "year first",
    "%Y-%m-%dT%H:%M:%S.000": "year first",
    "%Y/%m/%d": "year first",
    "%m/%d/%Y %I:%M:%S %p": "month first",
    "%m/%d/%Y %H:%M": "month first",
    "%d-%b-%Y": "day, month name",
    "%B %d, %Y": "month name, day",
    "%b  %d %Y  %I:%M%p": "month name, day",
}


@pytest.mark.parametrize(("layout", "name"), LAYOUTS.items())
@settings(max_examples=25, deadline=None)
@given(moments=st.lists(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)), min_size=1))
def test_every_layout_is_read_as_python_wrote_it(layout, name, moments):
    moments = [*moments, datetime(2011, 7, 14, 13, 5)]  # the 14th settles month and day
    cells = pd.Series([moment.strftime(layout) for moment in moments])
    dates = read_dates(cells, order="month first")
    expected = [datetime.strptime(cell, layout).replace(second=0) for cell in cells]
    assert dates.values.dt.to_pydatetime().tolist() == expected
    assert sum(dates.layouts.values()) == len(cells)
    if all(moment.day <= 12 for moment in moments[:-1]):
        assert set(dates.layouts) == {name}


@pytest.mark.parametrize(
    "cell",
    [
        "soon",
        "2011-02-30",
        "2011-13-01",
        "0000-01-01",
        "13/13/2011",
        "2011-07-01 25:00",
        "July",
        "31 Foo 2011",
        "40725.06",
        "2011",
        "20110701",
        "2011-07-01 10:75",
    ],
)
def test_what_is_no_date_is_counted_not_guessed(cell):
    dates = read_dates(pd.Series([cell, "2011-07-01"]))
    assert dates.unreadable.tolist() == [True, False]
    assert not dates.blank.any()


@pytest.mark.parametrize("cell", ["", "  ", "NULL", "n/a", "-"])
def test_empty_cells_are_blank_not_unreadable(cell):
    dates = read_dates(pd.Series([cell]))
    assert dates.blank.tolist() == [True]
    assert dates.unreadable.tolist() == [False]


def test_order_of_month_and_day():
    assert order_of(pd.Series([" 14/7/2011", "1/7/2011"])) == "day first"
    assert order_of(pd.Series(["7/14/2011", "1/7/2011"])) == "month first"
    assert order_of(pd.Series(["7/4/2011"])) is None


def test_day_first_is_read_day_first():
    dates = read_dates(pd.Series(["14.7.2011 09:30", "1.7.2011 10:00"]))
    assert dates.values.tolist() == [
        pd.Timestamp("2011-07-14 09:30"),
        pd.Timestamp("2011-07-01 10:00"),
    ]
    assert not dates.assumed


@pytest.mark.parametrize(
    ("clock", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 p.m.", 13), ("13:05 PM", 13)]
)
def test_morning_and_afternoon(clock, hour):
    assert read_dates(pd.Series([f"7/14/2011 {clock}"])).values[0].hour == hour


def test_two_digit_years_and_time_zones():
    dates = read_dates(pd.Series(["7/14/11", "7/14/99", "2011-07-14T10:00:00-04:00"]))
    assert dates.values.dt.year.tolist() == [2011, 1999, 2011]
    assert dates.values[2] == pd.Timestamp("2011-07-14 10:00")
    assert dates.zoned


WAYS = (
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M:%SZ"),
    *("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%Y %H:%M", "%d-%b-%Y"),
)
ODD = (
    *("", "N/A", "soon", "2011-02-30", "2011-7-1", "2011-07-01 24:00:00", "20110701", "2011"),
    *("7/4/11", "13/13/2011", "0000-01-01", "9999-12-31 23:59:59", "2011-07-01T08:00:00-04:00"),
    *("07/14/2011 13:05:00 PM", "07/14/2011 00:05:00 AM", "2011-07-01 08:00:00.5"),
)


@settings(max_examples=150)
@given(
    moments=st.lists(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)), min_size=1),
    ways=st.lists(st.sampled_from(WAYS), min_size=1, max_size=2),
    odd=st.lists(st.sampled_from(ODD), max_size=2),
    order=st.sampled_from([None, "month first", "day first"]),
)
def test_long_columns_are_read_as_short_ones_are(moments, ways, odd, order):
    cells = [moment.strftime(ways[at % len(ways)]) for at, moment in enumerate(moments)]
    column = pd.Series([*cells, *odd], dtype="str")
    with pytest.MonkeyPatch.context() as patch:
        read = []
        for enough in (10**9, 1):
            patch.setattr(module, "_ENOUGH_TO_HURRY", enough)
            read.append(read_dates(column, order))
    slow, quick = read
    pd.testing.assert_series_equal(slow.values, quick.values)
    pd.testing.assert_series_equal(slow.unreadable, quick.unreadable)
    assert slow.layouts == quick.layouts
    assert (slow.assumed, slow.whole_days, slow.zoned) == (
        quick.assumed,
        quick.whole_days,
        quick.zoned,
    )


@given(moments=st.lists(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31))))
def test_dates_are_written_to_the_minute_and_what_is_missing_stays_missing(moments):
    column = pd.Series([*moments, pd.NaT], dtype="datetime64[us]")
    assert written(column).tolist()[:-1] == [f"{moment:%Y-%m-%d %H:%M}" for moment in moments]
    assert written(column).isna().tolist() == [False] * len(moments) + [True]
