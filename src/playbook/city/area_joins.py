"""Tables by census tract, joined to a city's own neighborhoods."""

from __future__ import annotations

import pandas as pd

from playbook.city.contract import Field, TableContract
from playbook.city.labels import listed
from playbook.city.report import Finding
from playbook.city.sources.acs_tables import poverty_fifths
from playbook.errors import PlaybookError

# These stay by tract: a life expectancy or a modeled rate can't be joined from others.
BY_TRACT = frozenset({"life_expectancy", "life_table", "places_estimates"})
# A median can't be joined either, and a rank is made anew.
_MEDIANS = frozenset({"median_income", "median_income_moe"})
_RANK = "poverty_fifth"


def join_to_neighborhoods(
    rows: pd.DataFrame, contract: TableContract, tracts: pd.DataFrame
) -> tuple[pd.DataFrame, list[Finding]]:
    """Join the rows of a table that are by census tract to the neighborhoods of a city.

    Parameters
    ----------
    rows
        A table as its contract asks for it, with tracts in ``neighborhood_id``.
    contract
        What the table must hold.
    tracts
        ``tract``, ``neighborhood``, and ``population`` where known.

    Returns
    -------
    joined : pandas.DataFrame
        Counts added up. A share is the average of the tracts', weighted by residents; its margin of
        error the root of the sum of squares of theirs, weighted alike. A median is left out. The
        same rows when none is about a tract of the list.
    findings : list of Finding
        What was joined and left out, with counts.

    Raises
    ------
    PlaybookError
        When shares are to be joined and the list does not say how many people live in each tract.

    Notes
    -----
    Source of the margin: U.S. Census Bureau (2020), Understanding and Using American Community
    Survey Data, chapter 8 (aggregated estimates).
    """
    homes = dict(zip(tracts["tract"], tracts["neighborhood"], strict=True))
    home = rows["neighborhood_id"].map(homes)
    if contract.name in BY_TRACT or home.isna().all():
        return rows, []
    findings = _about_other_tracts(rows[home.isna()])
    kept = rows.assign(neighborhood_id=home)[home.notna()]
    if "neighborhood_id" not in contract.primary_key:
        return kept.reset_index(drop=True), findings
    people = dict(zip(tracts["tract"], tracts["population"], strict=True))
    weights = rows.loc[home.notna(), "neighborhood_id"].map(people)
    joined = _joined(kept, contract, weights)
    left_out = [name for name in kept.columns if name not in joined]
    findings.append(
        Finding(
            "fine",
            f"I joined {len(kept):,} rows by tract to {len(joined):,} rows by neighborhood.",
        )
    )
    lost = kept["neighborhood_id"].nunique() - joined["neighborhood_id"].nunique()
    if lost:
        what = f"{lost:,} neighborhoods have no estimate in any of their tracts. I left them out."
        findings.append(Finding("look", what, count=lost))
    if left_out:
        findings.append(
            Finding("look", f"I left out {listed(left_out)}: a median can't be joined from tracts.")
        )
    return joined, findings


def _about_other_tracts(rows: pd.DataFrame) -> list[Finding]:
    if not len(rows):
        return []
    return [
        Finding(
            "look",
            f"{rows['neighborhood_id'].nunique():,} places are not in your list of tracts. I left "
            f"their {len(rows):,} rows out.",
            "If they belong to the city, add them to the list, then add both files again.",
            count=len(rows),
        )
    ]


def _joined(rows: pd.DataFrame, contract: TableContract, weights: pd.Series) -> pd.DataFrame:
    keys = [name for name in contract.primary_key if name in rows]
    groups = [rows[name] for name in keys]
    columns: dict[str, pd.Series] = {}
    for field in contract.fields:
        if field.name in keys or field.name not in rows or field.name in {*_MEDIANS, _RANK}:
            continue
        cells = rows[field.name]
        if _is_share(field):
            _require_people(weights, field)
            # A tract without an estimate has no say, and no weight.
            weight = weights.where(cells.notna())
            whole = weight.groupby(groups).transform("sum")
            part = cells * weight / whole
            if field.name.endswith("_moe"):
                squares = (part**2).groupby(groups).sum(min_count=1)
                columns[field.name] = squares.pow(0.5).round(1)
            else:
                columns[field.name] = part.groupby(groups).sum(min_count=1).round(1)
        elif field.type == "string":
            # Yes in one part is yes for the whole; other texts are taken from the first part.
            columns[field.name] = cells.sort_values(ascending=False).groupby(groups).first()
        else:
            columns[field.name] = cells.groupby(groups).sum(min_count=1)
    joined = pd.DataFrame(columns).reset_index()
    if _RANK in rows:
        joined = _ranked(joined)
    return joined[[name for name in contract.names if name in joined]]


def _ranked(joined: pd.DataFrame) -> pd.DataFrame:
    """Sort the neighborhoods of each year into fifths; one without a rate is in none."""
    ranks = [
        poverty_fifths(places["poverty_pct"], places["neighborhood_id"])
        for _, places in joined.groupby("year")
    ]
    ranked = joined.assign(**{_RANK: pd.concat(ranks)}).dropna(subset=[_RANK])
    if not len(ranked):
        raise PlaybookError(
            "Your tracts join to fewer than five neighborhoods with a poverty rate. That is too "
            "few to sort them into fifths. Nothing was saved.",
            fix='Take tracts as your places: areas = "tracts" in city.toml. Then add both files '
            "again.",
        )
    return ranked.astype({_RANK: "int64"})


def _is_share(field: Field) -> bool:
    return field.unit == "percent" or field.name.endswith(("_pct", "_moe"))


def _require_people(weights: pd.Series, field: Field) -> None:
    if weights.isna().any():
        raise PlaybookError(
            f"To join {field.name} from tracts to neighborhoods, I need the number of people in "
            "each tract. Your list of tracts does not have it. Nothing was saved.",
            fix="Add a column population to the list, and add both files again. Or take tracts as "
            "your places.",
        )
