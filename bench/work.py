"""The heavy work of the statistics: `python bench/work.py NAME` prints CPU seconds and peak MB.

Each job runs in a process of its own, so that what one has loaded or kept helps no other.
"""

from __future__ import annotations

import ast
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import city_files
import numpy as np
import pandas as pd
import survey_file

import playbook as pb

GALLERY = Path(__file__).parent.parent / "book" / "chart-gallery.ipynb"
Job = Callable[[], float]
# Raked shares may miss those wanted by less than this.
LARGEST_MISS = 1e-8


def _inequality() -> float:
    """Every gap measure with its range: 1,000 draws, 2,000 groups, ten years."""
    random = np.random.default_rng(1)
    steps = np.exp(np.linspace(0.5, -0.5, 2000))
    years = []
    for _ in range(10):
        people = random.integers(500, 8000, len(steps))
        years.append((random.poisson(0.02 * people * steps), people))
    began = time.process_time()
    for events, people in years:
        pb.bootstrap_ranges(events, people, draws=1000)
    return time.process_time() - began


def _ranks() -> float:
    """Rank intervals of 65,000 areas, 2,000 draws."""
    random = np.random.default_rng(1)
    values, errors = random.normal(78, 4, 65_000), random.uniform(0.8, 3, 65_000)
    began = time.process_time()
    pb.rank_intervals(values, errors, draws=2000)
    return time.process_time() - began


def _suppression() -> float:
    """Complementary suppression of 200 rows by 50 columns."""
    random = np.random.default_rng(1)
    counts = pd.DataFrame(random.poisson(random.gamma(1.5, 20, (200, 50))))
    began = time.process_time()
    pb.suppress(counts)
    return time.process_time() - began


def _raking() -> float:
    """Rake 100,000 answers on five margins."""
    answers, margins = _survey()
    began = time.process_time()
    raked = pb.rake(answers, margins)
    spent = time.process_time() - began
    for variable, wanted in margins.groupby("variable"):
        share = raked.weights.groupby(answers[variable]).sum() / raked.weights.sum()
        aim = wanted.set_index("category")["people"] / wanted["people"].sum()
        if (share - aim).abs().max() >= LARGEST_MISS:
            raise SystemExit(f"The weights miss the sums of {variable}.")
    return spent


def _raking_ipfn() -> float:
    """Do the same with ipfn."""
    from ipfn.ipfn import ipfn

    answers, margins = _survey()
    names = list(margins["variable"].unique())
    cells = answers.value_counts(names).astype("float64").rename("total").reset_index()
    sums = [
        part.set_index("category")["people"].rename_axis(name) * len(answers) / part["people"].sum()
        for name in names
        for part in [margins[margins["variable"] == name]]
    ]
    began = time.process_time()
    ipfn(cells, sums, [[name] for name in names], convergence_rate=1e-10).iteration()
    return time.process_time() - began


def _survey() -> tuple[pd.DataFrame, pd.DataFrame]:
    random = np.random.default_rng(1)
    sizes = {"age": 6, "home": 3, "language": 4, "district": 8, "income": 5}
    columns, rows = {}, []
    for name, size in sizes.items():
        shares = random.dirichlet(np.full(size, 5))
        columns[name] = random.choice(size, 100_000, p=shares).astype(str)
        people = random.integers(5_000, 50_000, size)
        rows += [(name, str(one), int(count)) for one, count in enumerate(people)]
    return pd.DataFrame(columns), pd.DataFrame(rows, columns=["variable", "category", "people"])


def _election() -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """10,000 voters, 60 projects, 1 to 10 choices a voter."""
    random = np.random.default_rng(1)
    ids = np.array([f"P{number:02}" for number in range(60)])
    cost = random.integers(5_000, 120_000, len(ids))
    liked = random.dirichlet(np.full(len(ids), 0.6))
    ballots = [
        ",".join(random.choice(ids, random.integers(1, 11), replace=False, p=liked))
        for _ in range(10_000)
    ]
    projects = pd.DataFrame({"project_id": ids, "cost": cost})
    return projects, pd.DataFrame({"voter_id": range(10_000), "project_ids": ballots}), 1_000_000


def _shares() -> float:
    """Equal Shares with the completion Add1 and the fill."""
    projects, ballots, budget = _election()
    began = time.process_time()
    pb.equal_shares(projects, ballots, budget, utility="cardinality")
    return time.process_time() - began


def _shares_pabutools() -> float:
    """Do the same with pabutools, its completion by steps of one included."""
    from pabutools.election import (
        ApprovalBallot,
        ApprovalProfile,
        Cardinality_Sat,
        Instance,
        Project,
    )
    from pabutools.rules import (
        completion_by_rule_combination,
        exhaustion_by_budget_increase,
        greedy_utilitarian_welfare,
        method_of_equal_shares,
    )

    projects, ballots, budget = _election()
    named = {
        name: Project(name, int(cost))
        for name, cost in projects[["project_id", "cost"]].itertuples(index=False)
    }
    instance = Instance(named.values(), budget_limit=budget)
    profile = ApprovalProfile(
        ApprovalBallot(named[name] for name in text.split(",")) for text in ballots["project_ids"]
    )
    began = time.process_time()
    completion_by_rule_combination(
        instance,
        profile,
        [exhaustion_by_budget_increase, greedy_utilitarian_welfare],
        [
            {
                "rule": method_of_equal_shares,
                "rule_params": {"sat_class": Cardinality_Sat},
                "budget_step": len(ballots),
            },
            {"sat_class": Cardinality_Sat},
        ],
    )
    return time.process_time() - began


def _city() -> float:
    """Make every table of Port Alder, as text."""
    from playbook.simulate.build import as_csv, tables

    began = time.process_time()
    for table in tables().values():
        as_csv(table)
    return time.process_time() - began


def _charts() -> float:
    """Draw every chart of the gallery; the slowest counts."""
    cells = json.loads(GALLERY.read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    slowest = 0.0
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        *before, last = ast.parse("".join(cell["source"])).body
        exec(compile(ast.Module(before, []), cell["id"], "exec"), names)
        if not isinstance(last, ast.Expr):
            exec(compile(ast.Module([last], []), cell["id"], "exec"), names)
            continue
        shown = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)
        if hasattr(shown, "svg"):
            _ = shown.svg  # the first drawing of all loads the fonts
            began = time.process_time()
            shown.draw()
            slowest = max(slowest, time.process_time() - began)
    return slowest


JOBS: dict[str, Job] = {
    "inequality": _inequality,
    "ranks": _ranks,
    "suppression": _suppression,
    "raking": _raking,
    "raking-ipfn": _raking_ipfn,
    "equal-shares": _shares,
    "equal-shares-pabutools": _shares_pabutools,
    "city": _city,
    "charts": _charts,
    "lives": lambda: city_files.brought(city_files.national_lives),
    "lives-bare": lambda: city_files.bare(city_files.national_lives),
    "requests": lambda: city_files.brought(city_files.year_of_requests),
    "requests-bare": lambda: city_files.bare(city_files.year_of_requests),
    "survey": survey_file.brought,
    "survey-bare": lambda: city_files.bare(lambda: survey_file.survey_and_codebook()[0]),
}


if __name__ == "__main__":
    seconds = JOBS[sys.argv[1]]()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak]))
