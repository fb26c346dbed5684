"""Pages of the plays: Monday's step, then each play with its script, dates, signs and case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole

from playbook.city.capacities import Capacity, capacities
from playbook.learn.catalog import Lesson
from playbook.publish.crosswalk import LessonLink, cards_of, lesson_link
from playbook.publish.exchange import Card
from playbook.publish.play_shapes import Case, Play, Plays
from playbook.publish.plays import FILE_NAME, read_plays

from .cards import page_link
from .exchange import all_cards, words
from .sources import catalog, docname

PLANNED = "planned"
LIFTED = "lifted"
FROM_EXCHANGE = "What other cities found"
ESTIMATE = "staff hours (our estimate)"


def plays(env: BuildEnvironment) -> Plays:
    """Return the plays; read once a build, and pages that use them are rebuilt with them."""
    path = Path(env.srcdir) / "book" / FILE_NAME
    env.note_dependency(str(path))
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, changed: int) -> Plays:
    return read_plays(path)


def exchange_cards(env: BuildEnvironment) -> list[Card]:
    """Return the cards of the exchange that have a page to link to."""
    return [card for card in all_cards(env) if card.page in env.found_docs]


def play_link(env: BuildEnvironment, play: Play, *, short: bool = False) -> nodes.reference:
    """Link to a play on its capacity's page, by its number and, where there is room, its title."""
    found = plays(env)
    page = found.pages[play.capacity].page
    here = "" if page == env.docname else env.app.builder.get_relative_uri(env.docname, page)
    name = play_name(found, play)
    label = name if short else f"{name}: {play.title}"
    return nodes.reference("", label, refuri=f"{here}#{play.id}", internal=True)


def play_name(found: Plays, play: Play) -> str:
    """Name a play by its number, which holds on paper too."""
    return f"Play\u00a0{found.number(play)}"


def lesson_words(link: LessonLink, *, short: bool = False) -> list[nodes.Node]:
    """Name a lesson: a link to one that is written, the word "planned" after one that is not."""
    name = link.id if short else f"{link.id} {link.title}"
    if link.lesson:
        return list(page_link(docname(link.lesson), name).children)
    return [nodes.Text(f"{name} ({PLANNED})")]


def capacity_of(letter: str) -> Capacity:
    """Return a capacity by its letter."""
    return next(one for one in capacities() if one.letter == letter)


class CapacityPlays(SphinxDirective):
    """``{capacity-plays} A``: Monday's step, then the plays of one capacity."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make the page's sections."""
        letter = self.arguments[0]
        found = plays(self.env)
        if letter not in found.pages:
            raise self.error(f"No capacity has the letter {letter}. See book/{FILE_NAME}.")
        return capacity_sections(found, letter, catalog(self.env), exchange_cards(self.env))


def capacity_sections(
    found: Plays, letter: str, lessons: Mapping[str, Lesson], among: Sequence[Card]
) -> list[nodes.Node]:
    """Lay out a capacity: its question, Monday's step, its plays."""
    page, own = found.pages[letter], found.of_capacity(letter)
    return [
        nodes.paragraph("", page.question, classes=["play-question"]),
        section("on-monday", "On Monday", said(page.monday)),
        *(
            play_section(
                f"{play_name(found, play)}: {play.title}",
                play,
                found.actions[play.action].words if play.action else "",
                lesson_link(play.lesson, lessons),
            )
            for play in own
        ),
        *cards_section(found, own, among),
    ]


def section(anchor: str, title: str, content: list[nodes.Node]) -> nodes.section:
    """Make a section with a heading that the page's contents list."""
    made = nodes.section(ids=[anchor], names=[anchor], classes=[LIFTED])
    made += nodes.title("", title)
    made += content
    return made


def play_section(title: str, play: Play, action: str, lesson: LessonLink) -> nodes.section:
    """Lay out one play."""
    script = nodes.block_quote(
        "", *(nodes.paragraph("", "", words(f'"{line}"')) for line in play.say)
    )
    rows: list[tuple[str, list[nodes.Node]]] = [
        ("Do this first", said(play.first)),
        ("Who asks whom", said(play.who)),
        ("Say", [script]),
        ("Day 30", said(play.day_30)),
        ("Day 60", said(play.day_60)),
        ("Day 90", said(play.day_90)),
        ("Cost", said(f"About {play.hours} {ESTIMATE}.")),
        ("It works when", said(play.works)),
        ("Stop when", said(play.stop)),
        ("Lesson", [nodes.paragraph("", "", *lesson_words(lesson))]),
    ]
    shown = nodes.definition_list(classes=["play"])
    shown += [
        nodes.definition_list_item("", nodes.term("", name), nodes.definition("", *content))
        for name, content in rows
    ]
    content = [shown, case_paragraph(play.case)]
    if action:
        content.insert(0, nodes.paragraph("", f"City action: {action}", classes=["play-action"]))
    return section(play.id, title, content)


def cards_section(found: Plays, own: Sequence[Play], among: Sequence[Card]) -> list[nodes.section]:
    """List the cards of the exchange that suit the plays of a page, two a play, each card once."""
    suits: dict[str, list[Play]] = {}
    for play in own:
        for card in cards_of(play, among, capacity_of(play.capacity).name):
            suits.setdefault(card.id, []).append(play)
    items = []
    for card in (card for card in among if card.id in suits):
        line = nodes.paragraph("", "", *page_link(card.page, card.title).children)
        numbers = ", ".join(str(found.number(play)) for play in suits[card.id])
        line += nodes.Text(f" (play {numbers})")
        items.append(nodes.list_item("", line))
    if not items:
        return []
    return [section("from-the-exchange", FROM_EXCHANGE, [nodes.bullet_list("", *items)])]


def said(text: str) -> list[nodes.Node]:
    """Wrap a text in a paragraph."""
    return [nodes.paragraph("", "", words(text))]


def case_paragraph(case: Case) -> nodes.paragraph:
    """Tell a case: place and year, what was done, what went wrong, where it is printed."""
    line = nodes.paragraph(classes=["play-case"])
    line += nodes.strong("", f"A real case: {case.place}, {case.year}.")
    line += words(f" {case.story} ")
    line += nodes.strong("", "What went wrong:")
    line += words(f" {case.wrong} (")
    for place, source in enumerate(case.sources):
        line += nodes.Text("; " if place else "")
        line += nodes.reference(
            "", words(source.name).astext(), refuri=source.address, internal=False
        )
    line += nodes.Text(")")
    return line


class LiftSections(SphinxTransform):
    """Move sections that a directive made out of the section before them: they are its peers."""

    default_priority = 350

    def apply(self) -> None:
        """Walk the page."""
        for made in list(self.document.findall(nodes.section)):
            parent = made.parent
            if LIFTED in made["classes"] and isinstance(parent.parent, nodes.section):
                place = parent.parent.index(parent) + 1
                peers = parent.parent.children
                while place < len(peers) and LIFTED in peers[place].get("classes", ()):
                    place += 1
                parent.remove(made)
                parent.parent.insert(place, made)


class PlaysIndex(SphinxDirective):
    """``{plays-index}``: the seven capacities, each with its question and Monday's step."""

    def run(self) -> list[nodes.Node]:
        """Make the list."""
        shown = nodes.definition_list(classes=["plays-index"])
        for letter, page in plays(self.env).pages.items():
            name = nodes.term("", "", *page_link(page.page, capacity_of(letter).name).children)
            question = nodes.paragraph("", page.question, classes=["question"])
            meaning = nodes.definition("", question, *said(page.monday))
            shown += nodes.definition_list_item("", name, meaning)
        return [shown]


class LessonRole(SphinxRole):
    """``{lesson}`10.1```: the lesson's number and title, a link once it is written."""

    inliner: Inliner

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Name the lesson."""
        try:
            return lesson_words(lesson_link(self.text, catalog(self.env))), []
        except KeyError:
            message = self.inliner.reporter.error(f"I know no lesson {self.text}.")
            return [], [message]


class PlayRole(SphinxRole):
    """``{play}`name-the-rule```: a link to a play."""

    inliner: Inliner

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Name the play."""
        known = plays(self.env).plays
        if self.text in known:
            return [play_link(self.env, known[self.text])], []
        return [], [self.inliner.reporter.error(f"I know no play {self.text}.")]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("capacity-plays", CapacityPlays)
    app.add_transform(LiftSections)
    app.add_directive("plays-index", PlaysIndex)
    app.add_role("lesson", LessonRole())
    app.add_role("play", PlayRole())
