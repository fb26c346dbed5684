"""What can be the matter with a cell, what is said of it, and what to do."""

from __future__ import annotations

import difflib
import math
import re
from datetime import datetime

import pandas as pd

from playbook.city.contract import Field
from playbook.city.dates import read_dates, written
from playbook.city.labels import fold_key

_HIDDEN = re.compile(r"[<≤]=?\s*\d+|\*+|[sS]|[sS]upp(ressed)?\.?|†")
_DRESSED = re.compile(r"[$€£]?\s*-?[\d,  ]*\d(\.\d+)?\s*%?")
AREA = "neighborhood_id"
_TRACT = r"\d{11}"
_NUMBER_LIKE = re.compile(r"\d{10}|\d{10,11}\.0|\d(\.\d+)?[eE]\+?1\d")
_SHORTENED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")

HIDDEN = "hidden count"
# Per fault: what is said of the cells, and what to do. The names in braces are filled in.
FAULTS = {
    "empty": ("are empty in {column}", "Fill them in, or leave these rows out."),
    "lost zeros": (
        "lost a leading zero in {column}, such as {example}",
        "Excel does that. Make the column text before you type, or export the file again.",
    ),
    "decimals": (
        'end in ".0" in {column}, such as {example}',
        "A program read this column as a number. Remove the .0, or export the file again.",
    ),
    "lost digits": (
        "lost digits in {column}, such as {example}",
        "Excel does that to long numbers. Export the file again and don't open it in Excel.",
    ),
    "pattern": (
        "are not written like the other values of {column}, such as {example}",
        "Compare them with the data card of this table, or ask whoever sent the file.",
    ),
    "other case": (
        "differ from the usual label in {column} by capital letters or spaces, such as {example}",
        "Write {nearest}.",
    ),
    "not a label": (
        "hold a label in {column} that I don't know, such as {example}",
        "The nearest I know is {nearest}. Write that. Or say what your label means, in city.toml "
        'under [labels.{column}]: "{bare}" = {nearest}.',
    ),
    HIDDEN: (
        "hide a small count in {column}, such as {example}",
        "Good: somebody protects residents. Leave it as it is. Never fill in a number.",
    ),
    "number as text": (
        "hold a number dressed as text in {column}, such as {example}",
        "Take out commas, currency and percent signs, or format the column as a number.",
    ),
    "not a number": (
        "are not numbers in {column}, such as {example}",
        "Type the number, or leave the cell empty.",
    ),
    "not whole": (
        "are not whole numbers in {column}, such as {example}",
        "A count is asked for. Check whether a rate or a share stands there.",
    ),
    "too low": (
        "are lower than {low} in {column}, such as {example}",
        "Check the unit. A large negative number is often a code for no answer: leave it empty.",
    ),
    "too high": (
        "are higher than {high} in {column}, such as {example}",
        "Check the unit, and whether a total stands among the rows.",
    ),
    "other date": (
        "are dates written another way in {column}, such as {example}",
        "Write them like {layout}.",
    ),
    "not a date": (
        "are not dates in {column}, such as {example}",
        "Write a date like {layout}, or leave the cell empty.",
    ),
    "repeated": (
        "repeat a value of {column} that may stand once only, such as {example}",
        "Keep one of each, or ask whoever sent the file which is right.",
    ),
}


def as_text(cells: pd.Series, field: Field) -> pd.Series:
    """Write a column as its file does; ``""`` where nothing stands."""
    if field.is_date and pd.api.types.is_datetime64_any_dtype(cells):
        text = written(cells, field.format)
    elif pd.api.types.is_float_dtype(cells) and field.type == "integer":
        whole = cells.dropna().mod(1).eq(0).all()
        text = cells.astype("Int64").astype("str") if whole else cells.astype("str")
    else:
        text = cells.astype("str")
    plain: pd.Series = text.where(cells.notna(), "").str.strip().reset_index(drop=True)
    return plain


def fault_of(value: str, field: Field) -> str:
    """Name what is the matter with a cell, or ``""``."""
    if not value:
        return "empty" if field.required and not field.optional else ""
    if field.is_date:
        return _date_fault(value, field)
    return _text_fault(value, field) if field.type == "string" else _number_fault(value, field)


def _text_fault(value: str, field: Field) -> str:
    if field.enum and value not in field.enum:
        alike = fold_key(value) in {fold_key(str(label)) for label in field.enum}
        return "other case" if alike else "not a label"
    pattern = field.pattern
    if field.name == AREA and _NUMBER_LIKE.fullmatch(value):
        # Neighborhoods of a city's own may be called anything; a code this long is a tract's.
        pattern = _TRACT
    if not pattern or re.fullmatch(pattern, value):
        return ""
    bare = value.removesuffix(".0")
    if _SHORTENED.fullmatch(value):
        return "lost digits"
    if bare.isdigit() and any(
        re.fullmatch(pattern, bare.zfill(len(bare) + zeros)) for zeros in range(1, 5)
    ):
        return "lost zeros"
    return "decimals" if re.fullmatch(pattern, bare) else "pattern"


def _number_fault(value: str, field: Field) -> str:
    try:
        number = float(value)
    except ValueError:
        if _HIDDEN.fullmatch(value):
            return HIDDEN
        return "number as text" if _DRESSED.fullmatch(value) else "not a number"
    if not math.isfinite(number):
        return "not a number"
    if field.type == "integer" and number != int(number):
        return "not whole"
    if field.minimum is not None and number < field.minimum:
        return "too low"
    if field.maximum is not None and number > field.maximum:
        return "too high"
    return "not a label" if field.enum and number not in field.enum else ""


def _date_fault(value: str, field: Field) -> str:
    layout = field.format or "%Y-%m-%d"
    try:
        # Python's reader takes 2026-1-5 for %Y-%m-%d; the layout asks for 2026-01-05.
        if datetime.strptime(value, layout).strftime(layout) == value:
            return ""
    except ValueError:
        pass
    return "not a date" if read_dates(pd.Series([value])).values.isna().all() else "other date"


def nearest_label(value: str, field: Field) -> str:
    """Give the label that is written most alike, between quotes; nothing where any may stand."""
    labels = [str(label) for label in field.enum]
    folded = {fold_key(label): label for label in labels}
    near = difflib.get_close_matches(fold_key(value), list(folded), n=1, cutoff=0.0)
    return f'"{folded[near[0]]}"' if near else ""
