"""A cohort's pages in a browser: nothing a person typed runs, and the check of a computer works."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2
import pytest

from playbook.learn.catalog import lessons
from playbook.publish.browser_visits import Visit
from playbook.publish.cohort.settings import make_cohort
from playbook.publish.reports import render

pytestmark = [pytest.mark.browser, pytest.mark.gate]

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "book" / "_theme" / "playbook"
ATTACKS = (
    "<script>document.title = 'ran'</script>",
    "<img src=x onerror=\"document.title = 'ran'\">",
    '"><svg onload="document.title = \'ran\'">',
    "--><script>document.title = 'ran'</script>",
    "{{ 7 * 7 }} & <b>bold</b>",
)
ANSWERS = {
    "name": "Spring Lab",
    "dates": ["2027-03-10 14:00"],
    "time_zone": "America/Chicago",
    "contact": "Ana Ruiz",
    "welcome": "Hello.",
    "lessons": ["3.1"],
}


@pytest.mark.parametrize("said", ATTACKS)
@pytest.mark.parametrize("name", ["welcome.html", "START-HERE.html"])
def test_nothing_that_was_typed_runs(browser: Any, tmp_path: Path, name: str, said: str) -> None:
    # Past the checks of cohort.toml, and without the content policy that would stop it too.
    cohort = replace(make_cohort(ANSWERS, lessons()), name=said, welcome=said, contact=said)
    if name == "START-HERE.html":
        html = render(ROOT, tmp_path, name, {"title": said, "cohort": cohort}).read_text("utf-8")
    else:
        environment = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME), autoescape=False)
        html = environment.get_template(name).render(
            cohort=cohort, meetings=[], pathto=str, language="en", docstitle="Playbook"
        )
    page = browser.new_page()
    page.set_content(html.replace("Content-Security-Policy", "X-Nothing"))
    page.wait_for_timeout(100)
    assert page.title() != "ran"
    assert page.locator("main script, main img, main svg, main b").count() == 0
    assert said in page.locator("main").inner_text()
    page.close()


def test_the_check_of_a_computer_says_what_works(visit: Visit) -> None:
    visit.open("preflight.html")
    visit.page.click("#check-now")
    visit.page.wait_for_selector("[data-check=download][data-result=works]")
    for part in ("open", "scripts"):
        assert visit.page.get_attribute(f"[data-check={part}]", "data-result") == "works"
    assert visit.elsewhere == []


def test_the_check_says_what_to_do_when_a_file_is_missing(visit: Visit) -> None:
    visit.page.route("**/*.ipynb", lambda route: route.fulfill(status=404))
    visit.open("preflight.html")
    visit.page.click("#check-now")
    visit.page.wait_for_selector("[data-check=download][data-result=look]")
    said = visit.page.inner_text("[data-check=download]")
    assert "Look here. The site does not have the file." in said
    assert "If no file arrives:" in said


def test_the_check_works_from_a_folder(browser: Any, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "preflight.html").as_uri())
    page.click("#check-now")
    assert page.get_attribute("[data-check=scripts]", "data-result") == "works"
    assert page.get_attribute("[data-check=download]", "data-result") is None
    page.goto((site / "welcome.html").as_uri())
    assert page.inner_text("h1").strip()
    assert page.locator("text=When we meet").count() == 1
    page.close()
