"""Comments sorted into themes: whether two readers agree, and whether keywords find them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.intervals import normal_quantile, wilson_limits

Numbers = npt.NDArray[np.float64]

# With fewer comments read twice, agreement could be luck.
FEWEST_READ_TWICE = 30
DRAWS = 2000
UNIT = "(1 is full agreement, 0 is chance)"


def cohens_kappa(coder_a: pd.Series, coder_b: pd.Series) -> Estimate:
    """Agreement of two readers beyond what chance would bring.

    Parameters
    ----------
    coder_a, coder_b
        The theme that each reader chose, one row a comment, matched by row. Rows that neither read
        are left out.

    Returns
    -------
    Estimate
        1 for full agreement, 0 for as much as chance brings. Not known when fewer than 30 comments
        were read twice, or both readers used one and the same theme only.

    Raises
    ------
    PlaybookError
        When the lengths differ, or one reader has a theme where the other has none.

    Notes
    -----
    Cohen J (1960), Educational and Psychological Measurement 20:37-46; standard error by Fleiss JL,
    Cohen J, Everitt BS (1969), Psychological Bulletin 72:323-327.

    Examples
    --------
    >>> first = pd.Series(["Rent", "Rent", "Heat", "Heat"] * 10)
    >>> second = pd.Series(["Rent", "Heat", "Heat", "Heat"] * 10)
    >>> cohens_kappa(first, second)
    0.50 (0.27 to 0.73)
    """
    table = _agreement(coder_a, coder_b).to_numpy(dtype=float)
    count = float(table.sum())
    share = table / count
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    by_chance = float(rows @ columns)
    if count < FEWEST_READ_TWICE or by_chance == 1:
        return Estimate(math.nan, math.nan, math.nan, measure="kappa", decimals=2)
    kappa = (float(np.trace(share)) - by_chance) / (1 - by_chance)
    same = np.diag(share) @ (1 - (rows + columns) * (1 - kappa)) ** 2
    apart = share * (columns[:, None] + rows[None, :]) ** 2
    other = (1 - kappa) ** 2 * (apart.sum() - np.trace(apart))
    variance = (same + other - (kappa - by_chance * (1 - kappa)) ** 2) / (
        (1 - by_chance) ** 2 * count
    )
    reach = normal_quantile(0.95) * math.sqrt(max(variance, 0.0))
    return Estimate(
        kappa,
        max(kappa - reach, -1.0),
        min(kappa + reach, 1.0),
        measure="kappa",
        note=UNIT,
        better="higher",
        decimals=2,
    )


def mixed_up(coder_a: pd.Series, coder_b: pd.Series) -> pd.DataFrame:
    """Which two themes the readers confuse, the most frequent pair first.

    Parameters
    ----------
    coder_a, coder_b
        As in `cohens_kappa`.

    Returns
    -------
    pandas.DataFrame
        One row a pair of themes: ``theme``, ``other``, ``comments`` (how often one reader chose the
        one and the other reader the other) and ``share`` (percent of all disagreements).

    Raises
    ------
    PlaybookError
        As `cohens_kappa`.

    Examples
    --------
    >>> first = pd.Series(["Rent", "Rent", "Heat", "Repair"])
    >>> second = pd.Series(["Repair", "Rent", "Rent", "Rent"])
    >>> mixed_up(first, second)
        theme   other  comments      share
    0    Rent  Repair         2  66.666667
    1    Heat    Rent         1  33.333333
    """
    table = _agreement(coder_a, coder_b)
    both = table.to_numpy() + table.to_numpy().T
    first, second = np.triu_indices(len(table), k=1)
    pairs = pd.DataFrame(
        {
            "theme": table.index[first],
            "other": table.index[second],
            "comments": both[first, second],
        }
    )
    pairs = pairs[pairs["comments"] > 0]
    pairs = pairs.assign(share=100 * pairs["comments"] / pairs["comments"].sum())
    return pairs.sort_values("comments", ascending=False, kind="stable").reset_index(drop=True)


def kappa_when_joined(
    coder_a: pd.Series, coder_b: pd.Series, themes: Sequence[str], seed: int = 0
) -> tuple[Estimate, Estimate]:
    """Agreement if some themes were one, and how much higher that is.

    Parameters
    ----------
    coder_a, coder_b
        As in `cohens_kappa`.
    themes
        At least two themes to be read as one.
    seed
        Start of the random numbers: the same seed gives the same range.

    Returns
    -------
    kappa, gain : Estimate
        Agreement with the themes as one, and how far it is above agreement as it was. Not known
        where `cohens_kappa` does not know.

    Raises
    ------
    PlaybookError
        As `cohens_kappa`; and when a theme was used by neither reader.

    Notes
    -----
    The range of the gain is the middle 95 percent of 2,000 draws of the comments (bootstrap): both
    agreements come from the same comments, so their own ranges can't be compared.

    Examples
    --------
    >>> first = pd.Series(["Rent", "Rent", "Heat", "Repair"] * 10)
    >>> second = pd.Series(["Rent", "Repair", "Heat", "Rent"] * 10)
    >>> kappa, gain = kappa_when_joined(first, second, ["Rent", "Repair"])
    >>> round(kappa.value, 2), gain.low > 0
    (1.0, True)
    """
    table = _agreement(coder_a, coder_b)
    unknown = [theme for theme in themes if theme not in table.index]
    if unknown or len(set(themes)) < 2:
        raise PlaybookError(
            f"Neither reader used {unknown[0]!r}."
            if unknown
            else "One theme alone can't be joined.",
            fix=f"Give two of: {', '.join(map(str, table.index))}.",
        )
    new = {theme: " or ".join(themes) for theme in themes}
    before = cohens_kappa(coder_a, coder_b)
    after = cohens_kappa(coder_a.replace(new), coder_b.replace(new))
    if not (before.known and after.known):
        return after, Estimate(math.nan, math.nan, math.nan, measure="gain in kappa", decimals=2)
    counts = table.to_numpy()
    joined = [new.get(theme, theme) for theme in table.index]
    groups = pd.factorize(np.array(joined))[0]
    drawn = np.random.default_rng(seed).multinomial(
        counts.sum(), counts.ravel() / counts.sum(), size=DRAWS
    )
    squares = drawn.reshape(DRAWS, len(counts), len(counts)) / counts.sum()
    small = np.zeros((len(groups), groups.max() + 1))
    small[np.arange(len(groups)), groups] = 1
    gains = _kappas(np.einsum("ij,dik,kl->djl", small, squares, small, optimize=True)) - _kappas(
        squares
    )
    low, high = np.quantile(gains, [0.025, 0.975])
    gain = after.value - before.value
    return after, Estimate(
        gain, float(low), float(high), measure="gain in kappa", better="higher", decimals=2
    )


def keyword_check(
    texts: pd.Series, themes: pd.Series, keywords: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Compare a list of keywords with a reader: what it finds, and what it misses.

    Parameters
    ----------
    texts
        The comments, in one language.
    themes
        The theme a reader gave each comment, matched by row.
    keywords
        For each theme the beginnings of words to look for, small or capital letters alike:
        ``"rent"`` finds rents and renters, and not parents.

    Returns
    -------
    pandas.DataFrame
        One row a theme, by name: ``comments`` (by the reader), ``found`` (by keywords), ``right``
        (by both); ``precision`` (percent of found that are right) and ``recall`` (percent of the
        reader's that are found), each with ``_low`` and ``_high``. Missing where there is nothing
        to divide by.

    Raises
    ------
    PlaybookError
        When the lengths differ, a cell is empty, or a theme has no keywords.

    Notes
    -----
    Wilson's interval.

    Examples
    --------
    >>> texts = pd.Series(["My rent went up", "The renter left", "A leak", "Rent due, and a leak"])
    >>> themes = pd.Series(["Rent", "Rent", "Repair", "Repair"])
    >>> table = keyword_check(texts, themes, {"Rent": ["rent"], "Repair": ["leak", "mold"]})
    >>> table[["comments", "found", "right", "precision", "recall"]].round(1)
            comments  found  right  precision  recall
    Rent           2      3      2       66.7   100.0
    Repair         2      2      2      100.0   100.0
    """
    if len(texts) != len(themes) or texts.isna().any() or themes.isna().any():
        raise PlaybookError(
            f"I need one theme for each text: {int(texts.notna().sum()):,} texts and "
            f"{int(themes.notna().sum()):,} themes are there.",
            fix="Keep the rows that have both.",
        )
    rows = []
    for theme, words in keywords.items():
        if not words:
            raise PlaybookError(
                f"{theme} has no keywords.", fix="Give at least one, or leave the theme out."
            )
        pattern = r"\b(?:" + "|".join(re.escape(word) for word in words) + ")"
        found = texts.str.contains(pattern, case=False, regex=True).to_numpy(dtype=bool)
        meant = (themes == theme).to_numpy(dtype=bool)
        rows.append((int(meant.sum()), int(found.sum()), int((meant & found).sum())))
    table = pd.DataFrame(rows, index=list(keywords), columns=["comments", "found", "right"])
    for name, base in (("precision", "found"), ("recall", "comments")):
        whole = table[base].where(table[base] > 0).to_numpy(dtype=float)
        low, high = wilson_limits(table["right"].to_numpy(dtype=float), whole)
        table[name] = 100 * table["right"] / whole
        table[f"{name}_low"], table[f"{name}_high"] = 100 * low, 100 * high
    return table


def _agreement(coder_a: pd.Series, coder_b: pd.Series) -> pd.DataFrame:
    """Count the comments by both readers' themes: square, the same themes in both directions."""
    if len(coder_a) != len(coder_b):
        raise PlaybookError(
            f"One reader has {len(coder_a):,} rows and the other {len(coder_b):,}.",
            fix="Take both columns from the same table.",
        )
    first, second = coder_a.reset_index(drop=True), coder_b.reset_index(drop=True)
    alone = int((first.isna() != second.isna()).sum())
    if alone:
        raise PlaybookError(
            f"Only one reader gave a theme to {alone:,} of {len(first):,} comments.",
            fix="Keep the comments that both read, with .dropna(subset=[...]) on both columns.",
        )
    first, second = first.dropna(), second.dropna()
    if not len(first):
        raise PlaybookError(
            "No comment was read by both readers.",
            fix="Have 50 or more comments read by two people.",
        )
    names = sorted({*first, *second}, key=str)
    table = pd.crosstab(first, second).reindex(index=names, columns=names, fill_value=0)
    return table


def _kappas(squares: Numbers) -> Numbers:
    """Kappa of many tables of shares at once."""
    agreed = np.trace(squares, axis1=1, axis2=2)
    by_chance = (squares.sum(axis=2) * squares.sum(axis=1)).sum(axis=1)
    return np.asarray((agreed - by_chance) / (1 - by_chance))
