"""A figure is words, a table and a picture, in the one form that every page relies on."""

import base64
import math
import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from playbook.show.charts import bar, dots, small_multiples
from playbook.show.figure import Figure
from playbook.show.funnel_chart import funnel
from playbook.show.line_chart import lines
from playbook.show.tile_map import tile_map

LIMITS = {"low": "low", "high": "high", "center": 12.0}
TRAP = '<script>alert("1")</script>'


def table(name: str = "Eastbank") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": [name, "Foundry", "Highland", "Kiln"],
            "wait": [14.3, 12.9, 10.8, math.nan],
            "kind": ["a", "b", "a", "b"],
            "year": [2024, 2025, 2024, 2025],
            "low": 9.0,
            "high": 14.0,
            "tile_row": [0, 0, 1, 1],
            "tile_col": [0, 1, 0, 1],
        }
    )


def every_kind(finding: str, name: str = "Eastbank") -> list[Figure]:
    df = table(name)
    return [
        bar(df, y="name", x="wait", finding=finding, unit="days"),
        dots(df, y="name", x="wait", finding=finding, unit="days"),
        dots(df, y="name", x="wait", group="kind", finding=finding, unit="days"),
        small_multiples(df, facet="kind", y="name", x="wait", finding=finding, unit="days"),
        tile_map(df, value="wait", finding=finding, unit="days"),
        lines(df, x="year", y="wait", group="name", finding=finding, unit="days"),
        funnel(df, name="name", x="year", y="wait", **LIMITS, finding=finding, unit="days"),
    ]


@pytest.mark.parametrize("kind", range(7))
@pytest.mark.parametrize(
    ("finding", "name"),
    [
        ("Yes", "A"),
        ("Eastbank waits longest", "Eastbank"),
        ("Eastbank waits longest. " * 5, "The neighborhood with the longest name of them all"),
        ("x" * 140, "y" * 90),
    ],
)
def test_alt_holds_type_finding_and_a_number_in_40_to_250_characters(
    kind: int, finding: str, name: str
) -> None:
    figure = every_kind(finding, name)[kind]
    assert 40 <= len(figure.alt) <= 250
    assert re.match(
        r"(Bar chart|Dot chart|Small dot charts|Tile map|Line chart|Funnel chart)", figure.alt
    )
    assert finding.strip() in figure.alt
    assert re.search(r"\d", figure.alt.removeprefix("Small dot charts, one for each of 2"))


def test_alt_leaves_room_for_a_practice_mark() -> None:
    longest = max(every_kind("x" * 140, "y" * 90), key=lambda figure: len(figure.alt))
    assert len(f"Practice: fictional city. {longest.alt}") <= 250


@pytest.mark.parametrize("kind", range(7))
def test_html_has_the_agreed_form(kind: int) -> None:
    figure = every_kind("Eastbank waits longest")[kind]
    shape = re.sub(r' style="[^"]*"', "", figure.html())
    assert re.fullmatch(
        r'<figure class="pb-figure"><img alt="[^"]{40,250}" '
        r'src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]+"><figcaption>[^<]+</figcaption>'
        r'<details class="pb-data"><summary>Show the numbers</summary>'
        r'<div class="pb-table" tabindex="0" role="region" aria-label="[^"]+">'
        r"<table>.+</table></div></details></figure>",
        shape,
        re.DOTALL,
    )
    # HTML's img has no end tag; with one, all of it must nest as XML does.
    ElementTree.fromstring(re.sub(r"(<img [^>]*)>", r"\1/>", figure.html()))


def test_picture_in_the_html_is_the_svg_and_is_well_formed() -> None:
    figure = every_kind("Eastbank waits longest")[0]
    (stored,) = re.findall(r"base64,([^\"]+)", figure.html())
    assert base64.b64decode(stored) == figure.svg
    root = ElementTree.fromstring(figure.svg)
    assert root.attrib["width"] == "475.2pt"  # 6.6 inches
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > 20


@pytest.mark.parametrize("kind", range(7))
def test_two_builds_give_the_same_bytes_and_stay_small(kind: int) -> None:
    first, second = (every_kind("Eastbank waits longest")[kind] for _ in range(2))
    assert first.svg == second.svg
    assert first.html() == second.html()
    assert len(first.svg) < 25_000


def test_picture_carries_no_date_no_program_and_no_text_of_its_own() -> None:
    svg = every_kind("Eastbank waits longest")[1].svg.decode()
    for unwanted in ("<metadata", "dc:date", "Matplotlib", "<text", "<!--", "font-family"):
        assert unwanted not in svg


@pytest.mark.parametrize("kind", range(7))
def test_markup_in_labels_and_findings_is_text(kind: int) -> None:
    figure = every_kind(f"Finding {TRAP}", f"Name {TRAP}")[kind]
    assert "<script" not in figure.html()
    assert "<script" not in figure.svg.decode()
    assert "&lt;script&gt;" in figure.html()
    assert '"1"' not in re.findall(r"<img alt=(.*?) src", figure.html())[0][1:-1]


def test_words_are_alt_rows_and_caption() -> None:
    figure = every_kind("Eastbank waits longest")[0]
    bundle = figure._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/plain"] == str(figure) == repr(figure)
    lines = str(figure).splitlines()
    assert lines[0] == figure.alt
    assert lines[2].split() == ["Name", "Wait", "(days)"]
    assert [line.split()[-1] for line in lines[3:6]] == ["14.3", "12.9", "10.8"]
    assert lines[-1] == figure.caption


def test_caption_ends_with_the_note() -> None:
    figure = bar(table(), y="name", x="wait", finding="F", note="Source: requests, 2025.")
    assert figure.caption == "Bars start at zero. Source: requests, 2025."


def test_changing_the_table_changes_nothing_in_the_figure() -> None:
    figure = every_kind("Eastbank waits longest")[0]
    taken = figure.table
    taken.loc[0, "Wait (days)"] = "changed"
    assert "changed" not in str(figure)


def test_png_for_word_is_six_and_six_tenths_inches_wide() -> None:
    png = every_kind("Eastbank waits longest")[0].png(dpi=100)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 660


def test_picture_is_drawn_only_when_it_is_needed() -> None:
    drawn: list[int] = []
    figure = every_kind("Eastbank waits longest")[0]
    lazy = Figure(
        figure.finding,
        figure.alt,
        figure.numbers,
        figure.caption,
        lambda: drawn.append(1) or figure.draw(),  # type: ignore[func-returns-value]
    )
    str(lazy)
    assert drawn == []
    assert lazy.svg is lazy.svg
    assert drawn == [1]


def test_drawing_leaves_the_settings_and_figures_of_matplotlib_alone() -> None:
    import matplotlib
    import matplotlib.pyplot as plt

    before = dict(matplotlib.rcParams)
    every_kind("Eastbank waits longest")[0].html()
    assert dict(matplotlib.rcParams) == before
    assert plt.get_fignums() == []
