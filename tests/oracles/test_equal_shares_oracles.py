"""Counting rules against pabutools, the library of the Pabulib authors.

`fixtures/equal_shares.csv` holds 80 small elections and what pabutools 1.2.3 funds in them. It was
made by writing `election_of_seed(seed)` and `pabutools_answers(...)` for the seeds 0 to 79, so that
the comparison holds where pabutools is not installed.
"""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from playbook.measures.ballots import greedy_winners
from playbook.measures.equal_shares import equal_shares

FIXTURE = Path(__file__).parent / "fixtures" / "equal_shares.csv"
RULES = ("votes", "votes per cost", "cost", "cost filled", "cardinality", "cardinality filled")
Election = tuple[int, list[int], list[set[int]]]


def election_of_seed(seed: int) -> Election:
    """Draw a budget, costs, and ballots; every second one is full of ties."""
    random = np.random.default_rng(seed)
    projects, voters = int(random.integers(2, 12)), int(random.integers(2, 40))
    high, unit = (7, 5) if seed % 2 else (60, 1)
    costs = (unit * random.integers(1, high, projects)).tolist()
    wanted = random.random((voters, projects)) < random.uniform(0.1, 0.6)
    budget = int(random.integers(min(costs), sum(costs) + 1))
    return budget, costs, [set(np.flatnonzero(row).tolist()) for row in wanted]


def names(count: int) -> list[str]:
    return [f"p{number:02}" for number in range(count)]


def our_answers(election: Election) -> dict[str, list[str]]:
    budget, costs, ballots = election
    ids = names(len(costs))
    projects = pd.DataFrame({"project_id": ids, "cost": costs})
    votes = pd.DataFrame(
        {
            "voter_id": range(len(ballots)),
            "project_ids": [",".join(ids[one] for one in sorted(ballot)) for ballot in ballots],
        }
    )
    answers = {
        rule: greedy_winners(projects, votes, budget, by=rule)["project_id"].tolist()
        for rule in ("votes", "votes per cost")
    }
    for utility in ("cost", "cardinality"):
        funded = equal_shares(projects, votes, budget, utility=utility)
        by_shares = funded["paid_from"] == "shares"
        answers[utility] = funded.loc[by_shares, "project_id"].tolist()
        answers[f"{utility} filled"] = funded["project_id"].tolist()
    return answers


def pabutools_answers(election: Election) -> dict[str, list[str]]:
    pytest.importorskip("pabutools")
    from pabutools.election import (
        ApprovalBallot,
        ApprovalProfile,
        Cardinality_Sat,
        Cost_Sat,
        Instance,
        Project,
    )
    from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

    budget, costs, ballots = election
    projects = [Project(*pair) for pair in zip(names(len(costs)), costs, strict=True)]
    instance = Instance(projects, budget_limit=budget)
    profile = ApprovalProfile(
        [ApprovalBallot([projects[one] for one in sorted(ballot)]) for ballot in ballots],
        instance=instance,
    )
    # Worth as much as it costs, points per dollar are votes; worth the same, votes per dollar.
    found = {
        "votes": greedy_utilitarian_welfare(instance, profile, Cost_Sat),
        "votes per cost": greedy_utilitarian_welfare(instance, profile, Cardinality_Sat),
    }
    for utility, measure in (("cost", Cost_Sat), ("cardinality", Cardinality_Sat)):
        shares = method_of_equal_shares(instance, profile, measure, voter_budget_increment=1)
        found[utility] = shares
        found[f"{utility} filled"] = greedy_utilitarian_welfare(
            instance, profile, Cost_Sat, initial_budget_allocation=shares
        )
    # Unlike pabutools we never fund what nobody voted for. It comes last there, so it takes no
    # money from others.
    voted = {projects[one].name for ballot in ballots for one in ballot}
    return {
        rule: [one.name for one in chosen if one.name in voted] for rule, chosen in found.items()
    }


def stored() -> list[tuple[Election, dict[str, list[str]]]]:
    with FIXTURE.open(encoding="utf-8", newline="") as file:
        return [
            (
                (
                    int(row["budget"]),
                    [int(cost) for cost in row["costs"].split()],
                    [
                        {int(one) for one in ballot.split(".") if one}
                        for ballot in row["ballots"].split(" ")
                    ],
                ),
                {rule: row[rule].split() for rule in RULES},
            )
            for row in csv.DictReader(file)
        ]


def write_fixture() -> None:
    """Make the stored answers anew; needs pabutools."""
    with FIXTURE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["budget", "costs", "ballots", *RULES])
        for seed in range(80):
            budget, costs, ballots = election = election_of_seed(seed)
            marks = [".".join(map(str, sorted(ballot))) for ballot in ballots]
            answers = pabutools_answers(election)
            found = [" ".join(answers[rule]) for rule in RULES]
            writer.writerow([budget, " ".join(map(str, costs)), " ".join(marks), *found])


def test_stored_answers_are_reached_in_the_same_order() -> None:
    elections = stored()
    assert len(elections) == 80
    for number, (election, expected) in enumerate(elections):
        assert our_answers(election) == expected, f"row {number + 2} of {FIXTURE.name}"


def test_the_stored_elections_tell_the_rules_apart() -> None:
    answers = [expected for _, expected in stored()]
    for one, other in (
        ("votes", "votes per cost"),
        ("cost", "cardinality"),
        ("cost", "cost filled"),
        ("votes", "cardinality filled"),
    ):
        differ = sum(set(each[one]) != set(each[other]) for each in answers)
        assert differ >= 8, (one, other, differ)


@pytest.mark.gate
@pytest.mark.parametrize("first", range(0, 300, 60))
def test_random_elections_are_counted_as_pabutools_counts_them(first: int) -> None:
    pytest.importorskip("pabutools")
    for seed in range(first, first + 60):
        election = election_of_seed(seed)
        assert our_answers(election) == pabutools_answers(election), seed
