"""Which numbers in prose need a result behind them."""

from __future__ import annotations

from typing import Any

import pytest

from playbook.author.prose_rules import prose_numbers


def found(draft: Any, text: str, cell: str = "is-it-real") -> list[str]:
    draft.append(cell, f"\n\n{text}")
    return [finding.what for finding in prose_numbers(draft.page())]


@pytest.mark.parametrize(
    "text",
    [
        "They wait 4.5 days.",
        "A gap of 12 percent.",
        "There are 64 neighborhoods in 6 kinds.",
        "The 90th percentile, of 311 requests.",
        "See lesson 3.1 and exercise 2.1-b.",
        "Take 15 minutes.",
        "Type `8.4 days` there.",
        "In 2019, on January 15.",
    ],
)
def test_backed_or_no_result(draft: Any, text: str) -> None:
    assert found(draft, text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("They wait 4.6 days.", 1),
        ("From 18 to 41 percent.", 2),
        ("From 4.5 to 41 percent.", 1),
        ("It costs $3 a job.", 1),
        ("A 7-day wait.", 1),
        ("About 23% of them.", 1),
        ("A ratio of 1.9.", 1),
    ],
)
def test_without_a_result(draft: Any, text: str, figures: int) -> None:
    assert len(found(draft, text)) == figures


def test_a_value_may_be_quoted_with_fewer_digits(draft: Any) -> None:
    draft.quoted = ("1.86", "-3.9", "8793")
    assert found(draft, "A gap of 1.9 days, or 3.9, and 8,793 days.") == []
    assert len(found(draft, "A gap of 1.8 days.")) == 1


@pytest.mark.parametrize(("cell", "text"), [("real-city", "27.5 percent"), ("sources", "3.5%")])
def test_a_case_may_quote_its_source(draft: Any, cell: str, text: str) -> None:
    draft.cell(cell)["metadata"]["tags"] = ["case"]
    assert found(draft, text, cell) == []


def test_a_deadline_is_no_result(draft: Any) -> None:
    assert found(draft, "Send it within 30 days.", "take-it-to-work") == []
    assert len(found(draft, "Service got 30 percent faster.", "take-it-to-work")) == 1
