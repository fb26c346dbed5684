"""A big city's resident survey, and the time to weigh it and keep its shares."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

SHEETS, QUESTIONS = 10_000, 10
TRAITS = {"age": 3, "tenure": 2, "language": 2, "sex": 3, "district": 8}


def survey_and_codebook() -> tuple[bytes, bytes]:
    """Make 10,000 answer sheets with five traits to weigh by, and what their codes mean."""
    random = np.random.default_rng(1)
    columns = {"sheet": np.arange(SHEETS)}
    lines = ["question,column,use,kind,code,label,missing,people"]
    for name, groups in TRAITS.items():
        readiness = np.linspace(1, 3, groups)
        columns[name] = random.choice(groups, SHEETS, p=readiness / readiness.sum())
        for code in range(groups):
            lines.append(f"{name},{name},weigh,single,{code},{name} {code},,{10_000 + 900 * code}")
    for number in range(QUESTIONS):
        columns[f"q{number}"] = random.choice([1, 2, 3, 4, 5, 98], SHEETS)
        lines += [
            f"q{number},q{number},question,single,{code},Answer {code},," for code in range(1, 6)
        ]
        lines.append(f"q{number},q{number},question,single,98,Don't know,yes,")
    return pd.DataFrame(columns).to_csv(index=False).encode(), "\n".join(lines).encode()


def brought() -> float:
    """Weigh a survey on five margins for a new city, and store its shares."""
    from playbook.city import own
    from playbook.insights.own_survey import add_survey

    survey, codes = survey_and_codebook()
    with tempfile.TemporaryDirectory(prefix="playbook-bench-") as folder:
        os.environ["PLAYBOOK_WORK"] = folder
        own.new_city("Elsewhere")
        paths = [Path(folder) / "survey.csv", Path(folder) / "codes.csv"]
        for path, content in zip(paths, (survey, codes), strict=True):
            path.write_bytes(content)
        began = time.process_time()
        add_survey(*paths, "elsewhere")
        return time.process_time() - began
