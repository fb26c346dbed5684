"""What residents write: whole comments made of the sentences in `comment_texts`."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from playbook.simulate.world import Integers

FILES = ("home", "streets", "together")

# Which parts a comment has. A part in parentheses stands in about half of them.
ENGLISH_PARTS = {
    "Survey": ("openings", "(asks)"),
    "Meeting": ("openings", "details", "asks"),
    "Social media": ("openings", "(details)"),
    "Text message": ("sms",),
    "Hotline": ("openings", "details"),
}
SPANISH_PARTS = {
    "Survey": ("es_openings",),
    "Meeting": ("es_openings", "es_details"),
    "Social media": ("es_openings", "(es_details)"),
    "Text message": ("es_sms",),
    "Hotline": ("es_openings", "es_details"),
}
# So many more are made than needed, since some come out alike.
SPARE = 5

# A sentence in the language of its writer, and in English.
Sentence = tuple[str, str]


@cache
def sentences() -> dict[str, dict[str, list[Sentence]]]:
    """Return the sentences by theme and part, each with its English gloss.

    Examples
    --------
    >>> sentences()["Heat"]["es_sms"][1]
    ('¿Dónde hay un lugar fresco abierto de noche?', 'Where is there a cool place open at night?')
    """
    found: dict[str, dict[str, list[Sentence]]] = {}
    for name in FILES:
        for theme, parts in _read(name).items():
            found[theme.capitalize()] = {
                part: [(each, each) if isinstance(each, str) else (each[0], each[1]) for each in of]
                for part, of in parts.items()
            }
    return found


@cache
def slots() -> dict[str, list[Sentence]]:
    """Return what stands in the braces of a sentence, in Spanish and in English."""
    return {
        name: [(spanish, english) for english, spanish in of] for name, of in _read("slots").items()
    }


def _read(name: str) -> dict[str, Any]:
    folder = resources.files("playbook.simulate") / "comment_texts"
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def compose(
    theme: str,
    channel: str,
    spanish: bool,
    count: int,
    random: np.random.Generator,
    said: set[Sentence],
) -> list[Sentence]:
    """Write comments on one theme, as they come in by one channel.

    Parameters
    ----------
    theme
        A key of `sentences`.
    channel
        A key of `ENGLISH_PARTS`.
    spanish
        Whether they are in Spanish.
    count
        How many.
    random
        Where the choice of sentences comes from.
    said
        What others have said already, in these very words.

    Returns
    -------
    list of tuple
        Text and English gloss (the text itself where it is in English). No two are alike, and none
        is said already, as long as there are enough ways to say it.
    """
    parts = [
        _choices(theme, part) for part in (SPANISH_PARTS if spanish else ENGLISH_PARTS)[channel]
    ]
    values = list(slots().values())
    sizes = tuple(len(each) for each in [*parts, *values])
    ways = math.prod(sizes)
    picks = random.choice(ways, min(ways, SPARE * count), replace=False)
    places = np.transpose(np.unravel_index(picks, sizes))
    made = [_fill(parts, values, spanish, place) for place in places]
    different = [each for each in dict.fromkeys(made) if each not in said]
    return (different + made)[:count]


def _choices(theme: str, part: str) -> list[Sentence]:
    found = sentences()[theme][part.strip("()")]
    return [*found, *[("", "")] * len(found)] if part.startswith("(") else found


def _fill(
    parts: list[list[Sentence]], values: list[list[Sentence]], spanish: bool, place: Integers
) -> Sentence:
    chosen = [part[at] for part, at in zip(parts, place[: len(parts)], strict=True)]
    filled = [value[at] for value, at in zip(values, place[len(parts) :], strict=True)]
    own, english = (
        " ".join(sentence[side] for sentence in chosen if sentence[side]).format(
            **dict(zip(slots(), (value[side] for value in filled), strict=True))
        )
        for side in (0, 1)
    )
    if not spanish:
        return english, english
    # Spanish joins the article to these two words.
    return own.replace(" de el ", " del ").replace(" a el ", " al "), english
