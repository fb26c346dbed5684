"""A city's own note: read as its people left it, written without losing their words."""

import pytest

from playbook.city.profile import Profile, read_profile, write_profile
from playbook.errors import PlaybookError


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "st-louis"


def note(folder, text):
    folder.mkdir(exist_ok=True)
    (folder / "city.toml").write_text(text, encoding="utf-8")
    return folder


def test_what_is_written_is_what_is_read(folder):
    profile = Profile(
        'St. "Louis"',
        "st-louis",
        "MO",
        "29510",
        "neighborhoods",
        "cms",
        {"requests_311": {"opened_at": "open_dt"}},
        {"race_ethnicity": {"Multiracial": "Other or several"}},
    )
    write_profile(folder, profile)
    assert read_profile(folder) == profile


def test_what_people_wrote_by_hand_stays(folder):
    note(folder, '# ask Ana in May\nname = "St. Louis"  # not the county\nmayor = "yes"\n')
    write_profile(folder, Profile("St. Louis", "st-louis", "MO"))
    text = (folder / "city.toml").read_text(encoding="utf-8")
    assert "# ask Ana in May" in text
    assert "# not the county" in text
    assert 'mayor = "yes"' in text
    assert read_profile(folder).state == "MO"


def test_a_file_saved_by_notepad_is_read(folder):
    folder.mkdir()
    (folder / "city.toml").write_text('name = "St. Louis"\r\n', encoding="utf-8-sig")
    assert read_profile(folder).name == "St. Louis"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = St. Louis", "can't be read"),
        ('key = "x"', "what the city is called"),
        ('name = "X"\ncounty = 29510', "between quotes"),
        ('name = "X"\ncounty = "510"', "five digits"),
        ('name = "X"\nstate = "Missouri"', "two capital letters"),
        ('name = "X"\nareas = "wards"', '"tracts" or "neighborhoods"'),
        ('name = "X"\nlabels = "none"', r"\[labels.NAME\]"),
        ('name = "X"\n[labels]\ncause = 3', '"ours" = "theirs"'),
    ],
)
def test_a_note_that_does_not_fit_is_told_with_its_place_and_fix(folder, text, said):
    with pytest.raises(PlaybookError, match=said) as told:
        read_profile(note(folder, text))
    assert "st-louis/city.toml" in str(told.value)


def test_a_profile_that_does_not_fit_is_not_written(folder):
    with pytest.raises(PlaybookError, match="five digits"):
        write_profile(folder, Profile("X", "x", county="510"))
    assert not folder.exists()
