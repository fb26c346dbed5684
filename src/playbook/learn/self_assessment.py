"""The team's self-assessment: a form on the page, and the same as a sheet to print."""

from __future__ import annotations

import csv
import io
import os
import secrets
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from playbook import home
from playbook.city.capacities import ROLES, Capacity, capacities, codes, scale
from playbook.errors import PlaybookError
from playbook.files import write_atomically
from playbook.learn.question import WIDGET, in_kernel

TEAM_FOLDER = "team"
TEMPLATE = "team-template.csv"
PRIVATE = "Do not write your name. Only your role and your answers are kept."
TYPED = (
    "To type printed sheets, make one row a person: the role, then A1 to G5. Leave a blank where "
    "there is no answer."
)
_HEADING = "How ready is our team? Score what you see at work, from 0 to 4."
_CELL = "text-align:left;vertical-align:top;padding:.3em .6em;border-bottom:1px solid #8a94a0"
_CIRCLE = "&nbsp; ".join(str(score) for score in range(len(scale())))
# A file that says when it was written says who wrote it, where answers come in one by one.
_NO_DATE = 946_684_800  # January 1, 2000


def self_assessment() -> SelfAssessment:
    """Show the self-assessment: seven capacities, five statements each, scored from 0 to 4.

    Where a notebook runs, it is a form that saves one file a person to `my-work/team`, with role
    and answers and nothing else. In the book the same place is the sheet to print.

    Examples
    --------
    >>> print(self_assessment())
    How ready is our team? Score what you see at work, from 0 to 4.
    0 Not yet; 1 Talked about; 2 Piloted; 3 Routine; 4 Routine and reviewed with residents
    ...
    A. Race and Equity
    A1 Before a big decision, ...
    """
    return SelfAssessment()


class SelfAssessment:
    """The sheet, on paper and live."""

    def __init__(self) -> None:
        # One form is one person: saving again replaces that person's own file.
        self._file = f"answers-{secrets.token_hex(6)}.csv"

    def __str__(self) -> str:
        lines = [_HEADING, _scale_words(), PRIVATE, f"My role: {', '.join(ROLES)}"]
        for capacity in capacities():
            lines.append(f"{capacity.letter}. {capacity.name}")
            statements = zip(capacity.codes, capacity.statements, strict=True)
            lines += [f"{code} {statement}" for code, statement in statements]
        return "\n".join([*lines, TYPED])

    __repr__ = __str__

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        bundle: dict[str, object] = {"text/plain": str(self), "text/html": self.static_twin()}
        if in_kernel():
            save_template()
            bundle[WIDGET] = self.widget()._repr_mimebundle_()[WIDGET]
        return bundle

    def static_twin(self) -> str:
        """Return the sheet as HTML to print: works without a kernel and without JavaScript."""
        roles = " &nbsp; ".join(f"( ) {escape(role)}" for role in ROLES)
        parts = "".join(_sheet_part(capacity) for capacity in capacities())
        return (
            f"<div class='pb-sheet'><p><strong>{escape(_HEADING)}</strong></p>"
            f"<p>{escape(_scale_words())}</p><p>{escape(PRIVATE)}</p><p>My role: {roles}</p>"
            f"{parts}<p>{escape(TYPED)}</p></div>"
        )

    def widget(self) -> Any:
        """Return the live form: a role, 35 labeled lists, and a button that saves."""
        import ipywidgets as widgets

        wide = widgets.Layout(width="auto", max_width="30em")
        style = {"description_width": "auto"}
        role = widgets.Dropdown(
            options=[("Pick one", ""), *((name, name) for name in ROLES)],
            description="My role:",
            style=style,
            layout=wide,
        )
        choices = [("No answer", "")] + [(f"{n} {word}", str(n)) for n, word in enumerate(scale())]
        lists: dict[str, Any] = {}
        children: list[Any] = [widgets.HTML(f"<strong>{escape(_HEADING)}</strong>"), role]
        for capacity in capacities():
            children.append(widgets.HTML(f"<strong>{escape(capacity.name)}</strong>"))
            for code, statement in zip(capacity.codes, capacity.statements, strict=True):
                lists[code] = widgets.Dropdown(
                    options=choices,
                    description=f"{code}:",
                    tooltip=statement,
                    style=style,
                    layout=wide,
                )
                children += [widgets.HTML(f"{code}. {escape(statement)}"), lists[code]]
        save = widgets.Button(description="Save", tooltip="Save my answers without my name")
        result = widgets.HTML()

        def on_save(_: object) -> None:
            result.value = self._saved(
                role.value, {code: item.value for code, item in lists.items()}
            )

        save.on_click(on_save)
        return widgets.VBox([*children, save, result])

    def _saved(self, role: str, answers: Mapping[str, str]) -> str:
        try:
            path = save_answers(role, answers, self._file)
        except PlaybookError as problem:
            said = "<br>".join(escape(line) for line in str(problem).splitlines())
        else:
            given = sum(bool(answer) for answer in answers.values())
            said = (
                f"<strong>Saved.</strong> {given} of {len(codes())} answers are in "
                f"{home.WORK_FOLDER_NAME}/{TEAM_FOLDER}/{escape(path.name)}. Changed your mind? "
                "Change an answer and save again. For the next person, run this step again."
            )
        return f"<div class='pb-feedback' role='status'>{said}</div>"


def save_answers(role: str, answers: Mapping[str, str], name: str) -> Path:
    """Save what one person answered to `my-work/team`: role and answers, no name, no date.

    Parameters
    ----------
    role
        The role they picked.
    answers
        ``"0"`` to ``"4"`` by the statement's code; empty where there is no answer.
    name
        Name of the file. It must say nothing about the person.

    Raises
    ------
    PlaybookError
        If there is no role, or no answer at all.
    """
    if not role:
        raise PlaybookError(
            "Your role is still empty. Nothing is saved yet.",
            fix='Pick a role at the top, then choose "Save" again. The nearest one will do.',
        )
    if not any(answers.values()):
        raise PlaybookError(
            "There is no answer yet, so there is nothing to save.",
            fix='Score one statement or more, then choose "Save" again. Blanks are fine.',
        )
    row = [role, *(answers.get(code, "") for code in codes())]
    path = home.work_folder() / TEAM_FOLDER / name
    write_atomically(path, _csv([_header(), row]))
    os.utime(path, (_NO_DATE, _NO_DATE))
    return path


def save_template() -> Path:
    """Save an empty table for typing printed sheets to `my-work`, and keep one that is there."""
    path = home.work_folder() / TEMPLATE
    return path if path.is_file() else write_atomically(path, _csv([_header()]))


def _scale_words() -> str:
    return "; ".join(f"{score} {word}" for score, word in enumerate(scale()))


def _header() -> list[str]:
    return ["role", *codes()]


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _sheet_part(capacity: Capacity) -> str:
    rows = "".join(
        f"<tr><th scope='row' style='{_CELL}'>{code}</th>"
        f"<td style='{_CELL}'>{escape(statement)}</td>"
        f"<td style='{_CELL};white-space:nowrap'>{_CIRCLE}</td></tr>"
        for code, statement in zip(capacity.codes, capacity.statements, strict=True)
    )
    return (
        "<table style='border-collapse:collapse;width:100%;margin:.6em 0;break-inside:avoid'>"
        "<caption style='caption-side:top;text-align:left;font-weight:600;padding:.3em 0'>"
        f"{capacity.letter}. {escape(capacity.name)}</caption>"
        f"<thead><tr><th scope='col' style='{_CELL}'>Code</th>"
        f"<th scope='col' style='{_CELL}'>What you see at work</th>"
        f"<th scope='col' style='{_CELL}'>Circle one</th></tr></thead><tbody>{rows}</tbody></table>"
    )
