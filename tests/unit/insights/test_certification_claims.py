"""Claims about certification: each can appear, be absent, or stay open."""

import pytest

from playbook.city.tables import City, load_city
from playbook.insights.certification_plan import open_criteria, roads_to, standing
from playbook.insights.lesson_11_1 import CLAIMS
from playbook.insights.statements import measured
from playbook.measures.readiness import LEVELS
from playbook.simulate.certification import certification_worksheet

SHEET = certification_worksheet()


def city_of(**columns) -> City:
    return load_city().with_tables({"certification_worksheet": SHEET.assign(**columns)})


def first(count: int, word: str = "yes", rest: str = "no") -> list[str]:
    """Give a status to the first so many criteria, and another one to the others."""
    return [word] * count + [rest] * (len(SHEET) - count)


SHIPPED = city_of()
HONEST = city_of(self_report=SHEET["evidenced"])
ALL_MET = city_of(evidenced=first(43), self_report=first(43))
NO_PARTIALS = city_of(evidenced=SHEET["evidenced"].replace("partial", "no"))
ALONE = city_of(lesson=None)
NO_NEEDS = city_of(needs=None)
# RDC1 opens two small ones; three others cost as much as it does and stand before it in the sheet.
UPHILL = city_of(
    needs=[None] * 29 + ["RDC1"] * 2 + [None] * 12,
    effort=["L"] * 20 + ["M"] * 3 + ["L"] * 5 + ["M", "S", "S"] + ["L"] * 12,
    evidenced=first(19),
)
SHORT_SHEET = load_city().with_tables({"certification_worksheet": SHEET.head(20)})
UNKNOWN_WORD = city_of(evidenced=SHEET["evidenced"].replace("partial", "maybe"))
UNKNOWN_NEED = city_of(needs=["XX1", *[None] * 42])


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("11.1-level", SHIPPED, "appears"),
        ("11.1-level", HONEST, "absent"),
        ("11.1-level", SHORT_SHEET, "unclear"),
        ("11.1-level", UNKNOWN_WORD, "unclear"),
        ("11.1-short", SHIPPED, "appears"),
        ("11.1-short", ALL_MET, "absent"),
        ("11.1-short", SHORT_SHEET, "unclear"),
        ("11.1-partial", SHIPPED, "appears"),
        ("11.1-partial", NO_PARTIALS, "absent"),
        ("11.1-partial", SHORT_SHEET, "unclear"),
        ("11.1-lessons", SHIPPED, "appears"),
        ("11.1-lessons", ALONE, "absent"),
        ("11.1-lessons", ALL_MET, "absent"),
        ("11.1-lessons", SHORT_SHEET, "unclear"),
        ("11.1-silver", SHIPPED, "appears"),
        ("11.1-silver", ALL_MET, "absent"),
        ("11.1-silver", UPHILL, "absent"),
        ("11.1-silver", UNKNOWN_NEED, "unclear"),
        ("11.1-gold", SHIPPED, "appears"),
        ("11.1-gold", NO_NEEDS, "absent"),
        ("11.1-gold", ALL_MET, "absent"),
        ("11.1-gold", SHORT_SHEET, "unclear"),
        ("11.1-gold", UNKNOWN_NEED, "unclear"),
    ],
)
def test_each_claim_has_its_endings(claim_id: str, city: City, verdict: str) -> None:
    result = measured(city, claim_id)
    assert result.verdict == verdict, result.sentence
    assert result.sentence.startswith("In Port Alder, ")
    assert len(result.headline) <= 140
    if verdict == "absent":
        assert "worth knowing" in result.sentence
    if verdict == "unclear":
        assert "too little to tell" in result.sentence


def test_the_worksheet_holds_what_the_lesson_says() -> None:
    now = standing(SHIPPED)
    assert now is not None
    assert (now.own_view.value, now.with_proof.value) == (25, 19)
    assert (now.next_level, now.short) == ("Silver", 3)
    left = open_criteria(SHIPPED)
    assert len(left) == 24
    assert left["lesson"].notna().sum() >= 15
    assert {claim.kind for claim in CLAIMS} == {"planted"}


def test_a_road_leads_to_the_level_and_the_other_one_is_longer() -> None:
    roads = roads_to(SHIPPED, "Gold")
    assert roads is not None
    assert len(roads.criteria) == LEVELS["Gold"] - 19
    assert roads.least < roads.cheapest_first
    assert roads_to(ALL_MET, "Gold") is None
