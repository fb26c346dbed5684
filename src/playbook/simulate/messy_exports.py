"""Exports of the messy city's own offices: their names of columns, their labels, their gaps."""

from __future__ import annotations

from collections.abc import Callable

from playbook.simulate import messy_names as names
from playbook.simulate.messy_file import (
    MessyFile,
    Tables,
    as_here,
    as_text,
    back,
    hidden,
    said_here,
)

# The hospitals' system was changed in that year, and nothing was counted.
YEAR_WITHOUT_VISITS = 2020
FIRST_YEAR_OF_VISITS = 2018
FIRST_YEAR_OF_DEATHS = 2021


def _deaths(made: Tables) -> MessyFile:
    table = made["deaths"]
    table = table[table["year"] >= FIRST_YEAR_OF_DEATHS]
    table = table.assign(
        age_group=said_here(table["age_group"], names.AGES),
        cause=said_here(table["cause"], names.CAUSES),
    )
    columns = {
        "neighborhood_id": "Tract", "year": "Year of death", "age_group": "Age",
        "cause": "Manner", "deaths": "N",
    }  # fmt: skip
    return MessyFile(
        "vital-records-deaths.csv",
        as_text(as_here(table, columns), encoding="utf-16", comma="\t"),
        table="deaths",
        columns=columns,
        labels={"age_group": back(names.AGES), "cause": back(names.CAUSES)},
    )


def _ages(made: Tables) -> MessyFile:
    table = made["population_age"]
    table = table.assign(age_group=said_here(table["age_group"], names.AGES))
    columns = {"neighborhood_id": "Tract", "age_group": "Age", "population": "People"}
    return MessyFile(
        "people-by-age.csv",
        as_text(as_here(table, columns), title="Residents by age, Fallow County"),
        table="population_age",
        columns=columns,
        labels={"age_group": back(names.AGES)},
    )


def _visits(made: Tables) -> MessyFile:
    table = made["avoidable_hospital"]
    years = table["year"].ge(FIRST_YEAR_OF_VISITS) & table["year"].ne(YEAR_WITHOUT_VISITS)
    keys = ["year", "neighborhood_id", "population"]
    table = table[years].groupby(keys)["visits"].sum().reset_index()
    table = table.assign(
        condition=names.CONDITION,
        visits=hidden(table["visits"]),
        population=table["population"].map("{:,}".format),
    )
    columns = {
        "year": "CY", "neighborhood_id": "Tract of residence", "condition": "Diagnosis",
        "visits": "Visits", "population": "Residents",
    }  # fmt: skip
    text = as_text(as_here(table, columns))
    return MessyFile("hospital-visits.csv", text, "avoidable_hospital", "", columns)


def _births(made: Tables) -> MessyFile:
    table = made["birth_outcomes"]
    table = table.assign(
        race_ethnicity=said_here(table["race_ethnicity"], names.GROUPS),
        income_third=said_here(table["income_third"], names.INCOMES),
        low_birth_weight=hidden(table["low_birth_weight"]),
    )
    columns = {
        "years": "Period", "neighborhood_id": "Tract", "race_ethnicity": "Mother's group",
        "income_third": "Income", "births": "Live births", "low_birth_weight": "Under 2500 g",
    }  # fmt: skip
    labels = {"race_ethnicity": back(names.GROUPS), "income_third": back(names.INCOMES)}
    return MessyFile(
        "births.csv", as_text(as_here(table, columns)), "birth_outcomes", "", columns, labels
    )


def _groups(made: Tables) -> MessyFile:
    table = made["population_age_race"]
    table = table.assign(
        age_group=said_here(table["age_group"], names.AGES),
        race_ethnicity=said_here(table["race_ethnicity"], names.GROUPS),
    )
    columns = {
        "neighborhood_id": "Tract", "age_group": "Age", "race_ethnicity": "Group",
        "population": "People",
    }  # fmt: skip
    labels = {"age_group": back(names.AGES), "race_ethnicity": back(names.GROUPS)}
    return MessyFile(
        "people-by-age-and-group.csv",
        as_text(as_here(table, columns)),
        "population_age_race",
        "",
        columns,
        labels,
    )


def _burdens(made: Tables) -> MessyFile:
    # Nobody in this city has counted lead pipes, gardens or groups of residents.
    columns = {
        "neighborhood_id": "TRACT", "expressway": "Interstate within 500 ft",
        "truck_route_m": "Truck route (m)", "vacant_lots": "Vacant lots",
        "permitted_emitters": "Air permits", "flood_prone_homes": "Homes in flood zone",
        "park_ha": "Park (ha)", "local_shops": "Shops",
    }  # fmt: skip
    table = made["burdens"]
    table = table.assign(expressway=table["expressway"].map({"yes": "Y", "no": "N"}))
    return MessyFile(
        "what-places-carry.csv", as_text(as_here(table, columns)), "burdens", "", columns
    )


def _hazards(made: Tables) -> MessyFile:
    columns = {
        "neighborhood_id": "Tract", "segments": "Blocks walked", "hazards_found": "Hazards",
        "reports": "Reported before",
    }  # fmt: skip
    table = as_here(made["hazard_audit"], columns)
    return MessyFile("sidewalk-walk.csv", as_text(table), "hazard_audit", "", columns)


def _our_words(title: str) -> str:
    return title.replace("Eastbank and Mill Flats", "two wards").replace("Eastbank", "Ward 1")


def _indicators(made: Tables) -> MessyFile:
    table = made["indicators"]
    table = table.assign(
        name=table["name"].map(_our_words),
        department=said_here(table["department"], names.DEPARTMENTS),
        result=said_here(table["result"], names.RESULTS),
        kind=said_here(table["kind"], names.KINDS),
        level=said_here(table["level"], names.LEVELS),
    )
    # Goals are kept; nobody has scored what a number says to residents.
    columns = {
        "indicator_id": "Measure", "name": "Title", "level": "Reach", "kind": "Sort",
        "department": "Owner", "result": "Goal area", "unit": "Unit", "direction": "Good is",
        "target": "Goal",
    }  # fmt: skip
    labels = {"kind": back(names.KINDS), "level": back(names.LEVELS)}
    return MessyFile(
        "measures.csv", as_text(as_here(table, columns)), "indicators", "", columns, labels
    )


def _series(made: Tables) -> MessyFile:
    table = made["indicator_series"]
    # Measures of programs began later, and every fifth of them skipped a year.
    late = table["indicator_id"].str.startswith("P") & table["year"].lt(2019)
    skipped = table["indicator_id"].str.endswith("5") & table["year"].eq(2021)
    columns = {
        "indicator_id": "Measure", "year": "Year", "value": "Value", "numerator": "Count",
        "denominator": "Out of",
    }  # fmt: skip
    kept = as_here(table[~(late | skipped)], columns)
    return MessyFile("measures-by-year.csv", as_text(kept), "indicator_series", "", columns)


def _inventory(made: Tables) -> MessyFile:
    table = made["data_inventory"]
    table = table.assign(
        department=said_here(table["department"], names.DEPARTMENTS),
        listed=table["listed"].map({"yes": "Y", "no": "N"}),
        contains_pii=table["contains_pii"].map({"yes": "Y", "no": "N"}),
    )
    columns = {
        "dataset_id": "No.", "department": "Office", "title": "Dataset", "listed": "In catalog",
        "steward": "Data steward", "contains_pii": "Personal data", "updated_on": "Last updated",
    }  # fmt: skip
    return MessyFile(
        "data-sets-we-hold.csv", as_text(as_here(table, columns)), "data_inventory", "", columns
    )


def _team(made: Tables) -> MessyFile:
    answers = made["capacity_responses"]
    letters = dict(zip(answers["capacity"].unique(), "ABCDEFG", strict=True))
    code = answers["capacity"].map(letters) + answers["statement"].astype("str")
    wide = answers.assign(code=code).pivot(
        index=["response_id", "role"], columns="code", values="score"
    )
    table = wide.reset_index("role").reset_index(drop=True)
    table["role"] = said_here(table["role"], names.ROLES)
    return MessyFile("team-answers.csv", as_text(table))


# Each writes one file, in the order in which they are best brought.
OFFICES: tuple[Callable[[Tables], MessyFile], ...] = (
    _deaths, _ages, _visits, _births, _groups, _burdens,
    _hazards, _indicators, _series, _inventory, _team,
)  # fmt: skip
