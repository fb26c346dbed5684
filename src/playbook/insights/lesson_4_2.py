"""Claims of lesson 4.2, *2,400 comments*: what comes first depends on how voices are counted."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.comment_voices import (
    MOST,
    Pair,
    agreement,
    first_pair_of_language,
    first_pair_of_texts,
    heavy_accounts,
    keywords_of,
    theme_ranks,
    weakest_recall,
)
from playbook.insights.label_words import in_sentence
from playbook.insights.statements import Claim, Measured, sentence_start

# Accounts that are fewer than this share of all, and write more than that share of all posts.
FEW_ACCOUNTS, MANY_POSTS = 10, 20
# A gap of fewer points than this changes nothing.
NOTABLE_POINTS = 5
# Two readers below this agree too little to count themes by.
GOOD_KAPPA = 0.8
# A list of keywords that finds less than this misses many.
GOOD_RECALL = 80


def _heavy(city: City) -> Measured:
    heavy, where = heavy_accounts(city), sentence_start(city)
    if heavy is None:
        return _too_little(city, "percent", "who writes on social media")
    posts = 100 * heavy.posts / heavy.all_posts
    share = Estimate(posts, math.nan, math.nan, "percent")
    accounts = 100 * heavy.accounts / heavy.all_accounts
    headline = (
        f"{where}, {heavy.accounts} accounts wrote {_whole(posts)} percent of posts on social media"
    )
    if accounts < FEW_ACCOUNTS and posts > MANY_POSTS:
        sentence = (
            f"{headline}: {heavy.posts} of {heavy.all_posts}. They are {_whole(accounts)} percent "
            f"of the accounts there, and {format_number(100 * heavy.accounts / heavy.people)} "
            "percent of all who wrote."
        )
        return Measured(share, "appears", sentence, headline)
    headline = f"{where}, no small group writes most of what is on social media"
    sentence = (
        f"{headline}. Accounts with more than {MOST} posts wrote {_whole(posts)} percent. That is "
        "worth knowing."
    )
    return Measured(share, "absent", sentence, headline)


def _loudest(city: City) -> Measured:
    ranks, where = theme_ranks(city), sentence_start(city)
    if ranks is None:
        return _too_little(city, "percent", "what comes first on social media")
    loudest = str(ranks["comment_share"].idxmax())
    row, theme = ranks.loc[loudest].to_dict(), in_sentence(loudest)
    people = Estimate(
        float(row["person_share"]), float(row["low"]), float(row["high"]), unit="percent"
    )
    posts = _whole(row["comment_share"])
    ends = f"{_whole(people.low)} to {_whole(people.high)}"
    figures = (
        f"It is {posts} percent of posts. When each person counts once it is "
        f"{_whole(people.value)} percent ({ends}), and its rank lies from "
        f"{int(row['rank_low'])} to {int(row['rank_high'])} of {len(ranks)}."
    )
    if row["rank_low"] > 1 and people.high < row["comment_share"]:
        headline = f"{where}, {theme} comes first on social media by posts, and not by people"
        return Measured(people, "appears", f"{headline}. {figures}", headline)
    if row["rank"] == 1:
        headline = f"{where}, {theme} comes first on social media by posts and by people"
        sentence = f"{headline}. {figures} That is worth knowing."
        return Measured(people, "absent", sentence, headline)
    headline = f"{where}, we can't tell if {theme} comes first on social media by people"
    return Measured(people, "unclear", f"{headline}. {figures}", headline)


def _texts(city: City) -> Measured:
    pair = first_pair_of_texts(city)
    if pair is None:
        return _too_little(city, "percent", "what people say in text messages")
    return _pair(city, pair, "in text messages")


def _language(city: City) -> Measured:
    found = first_pair_of_language(city)
    if found is None:
        return _too_little(city, "percent", "what people say in other languages")
    language, pair = found
    return _pair(city, pair, f"among people who wrote {language}")


def _pair(city: City, pair: Pair, place: str) -> Measured:
    where = sentence_start(city)
    themes = " and ".join(in_sentence(theme) for theme in pair.themes)
    shares = (
        f"{_short(pair.here)} percent when each person counts once, {_short(pair.online)} in the "
        "survey and on social media"
    )
    if pair.gap.low > 0:
        headline = f"{where}, {themes} come first {place}, far more than online"
        sentence = f"{where}, {themes} come first {place}: {shares}."
        return Measured(pair.here, "appears", sentence, headline)
    if pair.gap.high < NOTABLE_POINTS:
        headline = f"{where}, {themes} come first {place}, hardly more than online"
        sentence = f"{headline}: {shares}. That is worth knowing."
        return Measured(pair.here, "absent", sentence, headline)
    headline = f"{where}, we can't tell if {themes} weigh more {place} than online"
    return Measured(pair.here, "unclear", f"{headline}: {shares}.", headline)


def _kappa(city: City) -> Measured:
    found, where = agreement(city), sentence_start(city)
    if found is None:
        return _too_little(city, "kappa", "if two readers agree")
    first, second = (in_sentence(theme) for theme in found.pair)
    headline = f"{where}, two readers agree with a kappa of {found.kappa}"
    sentence = (
        f"{headline}. Of their disagreements {_short(found.pair_share)} percent are about one "
        f"pair: {first} and {second}."
    )
    if found.kappa.high < GOOD_KAPPA:
        return Measured(found.kappa, "appears", sentence, headline)
    if found.kappa.low >= GOOD_KAPPA:
        sentence += " They agree well enough to count by, and that is worth knowing."
        return Measured(found.kappa, "absent", sentence, headline)
    sentence += " We can't tell if that is enough. Have more comments read by two people."
    return Measured(found.kappa, "unclear", sentence, headline)


def _joined(city: City) -> Measured:
    found, where = agreement(city), sentence_start(city)
    if found is None or not found.gain.known:
        return _too_little(city, "kappa", "if two readers agree")
    pair = " and ".join(in_sentence(theme) for theme in found.pair)
    headline = f"{where}, kappa is {found.joined} when {pair} are one theme"
    sentence = f"{headline}. It was {found.kappa}: a gain of {found.gain}."
    if found.gain.low > 0:
        return Measured(found.joined, "appears", sentence, headline)
    if found.gain.high <= 0:
        sentence += " One code is not what they differ about, and that is worth knowing."
        return Measured(found.joined, "absent", sentence, headline)
    sentence += " We can't tell if one code is what they differ about."
    return Measured(found.joined, "unclear", sentence, headline)


def _keywords(city: City) -> Measured:
    table, where = keywords_of(city), sentence_start(city)
    if table is None:
        return _too_little(city, "percent", "how well keywords work")
    theme = weakest_recall(table)
    row = table.loc[theme].to_dict()
    recall = Estimate(
        float(row["recall"]), float(row["recall_low"]), float(row["recall_high"]), "percent"
    )
    name = in_sentence(theme)
    headline = f"{where}, keywords find {_whole(recall.value)} percent of comments on {name}"
    sentence = (
        f"{headline} ({_whole(recall.low)} to {_whole(recall.high)}). Of what they find "
        f"{_whole(row['precision'])} percent is about it "
        f"({_whole(row['precision_low'])} to {_whole(row['precision_high'])})."
    )
    if recall.high < GOOD_RECALL:
        return Measured(recall, "appears", sentence, headline)
    if recall.low >= GOOD_RECALL:
        sentence += " They miss few of any theme, and that is worth knowing."
        return Measured(recall, "absent", sentence, headline)
    sentence += " We can't tell if they miss many."
    return Measured(recall, "unclear", sentence, headline)


def _too_little(city: City, unit: str, what: str) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell {what}"
    nothing = Estimate(math.nan, math.nan, math.nan, unit=unit)
    return Measured(nothing, "unclear", f"{headline}. Join channels, or read more.", headline)


def _whole(value: float) -> str:
    return format_number(value, 0)


def _short(one: Estimate) -> str:
    return f"{_whole(one.value)} ({_whole(one.low)} to {_whole(one.high)})"


CLAIMS = (
    Claim(
        "4.2-heavy",
        "On social media 22 accounts wrote nearly a third of all posts.",
        "planted",
        "port-alder-only",
        _heavy,
    ),
    Claim(
        "4.2-loudest",
        "On social media parking comes first by posts, and far down the list by people.",
        "sampling",
        "method",
        _loudest,
    ),
    Claim(
        "4.2-texts",
        "Heat and rent are half of what text messages are about, and little of what is online.",
        "sampling",
        "port-alder-only",
        _texts,
    ),
    Claim(
        "4.2-language",
        "Heat and rent come first among people who wrote Spanish.",
        "sampling",
        "port-alder-only",
        _language,
    ),
    Claim(
        "4.2-kappa",
        "Two readers agree less than they should, and mostly differ about one pair of themes.",
        "sampling",
        "method",
        _kappa,
    ),
    Claim(
        "4.2-joined",
        "With that pair as one theme the two readers agree far more.",
        "sampling",
        "method",
        _joined,
    ),
    Claim(
        "4.2-keywords",
        "A list of keywords misses many comments that a reader finds.",
        "sampling",
        "method",
        _keywords,
    ),
)
