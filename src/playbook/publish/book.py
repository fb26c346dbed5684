"""Building the book and showing it on this computer."""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playbook import home
from playbook.errors import PlaybookError
from playbook.publish.access_report import write_access_report
from playbook.publish.browser_visits import browser_and_axe, check_in_browser, open_browser
from playbook.publish.privacy_report import write_privacy_report

# The console script may be missing from the path; the module is always there. Beside JupyterLab,
# jsonschema compiles a grammar of web addresses that our configuration never uses: a third of the
# time of a build. Without that module it leaves it out.
_JUPYTER_BOOK = (
    "import sys; sys.modules['rfc3987_syntax'] = None; "
    "from jupyter_book.cli.main import main; main()"
)
_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(
    r"^(?:(?P<where>\S.*?): )??(?:WARNING|ERROR|CRITICAL|SEVERE): (?P<what>.+)$", re.MULTILINE
)
# myst-nb counts the lines of a notebook as 10,000 a cell.
_LINES_PER_CELL = 10_000


def build(output: Path | None = None, *, live: bool = True, release: Path | None = None) -> Path:
    """Build the book, with the lessons live in the browser.

    Parameters
    ----------
    output
        Folder for the finished site; it must be new, empty, or an earlier build.
        `_build/html` in the repository if left out.
    live
        Whether the live lessons are part of it.
    release
        A folder with an official Pyodide release, for the live lessons. If left out, its files
        come from the package index that this computer is set up for.

    Returns
    -------
    pathlib.Path
        The folder with the site's `index.html`.

    Raises
    ------
    PlaybookError
        If this is not a repository, the tools are missing, or a page has a problem: the first
        one is named with file and line.
    """
    return build_from(_repository(), output, live=live, release=release)


def build_from(
    root: Path, output: Path | None = None, *, live: bool = False, release: Path | None = None
) -> Path:
    """Build the book of the repository at `root`; see `build`."""
    _need_tools()
    if output is None:
        _write_site(root, root, live, release)
        return root / "_build" / "html"
    must_be_replaceable(output)
    with tempfile.TemporaryDirectory(prefix="playbook-book-") as folder:
        _write_site(root, Path(folder), live, release)
        if output.exists():
            shutil.rmtree(output)
        shutil.copytree(Path(folder) / "_build" / "html", output)
    return output


def _write_site(root: Path, where: Path, live: bool, release: Path | None) -> None:
    from playbook.publish.live.site import build_live, remove_live

    _run_jupyter_book(root, where, live=live)
    site = where / "_build" / "html"
    if live:
        build_live(site, notebooks=root / "notebooks", release=release)
    else:
        remove_live(site)
    write_privacy_report(site, root)
    write_access_report(site, root)


def _repository() -> Path:
    root = home.checkout()
    if root is None or not (root / "_config.yml").is_file():
        raise PlaybookError(
            "Building the book needs the repository. This is an installed copy, which has the "
            "lessons and the data only.",
            fix="Download the repository and build there. To read, open the published book.",
        )
    return root


def _need_tools() -> None:
    if importlib.util.find_spec("jupyter_book") is None:
        raise PlaybookError(
            "The tools that build the book are not installed here.",
            fix='Run `nox -s book`, which brings them, or `python -m pip install -e ".[book]"`.',
        )


def must_be_replaceable(output: Path) -> None:
    """Ask that a folder is new, empty, or an earlier build.

    Raises
    ------
    PlaybookError
        If other files are in it.
    """
    earlier_build = (output / "searchindex.js").is_file()
    if output.exists() and not earlier_build and (not output.is_dir() or any(output.iterdir())):
        raise PlaybookError(
            f"{output.name} has files in it that are not an earlier build. I leave them alone.",
            fix="Name a new folder, or empty this one first.",
        )


def _run_jupyter_book(root: Path, where: Path, *, live: bool) -> None:
    # fmt: off
    command = [
        sys.executable, "-c", _JUPYTER_BOOK, "build", str(root),
        "--config", str(root / "_config.yml"), "--toc", str(root / "_toc.yml"),
        "--path-output", str(where), "-W", "-n", "--keep-going",
    ]
    # fmt: on
    # The build's own extension imports this very package, wherever it was started from.
    own = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [own, os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}
    # The pages have a button for what is there.
    environment["PLAYBOOK_LIVE"] = "1" if live else ""
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        raise first_problem(f"{done.stdout}\n{done.stderr}", root)


def first_problem(log: str, root: Path) -> PlaybookError:
    """Turn what Jupyter Book printed into the first problem, told in plain words.

    Parameters
    ----------
    log
        Everything that was printed.
    root
        Folder that paths are told relative to.

    Examples
    --------
    >>> print(first_problem("/city/book/run.md:12: WARNING: image file not readable: x.png [image]",
    ...                     Path("/city")))
    In book/run.md, line 12:
    image file not readable: x.png.
    What to do now: Repair that place and build again. This is the only problem found.
    """
    lines = _COLOR.sub("", log)
    found = list(_WARNING.finditer(lines))
    if not found:
        said = [line.strip() for line in lines.splitlines() if re.search(r"[Ee]rror\b", line)]
        return PlaybookError(
            f"The book could not be built. {said[-1] if said else 'Nothing says why.'}",
            fix="Run `nox -s book` to see everything that was printed.",
        )
    what = re.sub(r"\s*\[[\w.]+\]$", "", found[0]["what"].strip())
    more = len(found) - 1
    rest = f"{more} more will be listed after it." if more else "This is the only problem found."
    return PlaybookError(
        f"{what.rstrip('.')}.",
        where=_place(found[0]["where"] or "", root),
        fix=f"Repair that place and build again. {rest}",
    )


def _place(where: str, root: Path) -> str:
    path, _, line = where.strip().rpartition(":")
    if not path or not line.isdigit():
        path, line = where.strip(), ""
    if path and Path(path).is_relative_to(root):
        path = Path(path).relative_to(root).as_posix()
    if not line:
        return path
    if path.endswith(".ipynb") and int(line) >= _LINES_PER_CELL:
        return f"{path}, cell {int(line) // _LINES_PER_CELL}"
    return f"{path}, line {line}"


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Serve a folder to this computer only; the caller starts and stops it.

    Parameters
    ----------
    folder
        The built site.
    port
        0 for any free one.

    Raises
    ------
    PlaybookError
        If another program uses the port.
    """
    handler = functools.partial(_QuietHandler, directory=str(folder))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        raise PlaybookError(
            f"Another program uses port {port}.",
            fix=f"Try `playbook preview --port {port + 1}`. Or close the other program.",
        ) from None


# The registry of a Windows computer may call a script plain text, which no browser runs.
CONTENT_TYPES = {
    **SimpleHTTPRequestHandler.extensions_map,
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
}


class _QuietHandler(SimpleHTTPRequestHandler):
    extensions_map = CONTENT_TYPES

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: a reader of the preview needs no log."""


def open_every_page(site: Path) -> None:
    """Open every page of a built book in Chromium and write what it finds into its report.

    Parameters
    ----------
    site
        Folder of the built site.

    Raises
    ------
    PlaybookError
        If this is not a repository, or there is no Chromium or nothing that drives it.
    """
    root = _repository()
    with open_browser() as browser, make_server(site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = list(check_in_browser(browser, f"http://127.0.0.1:{server.server_port}", site))
        server.shutdown()
        write_access_report(site, root, found, browser_and_axe(browser))


def preview(port: int = 8000) -> None:
    """Show the built book at ``http://127.0.0.1:<port>`` until Ctrl+C; build it first if needed.

    Raises
    ------
    PlaybookError
        If this is not a repository, the build fails, or the port is in use.
    """
    site = _repository() / "_build" / "html"
    if not (site / "index.html").is_file():
        build()
    with make_server(site, port) as server:
        print(f"The book is at http://127.0.0.1:{server.server_port} . Stop it with Ctrl+C.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.")
