"""Only files with the pinned SHA-256 pass; what fetches them is told plainly when it fails."""

import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from playbook.errors import PlaybookError
from playbook.publish.live import gather as module
from playbook.publish.live.gather import check, gather, sha256
from playbook.publish.live.pins import Carrier, Package, Pins


def pins_of(**content: bytes) -> Pins:
    """Pins of a tiny release: a runtime file, a compiled wheel, a pure one."""
    pure = Package("pure", "1.0", "pure.whl", ("pure",), index=sha256(content["pure"]))
    compiled = Package("made", "1.0", "made.whl", ("made",), release=sha256(content["made"]))
    return Pins(
        {"version": "1"},
        Carrier("carrier", "1.0", "0" * 64, "inside"),
        {"run.wasm": sha256(content["run"])},
        {"pure": pure, "made": compiled},
        {},
    )


CONTENT = {"run": b"runtime", "made": b"compiled", "pure": b"pure python"}
PINS = pins_of(**CONTENT)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A folder with a full release."""
    folder = tmp_path / "release"
    folder.mkdir()
    for name, key in (("run.wasm", "run"), ("made.whl", "made"), ("pure.whl", "pure")):
        (folder / name).write_bytes(CONTENT[key])
    return folder


@pytest.fixture
def no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without a connection."""

    def refused(command: Iterable[str], **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, "", "ERROR: No matching distribution found")

    monkeypatch.setattr(module.subprocess, "run", refused)


def test_a_release_on_this_disk_is_used_and_nothing_is_fetched(
    release: Path, tmp_path: Path, no_index: None
) -> None:
    found = gather(PINS, release, cache=tmp_path / "cache")
    assert {path.name for path in found} == {"run.wasm", "made.whl", "pure.whl"}
    # The second time the release may be gone: the cache has it.
    assert gather(PINS, cache=tmp_path / "cache") == found


@pytest.mark.parametrize("name", ["run.wasm", "made.whl", "pure.whl"])
def test_one_changed_byte_stops_it(
    release: Path, tmp_path: Path, no_index: None, name: str
) -> None:
    (release / name).write_bytes((release / name).read_bytes()[:-1] + b"?")
    with pytest.raises(PlaybookError, match=f"{name} is not the file it should be"):
        gather(PINS, release, cache=tmp_path / "cache")
    assert not (tmp_path / "cache" / "pyodide-1" / name).exists()


def test_a_cached_file_that_changed_stops_it_too(
    release: Path, tmp_path: Path, no_index: None
) -> None:
    gather(PINS, release, cache=tmp_path / "cache")
    kept = tmp_path / "cache" / "pyodide-1" / "made.whl"
    kept.write_bytes(b"something else")
    with pytest.raises(PlaybookError, match=r"made\.whl") as stopped:
        gather(PINS, cache=tmp_path / "cache")
    assert str(kept) in stopped.value.fix


def test_half_a_release_is_refused_by_the_file_it_lacks(release: Path, tmp_path: Path) -> None:
    (release / "made.whl").unlink()
    with pytest.raises(PlaybookError, match=r"lacks made\.whl"):
        gather(PINS, release, cache=tmp_path / "cache")


def test_without_a_connection_it_says_so_and_names_the_book_alone(
    tmp_path: Path, no_index: None
) -> None:
    with pytest.raises(PlaybookError, match="No matching distribution") as stopped:
        gather(PINS, cache=tmp_path / "cache")
    assert "--no-live" in stopped.value.fix


def test_the_hash_is_asked_of_the_installer_as_well(
    monkeypatch: pytest.MonkeyPatch, release: Path, tmp_path: Path
) -> None:
    asked: list[str] = []

    def fetched(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        listed = Path(command[-1])
        asked.append(listed.read_text(encoding="utf-8"))
        (listed.parent / "pure.whl").write_bytes(CONTENT["pure"])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(module.subprocess, "run", fetched)
    (release / "pure.whl").unlink()
    gather(PINS, release, cache=tmp_path / "cache")
    assert asked == [f"pure==1.0 --hash=sha256:{sha256(CONTENT['pure'])}\n"]


def test_either_of_two_pinned_hashes_passes_and_no_other(tmp_path: Path) -> None:
    both = replace(PINS.packages["pure"], release=sha256(b"packed anew"))
    allowed = replace(PINS, packages={"pure": both}).hashes()["pure.whl"]
    for content in (b"pure python", b"packed anew"):
        (tmp_path / "pure.whl").write_bytes(content)
        check(tmp_path / "pure.whl", allowed)
    (tmp_path / "pure.whl").write_bytes(b"a third one")
    with pytest.raises(PlaybookError):
        check(tmp_path / "pure.whl", allowed)
