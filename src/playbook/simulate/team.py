"""How ready the city's own team says it is: `capacity_responses`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from playbook.simulate.world import stream

PEOPLE = {"Leader": 14, "Manager": 14, "Front line": 18}

# Average score of leaders, managers and front-line staff. They agree within less than a point,
# but for engagement.
AVERAGES = {
    "Race and Equity": (2.1, 1.9, 1.7),
    "Strategic Data Capacity": (2.6, 2.5, 2.3),
    "Comprehensive Policy Agendas": (2.0, 1.8, 1.6),
    "Effective Multi-Sector Partnerships": (2.8, 2.6, 2.5),
    "Increased and Diversified Funding": (1.8, 1.7, 1.5),
    "Authentic Community Engagement": (3.3, 2.7, 1.4),
    "Internal Alignment": (2.3, 2.1, 1.7),
}
STATEMENTS = range(1, 6)
HIGHEST_SCORE = 4
PERSON_SPREAD = 0.35  # some people score everything higher than others of their role
ANSWER_SPREAD = 0.75


def capacity_responses(seed: int) -> pd.DataFrame:
    """Draw the table `capacity_responses`: one row a person, capacity and statement.

    Parameters
    ----------
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. The order of people tells nothing about their role.

    Examples
    --------
    >>> answers = capacity_responses(7)
    >>> answers.groupby("role")["response_id"].nunique().to_dict()
    {'Front line': 18, 'Leader': 14, 'Manager': 14}
    """
    random = stream(seed, "capacity_responses")
    role = random.permutation(np.repeat(np.arange(len(PEOPLE)), list(PEOPLE.values())))
    average = np.array(list(AVERAGES.values())).T[role]
    person = random.normal(0, PERSON_SPREAD, (len(role), 1))
    answers = np.repeat((average + person)[:, :, np.newaxis], len(STATEMENTS), axis=2)
    scores = np.round(random.normal(answers, ANSWER_SPREAD)).clip(0, HIGHEST_SCORE)
    ids = [f"R{number:02}" for number in range(1, len(role) + 1)]
    rows = pd.MultiIndex.from_product(
        [ids, AVERAGES, STATEMENTS], names=["response_id", "capacity", "statement"]
    )
    table = rows.to_frame(index=False).assign(score=scores.astype(np.int64).ravel())
    table.insert(
        1, "role", np.repeat(np.array(list(PEOPLE))[role], len(AVERAGES) * len(STATEMENTS))
    )
    return table
