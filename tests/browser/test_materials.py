"""What is printed: one sheet for the mayor, one a slide, two to four for the handout."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
_SHEET = re.compile(rb"/Type\s*/Page\b")
# The printable part of a sheet across, as slides.css sets it, in CSS pixels.
ACROSS = {"width": 950, "height": 725}


def pages(site: Path, kind: str) -> list[Path]:
    found = sorted(site.rglob(f"*.{kind}.html"))
    assert found
    return found


def sheets(page) -> int:
    return len(_SHEET.findall(page.pdf(prefer_css_page_size=True)))


def test_pages_print_on_the_sheets_they_promise(browser, site: Path) -> None:
    page = browser.new_page()
    for path in pages(site, "mayor"):
        page.goto(path.as_uri())
        assert sheets(page) == 1, path.name
    for path in pages(site, "handout"):
        page.goto(path.as_uri())
        assert 2 <= sheets(page) <= 4, path.name
    for path in pages(site, "slides"):
        page.goto(path.as_uri())
        assert sheets(page) == page.locator(".slide").count(), path.name
    page.close()


def test_no_slide_is_cut_off_in_print(browser, site: Path) -> None:
    page = browser.new_page(viewport=ACROSS)
    page.emulate_media(media="print")
    for path in pages(site, "slides"):
        page.goto(path.as_uri())
        cut = page.evaluate(
            "[...document.querySelectorAll('.slide')].filter((one) => "
            "one.scrollHeight > one.clientHeight + 1).map((one) => one.id)"
        )
        assert cut == [], path.name
    page.close()


def test_slides_turn_with_the_keyboard_alone(browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=True)
    page.goto(pages(site, "slides")[0].as_uri())
    page.keyboard.press("Tab")  # the skip link
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#slide-2")
    # The page may still be on its way; it has to come to rest there.
    page.wait_for_function(
        "Math.abs(document.querySelector('#slide-2').getBoundingClientRect().top) < 5"
    )
    page.close()


def test_lesson_and_session_page_lead_to_them(site: Path) -> None:
    for path in pages(site, "mayor"):
        stem = path.name.removesuffix(".mayor.html")
        for beside in (f"{stem}.html", f"{stem}.facilitator.html"):
            html = (path.parent / beside).read_text(encoding="utf-8")
            for kind in ("mayor", "slides", "handout"):
                assert f'href="{stem}.{kind}.html"' in html, (beside, kind)
