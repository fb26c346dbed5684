from pathlib import Path

import pytest

from playbook import home


@pytest.fixture(autouse=True)
def no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLAYBOOK_WORK", raising=False)


def test_a_checkout_uses_its_own_folders() -> None:
    root = home.checkout()
    assert root is not None
    assert home.notebooks_folder() == root / "notebooks"
    assert home.data_folder() == root / "data"


def test_an_installed_package_uses_the_copies_it_carries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(home, "_PACKAGE", tmp_path / "site-packages" / "playbook")
    assert home.checkout() is None
    assert home.data_folder() == tmp_path / "site-packages" / "playbook" / "_bundled" / "data"


def test_work_goes_where_the_learner_can_see_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lessons = tmp_path / "my-work" / "lessons"
    lessons.mkdir(parents=True)
    monkeypatch.chdir(lessons)
    assert home.work_folder() == tmp_path / "my-work"
    monkeypatch.chdir(tmp_path)
    assert home.work_folder() == tmp_path / "my-work"
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "elsewhere"))
    assert home.work_folder() == tmp_path / "elsewhere"
