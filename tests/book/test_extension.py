"""What the book computes: exercises of a lesson, map, data cards, measures, tables."""

import csv
import re
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document
from playbook_book import (
    city_map,
    data_cards,
    folds,
    measures,
    search_words,
    session,
    tables,
)
from sphinx.search.en import SearchEnglish

ROOT = Path(__file__).resolve().parents[2]


def code(source: str, **shown: str) -> dict:
    """A code cell that shows something."""
    data = {"text/plain": shown.get("text", ""), "text/html": shown.get("html", "")}
    return {"cell_type": "code", "source": source, "outputs": [{"data": data}]}


def test_answers_come_from_the_stored_cells() -> None:
    twin = (
        "<div class='pb-ask'><ul><li><details><summary>3 days</summary><p>Too short.</p></details>"
        "</li></ul><details><summary>Hint 1</summary><p>Look.</p></details></div>"
    )
    found = session.exercises(
        [
            {"cell_type": "markdown", "source": 'pb.ask("not-code")', "outputs": []},
            code('pb.ask("9.9-a")', text="9.9-a: How long?\n( ) 3 days", html=twin),
            code('gap = ...\npb.check("9.9-b", gap)', text="Not tried yet."),
            code(
                '# Solution: click here to open\ngap = 4\npb.solution("9.9-b", gap)',
                text="Solution. Four days.",
            ),
        ]
    )
    assert [one.id for one in found] == ["9.9-a", "9.9-b"]
    assert found[0].question == "How long?"
    assert found[0].choices == (("3 days", "Too short."),)
    assert found[1].explanation == ("Four days.",)
    assert found[1].code == 'gap = 4\npb.solution("9.9-b", gap)'


def test_the_map_draws_every_neighborhood_and_names_every_district() -> None:
    with (ROOT / "data" / "neighborhoods.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    drawn = city_map.figure(rows)
    assert drawn.count('class="home') == len(rows)
    for district in {row["district"] for row in rows}:
        assert f">{district}</text>" in drawn
    sides = [float(side) for side in re.findall(r'class="home[^/]*width="([\d.]+)"', drawn)]
    people = [float(row["population"]) for row in rows]
    # Area stands for people: the ratio of two squares is the ratio of their residents.
    area = (sides[0] / sides[1]) ** 2
    assert area == pytest.approx(people[0] / people[1], rel=0.02)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"type": "string", "constraints": {"required": True}}, "text"),
        ({"type": "integer", "unit": "people"}, "whole number; in people; may be empty"),
        (
            {"type": "number", "constraints": {"required": True, "minimum": 0, "maximum": 100}},
            "number; from 0 to 100",
        ),
        (
            {"type": "string", "categories": ["A", "B"], "constraints": {"required": True}},
            "text; one of: A, B",
        ),
    ],
)
def test_a_column_is_told_in_plain_words(field: dict, words: str) -> None:
    assert data_cards.kind(field) == words


def test_only_names_that_lessons_use_are_described(tmp_path: Path) -> None:
    module = tmp_path / "rates.py"
    module.write_text(
        '"""Rates."""\n\ndef rate(events: int, per: int = 100_000) -> int:\n    """Count."""\n\n'
        'def helper() -> None:\n    """Inner."""\n',
        encoding="utf-8",
    )
    text = "\n".join(measures.module_lines(module, ("rate",)))
    assert ".. py:function:: pb.rate(events, per=100000)" in text
    assert "helper" not in text
    assert measures.module_lines(module, ()) == []


def test_the_names_of_lessons_are_read_without_importing() -> None:
    source = (ROOT / "src" / "playbook" / "__init__.py").read_text(encoding="utf-8")
    assert "rate" in measures.names_of_lessons(source)["measures.rates"]
    with pytest.raises(LookupError):
        measures.names_of_lessons("x = 1")


def test_a_plain_dataframe_becomes_walkable() -> None:
    frame = (
        '<div><style scoped>a{}</style><table border="1" class="dataframe"><thead><tr><th></th>'
        "<th>days</th></tr></thead><tbody><tr><th>0</th><td>3</td></tr></tbody></table></div>"
    )
    tidy = tables.tidy_dataframe(frame, "Table 1")
    assert "<style" not in tidy
    assert '<th scope="col">days</th>' in tidy
    assert '<th scope="row">0</th>' in tidy
    assert "<caption" in tidy
    assert 'role="region"' in tidy


def test_a_solution_is_open_inside_its_folded_cell() -> None:
    document = new_document("lesson")
    document += nodes.raw("", "<details class='pb-solution' style='x'>Nine.</details>")
    document += nodes.raw("", "<details class='pb-ask'>Nine.</details>")
    folds.OpenSolutions(document).apply()
    shown = [raw.astext() for raw in document.findall(nodes.raw)]
    assert shown == [
        "<details class='pb-solution' open style='x'>Nine.</details>",
        "<details class='pb-ask'>Nine.</details>",
    ]


def test_search_words_have_the_stems_that_sphinx_gives_them() -> None:
    ours, stock = search_words.EnglishOnce({}), SearchEnglish({})
    for word in ("Neighborhoods", "waiting", "waits", "policies", "311", "children's"):
        assert ours.stem(word) == ours.stem(word) == stock.stem(word)
