"""How up to eight lines are told apart: those pointed out have colors, the others are gray."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from playbook.errors import PlaybookError
from playbook.show.style import GRAY, SERIES, Series

# Beyond four only the shape and the name beside a line tell it from the next.
_MORE = (
    Series(GRAY, "v", False, "filled triangle pointing down"),
    Series(GRAY, "p", True, "hollow pentagon"),
    Series(GRAY, "P", False, "filled plus"),
    Series(GRAY, "X", True, "hollow cross"),
)
LOOKS = (*SERIES, *_MORE)


def looks_of(names: Sequence[str], chosen: Collection[str]) -> dict[str, Series]:
    """Give each name its look: those chosen come first, so that the first is always blue.

    Examples
    --------
    >>> found = looks_of(["Trees", "Centers"], {"Centers"})
    >>> found["Centers"].shape, found["Trees"].shape, found["Trees"].color == GRAY
    ('filled circle', 'hollow diamond', True)
    """
    order = sorted(names, key=lambda name: name not in chosen)
    looks = dict(zip(order, LOOKS, strict=False))
    return {
        name: replace(looks[name], color=GRAY) if chosen and name not in chosen else looks[name]
        for name in names
    }


def shape_words(looks: Mapping[str, Series]) -> str:
    """Say which shape stands for which name, in one sentence."""
    return "; ".join(f"{name}: {series.shape}" for name, series in looks.items()) + "."


def at_most(names: Sequence[str], most: int, what: str, fix: str) -> None:
    """Refuse more groups than a reader can follow.

    Raises
    ------
    PlaybookError
        When there are more than `most`.
    """
    if len(names) > most:
        raise PlaybookError(
            f"There are {len(names)} {what}. More than {most} in one chart can't be told apart.",
            fix=fix,
        )
