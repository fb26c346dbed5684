"""The report on privacy: whom the built files ask, and what they keep where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playbook.publish.built_pages import BuiltPage, loaded_by, read_site
from playbook.publish.reports import ACCESS_REPORT, PRIVACY_REPORT, in_words, render, report_date
from playbook.publish.site_rules import POLICY, addresses_in_style, nothing_from_elsewhere

# How a script asks for something, and how it keeps something.
_ASKS = re.compile(
    r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|import)\s*\("
)
_KEEPS = re.compile(
    r"\b(localStorage|sessionStorage|indexedDB|caches|serviceWorker)\s*\.|document\.cookie"
)
_OTHER_HOST = re.compile(r"(https?:|wss?:)?//|\*|https?:\s|wss?:\s")
LIVE = "lite"


@dataclass(frozen=True)
class Script:
    """A script of the site: its file, on how many pages it runs, what it asks for and keeps."""

    name: str
    pages: int
    asks: tuple[str, ...]
    keeps: tuple[str, ...]


def write_privacy_report(site: Path, root: Path) -> Path:
    """Write the report into a built site.

    Parameters
    ----------
    site
        Folder of the site.
    root
        The repository.

    Returns
    -------
    pathlib.Path
        The report.
    """
    pages = [page for page in read_site(site) if page.name not in (ACCESS_REPORT, PRIVACY_REPORT)]
    live = policies(site / LIVE)
    words = {
        "title": "Privacy report",
        "date": in_words(report_date(root)),
        "pages": len(pages),
        "styles": len(list((site / "_static").glob("*.css"))),
        "policy": POLICY,
        "without_policy": [page.name for page in pages if POLICY not in page.html],
        "elsewhere": asked_of_others(site, pages),
        "scripts": scripts(site, pages),
        "has_live": (site / LIVE).is_dir(),
        "live_policies": sorted(set(filter(None, live.values()))),
        "live_open": sorted(name for name, policy in live.items() if lets_out(policy)),
        "linked": linked_hosts(pages),
    }
    return render(root, site, PRIVACY_REPORT, words)


def asked_of_others(site: Path, pages: Iterable[BuiltPage]) -> list[str]:
    """Say which files of the site ask another host for something.

    Parameters
    ----------
    site
        Folder of the site.
    pages
        Its pages.
    """
    found = [f"{one.page}: {one.what}" for page in pages for one in nothing_from_elsewhere(page)]
    for path in sorted((site / "_static").glob("*.css")):
        addresses = addresses_in_style(path.read_text(encoding="utf-8"))
        found += [f"_static/{path.name}: it asks {address}" for address in addresses]
    return found


def scripts(site: Path, pages: Iterable[BuiltPage]) -> list[Script]:
    """List the scripts that pages run, with what each asks for and keeps.

    Parameters
    ----------
    site
        Folder of the site.
    pages
        Its pages.
    """
    used = Counter(
        ((site / page.name).parent / urlsplit(address).path).resolve()
        for page in pages
        for tag, address in loaded_by(page)
        if tag.name == "script"
    )
    found = []
    for path, count in sorted(used.items()):
        code = path.read_text(encoding="utf-8") if path.is_file() else ""
        asks = sorted({match[1] for match in _ASKS.finditer(code)})
        keeps = sorted({match[0].rstrip(". ") for match in _KEEPS.finditer(code)})
        name = path.relative_to(site.resolve()).as_posix()
        found.append(Script(name, count, tuple(asks), tuple(keeps)))
    return found


def policies(live: Path) -> dict[str, str]:
    """Return the content policy of each page of the live lessons; empty where it has none."""
    found = {}
    for path in sorted(live.rglob("*.html")):
        page = BuiltPage(path.relative_to(live).as_posix(), path.read_text(encoding="utf-8"))
        found[page.name] = next(
            (
                tag.attributes.get("content", "")
                for tag in page.find("meta")
                if tag.attributes.get("http-equiv") == "Content-Security-Policy"
            ),
            "",
        )
    return found


def lets_out(policy: str) -> bool:
    """Whether a content policy lets a page ask another host.

    Examples
    --------
    >>> lets_out("default-src 'self'; connect-src 'self' data:")
    False
    >>> lets_out("default-src 'self'; connect-src https://files.example")
    True
    >>> lets_out("img-src 'self'")
    True
    """
    return "default-src 'self'" not in policy or bool(_OTHER_HOST.search(f"{policy} "))


def linked_hosts(pages: Iterable[BuiltPage]) -> list[tuple[str, int]]:
    """Count the links that lead out of the site, by host.

    Examples
    --------
    >>> linked_hosts([BuiltPage("x", '<a href="https://www.w3.org/TR/"></a><a href="y.html"></a>')])
    [('www.w3.org', 1)]
    """
    hosts = Counter(
        urlsplit(link.attributes["href"]).netloc
        for page in pages
        for link in page.find("a")
        if link.attributes.get("href", "").startswith(("http:", "https:"))
    )
    return sorted(hosts.items())
