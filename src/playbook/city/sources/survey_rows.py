"""Read the answers of a resident survey in memory: coded cells become answers, with reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from playbook.city import identifying
from playbook.city.labels import fold, fold_key, is_blank, listed, squash
from playbook.city.report import Finding
from playbook.city.sources.plain_cells import UNKNOWN_LABEL, UNREADABLE
from playbook.city.sources.source import Choices
from playbook.city.sources.survey_codebook import Question
from playbook.city.text_files import TextTable, read_table
from playbook.errors import PlaybookError

NO_ANSWER = "no answer"
_SEVERAL = re.compile(r"\s*[;|]\s*")


@dataclass(frozen=True, eq=False)
class SurveyRows:
    """A survey, read and never stored.

    Parameters
    ----------
    single
        One row an answer sheet, one column a question with one answer; missing without one.
    several
        Per question with several answers: one row a sheet, one column an answer, marked or not.
        Rows of those who left the question out are missing.
    weights
        That came with the file, or None.
    rows, misfits
        Number of sheets, and rows of the file that don't fit its header.
    reasons
        How many cells say nothing usable, by question and reason. No row is named: rows are people.
    findings
        What was seen on the way.
    """

    single: pd.DataFrame
    several: Mapping[str, pd.DataFrame]
    weights: pd.Series | None
    rows: int
    misfits: int
    reasons: Mapping[tuple[str, str], int]
    findings: tuple[Finding, ...]


def read_survey_rows(
    content: bytes, name: str, questions: Sequence[Question], choices: Choices
) -> SurveyRows:
    r"""Read a survey by its codebook.

    Parameters
    ----------
    content, name
        The file: one row a person who answered.
    questions
        Its codebook.
    choices
        Columns to leave out.

    Raises
    ------
    PlaybookError
        When a column of the codebook is missing, a column may identify residents, or a column of
        answers reads like free text.

    Examples
    --------
    >>> question = Question("first", "question", "single", ("Q2",), {("Q2", "1"): "Streets"},
    ...                     {("Q2", "9"): "Don't know"})
    >>> rows = read_survey_rows(b"id,Q2\n1,1\n2,9\n3,7\n", "survey.csv", [question], Choices())
    >>> rows.single["first"].tolist()
    ['Streets', nan, nan]
    >>> rows.reasons
    {('first', "Don't know"): 1, ('first', 'label not known'): 1}
    """
    wanted = {squash(column) for question in questions for column in question.columns}
    table = read_table(content, name, lambda row: len({squash(cell) for cell in row} & wanted))
    _stop_for_identifying(table, wanted, choices)
    cells = {
        column: _column(table, column, name)
        for question in questions
        for column in question.columns
    }
    single: dict[str, pd.Series] = {}
    several: dict[str, pd.DataFrame] = {}
    reasons: dict[str, pd.Series] = {}
    weights = None
    for question in questions:
        if question.use == "weight":
            weights, reasons[question.name] = _weights(cells[question.columns[0]])
        elif question.kind == "several":
            several[question.name], reasons[question.name] = _marks(question, cells)
        else:
            single[question.name], reasons[question.name] = _answers(question, cells)
    counted = {
        (question, str(reason)): int(count)
        for question, why in reasons.items()
        for reason, count in why[why.ne("")].value_counts(sort=False).items()
    }
    others = len(table.header) - len(wanted)
    return SurveyRows(
        pd.DataFrame(single, index=range(len(table.rows))),
        several,
        weights,
        len(table.rows),
        len(table.misfits),
        counted,
        (*_about_file(table), *identifying.not_copied([], others)),
    )


def _stop_for_identifying(table: TextTable, wanted: set[str], choices: Choices) -> None:
    spared = {squash(column) for column in choices.leave_out}
    sample = table.rows[:: max(1, len(table.rows) // identifying.SAMPLE)]
    stopped = []
    for at, column in enumerate(table.header):
        if squash(column) in spared:
            continue
        by_values = identifying.by_values(column, [row[at] for row in sample])
        found = identifying.by_header(column) or by_values
        if found and found.about != "free text":
            stopped.append(column)
        elif by_values and by_values.about == "free text" and squash(column) in wanted:
            raise PlaybookError(
                f"{column} reads like free text. Free text may identify residents. "
                "Nothing was saved.",
                fix="Take its lines out of the codebook, and add both files again.",
            )
    if stopped:
        many = len(stopped) > 1
        raise PlaybookError(
            f"Stop. {'Columns' if many else 'Column'} {listed(stopped)} may identify residents. "
            "Nothing was saved.",
            fix=f'Add the survey with --leave-out "{stopped[0]}"{" and so on" if many else ""}. '
            "Or ask your privacy officer.",
        )


def _column(table: TextTable, column: str, name: str) -> pd.Series:
    at = [n for n, cell in enumerate(table.header) if cell.strip() == column]
    at = at or [n for n, cell in enumerate(table.header) if squash(cell) == squash(column)]
    if len(at) != 1:
        raise PlaybookError(
            f'The codebook names a column "{column}". {name} has {len(at) or "none"} of that name.',
            fix=f"Its columns are {listed(table.header, most=12)}. Correct the codebook.",
        )
    return pd.Series([row[at[0]].strip() for row in table.rows], dtype="str")


def _code(text: str) -> str:
    # A spreadsheet writes 1 as 1.0, and SPSS as 1,00.
    return re.sub(r"(?<=\d)[.,]0+$", "", fold_key(text))


def _read_codes(
    texts: Sequence[str], column: str, question: Question
) -> dict[str, tuple[str | None, str]]:
    """Say what each text of a column means, or why it means nothing."""
    labels = {_code(code): label for (of, code), label in question.labels.items() if of == column}
    # Exports write the answers out as often as they write their codes.
    written = {fold_key(label): label for label in labels.values()}
    missing = {_code(code): why for (of, code), why in question.missing.items() if of == column}
    missing |= {fold_key(why): why for why in missing.values()}
    read: dict[str, tuple[str | None, str]] = {}
    for text in texts:
        code = _code(text)
        if code in labels:
            read[text] = labels[code], ""
        elif code in missing or fold_key(text) in missing:
            read[text] = None, missing.get(code, missing.get(fold_key(text), "")).lstrip("'")
        elif fold_key(text) in written:
            read[text] = written[fold_key(text)], ""
        elif is_blank(text):
            read[text] = None, NO_ANSWER
        elif labels:
            read[text] = None, UNKNOWN_LABEL
        else:
            read[text] = text, ""
    return read


def _answers(question: Question, cells: Mapping[str, pd.Series]) -> tuple[pd.Series, pd.Series]:
    column = question.columns[0]
    texts = cells[column]
    read = _read_codes(list(texts.unique()), column, question)
    answers = texts.map(lambda text: read[text][0] or "").astype("str")
    if not question.labels:
        answers = fold(answers).values
    reasons = texts.map(lambda text: read[text][1]).astype("str")
    return answers.mask(answers.eq("")), reasons


def _marks(question: Question, cells: Mapping[str, pd.Series]) -> tuple[pd.DataFrame, pd.Series]:
    """Which answers each sheet marks; a sheet that marks none left the question out."""
    if len(question.columns) > 1:
        marked = pd.DataFrame({
            label: cells[column].map(_code).eq(_code(code))
            | cells[column].map(fold_key).eq(fold_key(label))
            for (column, code), label in question.labels.items()
        })  # fmt: skip
        reasons = pd.Series("", index=marked.index)
    else:
        column = question.columns[0]
        texts = cells[column]
        parts = {text: _parts(text, question) for text in texts.unique()}
        every = {part for some in parts.values() for part in some}
        read = _read_codes(sorted(every), column, question)
        said = {text: [read[part] for part in some] for text, some in parts.items()}
        labels = list(dict.fromkeys(question.labels.values()))
        labels = labels or sorted({label for some in said.values() for label, _ in some if label})
        marked = pd.DataFrame({
            label: texts.map(lambda text, one=label: any(one == found for found, _ in said[text]))
            for label in labels
        })  # fmt: skip
        whys = {text: next((why for _, why in some if why), "") for text, some in said.items()}
        reasons = texts.map(whys).astype("str")
    none = ~marked.any(axis=1)
    reasons = reasons.mask(none & reasons.eq(""), NO_ANSWER)
    return marked.astype("boolean").mask(none), reasons


def _parts(text: str, question: Question) -> list[str]:
    if _SEVERAL.search(text):
        return [part for part in _SEVERAL.split(text) if part] or [""]
    # A comma splits codes; in a written answer it may stand in a sentence.
    codes = {_code(code) for _, code in (*question.labels, *question.missing)}
    commas = [part.strip() for part in text.split(",")]
    return commas if len(commas) > 1 and all(_code(part) in codes for part in commas) else [text]


def _weights(texts: pd.Series) -> tuple[pd.Series, pd.Series]:
    numbers = pd.to_numeric(texts, errors="coerce")
    sound = numbers.gt(0) & numbers.lt(float("inf"))
    reasons = pd.Series("", index=texts.index).mask(~sound, UNREADABLE)
    return numbers.where(sound), reasons.mask(texts.eq(""), NO_ANSWER)


def _about_file(table: TextTable) -> list[Finding]:
    found = []
    if table.misfits:
        what = f"Rows with more or fewer cells than the header: {len(table.misfits):,}."
        found.append(Finding("look", what, "Correct them in a copy.", count=len(table.misfits)))
    if table.swallowed:
        what = (
            f"Rows with whole rows in one cell: {len(table.swallowed):,}. A stray quote does that."
        )
        fix = "Look for the quote mark there, and take it out."
        found.append(Finding("look", what, fix, count=len(table.swallowed)))
    return found
