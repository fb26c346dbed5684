"""Files in the layouts that agencies and service systems write, and all files together."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from playbook.simulate import messy_names as names
from playbook.simulate.messy_exports import OFFICES
from playbook.simulate.messy_file import (
    MessyFile,
    Tables,
    as_here,
    as_text,
    said_here,
)
from playbook.simulate.requests_311 import requests_311_raw

# Two tracts have too few deaths for a life expectancy.
ABSENT_LIVES = (4, 16)
# The census shows no poverty for this one: too few people answered.
NO_POVERTY = 9


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
        _tracts, _life_expectancies, _life_tables, _poverty, _requests, *OFFICES,
    )  # fmt: skip
    return [*(write(made) for write in writers), _raw_requests(made, seed)]


def _tracts(made: Tables) -> MessyFile:
    columns = {
        "tract_geoid": "GEOID20", "name": "Neighborhood", "district": "Ward",
        "population": "Residents", "households": "Households",
    }  # fmt: skip
    table = as_here(made["neighborhoods"], columns)
    table["Residents"] = table["Residents"].map("{:,}".format)
    return MessyFile("tracts-and-wards.csv", as_text(table, comma=";", encoding="utf-8-sig"))


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
    return MessyFile("MO_A.CSV", as_text(pd.DataFrame(columns)), county=names.COUNTY)


def _life_tables(made: Tables) -> MessyFile:
    table = _known_lives(made["life_table"])
    columns = {
        "age_group": "Age Group", "probability_of_dying": "nq(x)", "survivors": "l(x)",
        "deaths": "nd(x)", "person_years": "nL(x)", "person_years_above": "T(x)",
        "life_expectancy": "e(x)", "probability_se": "se(nq(x))", "life_expectancy_se": "se(e(x))",
    }  # fmt: skip
    parts = pd.DataFrame(_parts_of(table["neighborhood_id"]))
    both = pd.concat([parts, as_here(table, columns)], axis="columns")
    return MessyFile("MO_B.CSV", as_text(both), county=names.COUNTY)


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
    return MessyFile("ACSST5Y2024.S1701-Data.csv", as_text(both), county=names.COUNTY)


def _us_time(moments: pd.Series) -> pd.Series:
    return pd.Series(moments.dt.strftime("%m/%d/%Y %I:%M:%S %p")).fillna("")


def _requests_here(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Ticket": table["request_id"],
            "Entered": _us_time(table["opened_at"]),
            "Done": _us_time(table["closed_at"]),
            "State": table["closed_at"].isna().map({True: "OPEN", False: "Closed "}),
            "What": said_here(table["request_type"], names.REQUEST_TYPES),
            "Census tract": table["neighborhood_id"],
            "How": said_here(table["channel"], names.CHANNELS),
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
        as_text(_requests_here(made["requests_311"]), encoding="cp1252"),
        table="requests_311",
        columns={**_REQUEST_COLUMNS, "status": "State"},
    )


def _raw_requests(made: Tables, seed: int) -> MessyFile:
    table = _requests_here(requests_311_raw(made["requests_311"], seed))
    return MessyFile(
        "one-month-as-exported.csv",
        as_text(table),
        table="requests_311_raw",
        columns=_REQUEST_COLUMNS,
        leave_out=("Address",),
    )
