"""The theme: measured contrast, our content policy, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from playbook.publish.site_rules import POLICY
from playbook.show.style import contrast_ratio

THEME = Path(__file__).resolve().parents[2] / "book" / "_theme" / "playbook"
CSS = (THEME / "static" / "playbook.css").read_text(encoding="utf-8")
COLOR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});(?:\s*/\* ([\d.]+)([^*]*)\*/)?")
# What a color is used for decides what it needs (WCAG 2.2, 1.4.3 and 1.4.11).
NEEDS = {"edge": 3.0, "line": 0, "tint": 0, "river": 0}


def palettes() -> list[dict[str, tuple[str, float | None]]]:
    """Light, then dark: name to color and the contrast written beside it."""
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", CSS, re.DOTALL)[:2]
    return [
        {name: (color, float(ratio) if ratio else None) for name, color, ratio, _ in found}
        for found in (COLOR.findall(light), COLOR.findall(dark))
    ]


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_the_contrast_beside_each_color_is_its_contrast(
    palette: dict[str, tuple[str, float | None]],
) -> None:
    paper = palette["paper"][0]
    measured = {name: value for name, value in palette.items() if value[1] is not None}
    assert len(measured) == 12
    for name, (color, written) in measured.items():
        ratio = contrast_ratio(color, paper)
        assert written == pytest.approx(ratio, abs=0.005), (name, ratio)
        assert ratio >= NEEDS.get(name, 4.5), name


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card", "wash"])
@pytest.mark.parametrize("text", ["ink", "quiet", "link", "harbor", "clay", "code-text"])
def test_text_can_be_read_on_every_ground(
    palette: dict[str, tuple[str, float | None]], text: str, ground: str
) -> None:
    assert contrast_ratio(palette[text][0], palette[ground][0]) >= 4.5


def test_both_palettes_have_the_same_colors() -> None:
    light, dark = palettes()
    assert set(light) == set(dark)


def test_the_policy_is_ours_and_every_page_says_who_we_are_not() -> None:
    assert f'content="{POLICY}"' in (THEME / "head.html").read_text(encoding="utf-8")
    assert (
        "Independent and unofficial. Not produced or endorsed by the National League of Cities, "
        "the Robert Wood Johnson Foundation, Bloomberg Philanthropies, Living Cities or any city "
        "named." in (THEME / "independent.html").read_text(encoding="utf-8")
    )
    for name in ("layout.html", "alone.html"):
        assert '{% include "head.html"' in (THEME / name).read_text(encoding="utf-8"), name
    for name in ("layout.html", "slides.html", "handout.html"):
        assert '{% include "independent.html"' in (THEME / name).read_text(encoding="utf-8"), name


def test_the_theme_loads_nothing_from_elsewhere() -> None:
    for path in THEME.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"https?:|@import|localStorage", text), path.name
