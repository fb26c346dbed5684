import io
import re
import time
from pathlib import Path

import docx
import pandas as pd
import pytest

from playbook.city.tables import load_city
from playbook.errors import PlaybookError
from playbook.learn import lesson
from playbook.learn.memo import memo, table_csv
from playbook.learn.memos import lesson_3_1
from playbook.learn.memos.content import PRACTICE, mark_as_practice


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    for key in ("0.1", "3.1", "9.9"):
        monkeypatch.setitem(lesson._opened, key, load_city())


@pytest.mark.parametrize("key", ["0.1", "3.1"])
def test_a_memo_from_port_alder_says_practice_wherever_a_number_stands(
    key: str, tmp_path: Path
) -> None:
    text = str(memo(key))
    body = text.split("Owner:")[0].strip().splitlines()
    assert body[0].startswith(PRACTICE)
    assert all(PRACTICE in line for line in body if re.search(r"\d", line))
    names = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert len(names) == 3
    assert all(name.startswith("practice-") for name in names)
    word = docx.Document(str(next(tmp_path.glob("*.docx"))))
    assert word.paragraphs[0].text.startswith(PRACTICE)
    lines = [p.text for p in word.paragraphs if re.search(r"\d", p.text)]
    assert all(PRACTICE in line for line in lines)
    alt = word.inline_shapes[0]._inline.docPr.get("descr")
    assert alt is not None
    assert PRACTICE in alt
    assert all(PRACTICE in row.cells[-1].text for row in word.tables[0].rows[1:])
    header = word.tables[0].rows[0]._tr.trPr
    assert header is not None
    assert "tblHeader" in header.xml


def test_a_memo_of_a_real_city_carries_no_practice_mark() -> None:
    content = lesson_3_1.content(load_city())
    assert PRACTICE not in content.title + "".join(content.lines) + content.figure.alt
    assert PRACTICE in mark_as_practice(content).figure.alt


def test_what_a_learner_types_is_escaped_and_kept(tmp_path: Path) -> None:
    shown = memo("3.1", owner="<b>Ana</b> & Co", first_step="line one\nline two")
    assert "<b>Ana" not in shown.html
    assert "&lt;b&gt;Ana&lt;/b&gt; &amp; Co" in shown.html
    assert "First step: line one line two" in str(shown)
    memo("3.1", owner="Second owner")
    kept = [path for path in (tmp_path / "older").iterdir() if path.suffix == ".txt"]
    assert len(kept) == 1
    assert "Ana" in kept[0].read_text(encoding="utf-8")


def test_the_same_memo_later_makes_no_second_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memo("3.1")
    an_hour_later = time.time() + 3600
    monkeypatch.setattr("time.time", lambda: an_hour_later)
    memo("3.1")
    assert not (tmp_path / "older").exists()


def test_csv_cells_never_run_as_formulas() -> None:
    text = table_csv(pd.DataFrame({"=x": ["=1+1", "+2", "-3", "@a", "\t=1", "fine", -4]}))
    cells = text.splitlines()
    assert cells == ["'=x", "'=1+1", "'+2", "'-3", "'@a", "'\t=1", "fine", "-4"]


def test_a_lesson_without_memo_says_so() -> None:
    with pytest.raises(PlaybookError, match="no memo"):
        memo("9.9")


def test_missing_word_library_still_saves_text_and_csv(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import playbook.learn.memo as module

    monkeypatch.setattr(module, "_word_file", lambda *args: None)
    shown = memo("3.1")
    assert ".docx" not in str(shown)
    assert not list(tmp_path.glob("*.docx"))
    assert io.StringIO(next(tmp_path.glob("*.csv")).read_text(encoding="utf-8")).readline()


def test_targets_are_what_somebody_gets_today() -> None:
    table = lesson_3_1.service_levels(load_city())
    waits = table.filter(like=", days").drop(columns="Target, days")
    first = waits.apply(lambda column: column.str.extract(r"^([\d.]+)")[0].astype(float))
    assert (table["Target, days"].astype(float) == first.min(axis=1)).all()
    assert len(table) == 6
