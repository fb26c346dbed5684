"""A worksheet for certification: how many criteria are met, and the cheapest way to a level.

Unofficial: only the program decides who is certified.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.curves import check_columns

Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]

# Criteria to meet for each level of What Works Cities Certification: 51, 68 and 85 percent of 43.
LEVELS = {"Silver": 22, "Gold": 30, "Platinum": 37}
# Points of effort: about as many weeks of work.
EFFORT = {"S": 1, "M": 3, "L": 8}
ANSWERS = ("yes", "partial", "no")


def criteria_met(worksheet: pd.DataFrame, status: str = "evidenced") -> Estimate:
    """Count the criteria that are met, and those that could count with a little more.

    Parameters
    ----------
    worksheet
        One row a criterion.
    status
        Column that says ``"yes"``, ``"partial"`` or ``"no"``.

    Returns
    -------
    Estimate
        Criteria with a yes. The range reaches from there to yes and partial together: how a reader
        of the papers may see it, not luck.

    Raises
    ------
    PlaybookError
        When the column is missing or holds another word.

    Examples
    --------
    >>> criteria_met(pd.DataFrame({"evidenced": ["yes", "yes", "partial", "no"]}))
    2 of 4 criteria (2 to 3)
    """
    answer = _status(worksheet, status)
    yes, partial = (int((answer == word).sum()) for word in ("yes", "partial"))
    return Estimate(
        yes,
        yes,
        yes + partial,
        f"of {len(answer)} criteria",
        measure="criteria met",
        note="The upper end counts those that are partly met.",
        better="higher",
        decimals=0,
    )


def level_of(points: float) -> str:
    """Name the level that so many of 43 criteria reach.

    Parameters
    ----------
    points
        Criteria met, 0 to 43.

    Returns
    -------
    str
        ``"Silver"``, ``"Gold"``, ``"Platinum"`` or ``"no level yet"``.

    Notes
    -----
    The levels are 51, 68 and 85 percent of the criteria, one point each. The program also asks for
    progress on a result for residents, which no count shows.

    Examples
    --------
    >>> level_of(21), level_of(22), level_of(30), level_of(43)
    ('no level yet', 'Silver', 'Gold', 'Platinum')
    """
    reached = [name for name, least in LEVELS.items() if points >= least]
    return reached[-1] if reached else "no level yet"


def road_map(worksheet: pd.DataFrame, points: int, status: str = "evidenced") -> pd.DataFrame:
    """Find the criteria that reach a number of points with the least effort.

    Parameters
    ----------
    worksheet
        One row a criterion: ``criterion``, `status` (a yes is met), ``effort`` (S, M or L) and
        ``needs`` (the criterion that should be met first, or missing).
    points
        Criteria to have met in the end, such as ``LEVELS["Gold"]``.
    status
        Column that says ``"yes"``, ``"partial"`` or ``"no"``.

    Returns
    -------
    pandas.DataFrame
        One row a criterion to work on, each after what it needs: ``criterion``, ``effort``,
        ``points_of_effort`` and ``total`` (so far). Empty when the points are there already. No
        other choice takes less effort.

    Raises
    ------
    PlaybookError
        When a column is missing or holds another word, there are fewer criteria than points, a need
        is not in the worksheet or leads back to itself, or a criterion is met before its need.

    Notes
    -----
    Exact, by integer programming (HiGHS in scipy). Among equal efforts it takes the criteria that
    stand first in the worksheet.

    Examples
    --------
    >>> worksheet = pd.DataFrame({
    ...     "criterion": ["A", "B", "C", "D"], "evidenced": ["yes", "no", "no", "no"],
    ...     "effort": ["S", "L", "S", "L"], "needs": [None, None, "B", None],
    ... })
    >>> road_map(worksheet, points=3)
      criterion effort  points_of_effort  total
    0         B      L                 8      8
    1         C      S                 1      9
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    met, cost, needs = _checked(worksheet, points, status)
    count = len(met)
    if met.sum() >= points:
        return _steps(worksheet, cost, [])
    rows, low = [np.ones(count)], [float(points)]
    for place, need in enumerate(needs):
        if need >= 0:
            row = np.zeros(count)
            row[need], row[place] = 1, -1
            rows.append(row)
            low.append(0.0)
    # Effort decides; the place in the sheet only among equals: all places together weigh less than
    # one point of effort.
    price = np.where(met, 0, cost * count**2 + np.arange(count))
    found = milp(
        price,
        constraints=LinearConstraint(np.array(rows), np.array(low), np.inf),
        integrality=np.ones(count),
        bounds=Bounds(met.astype(float), 1),
        options={"mip_rel_gap": 0},
    )
    chosen = set(np.flatnonzero((found.x > 0.5) & ~met).tolist())
    return _steps(worksheet, cost, _in_order(chosen, met, needs, lambda place: (0, place)))


def cheapest_first(worksheet: pd.DataFrame, points: int, status: str = "evidenced") -> pd.DataFrame:
    """Take the cheapest criterion that can be begun, again and again: this may cost more.

    Looking one step ahead misses a costly criterion that opens the way to several cheap ones.

    Parameters
    ----------
    worksheet, points, status
        As in `road_map`.

    Returns
    -------
    pandas.DataFrame
        As `road_map`, which never takes more effort.

    Raises
    ------
    PlaybookError
        As `road_map`.

    Examples
    --------
    >>> worksheet = pd.DataFrame({
    ...     "criterion": ["A", "B", "C", "D"], "evidenced": ["yes", "no", "no", "no"],
    ...     "effort": ["S", "L", "S", "M"], "needs": [None, None, "B", None],
    ... })
    >>> cheapest_first(worksheet, points=3)["criterion"].tolist()
    ['D', 'B']
    >>> road_map(worksheet, points=3)["criterion"].tolist()
    ['B', 'C']
    """
    met, cost, needs = _checked(worksheet, points, status)
    open_places = set(np.flatnonzero(~met).tolist())
    order = _in_order(open_places, met, needs, lambda place: (int(cost[place]), place))
    return _steps(worksheet, cost, order[: max(points - int(met.sum()), 0)])


def _in_order(
    places: set[int], met: Flags, needs: list[int], by: Callable[[int], tuple[int, int]]
) -> list[int]:
    """Put criteria in an order in which each comes after what it needs."""
    done, left, order = set(np.flatnonzero(met).tolist()), set(places), list[int]()
    while left:
        ready = [place for place in left if needs[place] < 0 or needs[place] in done]
        following = min(ready, key=by)
        order.append(following)
        done.add(following)
        left.remove(following)
    return order


def _steps(worksheet: pd.DataFrame, cost: Integers, order: list[int]) -> pd.DataFrame:
    points = cost[order] if order else np.array([], dtype=np.int64)
    steps = worksheet[["criterion", "effort"]].iloc[order].reset_index(drop=True)
    return steps.assign(points_of_effort=points, total=points.cumsum())


def _status(worksheet: pd.DataFrame, status: str) -> pd.Series:
    check_columns(worksheet, [status])
    answer = worksheet[status]
    odd = answer[~answer.isin(ANSWERS)]
    if len(odd) or not len(answer):
        seen = f"I found {odd.iloc[0]!r}" if len(odd) else "the worksheet is empty"
        raise PlaybookError(
            f"The column {status} says yes, partial or no; {seen}.",
            fix="Write one of the three words for each criterion.",
        )
    return answer


def _checked(
    worksheet: pd.DataFrame, points: int, status: str
) -> tuple[Flags, Integers, list[int]]:
    """Give what is met, the effort of each criterion, and the place of what it needs, or -1."""
    check_columns(worksheet, ["criterion", status, "effort", "needs"])
    met = (_status(worksheet, status) == "yes").to_numpy(dtype=bool)
    if points > len(met):
        raise PlaybookError(
            f"The worksheet has {len(met)} criteria, fewer than {points}.",
            fix="Ask for fewer points, or fill in the missing rows.",
        )
    effort = worksheet["effort"].map(EFFORT)
    if effort.isna().any():
        raise PlaybookError(
            f"Effort is S, M or L; I found {worksheet['effort'][effort.isna()].iloc[0]!r}.",
            fix="Write one of the three letters for each criterion.",
        )
    places = {code: place for place, code in enumerate(worksheet["criterion"])}
    needs = [-1 if pd.isna(need) else places.get(need, -2) for need in worksheet["needs"]]
    if -2 in needs:
        raise PlaybookError(
            f"{worksheet['criterion'].iloc[needs.index(-2)]} needs "
            f"{worksheet['needs'].iloc[needs.index(-2)]!r}, which is not in the worksheet.",
            fix="Write the code of a criterion, or leave the cell empty.",
        )
    for place, code in enumerate(worksheet["criterion"]):
        _check_chain(place, str(code), needs)
        if met[place] and needs[place] >= 0 and not met[needs[place]]:
            raise PlaybookError(
                f"{code} is met, but not {worksheet['criterion'].iloc[needs[place]]}, which "
                "it needs.",
                fix="Look again at both, or empty the cell that says so.",
            )
    return np.asarray(met), np.asarray(effort, dtype=np.int64), needs


def _check_chain(place: int, code: str, needs: list[int]) -> None:
    """Refuse needs that lead back to where they began."""
    at = place
    for _ in needs:
        at = needs[at]
        if at < 0:
            return
    raise PlaybookError(
        f"What {code} needs leads back in a circle: nothing in it could come first.",
        fix="Empty one of the cells in the column needs.",
    )
