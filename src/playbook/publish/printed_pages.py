"""Rules for a page on paper: nothing is cut at the edge of a sheet, or between two sheets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from playbook.publish.built_pages import Finding

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The part of a letter sheet that is printed, in CSS pixels, as the page's own @page rules say.
_PRINTED = """() => {
    let wide = 816, high = 1056;
    let sides = {top: 38, bottom: 38, left: 38, right: 38};
    // Sheets of another host tell nothing, and those of a folder neither.
    const rules = (sheet) => { try { return [...sheet.cssRules]; } catch { return []; } };
    for (const rule of [...document.styleSheets].flatMap(rules)) {
        if (!(rule instanceof CSSPageRule)) continue;
        if (rule.style.getPropertyValue('size').includes('landscape')) [wide, high] = [1056, 816];
        for (const side of Object.keys(sides)) {
            const margin = rule.style.getPropertyValue('margin-' + side);
            if (margin) sides[side] = CSSNumericValue.parse(margin).to('px').value;
        }
    }
    return [wide - sides.left - sides.right, high - sides.top - sides.bottom].map(Math.floor); }"""
_CUT_SIDEWAYS = """(most) => [...document.querySelectorAll('body *')]
    .filter((one) => one.checkVisibility() && !one.closest('.for-readers, svg'))
    .filter((one) => one.getBoundingClientRect().right > most + 1
        || (one.clientWidth && one.scrollWidth > one.clientWidth + 1
            && getComputedStyle(one).overflowX !== 'visible'))
    .map((one) => one.localName + (one.className ? '.' + one.className : '')
        + ` "${(one.querySelector('caption') ?? one).textContent.trim().slice(0, 40)}"`)"""
# Chromium writes where on which sheet a link's target came to stand: so each end of a picture and
# of a table, or of a row where the table is longer than a sheet, becomes the target of a link.
_MARK_ENDS = """(high) => {
    const links = document.createElement('p'), names = [];
    const mark = (from, to, name) => {
        names.push(name);
        for (const [put, end] of [[from, 'from'], [to, 'to']]) {
            const spot = document.createElement('span');
            spot.id = `piece-${names.length}-${end}`;
            put(spot);
            const link = document.createElement('a');
            link.href = '#' + spot.id;
            link.textContent = end;
            links.append(link, ' ');
        }
    };
    for (const table of document.querySelectorAll('main table')) {
        if (!table.checkVisibility()) continue;
        const long = table.getBoundingClientRect().height > high * .9;
        for (const piece of long ? table.rows : [table]) {
            const cells = piece.querySelectorAll('td, th');
            mark((spot) => cells[0].prepend(spot), (spot) => cells[cells.length - 1].append(spot),
                (long ? 'the row "' : 'the table "') + piece.textContent.trim().slice(0, 40) + '"');
        }
    }
    for (const chart of document.querySelectorAll('main figure img')) {
        if (!chart.checkVisibility()) continue;
        mark((spot) => chart.before(spot), (spot) => chart.after(spot),
            'the picture "' + chart.alt.slice(0, 40) + '"');
    }
    document.querySelector('main').append(links);
    return names; }"""


def printed_size(page: Page) -> tuple[int, int]:
    """Return width and height of what a sheet of the page holds, in CSS pixels."""
    wide, high = page.evaluate(_PRINTED)
    return wide, high


def fits_the_sheet(page: Page, name: str) -> list[Finding]:
    """Ask that nothing stands out at the right of a sheet.

    Parameters
    ----------
    page
        The open page. It is left in print, as wide as a sheet.
    name
        What the findings call it.
    """
    wide, high = printed_size(page)
    page.set_viewport_size({"width": wide, "height": high})
    page.emulate_media(media="print")
    fix = "let it wrap in print"
    return [
        Finding("fits-the-sheet", name, f"{one} is cut at the right of the sheet", fix)
        for one in page.evaluate(_CUT_SIDEWAYS, wide)[:3]
    ]


def prints_whole(page: Page, name: str) -> list[Finding]:
    """Ask that no picture, no table and no row of a long table is cut between two sheets.

    Parameters
    ----------
    page
        The open page. It is marked, and so of no further use.
    name
        What the findings call it.
    """
    from pypdf import PdfReader

    _, high = printed_size(page)
    pieces = page.evaluate(_MARK_ENDS, high)
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sheets = {
        spot.lstrip("/"): paper.get_destination_page_number(place)
        for spot, place in paper.named_destinations.items()
    }
    return [
        Finding("prints-whole", name, f"{piece} is cut between two sheets", "break before it")
        for number, piece in enumerate(pieces, start=1)
        # What print leaves out has no place on any sheet.
        if sheets.get(f"piece-{number}-from") != sheets.get(f"piece-{number}-to")
    ]
