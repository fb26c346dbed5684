"""How lessons are stored, and which pictures are kept."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from playbook.author.normal import (
    WIDGET_VIEW,
    as_stored,
    is_normal,
    keep_pictures,
    normalize,
    without_pictures,
)


def notebook(**cell: Any) -> dict[str, Any]:
    code = {
        "cell_type": "code",
        "id": "step-1-do",
        "metadata": {},
        "source": "1",
        "execution_count": 7,
        "outputs": [],
    }
    prose = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": ["# A\n", "b"]}
    return {"cells": [prose, code | cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def shown(html: str, plain: str = "Bars") -> dict[str, Any]:
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/plain": plain, "text/html": html},
    }


def figure(alt: str, code: str) -> str:
    return f'<img alt="{alt}" src="data:image/svg+xml;base64,{code}"><td>8.4</td>'


def test_chance_and_dates_go_and_the_rest_stays() -> None:
    raw = notebook(
        metadata={
            "tags": ["deeper"],
            "jupyter": {"source_hidden": True},
            "execution": {"iopub.execute_input": "2026-11-22T05:10:00Z"},
            "editable": True,
            "trusted": True,
        },
        outputs=[
            {"output_type": "stream", "name": "stdout", "text": "a\n"},
            {"output_type": "stream", "name": "stdout", "text": ["b\n"]},
            {
                "output_type": "execute_result",
                "execution_count": 7,
                "metadata": {"needs_background": "light"},
                "data": {
                    "text/plain": "Bars",
                    "text/html": ["<p>", "Bars</p>"],
                    "image/png": "iVBOR",
                    WIDGET_VIEW: {"model_id": "f00d"},
                },
            },
            {"output_type": "display_data", "metadata": {}, "data": {WIDGET_VIEW: {}}},
        ],
    )
    raw["metadata"] = {
        "kernelspec": {"display_name": "venv", "name": "my-venv", "language": "python"},
        "language_info": {"version": "3.11.7"},
        "widgets": {"state": {}},
    }
    before = copy.deepcopy(raw)
    stored = normalize(raw)
    assert raw == before
    assert stored["metadata"] == {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        }
    }
    code = stored["cells"][1]
    assert code["id"] == "step-1-do"
    assert code["metadata"] == {"tags": ["deeper"], "jupyter": {"source_hidden": True}}
    assert code["execution_count"] == 1
    stream, result = code["outputs"]
    assert stream["text"] == "a\nb\n"
    assert result["execution_count"] == 1
    assert result["metadata"] == {}
    assert result["data"] == {"text/plain": "Bars", "text/html": "<p>Bars</p>"}


def test_an_unrun_cell_stays_unrun() -> None:
    assert normalize(notebook(execution_count=None))["cells"][1]["execution_count"] is None


def test_pixels_alone_stay_for_the_rule_that_forbids_them() -> None:
    png = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBOR"}}
    assert normalize(notebook(outputs=[png]))["cells"][1]["outputs"][0]["data"]


def test_the_file_has_sorted_keys_one_space_and_a_final_newline() -> None:
    text = as_stored(normalize(notebook()))
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    loaded = json.loads(text)
    assert list(loaded) == sorted(loaded)
    assert text == json.dumps(loaded, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert loaded["cells"][0]["source"] == ["# A\n", "b"]


def test_is_normal_finds_a_file_stored_another_way(tmp_path: Path) -> None:
    path = tmp_path / "1-lesson.ipynb"
    path.write_text(as_stored(normalize(notebook())), encoding="utf-8")
    assert is_normal(path) == []
    path.write_text(json.dumps(notebook()), encoding="utf-8")
    (finding,) = is_normal(path)
    assert finding.rule == "normal"
    assert "playbook notebooks run" in finding.fix


def test_a_picture_stays_while_its_words_stay() -> None:
    old = notebook(outputs=[shown(figure("8.4 days", "AAAA"))])
    new = normalize(notebook(outputs=[shown(figure("8.4 days", "BBBB"))]))
    kept = keep_pictures(new, old)
    assert "AAAA" in kept["cells"][1]["outputs"][0]["data"]["text/html"]
    assert "BBBB" in new["cells"][1]["outputs"][0]["data"]["text/html"]


def test_a_picture_changes_with_its_words() -> None:
    old = notebook(outputs=[shown(figure("8.4 days", "AAAA"))])
    new = normalize(notebook(outputs=[shown(figure("8.5 days", "BBBB"))]))
    html = keep_pictures(new, old)["cells"][1]["outputs"][0]["data"]["text/html"]
    assert html == figure("8.5 days", "BBBB")


def test_only_the_picture_is_blanked() -> None:
    one, other = figure("8.4 days", "AA+/=="), figure("8.4 days", "BB")
    assert without_pictures(one) == without_pictures(other)
    assert without_pictures(one) != without_pictures(figure("8.5 days", "AA+/=="))
