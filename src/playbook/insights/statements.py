"""Claims and what they say of a city: appears here, does not appear here, too little to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.insights.stand_in import city_or_stand_in, stand_in_note
from playbook.lesson_modules import lesson_modules

LONGEST_NAME = 30
CarriesOver = Literal["method", "published", "port-alder-only"]


@dataclass(frozen=True)
class Measured:
    """What a claim says of one city.

    Parameters
    ----------
    estimate
        The figure that the claim rests on.
    verdict
        Whether the pattern appears in this city.
    sentence
        The result in plain words, with its figures and ranges; never a cause.
    headline
        The same, short enough for the title of a chart.
    """

    estimate: Estimate
    verdict: Literal["appears", "absent", "unclear"]
    sentence: str
    headline: str


@dataclass(frozen=True)
class Claim:
    """A surprise that a lesson teaches, and how it is measured.

    Parameters
    ----------
    id
        Lesson and name, such as ``"3.1-average"``.
    words
        The claim in a reader's words, as it holds in Port Alder.
    kind
        ``"planted"`` (exact by construction), ``"sampling"`` (holds within a range) or ``"noise"``.
    carries_over
        ``"method"``: how numbers mislead, true anywhere. ``"published"``: with its source.
        ``"port-alder-only"``: built in, never advice.
    measure
        The function that measures it in any city.
    tables
        Tables, or columns such as ``"neighborhoods.holc_grade"``, that it can't do without. A city
        that lacks one sees Port Alder there, and is told so. Empty when the function itself says
        what to do.
    """

    id: str
    words: str
    kind: Literal["planted", "sampling", "noise"]
    carries_over: CarriesOver
    measure: Callable[[City], Measured]
    tables: tuple[str, ...] = ()

    @property
    def lesson(self) -> str:
        """Id of the lesson that teaches it."""
        return self.id.partition("-")[0]


@cache
def claims() -> dict[str, Claim]:
    """Return every claim of every lesson, by id."""
    from playbook import insights

    modules = lesson_modules(insights).values()
    return {claim.id: claim for module in modules for claim in module.CLAIMS}


@cache
def measured(city: City, claim_id: str) -> Measured:
    """Measure one claim in one city.

    Raises
    ------
    PlaybookError
        If there is no such claim.
    """
    if claim_id not in claims():
        raise PlaybookError(
            f"I know no finding {claim_id!r}.", fix=f"Use one of: {', '.join(claims())}."
        )
    claim = claims()[claim_id]
    found = claim.measure(city_or_stand_in(city, claim.tables))
    note = stand_in_note(city, claim.tables)
    if not note:
        return found
    # A title may leave out the name of the city that is open; not that of another one.
    named = found.headline.startswith(("Port Alder", "In Port Alder"))
    title = found.headline if named else f"Port Alder: {found.headline}"
    return replace(found, sentence=f"{note} {found.sentence}", headline=title)


class Sentence(str):
    """Text that a notebook shows without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def finding(city: City, claim_id: str) -> Sentence:
    """Say in one or two sentences what a claim shows in this city.

    Parameters
    ----------
    city
        The city that is open.
    claim_id
        Such as ``"3.1-average"``.

    Returns
    -------
    Sentence
        One of three endings: the pattern appears here, it does not, or the data are too few.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> finding(load_city(), "0.1-size")
    Port Alder has 64 neighborhoods. The largest has ...
    """
    return Sentence(measured(city, claim_id).sentence)


def headline(city: City, claim_id: str) -> str:
    """Say the same as `finding`, short enough for the title of a chart.

    Parameters
    ----------
    city
        The city that is open.
    claim_id
        Such as ``"3.1-average"``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> headline(load_city(), "0.1-size")
    'Port Alder is 64 neighborhoods of very different size'
    """
    return measured(city, claim_id).headline


def sentence_start(city: City) -> str:
    """Begin a computed sentence with the place it holds for."""
    # A title has room for a name of ordinary length.
    return f"In {city.name}" if len(city.name) <= LONGEST_NAME else "In this city"
