"""Whose voice counts how often: themes by comment and by person."""

from __future__ import annotations

import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.curves import check_columns
from playbook.measures.intervals import wilson_limits


def theme_shares(
    comments: pd.DataFrame, theme: str = "theme", person: str = "author_id"
) -> pd.DataFrame:
    """Share of each theme when every comment counts, and when every person counts once.

    Somebody who raised three themes gives a third of a voice to each.

    Parameters
    ----------
    comments
        One row a comment, with a theme and who wrote it, none empty.
    theme, person
        Names of those two columns.

    Returns
    -------
    pandas.DataFrame
        One row a theme, by name, the first by people on top: ``comments``, ``people`` (who raised
        it at all), ``comment_share``, and ``person_share`` with ``low`` and ``high``; all shares in
        percent.

    Raises
    ------
    PlaybookError
        When a column is missing or has empty cells, or there is no row.

    Notes
    -----
    Wilson's interval over the number of people. It is a little wide, because a split voice varies
    less than a whole one.

    Examples
    --------
    >>> comments = pd.DataFrame({
    ...     "author_id": ["A1", "A1", "A1", "A2"], "theme": ["Parking", "Parking", "Heat", "Heat"],
    ... })
    >>> theme_shares(comments)[["comments", "people", "comment_share", "person_share"]]
             comments  people  comment_share  person_share
    theme
    Heat            2       2           50.0          75.0
    Parking         2       1           50.0          25.0
    """
    check_columns(comments, [theme, person])
    rows = comments[[theme, person]]
    if not len(rows) or rows.isna().any(axis=None):
        raise PlaybookError(
            f"{theme} or {person} is empty in {int(rows.isna().any(axis=1).sum()):,} of "
            f"{len(rows):,} comments."
            if len(rows)
            else "There are no comments.",
            fix="Keep the comments that have both, and say how many they are.",
        )
    raised = rows.drop_duplicates()
    voice = 1 / raised.groupby(person)[theme].transform("size")
    people = rows[person].nunique()
    share = voice.groupby(raised[theme]).sum() / people
    low, high = wilson_limits(share * people, people)
    table = pd.DataFrame(
        {
            "comments": rows.groupby(theme).size(),
            "people": raised.groupby(theme).size(),
            "comment_share": 100 * rows.groupby(theme).size() / len(rows),
            "person_share": 100 * share,
            "low": 100 * low,
            "high": 100 * high,
        }
    ).rename_axis(theme)
    return table.sort_values("person_share", ascending=False, kind="stable")


def heavy_voices(comments: pd.DataFrame, most: int, person: str = "author_id") -> pd.DataFrame:
    """Count how much of all that was said comes from the people who wrote most.

    Parameters
    ----------
    comments
        One row a comment, with who wrote it, none empty.
    most
        People with more comments than this are counted as heavy.
    person
        Name of the column that says who wrote.

    Returns
    -------
    pandas.DataFrame
        Two rows, ``"heavy"`` and ``"others"``: ``people``, ``people_share``, ``comments`` and
        ``comment_share`` (shares in percent). Counts of what was said, so without a range.

    Raises
    ------
    PlaybookError
        When the column is missing or has empty cells, or there is no row.

    Examples
    --------
    >>> comments = pd.DataFrame({"author_id": ["A1", "A1", "A1", "A2"]})
    >>> heavy_voices(comments, most=2)
            people  people_share  comments  comment_share
    heavy        1          50.0         3           75.0
    others       1          50.0         1           25.0
    """
    check_columns(comments, [person])
    if not len(comments) or comments[person].isna().any():
        raise PlaybookError(
            f"There are no comments, or some have no {person}.",
            fix="Keep the comments that say who wrote, and say how many they are.",
        )
    often = comments[person].value_counts()
    heavy = often > most
    people = [int(heavy.sum()), int((~heavy).sum())]
    said = [int(often[heavy].sum()), int(often[~heavy].sum())]
    return pd.DataFrame(
        {
            "people": people,
            "people_share": [100 * count / len(often) for count in people],
            "comments": said,
            "comment_share": [100 * count / len(comments) for count in said],
        },
        index=["heavy", "others"],
    )
