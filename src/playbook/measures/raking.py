"""Raking: weigh the answers of a survey until their sums fit the people who live here."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

COLUMNS = ("variable", "category", "people")
# Shares that miss by less than this fit. It is far below what any printed figure shows.
FITS = 1e-9
# Stop earlier than this only when nothing moves any more.
STILL = 1e-13
MOST_ROUNDS = 500


@dataclass(frozen=True, eq=False, repr=False)
class Raked:
    """The weights of a survey, and how well its sums fit now.

    Parameters
    ----------
    weights
        One weight an answer, with the answers' own index. Their average is 1.
    margins
        One row a group: ``variable``, ``category``, ``wanted`` and ``reached`` (shares in percent)
        and ``miss`` (percentage points).
    rounds
        How many times all variables were gone through.
    fits
        Whether raking came to an end with all sums right, before any weight was cut.
    cut
        How many weights were cut to the cap.
    """

    weights: pd.Series[float]
    margins: pd.DataFrame = field(repr=False)
    rounds: int
    fits: bool
    cut: int

    @property
    def largest_miss(self) -> float:
        """How far the worst sum is off, in percentage points."""
        return float(self.margins["miss"].abs().max())

    @property
    def message(self) -> str:
        """What happened, in plain words."""
        low, high = (format_number(x, 2) for x in (self.weights.min(), self.weights.max()))
        names = ", ".join(dict.fromkeys(self.margins["variable"]))
        start = f"{len(self.weights):,} answers weighed by {names}; weights {low} to {high}."
        miss = format_number(self.largest_miss, 2)
        if not self.fits:
            return (
                f"{start} Raking did not come to an end after {self.rounds} rounds: sums still "
                f"miss by up to {miss} percentage points. Some sums contradict each other, or a "
                "group is too thin. Leave out a variable, or join groups."
            )
        if self.cut:
            return (
                f"{start} {self.cut:,} weights were cut; sums now miss by up to {miss} percentage "
                "points."
            )
        return f"{start} All sums fit."

    def __repr__(self) -> str:
        return self.message


def rake(answers: pd.DataFrame, margins: pd.DataFrame, cap: float | None = None) -> Raked:
    """Weigh answers so that each group counts by its size among the people who live here.

    Raking repairs who answered. It can't repair whom nobody reached.

    Parameters
    ----------
    answers
        One row an answer, with a column for each variable of `margins`. Other columns don't matter.
    margins
        One row a group: ``variable`` (a column of `answers`), ``category`` (a value in it) and
        ``people`` (how many live here; any unit, since only shares count).
    cap
        No weight may be more than so many times the median weight. Cut weights make the answer
        steadier and the sums a little wrong.

    Returns
    -------
    Raked
        Weights with an average of 1, how well the sums fit, and a message in plain words. When the
        sums contradict each other, the weights of the last round and a message that says so.

    Raises
    ------
    PlaybookError
        When a column is missing or has empty cells, a group has no answers or no people, or `cap`
        is below 1.

    Notes
    -----
    Iterative proportional fitting: Deming WE, Stephan FF (1940), Annals of Mathematical Statistics
    11:427-444. Rows alike in all variables are handled as one.

    Examples
    --------
    >>> answers = pd.DataFrame({"tenure": ["Owner", "Owner", "Owner", "Renter"]})
    >>> margins = pd.DataFrame({
    ...     "variable": "tenure", "category": ["Owner", "Renter"], "people": [500, 500]
    ... })
    >>> rake(answers, margins)
    4 answers weighed by tenure; weights 0.67 to 2.00. All sums fit.
    >>> rake(answers, margins).weights.round(2).tolist()
    [0.67, 0.67, 0.67, 2.0]
    """
    targets = margin_shares(margins)
    if cap is not None and not cap >= 1:
        raise PlaybookError(
            f"The cap is {cap:g}, and a weight can't be held below the median.",
            fix="Use a cap such as 5 (five times the median), or leave it out.",
        )
    codes = np.column_stack([
        category_codes(answers, variable, shares.index) for variable, shares in targets.items()
    ])  # fmt: skip
    sizes = tuple(len(shares) for shares in targets.values())
    cells, place, counts = np.unique(
        np.ravel_multi_index(tuple(codes.T), sizes), return_inverse=True, return_counts=True
    )
    columns = list(np.unravel_index(cells, sizes))
    wanted = [np.asarray(shares, dtype=float) for shares in targets.values()]
    mass, rounds, miss = _fitted(counts / counts.sum(), columns, wanted)
    weights = (mass / counts * counts.sum())[place]
    weights, cut = _cut(weights, cap)
    reached = [
        np.bincount(codes[:, at], weights, len(shares)) / weights.sum()
        for at, shares in enumerate(wanted)
    ]
    return Raked(
        pd.Series(weights, index=answers.index, name="weight"),
        _margins_table(targets, reached),
        rounds,
        miss < FITS,
        cut,
    )


def margin_shares(margins: pd.DataFrame) -> dict[str, pd.Series[float]]:
    """Give the share of each group among all people: a Series for each variable.

    Raises
    ------
    PlaybookError
        When a column is missing, a count is missing or not above 0, or a group stands there twice.

    Examples
    --------
    >>> margins = pd.DataFrame({
    ...     "variable": "tenure", "category": ["Owner", "Renter"], "people": [46, 54]
    ... })
    >>> margin_shares(margins)["tenure"].to_dict()
    {'Owner': 0.46, 'Renter': 0.54}
    """
    missing = [name for name in COLUMNS if name not in margins]
    if missing or not len(margins):
        raise PlaybookError(
            f"The table of sums has no column called {missing[0]}."
            if missing
            else "The table of sums is empty.",
            fix="It needs the columns variable, category and people, and one row a group.",
        )
    people = pd.to_numeric(margins["people"], errors="coerce")
    odd = ~(people > 0) | np.isinf(people) | margins["variable"].isna() | margins["category"].isna()
    if odd.any():
        row = margins.loc[odd].iloc[0]
        raise PlaybookError(
            f"The sums need a count above 0 for each group; {row['variable']} {row['category']} "
            f"has {row['people']}.",
            fix="Join that group with another one, here and in the answers.",
        )
    twice = margins.duplicated(["variable", "category"])
    if twice.any():
        row = margins.loc[twice].iloc[0]
        raise PlaybookError(
            f"{row['variable']} {row['category']} stands in the sums twice.",
            fix="Keep one row for each group.",
        )
    return {
        str(variable): rows.set_index("category")["people"] / rows["people"].sum()
        for variable, rows in margins.assign(people=people).groupby("variable", sort=False)
    }


def category_codes(answers: pd.DataFrame, variable: str, categories: pd.Index) -> Codes:
    """Give each answer the number of its group. Every group needs an answer.

    Raises
    ------
    PlaybookError
        When the column is missing, has an empty cell or an unknown group, or a group has no answer.

    Examples
    --------
    >>> answers = pd.DataFrame({"tenure": ["Renter", "Owner"]})
    >>> category_codes(answers, "tenure", pd.Index(["Owner", "Renter"])).tolist()
    [1, 0]
    """
    if variable not in answers:
        raise PlaybookError(
            f"The sums count people by {variable}; the answers have no such column.",
            fix=f"Add that column to the answers, or leave {variable} out of the sums.",
        )
    column = answers[variable]
    empty = int(column.isna().sum())
    if empty:
        raise PlaybookError(
            f"{variable} is empty in {empty:,} of {len(column):,} answers. I can't weigh those.",
            fix="Leave those answers out with .dropna() and say how many they are; or call them "
            "Not given, if the sums have such a group.",
        )
    codes = categories.get_indexer(pd.Index(column))
    if (codes < 0).any():
        raise PlaybookError(
            f"An answer has {column.iloc[int((codes < 0).argmax())]!r} in {variable}, which the "
            "sums don't have.",
            fix=f"Use the groups of the sums: {', '.join(map(str, categories))}.",
        )
    seen = np.bincount(codes, minlength=len(categories))
    if (seen == 0).any():
        raise PlaybookError(
            f"Nobody who answered is {categories[int(seen.argmin())]} ({variable}). No weight can "
            "speak for people who are not there.",
            fix="Join that group with another one, here and in the sums, and say so.",
        )
    return np.asarray(codes, dtype=np.int64)


def _fitted(
    mass: Numbers, columns: list[Codes], wanted: list[Numbers]
) -> tuple[Numbers, int, float]:
    """Scale the cells to one variable after the other, until all of them fit."""
    rounds, before, miss = 0, np.inf, np.inf
    while rounds < MOST_ROUNDS and miss >= STILL and not (miss < FITS and miss >= before):
        rounds, before = rounds + 1, miss
        for codes, shares in zip(columns, wanted, strict=True):
            mass = mass * (shares / np.bincount(codes, mass, len(shares)))[codes]
        miss = max(
            float(np.abs(np.bincount(codes, mass, len(shares)) - shares).max())
            for codes, shares in zip(columns, wanted, strict=True)
        )
    return mass, rounds, miss


def _cut(weights: Numbers, cap: float | None) -> tuple[Numbers, int]:
    if cap is None:
        return weights, 0
    highest = cap * float(np.median(weights))
    capped = np.minimum(weights, highest)
    return capped / capped.mean(), int((weights > highest).sum())


def _margins_table(targets: dict[str, pd.Series[float]], reached: list[Numbers]) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "variable": variable,
                "category": shares.index,
                "wanted": 100 * shares.to_numpy(),
                "reached": 100 * found,
            }
        )
        for (variable, shares), found in zip(targets.items(), reached, strict=True)
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(miss=table["reached"] - table["wanted"])
