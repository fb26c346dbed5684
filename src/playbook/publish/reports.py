"""Reports on a built site: two pages that stand alone, and can be printed or mailed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from playbook.learn.catalog import CATALOG_NAME, read_catalog

ACCESS_REPORT, PRIVACY_REPORT = "access-report.html", "privacy-report.html"
BOOK = "Learning Lab Playbook"
_THEME = Path("book", "_theme", "playbook")


def report_date(root: Path) -> date:
    """Return the date of the reports: the build's own, or the day of the newest review.

    The clock has no say, so that two builds of one state are the same.

    Parameters
    ----------
    root
        The repository.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    lessons = read_catalog(root / "notebooks" / CATALOG_NAME).values()
    return max(date.fromisoformat(one.reviewed_on) for one in lessons if one.reviewed_on)


def in_words(day: date) -> str:
    """Write a date as readers do.

    Examples
    --------
    >>> in_words(date(2026, 11, 22))
    'November 22, 2026'
    """
    return f"{day:%B} {day.day}, {day.year}"


def render(root: Path, site: Path, name: str, words: Mapping[str, object]) -> Path:
    """Fill a report's template of the theme and write it into the site.

    Parameters
    ----------
    root
        The repository.
    site
        Folder of the site.
    name
        Name of the report and of its template.
    words
        What the template asks for.
    """
    # It comes with the tools that build the book.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(root / _THEME),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    page = templates.get_template(name)
    html = page.render(language="en", docstitle=BOOK, **words)
    (site / name).write_text(html, encoding="utf-8")
    return site / name
