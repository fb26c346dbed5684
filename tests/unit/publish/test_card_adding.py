"""From a form to a card: checked row by row, never over somebody else's, nothing lost."""

import shutil
from pathlib import Path

import pytest
from filled_forms import CARD, TRIED, filled

from playbook.errors import PlaybookError
from playbook.publish.card_adding import add_form, card_name
from playbook.publish.card_forms import card_rows
from playbook.publish.exchange import exchange_folder, read_card

HOSTILE = '<script>alert(1)</script> =HYPERLINK("http://x") {{ 7*7 }} ]]> \'"\\'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An exchange with one card."""
    folder = tmp_path / "exchange"
    folder.mkdir()
    shutil.copy(exchange_folder() / "oakland-paving.toml", folder)
    return folder


def add(folder: Path, answers: dict[str, str], *, replace: bool = False) -> Path:
    form = filled(folder.parent / "form.docx", answers)
    return add_form(form, folder, replace=replace).path


def test_a_filled_form_becomes_a_card(folder: Path) -> None:
    path = add(folder, CARD)
    card = read_card(path)
    assert path.name == "lima-ask-before-you-count.toml"
    assert (card.place, card.year, card.outcome) == ("Lima, Ohio", 2019, "did not")
    assert card.what_failed == "Nobody read the list."
    assert card.capacities == ("Internal Alignment",)
    assert card.sources[0].year == "no date"
    assert not card.tried


def test_what_is_typed_is_kept_as_text(folder: Path) -> None:
    card = read_card(add(folder, {**CARD, "The problem": HOSTILE, "Short title": HOSTILE[:40]}))
    assert card.problem == HOSTILE
    assert card.title == HOSTILE[:40].strip()


@pytest.mark.parametrize(
    ("row", "typed", "said"),
    [
        ("What failed", "", "It is empty"),
        ("Year", "about 2019", "about 2019"),
        ("How did it end?", "x Worked\nx Did not work", "worked; did not"),
        ("How do you know?", "", "It is empty"),
        ("Capacities", "Kindness", "Kindness"),
        ("The problem", "word " * 20_000, "99,999 letters"),
        ("Whom to ask", "Ana, ana@lima.gov", "e-mail"),
        ("Source 1: its address", "www.lima.gov", "www.lima.gov"),
        ("Source 1: its year", "next", "next"),
    ],
)
def test_a_row_that_needs_another_look_is_named(
    folder: Path, row: str, typed: str, said: str
) -> None:
    with pytest.raises(PlaybookError) as raised:
        add(folder, {**CARD, row: typed})
    told = str(raised.value)
    assert f'"{row}":' in told
    assert said in told
    assert "Nothing was written" in told
    assert [path.name for path in folder.iterdir()] == ["oakland-paving.toml"]


def test_all_rows_are_told_at_once(folder: Path) -> None:
    with pytest.raises(PlaybookError) as raised:
        add(folder, {"Short title": "Half a form"})
    told = raised.value.what
    # None of the issue areas may be chosen, and of two sources one is enough.
    may_be_empty = ("Short title", "Issue areas", "Source")
    needed = [row.label for row in card_rows() if not row.label.startswith(may_be_empty)]
    assert told.startswith(f"{len(needed) + 1} rows need another look:")
    assert all(f'"{label}": It is empty.' in told for label in needed)
    assert '"Source 1: its title": There is no source.' in told


def test_a_card_is_not_written_over_unasked(folder: Path) -> None:
    path = add(folder, CARD)
    first = path.read_bytes()
    with pytest.raises(PlaybookError, match="already"):
        add(folder, {**CARD, "What failed": "More."})
    assert path.read_bytes() == first


def test_a_replaced_card_leaves_a_dated_copy(folder: Path) -> None:
    path = add(folder, CARD)
    first = path.read_bytes()
    add(folder, {**CARD, "What failed": "More."}, replace=True)
    assert read_card(path).what_failed == "More."
    assert [copy.read_bytes() for copy in (folder / "older").iterdir()] == [first]


def test_a_card_grows_and_keeps_what_was_there(folder: Path) -> None:
    path = folder / "oakland-paving.toml"
    path.write_text(f"# kept\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    assert add(folder, {**TRIED, "What happened": HOSTILE}) == path
    assert path.read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    tried = read_card(path).tried
    assert [(one.place, one.year, one.outcome) for one in tried] == [
        ("Lima, Ohio", 2020, "too soon")
    ]
    assert tried[0].result == HOSTILE
    assert len(list((folder / "older").iterdir())) == 1
    add(folder, {**TRIED, "Year you tried it": "2021"})
    assert len(read_card(path).tried) == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Card that you borrowed": "oakland-pavin"}, 'Did you mean "oakland-paving"?'),
        ({"Card that you borrowed": "../../etc/passwd"}, 'no card called "passwd"'),
        ({"Card that you borrowed": ""}, "no card called"),
        ({"Year you tried it": "soon"}, '"Year you tried it":'),
        ({"What happened": ""}, '"What happened": It is empty'),
        ({"How did it end for you?": "fine"}, '"How did it end for you?":'),
    ],
)
def test_a_second_part_that_needs_another_look_is_told(
    folder: Path, changes: dict[str, str], said: str
) -> None:
    before = (folder / "oakland-paving.toml").read_bytes()
    with pytest.raises(PlaybookError) as raised:
        add(folder, {**TRIED, **changes})
    assert said in str(raised.value)
    assert (folder / "oakland-paving.toml").read_bytes() == before


def test_the_same_entry_is_not_added_twice(folder: Path) -> None:
    add(folder, TRIED)
    with pytest.raises(PlaybookError, match="already"):
        add(folder, {**TRIED, "What happened": "Something else."})


def test_an_empty_form_and_a_form_of_two_parts_are_told(folder: Path) -> None:
    with pytest.raises(PlaybookError, match="is empty"):
        add(folder, {})
    with pytest.raises(PlaybookError, match="both parts"):
        add(folder, {**CARD, **TRIED})


@pytest.mark.parametrize(
    ("place", "title", "name"),
    [
        ("Łódź, Poland", "It's a start!", "lodz-its-a-start"),
        ("../..", "<b>", "card-b"),
        ("São Paulo", "x " * 60, "sao-paulo-" + "x-" * 24 + "x"),
    ],
)
def test_a_name_is_plain_letters_whatever_is_typed(place: str, title: str, name: str) -> None:
    assert card_name(place, title) == name
