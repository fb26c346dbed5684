"""How far partners value and trust each other: the scores of the PARTNER survey."""

from __future__ import annotations

import math

import pandas as pd

from playbook.errors import PlaybookError

VALUE = ("value_power", "value_involvement", "value_resources")
TRUST = ("trust_reliability", "trust_mission", "trust_openness")
LEAST_SCORE, MOST_SCORE = 1, 4
# An average of fewer scores points at who gave them.
FEWEST_SCORES = 3


def partner_scores(ties: pd.DataFrame) -> pd.DataFrame:
    """How far partners value and trust each one, on average of those who scored it.

    Parameters
    ----------
    ties
        One row a score sheet: ``to_org`` (who was scored), three columns of value and three of
        trust, each from 1 to 4.

    Returns
    -------
    pandas.DataFrame
        One row a scored organization, sorted: ``org_id``, ``sheets``, ``value``, ``trust``, and
        ``trust_low`` and ``trust_high`` (95 percent). An organization scored by fewer than three
        gets missing values: too few to tell, and an average would show who said what.

    Raises
    ------
    PlaybookError
        When a column is missing or a score is not between 1 and 4.

    Notes
    -----
    Value is the mean of power, involvement and resources; trust that of reliability, sharing the
    mission and openness to discussion, as in the PARTNER survey. Source: Varda DM, Chandra A, Stern
    SA, Lurie N (2008), Journal of Public Health Management and Practice 14:E1-E5. The limits are
    those of a mean of few sheets (Student's t), kept between 1 and 4.

    Examples
    --------
    >>> sheets = pd.DataFrame({"to_org": ["A", "A", "A", "B"]})
    >>> sheets[list(VALUE)] = [[2, 3, 4], [3, 3, 3], [4, 3, 2], [1, 1, 1]]
    >>> sheets[list(TRUST)] = [[3, 3, 3], [4, 4, 4], [2, 2, 2], [1, 1, 1]]
    >>> partner_scores(sheets).round(2)
      org_id  sheets  value  trust  trust_low  trust_high
    0      A       3    3.0    3.0        1.0         4.0
    1      B       1    NaN    NaN        NaN         NaN
    """
    from scipy.special import stdtrit

    columns = ["to_org", *VALUE, *TRUST]
    missing = [name for name in columns if name not in ties.columns]
    if missing:
        raise PlaybookError(
            f"The table of ties has no column {missing[0]}.",
            fix="Ask for the three scores of value and the three of trust, or rename the columns.",
        )
    scores = ties[columns[1:]]
    # A missing score is not between the two either.
    if not ((scores >= LEAST_SCORE) & (scores <= MOST_SCORE)).to_numpy().all():
        raise PlaybookError(
            f"A score is missing, or not between {LEAST_SCORE} and {MOST_SCORE}.",
            fix="Leave out sheets with an empty score, and bring other scales to 1 to 4.",
        )
    sheets = pd.DataFrame(
        {
            "org_id": ties["to_org"],
            "value": scores[list(VALUE)].mean(axis=1),
            "trust": scores[list(TRUST)].mean(axis=1),
        }
    )
    table = (
        sheets.groupby("org_id")
        .agg(
            sheets=("trust", "size"),
            value=("value", "mean"),
            trust=("trust", "mean"),
            spread=("trust", "std"),
        )
        .reset_index()
    )
    enough = table["sheets"] >= FEWEST_SCORES
    table[["value", "trust"]] = table[["value", "trust"]].where(enough)
    reach = stdtrit(table["sheets"].where(enough) - 1, 0.975) * (
        table["spread"] / table["sheets"].map(math.sqrt)
    )
    table["trust_low"] = (table["trust"] - reach).clip(lower=LEAST_SCORE)
    table["trust_high"] = (table["trust"] + reach).clip(upper=MOST_SCORE)
    return table.drop(columns="spread")
