"""The files of the messy city, in the layouts that agencies and city systems write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from playbook.simulate import messy_names as names
from playbook.simulate.requests_311 import requests_311_raw

Encoding = Literal["utf-8", "utf-8-sig", "cp1252", "utf-16"]
Tables = Mapping[str, pd.DataFrame]

# Two tracts have too few deaths for a life expectancy.
ABSENT_LIVES = (4, 16)
# The census shows no poverty for this one: too few people answered.
NO_POVERTY = 9
# Counts from 1 to 10 leave the health agencies as this.
HIDDEN = "<11"
LEAST_SHOWN = 11
# The hospitals' system was changed in that year, and nothing was counted.
YEAR_WITHOUT_VISITS = 2020
FIRST_YEAR_OF_VISITS = 2018
FIRST_YEAR_OF_DEATHS = 2021


@dataclass(frozen=True)
class MessyFile:
    """One file of the messy city, and what the person who brings it decides.

    Parameters
    ----------
    name, content
        The file.
    table
        The lessons' table that it becomes; empty where its header tells.
    county
        County to keep; empty keeps all.
    columns
        The file's own name of a column by the lessons' name of it.
    labels
        The lessons' label by the city's own one, by the lessons' name of the column.
    leave_out
        Columns that must not be read.
    """

    name: str
    content: bytes
    table: str = ""
    county: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()


def all_files(made: Tables, seed: int) -> list[MessyFile]:
    """Write every file of the city, in the order in which they are best brought.

    Parameters
    ----------
    made
        The city's tables.
    seed
        Root seed, for the faults of the raw export.
    """
    writers: tuple[Callable[[Tables], MessyFile], ...] = (
        _tracts, _life_expectancies, _life_tables, _poverty, _requests, _deaths, _ages, _visits,
        _births, _groups, _burdens, _hazards, _indicators, _series, _inventory, _team,
    )  # fmt: skip
    return [*(write(made) for write in writers), _raw_requests(made, seed)]


def _text(
    table: pd.DataFrame,
    *,
    comma: str = ",",
    encoding: Encoding = "utf-8",
    title: str = "",
    line: str = "\r\n",
) -> bytes:
    text = table.to_csv(index=False, sep=comma, lineterminator=line)
    return f"{title}{line if title else ''}{text}{line}".encode(encoding)


def _as_here(table: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Take columns, and give them the names that they have in this city."""
    return table[list(columns)].rename(columns=dict(columns))


def _said_here(values: pd.Series, labels: Mapping[str, str]) -> pd.Series:
    return values.replace(dict(labels))


def _back(labels: Mapping[str, str]) -> dict[str, str]:
    return {theirs: ours for ours, theirs in labels.items()}


def _hidden(counts: pd.Series) -> pd.Series:
    return counts.astype("str").mask(counts.between(1, LEAST_SHOWN - 1), HIDDEN)


def _tracts(made: Tables) -> MessyFile:
    columns = {
        "tract_geoid": "GEOID20", "name": "Neighborhood", "district": "Ward",
        "population": "Residents", "households": "Households",
    }  # fmt: skip
    table = _as_here(made["neighborhoods"], columns)
    table["Residents"] = table["Residents"].map("{:,}".format)
    return MessyFile("tracts-and-wards.csv", _text(table, comma=";", encoding="utf-8-sig"))


def _parts_of(tract: pd.Series) -> dict[str, pd.Series]:
    return {
        "Tract ID": tract,
        "STATE2KX": tract.str[:2],
        "CNTY2KX": tract.str[2:5],
        "TRACT2KX": tract.str[5:],
    }


def _with_a_neighbor(table: pd.DataFrame) -> pd.DataFrame:
    """Add a tract of another county: the national files cover a whole state."""
    first = table[table["neighborhood_id"].eq(table["neighborhood_id"].iloc[0])]
    elsewhere = first["neighborhood_id"].str.replace(names.COUNTY, names.OTHER_COUNTY, regex=False)
    return pd.concat([first.assign(neighborhood_id=elsewhere), table], ignore_index=True)


def _known_lives(table: pd.DataFrame) -> pd.DataFrame:
    lost = table["neighborhood_id"].drop_duplicates().iloc[list(ABSENT_LIVES)]
    return _with_a_neighbor(table[~table["neighborhood_id"].isin(lost)])


def _life_expectancies(made: Tables) -> MessyFile:
    table = _known_lives(made["life_expectancy"])
    flags = table["table_kind"].map({"observed": "1", "predicted": "2", "mixed": "3"})
    columns = {
        **_parts_of(table["neighborhood_id"]),
        "e(0)": table["life_expectancy"],
        "se(e(0))": table["standard_error"],
        "Abridged life table flag": flags,
    }
    return MessyFile("MO_A.CSV", _text(pd.DataFrame(columns)), county=names.COUNTY)


def _life_tables(made: Tables) -> MessyFile:
    table = _known_lives(made["life_table"])
    columns = {
        "age_group": "Age Group", "probability_of_dying": "nq(x)", "survivors": "l(x)",
        "deaths": "nd(x)", "person_years": "nL(x)", "person_years_above": "T(x)",
        "life_expectancy": "e(x)", "probability_se": "se(nq(x))", "life_expectancy_se": "se(e(x))",
    }  # fmt: skip
    parts = pd.DataFrame(_parts_of(table["neighborhood_id"]))
    both = pd.concat([parts, _as_here(table, columns)], axis="columns")
    return MessyFile("MO_B.CSV", _text(both), county=names.COUNTY)


def _poverty(made: Tables) -> MessyFile:
    table = made["acs_profile"]
    table = table[table["year"].eq(table["year"].max())].reset_index(drop=True)
    shares, margins = table["poverty_pct"].astype("str"), table["poverty_moe"].astype("str")
    shares.iloc[NO_POVERTY], margins.iloc[NO_POVERTY] = "-", "**"
    rows = pd.DataFrame(
        {
            "GEO_ID": "1400000US" + table["neighborhood_id"],
            "NAME": "Census Tract; Fallow County; Missouri",
            "S1701_C03_001E": shares,
            "S1701_C03_001M": margins,
        }
    )
    second = {
        "GEO_ID": "Geography",
        "NAME": "Geographic Area Name",
        "S1701_C03_001E": "Estimate!!Percent below poverty level",
        "S1701_C03_001M": "Margin of Error!!Percent below poverty level",
    }
    both = pd.concat([pd.DataFrame([second]), rows], ignore_index=True)
    return MessyFile("ACSST5Y2024.S1701-Data.csv", _text(both), county=names.COUNTY)


def _us_time(moments: pd.Series) -> pd.Series:
    return pd.Series(moments.dt.strftime("%m/%d/%Y %I:%M:%S %p")).fillna("")


def _requests_here(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Ticket": table["request_id"],
            "Entered": _us_time(table["opened_at"]),
            "Done": _us_time(table["closed_at"]),
            "State": table["closed_at"].isna().map({True: "OPEN", False: "Closed "}),
            "What": _said_here(table["request_type"], names.REQUEST_TYPES),
            "Census tract": table["neighborhood_id"],
            "How": _said_here(table["channel"], names.CHANNELS),
            "Address": "100 BLOCK OF NOWHERE ST",
        }
    )


_REQUEST_COLUMNS = {
    "request_id": "Ticket", "opened_at": "Entered", "closed_at": "Done",
    "request_type": "What", "neighborhood_id": "Census tract", "channel": "How",
}  # fmt: skip


def _requests(made: Tables) -> MessyFile:
    return MessyFile(
        "service-tickets.csv",
        _text(_requests_here(made["requests_311"]), encoding="cp1252"),
        table="requests_311",
        columns={**_REQUEST_COLUMNS, "status": "State"},
    )


def _raw_requests(made: Tables, seed: int) -> MessyFile:
    table = _requests_here(requests_311_raw(made["requests_311"], seed))
    return MessyFile(
        "one-month-as-exported.csv",
        _text(table),
        table="requests_311_raw",
        columns=_REQUEST_COLUMNS,
        leave_out=("Address",),
    )


def _deaths(made: Tables) -> MessyFile:
    table = made["deaths"]
    table = table[table["year"] >= FIRST_YEAR_OF_DEATHS]
    table = table.assign(
        age_group=_said_here(table["age_group"], names.AGES),
        cause=_said_here(table["cause"], names.CAUSES),
    )
    columns = {
        "neighborhood_id": "Tract", "year": "Year of death", "age_group": "Age",
        "cause": "Manner", "deaths": "N",
    }  # fmt: skip
    return MessyFile(
        "vital-records-deaths.csv",
        _text(_as_here(table, columns), encoding="utf-16", comma="\t"),
        table="deaths",
        columns=columns,
        labels={"age_group": _back(names.AGES), "cause": _back(names.CAUSES)},
    )


def _ages(made: Tables) -> MessyFile:
    table = made["population_age"]
    table = table.assign(age_group=_said_here(table["age_group"], names.AGES))
    columns = {"neighborhood_id": "Tract", "age_group": "Age", "population": "People"}
    return MessyFile(
        "people-by-age.csv",
        _text(_as_here(table, columns), title="Residents by age, Fallow County"),
        table="population_age",
        columns=columns,
        labels={"age_group": _back(names.AGES)},
    )


def _visits(made: Tables) -> MessyFile:
    table = made["avoidable_hospital"]
    years = table["year"].ge(FIRST_YEAR_OF_VISITS) & table["year"].ne(YEAR_WITHOUT_VISITS)
    keys = ["year", "neighborhood_id", "population"]
    table = table[years].groupby(keys)["visits"].sum().reset_index()
    table = table.assign(
        condition=names.CONDITION,
        visits=_hidden(table["visits"]),
        population=table["population"].map("{:,}".format),
    )
    columns = {
        "year": "CY", "neighborhood_id": "Tract of residence", "condition": "Diagnosis",
        "visits": "Visits", "population": "Residents",
    }  # fmt: skip
    text = _text(_as_here(table, columns))
    return MessyFile("hospital-visits.csv", text, "avoidable_hospital", "", columns)


def _births(made: Tables) -> MessyFile:
    table = made["birth_outcomes"]
    table = table.assign(
        race_ethnicity=_said_here(table["race_ethnicity"], names.GROUPS),
        income_third=_said_here(table["income_third"], names.INCOMES),
        low_birth_weight=_hidden(table["low_birth_weight"]),
    )
    columns = {
        "years": "Period", "neighborhood_id": "Tract", "race_ethnicity": "Mother's group",
        "income_third": "Income", "births": "Live births", "low_birth_weight": "Under 2500 g",
    }  # fmt: skip
    labels = {"race_ethnicity": _back(names.GROUPS), "income_third": _back(names.INCOMES)}
    return MessyFile(
        "births.csv", _text(_as_here(table, columns)), "birth_outcomes", "", columns, labels
    )


def _groups(made: Tables) -> MessyFile:
    table = made["population_age_race"]
    table = table.assign(
        age_group=_said_here(table["age_group"], names.AGES),
        race_ethnicity=_said_here(table["race_ethnicity"], names.GROUPS),
    )
    columns = {
        "neighborhood_id": "Tract", "age_group": "Age", "race_ethnicity": "Group",
        "population": "People",
    }  # fmt: skip
    labels = {"age_group": _back(names.AGES), "race_ethnicity": _back(names.GROUPS)}
    return MessyFile(
        "people-by-age-and-group.csv",
        _text(_as_here(table, columns)),
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
        "what-places-carry.csv", _text(_as_here(table, columns)), "burdens", "", columns
    )


def _hazards(made: Tables) -> MessyFile:
    columns = {
        "neighborhood_id": "Tract", "segments": "Blocks walked", "hazards_found": "Hazards",
        "reports": "Reported before",
    }  # fmt: skip
    table = _as_here(made["hazard_audit"], columns)
    return MessyFile("sidewalk-walk.csv", _text(table), "hazard_audit", "", columns)


def _our_words(title: str) -> str:
    return title.replace("Eastbank and Mill Flats", "two wards").replace("Eastbank", "Ward 1")


def _indicators(made: Tables) -> MessyFile:
    table = made["indicators"]
    table = table.assign(
        name=table["name"].map(_our_words),
        department=_said_here(table["department"], names.DEPARTMENTS),
        result=_said_here(table["result"], names.RESULTS),
        kind=_said_here(table["kind"], names.KINDS),
        level=_said_here(table["level"], names.LEVELS),
    )
    # Goals are kept; nobody has scored what a number says to residents.
    columns = {
        "indicator_id": "Measure", "name": "Title", "level": "Reach", "kind": "Sort",
        "department": "Owner", "result": "Goal area", "unit": "Unit", "direction": "Good is",
        "target": "Goal",
    }  # fmt: skip
    labels = {"kind": _back(names.KINDS), "level": _back(names.LEVELS)}
    return MessyFile(
        "measures.csv", _text(_as_here(table, columns)), "indicators", "", columns, labels
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
    kept = _as_here(table[~(late | skipped)], columns)
    return MessyFile("measures-by-year.csv", _text(kept), "indicator_series", "", columns)


def _inventory(made: Tables) -> MessyFile:
    table = made["data_inventory"]
    table = table.assign(
        department=_said_here(table["department"], names.DEPARTMENTS),
        listed=table["listed"].map({"yes": "Y", "no": "N"}),
        contains_pii=table["contains_pii"].map({"yes": "Y", "no": "N"}),
    )
    columns = {
        "dataset_id": "No.", "department": "Office", "title": "Dataset", "listed": "In catalog",
        "steward": "Data steward", "contains_pii": "Personal data", "updated_on": "Last updated",
    }  # fmt: skip
    return MessyFile(
        "data-sets-we-hold.csv", _text(_as_here(table, columns)), "data_inventory", "", columns
    )


def _team(made: Tables) -> MessyFile:
    answers = made["capacity_responses"]
    letters = dict(zip(answers["capacity"].unique(), "ABCDEFG", strict=True))
    code = answers["capacity"].map(letters) + answers["statement"].astype("str")
    wide = answers.assign(code=code).pivot(
        index=["response_id", "role"], columns="code", values="score"
    )
    table = wide.reset_index("role").reset_index(drop=True)
    table["role"] = _said_here(table["role"], names.ROLES)
    return MessyFile("team-answers.csv", _text(table))
