"""The two reports of a built site: true, the same each time, and under the rules of every page."""

from datetime import date
from pathlib import Path

import pytest

from playbook import home
from playbook.publish.access_report import BROWSER_RULES, FILE_RULES, write_access_report
from playbook.publish.built_pages import BuiltPage, Finding, read_site
from playbook.publish.privacy_report import asked_of_others, policies, scripts, write_privacy_report
from playbook.publish.reports import ACCESS_REPORT, PRIVACY_REPORT, report_date
from playbook.publish.site_rules import POLICY, check_site

ROOT = home.checkout()
PAGE = f"""<html lang="en"><head><title>Run a &lt;lesson&gt; · Learning Lab Playbook</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<script src="../_static/search.js"></script></head><body><a href="#main">Skip</a>
<main id="main"><h1>Run a &lt;lesson&gt;</h1><a href="https://www.w3.org/TR/">W3C</a>
<a href="../{ACCESS_REPORT}">Report</a><a href="../{PRIVACY_REPORT}">Report</a></main>
<p>Independent and unofficial.</p></body></html>"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of four pages."""
    for folder in ("book", "_static"):
        (tmp_path / folder).mkdir()
    names = ("accessibility", "privacy", "run")
    links = "".join(f'<a href="book/{name}.html">{name}</a>' for name in names)
    start = PAGE.replace("../", "").replace("</h1>", f"</h1>{links}")
    (tmp_path / "index.html").write_text(start, "utf-8")
    for name in names:
        (tmp_path / "book" / f"{name}.html").write_text(PAGE, "utf-8")
    (tmp_path / "_static" / "search.js").write_text("const index = {};", "utf-8")
    (tmp_path / PRIVACY_REPORT).touch()
    return tmp_path


def text(path: Path) -> str:
    page = BuiltPage(path.name, path.read_text("utf-8"))
    return " ".join(next(page.find("main")).text.split())


def test_reports_keep_the_rules_of_every_page(small: Path) -> None:
    write_privacy_report(small, ROOT)
    write_access_report(small, ROOT, [], "Chromium 150")
    assert [one for one in check_site(small) if one.page in (ACCESS_REPORT, PRIVACY_REPORT)] == []


def test_reports_need_no_other_file(site: Path) -> None:
    for name in (ACCESS_REPORT, PRIVACY_REPORT):
        html = (site / name).read_text("utf-8")
        assert '<link rel="stylesheet"' not in html
        assert "<script" not in html


def test_two_builds_write_the_same_reports(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    written = []
    for _ in range(2):
        write_privacy_report(small, ROOT)
        write_access_report(small, ROOT)
        written.append([(small / one).read_bytes() for one in (ACCESS_REPORT, PRIVACY_REPORT)])
    assert written[0] == written[1]
    assert "January 1, 2026" in text(small / ACCESS_REPORT)


def test_without_a_set_date_the_newest_review_is_the_date(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "notebooks").mkdir()
    catalog = (ROOT / "notebooks" / "lessons.toml").read_text("utf-8")
    newest = "2031-05-06"
    changed = catalog.replace('reviewed_on = "2026', f'reviewed_on = "{newest[:4]}', 1)
    (tmp_path / "notebooks" / "lessons.toml").write_text(changed, "utf-8")
    assert report_date(tmp_path).year == 2031
    assert report_date(ROOT) <= date.today()


def test_a_report_without_a_browser_says_which_rules_were_not_run(small: Path) -> None:
    told = text(write_access_report(small, ROOT))
    assert "No browser was used for this copy." in told
    assert told.count("not run") == len(BROWSER_RULES) + 1
    assert f"{len(FILE_RULES)} rules were asked of each page" in told


def test_a_finding_stands_at_its_page_and_rule(small: Path) -> None:
    (small / "book" / "run.html").write_text(PAGE.replace(' lang="en"', ""), "utf-8")
    pale = Finding(
        "accessible", "book/run.html at 320, dark, folds open", "<b> is pale", "darken it"
    )
    path = write_access_report(small, ROOT, [pale], "Chromium 150 and axe 4")
    told = text(path)
    assert "Findings: 2" in told
    assert "page-is-framed: it lacks a language" in told
    assert "<b> is pale" in told
    assert "Chromium 150 and axe 4" in told
    report = BuiltPage(path.name, path.read_text("utf-8"))
    marked = [tag for tag in report.find("td") if "to-repair" in tag.classes]
    assert [tag.text for tag in marked] == ["1", "1"]
    assert "Run a <lesson>" in told
    assert "<lesson>" not in path.read_text("utf-8")


def test_every_page_of_the_site_is_in_the_access_report(site: Path) -> None:
    report = BuiltPage("x", (site / ACCESS_REPORT).read_text("utf-8"))
    links = {tag.attributes["href"] for tag in report.find("a") if "th" in tag.inside}
    names = {page.name for page in read_site(site)}
    assert links == names - {ACCESS_REPORT, PRIVACY_REPORT}


def test_a_site_that_asks_others_says_whom(small: Path) -> None:
    assert "None." in text(write_privacy_report(small, ROOT))
    (small / "_static" / "a.css").write_text("p { background: url(https://img.example/a.png) }")
    run = small / "book" / "run.html"
    run.write_text(PAGE.replace("<h1>", '<img src="//cdn.example/b.png"><h1>'), "utf-8")
    assert asked_of_others(small, read_site(small)) == [
        "book/run.html: <img> asks //cdn.example/b.png",
        "_static/a.css: it asks https://img.example/a.png",
    ]
    told = text(write_privacy_report(small, ROOT))
    assert "2 places ask another host." in told
    assert "None." not in told


def test_a_script_that_asks_or_keeps_is_told(small: Path) -> None:
    (one,) = scripts(small, read_site(small))
    assert (one.name, one.pages, one.asks, one.keeps) == ("_static/search.js", 4, (), ())
    code = "fetch('a'); localStorage.setItem('a', 1); document.cookie = 'b'"
    (small / "_static" / "search.js").write_text(code, "utf-8")
    (one,) = scripts(small, read_site(small))
    assert (one.asks, one.keeps) == (("fetch",), ("document.cookie", "localStorage"))


def test_a_page_without_the_policy_is_named(small: Path) -> None:
    (small / "book" / "run.html").write_text(PAGE.replace(POLICY, "img-src *"), "utf-8")
    assert "It is missing on: book/run.html." in text(write_privacy_report(small, ROOT))


def test_live_lessons_are_told_with_their_policy(small: Path) -> None:
    assert "This copy has none." in text(write_privacy_report(small, ROOT))
    live = small / "lite" / "notebooks"
    live.mkdir(parents=True)
    policy = "default-src 'self'; worker-src 'self' blob:"
    html = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    (live / "index.html").write_text(html, "utf-8")
    told = text(write_privacy_report(small, ROOT))
    assert "worker-src 'self' blob:" in told
    assert "It names no other host." in told
    (live / "open.html").write_text("<p>No policy</p>", "utf-8")
    assert policies(small / "lite")["notebooks/open.html"] == ""
    told = text(write_privacy_report(small, ROOT))
    assert "These pages let other hosts in: notebooks/open.html." in told


def test_the_hosts_that_links_lead_to_are_counted(small: Path) -> None:
    assert "www.w3.org4" in text(write_privacy_report(small, ROOT))
