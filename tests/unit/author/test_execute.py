"""Running a notebook in a real kernel: alone, without the person who starts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from playbook.author.execute import check_repeatable, kernel_environment, run_notebook
from playbook.author.normal import as_stored, normalize
from playbook.errors import PlaybookError


def write(path: Path, *sources: str) -> Path:
    cells = [
        {
            "cell_type": "code",
            "id": f"step-{number}-do",
            "metadata": {"tags": ["deeper"]},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(sources, start=1)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_stored(normalize({"cells": cells})), encoding="utf-8")
    return path


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    return tmp_path / "notebooks" / "01-module" / "1-lesson.ipynb"


PICTURE = "data:image/svg+xml;base64,"
SHOW = (
    "from IPython.display import HTML\nimport base64\n"
    "code = base64.b64encode(b'{bytes}').decode()\n"
    'HTML(\'<img alt="{alt}" src="' + PICTURE + "' + code + '\">')"
)


def test_it_runs_alone_and_is_stored_once(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_CITY", "boston")
    monkeypatch.setenv("MPLBACKEND", "agg")
    write(
        lesson,
        "import os, pathlib\nprint(os.environ.get('PLAYBOOK_CITY'), os.environ.get('MPLBACKEND'))",
        "print(pathlib.Path.cwd().name, os.environ['PYTHONUTF8'])",
        "work = pathlib.Path(os.environ['PLAYBOOK_WORK'])\nprint(work.name, work.exists())",
    )
    assert run_notebook(lesson) is True
    first = lesson.read_bytes()
    cells = json.loads(first)["cells"]
    assert [cell["execution_count"] for cell in cells] == [1, 2, 3]
    printed = ["".join(cell["outputs"][0]["text"]) for cell in cells]
    assert printed == [
        "None module://matplotlib_inline.backend_inline\n",
        "01-module 1\n",
        "my-work False\n",
    ]
    assert run_notebook(lesson) is False
    assert lesson.read_bytes() == first


def test_an_old_picture_is_kept_until_redrawn(lesson: Path) -> None:
    write(lesson, SHOW.format(bytes="one", alt="8.4 days"))
    run_notebook(lesson)
    old = lesson.read_text(encoding="utf-8")
    lesson.write_text(old.replace("b'one'", "b'two'"), encoding="utf-8")
    run_notebook(lesson)
    assert outputs(lesson) == outputs_of(old)
    run_notebook(lesson, redraw=True)
    assert outputs(lesson) != outputs_of(old)


def outputs(path: Path) -> object:
    return outputs_of(path.read_text(encoding="utf-8"))


def outputs_of(text: str) -> object:
    return [cell["outputs"] for cell in json.loads(text)["cells"]]


def test_an_error_names_file_and_cell_and_leaves_the_file(lesson: Path) -> None:
    write(lesson, "print(1)", "{}['ward']", "print(2)")
    before = lesson.read_bytes()
    with pytest.raises(PlaybookError) as caught:
        run_notebook(lesson)
    assert caught.value.where == "notebooks/01-module/1-lesson.ipynb · cell step-2-do"
    assert "ward" in caught.value.what
    assert "Traceback" not in str(caught.value)
    assert lesson.read_bytes() == before


def test_what_changes_on_the_second_run_is_found(lesson: Path) -> None:
    write(
        lesson,
        "import os, pathlib\nwork = pathlib.Path(os.environ['PLAYBOOK_WORK'])",
        "print(work.exists())\nwork.mkdir(exist_ok=True)",
        "print('the same')",
    )
    found = check_repeatable(lesson)
    assert [(finding.rule, finding.cell) for finding in found] == [("repeatable", "step-2-do")]


def test_a_checkout_runs_its_own_package(tmp_path: Path, lesson: Path) -> None:
    own = tmp_path / "src" / "playbook"
    own.mkdir(parents=True)
    path = kernel_environment(lesson, tmp_path)["PYTHONPATH"]
    assert path.startswith(str(tmp_path.resolve() / "src"))
