"""The plan in a browser: the page that is saved, and the blank one on two sheets."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from playbook.city.tables import load_city
from playbook.learn.memos.content import MemoContent, mark_as_practice
from playbook.learn.plan.my_plan import in_my_city, keep_memo, my_plan
from playbook.publish.browser_rules import accessible, no_sideways_scroll, targets_are_large
from playbook.publish.browser_visits import axe_source
from playbook.publish.printed_pages import fits_the_sheet, prints_whole
from playbook.show.charts import bar

pytestmark = pytest.mark.browser
LONG = "Days from the report until the job is closed, in the highest-poverty fifth"


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan of two lessons with a chart, a wide table and something of everything."""
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    waits = pd.DataFrame({"Where": ["Eastbank", "Vista"], "Days": [8, 6]})
    chart = bar(waits, x="Days", y="Where", unit="days", finding="Eastbank waits longer")
    wide = pd.DataFrame({f"{LONG} {n}": ["8.5 (8.3 to 8.6)"] * 3 for n in range(1, 5)})
    content = MemoContent("Waits", ("We saw 8 days.",), wide, "Median waits", chart)
    for name in ("1.1", "3.1"):
        typed = {"owner": "A" * 60, "by": "2020-01-01", "first_step": LONG}
        keep_memo(name, load_city(), mark_as_practice(content), typed)
        in_my_city(name, ask=LONG, indicator=f"{LONG} {name}")
    my_plan(today=date(2026, 11, 22))
    return tmp_path / "practice-my-plan.html"


@pytest.fixture
def open_page(browser: Any) -> Iterator[Any]:
    """Open a file as wide and as dark as is asked."""
    opened = []

    def show(path: Path, width: int, scheme: str) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True
        )
        opened.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield show
    for context in opened:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_saved_plan_is_open_to_everyone(
    open_page: Any, saved: Path, width: int, scheme: str
) -> None:
    page = open_page(saved, width, scheme)
    # The tool is put into the page, which lets no script in by itself.
    found = no_sideways_scroll(page, "plan") + targets_are_large(page, "plan")
    found += accessible(page, "plan", axe_source())
    assert [str(one) for one in found] == []


def test_the_saved_plan_prints_whole(open_page: Any, saved: Path) -> None:
    page = open_page(saved, 1280, "light")
    assert [str(one) for one in fits_the_sheet(page, "plan")] == []
    assert [str(one) for one in prints_whole(page, "plan")] == []


def test_the_blank_plan_is_two_sheets(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/book/my-plan.html")
    printed = page.pdf(format="Letter")
    page.emulate_media(media="print")
    rows = page.locator(".blank-plan .paper-row")
    assert all(rows.nth(n).bounding_box()["height"] >= 20 for n in range(rows.count()))
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
