"""Why rows of a file are left out: one reason a row, the first that applies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd


def first_reasons(
    rules: Mapping[str, pd.Series], index: pd.Index, reasons: Sequence[str]
) -> pd.Series:
    """Return the first reason that applies to each row; ``""`` for a row that is kept.

    Parameters
    ----------
    rules
        Which rows each reason applies to, the first to count first.
    index
        Of the rows.
    reasons
        All reasons that the series may hold. As a category each is stored once, so that comparing
        60,000 rows costs nothing.

    Examples
    --------
    >>> ages = pd.Series([30, -1, 300])
    >>> rules = {"below 0": ages < 0, "above 120": ages > 120}
    >>> first_reasons(rules, ages.index, list(rules)).tolist()
    ['', 'below 0', 'above 120']
    """
    names = ["", *reasons]
    codes = np.zeros(len(index), dtype=np.int8)
    for reason, applies in reversed(list(rules.items())):
        codes[applies.to_numpy(dtype=bool)] = names.index(reason)
    kind: pd.CategoricalDtype[str] = pd.CategoricalDtype(names)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=kind), index=index)
