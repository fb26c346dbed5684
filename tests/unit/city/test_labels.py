"""Labels keep their spelling, and no spreadsheet runs them."""

from __future__ import annotations

import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from playbook.city.labels import clean, fold, is_blank, safe_cell, squash


@given(st.text())
@example("0 \x1b\r0")
def test_cleaning_and_escaping_twice_change_nothing(label):
    once = safe_cell(clean(label))
    assert safe_cell(clean(once)) == once
    assert not once.startswith(("=", "+", "-", "@"))


def test_only_case_and_space_are_folded():
    folded = fold(
        pd.Series(["Mill Flats", "MILL  FLATS", "Mill Flat", "Mill Flats", "Mill\tflats "])
    )
    assert folded.values.tolist() == [*["Mill Flats"] * 2, "Mill Flat", *["Mill Flats"] * 2]
    assert folded.spellings == {"Mill Flats": ("MILL  FLATS", "Mill\tflats ")}


def test_equally_frequent_spellings_give_the_same_label_in_any_order():
    cells = pd.Series(["pothole", "Pothole"])
    assert set(fold(cells).values) == set(fold(cells[::-1]).values) == {"Pothole"}


def test_blanks_are_blank_and_names_that_look_like_them_are_not():
    assert all(is_blank(cell) for cell in ("", "\u00a0", "N/A", "null", "Unknown", "0 Unspecified"))
    assert not any(is_blank(cell) for cell in ("Nahant", "None Such Road", "Natick", "0", "Other"))


def test_headers_differ_by_their_letters_only():
    assert squash("Closed Date") == squash("closed_date") == squash("CLOSED-DATE ")
    assert squash("closed") != squash("close")
