"""The comments of a city: who wrote how often, what comes first, and whether readers agree."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.coding import cohens_kappa, kappa_when_joined, keyword_check, mixed_up
from playbook.measures.intervals import normal_quantile, wilson_limits
from playbook.measures.ranks import rank_intervals
from playbook.measures.rates import difference
from playbook.measures.voices import heavy_voices, theme_shares

SOCIAL, TEXTS = "Social media", "Text message"
ONLINE = ("Survey", SOCIAL)
# An account with more comments than this wrote far more often than others do.
MOST = 8
# With fewer people than this, a share of people is a guess.
FEWEST_PEOPLE = 30
FEWEST_READ_TWICE = 100

# A first try at finding themes by words. It leaves out much, and that is what the lesson shows.
KEYWORDS = {
    "Heat": ["heat", "hot", "cool", "shade", "sun", "air condition", "AC"],
    "Rent": ["rent", "lease", "landlord", "eviction"],
    "Home repair": ["repair", "leak", "mold", "roof", "heater", "broken"],
    "Parking": ["parking", "meter", "permit"],
}


@cache
def comments_from(city: City, channels: tuple[str, ...]) -> pd.DataFrame:
    """Give the comments that came in by some channels."""
    comments = city["comments"]
    return comments[comments["channel"].isin(channels)]


@dataclass(frozen=True)
class Heavy:
    """The accounts that wrote most on social media.

    Parameters
    ----------
    accounts, all_accounts
        How many they are, and how many accounts wrote on social media.
    people
        How many people wrote at all, by any channel.
    posts, all_posts
        What they wrote, and what all accounts wrote there.
    """

    accounts: int
    all_accounts: int
    people: int
    posts: int
    all_posts: int


@cache
def heavy_accounts(city: City) -> Heavy | None:
    """Count the accounts with more than eight posts; None when too few people wrote there."""
    social = comments_from(city, (SOCIAL,))
    if social["author_id"].nunique() < FEWEST_PEOPLE:
        return None
    table = heavy_voices(social, most=MOST)
    return Heavy(
        int(table["people"]["heavy"]),
        int(table["people"].sum()),
        int(city["comments"]["author_id"].nunique()),
        int(table["comments"]["heavy"]),
        len(social),
    )


@cache
def theme_ranks(city: City) -> pd.DataFrame | None:
    """Give each theme on social media its shares, and its rank by people with a range.

    Columns as `theme_shares`, and ``rank``, ``rank_low``, ``rank_high`` (1 comes first). None when
    too few people wrote there.
    """
    social = comments_from(city, (SOCIAL,))
    people = social["author_id"].nunique()
    if people < FEWEST_PEOPLE or social["theme"].nunique() < 2:
        return None
    table = theme_shares(social)
    error = (table["high"] - table["low"]) / (2 * normal_quantile(0.95))
    # The largest share comes first.
    ranks = rank_intervals(-table["person_share"], error)
    return table.join(ranks[["rank", "rank_low", "rank_high"]])


def share_of(comments: pd.DataFrame, themes: tuple[str, ...]) -> Estimate:
    """Share of some themes when every person counts once, in percent.

    Not known when too few people wrote.
    """
    people = comments["author_id"].nunique()
    if people < FEWEST_PEOPLE:
        return Estimate(math.nan, math.nan, math.nan, "percent")
    shares = theme_shares(comments)["person_share"]
    share = float(shares.reindex(list(themes), fill_value=0.0).sum())
    low, high = wilson_limits(share / 100 * people, people)
    return Estimate(share, 100 * float(low), 100 * float(high), "percent")


@dataclass(frozen=True)
class Pair:
    """The two themes that come first among some people, and how others see them.

    Parameters
    ----------
    themes
        The two, by the alphabet.
    here, online
        Their share among these people, and among people of the survey and social media.
    gap
        ``here`` less ``online``, in percentage points.
    """

    themes: tuple[str, ...]
    here: Estimate
    online: Estimate
    gap: Estimate


@cache
def first_pair_of_texts(city: City) -> Pair | None:
    """Find the two themes that come first among people who sent a text message."""
    return _first_pair(city, comments_from(city, (TEXTS,)))


@cache
def first_pair_of_language(city: City) -> tuple[str, Pair] | None:
    """Find the two themes that come first among people who wrote the second language."""
    languages = city["comments"].groupby("language")["author_id"].nunique()
    if len(languages) < 2:
        return None
    second = str(languages.sort_values(ascending=False, kind="stable").index[1])
    comments = city["comments"]
    pair = _first_pair(city, comments[comments["language"] == second])
    return None if pair is None else (second, pair)


def _first_pair(city: City, comments: pd.DataFrame) -> Pair | None:
    others = comments_from(city, ONLINE)
    others = others[~others["author_id"].isin(comments["author_id"])]
    if min(each["author_id"].nunique() for each in (comments, others)) < FEWEST_PEOPLE:
        return None
    themes = tuple(sorted(theme_shares(comments).index[:2]))
    here, online = share_of(comments, themes), share_of(others, themes)
    return Pair(themes, here, online, difference(here, online))


@dataclass(frozen=True)
class Agreement:
    """How well two readers agree, and what changes when two themes are read as one.

    Parameters
    ----------
    comments
        How many comments both read.
    kappa, joined, gain
        Cohen's kappa, kappa with the two themes as one, and the difference.
    pair
        The two themes that the readers confuse most.
    pair_share
        Their share of all disagreements, in percent.
    """

    comments: int
    kappa: Estimate
    joined: Estimate
    gain: Estimate
    pair: tuple[str, str]
    pair_share: Estimate


@cache
def agreement(city: City) -> Agreement | None:
    """Measure how well the two readers agree; None when they read too few comments."""
    both = city["comments"].dropna(subset=["coder_a", "coder_b"])
    first, second = both["coder_a"], both["coder_b"]
    differ = int((first != second).sum())
    if len(both) < FEWEST_READ_TWICE or not differ:
        return None
    worst = mixed_up(first, second).iloc[0]
    pair = (str(worst["theme"]), str(worst["other"]))
    joined, gain = kappa_when_joined(first, second, pair)
    low, high = wilson_limits(float(worst["comments"]), differ)
    share = Estimate(
        100 * float(worst["comments"]) / differ, 100 * float(low), 100 * float(high), "percent"
    )
    return Agreement(len(both), cohens_kappa(first, second), joined, gain, pair, share)


@cache
def keywords_of(city: City) -> pd.DataFrame | None:
    """Compare `KEYWORDS` with the themes in the end; None when too few comments have them."""
    comments = city["comments"]
    texts = comments["english_gloss"].where(comments["english_gloss"].notna(), comments["text"])
    if comments["theme"].isin(list(KEYWORDS)).sum() < FEWEST_READ_TWICE:
        return None
    try:
        return keyword_check(texts, comments["theme"], KEYWORDS)
    except PlaybookError:
        return None


def weakest_recall(table: pd.DataFrame) -> str:
    """Name the theme of which keywords find the smallest share."""
    return str(table.index[int(np.nanargmin(table["recall"].to_numpy(dtype=float)))])
