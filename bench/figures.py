"""Print the figures we hold ourselves to: `nox -s bench`. Over a limit it ends with 1."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import costs
import pages

from playbook.learn import catalog


class Table:
    """The figures, one line each, printed as they come."""

    def __init__(self) -> None:
        self.over = 0
        print(f"{'figure':54}{'median':>9}{'at most':>9}   raw", flush=True)

    def add(self, name: str, value: float, limit: float, raw: Sequence[float] = ()) -> None:
        """Print a figure; one above its limit is marked and counted."""
        self.over += value > limit
        numbers = " ".join(f"{one:.2f}" for one in raw)
        mark = "  OVER" if value > limit else ""
        print(f"{name:54}{value:9.2f}{limit:9.2f}   {numbers}{mark}", flush=True)


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, required=True)
    parser.add_argument("--book-python", type=Path, required=True)
    parser.add_argument("--nox-python", type=Path, required=True)
    chosen = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory(prefix="playbook-bench-") as name:
        folder = Path(name)
        _lessons(table)
        imports = costs.imports()
        table.add("import playbook over import pandas, s", costs.median(imports), 0.1, imports)
        _books(table, chosen.book_python, folder)
        with pages.chromium() as browser:
            _pages(table, pages.visit_all(browser, chosen.site))
            opened = costs.lab(chosen.nox_python, folder, partial(pages.wait_for_cell, browser))
        table.add("from nox -s lab to the lesson open, s", costs.median(opened), 10, opened)
    return 1 if table.over else 0


def _lessons(table: Table) -> None:
    middles = []
    for lesson in catalog.lessons().values():
        runs = costs.lesson(lesson.notebook)
        middles.append(costs.median(runs))
        table.add(f"lesson {lesson.id} compared (nbval strict), CPU s", middles[-1], 10, runs)
    table.add("lessons compared, median, CPU s", costs.median(middles), 5, middles)


def _books(table: Table, python: Path, folder: Path) -> None:
    ours, stock = costs.books(python, folder)
    ratio = costs.median(ours) / costs.median(stock)
    table.add("clean book build / stock Jupyter Book, CPU", ratio, 1)
    print(f"{'  ours, CPU s':54}{costs.median(ours):9.2f}{'':12}{' '.join(map(_two, ours))}")
    print(f"{'  stock, CPU s':54}{costs.median(stock):9.2f}{'':12}{' '.join(map(_two, stock))}")


def _pages(table: Table, visited: list[pages.Visited]) -> None:
    lessons = [
        one for one in visited if one.name.startswith("notebooks/") and ".facil" not in one.name
    ]
    texts = [one for one in visited if one not in lessons]
    weights = [one.kilobytes for one in texts]
    table.add("heaviest text page, gzip, all requests, KB", max(weights), 160, weights)
    table.add("  its most requests", max(one.requests for one in texts), 15)
    weights = [one.kilobytes for one in lessons]
    table.add("heaviest lesson page, gzip, all requests, KB", max(weights), 300, weights)
    for words, kind in (
        ("requests to other hosts, all pages", "elsewhere"),
        ("JavaScript errors, all pages", "errors"),
        ("axe violations, all pages, widths and schemes", "violations"),
    ):
        found = [str(thing) for one in visited for thing in getattr(one, kind)]
        table.add(words, len(found), 0)
        for thing in found[:5]:
            print(f"  {thing}")
    figures = [sound for one in visited for sound in one.figures]
    bare = len(figures) - sum(figures)
    table.add(f"figures without real alt text or table, of {len(figures)}", bare, 0)


def _two(value: float) -> str:
    return f"{value:.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
