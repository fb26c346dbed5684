"""Claims of lesson 2.3, *Concentrated burden*: income does not explain the gap; maps made it."""

from __future__ import annotations

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.birth_gaps import (
    COMPARED,
    EXPOSED,
    THIRDS,
    across_gap,
    apart,
    enough_births,
    explained_by_income,
    plain_ratio,
    ratio_within_thirds,
    third_ratio,
    third_share,
)
from playbook.insights.burden_findings import (
    assets_beside,
    crossed_places,
    half_held,
    red_land,
)
from playbook.insights.held_burdens import CROSSED, GRADED, HELD
from playbook.insights.range_words import times, too_little, with_range
from playbook.insights.statements import Claim, Measured, sentence_start

ADVICE = "Join years, or join areas."
# A ratio below this is a small one.
SMALL_RATIO = 1.5
# Above this index, in percent, two groups live far apart.
FAR_APART = 30
# Income that takes away less than half of the gap does not explain it.
HALF_EXPLAINED = 50


def _apart(city: City) -> Measured:
    index, where = apart(city), sentence_start(city)
    if not index.known:
        return too_little(city, "percent", ADVICE)
    figure = format_number(index.value, 0)
    headline = f"{where}, {figure} of 100 {EXPOSED} residents would have to move to live mixed"
    figures = (
        f"{figure} of every 100 {EXPOSED} residents would have to move to live where {COMPARED} "
        "residents do"
    )
    if index.value > FAR_APART:
        return Measured(index, "appears", f"{where}, {figures}.", headline)
    sentence = f"{where}, {figures}. That is few, and that is worth knowing."
    return Measured(index, "absent", sentence, headline)


def _within(city: City) -> Measured:
    if not enough_births(city):
        return too_little(city, "times", ADVICE)
    ratios, where = [third_ratio(city, third) for third in THIRDS], sentence_start(city)
    low, high = min(ratios, key=lambda one: one.value), max(ratios, key=lambda one: one.value)
    figures = ", ".join(
        f"{times(one)} in the {third.lower()}" for third, one in zip(THIRDS, ratios, strict=True)
    )
    sentence = (
        f"{where}, babies of {EXPOSED} mothers weigh too little more often than babies of "
        f"{COMPARED} mothers of the same income third. The ratio is {figures} third."
    )
    if all(one.low > 1 for one in ratios):
        ends = dict.fromkeys(format_number(one.value) for one in (low, high))
        headline = f"{where}, the ratio is {' to '.join(ends)} in every income third"
        return Measured(ratios[-1], "appears", sentence, headline)
    if all(one.high < SMALL_RATIO for one in ratios):
        headline = f"{where}, the two groups are close within each income third"
        sentence = f"{headline}, and that is worth knowing. The ratio is {figures} third."
        return Measured(ratios[-1], "absent", sentence, headline)
    headline = f"{where}, we can't tell the groups apart in every income third"
    return Measured(ratios[-1], "unclear", f"{headline}. The ratio is {figures}.", headline)


def _adjusted(city: City) -> Measured:
    if not enough_births(city):
        return too_little(city, "percent", ADVICE)
    plain, within, where = plain_ratio(city), ratio_within_thirds(city), sentence_start(city)
    share = explained_by_income(city)
    if not share.known or plain.low <= 1:
        headline = f"{where}, we can't tell the two groups apart: nothing to explain"
        return Measured(share, "unclear", f"{headline}. The ratio is {times(plain)}.", headline)
    figures = (
        f"Comparing within income thirds takes the ratio from {times(plain)} to {times(within)}. "
        f"Income accounts for {with_range(share)} percent of the gap"
    )
    ends = f"from {format_number(plain.value)} to {format_number(within.value)}"
    if share.high < HALF_EXPLAINED:
        headline = f"{where}, holding income alike takes the ratio only {ends}"
        sentence = f"{where}, income does not account for most of the gap. {figures}."
        return Measured(share, "appears", sentence, headline)
    if share.low > HALF_EXPLAINED:
        headline = f"{where}, holding income alike takes the ratio {ends}"
        sentence = f"{where}, income goes along with most of the gap. {figures}. Worth knowing."
        return Measured(share, "absent", sentence.replace("Worth", "That is worth"), headline)
    headline = f"{where}, we can't tell how much of the gap goes along with income"
    return Measured(share, "unclear", f"{headline}. {figures}.", headline)


# Published twins of this claim and of the first: among parents with a college degree, low birth
# weight was 7 percent for Black and 3 percent for White babies (New England Journal of Medicine
# 1992;326:1522); infant deaths of college-educated Black mothers were 1.46 times those of White
# mothers with a high school degree or less (Fishman 2020, doi 10.1080/19485565.2020.1793659).
def _highest_third(city: City) -> Measured:
    if not enough_births(city):
        return too_little(city, "percent", ADVICE)
    high, other = third_share(city, EXPOSED, THIRDS[-1]), third_share(city, COMPARED, THIRDS[0])
    same, gap, where = third_ratio(city, THIRDS[-1]), across_gap(city), sentence_start(city)
    figures = (
        f"Of their babies {with_range(high, 1)} percent weigh too little; of babies of {COMPARED} "
        f"mothers in the lowest third it is {with_range(other, 1)} percent"
    )
    ends = f"{format_number(high.value)} percent, against {format_number(other.value)}"
    if gap.low > 0 and same.low > 1:
        sentence = (
            f"{where}, a high income does not bring {EXPOSED} mothers the rate of {COMPARED} "
            f"mothers. In the highest third the ratio is {times(same)}. {figures}."
        )
        headline = (
            f"{where}, {EXPOSED} mothers, highest third: {format_number(high.value)} percent; "
            f"{COMPARED} mothers, lowest third: {format_number(other.value)}"
        )
        return Measured(high, "appears", sentence, headline)
    if gap.high < 0 or same.high < SMALL_RATIO:
        headline = f"{where}, {EXPOSED} mothers in the highest income third have a low rate: {ends}"
        return Measured(high, "absent", f"{headline}. That is worth knowing. {figures}.", headline)
    headline = f"{where}, we can't tell the two rates apart"
    return Measured(high, "unclear", f"{headline}. {figures}.", headline)


CLAIMS = (
    Claim(
        "2.3-apart",
        "Black and White residents of one city live in different neighborhoods.",
        "sampling",
        "port-alder-only",
        _apart,
        ("population_age_race", "neighborhoods.holc_grade"),
    ),
    Claim(
        "2.3-within",
        "Within the same income third, babies of Black mothers are about twice as likely to weigh "
        "too little as babies of White mothers.",
        "planted",
        "published",
        _within,
        ("birth_outcomes",),
    ),
    Claim(
        "2.3-adjusted",
        "Holding income alike takes away only a small part of the gap in birth weight.",
        "sampling",
        "port-alder-only",
        _adjusted,
        ("birth_outcomes",),
    ),
    Claim(
        "2.3-highest-third",
        "Black mothers in the highest income third have a higher rate than White mothers in the "
        "lowest.",
        "planted",
        "published",
        _highest_third,
        ("birth_outcomes",),
    ),
    Claim(
        "2.3-half",
        "About one neighborhood in seven holds half of the five counted burdens.",
        "sampling",
        "port-alder-only",
        half_held,
        HELD,
    ),
    Claim(
        "2.3-graded",
        "The land graded D in 1937 carries far more of the burdens than its share of residents.",
        "sampling",
        "port-alder-only",
        red_land,
        GRADED,
    ),
    Claim(
        "2.3-expressway",
        "Places that the expressway crosses carry several times the burdens of those beside it.",
        "sampling",
        "port-alder-only",
        crossed_places,
        CROSSED,
    ),
    Claim(
        "2.3-assets",
        "The places with most burdens also hold more of what residents built.",
        "sampling",
        "port-alder-only",
        assets_beside,
        HELD,
    ),
)
