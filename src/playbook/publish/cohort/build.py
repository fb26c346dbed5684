"""Building all that a cohort gets: two sites, the offline file, invitation and calendar."""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playbook import home
from playbook.errors import PlaybookError
from playbook.files import replace_safely, write_atomically
from playbook.learn.catalog import CATALOG_NAME, read_catalog
from playbook.publish.book import build_from, must_be_replaceable
from playbook.publish.cohort import calendar, invitation, offline_zip
from playbook.publish.cohort.edition import copy_sources, leave_out_solutions
from playbook.publish.cohort.field_checks import FILE_NAME, check_folder_name
from playbook.publish.cohort.settings import read_cohort
from playbook.publish.cohort.shapes import Cohort
from playbook.publish.reports import render

FOLDER = "cohorts"
SITE, FACILITATOR = "site", "facilitator"


@dataclass(frozen=True)
class Edition:
    """One way to build the book."""

    solutions: bool
    live: bool


def cohort_folder(short_name: str) -> Path:
    """Return the folder of a cohort in the repository.

    Raises
    ------
    PlaybookError
        If the name can't be a folder's, or this is not the repository.
    """
    name = check_folder_name(short_name)
    root = home.checkout()
    if root is None:
        raise PlaybookError(
            "A book for a cohort is built in the repository. This is an installed copy.",
            fix="Download the repository and work there. Or edit welcome.html in the finished "
            "book: that needs no command.",
        )
    return root / FOLDER / name


def build_cohort(short_name: str, *, live: bool = True, release: Path | None = None) -> Path:
    """Build what a cohort gets, into its own folder.

    Parameters
    ----------
    short_name
        Name of its folder.
    live
        Whether the learners' site has the lessons live.
    release
        A folder with an official Pyodide release, for the live lessons.

    Returns
    -------
    pathlib.Path
        The cohort's folder, with `site`, `facilitator`, `offline.zip`, `invite.txt` and
        `sessions.ics`.

    Raises
    ------
    PlaybookError
        If a line of its file is wrong, or a page has a problem.
    """
    folder = cohort_folder(short_name)
    return build_cohort_from(folder.parent.parent, folder, live=live, release=release)


def build_cohort_from(
    root: Path, folder: Path, *, live: bool = False, release: Path | None = None
) -> Path:
    """Build a cohort of the repository at `root` that is described in `folder`."""
    settings = folder / FILE_NAME
    cohort = read_cohort(settings, read_catalog(root / "notebooks" / CATALOG_NAME))
    for name in (SITE, FACILITATOR):
        must_be_replaceable(folder / name)
    wanted = {
        SITE: Edition(cohort.solutions, live),
        offline_zip.NAME: Edition(cohort.solutions, False),
        FACILITATOR: Edition(True, False),
    }
    with tempfile.TemporaryDirectory(prefix="playbook-cohort-") as name:
        work = Path(name)
        built = _build_editions(root, settings, work, set(wanted.values()), release)
        for site in (SITE, FACILITATOR):
            _put(built[wanted[site]], folder / site)
        start = render(root, work, offline_zip.START, {"title": "Start here", "cohort": cohort})
        offline_zip.write_zip(
            built[wanted[offline_zip.NAME]],
            start.read_bytes(),
            work / offline_zip.NAME,
            folder.name,
        )
        write_atomically(folder / offline_zip.NAME, (work / offline_zip.NAME).read_bytes())
    _write_texts(cohort, folder)
    return folder


def _build_editions(
    root: Path, settings: Path, work: Path, editions: set[Edition], release: Path | None
) -> dict[Edition, Path]:
    """Build each edition once, two at a time."""
    ordered = sorted(editions, key=lambda one: (one.solutions, one.live))

    def build(edition: Edition) -> Path:
        place = work / f"{ordered.index(edition)}"
        sources = copy_sources(root, place / "sources", settings)
        if not edition.solutions:
            leave_out_solutions(sources)
        return build_from(sources, place / "site", live=edition.live, release=release)

    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(ordered, pool.map(build, ordered), strict=True))


def _put(site: Path, target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(site, target)


def _write_texts(cohort: Cohort, folder: Path) -> None:
    replace_safely(folder / invitation.NAME, invitation.invitation(cohort))
    changed = _changed(folder / FILE_NAME)
    replace_safely(folder / calendar.NAME, calendar.calendar_file(cohort, folder.name, changed))


def _changed(settings: Path) -> datetime:
    """Tell when the cohort's file was last changed; the clock has no say in a build."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch) if epoch else settings.stat().st_mtime, UTC)
