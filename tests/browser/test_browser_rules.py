"""Each rule of the browser catches its one fault, and names page, element and fix."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from playbook.publish import browser_rules as rules
from playbook.publish import browser_visits
from playbook.publish.access_report import BROWSER_RULES
from playbook.publish.browser_visits import (
    NARROW,
    WIDE,
    Content,
    Variant,
    Visit,
    axe_source,
    check_in_browser,
    largest_paint,
    same_without_scripts,
)
from playbook.publish.built_pages import BuiltPage, Finding
from playbook.publish.printed_pages import printed_size, prints_whole
from playbook.publish.site_rules import POLICY

pytestmark = pytest.mark.browser
NAME = "index.html"
STYLE = ":focus-visible { outline: 3px solid #a3420c }"
MAIN = '<main id="main" tabindex="-1">'
HEAD = f"""<header><p><a href="#x">Home</a></p></header>
{MAIN}"""
SOUND = f"""<!DOCTYPE html><html lang="en"><head><title>Waits</title>
<meta charset="utf-8"><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<style>a, summary {{ display: inline-block; min-height: 24px }}
{STYLE} main:focus {{ outline: none }}
@media print {{ table {{ break-inside: avoid }} }}</style>
<script defer src="page.js"></script></head><body>
<a href="#main">Skip to the text</a>{HEAD}<h1>Waits</h1><p>Eastbank waits longest.</p>
<details><summary>Why</summary><p>Trees.</p></details>
<div role="region" aria-label="Waits" tabindex="0" style="overflow-x: auto">
<table style="min-width: 20rem"><caption>Waits</caption>
<tr><th scope="col">District</th></tr><tr><td>Eastbank</td></tr></table></div>
<p id="x"><a href="#main">More</a></p></main>
<footer><p class="last">Done.</p></footer></body></html>"""
SCRIPT = "document.querySelector('h1').title = 'Waits';"

FAULTS = [
    ("accessible", ' lang="en"', ""),
    # Hidden in a fold: it is opened first.
    ("accessible", "<p>Trees.</p>", '<p style="color:#bbb;background:#fff">Trees.</p>'),
    # No law, but good practice: text outside every landmark.
    ("accessible", '<footer><p class="last">Done.</p></footer>', "<p>Done.</p>"),
    ("skip-link-works", '<a href="#main">Skip to the text</a>', ""),
    ("skip-link-works", HEAD, HEAD.replace("<header", '<header id="main"').replace(MAIN, "<main>")),
    ("few-stops", '<a href="#x">Home</a>', '<a href="#x">Home, sweet home</a><br>' * 9),
    ("focus-is-visible", "outline: 3px solid #a3420c", "outline: none"),
    ("targets-are-large", "min-height: 24px", "line-height: 14px; margin: 12px 0"),
    ("no-sideways-scroll", STYLE, STYLE + "@media screen { .last { width: 60rem } }"),
    ("scroll-areas-have-names", ' aria-label="Waits"', ""),
    (
        "scroll-areas-have-names",
        '<p class="last">',
        '<p class="last" tabindex="0"><style>@media screen { .last { overflow-x: auto }'
        ".last::after { content: ''; display: inline-block; width: 90rem } }</style>",
    ),
    ("no-errors", "<p>Eastbank", '<p onclick="alert(1)">Eastbank'),
    ("no-errors", 'src="page.js"', 'src="nowhere.js"'),
    ("fits-the-sheet", STYLE, STYLE + "@media print { .last { width: 60rem } }"),
]
SCRIPT_FAULTS = [
    ("no-errors", "throw new Error('lost');"),
    ("keeps-nothing", "localStorage.setItem('theme', 'dark');"),
    ("keeps-nothing", "sessionStorage.setItem('seen', '1');"),
    ("keeps-nothing", "document.cookie = 'seen=1';"),
    ("light-enough", "document.head.append(Object.assign(document.createElement('link'),"
     " {rel: 'stylesheet', href: 'more.css'}));"),
    ("same-without-scripts", "document.querySelector('main').append('one two three four five');"),
    ("same-without-scripts", "document.querySelector('main').append("
     "document.createElement('table'));"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sites(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> tuple[Path, str]:
    """A folder for sites of one page, and its address."""
    folder = tmp_path_factory.mktemp("sites")
    return folder, serve(folder)


@pytest.fixture
def judge(
    browser, sites: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[Finding]]:
    """Put a page and its script on a site of their own and run the gate on it, in one variant."""
    monkeypatch.setattr(browser_visits, "VARIANTS", [Variant(NARROW, "light", True)])

    def run(html: str, script: str = SCRIPT) -> list[Finding]:
        folder, address = sites
        name = f"site-{len(list(folder.iterdir()))}"
        (folder / name).mkdir()
        (folder / name / NAME).write_text(html, "utf-8")
        (folder / name / "page.js").write_text(script, "utf-8")
        (folder / name / "more.css").write_text("h2 { color: red }", "utf-8")
        return list(check_in_browser(browser, f"{address}/{name}", folder / name))

    return run


def test_a_sound_page_has_no_finding(judge) -> None:
    assert list(map(str, judge(SOUND))) == []


def once_a_day(faults: list[tuple[str, ...]]) -> list[object]:
    """Leave the first fault of each rule in the daily run, and its others to the gate."""
    seen: set[str] = set()
    marked = []
    for fault in faults:
        marked.append(pytest.param(*fault, marks=[pytest.mark.gate] if fault[0] in seen else []))
        seen.add(fault[0])
    return marked


@pytest.mark.parametrize(("rule", "sound", "fault"), once_a_day(FAULTS))
def test_one_fault_of_a_page_is_found_by_its_rule(judge, rule, sound, fault) -> None:
    assert sound in SOUND
    found = judge(SOUND.replace(sound, fault))
    assert {one.rule for one in found} == {rule}, list(map(str, found))
    assert all(one.page.startswith(NAME) and one.what and one.fix for one in found)


@pytest.mark.parametrize(("rule", "fault"), once_a_day(SCRIPT_FAULTS))
def test_one_fault_of_a_script_is_found_by_its_rule(judge, rule, fault) -> None:
    found = judge(SOUND, fault)
    assert {one.rule for one in found} == {rule}, list(map(str, found))


@pytest.mark.parametrize(
    ("keep", "told"),
    [
        (
            "new Promise((done) => { indexedDB.open('work').onsuccess = done; })",
            "the database work",
        ),
        ("caches.open('pages')", "the cache pages"),
    ],
)
def test_databases_and_caches_count_as_kept(browser, sites, keep: str, told: str) -> None:
    folder, address = sites
    (folder / "kept.html").write_text(SOUND, "utf-8")
    visit = Visit(browser, address)
    visit.open("kept.html")
    assert rules.keeps_nothing(visit.page, NAME) == []
    visit.page.evaluate(f"{keep}.then(() => true)")
    assert [one.what for one in rules.keeps_nothing(visit.page, NAME)] == [
        f"it keeps {told} in the browser"
    ]
    visit.context.close()


def test_what_is_asked_of_another_host_is_found(judge, tmp_path: Path, serve) -> None:
    (tmp_path / "far.css").write_text("h2 { color: red }", "utf-8")
    far = f'<link rel="stylesheet" href="{serve(tmp_path)}/far.css">'
    without_policy = SOUND.replace('http-equiv="Content-Security-Policy"', 'name="x"')
    found = judge(without_policy.replace("<style>", f"{far}<style>"))
    assert {one.rule for one in found} == {"nothing-from-elsewhere"}, list(map(str, found))


def test_the_policy_of_a_page_keeps_other_hosts_out(judge) -> None:
    far = '<link rel="stylesheet" href="https://far.example/far.css">'
    found = judge(SOUND.replace("<style>", f"{far}<style>"))
    assert any(one.rule == "no-errors" and "Policy" in one.what for one in found)


def test_every_rule_of_the_report_has_its_fault() -> None:
    tried = {rule for rule, *_ in [*FAULTS, *SCRIPT_FAULTS]}
    assert {rule.name for rule in BROWSER_RULES} <= tried


@pytest.fixture
def page(browser) -> Iterator[object]:
    opened = browser.new_page(viewport=WIDE)
    yield opened
    opened.close()


def test_a_finding_names_the_element(page) -> None:
    page.set_viewport_size(NARROW)
    page.set_content(SOUND.replace("<p>Eastbank", '<p class="wide" style="width:60rem">Eastbank'))
    (told,) = rules.no_sideways_scroll(page, NAME)
    assert 'p.wide "Eastbank waits longest."' in told.what


def test_one_text_of_each_look_is_enough_to_find_a_pale_one(page) -> None:
    gray = '<p>Fine.</p><p style="color:#bbb">Pale.</p>' * 40
    page.set_content(SOUND.replace("<p>Eastbank", f"{gray}<p>Eastbank"))
    every = rules.accessible(page, NAME, axe_source(), every_text=True)
    some = rules.accessible(page, NAME, axe_source(), every_text=False)
    assert [one.what.split(" at ")[0] for one in every] == ["color-contrast"]
    assert "(40 in all)" in every[0].what
    assert "(1 in all)" in some[0].what


def test_a_pale_text_on_another_ground_is_another_look(page) -> None:
    dark = '<div style="background:#444"><p>Same ink, black ground.</p></div>'
    page.set_content(SOUND.replace("<p>Eastbank", f"{dark}<p>Eastbank"))
    found = rules.accessible(page, NAME, axe_source(), every_text=False)
    assert [one.what.split(" at ")[0] for one in found] == ["color-contrast"]


def test_a_page_may_lack_one_word_in_a_hundred_without_scripts() -> None:
    told = Content(tuple(map(str, range(100))), {"tables": 1})
    assert same_without_scripts(NAME, told, Content(told.words[1:], {"tables": 1})) == []
    (found,) = same_without_scripts(NAME, told, Content(told.words[2:], {"tables": 0}))
    assert found.what == "without JavaScript it lacks 1 of 1 tables and 2% of the words"


ROWS = "".join(f"<tr><td style='height:{{}}px'>Row {number}</td></tr>" for number in range(12))
TABLE = "<table>" + ROWS + "</table>"


@pytest.mark.parametrize("rule", ["break-inside: avoid", "break-inside: auto"])
def test_a_table_between_two_sheets_is_found(page, rule: str) -> None:
    above = '<div style="height: 700px"></div>'
    html = SOUND.replace("table { break-inside: avoid }", f"table {{ {rule} }}")
    page.set_content(html.replace("<p>Eastbank", above + TABLE.format(*[50] * 12) + "<p>Eastbank"))
    found = prints_whole(page, NAME)
    assert [one.rule for one in found] == (["prints-whole"] if "auto" in rule else [])
    assert all("Row 0" in one.what for one in found)


@pytest.mark.parametrize(("lines", "rows"), [(8, []), (60, ["the row", "the row"])])
def test_a_row_between_two_sheets_is_found(page, lines: int, rows: list[str]) -> None:
    long = TABLE.replace("Row", "Line<br>" * lines + "Row").format(*[170] * 12)
    page.set_content(SOUND.replace("<p>Eastbank", long + "<p>Eastbank"))
    found = [one.what.partition(' "')[0] for one in prints_whole(page, NAME)]
    assert found[:2] == rows


def test_a_sheet_is_as_wide_as_its_page_rules_say(page) -> None:
    page.set_content("<style>@page { size: letter landscape; margin: 1in }</style>")
    assert printed_size(page) == (864, 624)
    page.set_content("<style>@page { margin: 0.5in 1in }</style>")
    assert printed_size(page) == (624, 960)


def test_a_variant_says_how_a_page_was_looked_at() -> None:
    assert str(Variant(NARROW, "dark", False)) == "at 320, dark, folds closed"


def test_a_slow_line_makes_a_heavy_page_late(
    browser, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    style = "/*" + "x" * 700_000 + "*/"
    (tmp_path / "heavy.css").write_text(style, "utf-8")
    (tmp_path / NAME).write_text(
        SOUND.replace("<style>", '<link rel="stylesheet" href="heavy.css"><style>')
    )
    assert largest_paint(browser, f"{serve(tmp_path)}/{NAME}") > 3.5


def test_folds_are_opened_and_closed(page) -> None:
    page.set_content(SOUND)
    rules.set_folds(page, is_open=True)
    assert page.locator("details[open]").count() == 1
    rules.set_folds(page, is_open=False)
    assert page.locator("details[open]").count() == 0


def test_the_visit_tells_what_was_asked_of_others(browser) -> None:
    visit = Visit(browser, "http://127.0.0.1:1")
    visit.requests = ["http://127.0.0.1:1/a", "data:,", "https://cdn.example/a.js"]
    assert visit.elsewhere == ["https://cdn.example/a.js"]
    visit.context.close()


def test_templates_are_told_by_body_and_name() -> None:
    from playbook.publish.browser_visits import template_of

    page = BuiltPage("notebooks/03/1-fast.mayor.html", '<body class="mayor"></body>')
    assert template_of(page) == ("mayor", "notebooks", "mayor")
