"""Files as big as cities have them, in the published layouts, and the time to bring them."""

from __future__ import annotations

import csv
import io
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

TRACTS, REQUESTS = 65_000, 60_000
WARM_UP = b"opened,closed,type,neighborhood\n2025-03-01 08:00:00,2025-03-02 09:00:00,Noise,Kiln\n"


def national_lives() -> bytes:
    """Make the national file of life expectancies: one row a census tract."""
    random = np.random.default_rng(1)
    state, county = random.integers(1, 57, TRACTS), random.integers(1, 200, TRACTS) * 2 - 1
    lives, errors = random.normal(78, 3, TRACTS), random.uniform(0.7, 3, TRACTS)
    kinds = random.integers(1, 4, TRACTS)
    header = '"Tract ID","STATE2KX","CNTY2KX","TRACT2KX","e(0)","se(e(0))",'
    lines = [header + '"Abridged life table flag"']
    for at in range(TRACTS):
        parts = f"{state[at]:02}", f"{county[at]:03}", f"{at:06}"
        numbers = f"{lives[at]:.1f},{errors[at]:.4f},{kinds[at]}"
        lines.append(f"{''.join(parts)},{','.join(parts)},{numbers}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def year_of_requests() -> bytes:
    """Make a year of a big city's service requests: 29 columns, most of them no lesson's."""
    random = np.random.default_rng(1)
    opened = np.datetime64("2025-01-01", "s") + random.integers(0, 365 * 86_400, REQUESTS)
    closed = opened + (random.gamma(0.5, 8, REQUESTS) * 86_400).astype("timedelta64[s]")
    place = random.integers(0, 22, REQUESTS)
    header = ["case_id", "open_dt", "closed_dt", "case_status", "type", "neighborhood", "source"]
    header += ["closure_reason", "location", "latitude", "longitude"]
    header += [f"district_{number}" for number in range(18)]
    text = io.StringIO(newline="")
    write = csv.writer(text)
    write.writerow(header)
    for at in range(REQUESTS):
        is_open = closed[at] > np.datetime64("2025-12-31")
        ways = ["", "Open"] if is_open else [str(closed[at]).replace("T", " "), "Closed"]
        row = [101_000_000_000 + at, str(opened[at]).replace("T", " "), *ways]
        row += [f"Type {at % 90}", f"Neighborhood {place[at]}", "Call"]
        row += ["Case closed. The crew came, and mended it the same day.", f"{at} Example Street"]
        row += [f"{42 + at / 1e6:.6f}", f"{-71 - at / 1e6:.6f}", *[f"D{place[at]}"] * 18]
        write.writerow(row)
    return text.getvalue().encode()


def brought(make: Callable[[], bytes]) -> float:
    """Read a file for a new city, store its table, and check what was stored."""
    from playbook.city import own, store

    with tempfile.TemporaryDirectory(prefix="playbook-bench-") as folder:
        os.environ["PLAYBOOK_WORK"] = folder
        own.new_city("Elsewhere")
        # What is loaded once a day is no part of reading a file.
        store.add_contents([("small.csv", WARM_UP)], "elsewhere")
        own.new_city("Anywhere")
        path = Path(folder) / "file.csv"
        path.write_bytes(make())
        began = time.process_time()
        store.add_file(path, "anywhere")
        report = store.check_city("anywhere")
        spent = time.process_time() - began
    if report.level == "stop":
        raise SystemExit(str(report))
    return spent


def bare(make: Callable[[], bytes]) -> float:
    """Read the same with pandas alone."""
    content = make()
    pd.read_csv(io.BytesIO(WARM_UP))
    began = time.process_time()
    pd.read_csv(io.BytesIO(content))
    return time.process_time() - began
