"""The form of the page *Your own city*: it asks, checks, stores nothing unasked, and says so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from playbook.city.own import chosen_city
from playbook.city.tables import load_city, own_cities
from playbook.learn.city_files import column_questions, label_questions
from playbook.learn.own_city import own_city
from playbook.learn.own_city_copy import fresh_page, page_copy
from playbook.learn.own_city_form import PRIVATE, Form
from playbook.simulate.messy_city import MessyFile, messy_files

FILES = {file.name: file for file in messy_files()}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    monkeypatch.delenv("PLAYBOOK_CITY", raising=False)


def form_with_city() -> Form:
    form = Form()
    form.name.value, form.state.value, form.county.value = "Fallow Bridge", "MO", "29999"
    form.make.click()
    return form


def choose(form: Form, file: MessyFile, kind: str = "") -> None:
    upload: dict[str, Any] = {
        "name": file.name, "type": "text/csv", "size": len(file.content),
        "content": memoryview(file.content), "last_modified": datetime(2026, 1, 15),
    }  # fmt: skip
    form.kind.value = kind
    form.file.value = (upload,)


def controls(box: Any) -> list[Any]:
    inside = [one for child in getattr(box, "children", ()) for one in controls(child)]
    return [*inside, *([box] if hasattr(box, "description") else [])]


def test_the_page_says_the_same_wherever_it_is_printed() -> None:
    before = str(own_city()), own_city().static_twin()
    form_with_city()
    assert (str(own_city()), own_city().static_twin()) == before
    assert PRIVATE in before[0]
    assert "<script" not in before[1]


def test_every_control_has_a_label_and_every_result_is_told() -> None:
    form = form_with_city()
    choose(form, FILES["vital-records-deaths.csv"], "deaths")
    named = [one for one in controls(form.box) if type(one).__name__ != "HTML"]
    assert len(named) > 20
    assert all(one.description.strip() for one in named)
    form.check.click()
    assert "role='status'" in form.said_of_file.value


def test_a_city_is_made_and_chosen_from_the_form() -> None:
    form = form_with_city()
    assert (own_cities(), chosen_city()) == (("fallow-bridge",), "fallow-bridge")
    assert load_city("fallow-bridge").profile.county == "29999"
    form.city.value = "port-alder"
    form.use.click()
    assert chosen_city() == "port-alder"


def test_nothing_is_stored_until_the_file_was_checked_and_added() -> None:
    form = form_with_city()
    assert form.add.disabled
    choose(form, FILES["tracts-and-wards.csv"])
    form.check.click()
    assert "kept all of them" in form.said_of_file.value
    assert load_city("fallow-bridge").tables == ()
    assert not form.add.disabled
    form.add.click()
    assert "neighborhoods" in load_city("fallow-bridge")
    assert form.add.disabled
    assert "0.1" in form.status.value


@pytest.mark.parametrize("change", ["kind", "leave_out", "file"])
def test_what_changes_after_the_check_is_checked_again(change: str) -> None:
    form = form_with_city()
    choose(form, FILES["tracts-and-wards.csv"])
    form.check.click()
    assert not form.add.disabled
    if change == "kind":
        form.kind.value = "neighborhoods"
    elif change == "leave_out":
        form.leave_out.value = ("Households",)
    else:
        choose(form, FILES["MO_A.CSV"])
    assert form.add.disabled


def test_columns_and_labels_of_a_city_are_guessed_then_taken_as_confirmed() -> None:
    file = FILES["vital-records-deaths.csv"]
    form = form_with_city()
    choose(form, file, "deaths")
    asked = {box.description.rstrip(":"): box for box in form.columns.children}
    guesses = {one.column: one.guess for one in column_questions(file.name, file.content, "deaths")}
    assert {name: guesses[name] for name in ("neighborhood_id", "year", "age_group")} == {
        "neighborhood_id": "Tract", "year": "Year of death", "age_group": "Age",
    }  # fmt: skip
    assert (guesses["cause"], guesses["deaths"]) == ("Manner", "N")
    asked["Cause"].value = ""
    form.check.click()
    assert "which column holds Cause" in form.said_of_file.value
    asked["Cause"].value = "Manner"
    said = {
        box.description: (box, one.theirs)
        for box, one in zip(form.labels.children, form._label_questions, strict=True)
    }
    ours = {theirs: label for names in file.labels.values() for theirs, label in names.items()}
    for box, theirs in said.values():
        # Ages are told by their numbers; what a cause is called somebody has to say.
        assert box.value in (ours[theirs], "")
        assert bool(box.value) == any(sign.isdigit() for sign in theirs)
        box.value = ours[theirs]
    form.check.click()
    form.add.click()
    assert load_city("fallow-bridge")["deaths"]["deaths"].sum() > 0
    assert set(load_city("fallow-bridge")["deaths"]["cause"]) == set(file.labels["cause"].values())


def test_what_goes_wrong_is_said_in_plain_words() -> None:
    form = Form()
    form.check.click()
    assert "There is no file yet" in form.said_of_file.value
    choose(form, FILES["MO_A.CSV"])
    form.check.click()
    assert "teaching city" in form.said_of_file.value
    form.name.value = "<b>?!</b>"
    form.county.value = "12"
    form.make.click()
    assert "five digits" in form.said_of_city.value
    assert own_cities() == ()


def test_a_file_about_persons_is_refused_and_text_is_escaped() -> None:
    form = form_with_city()
    content = b"<b>Last name</b>,First name,SSN,Phone\nDoe,Jo,123-45-6789,555-0100\n"
    choose(form, MessyFile("people<img>.csv", content))
    form.check.click()
    assert "<img>" not in form.said_of_file.value
    assert "<b>Last" not in form.said_of_file.value
    assert form.add.disabled
    assert load_city("fallow-bridge").tables == ()


def test_labels_that_lessons_know_are_not_asked_about() -> None:
    text = b"Tract,Age,People\n29999010100,1-4,20\n29999010100,85+,4\n"
    asked = label_questions("p.csv", text, "population_age", {"age_group": "Age"})
    assert [one.theirs for one in asked] == ["85+"]
    assert label_questions("p.csv", text, "", {}) == []


def test_the_form_opens_as_a_notebook_that_is_made_once(tmp_path: Path) -> None:
    path = page_copy()
    assert path == tmp_path / "your-own-city.ipynb"
    path.write_text("mine", encoding="utf-8")
    assert page_copy().read_text(encoding="utf-8") == "mine"
    code = [cell["source"] for cell in fresh_page()["cells"] if cell["cell_type"] == "code"]
    assert code == ["import playbook as pb\n\npb.own_city()"]
