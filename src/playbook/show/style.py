"""One look for every picture: colors with their measured contrast, type sizes, second cues.

A number in a comment beside a color is its contrast with white (`PAPER`) unless it says otherwise.
A unit test recomputes each of them. Marks need 3.0, text needs 4.5 (WCAG 2.2, 1.4.11 and 1.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass

PAPER = "#FFFFFF"
INK = "#17212B"  # 16.29
QUIET_TEXT = "#55606B"  # 6.42
GRAY = "#768390"  # 3.87, marks that are not the point of the chart
PALE = "#CBD2D9"  # 1.53, inside a bar whose edge is gray
HAIRLINE = "#DDE2E7"  # 1.30, guides only: nothing is lost without them
BLUE = "#0072B2"  # 5.19
VERMILLION = "#BF4D00"  # 4.91, darker than Okabe and Ito's so that it can carry text
GREEN = "#00785A"  # 5.48, darker for the same reason
PURPLE = "#9A3F86"  # 6.12
WATER = "#D3E6F0"  # 1.28, the river on a tile map: it has a name beside it

# Points. At 6.6 inches nothing is below 10; at 320 CSS pixels body text is still about 8 pixels.
TITLE_SIZE = 15.0
BODY_SIZE = 13.0
DENSE_SIZE = 11.0
SMALL_SIZE = 10.0


@dataclass(frozen=True)
class Series:
    """How one series is told from the next: by color, by shape, and by filled or hollow."""

    color: str
    marker: str
    hollow: bool
    shape: str


# In this order, so that two series are always blue circles and vermillion diamonds.
SERIES = (
    Series(BLUE, "o", False, "filled circle"),
    Series(VERMILLION, "D", True, "hollow diamond"),
    Series(GREEN, "^", False, "filled triangle"),
    Series(PURPLE, "s", True, "hollow square"),
)


@dataclass(frozen=True)
class Shade:
    """One class of a map: the fill, and the text color that can be read on it."""

    fill: str
    text: str


# Light is low, dark is high. The comment is the contrast of the text with the fill.
RAMP = (
    Shade("#E1ECF4", INK),  # 13.58
    Shade("#B5D1E7", INK),  # 10.27
    Shade("#79AFD6", INK),  # 6.92
    Shade("#1F74B0", PAPER),  # 5.02
    Shade("#083D66", PAPER),  # 11.23
)
NO_VALUE = Shade("#F4F5F6", QUIET_TEXT)  # 5.88

_PICKS = {1: (3,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 2, 3, 4), 5: (0, 1, 2, 3, 4)}


def shades(classes: int) -> tuple[Shade, ...]:
    """Return the ramp for a number of classes from 1 to 5, light to dark.

    Examples
    --------
    >>> [shade.fill for shade in shades(3)]
    ['#E1ECF4', '#79AFD6', '#083D66']
    """
    return tuple(RAMP[pick] for pick in _PICKS[classes])


def contrast_ratio(one: str, other: str) -> float:
    """Contrast of two colors by WCAG 2.2: 1 is none, 21 is black on white.

    Parameters
    ----------
    one, other
        Colors as ``"#RRGGBB"``, in either order.

    Returns
    -------
    float
        (L1 + 0.05) / (L2 + 0.05), where L is the relative luminance and L1 the larger one.

    Notes
    -----
    Source: WCAG 2.2, definitions of contrast ratio and relative luminance.

    Examples
    --------
    >>> contrast_ratio("#000000", "#FFFFFF")
    21.0
    >>> round(contrast_ratio("#FFFFFF", "#0072B2"), 2)
    5.19
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    shares = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
