"""Tables that can be read aloud, walked through and compared."""

import math
import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.show.table import Table, table


@pytest.fixture
def waits() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "district": ["Eastbank", "Foundry", "Midtown <b>"],
            "requests": [12034, 8121, 7009],
            "median_wait": [4.52, math.nan, math.inf],
            "year": [2023, 2024, 2025],
        }
    )


def cells(shown: Table, heading: str) -> list[str]:
    return list(shown.frame[heading])


def test_numbers_are_written_for_readers(waits: pd.DataFrame) -> None:
    shown = table(waits, "Waits", units={"median_wait": "days"})
    assert cells(shown, "Requests") == ["12,034", "8,121", "7,009"]
    assert cells(shown, "Median wait (days)") == ["4.5", "too few to tell", "not reached"]
    assert cells(shown, "Year") == ["2023", "2024", "2025"]
    assert shown.numeric == {"Requests", "Median wait (days)", "Year"}


def test_decimals_for_all_or_for_each(waits: pd.DataFrame) -> None:
    assert cells(table(waits, "Waits", decimals=2), "Median wait")[0] == "4.52"
    shown = table(waits, "Waits", decimals={"median_wait": 0})
    assert (cells(shown, "Median wait")[0], cells(shown, "Requests")[0]) == ("5", "12,034")


def test_dates_truth_and_estimates_are_written_for_readers() -> None:
    df = pd.DataFrame(
        {
            "id": ["a", "b"],
            "opened": [pd.Timestamp("2025-01-02"), pd.Timestamp("2025-01-02 03:04")],
            "closed": [pd.Timestamp("2025-01-03"), pd.NaT],
            "open": [True, False],
            "wait": [Estimate(4.5, 4.0, 5.0, unit="days"), Estimate(math.nan, 1, 2)],
            "channel": ["phone", None],
        }
    )
    shown = table(df, "Requests")
    assert cells(shown, "Opened") == ["2025-01-02", "2025-01-02 03:04"]
    assert cells(shown, "Closed") == ["2025-01-03", "not recorded"]
    assert cells(shown, "Open") == ["yes", "no"]
    assert cells(shown, "Wait") == ["4.5 days (4.0 to 5.0)", "too few to tell"]
    assert cells(shown, "Channel") == ["phone", "not recorded"]


def test_html_can_be_walked_through(waits: pd.DataFrame) -> None:
    root = ElementTree.fromstring(table(waits, 'Waits & "more"').html())
    assert root.attrib["role"] == "region"
    assert root.attrib["tabindex"] == "0"
    assert root.attrib["aria-label"] == 'Waits & "more"' == root.findtext("table/caption")
    heads = root.findall("table/thead/tr/th")
    assert [head.attrib["scope"] for head in heads] == ["col"] * 4
    for row in root.findall("table/tbody/tr"):
        assert [cell.tag for cell in row] == ["th", "td", "td", "td"]
        assert row[0].attrib["scope"] == "row"
        assert "text-align:left" in row[0].attrib["style"]
        assert "text-align:right" in row[1].attrib["style"]
    assert root.findall("table/tbody/tr/th")[2].text == "Midtown <b>"


def test_no_stylesheet_and_no_color_of_text_is_needed(waits: pd.DataFrame) -> None:
    html = table(waits, "Waits").html()
    assert "overflow-x:auto" in html
    assert not re.search(r"(?<!-)color:|background", html)


def test_plain_text_lines_up(waits: pd.DataFrame) -> None:
    lines = str(table(waits, "Waits")).splitlines()
    assert lines[0] == "Waits"
    ends = {line.index(number) + len(number) for line, number in zip(
        lines[2:], ["12,034", "8,121", "7,009"], strict=True)}  # fmt: skip
    assert ends == {lines[1].index("Requests") + len("Requests")}


def test_index_with_labels_becomes_the_first_column() -> None:
    df = pd.DataFrame({"wait": [1.0, 2.0]}, index=["Hill", "Mill"])
    assert list(table(df, "Waits").frame.columns) == ["Name", "Wait"]
    df.index.name = "district"
    assert list(table(df, "Waits").frame.columns) == ["District", "Wait"]


class _Hidden:
    def for_readers(self) -> pd.DataFrame:
        return pd.DataFrame({"Open": ["fewer than 11", "20"]}, index=["Hill", "Mill"])


def test_table_with_hidden_counts_prints_its_words() -> None:
    shown = table(_Hidden(), "Counts")
    assert cells(shown, "Open") == ["fewer than 11", "20"]
    assert shown.numeric == {"Open"}


def test_table_of_the_suppression_module_is_understood() -> None:
    from playbook.measures.suppression import suppress

    counts = pd.DataFrame({"Open": [4, 20], "Closed": [30, 50]}, index=["Hill", "Mill"])
    assert "fewer than 11" in str(table(suppress(counts, totals="none"), "Counts"))
    assert " 4" not in str(table(suppress(counts, totals="none"), "Counts"))


def test_given_table_is_not_changed(waits: pd.DataFrame) -> None:
    before = waits.copy()
    table(waits, "Waits").html()
    pd.testing.assert_frame_equal(waits, before)


def test_what_can_not_be_shown_is_told_plainly(waits: pd.DataFrame) -> None:
    with pytest.raises(PlaybookError, match="no caption"):
        table(waits, " ")
    with pytest.raises(PlaybookError, match="no rows"):
        table(waits.iloc[:0], "Waits")
    with pytest.raises(PlaybookError, match=r"called wait[\s\S]*median_wait"):
        table(waits, "Waits", units={"wait": "days"})
