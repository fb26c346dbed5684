"""Whether places differ by more than chance would make them."""

from __future__ import annotations

import numpy.typing as npt

from playbook.measures.places import paired


def chance_of_no_difference(values: npt.ArrayLike, standard_errors: npt.ArrayLike) -> float:
    """How often places that are all alike would lie at least this far apart.

    Parameters
    ----------
    values
        One figure a place, in any unit. An array, or a Series with the names of the places.
    standard_errors
        Its standard error, above 0, in the same unit. A Series is matched by name.

    Returns
    -------
    float
        Between 0 and 1. A small number says that the places differ.

    Raises
    ------
    PlaybookError
        When there are fewer than two places, the two don't match, or an error is not above 0.

    Notes
    -----
    Cochran's Q, compared with chi-square on one degree of freedom less than there are places.
    Cochran WG (1954), Biometrics 10:101-129.

    Examples
    --------
    >>> round(chance_of_no_difference([69.5, 74.0, 78.2, 87.1], [1.1, 0.9, 1.0, 2.3]), 3)
    0.0
    >>> round(chance_of_no_difference([76.8, 77.4, 78.0, 77.1], [1.1, 0.9, 1.0, 2.3]), 2)
    0.88
    """
    from scipy.special import gammaincc

    _, value, error = paired(values, standard_errors)
    trust = 1 / error**2
    average = (trust * value).sum() / trust.sum()
    distance = (trust * (value - average) ** 2).sum()
    return float(gammaincc((len(value) - 1) / 2, distance / 2))
