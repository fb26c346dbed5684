"""A JupyterLab server with settings of its own: nothing of the user's profile is read or written.

It answers on this computer only (127.0.0.1, with a token), asks nothing, fetches nothing, and opens
one lesson in the simple interface. What a learner changes in its settings is kept in `my-work`.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

from playbook.errors import PlaybookError
from playbook.learn.plain_errors import STARTUP_LINE

SETTINGS_FOLDER = ".settings"
START_SECONDS = 120
STOP_SECONDS = 5

# Variables that would bring a user's own Jupyter, IPython or matplotlib set-up into the lesson.
_FOREIGN = ("JUPYTER_", "JUPYTERLAB_", "IPYTHON", "MPLBACKEND", "MATPLOTLIBRC", "PYTHONSTARTUP")

LAB_DEFAULTS: dict[str, dict[str, Any]] = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/docmanager-extension:plugin": {
        "autosave": True,
        "autosaveInterval": 20,
        "confirmClosingDocument": False,
        "renameUntitledFileOnSave": False,
    },
    # The whole lesson stays on the page: the browser's search and screen readers need it there.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
# Off, because it asks a question (news), needs a server part that is not started (language
# services, terminals), or installs software (extensions); and what a lesson has no use for.
_LAB_OFF = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/lsp-extension",
    "@jupyterlab/mermaid-extension",
    "@jupyterlab/notebook-extension:language-server",
    "@jupyterlab/terminal-extension",
    "@jupyterlab/vega5-extension",
)
LAB_PAGE = {"disabledExtensions": dict.fromkeys(_LAB_OFF, True)}


class LabServer:
    """JupyterLab, running from `__enter__` to `__exit__`.

    Parameters
    ----------
    work
        The work folder: root of the server's files, and `PLAYBOOK_WORK` of its kernels.
    notebook
        The notebook to open, inside `work`.
    open_browser
        Whether the server opens the computer's browser on the notebook.

    Raises
    ------
    PlaybookError
        If JupyterLab is not installed, or does not answer within two minutes.
    """

    def __init__(self, work: Path, notebook: Path, *, open_browser: bool = False) -> None:
        self.work = work.resolve()
        self.document = notebook.resolve().relative_to(self.work).as_posix()
        self.open_browser = open_browser
        self.token = secrets.token_hex(24)
        self.url = ""
        self._session: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def lesson_address(self) -> str:
        """The address that opens the lesson in a browser of this computer."""
        return f"{self.url}doc/tree/{quote(self.document)}?token={self.token}"

    def __enter__(self) -> LabServer:
        self._session = Path(tempfile.mkdtemp(prefix="playbook-lab-"))
        try:
            self._start(self._session)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def wait(self) -> None:
        """Wait until the server stops: by File > Shut Down in the browser, or by Ctrl+C."""
        if self._process is not None:
            self._process.wait()

    def request(
        self, method: str, path: str, content: object = None, *, seconds: float = START_SECONDS
    ) -> Any:
        """Ask the server's REST interface; returns what it answers, read from JSON.

        Raises
        ------
        PlaybookError
            If the server refuses.
        """
        data = None if content is None else json.dumps(content).encode()
        ask = urllib.request.Request(f"{self.url}{path}", data=data, method=method)
        ask.add_header("Authorization", f"token {self.token}")
        ask.add_header("Content-Type", "application/json")
        # Loopback never goes through an office proxy, whatever the variables say.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(ask, timeout=seconds) as answer:
                text = answer.read()
        except HTTPError as refused:
            with refused:
                raise PlaybookError(
                    f"JupyterLab refused to open {path.split('?')[0]} (answer {refused.code}).",
                    fix="Run `playbook doctor`. The lessons can be read in the book meanwhile.",
                ) from None
        return json.loads(text) if text else None

    def _start(self, session: Path) -> None:
        config = session / "server.json"
        config.write_text(json.dumps(self._config(session)), encoding="utf-8")
        settings = session / "app"
        settings.mkdir()
        (settings / "overrides.json").write_text(json.dumps(LAB_DEFAULTS), encoding="utf-8")
        (settings / "page_config.json").write_text(json.dumps(LAB_PAGE), encoding="utf-8")
        startup = self.work / SETTINGS_FOLDER / "ipython" / "profile_default" / "startup"
        startup.mkdir(parents=True, exist_ok=True)
        (startup / "plain_errors.py").write_text(STARTUP_LINE, encoding="utf-8")
        with (session / "log.txt").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "jupyterlab", f"--config={config}"],
                cwd=self.work,
                env=self._environment(session),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.url = self._wait_for_url(session)

    def _config(self, session: Path) -> dict[str, Any]:
        own = self.work / SETTINGS_FOLDER / "lab"
        return {
            "ServerApp": {
                "ip": "127.0.0.1",
                "port": 8888,
                "port_retries": 200,
                "root_dir": str(self.work),
                "open_browser": self.open_browser,
                "answer_yes": True,
                "terminals_enabled": False,
                "allow_root": True,
            },
            "LabApp": {
                "default_url": f"/doc/tree/{quote(self.document)}",
                "app_settings_dir": str(session / "app"),
                "user_settings_dir": str(own),
                "workspaces_dir": str(session / "workspaces"),
                "labextensions_path": [str(Path(sys.prefix, "share", "jupyter", "labextensions"))],
                "extension_manager": "readonly",
                "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
                "news_url": None,
            },
        }

    def _environment(self, session: Path) -> Mapping[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.upper().startswith(_FOREIGN)}
        own = self.work / SETTINGS_FOLDER
        return kept | {
            "JUPYTER_NO_CONFIG": "1",
            "JUPYTER_PREFER_ENV_PATH": "1",
            "JUPYTER_DATA_DIR": str(own / "data"),
            "JUPYTER_RUNTIME_DIR": str(session / "runtime"),
            "JUPYTER_TOKEN": self.token,
            "IPYTHONDIR": str(own / "ipython"),
            "PLAYBOOK_WORK": str(self.work),
            "PYTHONUTF8": "1",
            # Files that Jupyter leaves in the temporary folder go when the session's folder goes.
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(session)),
        }

    def _wait_for_url(self, session: Path) -> str:
        """Read the address from the file the server writes, then wait for its first answer."""
        assert self._process is not None
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise _no_start(session)
            for file in (session / "runtime").glob("jpserver-*.json"):
                with contextlib.suppress(ValueError, OSError):
                    self.url = str(json.loads(file.read_text(encoding="utf-8"))["url"])
                    self.request("GET", "api/status")
                    return self.url
            time.sleep(0.05)
        raise _no_start(session)

    def _stop(self) -> None:
        """Stop the kernels and the server, then remove the session's folder.

        A server asked to stop while a kernel starts may hang; then it is ended, and its kernels,
        which watch it, end themselves.
        """
        process = self._process
        try:
            if process is not None and process.poll() is None:
                with contextlib.suppress(OSError, HTTPException, PlaybookError):
                    self.request("POST", "api/shutdown", seconds=STOP_SECONDS)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(STOP_SECONDS)
        finally:
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
            if self._session is not None:
                shutil.rmtree(self._session, ignore_errors=True)


def _no_start(session: Path) -> PlaybookError:
    log = (session / "log.txt").read_text(encoding="utf-8", errors="replace")
    last = log.strip().splitlines()[-1:] or ["It left no message."]
    if "No module named" in last[0]:
        return PlaybookError(
            "JupyterLab is not installed here.",
            fix="Run `nox -s lab`, or install the Playbook with its part [lab].",
        )
    return PlaybookError(
        f"JupyterLab did not start. Its last message: {last[0]}",
        fix="Run `playbook doctor`. The lessons can be read in the book meanwhile.",
    )
