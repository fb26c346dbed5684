import re
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

from playbook.learn import doctor


def test_a_sound_computer_has_nothing_to_look_at(tmp_path: Path) -> None:
    found = [
        doctor.check_python(),
        doctor.check_packages(("numpy", "pandas")),
        doctor.check_work_folder(tmp_path / "my-work"),
        doctor.check_disk(tmp_path, free_megabytes=501),
        doctor.check_port(),
        doctor.check_browser(),
        doctor.check_proxy({}),
    ]
    assert [finding.name for finding in found if not finding.ok] == []
    assert all(finding.fix == "" and "\n" not in str(finding) for finding in found)


def test_a_kernel_that_answers_is_fine_and_one_that_does_not_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert doctor.check_kernel().ok

    def hangs(*_: object, **named: Any) -> None:
        raise subprocess.TimeoutExpired("python", named["timeout"])

    monkeypatch.setattr(subprocess, "run", hangs)
    _told(doctor.check_kernel(), "no answer")


def test_a_python_that_is_too_old_or_too_new_is_told() -> None:
    _told(doctor.check_python((3, 10)), "3.10", "3.11 to 3.14")
    _told(doctor.check_python((3, 15)), "3.15", "3.11 to 3.14")


def test_a_missing_package_is_named() -> None:
    _told(doctor.check_packages(("numpy", "no-such-package")), "no-such-package")


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    _told(doctor.check_work_folder(tmp_path / "taken" / "my-work"), "can't write", "PLAYBOOK_WORK")


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    _told(doctor.check_disk(tmp_path, free_megabytes=499), "499 MB", "500 MB")
    assert doctor.check_disk(tmp_path / "not" / "there" / "yet").says.endswith("MB free.")


def test_a_computer_that_forbids_its_own_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", forbidden)
    _told(doctor.check_port(), "127.0.0.1", "--for-it")


def test_a_proxy_is_told_with_what_to_add_if_a_page_stays_blank() -> None:
    blank = doctor.check_proxy({"https_proxy": "http://proxy.example:3128"})
    assert "HTTPS_PROXY" in blank.says
    assert "NO_PROXY" in blank.says
    around = doctor.check_proxy({"HTTP_PROXY": "x", "NO_PROXY": "localhost,127.0.0.1"})
    assert "goes around it" in around.says
    # An address may hold a password; it is never printed.
    assert "proxy.example" not in blank.says


def test_the_note_for_it_names_no_host_but_this_computer() -> None:
    note = doctor.note_for_it()
    assert set(re.findall(r"https?://([^\s/:.]+(?:\.[^\s/:.]+)*)", note)) == {"127.0.0.1"}
    for part in ("What runs", "Network", "Files written", "Please allow", "Versions"):
        assert part in note
    assert re.search(r"jupyterlab \d", note)
    note.encode("cp1252")


def _told(finding: doctor.Finding, *words: str) -> None:
    line = str(finding)
    assert not finding.ok
    assert line.startswith("LOOK")
    assert finding.fix
    assert "\n" not in line
    for word in words:
        assert word in line
