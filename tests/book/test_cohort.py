"""Pages of a cohort and its whole build: frame, pathways, no answer where none may be."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import jinja2
import pytest
import yaml
from docutils import nodes
from docutils.utils import new_document
from hypothesis import given, settings
from hypothesis import strategies as st
from playbook_book import cohort as cohort_pages
from playbook_book import pathways as pathway_pages

from playbook.author.prose_rules import HIGHEST_GRADE, LONGEST_SENTENCE
from playbook.author.reading import grade, sentences, without_markup, words
from playbook.author.words import banned_in, british_in
from playbook.city.capacities import planned_lessons
from playbook.files import write_atomically
from playbook.learn.catalog import lessons
from playbook.publish.built_pages import BuiltPage
from playbook.publish.cohort.build import build_cohort_from
from playbook.publish.cohort.edition import copy_sources
from playbook.publish.cohort.settings import cohort_text, make_cohort
from playbook.publish.contents import listed_pages
from playbook.publish.pathways import plan, read_pathways
from playbook.publish.session import LENGTHS, has_deeper, run_of_show
from playbook.publish.site_rules import POLICY, check_site

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "book" / "_theme" / "playbook"
PATHWAYS = read_pathways(ROOT / "book" / "pathways.toml")
PAGES = ("pathways-programs", "pathways-cohort", "pathways-roles", "your-cohort")
MOST_WORDS = 900
ANSWERS = {
    "name": 'Ana\'s "A" & B team',
    "dates": ["2027-03-10 14:00", "2027-03-17 14:00"],
    "time_zone": "America/Chicago",
    "contact": 'Ana & Bo, "ana"@city.example',
    "welcome": "Bring one question & one colleague.",
    "lessons": ["3.1", "3.2"],
}
COHORT = make_cohort(ANSWERS, lessons())


def text(page: str) -> str:
    return (ROOT / "book" / f"{page}.md").read_text(encoding="utf-8")


def computed(page: str) -> Iterator[str]:
    """What the pathways put into a page."""
    for one in re.findall(r"\{pathway-plan\} (\S+)", text(page)):
        made = plan(PATHWAYS[one], lessons(), planned_lessons())
        yield pathway_pages.described(PATHWAYS[one]).astext()
        yield pathway_pages.sums(made)
        for stop in made.stops:
            leave = stop.lesson.you_leave_with if stop.lesson else ""
            yield f"{stop.period} {stop.id} {stop.title} 40 {leave}"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_short_and_plain_with_what_is_computed(page: str) -> None:
    own = without_markup(re.sub(r"```.*?```", "", text(page), flags=re.DOTALL))
    everything = "\n\n".join([own, *computed(page)])
    assert len(words(everything)) <= MOST_WORDS
    assert grade(own) <= HIGHEST_GRADE
    described = [PATHWAYS[one].words for one in re.findall(r"plan\} (\S+)", text(page))]
    for sentence in sentences("\n\n".join([own, *described])):
        assert len(words(sentence)) <= LONGEST_SENTENCE, sentence
    assert banned_in(everything) == []
    assert british_in(everything) == []
    assert "!" not in own
    assert f"book/{page}" in listed_pages(ROOT / "_toc.yml")


def test_a_release_carries_the_book_as_the_file_that_the_page_names() -> None:
    flow = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))
    steps = flow["jobs"]["gate"]["steps"]
    packs = [one for one in steps if "zipfile -c _build/html/learning-lab-playbook.zip" in str(one)]
    assert len(packs) == 1
    publishes = [one for one in steps if "upload-pages-artifact" in str(one)]
    assert steps.index(packs[0]) < steps.index(publishes[0])
    assert "`learning-lab-playbook.zip`" in text("your-cohort")


def test_every_pathway_has_its_place_once() -> None:
    shown = [one for page in PAGES for one in re.findall(r"plan\} (\S+)", text(page))]
    assert sorted(shown) == sorted(PATHWAYS)


def test_a_program_is_told_with_its_source_and_year() -> None:
    for pathway in PATHWAYS.values():
        told = pathway_pages.described(pathway)
        links = [one["refuri"] for one in told.findall(nodes.reference)]
        assert links == ([pathway.address] if pathway.source else [])
        assert pathway.year in told.astext()


def test_minutes_of_every_session_add_up() -> None:
    for lesson in lessons().values():
        for length in LENGTHS:
            if length != 90 or has_deeper(lesson):
                assert sum(part.minutes for part in run_of_show(lesson, length)) == length


def test_reasons_leave_a_page_only_where_the_cohort_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    html = (
        "<div class='pb-ask'><ul><li><details><summary>8 days</summary><p>CANARY</p></details>"
        "</li></ul></div>"
    )
    for solutions, stays in ((True, True), (False, False)):
        found = replace(COHORT, solutions=solutions)
        monkeypatch.setattr(cohort_pages, "cohort", lambda env, found=found: found)
        monkeypatch.setattr(cohort_pages.LeaveOutReasons, "env", None, raising=False)
        document = new_document("page")
        document += nodes.raw("", html, format="html")
        cohort_pages.LeaveOutReasons(document).apply()
        assert ("CANARY" in document.astext()) is stays
        assert "8 days" in document.astext()


def filled(name: str, cohort: object) -> str:
    """A template of the theme, filled as Sphinx fills it: nothing is escaped by itself."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME), autoescape=False)
    page = environment.get_template(name)
    return page.render(
        cohort=cohort,
        meetings=cohort_pages.meetings(cohort) if cohort else [],
        pathto=lambda name, kind=0: f"{name}.html",
        language="en",
        docstitle="Learning Lab Playbook",
        favicon_url="icon.svg",
        css_files=[],
    )


def test_the_page_to_edit_is_framed_and_says_where_to_write() -> None:
    for cohort in (None, COHORT):
        html = filled("welcome.html", cohort)
        assert html.count("<!-- WRITE") == html.count("<!-- END -->") == 4
        assert POLICY in html
        page = BuiltPage("welcome.html", html)
        assert next(iter(page.find("a"))).attributes["href"] == "#main"
        assert len(list(page.find("h1"))) == 1
        assert not list(page.find("script"))
    assert "You are viewing the open version." in filled("welcome.html", None)


def structure(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag.name, tuple(sorted(tag.attributes))) for tag in BuiltPage("", html).tags]


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_no_text_becomes_markup(said: str) -> None:
    for name in ("welcome.html", "cohort.html"):
        safe = replace(COHORT, name="x", welcome="x", contact="x")
        nasty = replace(COHORT, name=said, welcome=said, contact=said)
        html = filled(name, nasty)
        assert structure(html) == structure(filled(name, safe))
        assert said in unescape(html)


@pytest.mark.parametrize("name", ["layout.html", "cohort.html", "welcome.html", "preflight.html"])
def test_every_word_of_a_cohort_is_escaped_where_it_is_printed(name: str) -> None:
    template = (THEME / name).read_text(encoding="utf-8")
    printed = re.findall(r"\{\{-?\s*((?:cohort|meeting)\.[^}]*?)\s*-?\}\}", template)
    assert printed
    # A number needs none.
    assert [one for one in printed if not one.endswith("|e") and "minutes" not in one] == []


# ------------------------------------------------------------------ the whole build, in the gate

NEVER = "solution", "reason", "guess", "check", "leader"


def canary(kind: str, number: int) -> str:
    return f"zq{kind}{number}zq"


def with_canaries(root: Path) -> None:
    """Put a word that stands nowhere else into every place that holds an answer."""
    for number, lesson in enumerate(lessons().values()):
        path = root / "notebooks" / lesson.path
        stored = json.loads(path.read_text(encoding="utf-8"))
        for cell in stored["cells"]:
            source = "".join(cell["source"])
            if source.startswith("# Solution"):
                cell["source"] = f"{source}\n# {canary('solution', number)}"
                mark(cell, "</p>", f" {canary('solution', number)}</p>")
            elif "pb.ask(" in source:
                mark(cell, "</p></details></li>", f" {canary('reason', number)}</p></details></li>")
            elif "Guess first" in source:
                told = f"{canary('guess', number)} </details>"
                cell["source"] = source.replace("</details>", told)
            elif "Check yourself" in source:
                told = f" {canary('check', number)}</details>"
                cell["source"] = source.replace("</details>", told)
        path.write_text(json.dumps(stored, ensure_ascii=False, indent=1), encoding="utf-8")
        page = path.with_name(f"{path.stem}.facilitator.md")
        said = page.read_text(encoding="utf-8")
        page.write_text(f"{said}\n{canary('leader', number)}\n", encoding="utf-8")


def mark(cell: dict, old: str, new: str) -> None:
    for output in cell["outputs"]:
        for kind, value in output["data"].items():
            output["data"][kind] = "".join(value).replace(old, new)


def built(folder: Path, *, solutions: bool) -> Path:
    root = folder / "root"
    copy_sources(ROOT, root, ROOT / "pyproject.toml")
    (root / "cohort.toml").unlink()
    with_canaries(root)
    place = root / "cohorts" / "spring-lab"
    answers = {**ANSWERS, "solutions": solutions}
    write_atomically(place / "cohort.toml", cohort_text("spring-lab", answers))
    return build_cohort_from(root, place)


def told_in(folder: Path) -> dict[str, set[str]]:
    """The canaries in all files of a folder, zip files unpacked, by kind."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        contents = [path.read_bytes()]
        if path.suffix in (".zip", ".docx"):
            with zipfile.ZipFile(path) as packed:
                contents = [packed.read(name) for name in packed.namelist()]
        for content in contents:
            for kind, number in re.findall(rb"zq([a-z]+)(\d+)zq", content.lower()):
                found.setdefault(kind.decode(), set()).add(number.decode())
    return found


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a cohort whose learners get no solutions, with the offline file unpacked."""
    folder = built(tmp_path_factory.mktemp("cohort"), solutions=False)
    with zipfile.ZipFile(folder / "offline.zip") as packed:
        packed.extractall(folder / "unpacked")
    return folder


@pytest.mark.gate
def test_no_answer_reaches_a_learner(without: Path) -> None:
    # The facilitator's copy shows that every kind of answer was marked, and can be found.
    assert set(told_in(without / "facilitator")) == {*NEVER}
    assert told_in(without / "site") == {}
    assert told_in(without / "unpacked") == {}
    for name in ("offline.zip", "invite.txt", "sessions.ics"):
        (without / "one").mkdir(exist_ok=True)
        shutil.copyfile(without / name, without / "one" / name)
    assert told_in(without / "one") == {}
    assert not list((without / "site").rglob("*facilitator*.html*")) or all(
        path.name == "for-facilitators.html"
        for path in (without / "site").rglob("*facilitator*.html*")
    )


@pytest.mark.gate
def test_a_site_of_a_cohort_keeps_the_rules_of_the_book(without: Path) -> None:
    for name in ("site", "facilitator"):
        assert check_site(without / name) == []
    for path in (without / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if '<footer class="bottom">' in html and path.name != "welcome.html":
            assert "Ana&#39;s &#34;A&#34; &amp; B team · March 10, 2027" in html, path.name
    landing = (without / "site" / "index.html").read_text(encoding="utf-8")
    assert "Bring one question &amp; one colleague." in landing
    assert "Wednesday, March 17, 2027, 2:00 PM" in landing


@pytest.mark.gate
def test_two_builds_are_the_same(without: Path, tmp_path: Path) -> None:
    settings = without / "cohort.toml"
    again = tmp_path / "spring-lab"
    again.mkdir()
    shutil.copy2(settings, again / "cohort.toml")
    build_cohort_from(without.parent.parent, again)
    for name in ("site", "facilitator"):
        first, second = without / name, again / name
        names = sorted(one.relative_to(first).as_posix() for one in first.rglob("*"))
        assert names == sorted(one.relative_to(second).as_posix() for one in second.rglob("*"))
        different = [
            one
            for one in names
            if (first / one).is_file() and (first / one).read_bytes() != (second / one).read_bytes()
        ]
        assert different == []
    for name in ("offline.zip", "invite.txt", "sessions.ics"):
        assert (without / name).read_bytes() == (again / name).read_bytes(), name


@pytest.mark.gate
def test_with_solutions_learners_find_them(tmp_path: Path) -> None:
    assert set(told_in(built(tmp_path, solutions=True) / "site")) == {*NEVER}
