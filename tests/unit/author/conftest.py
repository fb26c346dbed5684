from __future__ import annotations

import base64
import copy
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from playbook import home
from playbook.author.pages import Page, cells_of
from playbook.author.scaffold import draft_notebook
from playbook.city.contract import FILE_NAME, load_contract
from playbook.learn.catalog import Lesson, Mayor, Step

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="figure_1">'
    '<g id="patch_1"><path d="M0 0H9V9H0z" style="fill: #ffffff"/></g><g id="axes_1">'
    '<g id="patch_2"><path d="M1 1H8V8H1z" style="fill: #ffffff"/></g>'
    '<g id="patch_3"><path d="M1 1H5V3H1z" style="fill: #0072b2"/></g>'
    '<g id="patch_4"><path d="M1 4H7V6H1z" style="fill: #0072b2"/></g>'
    '<g id="matplotlib.axis_1"><g id="xtick_1"><path d="M1 8V9" style="stroke: #000"/></g></g>'
    '<g id="patch_5"><path d="M1 1V8" style="fill: none; stroke: #000000"/></g>'
    "</g></g></svg>"
)
ALT = "Bar chart: People in each district. Highest: Eastbank 9,120 people; lowest: Hills 4,310."
ROWS = "District  People\nEastbank   9,120\nHills      4,310"
TABLE = (
    '<table><tr><th scope="col">District</th><th scope="col">People</th></tr>'
    '<tr><th scope="row">Eastbank</th><td>9,120</td></tr>'
    '<tr><th scope="row">Hills</th><td>4,310</td></tr></table>'
)
MARK = "Practice: fictional city"
MEMO = f"{MARK}. People in Port Alder\n\nThe table has 64 rows. ({MARK})\nOwner: ____"
MEMO_HTML = (
    f"<section><p><strong>{MARK}. People in Port Alder</strong></p>"
    f"<p>The table has 64 rows. ({MARK})</p><ul><li>Owner: ____</li></ul></section>"
)
CARD = "Who dies early?\nData: Port Alder, a fictional city\nTime: 29 minutes"


def picture(svg: str = SVG) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def figure_html(svg: str = SVG) -> str:
    return (
        f'<figure class="pb-figure"><img alt="{ALT}" src="{picture(svg)}">'
        f"<figcaption>Bars start at zero.</figcaption><details>{TABLE}</details></figure>"
    )


def result(plain: str, html: str = "") -> dict[str, Any]:
    data = {"text/plain": plain} | ({"text/html": html} if html else {})
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}


OUTPUTS = {
    "at-a-glance-do": result(CARD, f"<div>{CARD}</div>"),
    "step-1-do": result(f"{ALT}\n\n{ROWS}\n\nBars start at zero.", figure_html()),
    "your-turn-do": result("2.1-a: How many?\n( ) 9,120 people", "<p>How many?</p>"),
    "exercise-b": result("Not tried yet. Replace the ...", "<p>Not tried yet.</p>"),
    "exercise-b-solution": result("Solution. One row each.", "<p>Solution. One row each.</p>"),
    "exercise-c": result("2.1-c: How many?\n( ) 9 districts", "<p>How many?</p>"),
    "memo": result(MEMO, MEMO_HTML),
}


@dataclass
class Draft:
    """A sound lesson to break on purpose."""

    notebook: dict[str, Any]
    entry: Lesson
    quoted: tuple[str, ...] = ("4.5", "12")
    planted: bool = True

    def cell(self, cell_id: str) -> dict[str, Any]:
        return next(cell for cell in self.notebook["cells"] if cell["id"] == cell_id)

    def swap(self, cell_id: str, old: str, new: str) -> None:
        cell = self.cell(cell_id)
        assert old in cell["source"]
        cell["source"] = cell["source"].replace(old, new)

    def append(self, cell_id: str, text: str) -> None:
        self.cell(cell_id)["source"] += text

    def add(self, after: str, kind: str, cell_id: str, source: str, *tags: str) -> dict[str, Any]:
        cell: dict[str, Any] = {
            "cell_type": kind,
            "id": cell_id,
            "metadata": {"tags": list(tags)},
            "source": source,
        }
        if kind == "code":
            cell |= {"outputs": [], "execution_count": 0}
        cells = self.notebook["cells"]
        cells.insert(cells.index(self.cell(after)) + 1, cell)
        if kind == "code":
            self.count()
        return cell

    def remove(self, cell_id: str) -> None:
        self.notebook["cells"].remove(self.cell(cell_id))
        self.count()

    def count(self) -> None:
        code = [cell for cell in self.notebook["cells"] if cell["cell_type"] == "code"]
        for number, cell in enumerate(code, start=1):
            cell["execution_count"] = number

    def shows(self, cell_id: str, plain: str, html: str = "") -> None:
        self.cell(cell_id)["outputs"] = [result(plain, html)]

    def swap_shown(self, cell_id: str, mime: str, old: str, new: str) -> None:
        data = self.cell(cell_id)["outputs"][0]["data"]
        assert old in data[mime]
        data[mime] = data[mime].replace(old, new)

    def edit(self, **changes: Any) -> None:
        self.entry = replace(self.entry, **changes)

    def page(self) -> Page:
        return Page(
            "notebooks/02-the-equity-lens/1-who-dies-early.ipynb",
            cells_of(self.notebook),
            entry=self.entry,
            quoted=self.quoted,
            planted=self.planted,
        )


def sound_entry() -> Lesson:
    steps = ("The situation", "Step 1: who lives where", "Take it to work")
    return Lesson(
        id="2.1",
        title="Who dies early?",
        question="Who dies early?",
        why="You will know by Monday.",
        module="The equity lens",
        path="02-the-equity-lens/1-who-dies-early.ipynb",
        version="0.1",
        reviewed_on="2026-11-22",
        you_leave_with="One page",
        you_need="No code",
        cold_start=("Port Alder is a fictional city.",),
        capacities=("Strategic Data Capacity",),
        issue_areas=(),
        criteria=("LC3",),
        terms=("neighborhood",),
        tables=("neighborhoods",),
        prerequisites=(),
        next_lesson="",
        steps=tuple(Step(name, 9, "core") for name in steps),
        mayor=Mayor(
            show="step-1-do",
            say="2.1-size",
            decide="Vote on Tuesday, or wait for the table by age.",
            ask=("Whom do we count?", "Since when?", "Who is missing?"),
            avoid="The east dies early.",
            instead="Here is who lives where.",
        ),
    )


@pytest.fixture(scope="session")
def _draft() -> Draft:
    notebook = draft_notebook({"id": "2.1", "title": "Who dies early?"})
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [copy.deepcopy(OUTPUTS[cell["id"]])]
    draft = Draft(notebook, sound_entry())
    draft.count()
    return draft


@pytest.fixture
def draft(_draft: Draft) -> Draft:
    return copy.deepcopy(_draft)


@pytest.fixture(scope="session")
def _data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shipped, folder = home.data_folder(), tmp_path_factory.mktemp("data")
    shutil.copy(shipped / FILE_NAME, folder)
    shutil.copy(shipped / "insights.yaml", folder)
    for contract in load_contract(shipped).values():
        rows = 200 if contract.name.startswith("requests") else None
        table = pd.read_csv(shipped / contract.path, dtype="str", keep_default_na=False, nrows=rows)
        if "duplicate_of" in table:
            # The request that it repeats may stand below the rows that are kept.
            table["duplicate_of"] = ""
        path = folder / contract.path
        path.parent.mkdir(exist_ok=True)
        table.to_csv(path, index=False, lineterminator="\n")
    return folder


@pytest.fixture
def data(_data: Path, tmp_path: Path) -> Path:
    """A folder with the committed contract, the insights and the first rows of each table."""
    return shutil.copytree(_data, tmp_path / "data")
