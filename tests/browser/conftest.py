"""The built site, and a browser to open it in."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from playbook import home
from playbook.errors import PlaybookError
from playbook.publish.book import build_from, make_server
from playbook.publish.browser_visits import WIDE, Visit, open_browser


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the built site: the one that is there already, or a new one."""
    ready = os.environ.get("PLAYBOOK_SITE")
    if ready:
        return Path(ready)
    root = home.checkout()
    assert root is not None, "these tests belong to the repository"
    return build_from(root, tmp_path_factory.mktemp("book") / "site")


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder to this computer only; gives its address."""
    servers = []

    def start(folder: Path) -> str:
        server = make_server(folder, 0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(site: Path, serve: Callable[[Path], str]) -> str:
    """Address of the site."""
    return serve(site)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, from the system's packages."""
    try:
        with open_browser() as chromium:
            yield chromium
    except PlaybookError as problem:
        if os.environ.get("CI"):
            pytest.fail(problem.what)
        pytest.skip(problem.what)


@pytest.fixture
def visit(browser, address: str) -> Iterator[Visit]:
    """A wide, light visit of the site."""
    opened = Visit(browser, address, viewport=WIDE, color_scheme="light")
    yield opened
    opened.context.close()
