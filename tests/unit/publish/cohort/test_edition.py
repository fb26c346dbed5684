"""An edition without solutions: questions, choices and hints stay, answers do not."""

import copy
import json
import shutil
from pathlib import Path

import pytest

from playbook.learn.catalog import lessons
from playbook.publish.cohort.edition import (
    ASK_LEADER,
    copy_sources,
    leave_out_solutions,
    without_reasons,
    without_solutions,
)
from playbook.publish.live.notebooks import live_name, write_copies

ROOT = Path(__file__).resolve().parents[4]
ASK = (
    "<div class='pb-ask'><p>Pick one, then open it to see what it means.</p><ul style='x'>"
    "<li><details><summary style='y'>8.4 days</summary><p>CANARY one.</p></details></li>"
    "<li><details><summary>2 days</summary><p>CANARY two.</p></details></li></ul>"
    "<details><summary>Hint 1</summary><p>Look at step 2.</p></details></div>"
)


def markdown(source: str) -> dict:
    return {"cell_type": "markdown", "id": "a", "metadata": {}, "source": source}


def code(source: str) -> dict:
    outputs = [{"data": {"text/plain": "CANARY result"}}]
    return {
        "cell_type": "code", "id": "a", "metadata": {}, "source": source, "outputs": outputs,
        "execution_count": 1,
    }  # fmt: skip


def left(cell: dict) -> dict:
    return without_solutions({"cells": [cell], "metadata": {}})["cells"][0]


def test_a_solution_cell_goes_with_its_result() -> None:
    cell = left(code("# Solution: click here to open\ngap = 3  # CANARY"))
    assert "CANARY" not in json.dumps(cell)
    assert ASK_LEADER in cell["source"]


def test_a_solution_stored_line_by_line_goes_too() -> None:
    cell = code("")
    cell["source"] = ["# Solution: click here to open\n", "gap = 3  # CANARY"]
    assert "CANARY" not in json.dumps(left(cell))


def test_any_other_step_stays_as_it_is() -> None:
    for source in ("gap = 3\n# Solution of nothing", 'gap = ...\npb.check("9.9-b", gap)'):
        assert left(code(source)) == code(source)


def test_the_answer_to_the_guess_goes_and_so_does_the_word_to_open_it() -> None:
    said = left(
        markdown(
            "## Guess first\n\nWho waits longer? Write it down. Then open the answer.\n\n"
            "<details><summary>Open the answer</summary>\n\nCANARY.\n\n</details>\n"
        )
    )["source"]
    assert "CANARY" not in said
    assert "open the answer" not in said.lower()
    assert "Who waits longer? Write it down." in said


def test_the_options_of_a_check_stay_without_their_reasons() -> None:
    said = left(
        markdown(
            "### Check yourself\n\n**1. Is it faster?**\n\n"
            "<details><summary>Yes</summary>Not yet. CANARY</details>\n"
            "<details><summary>We can't tell</summary>That's it. CANARY</details>\n"
        )
    )["source"]
    assert "CANARY" not in said
    assert "* Yes\n* We can't tell" in said
    assert "**1. Is it faster?**" in said


def test_other_folds_stay() -> None:
    cell = markdown("## Sources\n\n<details><summary>Method</summary>Byar.</details>")
    assert left(cell) == cell


def test_the_choices_of_an_exercise_stay_without_their_reasons() -> None:
    shown = without_reasons(ASK)
    assert "CANARY" not in shown
    assert "8.4 days" in shown
    assert "2 days" in shown
    assert "Look at step 2." in shown
    assert "open it to see" not in shown


def test_the_lesson_that_it_was_made_from_is_not_changed() -> None:
    stored = {"cells": [code("# Solution: x"), markdown("## Guess first")], "metadata": {}}
    before = copy.deepcopy(stored)
    without_solutions(stored)
    assert stored == before


def traces(folder: Path) -> list[str]:
    """What tells an answer in the sources of the book, by file."""
    signs = ("# Solution", "pb-solution", "Open the answer", "That's it. ")
    found = []
    for lesson in lessons().values():
        path = folder / "notebooks" / lesson.path
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            # What an exercise shows is cleaned where its page is made.
            text = "".join(cell["source"]) + (
                "" if "pb.ask(" in "".join(cell["source"]) else json.dumps(cell.get("outputs", ""))
            )
            found += [f"{lesson.id}, {cell['id']}: {sign}" for sign in signs if sign in text]
    found += [path.name for path in (folder / "notebooks").rglob("*.facilitator.md")]
    toc = (folder / "_toc.yml").read_text(encoding="utf-8")
    return [*found, *(line for line in toc.splitlines() if ".facilitator" in line)]


def test_the_copied_sources_of_every_lesson_tell_no_answer(tmp_path: Path) -> None:
    root, settings = tmp_path / "root", tmp_path / "cohort.toml"
    root.mkdir()
    for name in ("book", "data", "src"):
        (root / name).mkdir()
    for name in ("_config.yml", "_toc.yml", "index.md"):
        shutil.copyfile(ROOT / name, root / name)
    ignored = shutil.ignore_patterns(".ipynb_checkpoints")
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=ignored)
    settings.write_text("", encoding="utf-8")
    for name in ("tests", "cohorts", ".nox"):
        (root / name).mkdir()
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    copied = copy_sources(root, tmp_path / "copied", settings)
    assert traces(copied) != []
    assert not {"tests", "cohorts", ".nox"} & {path.name for path in copied.iterdir()}
    leave_out_solutions(copied)
    assert traces(copied) == []
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("text", ["", "<p>Nothing to pick.</p>"])
def test_what_is_no_exercise_stays(text: str) -> None:
    assert without_reasons(text) == text


def test_a_live_copy_is_made_from_the_edition_it_belongs_to(tmp_path: Path) -> None:
    lesson = lessons()["3.1"]
    stored = json.loads(lesson.notebook.read_text(encoding="utf-8"))
    path = tmp_path / "notebooks" / lesson.path
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(without_solutions(stored)), encoding="utf-8")
    for name, notebooks in (("with", None), ("without", tmp_path / "notebooks")):
        write_copies([lesson], tmp_path / name, notebooks)
        live = (tmp_path / name / "files" / live_name(lesson)).read_text(encoding="utf-8")
        assert ("# Solution" in live) is (name == "with")
        assert ("pb.solution" in live) is (name == "with")
