"""Words beneath an area, as many of them as can stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

from playbook.show.sheet import text_width
from playbook.show.style import DENSE_SIZE

_BETWEEN = 0.16  # inches between two words
# Less than any area is wide, so that words which fit here fit beneath every area.
_NARROWEST = 3.6


def spaced_words(places: Sequence[float], words: Sequence[str], span: float) -> list[str]:
    """Empty the words that would touch others; the last one stays, and the first if it can.

    Parameters
    ----------
    places
        Where the words stand, rising.
    words
        One word a place.
    span
        How long the scale is that the places are on.

    Examples
    --------
    >>> spaced_words([0, 1, 2, 30], ["0", "1", "2", "30"], 30)
    ['0', '', '', '30']
    """
    kept = list(words)
    widths = [text_width(word, DENSE_SIZE) for word in words]
    middles = [(place - places[0]) / (span or 1) * _NARROWEST for place in places]
    last = len(words) - 1

    def touch(one: int, other: int) -> bool:
        room = (widths[one] + widths[other]) / 2 + _BETWEEN
        return abs(middles[one] - middles[other]) < room

    before = 0
    for place in range(1, last + 1):
        if place < last and (touch(before, place) or touch(place, last)):
            kept[place] = ""
        elif place == last and touch(before, place):
            kept[before] = ""
        else:
            before = place
    return kept


def even_places(count: int, widest: float) -> list[int]:
    """Choose evenly spaced places below `count` for words of at most `widest` inches.

    Examples
    --------
    >>> even_places(24, 0.5), even_places(4, 0.5)
    ([0, 6, 12, 18], [0, 1, 2, 3])
    """
    most = max(1, int(_NARROWEST / (widest + _BETWEEN)))
    step = -(-count // most)
    # Months are read in quarters, half years and years.
    if step > 3:
        step = next((nice for nice in (4, 6, 12, 24) if nice >= step), step)
    return list(range(0, count, step))
