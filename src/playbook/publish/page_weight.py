"""What a page costs to load."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playbook.publish.built_pages import BuiltPage, Finding, loaded_by

KILOBYTE = 1000
TEXT_KILOBYTES, CHART_KILOBYTES = 160, 300
MOST_REQUESTS = 15


@dataclass(frozen=True)
class Weight:
    """What a page costs to load: bytes with gzip, and requests."""

    bytes: int
    requests: int


def weigh(page: BuiltPage, site: Path) -> Weight:
    """Weigh a page with everything it loads from the site.

    Parameters
    ----------
    page
        The page.
    site
        Folder of the site.
    """
    here = (site / page.name).parent
    addresses = [urlsplit(address) for _, address in loaded_by(page)]
    # A data: address is part of the page itself.
    names = {one.path for one in addresses if one.path and not one.scheme}
    files = sorted({(here / unquote(name)).resolve() for name in names})
    texts = [page.html.encode(), *(path.read_bytes() for path in files if path.is_file())]
    return Weight(sum(len(gzip.compress(text)) for text in texts), 1 + len(files))


def light_enough(page: BuiltPage, site: Path) -> list[Finding]:
    """Ask that a text page stays under 160 KB, a page of charts under 300, both in 15 requests."""
    weight = weigh(page, site)
    most = CHART_KILOBYTES if page.charts else TEXT_KILOBYTES
    if weight.bytes <= most * KILOBYTE and weight.requests <= MOST_REQUESTS:
        return []
    what = f"it weighs {weight.bytes / KILOBYTE:.0f} KB in {weight.requests} requests"
    fix = f"stay under {most} KB and {MOST_REQUESTS} requests"
    return [Finding("light-enough", page.name, what, fix)]
