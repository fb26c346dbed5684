"""The plan as text, page and Word: the same facts, marked, escaped, and readable by anyone."""

import itertools
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import docx
import pandas as pd
import pytest
from docx.shared import Inches
from typer.testing import CliRunner

from playbook import cli
from playbook.city.own import new_city
from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.learn import lab
from playbook.learn.before_you_show import HEADING
from playbook.learn.catalog import lessons
from playbook.learn.memos.content import MemoContent, mark_as_practice
from playbook.learn.plan import my_plan as api
from playbook.learn.plan.my_plan import EMPTY, in_my_city, keep_memo, my_plan
from playbook.learn.plan.notebook import NOTEBOOK, fresh_plan, plan_copy
from playbook.learn.plan.plan import NO_GAPS, plan_so_far
from playbook.learn.plan.store import plan_folder, read_plan, save_page
from playbook.learn.plan.web_page import POLICY
from playbook.learn.practice import PRACTICE
from playbook.show.charts import bar

TODAY = date(2026, 11, 22)
HOSTILE = '<script>alert(1)</script>\x07 & "Ana" =1+1\x00'
READ = '<script>alert(1)</script> & "Ana" =1+1'


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    return tmp_path / "my-work"


def content() -> MemoContent:
    table = pd.DataFrame({"Where": ["Eastbank", "Vista"], "Days": [8, 6]})
    return MemoContent(
        title="Waits in 2 places",
        lines=("What we found. 8 days and 6 days.", "Say with care."),
        table=table,
        caption="Days, 2025",
        figure=bar(table, x="Days", y="Where", unit="days", finding="Eastbank waits longer"),
        indicator="Days until a job is closed",
    )


def practice_page(**typed: str) -> None:
    keep_memo("3.1", load_city(), mark_as_practice(content()), typed)


def own_page(**typed: str) -> City:
    new_city("Boston")
    city = load_city("boston")
    keep_memo("3.1", city, content(), typed)
    return city


class Reader(HTMLParser):
    """What a browser makes of a page: its tags, its texts, its alt texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.lines: list[str] = []
        self.alts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.alts += [value or "" for name, value in attrs if name == "alt"]

    def handle_data(self, data: str) -> None:
        self.lines.append(data)


def word(name: str, work: Path) -> docx.document.Document:
    return docx.Document(str(work / name))


def test_a_memo_fills_the_plan_and_the_plan_takes_three_forms(work: Path) -> None:
    practice_page(owner="Ana", first_step="Call 311", by="December 5, 2026", sign="A split")
    shown = my_plan(today=TODAY)
    assert NO_GAPS in str(shown)
    names = {path.name for path in work.iterdir() if path.is_file()}
    assert names == {"practice-my-plan.docx", "practice-my-plan.html"}
    page = (work / "practice-my-plan.html").read_text(encoding="utf-8")
    file = word("practice-my-plan.docx", work)
    in_word = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    for fact in ("Ana", "Call 311", "December 5, 2026", "A split", "Eastbank"):
        assert fact in page
        assert fact in in_word
        assert fact in shown.html


def test_practice_is_marked_in_title_file_name_alt_text_and_every_line_with_a_number(
    work: Path,
) -> None:
    practice_page(owner="Desk 4", by="December 5, 2026")
    # Somebody takes the marks out of the file by hand.
    path = plan_folder() / "plan.json"
    text = path.read_text(encoding="utf-8")
    bare = text.replace(f" ({PRACTICE})", "").replace(f"{PRACTICE}. ", "")
    assert bare != text
    path.write_text(bare, encoding="utf-8")
    shown = my_plan(today=TODAY)
    file = word("practice-my-plan.docx", work)
    page = Reader((work / "practice-my-plan.html").read_text(encoding="utf-8"))
    assert file.core_properties.title.startswith(PRACTICE)
    assert str(shown).startswith(PRACTICE)
    assert all(alt.startswith(PRACTICE) for alt in page.alts)
    assert file.inline_shapes[0]._inline.docPr.get("descr").startswith(PRACTICE)
    told = [line for line in str(shown).splitlines() if re.search(r"Desk 4|2026|8 days", line)]
    told += [line for line in page.lines if re.search(r"What we found|Days, 2025", line)]
    told += [p.text for p in file.paragraphs if re.search(r"What we found|Days, 2025", p.text)]
    assert len(told) >= 6
    assert all(PRACTICE in line for line in told)
    steps = file.tables[0]
    assert [row.cells[-1].text for row in steps.rows] == ["Data", PRACTICE]


def test_an_own_page_takes_the_place_of_practice_and_carries_the_checklist(work: Path) -> None:
    practice_page()
    own_page(owner="Ben")
    shown = my_plan(today=TODAY)
    assert PRACTICE not in str(shown)
    assert "Ben" in str(shown)
    assert {path.name for path in work.glob("*my-plan*")} == {
        "boston-my-plan.docx",
        "boston-my-plan.html",
    }
    for text in (str(shown), shown.html, (work / "boston-my-plan.html").read_text("utf-8")):
        assert HEADING in text
    assert HEADING in [p.text for p in word("boston-my-plan.docx", work).paragraphs]


def test_practice_beside_own_is_named_in_the_title_and_left_out_on_request(work: Path) -> None:
    own_page()
    save_page("1.1", "port-alder", {"title": "Curve"})
    assert str(my_plan(today=TODAY)).startswith(f"Partly {PRACTICE}")
    assert (work / "practice-boston-my-plan.html").is_file()
    assert PRACTICE not in str(my_plan(city="boston", today=TODAY))
    with pytest.raises(PlaybookError, match="no city called"):
        my_plan(city="no-such")


def test_what_people_type_is_text_in_every_form(work: Path) -> None:
    own_page(owner=HOSTILE, first_step=HOSTILE, by=HOSTILE, sign=HOSTILE)
    for name in ("ask", "whom", "request", "indicator", "population", "this_week"):
        in_my_city("3.1", **{name: HOSTILE})
    shown = my_plan(today=TODAY)
    page = Reader((work / "boston-my-plan.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert "script" not in Reader(shown.html).tags
    assert "script" not in Reader(in_my_city("3.1").html).tags
    assert READ in page.lines
    cells = [cell.text for cell in word("boston-my-plan.docx", work).tables[0].rows[1].cells]
    assert cells[1:5] == [READ] * 4


def test_the_word_file_has_what_a_screen_reader_needs(work: Path) -> None:
    practice_page()
    my_plan(today=TODAY)
    file = word("practice-my-plan.docx", work)
    levels = [int(p.style.name[-1]) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert (file.core_properties.language, file.core_properties.author) == ("en-US", "")
    assert 'w:lang w:val="en-US"' in file.styles.element.xml
    for table in file.tables:
        assert "tblHeader" in table.rows[0]._tr.xml
    section = file.sections[0]
    assert (section.page_width, section.page_height) == (Inches(8.5), Inches(11))
    assert len(file.inline_shapes) == 1


def test_the_page_needs_nothing_beside_it_and_runs_nothing(work: Path) -> None:
    practice_page()
    my_plan(today=TODAY)
    page = (work / "practice-my-plan.html").read_text(encoding="utf-8")
    assert f'content="{POLICY}"' in page
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert not {"script", "iframe", "form"} & set(Reader(page).tags)
    assert page.count("<h1>") == 1
    assert "@media print" in page
    assert len(page) < 300_000


def test_the_same_plan_later_makes_no_second_copy(work: Path) -> None:
    practice_page()
    my_plan(today=TODAY)
    practice_page()
    my_plan(today=TODAY)
    assert not (work / "older").exists()
    assert not (plan_folder() / "older").exists()


def test_running_a_lesson_from_the_start_again_loses_nothing() -> None:
    practice_page(owner="Ana", sign="Mine")
    in_my_city("3.1", sign="Ours", indicator="Waits of renters")
    practice_page(owner="", sign="The sign that came with the lesson")
    page = read_plan().pages["3.1", "port-alder"]
    assert (page.say("owner"), page.say("sign")) == ("Ana", "Ours")
    assert page.say("indicator") == "Waits of renters"


def test_in_my_city_shows_what_is_saved_and_saves_nothing_when_all_is_empty(work: Path) -> None:
    assert "Ask: not yet" in str(in_my_city("1.1"))
    assert not plan_folder().exists()
    in_my_city("1.1", ask="How many?")
    assert "Ask: How many?" in str(in_my_city("1.1", whom="The clerk"))
    with pytest.raises(PlaybookError, match="I know no lesson"):
        in_my_city("77.1", ask="How many?")


def test_the_plan_is_in_the_order_of_the_lessons_and_names_what_is_still_open() -> None:
    for name in ("3.1", "1.1", "0.1"):
        save_page(name, "port-alder", {"title": name})
    save_page("99.9", "port-alder", {"title": "A lesson of long ago"})
    plan = plan_so_far(TODAY)
    assert [page.lesson for page in plan.pages] == ["0.1", "1.1", "3.1", "99.9"]
    assert [entry.id for entry in plan.open] == [
        name for name in lessons() if name not in ("0.1", "1.1", "3.1")
    ]


def test_an_empty_plan_says_how_to_begin(work: Path) -> None:
    assert str(my_plan(today=TODAY)) == EMPTY
    assert not work.exists()
    done = CliRunner().invoke(cli.app, ["plan"])
    assert done.exit_code == 0
    assert done.output.splitlines() == [EMPTY, "Next: playbook start 0.1"]


def test_the_command_shows_the_plan_saves_it_and_ends_in_one_next_step(work: Path) -> None:
    practice_page(owner="Ana", first_step="Call", by="2000-01-01", sign="A split")
    done = CliRunner().invoke(cli.app, ["plan"])
    assert done.exit_code == 0
    assert "has passed" in done.output
    assert (work / "practice-my-plan.docx").is_file()
    assert [line[:5] for line in done.output.splitlines()].count("Next:") == 1
    assert done.output.splitlines()[-1].startswith("Next: put number 1")
    practice_page(by="December 5, 2999")
    done = CliRunner().invoke(cli.app, ["plan"])
    assert done.output.splitlines()[-1] == f"Next: playbook start {next(iter(lessons()))}"
    wrong = CliRunner().invoke(cli.app, ["plan", "--city", "no-such"])
    assert wrong.exit_code == 1


def test_a_damaged_plan_is_told_in_every_form(work: Path) -> None:
    practice_page(owner="Ana")
    path = plan_folder() / "plan.json"
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    shown = my_plan(today=TODAY)
    assert "plan.json is" in str(shown)
    assert "plan.json is" in shown.html
    assert any("plan.json is" in p.text for p in word("practice-my-plan.docx", work).paragraphs)


def test_without_the_word_library_the_page_is_saved_all_the_same(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.importlib.util, "find_spec", lambda name: None)
    practice_page()
    assert "docx" not in str(my_plan(today=TODAY))
    assert (work / "practice-my-plan.html").is_file()
    assert not list(plan_folder().rglob("*.png"))


def test_the_lessons_of_the_result_name_what_they_count() -> None:
    from playbook.learn.memos import lesson_1_1, lesson_2_2

    first, second = (one.content(load_city()).indicator for one in (lesson_1_1, lesson_2_2))
    assert first
    assert second
    assert first != second


def test_the_page_of_the_plan_is_made_once_and_kept(work: Path) -> None:
    path = plan_copy()
    assert path == work / NOTEBOOK.name
    cells = fresh_plan()["cells"]
    assert all(not cell["outputs"] for cell in cells if cell["cell_type"] == "code")
    path.write_text("mine", encoding="utf-8")
    assert plan_copy().read_text(encoding="utf-8") == "mine"


def test_the_command_opens_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr(lab, "start_plan", lambda **_: opened.append(True))
    assert CliRunner().invoke(cli.app, ["plan", "--open"]).exit_code == 0
    assert opened == [True]
