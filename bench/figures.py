"""Print the figures we hold ourselves to: `nox -s bench`. Over a limit it ends with 1."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import costs
import live
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
        _work(table)
        _books(table, chosen.book_python, folder)
        with pages.chromium() as browser:
            _pages(table, pages.visit_all(browser, chosen.site))
            paints = pages.largest_paints(browser, chosen.site)
            table.add("largest paint, 1.5 Mbit/s, 4x slower CPU, s", max(paints), 2.5, paints)
            _live(table, live.visits(browser, chosen.site))
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


def _work(table: Table) -> None:
    """Measure the heavy statistics, each in a process of its own."""
    for name, words, limit in (
        ("inequality", "all gap measures, ranges, 2,000 groups x 10 years, CPU s", 3),
        ("ranks", "rank intervals, 65,000 areas, 2,000 draws, CPU s", 15),
        ("raking", "raking 100,000 answers on five margins, CPU s", 1),
        ("suppression", "complementary suppression, 200 x 50, CPU s", 2),
        ("city", "every table of Port Alder made, CPU s", 10),
        ("charts", "slowest chart of the gallery, CPU s", 0.5),
    ):
        runs = [costs.work(name) for _ in range(costs.RUNS)]
        seconds = [one for one, _ in runs]
        table.add(words, costs.median(seconds), limit, seconds)
        if name == "ranks":
            table.add("  its peak memory, MB", max(peak for _, peak in runs), 1000)
    for name, words in (
        ("lives", "65,000 life expectancies read, stored, checked, CPU s"),
        ("requests", "60,000 service requests read, stored, checked, CPU s"),
        ("survey", "10,000 survey answers read, raked on five, stored, CPU s"),
    ):
        runs = [costs.work(name)[0] for _ in range(costs.RUNS)]
        bare = costs.median([costs.work(f"{name}-bare")[0] for _ in range(costs.RUNS)])
        table.add(words, costs.median(runs), min(3, 2 * bare + 1), runs)
    if find_spec("ipfn"):
        print(f"{'  raking with ipfn, CPU s':54}{costs.work('raking-ipfn')[0]:9.2f}")
    if find_spec("pabutools"):
        ours, theirs = costs.work("equal-shares")[0], costs.work("equal-shares-pabutools")[0]
        table.add("Equal Shares, 10,000 x 60 / pabutools, CPU", ours / theirs, 0.1, [ours, theirs])
    else:
        print("Equal Shares is not compared: pabutools is not installed (the part [rivals]).")


def _books(table: Table, python: Path, folder: Path) -> None:
    ours, stock = costs.books(python, folder)
    ratio = costs.median(ours) / costs.median(stock)
    table.add("clean book build / stock Jupyter Book, CPU", ratio, 1)
    print(f"{'  ours, CPU s':54}{costs.median(ours):9.2f}{'':12}{' '.join(map(_two, ours))}")
    print(f"{'  stock, CPU s':54}{costs.median(stock):9.2f}{'':12}{' '.join(map(_two, stock))}")


def _pages(table: Table, visited: list[pages.Visited]) -> None:
    lessons = [one for one in visited if one.figures]
    texts = [one for one in visited if one not in lessons]
    weights = [one.kilobytes for one in texts]
    table.add("heaviest text page, gzip, all requests, KB", max(weights), 160, weights)
    table.add("  its most requests", max(one.requests for one in texts), 15)
    weights = [one.kilobytes for one in lessons]
    table.add("heaviest page with charts, gzip, all requests, KB", max(weights), 300, weights)
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


def _live(table: Table, visits: tuple[live.FirstVisit, live.FirstVisit] | None) -> None:
    if visits is None:
        print("Live lessons are not measured: the site was built without them.")
        return
    for words, visit, first, every in (("cold", visits[0], 25, 35), ("warm", visits[1], 15, 35)):
        table.add(
            f"live {live.LESSON}, {words}: from the book to the lesson visible, s", visit.visible, 5
        )
        table.add(f"  first cell done, {words}, s", visit.first_cell, first)
        table.add(f"  all cells done, {words}, s", visit.all_cells, every)
        table.add(f"  sent by a server that compresses, {words}, MB", visit.megabytes, 35)


def _two(value: float) -> str:
    return f"{value:.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
