"""The report on accessibility: which rules were asked of which page, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playbook.publish.built_pages import BuiltPage, Finding, read_site
from playbook.publish.reports import (
    ACCESS_REPORT,
    BOOK,
    PRIVACY_REPORT,
    in_words,
    render,
    report_date,
)
from playbook.publish.site_rules import check_site

# 91 FR 20902, read on November 22, 2026.
_ADA_RULE = "https://www.govinfo.gov/content/pkg/FR-2026-04-20/html/2026-07663.htm"


@dataclass(frozen=True)
class Rule:
    """A rule as the report tells it.

    Parameters
    ----------
    name
        What findings call it.
    asks
        What it asks of a page.
    criteria
        The success criteria of WCAG 2.2 that it belongs to; empty for a rule of our own.
    """

    name: str
    asks: str
    criteria: str = ""


FILE_RULES = (
    Rule("pictures-have-words", "Each picture has words of its own.", "1.1.1"),
    Rule("charts-have-numbers", "Each chart is told with a number, and has its table.", "1.1.1"),
    Rule("headings-in-order", "One main heading, and no level skipped.", "1.3.1, 2.4.6"),
    Rule("tables-have-heads", "Each table has a caption and named heads.", "1.3.1"),
    Rule("folds-have-names", "Each fold says what it holds.", "2.4.6, 4.1.2"),
    Rule("page-is-framed", "Language, title and skip link are set.", "2.4.1, 2.4.2, 3.1.1"),
    Rule("anchors-are-unique", "No name inside a page stands twice.", "1.3.1"),
    Rule("links-lead-somewhere", "Each link inside the book has a target.", "2.4.4"),
    Rule("pages-are-reachable", "Links lead to the page from the start.", "2.4.5"),
    Rule("nothing-from-elsewhere", "Nothing comes from another host."),
    Rule("no-code-in-the-page", "Scripts are files; none stands in a page."),
    Rule("light-enough", "The page loads on a slow line."),
)
BROWSER_RULES = (
    Rule("accessible", "The program axe finds nothing.", "all that axe can test, A and AA"),
    Rule("skip-link-works", "Tab first reaches a link to the text.", "2.4.1"),
    Rule("few-stops", "At most eight stops stand before the text.", "2.4.3"),
    Rule("focus-is-visible", "You see where the keyboard is.", "2.4.7"),
    Rule("targets-are-large", "What you press is 24 pixels or more.", "2.5.8"),
    Rule("no-sideways-scroll", "The page fits 320 pixels, or 400 percent zoom.", "1.4.10"),
    Rule("scroll-areas-have-names", "Wide tables scroll on their own, by key.", "2.1.1, 4.1.2"),
    Rule("same-without-scripts", "It tells the same without JavaScript."),
    Rule("keeps-nothing", "Nothing is kept in the browser."),
    Rule("no-errors", "It opens without an error."),
    Rule("fits-the-sheet", "Print cuts nothing at the right."),
)


@dataclass(frozen=True)
class Row:
    """A page's line in the report: its address, its title, and its findings by rule."""

    address: str
    title: str
    counts: tuple[int, ...]


def write_access_report(
    site: Path, root: Path, in_browser: Sequence[Finding] | None = None, program: str = ""
) -> Path:
    """Write the report into a built site.

    Parameters
    ----------
    site
        Folder of the site.
    root
        The repository.
    in_browser
        What was found in a browser; None where no browser was used.
    program
        Name and version of that browser and of axe.

    Returns
    -------
    pathlib.Path
        The report.
    """
    reports = (ACCESS_REPORT, PRIVACY_REPORT)
    # Pages link to this one. It is empty while they are checked: its own links lead to all.
    (site / ACCESS_REPORT).write_text("", encoding="utf-8")
    pages = [page for page in read_site(site) if page.name not in reports]
    found = [one for one in check_site(site) if one.page not in reports]
    rules = [*FILE_RULES]
    if in_browser is not None:
        rules += BROWSER_RULES
        found += in_browser
    words = {
        "title": "Accessibility report",
        "date": in_words(report_date(root)),
        "rules": list(enumerate(rules, start=1)),
        "of_rule": Counter(one.rule for one in found),
        "not_run": () if in_browser is not None else BROWSER_RULES,
        "rows": rows(pages, rules, found),
        "found": found,
        "program": program,
        "ada_rule": _ADA_RULE,
    }
    return render(root, site, ACCESS_REPORT, words)


def rows(pages: Iterable[BuiltPage], rules: Sequence[Rule], found: Iterable[Finding]) -> list[Row]:
    """Count the findings of each page by rule.

    Examples
    --------
    >>> page = BuiltPage("run.html", "<title>Run a lesson</title>")
    >>> told = Finding("few-stops", "run.html at 1280, light, folds open", "9 stops", "have 8")
    >>> rows([page], [Rule("few-stops", ""), Rule("accessible", "")], [told])
    [Row(address='run.html', title='Run a lesson', counts=(1, 0))]
    """
    # In a browser a finding also says how the page was looked at.
    counts = Counter((one.page.partition(" ")[0], one.rule) for one in found)
    return [
        Row(page.name, _title(page), tuple(counts[page.name, rule.name] for rule in rules))
        for page in pages
    ]


def _title(page: BuiltPage) -> str:
    title = next((tag.text for tag in page.find("title")), "").removesuffix(f" · {BOOK}")
    return " ".join(title.split()) or page.name
