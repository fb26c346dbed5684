"""No test, no lesson and nothing that they start reaches another computer."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable

import pytest

# An address that is kept for documentation, so that nobody answers if the block fails.
FAR = ("192.0.2.1", 80)


def send_to(address: tuple[str, int]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as letter:
        letter.sendto(b"x", address)


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(FAR, timeout=0.1),
        lambda: send_to(FAR),
        lambda: socket.getaddrinfo("example.org", 443),
        lambda: socket.create_connection(("::ffff:c000:201", 80), timeout=0.1),
    ],
)
def test_other_computers_are_out_of_reach(reach: Callable[[], object]) -> None:
    with pytest.raises(RuntimeError, match="No network"):
        reach()


def test_this_computer_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), timeout=5):
            pass
        assert socket.getaddrinfo("localhost", 80)


def test_a_program_that_a_test_starts_is_blocked_too() -> None:
    code = f"import socket; socket.create_connection({FAR!r}, timeout=0.1)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "No network" in run.stderr
