"""Every contrast written beside a color is measured again; marks reach 3:1, text 4.5:1."""

import re
from pathlib import Path

import pytest

from playbook.show import style

SOURCE = Path(style.__file__).read_text(encoding="utf-8")
NAMED = re.findall(r'^([A-Z_]+) = "(#[0-9A-F]{6})"  # (\d+\.\d\d)', SOURCE, re.MULTILINE)
SHADES = re.findall(r'Shade\("(#[0-9A-F]{6})", ([A-Z_]+)\),?\)?  # (\d+\.\d\d)', SOURCE)


def test_contrast_of_black_and_white_is_21_and_of_a_color_with_itself_1() -> None:
    assert style.contrast_ratio("#FFFFFF", "#000000") == pytest.approx(21)
    assert style.contrast_ratio("#0072B2", "#0072B2") == 1


@pytest.mark.parametrize(
    ("color", "published"),
    # Okabe and Ito's palette on white, as published: blue, vermillion, bluish green, orange.
    [("#0072B2", 5.19), ("#D55E00", 3.87), ("#009E73", 3.42), ("#E69F00", 2.25)],
)
def test_contrast_agrees_with_published_ratios(color: str, published: float) -> None:
    assert style.contrast_ratio(color, "#FFFFFF") == pytest.approx(published, abs=0.005)


def test_all_colors_carry_a_measured_contrast() -> None:
    assert len(NAMED) == len(re.findall(r'^[A-Z_]+ = "#', SOURCE, re.MULTILINE)) - 1  # PAPER
    assert len(SHADES) == len(style.RAMP) + 1


@pytest.mark.parametrize(("name", "color", "written"), NAMED)
def test_comment_beside_a_color_is_its_contrast_with_paper(
    name: str, color: str, written: str
) -> None:
    assert f"{style.contrast_ratio(color, style.PAPER):.2f}" == written, name


@pytest.mark.parametrize(("fill", "text", "written"), SHADES)
def test_comment_beside_a_shade_is_the_contrast_of_its_text(
    fill: str, text: str, written: str
) -> None:
    assert f"{style.contrast_ratio(fill, getattr(style, text)):.2f}" == written


def test_marks_reach_three_and_text_four_and_a_half() -> None:
    for series in style.SERIES:
        assert style.contrast_ratio(series.color, style.PAPER) >= 4.5
    assert style.contrast_ratio(style.GRAY, style.PAPER) >= 3
    for text in (style.INK, style.QUIET_TEXT):
        assert style.contrast_ratio(text, style.PAPER) >= 4.5


@pytest.mark.parametrize("classes", [1, 2, 3, 4, 5])
def test_every_map_class_carries_readable_text_and_gets_darker(classes: int) -> None:
    chosen = style.shades(classes)
    assert len(chosen) == classes
    for shade in chosen:
        assert style.contrast_ratio(shade.fill, shade.text) >= 4.5
    darkness = [style.contrast_ratio(shade.fill, "#FFFFFF") for shade in chosen]
    assert darkness == sorted(set(darkness))


def test_series_differ_without_color() -> None:
    cues = [(series.marker, series.hollow) for series in style.SERIES]
    assert len(set(cues)) == len({series.marker for series in style.SERIES}) == len(cues)


def test_no_text_is_below_ten_points() -> None:
    sizes = (style.TITLE_SIZE, style.BODY_SIZE, style.DENSE_SIZE, style.SMALL_SIZE)
    assert min(sizes) >= 10
