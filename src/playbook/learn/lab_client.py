"""Run a notebook through a JupyterLab server as a browser does: its API, kernel and channel."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from playbook.errors import PlaybookError
from playbook.learn.lab_server import LabServer

CELL_SECONDS = 120


def run_lesson(server: LabServer, tell: Callable[[str], None]) -> int:
    """Open the server's notebook and run each code cell, top to bottom.

    Parameters
    ----------
    server
        A running server.
    tell
        Takes one line of progress.

    Returns
    -------
    int
        How many code cells ran.

    Raises
    ------
    PlaybookError
        If a cell stops with an error; it says which, and the last line of the error.
    """
    model = server.request("GET", f"api/contents/{quote(server.document)}?content=1")
    codes = [cell for cell in model["content"]["cells"] if cell["cell_type"] == "code"]
    session = server.request(
        "POST",
        "api/sessions",
        {
            "path": server.document,
            "name": model["name"],
            "type": "notebook",
            "kernel": {"name": model["content"]["metadata"]["kernelspec"]["name"]},
        },
    )
    with _Channel(server, session["kernel"]["id"]) as channel:
        for number, cell in enumerate(codes, start=1):
            tell(f"Running step {number} of {len(codes)}")
            error = channel.run("".join(cell["source"]))
            if error:
                raise PlaybookError(
                    f"Cell {cell.get('id', number)} stopped: {error}",
                    where=server.document,
                    fix="Run `playbook check` on the lesson. Or get the Playbook again.",
                )
    server.request("DELETE", f"api/sessions/{session['id']}")
    return len(codes)


class _Channel:
    """The message channel of one kernel, from `__enter__` to `__exit__`."""

    def __init__(self, server: LabServer, kernel: str) -> None:
        address = server.url.replace("http://", "ws://", 1)
        self._url = f"{address}api/kernels/{kernel}/channels"
        self._token = server.token
        self._session = uuid.uuid4().hex

    def __enter__(self) -> _Channel:
        import websocket

        self._socket: Any = websocket.create_connection(
            self._url,
            # In the head, not in the address: addresses end up in logs.
            header={"Authorization": f"token {self._token}"},
            timeout=CELL_SECONDS,
            http_no_proxy=["127.0.0.1"],
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def run(self, code: str) -> str:
        """Run one cell; returns the error in a line, or nothing."""
        message = uuid.uuid4().hex
        header = {
            "msg_id": message,
            "msg_type": "execute_request",
            "session": self._session,
            "username": "",
            "version": "5.3",
        }
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        self._socket.send(
            json.dumps(
                {
                    "header": header,
                    "parent_header": {},
                    "metadata": {},
                    "content": content,
                    "channel": "shell",
                }
            )
        )
        error, replied, idle = "", False, False
        while not (replied and idle):
            answer = json.loads(self._socket.recv())
            if answer["parent_header"].get("msg_id") != message:
                continue
            kind, told = answer["msg_type"], answer["content"]
            if kind == "execute_reply":
                replied = True
                if told["status"] == "error":
                    # The first line: an error in plain words has its advice in the second.
                    error = f"{told['ename']}: {told['evalue']}".splitlines()[0]
            elif kind == "status":
                idle = told["execution_state"] == "idle"
        return error
