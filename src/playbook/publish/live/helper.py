"""The Playbook itself as a wheel for the browser: what lessons call, their catalog, the city."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from playbook import __version__, home
from playbook.learn.catalog import CATALOG_NAME

NAME = "learning-lab-playbook"
FILE = f"learning_lab_playbook-{__version__}-py3-none-any.whl"
# What `import playbook` needs before a lesson calls anything.
DEPENDS = ("ipywidgets", "matplotlib", "pandas", "tomlkit", "tzdata")
# The rooms of facilitators and maintainers, and the command line.
_NOT_FOR_LEARNERS = ("author", "publish", "simulate")
_NO_SOURCES = ("__pycache__", "_bundled")


def helper_wheel(folder: Path) -> Path:
    """Write the wheel into a folder; the same sources give the same bytes.

    It holds the package without its tools, Port Alder's tables and the catalog of lessons. The
    lessons themselves are files of the page.
    """
    path = folder / FILE
    with zipfile.ZipFile(path, "w") as wheel:
        for name, data in _content():
            wheel.writestr(zipfile.ZipInfo(name), data)
    return path


def is_for_learners(name: Path) -> bool:
    """Tell whether a file of the package is part of the wheel.

    Examples
    --------
    >>> is_for_learners(Path("learn/memo.py")), is_for_learners(Path("cli_city.py"))
    (True, False)
    """
    tool = name.parts[0] in _NOT_FOR_LEARNERS or name.parts[0].startswith(("cli", "__main__"))
    return not tool and not set(name.parts) & set(_NO_SOURCES)


def _content() -> Iterator[tuple[str, bytes]]:
    package = Path(home.__file__).parent
    for source in sorted(package.rglob("*")):
        name = source.relative_to(package)
        if source.is_file() and is_for_learners(name):
            yield f"playbook/{name.as_posix()}", source.read_bytes()
    data = home.data_folder()
    for table in sorted(data.glob("*")):
        if table.is_file():
            yield f"playbook/_bundled/data/{table.name}", table.read_bytes()
    catalog = home.notebooks_folder() / CATALOG_NAME
    yield f"playbook/_bundled/notebooks/{CATALOG_NAME}", catalog.read_bytes()
    about = f"{FILE.rsplit('-', 3)[0]}.dist-info"
    yield (
        f"{about}/METADATA",
        f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {__version__}\n".encode(),
    )
    yield f"{about}/WHEEL", b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
