"""How a yes-or-no answer depends on several things at once: logistic regression.

The fit gives each thing a weight, and each row a chance between 0 and 1. It describes who answers
yes; it doesn't say why.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.curves import check_columns
from playbook.measures.intervals import normal_quantile
from playbook.measures.places import numbers_of

Numbers = npt.NDArray[np.float64]

CONSTANT = "constant"
# The fit is there when no coefficient moves by more, counted in spreads of its column.
STILL = 1e-9
# Newton's method needs about six steps. One that needs more than this is running away.
MOST_STEPS = 40
# A step that overshoots is halved this often, then taken as it is.
HALVINGS = 20
# Near the top, rounding alone lowers the fitness by about this share.
ROUNDING = 1e-12
# Columns that add up to one another leave a direction with less spread than this.
FLAT = 1e-9


def logistic_fit(
    x: npt.ArrayLike | pd.DataFrame, y: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> pd.DataFrame:
    """Fit the chance of a yes to columns of numbers.

    Parameters
    ----------
    x
        One row a case, one column a thing known about it, without a column for the constant. The
        columns of a DataFrame give the terms their names; others are called x1, x2 and so on.
    y
        1 for yes and 0 for no. Same length.
    weights
        How many cases each row stands for, 0 or more. Left out: one each. Survey weights give the
        right coefficients, and standard errors that are too small.

    Returns
    -------
    pandas.DataFrame
        One row a term, the constant first: ``term``, ``coefficient`` (change of the logarithm of
        the odds for one unit more), ``standard_error``, ``low`` and ``high`` (95 percent).

    Raises
    ------
    PlaybookError
        When a number is missing, the lengths differ, all answers are the same, a column has one
        value only or follows from others, or a column tells yes from no without a miss.

    Notes
    -----
    Maximum likelihood by Newton's method, which is iteratively reweighted least squares here:
    McCullagh P, Nelder JA (1989), Generalized Linear Models, 2nd ed., chapter 4.

    Examples
    --------
    >>> homes = pd.DataFrame({"old": [0, 0, 0, 0, 1, 1, 1, 1]})
    >>> logistic_fit(homes, [0, 0, 0, 1, 0, 1, 1, 1]).round(2)
           term  coefficient  standard_error   low  high
    0  constant         -1.1            1.15 -3.36  1.16
    1       old          2.2            1.63 -1.00  5.40
    """
    terms, columns = _columns(x)
    answer = _answers(y, len(columns))
    weight = _weights(weights, len(columns))
    _check_answers_differ(answer, weight)
    center, spread = _scale(columns, terms, weight)
    scaled = np.column_stack([np.ones(len(columns)), (columns - center) / spread])
    coefficients, covariance = _newton(scaled, answer, weight)
    # Back from spreads to the columns' own units; the constant takes up the centers.
    back = np.diag(np.r_[1.0, 1 / spread])
    back[0, 1:] = -center / spread
    coefficient = back @ coefficients
    error = np.sqrt(np.diag(back @ covariance @ back.T))
    reach = normal_quantile(0.95) * error
    return pd.DataFrame(
        {
            "term": [CONSTANT, *terms],
            "coefficient": coefficient,
            "standard_error": error,
            "low": coefficient - reach,
            "high": coefficient + reach,
        }
    )


def logistic_predict(fit: pd.DataFrame, x: npt.ArrayLike | pd.DataFrame) -> Numbers:
    """Give the chance of a yes that a fit assigns to each row.

    Parameters
    ----------
    fit
        What `logistic_fit` returned.
    x
        Columns as in the fit. A DataFrame may hold others too: they are found by name.

    Returns
    -------
    numpy.ndarray
        One chance a row, between 0 and 1.

    Raises
    ------
    PlaybookError
        When a column of the fit is missing or a number is.

    Examples
    --------
    >>> homes = pd.DataFrame({"old": [0, 0, 0, 0, 1, 1, 1, 1]})
    >>> fit = logistic_fit(homes, [0, 0, 0, 1, 0, 1, 1, 1])
    >>> logistic_predict(fit, pd.DataFrame({"old": [0, 1]})).round(2).tolist()
    [0.25, 0.75]
    """
    terms = [str(term) for term in fit["term"] if term != CONSTANT]
    if isinstance(x, pd.DataFrame):
        check_columns(x, terms)
        x = x[terms]
    _, columns = _columns(x)
    if columns.shape[1] != len(terms):
        raise PlaybookError(
            f"The fit has {len(terms)} columns, and I got {columns.shape[1]}.",
            fix=f"Hand over these, in this order: {', '.join(terms)}.",
        )
    coefficient = fit.set_index("term")["coefficient"]
    return _chance(coefficient[CONSTANT] + columns @ coefficient[terms].to_numpy(dtype=float))


def _chance(log_odds: Numbers) -> Numbers:
    # Written with tanh: exp would overflow far out.
    return np.asarray(0.5 * (1 + np.tanh(log_odds / 2)))


def _columns(x: npt.ArrayLike | pd.DataFrame) -> tuple[list[str], Numbers]:
    """Give the names of the columns, and their numbers."""
    table = x if isinstance(x, pd.DataFrame) else pd.DataFrame(np.asarray(x))
    if isinstance(x, pd.DataFrame):
        names = [str(name) for name in table.columns]
    else:
        names = [f"x{place}" for place in range(1, table.shape[1] + 1)]
    if not names or not len(table):
        raise PlaybookError(
            "There is nothing to fit: the table has no columns or no rows.",
            fix="Hand over one row a case, and at least one column of numbers.",
        )
    numbers = [
        numbers_of(table.iloc[:, place], f"the column {name}") for place, name in enumerate(names)
    ]
    return names, np.column_stack(numbers)


def _answers(y: npt.ArrayLike, rows: int) -> Numbers:
    answer = numbers_of(y, "an answer")
    _check_length(len(answer), rows, "answers")
    odd = answer[(answer != 0) & (answer != 1)]
    if len(odd):
        raise PlaybookError(
            f"An answer is 1 for yes or 0 for no; I found {odd[0]:g}.",
            fix='Write (table["column"] == "yes") to make it so.',
        )
    return answer


def _weights(weights: npt.ArrayLike | None, rows: int) -> Numbers:
    if weights is None:
        return np.ones(rows)
    weight = numbers_of(weights, "a weight")
    _check_length(len(weight), rows, "weights")
    if (weight < 0).any():
        raise PlaybookError(
            f"A weight is 0 or more; I found {weight[weight < 0][0]:g}.",
            fix="Check that row, or leave weights out to count each row once.",
        )
    return weight


def _check_length(found: int, rows: int, name: str) -> None:
    if found != rows:
        raise PlaybookError(
            f"There are {rows:,} rows and {found:,} {name}.", fix="Take both from the same table."
        )


def _check_answers_differ(answer: Numbers, weight: Numbers) -> None:
    yes, every = float(weight @ answer), float(weight.sum())
    if not 0 < yes < every:
        raise PlaybookError(
            f"All {int((weight > 0).sum()):,} answers are the same: nothing tells yes from no.",
            fix="Use more rows, or report the share alone.",
        )


def _scale(columns: Numbers, terms: list[str], weight: Numbers) -> tuple[Numbers, Numbers]:
    """Give center and spread of each column; refuse columns that say nothing of their own."""
    share = weight / weight.sum()
    center = share @ columns
    apart = columns - center
    spread = np.sqrt(share @ apart**2)
    size = np.maximum(np.abs(columns).max(axis=0), 1.0)
    for term, one_value in zip(terms, spread <= FLAT * size, strict=True):
        if one_value:
            raise PlaybookError(
                f"The column {term} has one value in all rows: it can't tell them apart.",
                fix="Leave the column out; the fit adds a constant of its own.",
            )
    if np.linalg.eigvalsh((apart / spread).T @ (apart / spread * share[:, None]))[0] < FLAT:
        raise PlaybookError(
            "One column follows from the others, so their parts can't be told apart.",
            fix="Leave one out. Of a set of yes-or-no columns that cover every case, one goes.",
        )
    return center, spread


def _newton(scaled: Numbers, answer: Numbers, weight: Numbers) -> tuple[Numbers, Numbers]:
    """Climb to the coefficients under which the answers are likeliest; and their covariance."""
    at = np.zeros(scaled.shape[1])
    for _ in range(MOST_STEPS):
        chance = _chance(scaled @ at)
        information = (scaled * (weight * chance * (1 - chance))[:, None]).T @ scaled
        if np.linalg.eigvalsh(information)[0] <= FLAT * FLAT * weight.sum():
            break
        uphill = scaled.T @ (weight * (answer - chance))
        step = np.asarray(np.linalg.solve(information, uphill), dtype=float)
        if np.abs(step).max() < STILL:
            return at, np.asarray(np.linalg.inv(information), dtype=float)
        at = _uphill(scaled, answer, weight, at, step)
    raise PlaybookError(
        "Some column, or several together, tell yes from no without a miss. Then no finite "
        "coefficient fits best.",
        fix="Use more rows, join rare answers with others, or leave out the column that gives "
        "the answer away.",
    )


def _uphill(
    scaled: Numbers, answer: Numbers, weight: Numbers, at: Numbers, step: Numbers
) -> Numbers:
    """Take the step, or as much of it as doesn't overshoot."""
    before = _fitness(scaled, answer, weight, at)
    enough = before - ROUNDING * abs(before)
    for _ in range(HALVINGS):
        if _fitness(scaled, answer, weight, at + step) >= enough:
            break
        step = step / 2
    return at + step


def _fitness(scaled: Numbers, answer: Numbers, weight: Numbers, at: Numbers) -> float:
    """Logarithm of how likely the answers are."""
    log_odds = scaled @ at
    return float(weight @ (answer * log_odds - np.logaddexp(0, log_odds)))
