"""A lesson on paper: no table and no chart is cut, and folds stay as the reader set them."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from playbook.publish.browser_rules import set_folds
from playbook.publish.browser_visits import WIDE, Visit
from playbook.publish.built_pages import BuiltPage, read_site
from playbook.publish.printed_pages import prints_whole

pytestmark = pytest.mark.browser


def lessons(site: Path) -> list[BuiltPage]:
    """The pages with charts that have no sheet format of their own."""
    return [page for page in read_site(site) if page.charts and "slides" not in page.name]


def words(visit: Visit) -> str:
    sheets = PdfReader(io.BytesIO(visit.page.pdf(prefer_css_page_size=True))).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def test_folds_print_as_the_reader_set_them(visit: Visit, site: Path) -> None:
    name = next(page.name for page in lessons(site) if page.name.endswith("1-fast-for-whom.html"))
    visit.open(name)
    answer = visit.page.locator(".fold .pb-solution p").first.text_content()[:40]
    assert answer
    assert answer not in words(visit)
    set_folds(visit.page, is_open=True)
    assert answer in words(visit)


def test_only_the_text_is_printed(visit: Visit, site: Path) -> None:
    visit.open(lessons(site)[-1].name)
    visit.page.emulate_media(media="print")
    for hidden in (".find", ".wide-menu", ".wide-contents", ".turn", ".lesson-doors"):
        assert not any(one.is_visible() for one in visit.page.locator(hidden).all()), hidden


def test_no_table_and_no_chart_of_the_longest_lesson_is_cut(visit: Visit, site: Path) -> None:
    longest = max(lessons(site), key=lambda page: len(page.charts))
    visit.open(longest.name)
    set_folds(visit.page, is_open=True)
    assert list(map(str, prints_whole(visit.page, longest.name))) == []


@pytest.mark.gate
@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
def test_no_page_is_cut_in_print(browser, address: str, site: Path, is_open: bool) -> None:
    visit = Visit(browser, address, viewport=WIDE)
    found = []
    for page in read_site(site):
        visit.open(page.name)
        set_folds(visit.page, is_open=is_open)
        found += prints_whole(visit.page, page.name)
    visit.context.close()
    assert not found, "\n".join(map(str, found))
