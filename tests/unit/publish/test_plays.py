"""The plays: what the file must hold, what is told when it does not, and what is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from playbook.city.capacities import capacities
from playbook.errors import PlaybookError
from playbook.learn.catalog import lessons
from playbook.publish.certification import criteria
from playbook.publish.crosswalk import (
    capacity_rows,
    cards_of,
    criterion_rows,
    foundation_rows,
    grid_rows,
    lesson_link,
)
from playbook.publish.exchange import Card, cards
from playbook.publish.exchange_rules import ISSUE_AREAS
from playbook.publish.play_shapes import Plays
from playbook.publish.plays import read_plays

FILE = Path(__file__).resolve().parents[3] / "book" / "plays.toml"
TEXT = FILE.read_text(encoding="utf-8")
ANY_CARD = dict.fromkeys(Card.__dataclass_fields__, "")


@pytest.fixture(scope="module")
def found() -> Plays:
    return read_plays(FILE)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str], Path]:
    """Make a copy of the file with one thing changed, the first time that it occurs."""

    def change(old: str, new: str) -> Path:
        assert old in TEXT, old
        path = tmp_path / "plays.toml"
        path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
        return path

    return change


def test_every_action_has_one_play_and_every_capacity_some(found: Plays) -> None:
    assert len(found.actions) == 18
    assert sorted(play.action for play in found.plays.values() if play.action) == sorted(
        found.actions
    )
    assert [*found.pages] == [capacity.letter for capacity in capacities()]
    assert all(found.of_capacity(letter) for letter in found.pages)


def test_plays_are_numbered_in_the_order_of_the_file(found: Plays) -> None:
    assert [found.number(play) for play in found.plays.values()] == [
        *range(1, len(found.plays) + 1)
    ]


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("[[action]]", "[[action]", "", "I can't read the plays"),
        ('works = "', 'worked = "', "play who-gains-who-pays", "works is missing"),
        ('stop = "', 'stop_it = "x"\nstop = "', "play who-gains-who-pays", "stop_it is not a fiel"),
        ("hours = 24", 'hours = "24"', "who-gains-who-pays, hours", "'24'"),
        ("hours = 24", "hours = 0", "who-gains-who-pays, hours", "'0'"),
        ("hours = 24", "hours = true", "who-gains-who-pays, hours", "'True'"),
        ('who = "The author', 'who = ["The author', "", "I can't read the plays"),
        ('monday = "Take next', 'monday = " "\nrest = "Take next', "capacity A", "rest is not"),
        ('criteria = ["PA5"]', "criteria = [5]", "who-gains-who-pays, criteria", "[5]"),
        ('criteria = ["PA5"]', 'criteria = ["PA9"]', "who-gains-who-pays", "criterion 'PA9'"),
        ('lesson = "10.2"', 'lesson = "10.9"', "who-gains-who-pays", "lesson '10.9'"),
        ('action = "S-EL-1"', 'action = "S-EL-2"', "action S-EL-1", "0 plays carry it out"),
        ('action = "S-EL-1"\n', "", "action S-EL-1", "0 plays carry it out"),
        ('action = "S-EL-1"', 'action = "S-XX-1"', "action S-EL-1", "0 plays"),
        (
            'foundation = "Equity Lens"',
            'foundation = "Data"',
            "the actions",
            "Equity Lens has 2 actions",
        ),
        (
            'capacity = "A"\naction',
            'capacity = "B"\naction',
            "who-gains-who-pays",
            "Equity Lens did",
        ),
        ('letter = "A"', 'letter = "H"', "the pages", "capacity 'H'"),
        ('letter = "A"', 'letter = "B"', "capacity B", "It is there twice"),
        ('id = "split-the-number"', 'id = "who-gains-who-pays"', "play who-gains", "there twice"),
        ('id = "split-the-number"', 'id = "Split it"', "play Split it", "can't be an address"),
        (
            '  "You see the people at the counter: who will not get through this form?",\n',
            "",
            "who-gains-who-pays",
            "2 sentences",
        ),
        ('year = "2021"', 'year = "lately"', "who-gains-who-pays", "'lately'"),
        ('address = "http://policy', 'address = "policy', "who-gains-who-pays", "is no address"),
        ('sources = [{ name = "EPIC', 'sources = []\nx = [{ name = "EPIC', "case", "x is not"),
        ("[grid.Housing]", "[grid.Housign]", "the grid, Housign, A", "issue area 'Housign'"),
        ('play = "name-the-rule", step', 'play = "no-such", step', "Housing, C", "play 'no-such'"),
        (
            'A = { play = "who-gains-who-pays"',
            'B2 = { play = "who-gains-who-pays"',
            "the grid, Housing, B2",
            "belongs to capacity A",
        ),
        (
            'file = "book/compass"\ntitle = "The Compass"\ncriteria = ["LC1"]',
            'file = "book/compass"\ntitle = "The Compass"\ncriteria = ["LC0"]',
            "page book/compass",
            "criterion 'LC0'",
        ),
    ],
)
def test_a_fault_is_told_with_entry_and_fix(
    changed: Callable[[str, str], Path], old: str, new: str, where: str, what: str
) -> None:
    with pytest.raises(PlaybookError) as told:
        read_plays(changed(old, new))
    assert where in told.value.where
    assert told.value.where.startswith("plays.toml")
    assert what in told.value.what
    assert told.value.fix
    assert len(f"{told.value.what} {told.value.fix}".split()) <= 45


@pytest.mark.parametrize("field", ["title", "first", "who", "works", "stop"])
@pytest.mark.parametrize("value", ["7", "true", "[]", '" "'])
def test_nothing_but_words_is_taken_for_words(tmp_path: Path, field: str, value: str) -> None:
    lines = [
        f"{field} = {value}" if line.startswith(f"{field} = ") else line
        for line in TEXT.splitlines()
    ]
    path = tmp_path / "plays.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PlaybookError, match="I can't use") as told:
        read_plays(path)
    assert told.value.where.endswith(f", {field}")


def test_the_six_foundations_hold_three_actions_each_where_they_went(found: Plays) -> None:
    rows = foundation_rows(found)
    assert len(rows) == 6
    for row in rows:
        assert len(row.moves) == 3
        for _, play in row.moves:
            assert play.capacity in {capacity.letter for capacity in row.capacities}


def test_a_capacity_shows_what_its_plays_and_lessons_build(found: Plays) -> None:
    rows = {row.capacity.letter: row for row in capacity_rows(found, lessons())}
    for play in found.plays.values():
        assert set(play.criteria) <= set(rows[play.capacity].criteria)
        assert play.lesson in {link.id for link in rows[play.capacity].lessons}
    ids = [link.id for link in rows["C"].lessons]
    assert ids == sorted(ids, key=lambda one: [int(part) for part in one.split(".")])


def test_a_planned_lesson_is_never_one_to_open() -> None:
    assert lesson_link("3.1", lessons()).lesson is lessons()["3.1"]
    assert lesson_link("10.3", {}).lesson is None
    with pytest.raises(KeyError):
        lesson_link("12.9", {})


def test_all_43_criteria_are_there_and_written_lessons_count(found: Plays) -> None:
    rows = criterion_rows(found, lessons())
    assert [row.criterion.code for row in rows] == [*criteria()]
    assert len(rows) == 43
    by_code = {row.criterion.code: row for row in rows}
    for lesson in lessons().values():
        for code in lesson.criteria:
            assert lesson.id in {link.id for link in by_code[code].lessons}
    for row in rows:
        for link in row.lessons:
            assert link.lesson is None or row.criterion.code in link.lesson.criteria


def test_once_a_lesson_is_written_its_own_entry_counts(found: Plays) -> None:
    without = {key: lesson for key, lesson in lessons().items() if key != "7.1"}
    before = {row.criterion.code: row for row in criterion_rows(found, without)}
    for code in ("RDC1", "RDC2"):
        assert [(link.id, link.lesson) for link in before[code].lessons] == [("7.1", None)]
    written = replace(lessons()["3.1"], id="7.1", criteria=("RDC1",))
    after = {row.criterion.code: row for row in criterion_rows(found, {**without, "7.1": written})}
    assert [link.lesson for link in after["RDC1"].lessons] == [written]
    assert after["RDC2"].lessons == ()


def test_a_cell_holds_a_step_of_its_capacity_or_nothing(found: Plays) -> None:
    rows = grid_rows(found)
    assert tuple(rows) == ISSUE_AREAS
    blanks = 0
    for cells in rows.values():
        assert [capacity.letter for capacity, _ in cells] == [*"ABCDEFG"]
        blanks += sum(cell is None for _, cell in cells)
    assert blanks == 42 - len(found.grid)
    assert blanks > 0, "where nothing good is known, the grid says so"


def card(card_id: str, *names: str) -> Card:
    return Card(**{**ANY_CARD, "id": card_id, "capacities": names})  # type: ignore[arg-type]


def test_a_play_gets_the_cards_it_names_then_others_of_its_capacity(found: Plays) -> None:
    play = found.plays["open-one-table"]
    named = [card(one) for one in play.cards]
    other = [card("b-c", "Data"), card("a-b", "Elsewhere")]
    assert cards_of(play, [*other, *named], "Data") == named
    assert cards_of(play, [*other, named[1]], "Data") == [named[1], other[0]]
    assert cards_of(play, [], "Data") == []


def test_every_play_finds_two_cards_in_the_exchange(found: Plays) -> None:
    names = {capacity.letter: capacity.name for capacity in capacities()}
    for play in found.plays.values():
        assert len(cards_of(play, cards(), names[play.capacity])) == 2, play.id
