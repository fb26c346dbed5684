"""What residents told the city in 2025, in their own words: `comments`.

A few accounts on social media write most about parking. People who send a text message, and people
who write Spanish, speak of heat and rent. So what comes first depends on how voices are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.simulate.comment_words import Sentence, compose
from playbook.simulate.draws import draw_columns, share_out
from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, Integers, World, stream

THEMES = (
    "Heat", "Rent", "Home repair", "Street repair", "Safety", "Transit", "Parking", "Parks",
    "Trash", "Lighting", "Youth", "Jobs", "Noise", "Speeding",
)  # fmt: skip
Days = npt.NDArray[np.datetime64]

RENT, HOME_REPAIR, PARKING = (THEMES.index(name) for name in ("Rent", "Home repair", "Parking"))


@dataclass(frozen=True)
class Channel:
    """One way to reach the city.

    Parameters
    ----------
    name
        As stored in the table.
    people, posts
        How many people used it, and how many comments they left together.
    spanish
        Share of people who wrote Spanish.
    loud
        How the chance of writing grows with the voice of a place.
    hard
        How it grows with its hardship.
    themes
        Share of each of `THEMES` among those who wrote English.
    """

    name: str
    people: int
    posts: int
    spanish: float
    loud: float
    hard: float
    themes: tuple[float, ...]


CHANNELS = (
    Channel("Survey", 440, 506, 0.03, 0.4, 0.0,
            (.06, .12, .12, .16, .12, .05, .06, .08, .06, .05, .04, .04, .02, .02)),
    Channel("Meeting", 255, 383, 0.12, 0.3, 0.0,
            (.07, .11, .10, .13, .14, .05, .08, .07, .06, .05, .06, .04, .02, .02)),
    Channel("Social media", 345, 658, 0.03, 0.4, 0.0,
            (.05, .09, .08, .18, .16, .06, .025, .10, .09, .06, .04, .03, .025, .01)),
    Channel("Text message", 250, 392, 0.42, 0.0, 0.4,
            (.24, .22, .12, .05, .08, .10, .02, .03, .04, .03, .03, .03, .005, .005)),
    Channel("Hotline", 125, 183, 0.25, 0.0, 0.4,
            (.16, .18, .20, .08, .10, .07, .01, .03, .07, .04, .02, .02, .01, .01)),
)  # fmt: skip
SPANISH_THEMES = (
    .23, .25, .13, .05, .08, .11, .01, .03, .03, .03, .02, .02, .005, .005,
)  # fmt: skip
SOCIAL = 2

# The accounts that write most, all on social media, and what share of it is about parking. Each
# wrote more than anybody else did.
HEAVY_ACCOUNTS, HEAVY_POSTS, FEWEST_HEAVY_POSTS = 22, 278, 9
HEAVY_PARKING = 0.78
HEAVY_VOICE = 0.8

# Somebody who writes again stays with the same theme this often.
SAME_THEME = 0.7
# Where a theme comes from: change of the logarithm per point of a place's hidden score.
HEAT_FROM_HEAT = 0.5
HARDSHIP_OF_THEME = {"Rent": 0.4, "Home repair": 0.4, "Transit": 0.3, "Parking": -0.4}

# Two people coded this many comments, each alone. Each slips this often; the second takes rent for
# home repair, and home repair for rent, about every second time: the codebook left it open.
DOUBLE_CODED, SLIPS, MIXED_UP = 300, 0.12, 0.55

FIRST_DAY, LAST_DAY = np.datetime64("2025-06-01"), np.datetime64("2025-10-31")
HEAT_ENDS = np.datetime64("2025-09-07")
SURVEY_DAYS = (np.datetime64("2025-09-08"), np.datetime64("2025-09-28"))
# One evening meeting a district, on Tuesdays.
MEETINGS = np.datetime64("2025-06-10") + 14 * np.arange(8)

EFFECTS = (
    Effect(
        "comment_heavy_accounts",
        "comments",
        HEAVY_ACCOUNTS,
        "accounts",
        "How many accounts on social media were made to write far more than all others.",
    ),
    Effect(
        "comment_codes_mixed_up",
        "comments",
        100 * MIXED_UP,
        "percent",
        "How often the second reader takes rent for home repair, or home repair for rent.",
    ),
)


def comment_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the table of this theme: `comments`.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before. Not used.
    seed
        Root seed.
    """
    return {"comments": comments(world, seed)}


def comments(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `comments`: one row a comment, in the order of their days.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. Codes of the two readers are missing where a
        comment was not coded twice, the gloss where a comment is in English.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> table = comments(make_world(7), 7)
    >>> len(table), table["author_id"].nunique(), int(table["coder_a"].notna().sum())
    (2400, 1437, 300)
    """
    random = stream(seed, "comments")
    posts = _posts(world, random)
    posts["day"] = _days(world, posts, random)
    # The order within a day tells nothing about who wrote.
    posts = posts.iloc[random.permutation(len(posts))].sort_values("day", kind="stable")
    posts = posts.reset_index(drop=True)
    text, gloss = _texts(posts, random)
    coder_a, coder_b = _coded(posts["theme"].to_numpy(), random)
    theme = np.array(THEMES)[posts["theme"]]
    # Heavy accounts come after the last channel; they write on social media.
    names = np.array([*(each.name for each in CHANNELS), CHANNELS[SOCIAL].name])
    number = random.permutation(posts["author"].nunique()) + 1
    return pd.DataFrame(
        {
            "comment_id": [f"C{row:04}" for row in range(1, len(posts) + 1)],
            "author_id": [f"A{number[author]:04}" for author in posts["author"]],
            "channel": names[posts["channel"]],
            "day": np.datetime_as_string(posts["day"].to_numpy().astype("datetime64[D]")),
            "neighborhood_id": world.neighborhood_id[posts["place"]],
            "language": np.where(posts["spanish"], "Spanish", "English"),
            "text": text,
            "english_gloss": gloss,
            "coder_a": coder_a,
            "coder_b": coder_b,
            "theme": theme,
        }
    ).astype("str")


def _posts(world: World, random: np.random.Generator) -> pd.DataFrame:
    """Draw who writes where, how often and about what: one row a comment, in numbers."""
    channel = np.repeat(
        np.arange(len(CHANNELS) + 1), [*(each.people for each in CHANNELS), HEAVY_ACCOUNTS]
    )
    flags = [_spanish(each, random) for each in CHANNELS]
    spanish = np.concatenate([*flags, np.zeros(HEAVY_ACCOUNTS, dtype=bool)])
    chances = np.array([*(each.themes for each in CHANNELS), _heavy_themes()])[channel]
    chances[spanish] = SPANISH_THEMES
    favorite = _favorites(chances, 2 * channel + spanish, random)
    often = np.concatenate(
        [
            *(share_out(each.posts, each.people, 1, random) for each in CHANNELS),
            share_out(HEAVY_POSTS, HEAVY_ACCOUNTS, FEWEST_HEAVY_POSTS, random),
        ]
    )
    author = np.repeat(np.arange(len(channel)), often)
    heavy = channel[author] == len(CHANNELS)
    stays = (random.random(len(author)) < SAME_THEME) & ~heavy
    return pd.DataFrame(
        {
            "author": author,
            "channel": channel[author],
            "spanish": spanish[author],
            "theme": np.where(stays, favorite[author], draw_columns(chances[author], random)),
            "place": _places(world, channel, favorite, random)[author],
        }
    )


def _spanish(channel: Channel, random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Say who writes Spanish: always the same number of people."""
    flags = np.arange(channel.people) < round(channel.spanish * channel.people)
    return np.asarray(random.permutation(flags))


def _favorites(chances: Floats, group: Integers, random: np.random.Generator) -> Integers:
    """Draw each person's theme so that every group has its share of each, to the person."""
    favorite = np.empty(len(group), dtype=np.int64)
    for each in np.unique(group):
        people = random.permutation(np.flatnonzero(group == each))
        upto = chances[people[0]].cumsum()
        at = (np.arange(len(people)) + random.random()) / len(people) * upto[-1]
        favorite[people] = np.searchsorted(upto, at, side="right")
    return favorite


def _heavy_themes() -> Floats:
    others = np.array(CHANNELS[SOCIAL].themes)
    others[PARKING] = 0
    themes = (1 - HEAVY_PARKING) * others / others.sum()
    themes[PARKING] = HEAVY_PARKING
    return np.asarray(themes)


def _places(
    world: World, channel: Integers, favorite: Integers, random: np.random.Generator
) -> Integers:
    """Draw where each person lives."""
    loud = np.array([*(each.loud for each in CHANNELS), HEAVY_VOICE])[channel, np.newaxis]
    hard = np.array([*(each.hard for each in CHANNELS), 0.0])[channel, np.newaxis]
    theme = np.array([HARDSHIP_OF_THEME.get(name, 0.0) for name in THEMES])[favorite, np.newaxis]
    hot = np.where(favorite == THEMES.index("Heat"), HEAT_FROM_HEAT, 0.0)[:, np.newaxis]
    tilt = loud * world.voice + (hard + theme) * world.hardship + hot * world.heat
    return draw_columns(world.residents * np.exp(tilt), random)


def _days(world: World, posts: pd.DataFrame, random: np.random.Generator) -> Days:
    """Draw the day of each comment. All that is said at a meeting is said on its evening."""
    first = np.full(len(posts), FIRST_DAY)
    last = np.where(posts["theme"] == THEMES.index("Heat"), HEAT_ENDS, LAST_DAY)
    survey = posts["channel"].to_numpy() == 0
    first[survey], last[survey] = SURVEY_DAYS
    days = first + random.integers(0, (last - first).astype(np.int64), endpoint=True)
    district = pd.factorize(world.district)[0][posts["place"]]
    return np.where(posts["channel"] == 1, MEETINGS[district], days)


def _texts(posts: pd.DataFrame, random: np.random.Generator) -> tuple[list[str], list[str | None]]:
    """Write each comment, and what it says in English where it is not."""
    text: list[str] = [""] * len(posts)
    gloss: list[str | None] = [None] * len(posts)
    said: set[Sentence] = set()
    channel = np.where(posts["channel"] < len(CHANNELS), posts["channel"], SOCIAL)
    for theme, of, spanish in product(range(len(THEMES)), range(len(CHANNELS)), (False, True)):
        alike = (posts["theme"] == theme) & (channel == of) & (posts["spanish"] == spanish)
        rows = np.flatnonzero(alike)
        found = compose(THEMES[theme], CHANNELS[of].name, spanish, len(rows), random, said)
        said |= set(found)
        for row, (own, english) in zip(rows, found, strict=True):
            text[row] = own
            gloss[row] = english if spanish else None
    return text, gloss


def _coded(theme: Integers, random: np.random.Generator) -> tuple[list[str | None], ...]:
    """Code some of the comments twice, with the slips of two readers."""
    rows = random.choice(len(theme), DOUBLE_CODED, replace=False)
    first, second = (_with_slips(theme[rows], random) for _ in range(2))
    pair = np.flatnonzero(np.isin(theme[rows], (RENT, HOME_REPAIR)))
    mixed = random.choice(pair, round(MIXED_UP * len(pair)), replace=False)
    second[mixed] = RENT + HOME_REPAIR - theme[rows][mixed]
    columns: list[list[str | None]] = []
    for codes in (first, second):
        column: list[str | None] = [None] * len(theme)
        for row, code in zip(rows, codes, strict=True):
            column[row] = THEMES[code]
        columns.append(column)
    return tuple(columns)


def _with_slips(theme: Integers, random: np.random.Generator) -> Integers:
    """Give some comments any theme at all: always the same number of them."""
    coded = theme.copy()
    slips = random.choice(len(theme), round(SLIPS * len(theme)), replace=False)
    coded[slips] = random.integers(len(THEMES), size=len(slips))
    return coded
