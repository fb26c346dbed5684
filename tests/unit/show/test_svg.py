"""The smaller SVG shows what matplotlib's own shows."""

import io
import re

from matplotlib.figure import Figure as Drawing

from playbook.show.sheet import Sheet, cut, drawable, text_width, wrap
from playbook.show.style import BODY_SIZE
from playbook.show.svg import smaller, svg_bytes


def sheet() -> Drawing:
    page = Sheet("A finding & more", 1.0)
    page.write(1.0, 1.0, "Quiet words 12.5")
    return page.figure


def original() -> str:
    target = io.BytesIO()
    sheet().savefig(target, format="svg")
    return target.getvalue().decode()


def outline_points(path: str, unit: float) -> list[tuple[float, float]]:
    """End points of a path in absolute places, whether it is written in places or in steps."""
    at = begin = (0.0, 0.0)
    points = []
    for command, numbers in re.findall(r"([MLQmlqz])([^MLQmlqz]*)", path):
        values = [float(number) * unit for number in re.findall(r"-?\d+\.?\d*", numbers)]
        if values:
            x, y = values[-2:]
            at = (x, y) if command.isupper() else (at[0] + x, at[1] + y)
            begin = at if command in "Mm" else begin
            points.append(at)
        else:
            at = begin
    return points


def test_outlines_stay_within_a_thousandth_of_an_em() -> None:
    before = re.findall(r'<path id="DejaVu[^"]*" d="([^"]*)"', original())
    after = re.findall(r'<path id="_\w+" d="([^"]*)"', smaller(original()))
    assert len(before) == len(after) > 10
    for old, new in zip(before, after, strict=True):
        expected, found = outline_points(old, 1 / 6400), outline_points(new, 1 / 1000)
        assert len(expected) == len(found)
        for (x, y), (other_x, other_y) in zip(expected, found, strict=True):
            assert abs(x - other_x) <= 0.00051
            assert abs(y - other_y) <= 0.00051


def test_every_letter_is_still_there_in_its_place() -> None:
    placed = re.findall(
        r'href="#DejaVuSans[^"]*-(\w+)"( transform="translate\(([\d.]+))?', original()
    )
    letters = [(code, float(at or 0)) for code, _, at in placed if code != "20"]
    kept = re.findall(r'<use href="#(_\w+)"(?: x="([\d.]+)")?/>', smaller(original()))
    assert len(kept) == len(letters)
    for (_, at), (_, kept_at) in zip(letters, kept, strict=True):
        assert abs(float(kept_at or 0) - at) <= 0.5


def test_every_reference_has_its_target() -> None:
    svg = svg_bytes(sheet()).decode()
    assert set(re.findall(r'href="#([^"]+)"', svg)) <= set(re.findall(r' id="([^"]+)"', svg))
    assert len(svg) < 0.6 * len(original())


def test_drawing_from_another_matplotlib_is_left_right_though_larger() -> None:
    other = (
        '<svg><g id="a"><path d="M 1.23456 2 L 3 4" id="Other-1"/>'
        '<use xlink:href="#Other-1"/></g></svg>'
    )
    assert smaller(other) == (
        '<svg><g><path d="M1.23 2L3 4" id="Other-1"/><use href="#Other-1"/></g></svg>'
    )


def test_lines_fit_the_width_they_are_given() -> None:
    for line in wrap("Highest-poverty fifth and a Patternmakerswithoutend", 0.8, 12.5):
        assert text_width(line, 12.5) <= 0.8


def test_words_that_do_not_fit_end_in_a_dot() -> None:
    assert cut("Kiln", 1.0, 10) == "Kiln"
    assert cut("Patternmakers", 0.7, 10).endswith(".")


def test_width_is_what_matplotlib_draws() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    page = Sheet("T", 1.0)
    canvas = FigureCanvasAgg(page.figure)
    page.write(1.0, 1.0, "Highest-poverty fifth", bold=True)
    box = page.page.texts[-1].get_window_extent(canvas.get_renderer())
    assert (
        abs(box.width / page.figure.dpi - text_width("Highest-poverty fifth", BODY_SIZE, True))
        < 0.04
    )


def test_letters_the_font_lacks_become_boxes() -> None:
    assert drawable("Été ✓ 東") == "Été ✓ □"
