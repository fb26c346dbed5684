"""The deliverable: one page to take to work, shown, saved and ready to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import pandas as pd

from playbook import home
from playbook.city.labels import clean, safe_cell
from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.files import replace_safely
from playbook.learn.before_you_show import HEADING, before_you_show
from playbook.learn.catalog import lesson
from playbook.learn.lesson import opened_city
from playbook.learn.memos.content import MemoContent, mark_as_practice, mark_stand_ins
from playbook.learn.output import Shown
from playbook.learn.plan.my_plan import keep_memo
from playbook.lesson_modules import lesson_modules

BLANK = "____________________"
_BOX = "[ ] "


def memo(
    lesson_id: str, *, owner: str = "", first_step: str = "", by: str = "", sign: str = ""
) -> Shown:
    """Make the lesson's memo: show it, and save it to `my-work` as Word, text and CSV.

    On Port Alder the title and every line with a number say that this is practice. With a city of
    your own comes a list of what to do before you show it outside city hall.

    Parameters
    ----------
    lesson_id
        Such as ``"3.1"``.
    owner, first_step, by, sign
        Who does it, what comes first, by when, and the sign that it works. Left out, they print
        as blanks to fill in by hand.

    Returns
    -------
    Shown
        The memo as text and as HTML to copy or print.
    """
    city = opened_city(lesson_id)
    if lesson_id not in _contents():
        raise PlaybookError(
            f"Lesson {lesson_id} has no memo.", fix=f"Lessons with one: {', '.join(_contents())}."
        )
    content = _contents()[lesson_id](city)
    content = mark_as_practice(content) if city.fictional else mark_stand_ins(content)
    blanks = {"Owner": owner, "First step": first_step, "By": by, "Sign that it works": sign}
    steps = [f"{label}: {clean(str(text)) or BLANK}" for label, text in blanks.items()]
    checks = before_you_show(city)
    files = _save(lesson_id, city, content, steps)
    text = memo_text(content, steps, checks)
    typed = {"owner": owner, "first_step": first_step, "by": by, "sign": sign}
    trouble = keep_memo(lesson_id, city, content, typed)
    saved = " ".join(["Saved: " + ", ".join(files), *trouble])
    return Shown(f"{text}\n{saved}", f"{memo_html(content, steps, checks)}<p>{escape(saved)}</p>")


def _contents() -> dict[str, Callable[[City], MemoContent]]:
    from playbook.learn import memos

    return {name: module.content for name, module in lesson_modules(memos).items()}


def memo_text(content: MemoContent, steps: list[str], checks: Sequence[str] = ()) -> str:
    """Write the memo as plain text, one line a row of the table."""
    rows = [
        "; ".join(f"{column}: {value}" for column, value in row.items())
        for row in content.table.to_dict("records")
    ]
    lines = [content.title, "", *content.lines, "", content.caption, *rows, "", *steps]
    if checks:
        lines += ["", HEADING, *(f"{_BOX}{check}" for check in checks)]
    return "\n".join(lines)


def memo_html(content: MemoContent, steps: list[str], checks: Sequence[str] = ()) -> str:
    """Write the memo as HTML that copies well into a document."""
    from playbook.show.table import table

    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in content.lines)
    next_steps = "".join(f"<li>{escape(step)}</li>" for step in steps)
    boxes = "".join(f"<li>{_BOX}{escape(check)}</li>" for check in checks)
    list_of_checks = f"<p><strong>{HEADING}</strong></p><ul>{boxes}</ul>" if boxes else ""
    return (
        "<section class='pb-memo' style='border:1px solid #767676;padding:1em 1.2em'>"
        f"<p><strong>{escape(content.title)}</strong></p>{paragraphs}"
        f"{table(content.table, content.caption).html()}<ul>{next_steps}</ul>"
        f"{list_of_checks}</section>"
    )


def _save(lesson_id: str, city: City, content: MemoContent, steps: list[str]) -> list[str]:
    prefix = "practice" if city.fictional else city.key
    stem = f"{prefix}-{lesson_id}-{lesson(lesson_id).notebook.stem.partition('-')[2]}"
    folder = home.work_folder()
    checks = before_you_show(city)
    replace_safely(folder / f"{stem}.txt", memo_text(content, steps, checks) + "\n")
    replace_safely(folder / f"{stem}.csv", table_csv(content.table))
    names = [f"{stem}.txt", f"{stem}.csv"]
    word = _word_file(content, steps, checks)
    if word is not None:
        replace_safely(folder / f"{stem}.docx", word)
        names.insert(0, f"{stem}.docx")
    return [f"{home.WORK_FOLDER_NAME}/{name}" for name in names]


def table_csv(table: pd.DataFrame) -> str:
    """Write a table as CSV that a spreadsheet shows as text and never runs."""

    def quiet(value: object) -> object:
        return safe_cell(value) if isinstance(value, str) else value

    return (
        table.map(quiet)
        .rename(columns=lambda name: str(quiet(name)))
        .to_csv(index=False, lineterminator="\n")
    )


def _word_file(content: MemoContent, steps: list[str], checks: Sequence[str]) -> bytes | None:
    try:
        from playbook.learn.word import word_memo
    except ModuleNotFoundError:
        # The browser edition has no Word library; text and CSV are saved all the same.
        return None
    return word_memo(content, steps, checks)
