"""How deep the generated cases go, and where the time of a run went."""

import os
from collections import Counter
from pathlib import PurePosixPath

import pytest
from hypothesis import settings

# Every day: the same cases each time, so that a red run stays red until it is repaired.
settings.register_profile("daily", max_examples=50, deadline=None, derandomize=True)
# Before a release, and weekly: new cases each time, and many of them.
settings.register_profile("thorough", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daily"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seconds of each part, so that the slowest is known when the daily run grows."""
    seconds: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                file = PurePosixPath(report.nodeid.split("::")[0])
                part = "/".join(file.parts[:3] if file.parts[0] == "tests" else file.parts[:1])
                seconds[part] += report.duration
    if seconds:
        terminalreporter.section("seconds per part")
        for part, spent in seconds.most_common():
            terminalreporter.line(f"{spent:7.1f} {part}")
