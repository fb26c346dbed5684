"""Pages, table of contents and catalog agree; each disagreement is told with file and fix."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from playbook.errors import PlaybookError
from playbook.learn.catalog import lessons
from playbook.publish.contents import check_contents, listed_pages

ROOT = Path(__file__).resolve().parents[2]
LESSON = "notebooks/00-start-here/1-meet-port-alder"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Pages, contents and catalog of the repository, without what is in the pages."""
    pages = [path for kind in ("md", "rst", "ipynb") for path in ROOT.glob(f"book/**/*.{kind}")]
    for path in [*pages, *ROOT.glob("notebooks/*/*")]:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
    for name in ("_toc.yml", "notebooks/lessons.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_repository_agrees() -> None:
    assert check_contents(ROOT) == []


def add_orphan(root: Path) -> None:
    (root / "book" / "forgotten.md").touch()


def delete_page(root: Path) -> None:
    (root / "book" / "run.md").unlink()


def unlist_lesson(root: Path) -> None:
    toc = root / "_toc.yml"
    toc.write_text(toc.read_text("utf-8").replace(f"      - file: {LESSON}\n", ""), "utf-8")


def list_twice(root: Path) -> None:
    toc = root / "_toc.yml"
    toc.write_text(toc.read_text("utf-8") + "      - file: book/run\n", "utf-8")


def swap_lessons(root: Path) -> None:
    toc = root / "_toc.yml"
    first = f"      - file: {LESSON}\n"
    second = "      - file: notebooks/00-start-here/2-how-ready-is-our-team\n"
    toc.write_text(toc.read_text("utf-8").replace(first + second, second + first), "utf-8")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (add_orphan, ["book/forgotten.md: no reader can reach this page"]),
        (delete_page, ["lists book/run, and there is no such page"]),
        (unlist_lesson, ["1-meet-port-alder.ipynb: no reader", "lesson 0.1 is not listed"]),
        (list_twice, ["lists book/run more than once"]),
        (swap_lessons, ["another order than in lessons.toml"]),
    ],
)
def test_a_fault_is_told(checkout: Path, fault: Callable[[Path], None], words: list[str]) -> None:
    assert check_contents(checkout) == []
    fault(checkout)
    found = check_contents(checkout)
    assert len(found) == len(words)
    for line, expected in zip(found, words, strict=True):
        assert expected in line
        assert "Fix: " in line


def test_the_glossary_explains_every_term_of_every_lesson() -> None:
    glossary = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    explained = {line.lower() for line in glossary.splitlines() if line and line[0] not in " `#"}
    terms = {term.lower() for entry in lessons().values() for term in entry.terms}
    assert terms - explained == set()


def test_an_unreadable_table_of_contents_is_told(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text("root: index\n  parts: [", "utf-8")
    with pytest.raises(PlaybookError, match="line 2"):
        listed_pages(tmp_path / "_toc.yml")
