"""Every built page keeps the rules that need no browser; each rule catches its one fault."""

import random
from pathlib import Path

import pytest

from playbook.publish import site_rules as rules
from playbook.publish.access_report import FILE_RULES
from playbook.publish.built_pages import BuiltPage, Finding, read_site
from playbook.publish.page_weight import light_enough, weigh

SOUND = f"""<!DOCTYPE html><html lang="en"><head><title>Waits</title>
<meta http-equiv="Content-Security-Policy" content="{rules.POLICY}"></head>
<body><a href="#main">Skip to the text</a><main id="main"><h1>Waits</h1>
<h2 id="map">Map</h2><figure class="pb-figure">
<img src="data:," alt="Bar chart: Eastbank waits longest, 8.4 days">
<details><summary>Show the numbers</summary><table><caption>Days</caption>
<tr><th scope="row">Eastbank</th><td>8.4</td></tr></table></details></figure>
<table><caption>Waits</caption><tr><th scope="col">District</th></tr></table>
<svg aria-hidden="true"></svg><a href="other.html#top">Other</a><a href="https://w3.org">W3C</a>
<form action="other.html"></form><img src="x.png" alt="The river"><script src="a.js"></script>
</main><p>Independent and unofficial.</p></body></html>"""
OTHER = BuiltPage("other.html", '<h1 id="top">Other</h1>')

FAULTS = [
    ("pictures-have-words", ' alt="The river"', ""),
    ("pictures-have-words", "The river", "_images/22d6.png"),
    ("pictures-have-words", "The river", "Figure 1"),
    ("pictures-have-words", "The river", "Bar chart: Eastbank waits longest, 8.4 days"),
    ("pictures-have-words", ' aria-hidden="true"', ""),
    ("charts-have-numbers", "Bar chart: Eastbank waits longest, 8.4 days", "Eastbank: 8.4"),
    ("charts-have-numbers", "waits longest, 8.4 days", "waits longest of all the districts"),
    ("charts-have-numbers", "8.4 days", "8.4 days" + " and more" * 30),
    ("charts-have-numbers", "<td>8.4</td>", ""),
    ("folds-have-names", "<summary>Show the numbers</summary>", ""),
    ("folds-have-names", "Show the numbers", " "),
    ("headings-in-order", '<h2 id="map">Map</h2>', "<h1>Map</h1>"),
    ("headings-in-order", '<h2 id="map">Map</h2>', "<h3>Map</h3>"),
    (
        "nothing-from-elsewhere",
        "</head>",
        '<script src="https://cdn.example/a.js"></script></head>',
    ),
    ("nothing-from-elsewhere", "</head>", '<link href="//fonts.example/a.css"></head>'),
    ("nothing-from-elsewhere", 'action="other.html"', 'action="https://form.example"'),
    ("nothing-from-elsewhere", "<h1", '<h1 style="background: url(//img.example/a.png)"'),
    (
        "nothing-from-elsewhere",
        "</head>",
        "<style>@import 'https://a.example/b.css';</style></head>",
    ),
    ("no-code-in-the-page", "</head>", "<script>alert(1)</script></head>"),
    ("no-code-in-the-page", "<h1", '<h1 onclick="alert(1)"'),
    ("no-code-in-the-page", "https://w3.org", "javascript:alert(1)"),
    ("tables-have-heads", ' scope="col"', ""),
    ("tables-have-heads", "<caption>Waits</caption>", ""),
    ("page-is-framed", ' lang="en"', ""),
    ("page-is-framed", "<title>Waits</title>", ""),
    ("page-is-framed", "script-src 'self'", "script-src *"),
    ("page-is-framed", '<a href="#main">Skip to the text</a>', ""),
    ("page-is-framed", "Independent and unofficial.", ""),
    ("anchors-are-unique", 'id="map"', 'id="main"'),
    ("links-lead-somewhere", "other.html#top", "nowhere.html"),
    ("links-lead-somewhere", "other.html#top", "other.html#bottom"),
]


def findings(html: str) -> list[Finding]:
    page = BuiltPage("waits.html", html)
    found = [finding for rule in rules.PAGE_RULES for finding in rule(page)]
    site = {page.name: page, OTHER.name: OTHER}
    return found + rules.links_lead_somewhere(page, site)


def test_a_sound_page_has_no_finding() -> None:
    assert findings(SOUND) == []


@pytest.mark.parametrize(("rule", "sound", "fault"), FAULTS)
def test_one_fault_is_found_by_its_rule_and_no_other(rule: str, sound: str, fault: str) -> None:
    assert sound in SOUND
    found = findings(SOUND.replace(sound, fault))
    assert {finding.rule for finding in found} == {rule}
    assert all(finding.page == "waits.html" and finding.fix for finding in found)


def test_links_are_followed_out_of_a_folder() -> None:
    page = BuiltPage("book/run.html", '<a href="../other.html#top">x</a><a href="run.html">y</a>')
    assert rules.links_lead_somewhere(page, {page.name: page, OTHER.name: OTHER}) == []


def test_a_link_to_a_file_that_is_no_page_needs_the_file(tmp_path: Path) -> None:
    page = BuiltPage("run.html", '<a href="sheet.csv">x</a>')
    pages = {page.name: page}
    assert [one.rule for one in rules.links_lead_somewhere(page, pages, tmp_path)]
    (tmp_path / "sheet.csv").touch()
    assert rules.links_lead_somewhere(page, pages, tmp_path) == []


def test_a_page_that_no_link_leads_to_is_found() -> None:
    links = {
        "index.html": '<a href="book/a.html#top">A</a>',
        "book/a.html": '<form action="../search.html"></form><a href="">Here</a>',
        "search.html": "",
        "book/lost.html": '<a href="a.html">A</a>',
    }
    pages = {name: BuiltPage(name, html) for name, html in links.items()}
    assert [one.page for one in rules.pages_are_reachable(pages)] == ["book/lost.html"]


def test_a_heavy_page_is_found(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(170_000).hex()
    (tmp_path / "style.css").write_text(noise, encoding="utf-8")
    page = BuiltPage("run.html", '<link rel="stylesheet" href="style.css?v=1"><p>Hello</p>')
    assert weigh(page, tmp_path).requests == 2
    assert [one.rule for one in light_enough(page, tmp_path)] == ["light-enough"]
    lesson = BuiltPage("lesson.html", '<link href="style.css"><figure class="pb-figure"></figure>')
    assert light_enough(lesson, tmp_path) == []


def test_a_page_of_many_requests_is_found(tmp_path: Path) -> None:
    page = BuiltPage("run.html", "".join(f'<img src="{one}.png">' for one in range(15)))
    assert [one.rule for one in light_enough(page, tmp_path)] == ["light-enough"]


def test_the_theme_and_the_live_lessons_are_no_pages_of_the_book(tmp_path: Path) -> None:
    for name in ("index.html", "_static/a.html", "lite/notebooks/index.html", "book/lite/b.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [page.name for page in read_site(tmp_path)] == ["book/lite/b.html", "index.html"]


def test_every_rule_of_the_report_has_its_fault() -> None:
    apart = {"pages-are-reachable", "light-enough"}
    assert {rule.name for rule in FILE_RULES} == {rule for rule, *_ in FAULTS} | apart


def test_every_built_page_keeps_the_rules(site: Path) -> None:
    names = {page.name for page in read_site(site)}
    assert {"index.html", "search.html", "access-report.html", "privacy-report.html"} <= names
    found = rules.check_site(site)
    assert not found, "\n".join(map(str, found))


def test_there_are_charts_to_check(site: Path) -> None:
    assert sum(len(page.charts) for page in read_site(site)) > 50
