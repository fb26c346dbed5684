"""Every built page keeps the rules that need no browser; each rule catches its one fault."""

import random
from pathlib import Path

import pytest

from playbook.publish import site_rules as rules
from playbook.publish.site_rules import BuiltPage, Finding

PAGE_RULES = (
    rules.pictures_have_words,
    rules.headings_in_order,
    rules.nothing_from_elsewhere,
    rules.tables_have_heads,
    rules.page_is_framed,
    rules.anchors_are_unique,
)
SOUND = f"""<!DOCTYPE html><html lang="en"><head><title>Waits</title>
<meta http-equiv="Content-Security-Policy" content="{rules.POLICY}"></head>
<body><a href="#main">Skip to the text</a><main id="main"><h1>Waits</h1>
<h2 id="map">Map</h2><img src="data:," alt="Bar chart: Eastbank waits longest, 8.4 days">
<table><caption>Waits</caption><tr><th scope="col">District</th></tr></table>
<svg aria-hidden="true"></svg><a href="other.html#top">Other</a><a href="https://w3.org">W3C</a>
</main><p>Independent and unofficial.</p></body></html>"""
OTHER = BuiltPage("other.html", '<h1 id="top">Other</h1>')

FAULTS = [
    ("pictures-have-words", ' alt="Bar chart: Eastbank waits longest, 8.4 days"', ""),
    ("pictures-have-words", "Bar chart: Eastbank waits longest, 8.4 days", "_images/22d6.png"),
    ("pictures-have-words", "Bar chart: Eastbank waits longest, 8.4 days", "Figure 1"),
    ("pictures-have-words", ' aria-hidden="true"', ""),
    ("headings-in-order", '<h2 id="map">Map</h2>', "<h1>Map</h1>"),
    ("headings-in-order", '<h2 id="map">Map</h2>', "<h3>Map</h3>"),
    (
        "nothing-from-elsewhere",
        "</head>",
        '<script src="https://cdn.example/a.js"></script></head>',
    ),
    ("nothing-from-elsewhere", "</head>", '<link href="//fonts.example/a.css"></head>'),
    ("nothing-from-elsewhere", "</head>", "<script>alert(1)</script></head>"),
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
    found = [finding for rule in PAGE_RULES for finding in rule(page)]
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


def test_a_heavy_page_is_found(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(170_000).hex()
    (tmp_path / "style.css").write_text(noise, encoding="utf-8")
    page = BuiltPage("run.html", '<link rel="stylesheet" href="style.css?v=1"><p>Hello</p>')
    assert rules.weigh(page, tmp_path).requests == 2
    assert [one.rule for one in rules.light_enough(page, tmp_path)] == ["light-enough"]
    lesson = BuiltPage("notebooks/1.html", '<link href="../style.css">')
    assert rules.light_enough(lesson, tmp_path) == []


def test_every_built_page_keeps_the_rules(site: Path) -> None:
    pages = rules.read_site(site)
    by_name = {page.name: page for page in pages}
    assert {"index.html", "search.html", "book/glossary.html"} <= set(by_name)
    found: list[Finding] = []
    for page in pages:
        found += [finding for rule in PAGE_RULES for finding in rule(page)]
        found += rules.links_lead_somewhere(page, by_name) + rules.light_enough(page, site)
    assert not found, "\n".join(map(str, found))


def test_every_chart_has_its_numbers_beside_it(site: Path) -> None:
    charts = 0
    for page in rules.read_site(site):
        figures = [tag for tag in page.find("figure") if "pb-figure" in tag.attributes["class"]]
        tables = [tag for tag in page.find("table") if "figure" in tag.inside]
        assert len(tables) >= len(figures), page.name
        charts += len(figures)
    assert charts > 3
