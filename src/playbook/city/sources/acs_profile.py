"""The lessons' neighborhood profile, out of one or more files of the Census Bureau's survey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.city.labels import listed
from playbook.city.report import Finding
from playbook.city.sources import acs_tables as made
from playbook.city.sources import acs_values
from playbook.city.sources.acs_file import CensusFile
from playbook.city.sources.areas import lacks_needed, to_ids
from playbook.city.tables import City
from playbook.errors import PlaybookError

_KEY = ["year", "neighborhood_id"]
_OF_DOLLARS = ("median_income",)


@dataclass(frozen=True)
class Profile:
    """The profile, and how it came about.

    Parameters
    ----------
    table
        As the lessons read it; empty where no file brought a number.
    reasons
        ``row``, ``column`` and ``reason`` of values that could not be used.
    used
        Variables by the lessons' column.
    findings
        What to tell.
    """

    table: pd.DataFrame
    reasons: pd.DataFrame
    used: dict[str, str]
    findings: tuple[Finding, ...]


def margin_of(column: str) -> str:
    """Return the column of an estimate's margin.

    Examples
    --------
    >>> margin_of("poverty_pct"), margin_of("median_income")
    ('poverty_moe', 'median_income_moe')
    """
    return f"{column.removesuffix('_pct')}_moe"


def recipes_of(file: CensusFile) -> dict[str, made.Recipe]:
    """Find the recipe of each column that a file can make."""
    found: dict[str, made.Recipe] = {}
    for recipe in made.RECIPES:
        if file.has(recipe.variables):
            found.setdefault(recipe.column, recipe)
    return found


def make_profile(files: Sequence[CensusFile], city: City) -> Profile | None:
    """Join what files bring, with what the city has already; None when they bring nothing.

    Raises
    ------
    PlaybookError
        When a file does not say which survey it is of.
    """
    parts, reasons = [], []
    used: dict[str, str] = {}
    findings: list[Finding] = []
    for file in files:
        recipes = recipes_of(file)
        if not recipes:
            continue
        if not file.year:
            raise PlaybookError(
                f"I can't tell which survey {file.name} is of. Its name holds no year. Nothing was "
                "saved.",
                fix="Put the survey's last year into the name, as the Census Bureau does, such as "
                "ACSST5Y2024.S1701-Data.csv, and add it again.",
            )
        part, why = _columns(file, recipes)
        ids = to_ids(file.areas.codes[file.kept], city)
        parts.append(part.assign(year=file.year, neighborhood_id=ids).set_index(_KEY))
        reasons.append(why)
        used.update({name: " + ".join(recipe.variables) for name, recipe in recipes.items()})
        findings += _about_file(file, recipes)
    if not parts:
        return None
    table, more = _joined(parts, city)
    why = pd.concat(reasons, ignore_index=True)
    told = (*findings, *more, *_about_reasons(why))
    return Profile(table, _with_earlier(why, used, city), used, told)


def _with_earlier(reasons: pd.DataFrame, used: dict[str, str], city: City) -> pd.DataFrame:
    """Add the reasons of columns that an earlier file brought."""
    if not _can_join(city):
        return reasons
    before = city.reasons("acs_profile")
    new = {*used, *map(margin_of, used)}
    return pd.concat([before[~before["column"].isin(new)], reasons], ignore_index=True)


def _columns(
    file: CensusFile, recipes: dict[str, made.Recipe]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compute the columns of one file, and list the values that could not be used."""
    columns: dict[str, pd.Series] = {}
    reasons = []
    for name, recipe in recipes.items():
        estimate, margin, why = _numbers(file, recipe)
        places = 0 if name in _OF_DOLLARS else 1
        columns[name], columns[margin_of(name)] = estimate.round(places), margin.round(places)
        for column, reason in ((name, why[0]), (margin_of(name), why[1])):
            rows = pd.DataFrame({"row": file.rows[file.kept], "column": column, "reason": reason})
            reasons.append(rows[reason.ne("")])
    return pd.DataFrame(columns), pd.concat(reasons, ignore_index=True)


def _numbers(
    file: CensusFile, recipe: made.Recipe
) -> tuple[pd.Series, pd.Series, tuple[pd.Series, pd.Series]]:
    """Give a recipe's estimate, its margin, and why either is missing."""
    direct_percent = not recipe.whole and recipe.column not in _OF_DOLLARS
    limit = {"high": 100.0} if direct_percent else {}
    read = [file.values(f"{name}E", **limit) for name in recipe.variables]
    margins = [_margin(file, name) for name in recipe.variables]
    why = _first([reason for _, reason in read])
    why_margin = _first([reason for _, reason in margins])
    if not recipe.whole:
        return read[0][0], margins[0][0].where(read[0][0].notna()), (why, why_margin)
    pairs = list(zip((n for n, _ in read), (n for n, _ in margins), strict=True))
    percent, margin = made.share(pairs[:-1], pairs[-1])
    nobody = why.eq("") & percent.isna()
    impossible = percent.gt(100)
    why = why.mask(nobody, acs_values.NOT_APPLICABLE).mask(impossible, acs_values.OUT_OF_RANGE)
    percent = percent.mask(impossible)
    return percent, margin.where(percent.notna()), (why, why_margin)


def _margin(file: CensusFile, variable: str) -> tuple[pd.Series, pd.Series]:
    if file.has([variable], "M"):
        return file.values(f"{variable}M")
    index = file.rows[file.kept].index
    return pd.Series(np.nan, index=index), pd.Series("no margin in the file", index=index)


def _first(reasons: Sequence[pd.Series]) -> pd.Series:
    """Return the first reason of each row that says why a number is missing."""
    first = reasons[0]
    for other in reasons[1:]:
        lacks = first.eq("") | first.eq(acs_values.CONTROLLED)
        first = first.mask(lacks & other.ne(""), other)
    return first


def _joined(parts: Sequence[pd.DataFrame], city: City) -> tuple[pd.DataFrame, list[Finding]]:
    """Join files with each other and with the city's own profile, and sort places into fifths."""
    findings: list[Finding] = []
    table = parts[0]
    for part in parts[1:]:
        findings += _about_differences(table, part)
        table = table.combine_first(part)
    names = city.contract["acs_profile"].names
    if _can_join(city):
        before = city["acs_profile"].drop(columns="poverty_fifth").set_index(_KEY)
        kept = [str(name) for name in before if name not in table and before[name].notna().any()]
        table = table.combine_first(before.dropna(axis="columns", how="all"))
        if kept:
            said = f"I joined it with what the city had already: {listed(kept, most=16)}."
            findings.append(Finding("fine", said))
    table = table.sort_index().reset_index().reindex(columns=list(names))
    lacking = lacks_needed(table.assign(poverty_fifth=1), city.contract["acs_profile"])
    if lacking.any():
        findings.append(_about_lacking(int(lacking.sum()), len(table)))
    table = table[~lacking].reset_index(drop=True)
    for year in table["year"].unique():
        survey = table[table["year"].eq(year)]
        fifths = made.poverty_fifths(survey["poverty_pct"], survey["neighborhood_id"])
        table.loc[survey.index, "poverty_fifth"] = fifths.astype("float64")
    table = table[table["poverty_fifth"].notna()].reset_index(drop=True)
    whole = {f.name: "Int64" for f in city.contract["acs_profile"].fields if f.type == "integer"}
    return table.astype(whole), [*findings, *_about_fifths(table)]


def _can_join(city: City) -> bool:
    # What is stored by neighborhood can't be joined with numbers by tract.
    by_tract = not city.fictional and city.profile.areas == "tracts"
    return by_tract and "acs_profile" in city


def _about_differences(table: pd.DataFrame, part: pd.DataFrame) -> Iterator[Finding]:
    for name in part.columns.intersection(table.columns):
        both = pd.concat([table[name], part[name]], axis=1, join="inner").dropna()
        different = int(both.iloc[:, 0].ne(both.iloc[:, 1]).sum())
        if different:
            yield Finding(
                "look",
                f"Two files give different numbers for {name} in {different:,} places. I kept "
                "those of the first.",
                "Add only one of the two files.",
                count=different,
            )


def _about_file(file: CensusFile, recipes: dict[str, made.Recipe]) -> Iterator[Finding]:
    what = listed((made.IN_WORDS[name] for name in recipes), most=len(recipes))
    first = f" to {file.year}" if file.years > 1 else ""
    yield Finding(
        "fine",
        f"Survey of {file.year - file.years + 1}{first}: {what}. Margins are the Census Bureau's: "
        "the truth lies within them in 90 of 100 surveys.",
    )
    if file.years == 1:
        yield Finding(
            "look",
            "This is a survey of one year. The lessons are made for those of five years.",
            "Take the five-year estimates, which are the only ones for census tracts.",
        )
    shares = [made.IN_WORDS[name] for name, recipe in recipes.items() if recipe.whole]
    if shares:
        yield Finding(
            "fine",
            f"I computed the share and its margin from counts: {listed(shares, most=7)}.",
        )
    dollars = recipes.get("median_income")
    ends = file.open_ended(f"{dollars.variables[0]}E") if dollars else 0
    if ends:
        yield Finding(
            "look",
            f"{ends:,} median income{' is' if ends == 1 else 's are'} an end of the scale, such as "
            "250,000+. I kept that end as the number.",
            "Say 'or more' when you name them.",
            count=ends,
        )


def _about_lacking(count: int, places: int) -> Finding:
    return Finding(
        "look",
        f"{count:,} of {places:,} places have no rate of poverty with its margin. They are not in "
        "the profile.",
        "Nothing, if the Census Bureau publishes none for them.",
        count=count,
    )


def _about_fifths(table: pd.DataFrame) -> Iterator[Finding]:
    sorted_places = int(table["poverty_fifth"].notna().sum())
    if sorted_places:
        yield Finding(
            "fine",
            f"I sorted {sorted_places:,} places into five groups of equal number by poverty. That "
            "column, poverty_fifth, is not in the census file.",
        )


def _about_reasons(reasons: pd.DataFrame) -> Iterator[Finding]:
    """Count the values that could not be used, by column and reason.

    A margin is named only where its estimate is there.
    """
    estimate_of = {margin_of(column): column for column in made.COLUMNS}
    empty = set(zip(reasons["row"], reasons["column"], strict=True))
    alone = [
        (row, estimate_of.get(column, "")) not in empty
        for row, column in zip(reasons["row"], reasons["column"], strict=True)
    ]
    named = reasons[np.array(alone, dtype=bool)]
    for (column, reason), rows in named.groupby(["column", "reason"], sort=False)["row"]:
        count = len(rows)
        column, reason = str(column), str(reason)
        if reason == acs_values.CONTROLLED and column in estimate_of:
            what = f"{count:,} margin{' is' if count == 1 else 's are'} 0 in {column}: {reason}."
            yield Finding("fine", f"{what} The file says ***** or -555555555.", count=count)
            continue
        yield Finding(
            "look",
            f"{count:,} cell{' stays' if count == 1 else 's stay'} empty in {column}. Reason: "
            f"{reason}.",
            acs_values.WHAT_TO_DO.get(reason, "Download the table with its margins."),
            tuple(rows),
            count,
        )
