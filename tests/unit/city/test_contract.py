"""Reading the contract of the tables."""

import json

import pytest

from playbook.city.contract import ForeignKey, load_contract
from playbook.errors import PlaybookError
from playbook.home import data_folder


@pytest.fixture
def package():
    """A package of one four-column table, as a person would write it."""
    field = {"title": "T", "description": "D."}
    return {
        "name": "small",
        "resources": [
            {
                "name": "visits",
                "title": "Visits",
                "description": "Visits to a clinic.",
                "path": "visits.csv",
                "as_of": "2026-01-15",
                "bring": "Ask the clinic.",
                "provenance": "Synthetic.",
                "limits": ["Nobody counted walk-ins."],
                "licenses": [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}],
                "schema": {
                    "primaryKey": "visit_id",
                    "foreignKeys": [
                        {
                            "fields": "clinic",
                            "reference": {"resource": "clinics", "fields": "clinic_id"},
                        },
                        {
                            "fields": ["repeat_of"],
                            "reference": {"resource": "", "fields": ["visit_id"]},
                        },
                    ],
                    "fields": [
                        {
                            "name": "visit_id",
                            "type": "string",
                            "constraints": {"required": True, "unique": True, "pattern": "v\\d+"},
                            **field,
                        },
                        {"name": "clinic", "type": "string", "categories": ["east"], **field},
                        {"name": "day", "type": "date", "format": "%Y-%m-%d", **field},
                        {
                            "name": "minutes",
                            "type": "integer",
                            "unit": "minutes",
                            "constraints": {"minimum": 0, "maximum": 600, "enum": [10, 20]},
                            **field,
                        },
                    ],
                },
            }
        ],
    }


def load(folder, package):
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return load_contract(folder)


def test_everything_a_table_says_is_read(tmp_path, package):
    table = load(tmp_path, package)["visits"]
    assert (table.title, table.bring, table.provenance) == (
        "Visits",
        "Ask the clinic.",
        "Synthetic.",
    )
    assert table.limits == ("Nobody counted walk-ins.",)
    assert str(table.as_of) == "2026-01-15"
    assert table.names == ("visit_id", "clinic", "day", "minutes")
    assert table.primary_key == ("visit_id",)
    assert table.foreign_keys == (
        ForeignKey(("clinic",), "clinics", ("clinic_id",)),
        ForeignKey(("repeat_of",), "visits", ("visit_id",)),
    )


def test_everything_a_column_says_is_read(tmp_path, package):
    table = load(tmp_path, package)["visits"]
    assert table["visit_id"].required
    assert table["visit_id"].unique
    assert table["visit_id"].pattern == r"v\d+"
    assert table["clinic"].categories == ("east",)
    assert not table["clinic"].required
    assert table["day"].is_date
    assert not table["clinic"].is_date
    assert table["day"].format == "%Y-%m-%d"
    minutes = table["minutes"]
    assert (minutes.unit, minutes.minimum, minutes.maximum) == ("minutes", 0, 600)
    assert minutes.enum == (10, 20)


def test_types_of_columns_in_a_dataframe(tmp_path, package):
    table = load(tmp_path, package)["visits"]
    assert [field.dtype for field in table.fields] == ["str", "str", "datetime64[us]", "int64"]


def test_a_table_without_a_day_has_none(tmp_path, package):
    del package["resources"][0]["as_of"]
    assert load(tmp_path, package)["visits"].as_of is None


@pytest.mark.parametrize("part", ["title", "path", "bring", "limits", "schema", "licenses"])
def test_a_missing_part_is_named_with_its_table(tmp_path, package, part):
    del package["resources"][0][part]
    with pytest.raises(PlaybookError) as caught:
        load(tmp_path, package)
    assert part in caught.value.what
    assert "visits" in caught.value.where


def test_an_unknown_type_is_named_with_its_column(tmp_path, package):
    package["resources"][0]["schema"]["fields"][1]["type"] = "geopoint"
    with pytest.raises(PlaybookError, match=r"clinic.*geopoint"):
        load(tmp_path, package)


def test_a_column_that_is_not_there_lists_those_that_are(tmp_path, package):
    with pytest.raises(PlaybookError) as caught:
        load(tmp_path, package)["visits"]["ward"]
    assert '"ward"' in caught.value.what
    assert "visit_id, clinic" in caught.value.fix


def test_a_missing_file_and_a_broken_one_say_so(tmp_path):
    with pytest.raises(PlaybookError, match=r"can't find datapackage\.json"):
        load_contract(tmp_path)
    (tmp_path / "datapackage.json").write_text('{"resources": [', encoding="utf-8")
    with pytest.raises(PlaybookError, match="can't be read as JSON"):
        load_contract(tmp_path)


def test_keys_of_port_alder_point_to_columns_that_exist():
    contract = load_contract(data_folder())
    for table in contract.values():
        assert set(table.primary_key) <= set(table.names)
        for key in table.foreign_keys:
            assert set(key.fields) <= set(table.names)
            assert set(key.other_fields) <= set(contract[key.table].names)
