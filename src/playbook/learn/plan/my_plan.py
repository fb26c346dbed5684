"""What a notebook calls: keep a memo in the plan, add *In my city*, show the plan."""

from __future__ import annotations

import importlib.util
from datetime import date
from html import escape

from playbook import home
from playbook.city.own import chosen_city
from playbook.city.tables import City, load_city
from playbook.files import replace_safely
from playbook.learn.catalog import lesson
from playbook.learn.memos.content import MemoContent
from playbook.learn.output import Shown
from playbook.learn.plan.pages import IN_MY_CITY, STEPS, PlanPage
from playbook.learn.plan.plan import NOT_YET, Plan, plan_so_far, plan_text
from playbook.learn.plan.store import CHARTS, plan_folder, read_plan, save_page
from playbook.learn.plan.web_page import plan_html, web_page

EMPTY = (
    "Your plan is empty so far. Each lesson adds a page to it: its last step, pb.memo. "
    "Open a lesson, go to Take it to work, and run that step."
)


def keep_memo(lesson_id: str, city: City, content: MemoContent, steps: dict[str, str]) -> list[str]:
    """Put a memo into the plan, with its chart.

    Parameters
    ----------
    lesson_id, city
        Whose memo it is.
    content
        The memo as it is shown; marked, where it is practice.
    steps
        ``owner``, ``first_step``, ``by`` and ``sign`` as typed.

    Returns
    -------
    list of str
        What of an earlier plan could not be read.
    """
    cells = content.table.astype(str)
    page = PlanPage(lesson_id, city.key)
    charts = plan_folder() / CHARTS
    replace_safely(charts / f"{page.stem}.svg", content.figure.svg)
    if importlib.util.find_spec("docx"):
        replace_safely(charts / f"{page.stem}.png", content.figure.png())
    values = {
        "city_name": city.name,
        "lesson_version": lesson(lesson_id).version,
        "title": content.title,
        "lines": content.lines,
        "caption": content.caption,
        "table": [list(cells.columns), *cells.to_numpy().tolist()],
        "chart_words": content.figure.alt,
        "memo_indicator": content.indicator,
        **{f"memo_{name}": str(text) for name, text in steps.items()},
    }
    return save_page(lesson_id, city.key, values)


def in_my_city(
    lesson_id: str,
    *,
    indicator: str = "",
    population: str = "",
    ask: str = "",
    whom: str = "",
    request: str = "",
    in_15_minutes: str = "",
    this_week: str = "",
    this_month: str = "",
    first_step: str = "",
    owner: str = "",
    by: str = "",
    sign: str = "",
) -> Shown:
    """Save what you will do in your own city after a lesson; it becomes part of your plan.

    What is left empty stays as you saved it before.

    Parameters
    ----------
    lesson_id
        Such as ``"3.1"``.
    indicator, population
        What you count, and for whom.
    ask, whom, request
        The question, the person or office you ask, and the e-mail you send.
    in_15_minutes, this_week, this_month
        One step each.
    first_step, owner, by, sign
        What comes first, who does it, by when, and the sign that it works.

    Returns
    -------
    Shown
        What is saved.

    Raises
    ------
    PlaybookError
        If there is no such lesson.
    """
    given = {
        "indicator": indicator,
        "population": population,
        "ask": ask,
        "whom": whom,
        "request": request,
        "in_15_minutes": in_15_minutes,
        "this_week": this_week,
        "this_month": this_month,
        "first_step": first_step,
        "owner": owner,
        "by": by,
        "sign": sign,
    }
    entry, city = lesson(lesson_id), load_city(chosen_city())
    trouble = []
    if any(str(text).strip() for text in given.values()):
        trouble = save_page(entry.id, city.key, {"city_name": city.name, **given})
    page = read_plan().pages.get((entry.id, city.key), PlanPage(entry.id, city.key))
    labels = {**IN_MY_CITY, **STEPS}
    lines = [f"{label}: {page.mark(page.say(name)) or NOT_YET}" for name, label in labels.items()]
    title = page.mark(f"In my city, lesson {entry.id}: {entry.title}")
    items = "".join(f"<li>{escape(line)}</li>" for line in [*lines, *trouble])
    html = f"<div><p><strong>{escape(title)}</strong></p><ul>{items}</ul></div>"
    return Shown("\n".join([title, *lines, *trouble]), html)


def my_plan(*, city: str = "", today: date | None = None) -> Shown:
    """Show the plan that your lessons add up to, and save it as Word and as a page to print.

    Parameters
    ----------
    city
        Key of one city, such as ``"boston"``; left out, all saved pages are taken.
    today
        The day that dates are compared with; the computer's if left out.

    Returns
    -------
    Shown
        The plan as text and as HTML.

    Raises
    ------
    PlaybookError
        If there is no such city, or the files can't be written.
    """
    plan = plan_so_far(today or date.today(), city)
    if not plan.pages:
        said = [EMPTY, *plan.trouble]
        return Shown("\n".join(said), "".join(f"<p>{escape(line)}</p>" for line in said))
    saved = "Saved: " + ", ".join(save_plan(plan))
    body = f"<p><strong>{escape(plan.title)}</strong></p>{plan_html(plan)}<p>{escape(saved)}</p>"
    return Shown(f"{plan_text(plan)}\n\n{saved}", f'<div class="pb-plan">{body}</div>')


def save_plan(plan: Plan) -> list[str]:
    """Save the plan to my-work as one page and, where Word files can be made, as Word.

    Raises
    ------
    PlaybookError
        If a file can't be written.
    """
    folder = home.work_folder()
    contents: dict[str, str | bytes] = {f"{plan.file_stem}.html": web_page(plan)}
    if importlib.util.find_spec("docx"):
        from playbook.learn.plan.word_file import word_plan

        contents = {f"{plan.file_stem}.docx": word_plan(plan), **contents}
    for name, content in contents.items():
        replace_safely(folder / name, content)
    return [f"{home.WORK_FOLDER_NAME}/{name}" for name in contents]
