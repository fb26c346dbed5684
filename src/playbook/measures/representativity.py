"""How evenly the chance of answering a survey was spread."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.measures.logistic import logistic_fit, logistic_predict
from playbook.measures.survey import weighed
from playbook.measures.survey_weights import survey_weights


@dataclass(frozen=True)
class Representativity:
    """How evenly the chance of answering is spread over the people who live here.

    Parameters
    ----------
    r_indicator
        1 when everybody was equally likely to answer; lower when not.
    rate
        How many of the people answered, in percent.
    variation
        How much the chances vary, in percent of their average. 0 when all are equal.
    """

    r_indicator: float
    rate: float
    variation: float

    def __repr__(self) -> str:
        return (
            f"R-indicator {format_number(self.r_indicator, 3)}; "
            f"{format_number(self.rate)} percent answered; "
            f"chances to answer vary by {format_number(self.variation, 0)} percent"
        )


def r_indicator(
    answers: pd.DataFrame, weights: npt.ArrayLike, by: list[str], people: float
) -> Representativity:
    """Measure how evenly the chance of answering was spread.

    With few answers among many people the R-indicator is near 1 whoever answered: then read the
    variation.

    Parameters
    ----------
    answers
        One row an answer, with the columns `by`, none empty.
    weights
        The answers' weights, as `rake` gives them: they say how many people are like each one.
    by
        Traits that the chance may depend on.
    people
        How many people could have answered. More than there are answers.

    Returns
    -------
    Representativity
        The R-indicator, the share that answered and the variation of the chances.

    Raises
    ------
    PlaybookError
        When a column is missing or has empty cells, a weight is missing or not above 0, or people
        are fewer than answers.

    Notes
    -----
    R = 1 - 2 S, where S is the standard deviation of the chances among the people, here from a
    logistic model of the traits; variation is S over the average chance. Schouten B, Cobben F,
    Bethlehem J (2009), Survey Methodology 35:101-113. Not adjusted for the bias of small surveys.

    Examples
    --------
    >>> answers = pd.DataFrame({"tenure": ["Owner"] * 30 + ["Renter"] * 10})
    >>> weights = [20 / 30] * 30 + [20 / 10] * 10
    >>> r_indicator(answers, weights, by=["tenure"], people=80)
    R-indicator 0.500; 50.0 percent answered; chances to answer vary by 50 percent
    """
    traits = [weighed(answers, name, weights)[0] for name in by]
    weight = survey_weights(weights)
    if not people > len(answers):
        raise PlaybookError(
            f"{len(answers):,} answered, and people are {people:,.0f}.",
            fix="Give the number of people who could have answered.",
        )
    cells = (
        pd.DataFrame({"answered": 1, "people": weight * people / weight.sum()})
        .groupby([trait.to_numpy() for trait in traits], as_index=True)
        .sum()
    )
    dummies = pd.get_dummies(
        cells.index.to_frame(index=False).astype("str"), drop_first=True, dtype=float
    )
    silent = (cells["people"] - cells["answered"]).clip(lower=0)
    both = pd.concat([dummies, dummies], ignore_index=True)
    fit = logistic_fit(
        both,
        np.repeat([1, 0], len(cells)),
        np.concatenate([cells["answered"].to_numpy(float), silent.to_numpy(float)]),
    )
    chance = logistic_predict(fit, dummies)
    share = cells["people"].to_numpy() / cells["people"].sum()
    average = float(share @ chance)
    spread = math.sqrt(float(share @ (chance - average) ** 2))
    return Representativity(1 - 2 * spread, 100 * average, 100 * spread / average)
