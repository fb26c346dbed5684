"""The built site, and a browser to open it in."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook import home
from playbook.publish import browser_rules
from playbook.publish.book import build_from, make_server


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
def address(site: Path) -> Iterator[str]:
    """Address of the site, served to this computer only."""
    with make_server(site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, from the system's packages."""
    program = browser_rules.chromium_program()
    if program is None:
        reason = "There is no Chromium here, so the pages were not opened. Install chromium."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=list(browser_rules.CHROMIUM_FLAGS)
        )
        yield chromium
        chromium.close()
