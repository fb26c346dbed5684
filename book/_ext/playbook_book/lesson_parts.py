"""The core of a stored lesson, taken apart by its headings: what slides and handout show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

from playbook.author.anatomy_rules import GUESS, MISSING, SITUATION, TAKE_IT, TALK, YOUR_TURN
from playbook.author.pages import Cell, cells_of, read_notebook

REAL = "Is it real?"
_STEP = re.compile(r"Step \d+: ")
_LABEL = re.compile(r"\*(Do|See|Say)\.\*\s*")
_HEADING = re.compile(r"^#{1,6}\s.*$", re.MULTILINE)
# A page on paper and a slide have nothing to open.
_OPEN = re.compile(r"\s*[A-Z][^.?!]*\bopen the (?:answer|numbers)\.")
_FOLD = re.compile(r"<details>.*?</details>", re.DOTALL)
_ROLE = re.compile(r"\{[\w:-]+\}`([^`<]+?)(?:\s*<[^`>]*>)?`")
_ITEM = re.compile(r"^[-*+]\s+\*(?P<when>[^*]+?):?\*:?\s*(?P<what>.+)$", re.MULTILINE)
_OWNER, _MAIL = "*Owner", "*E-mail"


@dataclass(frozen=True)
class Step:
    """One step of the core: its heading, what it shows, how to read it, what to say.

    What is shown are charts and tables. A sentence that a cell shows follows the chart above it.
    """

    title: str
    shown: tuple[str, ...]
    see: str
    say: str


@dataclass(frozen=True)
class LessonParts:
    """The core of a lesson. All texts are HTML, ready to print.

    Parameters
    ----------
    title, why
        The heading of the lesson and the line beneath it.
    situation, guess, real, missing, talk
        Sections. The guess comes without its answer.
    steps
        The core steps.
    exercise
        Id of the exercise of the core.
    ask, mail
        From *Take it to work*: the question to ask in one's own city, and the ready e-mail.
    first_steps
        When and what: 15 minutes, this week, this month.
    owner
        The line on owner, date and sign.
    """

    title: str
    why: str
    situation: str
    guess: str
    steps: tuple[Step, ...]
    real: str
    exercise: str
    missing: str
    talk: str
    ask: str
    mail: str
    first_steps: tuple[tuple[str, str], ...]
    owner: str


def read_parts(notebook: Path) -> LessonParts:
    """Read a stored lesson."""
    cells = cells_of(read_notebook(notebook))
    first = next(cell for cell in cells if cell.kind == "markdown")
    core = [cell for cell in cells if cell.part == "core"]
    names = dict.fromkeys(cell.section for cell in core if _STEP.match(cell.section))
    asked = [name for cell in _under(core, YOUR_TURN) for name in cell.calls("ask")]
    to_take = _paragraphs(_text(core, TAKE_IT))
    before_owner = [text for text in to_take if not text.startswith((_OWNER, _MAIL))]
    return LessonParts(
        title=inline(first.headings[0].text),
        why=to_html(_HEADING.sub("", first.source)),
        situation=to_html(_text(core, SITUATION)),
        guess=to_html(_FOLD.sub("", _text(core, GUESS))),
        steps=tuple(_step(name, _under(core, name)) for name in names),
        real=to_html(_text(core, REAL)),
        exercise=asked[0] if asked else "",
        missing=to_html(_text(core, MISSING)),
        talk=to_html(_text(cells, TALK)),
        ask=to_html(before_owner[0] if before_owner else ""),
        mail=to_html(next((text for text in to_take if text.startswith(_MAIL)), "")),
        first_steps=tuple(
            (inline(item["when"]), inline(item["what"]))
            for text in to_take
            for item in _ITEM.finditer(text)
        ),
        owner=to_html(next((text for text in to_take if text.startswith(_OWNER)), "")),
    )


def to_html(markdown: str) -> str:
    r"""Turn Markdown into HTML without links: a page on paper, or in a mail, leads nowhere.

    HTML in the text is shown as text.

    Examples
    --------
    >>> to_html("The **mix**, in [lesson 3.1](3-1.md): <b>")
    '<p>The <strong>mix</strong>, in lesson 3.1: &lt;b&gt;</p>\n'
    """
    return _MARKDOWN.render(_OPEN.sub("", _ROLE.sub(r"\1", markdown)).strip())


def inline(markdown: str) -> str:
    """Turn one line of Markdown into HTML without a paragraph around it."""
    return _MARKDOWN.renderInline(_ROLE.sub(r"\1", markdown).strip())


def _plain_markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": True})
    markdown.enable(["replacements", "smartquotes"])
    for name in ("link_open", "link_close"):
        markdown.add_render_rule(name, lambda *_: "")
    return markdown


_MARKDOWN = _plain_markdown()


def _under(cells: Iterable[Cell], section: str) -> list[Cell]:
    return [cell for cell in cells if cell.section == section]


def _text(cells: Iterable[Cell], section: str) -> str:
    """Join the Markdown of a section, without its heading."""
    prose = (cell.source for cell in _under(cells, section) if cell.kind == "markdown")
    return "\n\n".join(_HEADING.sub("", text).strip() for text in prose)


def _paragraphs(markdown: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", markdown) if part.strip()]


def _step(name: str, cells: Sequence[Cell]) -> Step:
    told: dict[str, list[str]] = {"Do": [], "See": [], "Say": []}
    kind = "Do"
    for paragraph in _paragraphs(_text(cells, name)):
        label = _LABEL.match(paragraph)
        if label:
            kind, paragraph = label[1], paragraph[label.end() :]
        told[kind].append(paragraph)
    return Step(
        title=inline(name),
        shown=_shown(cells),
        see=to_html("\n\n".join(told["See"])),
        say=to_html("\n\n".join(told["Say"])),
    )


def _shown(cells: Iterable[Cell]) -> tuple[str, ...]:
    shown: list[str] = []
    for cell in cells:
        html = "".join(cell.shown("text/html")) if cell.kind == "code" else ""
        words = cell.words_shown.strip() if cell.kind == "code" and not html else ""
        sentence = f'<p class="result">{escape(words)}</p>' if words else ""
        if sentence and shown:
            shown[-1] += sentence
        elif html or sentence:
            shown.append(html or sentence)
    return tuple(shown)
