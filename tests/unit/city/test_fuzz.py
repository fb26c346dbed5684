"""A damaged file gives a sound table or a plain message: never a traceback, never a long wait."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.city.check import check_against
from playbook.city.contract import load_contract
from playbook.city.own import new_city
from playbook.city.readers import SOURCES, read_files
from playbook.city.tables import load_city
from playbook.city.text_files import read_header
from playbook.errors import PlaybookError
from playbook.home import data_folder

from .damaged_files import OF_KIND, OF_TEXT, flip_bytes
from .sound_files import SOUND_FILES

# 200 every day, 2,000 in the gate.
COPIES = max(200, settings().max_examples)
MOST_SECONDS = 2
CONTRACTS = load_contract(data_folder())


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Read a file for a city; gives what keeps a lesson from using its tables."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYBOOK_WORK", str(tmp_path_factory.mktemp("work")))
        patch.delenv("PLAYBOOK_CITY", raising=False)
        new_city("Elsewhere")
        city = load_city("elsewhere")
        yield lambda name, content: _faults(read_files([(name, content)], city))


def _faults(readings) -> list[str]:
    found = []
    for reading in readings:
        assert str(reading.report)
        assert reading.tables
        for name, rows in reading.tables.items():
            contract = CONTRACTS[name]
            may = {field.name for field in contract.fields if field.optional}
            unused = reading.reasons.get(name)
            if unused is not None:
                may |= set(unused.loc[unused["reason"].eq("suppressed"), "column"])
            report = check_against(rows, contract, may_be_empty=may)
            found += [f"{name}: {one}" for one in report.findings if one.level == "stop"]
    return found


@pytest.mark.parametrize("name", SOUND_FILES)
def test_the_sound_file_of_each_kind_is_read_and_satisfies_its_contract(read, name):
    assert read(name, SOUND_FILES[name]) == []


def test_each_kind_that_is_read_has_a_sound_file():
    def known_names(cells):
        return max(source.known_names(cells) for source in SOURCES)

    headers = [read_header(content, name, known_names) for name, content in SOUND_FILES.items()]
    kinds = {next(one.what for one in SOURCES if one.is_one(header)) for header in headers}
    # A kind without words for "Today I read" is there to be refused.
    assert {one.what for one in SOURCES if one.what} <= kinds


@settings(max_examples=COPIES)
@given(
    name=st.sampled_from(sorted(SOUND_FILES)),
    damages=st.lists(st.sampled_from(OF_TEXT), min_size=1, max_size=3),
    kind=st.sampled_from([None, None, *OF_KIND]),
    broken_last=st.booleans(),
    seed=st.integers(0, 2**32 - 1),
)
def test_a_damaged_copy_gives_a_sound_table_or_a_plain_message(
    read, name, damages, kind, broken_last, seed
):
    random = Random(seed)
    content = SOUND_FILES[name]
    for damage in damages:
        content = damage(content, random)
    if kind:
        content = kind(content, random)
        content = flip_bytes(content, random) if broken_last else content
    began = time.process_time()
    said, found = None, []
    try:
        found = read(name, content)
    except PlaybookError as error:
        said = error
    assert time.process_time() - began < MOST_SECONDS
    assert said is None or (said.what and said.fix)
    assert found == []
