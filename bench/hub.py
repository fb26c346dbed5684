"""Twenty people at once on a JupyterHub: python bench/hub.py --users 20.

Starts a real JupyterHub from hosting/jupyterhub_config.py on this computer. Each simulated person
logs in, follows the nbgitpuller link of a lesson, opens it and runs all its cells. Then, with all
lessons still open, memory and processor time of each person's processes are read.

It needs an environment of its own, thrown away afterwards, and the proxy of JupyterHub:

    python3 -m venv hub && hub/bin/pip install -c constraints.txt ".[hub]" jupyterhub
    npm install configurable-http-proxy
    hub/bin/python bench/hub.py --users 20 --proxy node_modules/.bin/configurable-http-proxy

Two stand-ins make it run without accounts, on this computer only: anyone may log in, and all
servers run under one account. The result is printed as the text of hosting/measured.toml.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import requests

from playbook.learn import lab_client
from playbook.learn.catalog import lesson
from playbook.learn.copies import copy_name
from playbook.publish.hosting import TARGET, lesson_link, write_lessons
from playbook.publish.hub_settings import write_settings

ROOT = Path(__file__).resolve().parent.parent
PORTS = {"proxy": 18000, "proxy_api": 18001, "hub": 18081}
ADDRESS = f"http://127.0.0.1:{PORTS['proxy']}"
WAIT_SECONDS = 900
MB = 1_000_000
TICKS = os.sysconf("SC_CLK_TCK")


class Person:
    """One simulated person: a browser's session at the hub.

    Parameters
    ----------
    name
        Name to log in with.
    lesson_id
        The lesson to open.
    link
        Its nbgitpuller link.
    all_done
        Where everyone waits with the lesson open, until memory was read.
    """

    def __init__(self, name: str, lesson_id: str, link: str, all_done: threading.Barrier) -> None:
        self.name = name
        self.link = link
        self.all_done = all_done
        self.url = f"{ADDRESS}/user/{name}/"
        self.document = f"{TARGET}/{copy_name(lesson(lesson_id))}"
        self.token = ""
        self.opened = self.ran = 0.0
        self.cells = 0
        self._browser = requests.Session()
        # Loopback never goes through an office proxy.
        self._browser.trust_env = False

    def attend(self) -> None:
        """Log in, pull the lessons, open one, run it, and wait for the others."""
        began = time.monotonic()
        try:
            self._log_in()
            pulled = self._follow_link()
            self._pull(pulled)
            self._browser.get(f"{self.url}doc/tree/{self.document}").raise_for_status()
            self.opened = time.monotonic() - began
            self.cells = lab_client.run_lesson(self, lambda line: None)  # type: ignore[arg-type]
            self.ran = self.ran - began
        except BaseException:
            self.all_done.abort()
            raise

    def request(self, method: str, path: str, content: object = None) -> Any:
        """Ask this person's server; the lesson is closed only after everyone has finished."""
        if method == "DELETE":
            self.ran = time.monotonic()
            self.all_done.wait(WAIT_SECONDS)
            self.all_done.wait(WAIT_SECONDS)
        answer = requests.request(
            method,
            f"{self.url}{path}",
            json=content,
            headers={"Authorization": f"token {self.token}"},
            timeout=WAIT_SECONDS,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def _log_in(self) -> None:
        self._browser.get(f"{ADDRESS}/hub/login").raise_for_status()
        form = {"username": self.name, "password": "", "_xsrf": self._xsrf("/hub/")}
        self._browser.post(f"{ADDRESS}/hub/login", data=form, allow_redirects=False)
        made = self._browser.post(
            f"{ADDRESS}/hub/api/users/{self.name}/tokens",
            headers={"X-XSRFToken": self._xsrf("/hub/")},
        )
        made.raise_for_status()
        self.token = made.json()["token"]

    def _follow_link(self) -> requests.Response:
        """Open the link as a browser does, past the page that shows the server starting."""
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            page = self._browser.get(self.link, timeout=WAIT_SECONDS)
            if page.url.startswith(f"{self.url}git-pull") and page.ok:
                return page
            time.sleep(2)
        raise SystemExit(f"{self.name} waits at {page.url} ({page.status_code}).")

    def _pull(self, page: requests.Response) -> None:
        """Do what the page of nbgitpuller does: ask for the pull and read how it goes."""
        asked = page.url.partition("?")[2]
        with self._browser.get(
            f"{self.url}git-pull/api?{asked}",
            headers={"X-XSRFToken": self._xsrf(f"/user/{self.name}/")},
            stream=True,
            timeout=WAIT_SECONDS,
        ) as answer:
            answer.raise_for_status()
            told = [line for line in answer.iter_lines(decode_unicode=True) if line]
        if not told or '"finished"' not in told[-1]:
            raise SystemExit(f"{self.name} could not pull the lessons: {told[-3:]}")

    def _xsrf(self, path: str) -> str:
        found = [c for c in self._browser.cookies if c.name == "_xsrf" and c.path == path]
        return found[0].value or "" if found else ""


@contextmanager
def running_hub(folder: Path, proxy: str) -> Any:
    """Start the hub from the committed settings; give its process."""
    command = [
        *(sys.executable, "-m", "jupyterhub", "-f", ROOT / "hosting" / "jupyterhub_config.py"),
        "--JupyterHub.authenticator_class=dummy",
        "--JupyterHub.spawner_class=simple",
        f"--SimpleLocalProcessSpawner.home_dir_template={folder}/home/{{username}}",
        f"--JupyterHub.bind_url={ADDRESS}",
        f"--JupyterHub.hub_port={PORTS['hub']}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{PORTS['proxy_api']}",
        f"--ConfigurableHTTPProxy.command={proxy}",
        "--Authenticator.allow_all=True",
    ]
    if os.geteuid() == 0:
        # In a container one is often root; Jupyter asks to say so.
        command.append("--Spawner.args=['--allow-root']")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "PLAYBOOK"))}
    # The servers are started by name.
    kept["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    with (folder / "hub.log").open("wb") as log:
        hub = subprocess.Popen(command, cwd=folder, env=kept, stdout=log, stderr=log)
    try:
        _wait_until_it_answers(hub, folder / "hub.log")
        yield hub
    finally:
        hub.terminate()
        try:
            hub.wait(60)
        except subprocess.TimeoutExpired:
            hub.kill()


def _wait_until_it_answers(hub: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(120):
        if hub.poll() is not None:
            break
        try:
            if requests.get(f"{ADDRESS}/hub/health", timeout=5).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(1)
    raise SystemExit(f"The hub did not start:\n{log.read_text('utf-8')[-3000:]}")


def lessons_repository(folder: Path) -> Path:
    """Write the lessons into a git repository, as the page tells whoever hosts."""
    write_lessons(folder)
    by = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for command in (["init", "-b", "main"], ["add", "."], [*by, "commit", "-m", "Lessons"]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    return folder


def processes_of(names: list[str]) -> dict[str, list[Path]]:
    """Return each person's processes, found by the name that the hub gives them."""
    found: dict[str, list[Path]] = {name: [] for name in names}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            variables = (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        for variable in variables:
            key, _, value = variable.partition(b"=")
            if key == b"JUPYTERHUB_USER" and value.decode() in found:
                found[value.decode()].append(process)
    return found


def memory(processes: list[Path], kind: str) -> float:
    """Return the megabytes of processes: "Pss" divides what is shared, "Rss" does not."""
    kilobytes = 0
    for process in processes:
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith(f"{kind}:"):
                kilobytes += int(line.split()[1])
    return kilobytes * 1024 / MB


def processor_seconds(processes: list[Path]) -> float:
    """Return user and system seconds of processes and of the children they had."""
    total = 0
    for process in processes:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        total += sum(int(value) for value in fields[11:15])
    return total / TICKS


def own_processes(hub: int, servers: dict[str, list[Path]]) -> list[Path]:
    """Return the processes of the hub itself: it and its proxy, without anyone's server."""
    listed = Path(f"/proc/{hub}/task/{hub}/children").read_text().split()
    persons = {process for processes in servers.values() for process in processes}
    return [path for number in (hub, *listed) if (path := Path(f"/proc/{number}")) not in persons]


def versions() -> str:
    """Say which programs ran."""
    names = {"jupyterhub": "JupyterHub", "jupyterlab": "JupyterLab", "nbgitpuller": "nbgitpuller"}
    told = [f"{said} {importlib.metadata.version(name)}" for name, said in names.items()]
    return ", ".join([f"Python {platform.python_version()}", *told])


def machine() -> str:
    """Say what it ran on."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1000 / MB
    return f"Linux, {os.cpu_count()} processor cores, {gigabytes:.0f} GB of memory"


def main() -> None:
    """Run the trial and print what it took."""
    parse = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parse.add_argument("--users", type=int, default=20)
    parse.add_argument("--lesson", default="3.1")
    parse.add_argument("--proxy", default="configurable-http-proxy")
    asked = parse.parse_args()
    if shutil.which(asked.proxy) is None:
        sys.exit("configurable-http-proxy is missing. The head of this file says how to get it.")
    # Twenty kernels start at once, on whatever cores there are.
    lab_client.CELL_SECONDS = WAIT_SECONDS
    write_settings(Path(sys.prefix))
    with tempfile.TemporaryDirectory(prefix="playbook-hub-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        repository = lessons_repository(folder / "lessons")
        link = lesson_link(lesson(asked.lesson), ADDRESS, repository.as_uri())
        all_done = threading.Barrier(asked.users + 1)
        names = [f"person{number:02}" for number in range(1, asked.users + 1)]
        people = [Person(name, asked.lesson, link, all_done) for name in names]
        proxy = str(Path(shutil.which(asked.proxy) or "").resolve())
        with running_hub(folder, proxy) as hub, ThreadPoolExecutor(asked.users) as room:
            attending = [room.submit(person.attend) for person in people]
            try:
                all_done.wait()
            except threading.BrokenBarrierError:
                for done in attending:
                    done.result()
            mine = processes_of(names)
            pss = [memory(mine[name], "Pss") for name in names]
            single = [memory(mine[name], "Rss") for name in names]
            cpu = [processor_seconds(mine[name]) for name in names]
            of_hub = memory(own_processes(hub.pid, mine), "Pss")
            load = os.getloadavg()
            all_done.wait()
            for done in attending:
                done.result()
    opened, ran = [p.opened for p in people], [p.ran for p in people]
    print(f"# cells a person: {people[0].cells}; load at the end: {load[0]:.1f}")
    print(f"# memory in MB, each person: {min(pss):.0f} to {max(pss):.0f}")
    print(f"# processor seconds, each person: {min(cpu):.1f} to {max(cpu):.1f}")
    print(f"date = {date.today().isoformat()}")
    print(f'command = "python bench/hub.py --users {asked.users}"')
    print(f'machine = "{machine()}"')
    print(f'versions = "{versions()}"')
    print(f"users = {asked.users}")
    print(f'lesson = "{asked.lesson}"')
    print(f"memory_mb = {statistics.median(pss):.0f}")
    print(f"alone_mb = {statistics.median(single):.0f}")
    print(f"hub_mb = {of_hub:.0f}")
    print(f"open_seconds = [{statistics.median(opened):.0f}, {max(opened):.0f}]")
    print(f"run_seconds = [{statistics.median(ran):.0f}, {max(ran):.0f}]")
    print(f"cpu_seconds = {statistics.median(cpu):.0f}")


if __name__ == "__main__":
    main()
