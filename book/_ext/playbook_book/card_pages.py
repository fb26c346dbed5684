"""A card's file is a page of the book: read, checked, and made of words only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from docutils import nodes
from docutils.parsers import Parser
from docutils.utils.smartquotes import smartyPants
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from playbook.errors import PlaybookError
from playbook.publish.card_forms import TRIED
from playbook.publish.exchange import Card, Tried, read_card
from playbook.publish.exchange_rules import EVIDENCE, OUTCOMES, QUESTIONS

from .cards import page_link
from .sources import catalog, docname

FOLDER = "book/exchange"
LIST_PAGE, FORM_PAGE = "book/exchange", "book/exchange-form"
_SENTENCE = re.compile(r".+?[.?!](?=\s|$)")
_ENOUGH_WORDS = 10
_LOG = logging.getLogger(__name__)


def all_cards(env: BuildEnvironment) -> tuple[Card, ...]:
    """Return the cards that can be read; a page that uses them is rebuilt with them."""
    paths = sorted((Path(env.srcdir) / FOLDER).glob("*.toml"))
    found = []
    for path in paths:
        if "docname" in env.temp_data:
            env.note_dependency(str(path))
        try:
            found.append(_read(path, path.stat().st_mtime_ns))
        except PlaybookError:
            # The card's own page tells what is wrong.
            continue
    return tuple(found)


@cache
def _read(path: Path, changed: int) -> Card:
    return read_card(path)


def words(text: str) -> nodes.Text:
    """Turn a text from a file into words with typographic quotation marks. Nothing is markup."""
    return nodes.Text(smartyPants(text, "q", "en"))


def opening(text: str) -> str:
    """Return the first sentences of a text, as many as it takes to say something.

    Examples
    --------
    >>> opening("It cost $1.5 million, and the bill came in a year late. Who paid?")
    'It cost $1.5 million, and the bill came in a year late.'
    >>> opening("Nothing. No crew went out. Nobody asked why.")
    'Nothing. No crew went out. Nobody asked why.'
    """
    said = ""
    for sentence in _SENTENCE.finditer(text):
        said += sentence[0]
        if len(said.split()) >= _ENOUGH_WORDS:
            return said
    return text


class CardParser(Parser):
    """Makes the page of a card from its file."""

    supported = ("solution-card",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Fill the page."""
        env = document.settings.env
        path = Path(document["source"])
        try:
            card = _read(path, path.stat().st_mtime_ns)
        except PlaybookError as error:
            _LOG.warning("%s %s", error.what, error.fix, location=error.where)
            document += nodes.section("", nodes.title("", path.stem), ids=[path.stem])
            return
        env.metadata[env.docname]["layout"] = "solution"
        env.metadata[env.docname]["description"] = opening(card.problem)
        page = nodes.section(ids=[card.id], names=[card.id])
        page += nodes.title("", "", words(card.title))
        page += _facts(card)
        for question in QUESTIONS:
            text = nodes.paragraph("", "", words(getattr(card, question.name)))
            page += part(question.heading, [text], question.name.replace("_", "-"))
        if card.tried:
            page += part(TRIED, [tried_words(one) for one in card.tried], "tried")
        page += part("Sources", [_sources(card)], "sources")
        page += _onward(env, card)
        document += page


def part(heading: str, content: Sequence[nodes.Node], name: str) -> nodes.section:
    """Make a part of a page with its heading; its name is its address on the page."""
    title = nodes.title("", "", words(heading))
    return nodes.section("", title, *content, ids=[name], names=[name], classes=["card-part"])


def _facts(card: Card) -> nodes.definition_list:
    facts = (
        ("Where and when", f"{card.place}, {card.year}"),
        ("How it ended", OUTCOMES[card.outcome]),
        ("How we know", EVIDENCE[card.evidence]),
        ("Builds", "; ".join(card.capacities)),
        ("About", "; ".join(card.issue_areas)),
    )
    return nodes.definition_list(
        "",
        *(
            nodes.definition_list_item(
                "",
                nodes.term("", "", words(name)),
                nodes.definition("", nodes.paragraph("", "", words(value))),
            )
            for name, value in facts
            if value
        ),
        classes=["card-facts"],
    )


def tried_words(tried: Tried) -> nodes.paragraph:
    """Tell what another city found when it borrowed the card."""
    head = f"{tried.place}, {tried.year}. {OUTCOMES[tried.outcome]}."
    return nodes.paragraph(
        "", "", nodes.strong("", "", words(head)), words(f" {tried.changed} {tried.result}")
    )


def _sources(card: Card) -> nodes.bullet_list:
    items = []
    for source in card.sources:
        link = nodes.reference("", "", words(source.title), refuri=source.address)
        items.append(nodes.list_item("", nodes.paragraph("", "", link, words(f", {source.year}"))))
    return nodes.bullet_list("", *items)


def _onward(env: BuildEnvironment, card: Card) -> nodes.container:
    written = catalog(env)
    lessons = [written[name] for name in card.lessons if name in written]
    box = nodes.container(classes=["onward-links"])
    for lesson in lessons:
        box += page_link(docname(lesson), f"Lesson {lesson.id}: {lesson.title}")
    box += page_link(FORM_PAGE, "You tried this too? Add what you found")
    box += page_link(LIST_PAGE, "All cards")
    return box
