"""The book as one file for people without a network: unpack it, open START-HERE.html."""

from __future__ import annotations

import zipfile
from pathlib import Path

NAME = "offline.zip"
START = "START-HERE.html"
# The earliest time that a zip file can name; with the clock's, no two builds would be the same.
_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def write_zip(site: Path, start_page: bytes, path: Path, folder: str) -> Path:
    """Pack a site; the same pages give the same bytes.

    Parameters
    ----------
    site
        Folder of the site, built without live lessons: those need a web server.
    start_page
        The page that lies on top.
    path
        The file to write.
    folder
        Name of the folder that the file unpacks to.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        _add(packed, f"{folder}/{START}", start_page)
        for file in sorted(site.rglob("*"), key=lambda one: one.relative_to(site).as_posix()):
            if file.is_file():
                name = f"{folder}/site/{file.relative_to(site).as_posix()}"
                _add(packed, name, file.read_bytes())
    return path


def _add(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _READABLE
    # The maker of a name differs between Windows and the rest.
    entry.create_system = 3
    packed.writestr(entry, data)
