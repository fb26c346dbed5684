"""Which files make Python run in the browser: names, versions, SHA-256; from `pins.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PINS = Path(__file__).with_name("pins.toml")


@dataclass(frozen=True)
class Package:
    """A Python package that can be loaded in the browser.

    Parameters
    ----------
    name, version, file
        As its wheel says.
    imports
        Names that `import` knows it by.
    depends
        Packages it cannot be imported without.
    release, index, kernel
        SHA-256 of the wheel in the official Pyodide release, in a package index, and in the
        notebook page's kernel; empty where it is not to be had.
    """

    name: str
    version: str
    file: str
    imports: tuple[str, ...]
    depends: tuple[str, ...] = ()
    release: str = ""
    index: str = ""
    kernel: str = ""


@dataclass(frozen=True)
class Carrier:
    """A wheel of a package index that holds the release's own files."""

    name: str
    version: str
    sha256: str
    folder: str


@dataclass(frozen=True)
class Pins:
    """Everything that is pinned."""

    pyodide: Mapping[str, str]
    carrier: Carrier
    runtime: Mapping[str, str]
    packages: Mapping[str, Package]
    lessons: Mapping[str, tuple[str, ...]]
    """What a lesson needs beside what all need, by its id."""

    @property
    def info(self) -> dict[str, str]:
        """What the list of packages says about the Python they are for."""
        return {name: value for name, value in self.pyodide.items() if name != "version"}

    def hashes(self) -> dict[str, frozenset[str]]:
        """Return for each file the SHA-256 it may have."""
        found = {name: frozenset({value}) for name, value in self.runtime.items()}
        for one in self.packages.values():
            found[one.file] = frozenset({one.release, one.index, one.kernel} - {""})
        return found

    def needed_by(self, names: Iterable[str]) -> list[str]:
        """Return packages and all they depend on, in alphabetical order.

        Examples
        --------
        >>> read_pins().needed_by(["pandas"])
        ['numpy', 'pandas', 'python-dateutil', 'six', 'tzdata']
        """
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.packages[name].depends
        return sorted(found)


@cache
def read_pins(path: Path = PINS) -> Pins:
    """Read the pins."""
    entries: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    packages = {
        name: Package(name=name, **{key: _plain(value) for key, value in entry.items()})
        for name, entry in entries["packages"].items()
    }
    return Pins(
        entries["pyodide"],
        Carrier(**entries["carrier"]),
        entries["runtime"],
        packages,
        {lesson: tuple(names) for lesson, names in entries["lessons"].items()},
    )


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
