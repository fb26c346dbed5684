"""A city's own survey: answers are weighed in memory, and only shares and counts come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from playbook.city.labels import listed
from playbook.city.own import city_folder, require_own
from playbook.city.report import LEFT_OUT, Finding, Report
from playbook.city.sources.source import Choices, File, Reading, reading
from playbook.city.sources.survey_codebook import Question, read_codebook
from playbook.city.sources.survey_rows import SurveyRows, read_survey_rows
from playbook.city.store import store_reading
from playbook.city.tables import City, load_city
from playbook.city.text_files import read_file
from playbook.errors import PlaybookError
from playbook.insights.survey_answers import CAP, FEWEST_ANSWERS
from playbook.measures.raking import rake
from playbook.measures.suppression import suppress
from playbook.measures.survey import weighted_shares
from playbook.measures.survey_weights import design_effect, effective_size

TABLE = "survey_shares"
COLUMNS = (
    "question", "kind", "answer", "answers", "answers_share", "share", "low", "high",
    "people_share",
)  # fmt: skip
_NO_TRAIT = "a trait to weigh by is missing"
_NO_WEIGHT = "no weight above 0"
_NO_FIT = "wrong number of cells"


@dataclass(frozen=True, eq=False)
class _Weighed:
    """Weights of those answers that can be weighed, and how they came about."""

    weights: pd.Series
    left_out: Mapping[str, int]
    findings: tuple[Finding, ...]


def add_survey(survey: Path, codebook: Path, key: str, choices: Choices | None = None) -> Report:
    """Read a resident survey, and store its shares for a city of one's own. No row is stored.

    Parameters
    ----------
    survey, codebook
        The two files; see `read_survey`.
    key
        The city.
    choices
        Columns to leave out.

    Raises
    ------
    PlaybookError
        As `read_survey`; and when there is no such city. Then nothing is stored.
    """
    require_own(key)
    files = [(path.name, read_file(path)) for path in (survey, codebook)]
    brought = read_survey(files[0], files[1], load_city(key), choices)
    store_reading(brought, city_folder(key))
    return brought.report


def read_survey(
    survey: File, codebook: File, city: City, choices: Choices | None = None
) -> Reading:
    r"""Read a resident survey and its codebook, weigh the answers, and give shares only.

    Rows stay in memory: no row, no combination of traits and no text of an answer comes out.

    Parameters
    ----------
    survey, codebook
        Name and bytes of each. The survey has one row a person, without names.
    city
        The city: its sums of adults (`survey_margins`) are used where the codebook has none, and
        its rule for small counts hides answers.
    choices
        Columns to leave out.

    Returns
    -------
    Reading
        Table ``survey_shares``: one row a question and answer with ``answers`` (hidden where
        small), ``answers_share`` (unweighted), ``share``, ``low`` and ``high`` (weighted, percent),
        and, for traits, ``people_share``.

    Raises
    ------
    PlaybookError
        When a file can't be read, a column may identify residents, or nobody can be weighed.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> codes = b"question,column,use,kind,code,label,missing,people\n"
    >>> codes += b"tenure,Q1,weigh,single,1,Owner,,46000\ntenure,Q1,weigh,single,2,Renter,,54000\n"
    >>> codes += b"first,Q2,question,single,1,Streets,,\nfirst,Q2,question,single,2,Rent,,\n"
    >>> rows = "Q1,Q2\n" + "1,1\n" * 60 + "1,2\n" * 15 + "2,2\n" * 25
    >>> brought = read_survey(("s.csv", rows.encode()), ("codes.csv", codes), load_city())
    >>> table = brought.tables["survey_shares"]
    >>> table.loc[table["question"] == "first", ["answer", "answers", "share"]].round(1)
        answer  answers  share
    2     Rent       40   63.2
    3  Streets       60   36.8
    """
    questions = read_codebook(codebook[1], codebook[0])
    rows = read_survey_rows(survey[1], survey[0], questions, choices or Choices())
    margins = _margins(questions, city)
    weighed = _weighed(rows, margins)
    below = city.small_counts.below
    shares = [
        _shares(question, rows, weighed.weights, margins, below)
        for question in questions
        if question.use != "weight"
    ]
    table = pd.concat([part for part in shares if len(part)], ignore_index=True)
    hidden = int(table["answers"].isna().sum())
    kept = len(weighed.weights)
    left_out = {**weighed.left_out, **({_NO_FIT: rows.misfits} if rows.misfits else {})}
    report = Report(
        source=survey[0],
        rows_read=rows.rows + rows.misfits,
        rows_kept=kept,
        findings=(
            *_about_answers(rows),
            *weighed.findings,
            *_about_shares(table, hidden, city),
            *rows.findings,
        ),
        counts={
            "people": kept,
            "answers hidden": hidden,
            **{f"{question}: {why}": count for (question, why), count in rows.reasons.items()},
            **{f"{LEFT_OUT}{reason}": count for reason, count in left_out.items()},
        },
        columns_used={question.name: listed(question.columns) for question in questions},
    )
    return reading({TABLE: table}, report, survey[1])


def _margins(questions: Sequence[Question], city: City) -> pd.DataFrame:
    """Give sums of people by trait: the codebook's, else the city's own."""
    traits = [question for question in questions if question.use == "weigh"]
    lines = [
        (question.name, group, people)
        for question in traits
        for group, people in question.people.items()
    ]
    margins = pd.DataFrame(lines, columns=["variable", "category", "people"])
    if not city.fictional and "survey_margins" in city:
        others = {question.name for question in traits if not question.people}
        own = city["survey_margins"]
        own = own[own["variable"].isin(others)]
        margins = pd.concat([margins, own[["variable", "category", "people"]]], ignore_index=True)
    return margins


def _weighed(rows: SurveyRows, margins: pd.DataFrame) -> _Weighed:
    if rows.weights is not None:
        sound = rows.weights.dropna()
        if not len(sound):
            raise PlaybookError(
                "No answer has a weight above 0, so I can't weigh any. Nothing was saved.",
                fix="Look at the column of weights, or take its line out of the codebook.",
            )
        return _told(sound / sound.mean(), {_NO_WEIGHT: len(rows.weights) - len(sound)},
                     "I used the weights that came with the file.")  # fmt: skip
    if not len(margins):
        finding = Finding(
            "look",
            "The codebook says of no trait how many people live here, so every answer counts the "
            "same.",
            "Add use = weigh and people for age, and owner or renter, from the census.",
        )
        return _Weighed(pd.Series(1.0, index=rows.single.index), {}, (finding,))
    traits = list(dict.fromkeys(margins["variable"]))
    whole = rows.single[traits].dropna()
    if len(whole) < FEWEST_ANSWERS:
        raise PlaybookError(
            f"{len(whole):,} answers give {listed(traits)}. That is too few to weigh; "
            f"{FEWEST_ANSWERS} are needed. Nothing was saved.",
            fix="Weigh by fewer traits, or join groups in the codebook.",
        )
    raked = rake(whole, margins, cap=CAP)
    told = _told(raked.weights, {_NO_TRAIT: len(rows.single) - len(whole)}, raked.message)
    if raked.fits:
        return told
    finding = Finding(
        "look",
        f"After raking, sums still miss by up to {raked.largest_miss:.1f} percentage points.",
        "Leave out a trait, or join groups in the codebook.",
    )
    return _Weighed(told.weights, told.left_out, (*told.findings, finding))


def _told(weights: pd.Series, left_out: Mapping[str, int], how: str) -> _Weighed:
    effect, size = design_effect(weights), effective_size(weights)
    findings = [
        Finding("fine", how),
        Finding(
            "fine",
            f"Weighing has a price of {effect.value:.1f}: {len(weights):,} answers tell as much as "
            f"{size.value:,.0f} equal ones. Whom nobody reached, no weight repairs.",
        ),
    ]
    lost = {reason: count for reason, count in left_out.items() if count}
    for reason, count in lost.items():
        what = f"I left out {count:,} answers: {reason}."
        findings.append(Finding("look", what, "Say so beside the result.", count=count))
    return _Weighed(weights, lost, tuple(findings))


def _shares(
    question: Question, rows: SurveyRows, weights: pd.Series, margins: pd.DataFrame, below: int
) -> pd.DataFrame:
    """Give one row an answer, hidden where few gave it or where that would give few away."""
    if question.kind == "several":
        table = _shares_of_marks(rows.several[question.name].loc[weights.index], weights, below)
    else:
        answers = rows.single.loc[weights.index, [question.name]].dropna()
        if not len(answers):
            return pd.DataFrame(columns=list(COLUMNS))
        table = weighted_shares(answers, question.name, weights[answers.index])
        table["answers_share"] = 100 * table["answers"] / len(answers)
        counts = table["answers"].to_frame().T.set_axis([question.name])
        shown = suppress(counts, below, totals="rows").table.iloc[0]
        table = _hide(table, shown[list(table.index)].isna().to_numpy())
    table = table.rename_axis("answer").reset_index()
    if question.kind == "scale":
        order = {label: at for at, label in enumerate(dict.fromkeys(question.labels.values()))}
        table = table.sort_values("answer", key=lambda answer: answer.map(order), kind="stable")
    table.insert(0, "question", question.name)
    table.insert(1, "kind", "trait" if question.use == "weigh" else question.kind)
    people = margins[margins["variable"].eq(question.name)].set_index("category")["people"]
    table["people_share"] = table["answer"].map(100 * people / people.sum()).astype("float64")
    return table[list(COLUMNS)]


def _shares_of_marks(marks: pd.DataFrame, weights: pd.Series, below: int) -> pd.DataFrame:
    given = marks.dropna().astype(bool)
    if not len(given):
        return pd.DataFrame(columns=["answers", "answers_share", "share", "low", "high"])
    lines = {}
    for answer in map(str, given.columns):
        marked = given[answer].map({True: "yes", False: "no"}).to_frame()
        both = weighted_shares(marked, answer, weights[given.index]).reindex(["yes", "no"])
        counts = both["answers"].fillna(0)
        line = both.loc["yes"].fillna(0.0) if counts["yes"] == 0 else both.loc["yes"].copy()
        line["answers_share"] = 100 * counts["yes"] / len(given)
        # Whoever did not mark it can be counted too: all less those who did.
        small = any(0 < count < below for count in counts)
        lines[answer] = pd.Series(np.nan, index=line.index) if small else line
    table = pd.DataFrame.from_dict(lines, orient="index")
    table["answers"] = table["answers"].astype("Int64")
    return table.sort_values("share", ascending=False, kind="stable")


def _hide(table: pd.DataFrame, hidden: np.ndarray) -> pd.DataFrame:
    table = table.astype({"answers": "Int64"})
    table.loc[hidden, "answers"] = pd.NA
    table.loc[hidden, ["answers_share", "share", "low", "high"]] = np.nan
    return table


def _about_answers(rows: SurveyRows) -> list[Finding]:
    """Say per question how many sheets hold nothing usable, and why."""
    by_question: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for (question, reason), count in rows.reasons.items():
        by_question.setdefault(question, []).append(f"{reason} {count:,}")
        counts[question] = counts.get(question, 0) + count
    return [
        Finding(
            "fine",
            f"{question}: {counts[question]:,} of {rows.rows:,} say nothing I can use "
            f"({listed(reasons)}).",
            count=counts[question],
        )
        for question, reasons in by_question.items()
    ]


def _about_shares(table: pd.DataFrame, hidden: int, city: City) -> list[Finding]:
    found = [
        Finding(
            "fine",
            "I stored shares and counts for "
            f"{table['question'].nunique():,} questions, and no row of the file.",
        )
    ]
    if hidden:
        what = f"{hidden:,} answers are hidden. {city.small_counts.words}"
        found.append(Finding("fine", what, count=hidden))
    return found
