"""Cards as pages: nothing in them is markup, every filter finds them, every lesson links two."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from playbook_book import card_pages, exchange

from playbook.learn.catalog import lessons, read_catalog
from playbook.publish.book import build_from
from playbook.publish.card_forms import card_rows, tried_rows
from playbook.publish.exchange import Tried, card_toml, cards, read_entry
from playbook.publish.exchange_rules import EVIDENCE, OUTCOMES, QUESTIONS

ROOT = Path(__file__).resolve().parents[2]
REAL = cards()
HOSTILE = "<script>alert(1)</script> **bold** [x](javascript:y) {{ 1 }} `z`"


class Env(SimpleNamespace):
    """What the parser asks of Sphinx."""

    def __init__(self, srcdir: Path, name: str) -> None:
        super().__init__(srcdir=str(srcdir), docname=name, metadata={name: {}}, temp_data={})
        self.noted: list[str] = []
        self.note_dependency = self.noted.append


def parsed(path: Path) -> tuple[nodes.document, Env]:
    env = Env(ROOT, f"book/exchange/{path.stem}")
    document = new_document(str(path))
    document.settings.env = env
    card_pages.CardParser().parse("", document)
    return document, env


def told_by(document: nodes.document) -> list[str]:
    return [title.astext() for title in document.findall(nodes.title)]


@pytest.mark.parametrize("card", REAL, ids=lambda card: card.id)
def test_a_page_tells_every_field_under_its_heading(card) -> None:
    document, env = parsed(ROOT / f"{card.page}.toml")
    headings = [question.heading for question in QUESTIONS]
    extra = ["We tried this too"] if card.tried else []
    assert told_by(document)[1:] == [*headings, *extra, "Sources"]
    text = document.astext().replace("\u2019", "'").replace("\u201c", '"').replace("\u201d", '"')
    for question in QUESTIONS:
        assert getattr(card, question.name) in text
    for fact in (card.place, OUTCOMES[card.outcome], EVIDENCE[card.evidence], *card.capacities):
        assert fact in text
    links = [link["refuri"] for link in document.findall(nodes.reference)]
    assert links == [source.address for source in card.sources]
    assert env.metadata[env.docname]["layout"] == "solution"


def test_what_a_form_brought_stays_text_on_the_page(tmp_path: Path) -> None:
    entry = read_entry(ROOT / "book/exchange/medicaid-texts-no-visits.toml")
    for name in ("title", "place", "problem", "what_failed"):
        entry[name] = HOSTILE
    entry["tried"][0]["result"] = HOSTILE
    entry["sources"][0]["title"] = HOSTILE
    path = tmp_path / "a-card.toml"
    path.write_text(card_toml(entry), encoding="utf-8")
    document, _ = parsed(path)
    # Raw HTML is the only way past the writer, which escapes every text.
    assert not list(document.findall(nodes.raw))
    assert document.astext().count("<script>alert(1)</script> **bold**") == 6
    card = replace(REAL[0], title=HOSTILE, place=HOSTILE, what_failed=HOSTILE)
    item = exchange._item(card)
    assert not list(item.findall(nodes.raw))
    assert "<script>" in item.astext()
    shown = card_pages.tried_words(Tried(HOSTILE, 2020, "worked", HOSTILE, HOSTILE))
    assert not list(shown.findall(nodes.raw))


def test_a_card_with_a_fault_turns_the_build_red(tmp_path: Path) -> None:
    entry = read_entry(ROOT / "book/exchange/oakland-paving.toml") | {"outcome": "great"}
    path = tmp_path / "a-card.toml"
    path.write_text(card_toml(entry), encoding="utf-8")
    warned: list[tuple[str, ...]] = []
    log = SimpleNamespace(warning=lambda *words, **where: warned.append((*words, str(where))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(card_pages, "_LOG", log)
        document, _ = parsed(path)
    assert "great" in str(warned)
    assert "a-card.toml, outcome" in str(warned)
    assert told_by(document) == ["a-card"]


def test_a_card_with_a_fault_is_left_out_of_the_list(tmp_path: Path) -> None:
    folder = tmp_path / exchange.FOLDER
    folder.mkdir(parents=True)
    (folder / "good-card.toml").write_bytes((ROOT / f"{REAL[0].page}.toml").read_bytes())
    (folder / "bad-card.toml").write_text("title = 1", encoding="utf-8")
    env = Env(tmp_path, "book/exchange")
    env.temp_data["docname"] = env.docname
    assert [card.id for card in card_pages.all_cards(env)] == ["good-card"]
    # A repaired card comes back, because the page looks at its file too.
    assert {Path(name).name for name in env.noted} == {"good-card.toml", "bad-card.toml"}


def test_the_filters_offer_what_cards_have_and_each_finds_a_card() -> None:
    form = exchange.filter_form(REAL)
    offered = set(re.findall(r'<option value="([^"]+)"', form))
    marks = {mark for card in REAL for mark in exchange.card_marks(card)}
    assert offered == marks
    assert "issue-education" not in offered
    only = [card for card in REAL if card.outcome == "worked"]
    assert "outcome-did-not" not in exchange.filter_form(only)


def test_every_filter_has_a_label_and_waits_for_the_script() -> None:
    form = exchange.filter_form(REAL)
    lists = re.findall(r'<select id="([^"]+)"', form)
    assert [name.removeprefix("filter-") for name in lists] == [
        "capacity", "issue", "evidence", "outcome",
    ]  # fmt: skip
    assert all(f'<label for="{name}">' in form for name in lists)
    assert 'role="status"' in form
    assert re.match(r"<form [^>]*\bhidden>", form)
    assert " on" not in re.sub(r">[^<]*<", "><", form)


def test_the_evidence_is_listed_from_strong_to_weak() -> None:
    form = exchange.filter_form(REAL)
    assert re.findall(r'value="evidence-([^"]+)"', form) == list(EVIDENCE)


def test_the_paper_form_asks_what_the_word_form_asks() -> None:
    rows = (*card_rows(), *tried_rows())
    paper = exchange._paper("Your card", rows)
    text = "".join(raw.astext() for raw in paper.findall(nodes.raw))
    assert re.findall(r"<strong>(.*?)</strong>", text) == [row.label for row in rows]
    labels = [label for row in rows for label in row.choices.values()]
    assert re.findall(r"<li>(.*?)</li>", text) == labels


def test_the_opening_of_a_text_says_something() -> None:
    for card in REAL:
        said = card_pages.opening(card.what_failed)
        assert card.what_failed.startswith(said)
        assert said.endswith((".", "?"))
        assert len(said.split()) >= 10


def lesson_page(path: str, sections: list[str]) -> nodes.document:
    """A lesson's page with these headings, two cards added."""
    document = new_document(path)
    top = nodes.section("", nodes.title("", "A lesson"))
    for heading in sections:
        top += nodes.section("", nodes.title("", heading))
    document += top
    env = Env(ROOT, path)
    document.settings.env = env
    transform = exchange.CardsOnLessonPages(document)
    transform.apply()
    return document


@pytest.fixture(autouse=True)
def _catalog(monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_catalog(ROOT / "notebooks" / "lessons.toml")
    for module in (card_pages, exchange):
        monkeypatch.setattr(module, "catalog", lambda env: read)


@pytest.mark.parametrize("lesson", lessons().values(), ids=lambda lesson: lesson.id)
def test_each_lesson_links_two_cards_before_its_sources(lesson) -> None:
    name = exchange.docname(lesson)
    document = lesson_page(name, ["Take it to work", "Sources and limits"])
    assert told_by(document)[1:] == [
        "Take it to work", exchange.ON_LESSON_PAGES, "Sources and limits",
    ]  # fmt: skip
    targets = [
        link["reftarget"]
        for link in document.findall()
        if "reftarget" in getattr(link, "attributes", {})
    ]
    assert len(targets) == 2
    assert {target.lstrip("/") for target in targets} <= {card.page for card in REAL}


def test_other_pages_link_none() -> None:
    assert exchange.ON_LESSON_PAGES not in told_by(lesson_page("book/run", ["Sources and limits"]))


def test_titles_reach_menus_and_neighbors_as_text() -> None:
    layout = (ROOT / "book/_theme/playbook/layout.html").read_text(encoding="utf-8")
    printed = re.findall(r"{{ *([\w.]+(?:title|label|caption)\b[^}]*?) *}}", layout)
    assert {"prev.title|e", "entry.label|e", "page_label|e"} <= set(printed)
    assert [one for one in printed if not one.endswith("|e")] == []


@pytest.mark.gate
def test_a_hostile_card_builds_a_harmless_book(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "src/playbook").mkdir(parents=True)
    for name in ("_config.yml", "_toc.yml", "index.md", "src/playbook/__init__.py"):
        shutil.copy(ROOT / name, root / name)
    for name in ("book", "notebooks", "hosting", "data", "src/playbook/measures"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    path = root / "book/exchange/oakland-paving.toml"
    entry = read_entry(path)
    for name in ("title", "place", "problem", "what_failed", "first_step"):
        entry[name] = f"<img src=x onerror=alert(7)> {name}"
    path.write_text(card_toml(entry), encoding="utf-8")
    site = build_from(root, tmp_path / "site")
    pages = {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    shown = [page for page, text in pages.items() if "onerror=alert(7)" in text]
    # Its own page, the list, the neighbors and the lessons that link it.
    assert len(shown) >= 5
    assert [page for page, text in pages.items() if "<img src=x" in text] == []
