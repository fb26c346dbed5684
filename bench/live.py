"""The first visit to a live lesson: seconds and bytes, with an empty cache and with a warm one."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playbook.learn.catalog import lesson
from playbook.publish.book import CONTENT_TYPES
from playbook.publish.live.notebooks import PAGE

LESSON = "3.1"
# What web servers send compressed; archives are sent as they are.
_COMPRESSED = {".css", ".html", ".ipynb", ".js", ".json", ".mjs", ".svg", ".wasm"}
_CELLS = """() => [...window.jupyterapp.shell.currentWidget.context.model.cells]
    .filter((cell) => cell.type === 'code').map((cell) => cell.executionCount)"""
_RUN = """async () => {
    while (!window.jupyterapp?.shell.currentWidget?.context)
        await new Promise((resolve) => setTimeout(resolve, 50));
    const panel = window.jupyterapp.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    window.jupyterapp.commands.execute('notebook:run-all-cells'); }"""


@dataclass
class FirstVisit:
    """Seconds from the click on *Open live*, and megabytes as sent."""

    visible: float
    first_cell: float
    all_cells: float
    megabytes: float


def visits(browser: Any, site: Path) -> tuple[FirstVisit, FirstVisit] | None:
    """Visit twice in one new browser profile: cold, then warm; None without live lessons."""
    if not (site / PAGE).is_file():
        return None
    with _serve(site) as (address, sent):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        try:
            cold, warm = (_visit(context, address, sent) for _ in range(2))
        finally:
            context.close()
    return cold, warm


def _visit(context: Any, address: str, sent: list[int]) -> FirstVisit:
    page = context.new_page()
    page.set_default_timeout(180_000)
    page.goto(f"{address}/notebooks/{lesson(LESSON).path.removesuffix('.ipynb')}.html")
    sent.clear()
    began = time.monotonic()
    page.get_by_role("link", name="Open live").click()
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    visible = time.monotonic() - began
    page.evaluate(_RUN)
    page.wait_for_function(f"({_CELLS})()[0] !== null")
    first_cell = time.monotonic() - began
    page.wait_for_function(f"({_CELLS})().every((count) => count !== null)")
    all_cells = time.monotonic() - began
    page.close()
    return FirstVisit(visible, first_cell, all_cells, sum(sent) / 1e6)


@contextmanager
def _serve(site: Path) -> Iterator[tuple[str, list[int]]]:
    """Serve a site as web servers do: compressed, and cached for ten minutes."""
    sent: list[int] = []
    # Compressed before, so that no visit pays for it.
    bodies = {path: _body(path) for path in site.rglob("*") if path.is_file()}
    handler = partial(_Handler, bodies=bodies, sent=sent, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()


def _body(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.compress(data, 6) if path.suffix in _COMPRESSED else data


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = CONTENT_TYPES

    def __init__(
        self, *arguments: Any, bodies: dict[Path, bytes], sent: list[int], **options: Any
    ) -> None:
        self.bodies, self.sent = bodies, sent
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        body = self.bodies.get(path)
        if body is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in _COMPRESSED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        self.sent.append(len(body))

    def log_message(self, format: str, *arguments: object) -> None:
        """Print nothing."""
