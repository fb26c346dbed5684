"""The plan as HTML: for a notebook, and as one page that needs nothing beside it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

from playbook.learn.before_you_show import HEADING
from playbook.learn.plan.pages import PlanPage
from playbook.learn.plan.plan import (
    GAPS,
    NO_GAPS,
    OPEN,
    STEPS_CAPTION,
    UNREAD,
    WHO_DOES_WHAT,
    Plan,
    in_my_city_rows,
)
from playbook.learn.plan.store import CHARTS, plan_folder

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #17212b; --edge: #6b7780; --wash: #eef3f4; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #12191f; --ink: #e6ebee; --edge: #8795a0; --wash: #19242c; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1.05rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1, h2, h3 { line-height: 1.25; margin: 1.8em 0 .5em; }
h1 { margin-top: 0; }
img { display: block; max-width: 100%; height: auto; background: #fff; padding: .5rem; }
.pb-table { overflow-x: auto; margin: 1em 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .3em 0; }
th, td { text-align: left; vertical-align: top; padding: .35em .5em;
  border: 1px solid var(--edge); }
thead th { background: var(--wash); }
:focus-visible { outline: 3px solid currentcolor; outline-offset: 2px; }
@page { size: letter; margin: 1.8cm; }
@media print {
  :root { --paper: #fff; --ink: #000; --edge: #444; --wash: #fff; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .pb-table { overflow: visible; font-size: .85em; break-inside: avoid; }
  th, td { padding: .25em .35em; }
  td { overflow-wrap: anywhere; }
  thead { display: table-header-group; }
  tr, img { break-inside: avoid; }
  img { max-height: 9cm; }
  h2, h3, caption { break-after: avoid; }
}
"""


def web_page(plan: Plan) -> str:
    """Write the plan as one page with everything in it: to mail, to open anywhere, to print."""
    title = escape(plan.title)
    return (
        '<!DOCTYPE html>\n<html lang="en-US">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n<link rel="icon" href="data:,">\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>\n<main>\n<h1>{title}</h1>\n{plan_html(plan)}\n</main>\n</body>\n</html>\n"
    )


def plan_html(plan: Plan) -> str:
    """Write what stands below the plan's title."""
    parts = [f"<p>{escape(plan.count)}</p>"]
    if plan.pages:
        parts.append(f"<h2>{WHO_DOES_WHAT}</h2>")
        parts.append(_table(plan.steps_table(), STEPS_CAPTION))
        parts.append(f"<h2>{GAPS}</h2>")
        parts.append(_gaps(plan))
        parts += [_page(page) for page in plan.pages]
    if plan.open:
        parts.append(_list(OPEN, [f"{entry.id} {entry.title}" for entry in plan.open]))
    if plan.checks:
        parts.append(_list(HEADING, [f"[ ] {check}" for check in plan.checks]))
    if plan.trouble:
        parts.append(_list(UNREAD, plan.trouble))
    return "\n".join(parts)


def _gaps(plan: Plan) -> str:
    items = "".join(
        f"<li>{escape(gap.what)} <strong>What to do:</strong> {escape(gap.fix)}</li>"
        for gap in plan.gaps
    )
    return f"<ol>{items}</ol>" if items else f"<p>{NO_GAPS}</p>"


def _page(page: PlanPage) -> str:
    parts = [f"<h2>{escape(page.heading)}</h2>"]
    parts += [f"<p>{escape(page.mark(line))}</p>" for line in page.lines]
    chart = plan_folder() / CHARTS / f"{page.stem}.svg"
    if page.alt and chart.is_file():
        data = base64.b64encode(chart.read_bytes()).decode("ascii")
        parts.append(
            f'<p><img alt="{escape(page.alt)}" src="data:image/svg+xml;base64,{data}"></p>'
        )
    if page.table:
        parts.append(
            _table(page.table, page.mark(page.caption), f"{page.lesson} {page.city_name}: ")
        )
    rows = "".join(
        f"<li><strong>{label}:</strong> {escape(text)}</li>"
        for label, text in in_my_city_rows(page)
    )
    if rows:
        parts.append(f"<h3>In my city</h3><ul>{rows}</ul>")
    return "\n".join(parts)


def _table(rows: Sequence[Sequence[str]], caption: str, before: str = "") -> str:
    """Build a table in a region that scrolls; `before` tells regions of one caption apart."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows[1:]
    )
    name = escape(caption)
    return (
        f'<div class="pb-table" tabindex="0" role="region" aria-label="{escape(before)}{name}">'
        f"<table><caption>{name}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        "</table></div>"
    )


def _list(title: str, lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h2>{title}</h2><ul>{items}</ul>"
