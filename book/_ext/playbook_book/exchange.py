"""The solutions exchange: a list that filters, the form on paper, two cards on each lesson page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from docutils import nodes
from docutils.utils.smartquotes import smartyPants
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from playbook.publish.card_forms import (
    CARD,
    FORM_NAME,
    ONLY_TRIED,
    TRIED,
    Row,
    card_rows,
    tried_rows,
    word_form,
)
from playbook.publish.exchange import Card, cards_for
from playbook.publish.exchange_rules import EVIDENCE, OUTCOMES

from .card_pages import FOLDER, LIST_PAGE, CardParser, all_cards, opening, part, words
from .cards import html, page_link
from .sources import catalog, docname

SCRIPT, LABEL = "exchange.js", "Solutions exchange"
ON_LESSON_PAGES = "From the solutions exchange"
_LAST_SECTION = "Sources and limits"
_LOG = logging.getLogger(__name__)


class ExchangeList(SphinxDirective):
    """``{exchange-list}``: every card with its filters, which appear when they can work."""

    def run(self) -> list[nodes.Node]:
        """Make the list."""
        cards = all_cards(self.env)
        items = [_item(card) for card in cards]
        return [
            html(filter_form(cards)),
            nodes.bullet_list("", *items, ids=["cards"], classes=["exchange-cards"]),
        ]


def _item(card: Card) -> nodes.list_item:
    title = page_link(card.page, smartyPants(card.title, "q", "en"))
    title["classes"] = ["card-title"]
    about = f"{card.place}, {card.year} · {OUTCOMES[card.outcome]} · {EVIDENCE[card.evidence]}"
    return nodes.list_item(
        "",
        title,
        nodes.paragraph("", "", words(about), classes=["card-about"]),
        nodes.paragraph(
            "",
            "",
            nodes.strong("", "What failed: "),
            words(opening(card.what_failed)),
        ),
        classes=card_marks(card),
    )


def card_marks(card: Card) -> list[str]:
    """Return the classes by which the filters find a card."""
    return [
        _mark("outcome", card.outcome),
        _mark("evidence", card.evidence),
        *(_mark("capacity", name) for name in card.capacities),
        *(_mark("issue", name) for name in card.issue_areas),
    ]


def _mark(kind: str, value: str) -> str:
    return f"{kind}-{nodes.make_id(value)}"


def filter_form(cards: Iterable[Card]) -> str:
    """Make the filters: one list each for capacity, issue area, evidence and outcome.

    They are hidden until the page's script shows them. What no card has is not offered.
    """
    cards = list(cards)
    capacities = {name: name for card in cards for name in card.capacities}
    issues = {name: name for card in cards for name in card.issue_areas}
    evidence = {card.evidence for card in cards}
    outcomes = {card.outcome for card in cards}
    filters = (
        ("capacity", "Capacity", dict(sorted(capacities.items()))),
        ("issue", "Issue area", dict(sorted(issues.items()))),
        ("evidence", "Evidence", {k: v for k, v in EVIDENCE.items() if k in evidence}),
        ("outcome", "Outcome", {k: v for k, v in OUTCOMES.items() if k in outcomes}),
    )
    lists = "".join(_select(*one) for one in filters)
    return (
        '<form id="card-filters" class="card-filters" autocomplete="off" hidden>'
        f'{lists}<p><button type="reset">Show all cards</button></p>'
        '<p id="card-count" role="status"></p></form>'
    )


def _select(kind: str, label: str, values: dict[str, str]) -> str:
    options = "".join(
        f'<option value="{_mark(kind, value)}">{escape(shown)}</option>'
        for value, shown in values.items()
    )
    return (
        f'<p><label for="filter-{kind}">{label}</label> '
        f'<select id="filter-{kind}"><option value="">All</option>{options}</select></p>'
    )


class ExchangeForm(SphinxDirective):
    """``{exchange-form}``: the form on paper, made of the same rows as the Word file."""

    def run(self) -> list[nodes.Node]:
        """Make both parts."""
        link = f'<p class="actions"><a href="{FORM_NAME}" download>Download the Word form</a></p>'
        return [html(link), _paper(CARD, card_rows()), _paper(TRIED, tried_rows(), ONLY_TRIED)]


def _paper(title: str, rows: Iterable[Row], note: str = "") -> nodes.section:
    name = nodes.make_id(title)
    section = nodes.section("", nodes.title("", title), ids=[name], names=[name])
    section["classes"] = ["paper-form"]
    if note:
        section += nodes.paragraph("", note)
    for row in rows:
        ticks = "".join(f"<li>{escape(label)}</li>" for label in row.choices.values())
        lines = f'<p class="blank-lines">{"<span></span>" * row.lines}</p>'
        answer = f'<ul class="ticks">{ticks}</ul>' if ticks else lines
        section += html(
            f'<div class="paper-row"><p><strong>{escape(row.label)}</strong> '
            f"<em>{escape(row.ask)}</em></p>{answer}</div>"
        )
    return section


class CardsOnLessonPages(SphinxTransform):
    """Add two cards near the end of each lesson's page. The lesson's own file stays as it is."""

    default_priority = 403

    def apply(self) -> None:
        """Find the place and add them."""
        names = {docname(lesson): lesson for lesson in catalog(self.env).values()}
        lesson = names.get(self.env.docname)
        if lesson is None:
            return
        items = []
        for card in cards_for(lesson, all_cards(self.env)):
            line = page_link(card.page, smartyPants(card.title, "q", "en"))
            line += words(f" ({card.place}, {card.year}). {OUTCOMES[card.outcome]}.")
            items.append(nodes.list_item("", line))
        added = part(ON_LESSON_PAGES, [nodes.bullet_list("", *items)], "exchange")
        for section in self.document.findall(nodes.section):
            if section.next_node(nodes.title).astext() == _LAST_SECTION:
                section.parent.insert(section.parent.index(section), added)
                return
        _LOG.warning("Lesson %s has no section %r.", lesson.id, _LAST_SECTION)


def write_form(app: Sphinx, exception: Exception | None) -> None:
    """Put the Word form beside the page that offers it."""
    if exception is None:
        folder = Path(app.outdir) / "book"
        folder.mkdir(exist_ok=True)
        (folder / FORM_NAME).write_bytes(word_form())


def add_context(
    app: Sphinx, name: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Load the script of the filters on the page that has them, and label the cards' pages."""
    context["page_script"] = SCRIPT if name == LIST_PAGE else ""
    if name.startswith(f"{FOLDER}/"):
        context["page_label"] = LABEL


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_source_suffix(".toml", "solution-card")
    app.add_source_parser(CardParser)
    app.add_directive("exchange-list", ExchangeList)
    app.add_directive("exchange-form", ExchangeForm)
    app.add_transform(CardsOnLessonPages)
    # After the label that every page gets.
    app.connect("html-page-context", add_context, priority=950)
    app.connect("build-finished", write_form)
