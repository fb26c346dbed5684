"""The one home of small counts: hide them so that nobody can be recognized.

Hiding the small counts is not enough. With a total beside them, a hidden count is what is left when
the shown ones are taken away; and two hidden counts that add up to 4 are 1, 2 or 3, not 1 to 10. So
further counts are hidden until a reader learns no more of a small count than that it is small.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.measures.count_network import CountNetwork, Totals

TOTAL = "Total"


@dataclass(frozen=True, eq=False)
class Suppressed:
    """A table of counts that is safe to show.

    Parameters
    ----------
    table
        Counts and totals, ``pandas.NA`` where hidden.
    reasons
        The same shape: ``""`` shown, ``"small"``, or ``"complementary"`` (hidden so that a small
        one can't be worked out). For your own use; publish `for_readers` instead.
    below
        Counts from 1 to ``below - 1`` are hidden.
    marks
        Whether readers may be told which hidden counts are the small ones. False where a total is
        small, too, and adds up several: the words would hem its counts in.
    """

    table: pd.DataFrame
    reasons: pd.DataFrame
    below: int
    marks: bool

    def for_readers(self) -> pd.DataFrame:
        """Give the table as text, with the words "fewer than 11" or "hidden" where hidden.

        Examples
        --------
        >>> table = pd.DataFrame({"Open": [4, 20], "Closed": [30, 50]}, index=["Hill", "Mill"])
        >>> suppress(table, totals="none").for_readers()
                      Open Closed
        Hill  fewer than 11     30
        Mill             20     50
        """
        words = {
            "small": f"fewer than {self.below}" if self.marks else "hidden",
            "complementary": "hidden",
        }
        text = [
            [
                words[reason] if reason else format_number(int(count), 0)
                for count, reason in zip(counts, reasons, strict=True)
            ]
            for counts, reasons in zip(
                self.table.to_numpy(dtype=object), self.reasons.to_numpy(), strict=True
            )
        ]
        shown = pd.DataFrame(text, index=self.table.index, columns=self.table.columns)
        shown.attrs = dict(self.table.attrs)
        return shown


def suppress(table: pd.DataFrame, below: int = 11, totals: Totals = "both") -> Suppressed:
    """Hide small counts, and what else must be hidden so that they can't be worked out.

    Parameters
    ----------
    table
        Counts of people or requests: whole numbers from 0 up, rows by columns, without totals.
    below
        Counts from 1 to ``below - 1`` are hidden; 0 is shown. 11 is the rule of the Centers for
        Medicare & Medicaid Services and the strictest common one. At least 3.
    totals
        Totals that will be published: a total for each of the ``"rows"``, of the ``"columns"``,
        ``"both"``, or ``"none"``. They are added as a column and a row called Total, and hidden
        where they are small or would give a small count away. A table of one column gets no total
        column, a table of one row no total row.

    Returns
    -------
    Suppressed
        For all that a reader can work out from what is shown, each small count could be any number
        from 1 to ``below - 1`` (a small total: from as many as it has counts above 0). So no sum of
        small counts under `below` comes out either, and no hidden count comes out exactly. The
        reader may know this rule, and which hidden counts are the small ones. What other tables
        give away, last year's say, is not part of it: see `recover_from_years`.

    Raises
    ------
    PlaybookError
        When a cell is empty, negative or not a whole number, a total is in the table already, or
        `below` is less than 3.

    Notes
    -----
    Complementary suppression on a network, with the rule's own range as protection level: Cox LH
    (1980), Journal of the American Statistical Association 75:377-385; Kelly JP, Golden BL, Assad
    AA (1992), Networks 22:397-417. A small count may move as far as loops of other hidden counts
    take its people. Where they don't reach, the cheapest further loop is hidden (Dijkstra's method;
    the price is the count hidden). What later loops made needless is shown again.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"Pothole": [4, 25, 40], "Graffiti": [30, 60, 20]}, index=["Hill", "Mill", "Quay"]
    ... )
    >>> suppress(table).table
          Pothole  Graffiti  Total
    Hill     <NA>      <NA>     34
    Mill       25        60     85
    Quay     <NA>      <NA>     60
    Total      69       110    179
    """
    counts = _counts(table)
    if below < 3:
        raise PlaybookError(
            f"Hiding counts below {below} would tell readers that a hidden count is 1.",
            fix="Use 3 or more; 11 is the strictest common rule.",
        )
    network = CountNetwork(counts, below, totals, marks=True)
    if not network.protect():
        # The words "fewer than 11" on a total hem its counts in, whatever else is hidden. Without
        # the words, hiding enough always helps.
        network = CountNetwork(counts, below, totals, marks=False)
        network.protect()
    return _suppressed(network, table, totals)


def _suppressed(network: CountNetwork, table: pd.DataFrame, totals: Totals) -> Suppressed:
    rows, columns = network.shape
    values = np.empty((rows + 1, columns + 1), dtype=object)
    reasons = np.empty((rows + 1, columns + 1), dtype=object)
    places = [(i, j) for i in range(rows) for j in range(columns)]
    places += [(i, columns) for i in range(rows)] + [(rows, j) for j in range(columns)]
    places.append((rows, columns))
    for place, link, reason in zip(places, network.links, network.reasons, strict=True):
        values[place] = link.people if reason == "" else pd.NA
        reasons[place] = reason
    height = rows + (totals in ("both", "columns") and rows > 1)
    width = columns + (totals in ("both", "rows") and columns > 1)
    index = [*table.index, TOTAL][:height]
    names = [*table.columns, TOTAL][:width]
    shown = pd.DataFrame(values[:height, :width], index=index, columns=names).astype("Int64")
    why = pd.DataFrame(reasons[:height, :width], index=index, columns=names)
    # What a table says of its source, it says when small counts are hidden, too.
    shown.attrs = dict(table.attrs)
    return Suppressed(shown, why, network.below, network.marks)


def _counts(table: pd.DataFrame) -> np.ndarray:
    for labels, where in ((table.index, "row"), (table.columns, "column")):
        if TOTAL in list(labels):
            raise PlaybookError(
                f"The table has a {where} called {TOTAL} already.",
                fix="Leave totals out: suppress adds its own and checks them too.",
            )
    try:
        numbers = table.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise PlaybookError(
            "The table holds something that is not a number.",
            fix="Move names into the row labels: table.set_index(...) with the column of names.",
        ) from None
    odd = np.argwhere(~(numbers >= 0) | np.isinf(numbers) | (numbers != np.floor(numbers)))
    if len(odd):
        i, j = odd[0]
        raise PlaybookError(
            f"A count is a whole number from 0 up; I found {numbers[i, j]:g}.",
            fix="Count again, or write 0 where nothing was counted.",
            where=f"row {table.index[i]}, column {table.columns[j]}",
        )
    return numbers.astype(np.int64)
