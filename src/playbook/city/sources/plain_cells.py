"""Cells of a plain table: what each one says in the lessons' terms, or why it says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from playbook.city.contract import Field
from playbook.city.dates import read_dates
from playbook.city.labels import clean, fold, fold_key, is_blank, safe_cell

SUPPRESSED, SENTINEL, OUT_OF_RANGE = "suppressed", "sentinel", "out of range"
NOT_APPLICABLE, UNREADABLE = "not applicable", "unreadable"
NOT_WHOLE, UNKNOWN_LABEL = "not a whole number", "label not known"

_HIDDEN = re.compile(
    r"[<≤]\s*=?\s*\d+|\d+ or (fewer|less)|fewer than \d+|\*+|s|supp(ressed)?\.?|hidden|†",
    flags=re.IGNORECASE,
)
_NOT_APPLICABLE = re.compile(r"n/a|not applicable|\(?x\)?", flags=re.IGNORECASE)
# Numbers that stand for no number, where less than nothing can't be.
_SENTINEL = re.compile(r"-(9{1,9}|(\d)\2{8})(\.0+)?")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", flags=re.ASCII)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}([, \u00a0\u202f]\d{3})+(\.\d+)?", flags=re.ASCII)
# Beyond this a number read from text is no longer exact.
_LARGEST = 9e15
_DATE_PATTERNS = {
    r"\d{4}-\d{2}-\d{2}": "%Y-%m-%d",
    r"\d{4}-\d{2}": "%Y-%m",
    r"[0-9]{4}-[0-9]{2}": "%Y-%m",
}
_YES_NO = {"y": "yes", "true": "yes", "t": "yes", "1": "yes"} | dict.fromkeys(
    ("n", "false", "f", "0"), "no"
)
# Excel makes a date of the age groups 1-4 and 5-14.
_EXCEL_AGES = {
    **dict.fromkeys(("4-jan", "jan-4", "jan-04", "04-jan"), "1-4"),
    **dict.fromkeys(("14-may", "may-14"), "5-14"),
}
_TRACT = re.compile(r"(?:\d{7}US)?(\d{11})(?:\.0)?", flags=re.ASCII)
_SHORT_TRACT = re.compile(r"(\d{10})(?:\.0)?", flags=re.ASCII)
_LOST_DIGITS = re.compile(r"\d(\.\d+)?[eE]\+?\d+")


@dataclass(frozen=True, eq=False)
class Column:
    """One column, read.

    Parameters
    ----------
    values
        In the type of the contract; missing where the cell says nothing usable.
    reasons
        Why a cell that holds something was not used; ``""`` elsewhere.
    changes
        What was changed in how many cells, with one example: ``{"thousands": (12, "1,234")}``.
    """

    values: pd.Series
    reasons: pd.Series
    changes: Mapping[str, tuple[int, str]]


# What is made of one text: the value or None, the reason or "", the change or "".
_Read = tuple[object, str, str]


def read_column(
    cells: pd.Series, field: Field, labels: Mapping[str, str], *, areas: bool = False
) -> Column:
    """Read the cells of one column.

    Parameters
    ----------
    cells
        Text, one cell a row.
    field
        What the column must hold.
    labels
        The lessons' label by the city's own one.
    areas
        Whether the column holds codes or names of places.

    Examples
    --------
    >>> deaths = Field("deaths", "integer", "Deaths", "Of residents.", minimum=0)
    >>> read = read_column(pd.Series(["1,204", "<11", "-999", ""]), deaths, {})
    >>> read.values.tolist(), read.reasons.tolist()
    ([1204, <NA>, <NA>, <NA>], ['', 'suppressed', 'sentinel', ''])
    """
    if field.is_date:
        return _moments(cells)
    counts = cells.value_counts(sort=False)
    mapped = {fold_key(theirs): ours for theirs, ours in labels.items()}
    if field.type != "string":
        read = {text: _number(text, field) for text in counts.index}
    elif field.enum:
        known = {_plain_label(str(label)): str(label) for label in field.enum}
        read = {text: _label(text, known, mapped) for text in counts.index}
    elif field.pattern and not areas:
        read = {text: _patterned(text, field.pattern) for text in counts.index}
    elif areas or field.name == "tract_geoid":
        read = _places(list(counts.index), mapped)
    else:
        read = {text: _text(text, mapped) for text in counts.index}
    values = cells.map(lambda text: read[text][0])
    reasons = cells.map(lambda text: read[text][1]).astype("str")
    changes: dict[str, tuple[int, str]] = {}
    for text, count in counts.items():
        change = read[text][2]
        if change:
            before, example = changes.get(change, (0, str(text)))
            changes[change] = (before + int(count), example)
    if field.type == "integer":
        return Column(values.astype("Int64"), reasons, changes)
    if field.type == "number":
        return Column(values.astype("float64"), reasons, changes)
    texts = values.astype(object).where(values.notna(), "").astype("str")
    if not (field.enum or field.pattern or field.unique):
        folded = fold(texts)
        texts = folded.values
        others = {one for several in folded.spellings.values() for one in several}
        if others:
            many = int(cells.map(lambda text: str(read[text][0]) in others).sum())
            changes["spelling"] = (many, sorted(others)[0])
    return Column(texts.mask(texts.eq("")), reasons, changes)


def _number(text: str, field: Field) -> _Read:
    cell = text.strip()
    if _NOT_APPLICABLE.fullmatch(cell):
        return None, NOT_APPLICABLE, ""
    if _HIDDEN.fullmatch(cell):
        return None, SUPPRESSED, ""
    if is_blank(cell):
        return None, "", ""
    if _SENTINEL.fullmatch(cell) and field.minimum is not None and field.minimum >= 0:
        return None, SENTINEL, ""
    bare, change = cell, ""
    if bare[:1] in "$€£":
        bare, change = bare[1:].strip(), "signs"
    if bare.endswith("%") and field.unit.startswith("percent"):
        bare, change = bare[:-1].strip(), "signs"
    if _GROUPED.fullmatch(bare):
        bare, change = re.sub(r"[, \u00a0\u202f]", "", bare), "thousands"
    if not _NUMBER.fullmatch(bare):
        return None, UNREADABLE, ""
    number = float(bare)
    low = field.minimum is not None and number < field.minimum
    high = field.maximum is not None and number > field.maximum
    if low or high or abs(number) > _LARGEST:
        return None, OUT_OF_RANGE, ""
    if field.enum and number not in field.enum:
        return None, UNKNOWN_LABEL, ""
    if field.type == "integer":
        return (int(number), "", change) if number == int(number) else (None, NOT_WHOLE, "")
    return number, "", change


def _label(text: str, known: Mapping[str, str], mapped: Mapping[str, str]) -> _Read:
    cell = clean(text)
    if fold_key(cell) in mapped:
        return mapped[fold_key(cell)], "", "label"
    plain = _plain_label(cell)
    if set(known) == {"yes", "no"}:
        plain = _YES_NO.get(plain, plain)
    if plain not in known and plain in _EXCEL_AGES:
        plain = _EXCEL_AGES[plain]
        if plain in known:
            return known[plain], "", "excel dates"
    if plain in known:
        return known[plain], "", "" if known[plain] == text else "spelling"
    return (None, "", "") if is_blank(cell) else (None, UNKNOWN_LABEL, "")


def _plain_label(label: str) -> str:
    """Strip a label of what differs between two ways to write it: "85+ years" is "85 and older"."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", clean(label).casefold()).replace("&", " and ")
    text = re.sub(r"\b(years?|yrs?|of age|ages?|aged)\b\.?", " ", text)
    text = re.sub(r"(?<=\d)\s*(\+|(and|or) (over|up|above|older))", " and older", text)
    text = re.sub(r"^(<|less than)\s*", "under ", text)
    text = re.sub(r"(?<=\d)\s*(-|to)\s*(?=\d)", "-", text)
    return " ".join(text.split())


def _patterned(text: str, pattern: str) -> _Read:
    cell = clean(text)
    if is_blank(cell):
        return None, "", ""
    if re.fullmatch(pattern, cell):
        return cell, "", ""
    if pattern in _DATE_PATTERNS:
        day = read_dates(pd.Series([cell])).values.iloc[0]
        if pd.notna(day):
            return day.strftime(_DATE_PATTERNS[pattern]), "", "dates"
    plain = re.sub(r"\s*(?:[\u2010-\u2015\u2212-]|to)\s*", "-", cell)
    quarter = re.fullmatch(r"q([1-4])[- /]?(\d{4})|(\d{4})[- /]?q([1-4])", plain.casefold())
    if quarter:
        a, b, c, d = quarter.groups()
        plain = f"{b or c}-Q{a or d}"
    if re.fullmatch(pattern, plain):
        return plain, "", "spelling"
    return None, UNREADABLE, ""


def _places(texts: list[str], mapped: Mapping[str, str]) -> dict[str, _Read]:
    """Codes of tracts with all their digits; names of neighborhoods as they are."""
    numbers = [text.strip() for text in texts if text.strip().removesuffix(".0").isdigit()]
    # Ten digits are a tract of Alabama to Connecticut whose zero is lost, if nothing else is there.
    mend = all(_TRACT.fullmatch(n) or _SHORT_TRACT.fullmatch(n) for n in numbers)
    read: dict[str, _Read] = {}
    for text in texts:
        cell = clean(text)
        whole, short = _TRACT.fullmatch(cell), _SHORT_TRACT.fullmatch(cell)
        if fold_key(cell) in mapped:
            read[text] = (mapped[fold_key(cell)], "", "label")
        elif whole:
            read[text] = (whole[1], "", "" if whole[1] == cell else "codes")
        elif short and mend:
            read[text] = (short[1].zfill(11), "", "zeros")
        elif _LOST_DIGITS.fullmatch(cell):
            read[text] = (None, UNREADABLE, "")
        else:
            read[text] = _text(text, {})
    return read


def _text(text: str, mapped: Mapping[str, str]) -> _Read:
    cell = clean(text)
    if fold_key(cell) in mapped:
        return mapped[fold_key(cell)], "", "label"
    if is_blank(cell):
        return None, "", ""
    safe = safe_cell(cell)
    return safe, "", "formula" if safe != cell else ""


def _moments(cells: pd.Series) -> Column:
    dates = read_dates(cells)
    reasons = dates.unreadable.map({True: UNREADABLE, False: ""}).astype("str")
    written = int((~dates.blank & dates.values.notna()).sum())
    changes = {}
    if dates.assumed:
        changes["month first"] = (written, dates.example_read)
    elif set(dates.layouts) - {"year first"}:
        changes["dates"] = (written, dates.example_read)
    return Column(dates.values, reasons, changes)
