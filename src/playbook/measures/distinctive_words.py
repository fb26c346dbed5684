"""Words that one group of texts uses more than another one."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError

# Letters only, three or more: "no", "of" and numbers tell nothing.
_WORD = re.compile(r"[^\W\d_]{3,}(?:['’][^\W\d_]+)?")
# A word from fewer texts could point at the person who wrote it.
FEWEST_TEXTS = 5


def distinctive_words(texts: pd.Series, groups: pd.Series, first: str, second: str) -> pd.DataFrame:
    """Find the words that set two groups of texts apart.

    Parameters
    ----------
    texts
        The texts, in one language.
    groups
        Which group each text is in, matched by row. Groups besides the two count as background.
    first, second
        The two groups.

    Returns
    -------
    pandas.DataFrame
        One row a word, those of `first` on top, those of `second` at the end: ``word``,
        ``in_first`` and ``in_second`` (how often), ``log_odds`` (above 0: more in `first`) and
        ``z``. Where ``z`` is between -1.96 and 1.96, we can't tell. Words in fewer than 5 texts of
        the two groups are not shown.

    Raises
    ------
    PlaybookError
        When the lengths differ, a cell is empty, or one of the groups has no text.

    Notes
    -----
    Log-odds with an informative Dirichlet prior, the counts of all texts together: Monroe BL,
    Colaresi MP, Quinn KM (2008), Political Analysis 16:372-403.

    Examples
    --------
    >>> texts = pd.Series(["too hot here", "hot again"] * 4 + ["the parking is bad"] * 6)
    >>> groups = pd.Series(["Text"] * 8 + ["Social"] * 6)
    >>> words = distinctive_words(texts, groups, "Text", "Social")
    >>> words["word"].iloc[[0, -1]].tolist()
    ['hot', 'the']
    """
    if len(texts) != len(groups) or texts.isna().any() or groups.isna().any():
        raise PlaybookError(
            f"I need one group for each text: {int(texts.notna().sum()):,} texts and "
            f"{int(groups.notna().sum()):,} groups are there.",
            fix="Keep the rows that have both.",
        )
    counts = {name: Counter[str]() for name in (first, second)}
    background, in_texts = Counter[str](), Counter[str]()
    for text, group in zip(texts, groups, strict=True):
        words = _WORD.findall(str(text).lower())
        background.update(words)
        if group in counts:
            counts[group].update(words)
            in_texts.update(set(words))
    for name, found in counts.items():
        if not found:
            raise PlaybookError(
                f"No text is in the group {name!r}.",
                fix=f"Use two of: {', '.join(sorted(map(str, set(groups))))}.",
            )
    names = sorted(background)
    prior = np.array([background[word] for word in names], dtype=float)
    one, other = (np.array([counts[name][word] for word in names]) for name in (first, second))
    log_odds = _log_odds(one, prior) - _log_odds(other, prior)
    z = log_odds / np.sqrt(1 / (one + prior) + 1 / (other + prior))
    table = pd.DataFrame(
        {"word": names, "in_first": one, "in_second": other, "log_odds": log_odds, "z": z}
    )
    shown = [in_texts[word] >= FEWEST_TEXTS for word in names]
    return table[shown].sort_values("z", ascending=False, kind="stable").reset_index(drop=True)


def _log_odds(counts: np.ndarray, prior: np.ndarray) -> np.ndarray:
    here = counts + prior
    return np.asarray(np.log(here / (here.sum() - here)))
