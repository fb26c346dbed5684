from pathlib import Path

import pytest

from playbook.files import keep_dated_copy, replace_safely, write_atomically


def test_a_file_is_old_or_new_and_never_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_atomically(tmp_path / "deep" / "memo.txt", "old")

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, "new and longer")
    assert path.read_text(encoding="utf-8") == "old"
    assert [item.name for item in path.parent.iterdir()] == ["memo.txt"]


def test_what_is_replaced_is_kept_with_its_date(tmp_path: Path) -> None:
    path = tmp_path / "memo.txt"
    for text in ("one", "two", "three", "three"):
        replace_safely(path, text)
    kept = {copy.read_text(encoding="utf-8") for copy in (tmp_path / "older").iterdir()}
    assert kept == {"one", "two"}
    assert all(copy.suffix == ".txt" for copy in (tmp_path / "older").iterdir())


def test_there_may_be_nothing_to_keep(tmp_path: Path) -> None:
    assert keep_dated_copy(tmp_path / "none.txt") is None
    assert not (tmp_path / "older").exists()


def test_line_ends_are_the_same_everywhere(tmp_path: Path) -> None:
    assert write_atomically(tmp_path / "a.txt", "a\nb\n").read_bytes() == b"a\nb\n"
