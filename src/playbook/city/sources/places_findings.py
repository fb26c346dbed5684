"""What to tell about a PLACES file that was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from playbook.city.labels import clean, listed
from playbook.city.report import Finding
from playbook.city.sources.areas import (
    NO_AREA,
    Areas,
    about_areas,
    about_other_places,
    to_ids,
)
from playbook.city.sources.places_columns import MEASURES
from playbook.city.sources.usaleep_rows import CONFLICT, NO_FIT
from playbook.city.tables import City
from playbook.errors import PlaybookError

AGE_ADJUSTED = "adjusted for age, and the lessons use the numbers as they are"
NOT_A_MEASURE = "a measure that I don't know"
SUPPRESSED = "suppressed by the publisher"
EMPTY = "empty"
UNREADABLE = "unreadable: text where a number goes"
OUT_OF_RANGE = "out of range: not 0 to 100 percent"
NO_RANGE = "no range beside the number"
NOT_WITHIN = "the range does not hold the number"
NO_YEAR = "no year"
NO_ADULTS = "no count of adults beside the number"

_AGAIN = "Take the file from the CDC again, or ask who changed it."
_FIXES = {
    NOT_A_MEASURE: "Nothing, if your lessons do not need it.",
    SUPPRESSED: "Nothing: the CDC hides places with few people. Don't fill a number in.",
    EMPTY: "Nothing: no number was published there.",
    NO_AREA: "A spreadsheet shortens codes. Download the file again, and don't open it there.",
    NO_ADULTS: "Take a newer release: its files say how many adults live in each place.",
    CONFLICT: "Ask whoever sent the file which rows are right, and keep those only.",
    NO_FIT: "Look at these rows. A stray quote mark or separator inside a cell does that.",
    **dict.fromkeys((UNREADABLE, OUT_OF_RANGE, NO_RANGE, NOT_WITHIN, NO_YEAR), _AGAIN),
}
_SHOWN = 40


def about_left_out(
    reasons: pd.Series, rows: pd.Series, frame: pd.DataFrame, misfits: Sequence[int]
) -> Iterator[Finding]:
    """Say what was left out and why, with the first rows.

    Parameters
    ----------
    reasons, rows, frame
        Why each row is left out, its row in the file, and its cells.
    misfits
        Rows that do not fit the header.
    """
    if misfits:
        count = len(misfits)
        said = f"Left out: {count:,} row{'' if count == 1 else 's'}, {NO_FIT}."
        yield Finding("look", said, _FIXES[NO_FIT], tuple(misfits), count)
    for found, count in reasons[reasons.ne("")].value_counts().items():
        reason = str(found)
        at = reasons.index[reasons.eq(reason)]
        fix = _FIXES.get(reason, "")
        said = f"Left out: {count:,} row{'' if count == 1 else 's'}, {reason}"
        if reason == NOT_A_MEASURE:
            names = [clean(name)[:_SHOWN] for name in frame.loc[at, "measure"].unique()]
            said += f": {listed(sorted(names), most=8)}"
        elif reason in (UNREADABLE, OUT_OF_RANGE):
            said += f', such as "{clean(frame.loc[at[0], "value"])[:_SHOWN]}"'
        if fix:
            yield Finding("look", f"{said}.", fix, tuple(rows[at].unique()), int(count))
        else:  # it belongs to such a file
            yield Finding("fine", f"{said}.", count=int(count))


def about_places(
    areas: Areas, kind: str, reasons: pd.Series, rows: pd.Series, city: City
) -> Iterator[Finding]:
    """Say what places were kept."""
    yield from about_areas(areas, kind, reasons, rows)
    yield from about_other_places(to_ids(areas.codes[reasons.eq("")], city), city)


def about_release(year: int, measures: int) -> Iterator[Finding]:
    """Say where the year of a wide file comes from; nothing for a long one, which has it."""
    if year:
        yield Finding(
            "look",
            f"The file holds no year. Its name says the release of {year + 2}, which models "
            f"{year}. What is asked every second year only is from the year before.",
            "Compare with the page that you took it from.",
        )
        yield Finding(
            "fine", f"Each row of the file holds {measures} measures. I count one row for each."
        )


def about_measures(kept: pd.DataFrame) -> Iterator[Finding]:
    """Name the measures, and say what stands beside each number."""
    names = sorted({MEASURES[name] for name in kept["measure"].str.upper().unique()})
    many = "1 measure" if len(names) == 1 else f"{len(names)} measures"
    yield Finding("fine", f"{many}: {'; '.join(names[:8])}{' and others' if names[8:] else ''}.")
    years = sorted(kept["year"].unique())
    if len(years) > 1:
        yield Finding("fine", f"They are for {listed(years)}, each measure for its own year.")
    if kept["adults"].eq("").all():
        yield Finding(
            "look",
            "The file does not say how many adults live in each place. That column stays empty.",
            "Newer releases have it.",
        )


def about_limits_on_use() -> Iterator[Finding]:
    """Pass on what the CDC says not to do with these numbers."""
    yield Finding(
        "look",
        "These numbers are a model's guesses; nobody was counted. The CDC says: don't judge "
        "programs with them, don't rank places by overall health, don't track change over time.",
        "Compare one measure between places, with its range.",
    )


def nothing_kept(name: str, reasons: pd.Series) -> PlaybookError:
    """Word the refusal of a file of which no row could be kept."""
    counts = reasons.value_counts()
    why = listed((f"{reason} ({count:,})" for reason, count in counts.items()), most=3)
    return PlaybookError(
        f"I could keep none of the {len(reasons):,} numbers of {name}. Reasons: {why}. Nothing was "
        "saved.",
        fix=next(
            (_FIXES[str(reason)] for reason in counts.index if reason in _FIXES),
            "Take PLACES for census tracts, with crude prevalence, for your county.",
        ),
    )
