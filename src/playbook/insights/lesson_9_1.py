"""Claims of lesson 9.1, *Which letter should we send?*: a small honest trial.

These sentences may say what a text did: chance dealt people to the texts.
"""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.range_words import too_little
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.insights.text_trial import (
    CONTROL,
    best,
    by_language,
    effect_of,
    effects,
    largest_imbalance,
    pilot_chances,
    points,
    shares,
)
from playbook.measures.trial_design import ALIKE
from playbook.measures.trial_power import sample_size

POINTS = "percentage points"
SURE = 0.05
# A pilot that sees the truth in fewer than half of all cases is no better than a coin.
COIN = 50.0
# The same lift at a lower base: one point fewer replies to the control text.
LOWER_BASE = 1.0


def _alike(city: City) -> Measured:
    if effects(city, "replied") is None:
        return _too_little(city, "standard deviations")
    apart, where = largest_imbalance(city), sentence_start(city)
    figure = Estimate(apart, math.nan, math.nan, "standard deviations", decimals=2)
    start = f"{where}, the people of each text differ by at most {figure} from the control's"
    if apart < ALIKE:
        headline = f"{where}, the people of each text are alike before a text goes out"
        sentence = f"{start} in district and language. Below {ALIKE} they count as alike."
        return Measured(figure, "appears", sentence, headline)
    sentence = f"{start} in district or language. They are not alike, and that is worth knowing."
    return Measured(figure, "absent", sentence, f"{where}, the groups were not alike at the start")


def _replies(city: City) -> Measured:
    found = effects(city, "replied")
    if found is None:
        return _too_little(city, POINTS)
    arm, where = best(city), sentence_start(city)
    effect, share = effect_of(city, arm, "replied"), shares(city)
    figures = (
        f"{_percent(share[arm])} of 100 people reply to it, {_percent(share[CONTROL])} to the "
        f"control text. The difference is {effect}."
    )
    if found["p_holm"][arm] < SURE and effect.low > 0:
        headline = f'{where}, the text "{arm}" gets more replies: {_percent(effect.value)} points'
        counted = f"It holds when we count that {len(found)} texts were tried."
        return Measured(
            effect, "appears", f'{where}, the text "{arm}" wins. {figures} {counted}', headline
        )
    if effect.high < 0:
        headline = f"{where}, no text gets as many replies as the control text"
        return Measured(effect, "absent", f"{headline}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell if any text gets more replies"
    sentence = f'{headline}. The best is "{arm}". {figures}'
    return Measured(effect, "unclear", sentence, headline)


def _visits(city: City) -> Measured:
    if effects(city, "attended") is None or effects(city, "replied") is None:
        return _too_little(city, POINTS)
    arm, where = best(city), sentence_start(city)
    replied, came = (effect_of(city, arm, outcome) for outcome in ("replied", "attended"))
    figures = f"Replies change by {replied}, visits by {came}."
    if came.low > 0:
        headline = f'{where}, the text "{arm}" brings more visits'
        return Measured(came, "absent", f"{headline}. {figures} That is worth knowing.", headline)
    # A trial too small to rule out that all the replies become visits has not shown much.
    if replied.low > 0 and came.high < replied.value:
        headline = f'{where}, the text "{arm}" lifts replies, and visits do not follow'
        return Measured(came, "appears", f"{headline}. {figures}", headline)
    headline = f"{where}, we can't tell if visits follow the replies"
    return Measured(came, "unclear", f"{headline}. {figures}", headline)


def _sample(city: City) -> Measured:
    found = effects(city, "replied")
    if found is None:
        return _too_little(city, "people")
    where = sentence_start(city)
    # Nobody plans with more digits than are printed.
    base, lifted = (round(shares(city)[arm], 1) for arm in (CONTROL, best(city)))
    if lifted <= base or base <= LOWER_BASE:
        headline = f"{where}, no text got more replies than the control text"
        sentence = f"{headline}. There is no lift to plan for, and that is worth knowing."
        return Measured(_nothing("people"), "absent", sentence, headline)
    need = sample_size(base, lifted)
    lower = base - LOWER_BASE
    raised = round(lower * lifted / base, 1)
    figure = Estimate(need, math.nan, math.nan, "people", decimals=0)
    headline = f"{where}, {figure} are needed for each text to see this difference"
    sentence = (
        f"{headline} in 8 of 10 trials: {_percent(base)} against {_percent(lifted)} of 100. For "
        f"{_percent(lower)} against {_percent(raised)} it would be "
        f"{format_number(sample_size(lower, raised), 0)}."
    )
    had = int(found["people"].min())
    if had >= need:
        return Measured(figure, "appears", f"{sentence} The trial had enough.", headline)
    sentence = f"{sentence} The trial had {format_number(had, 0)}, so there is too little to tell."
    return Measured(figure, "unclear", sentence, headline)


def _pilot(city: City) -> Measured:
    if effects(city, "replied") is None or effects(city, "replied", "sms_pilot") is None:
        return _too_little(city, POINTS)
    first, true, where = best(city, "sms_pilot"), best(city), sentence_start(city)
    effect = effect_of(city, first, "replied", "sms_pilot")
    tells = effect.low > 0 or effect.high < 0
    figures = f'Its best text, "{first}", differs from the control text by {effect}.'
    if first != true and not tells:
        headline = f'{where}, the pilot put "{first}" first, the trial "{true}"'
        sentence = f"{headline}. {figures} It could not tell."
        return Measured(effect, "appears", sentence, headline)
    if first == true:
        headline = f'{where}, the pilot and the trial put the same text first: "{true}"'
        return Measured(effect, "absent", f"{headline}. That is worth knowing. {figures}", headline)
    headline = f"{where}, pilot and trial are sure of different texts; we can't tell why"
    return Measured(effect, "unclear", f"{headline}. {figures}", headline)


def _pilot_power(city: City) -> Measured:
    if effects(city, "replied") is None or effects(city, "replied", "sms_pilot") is None:
        return _too_little(city, "percent")
    where, arm, true = sentence_start(city), best(city), shares(city)
    if true[arm] <= true[CONTROL]:
        headline = f"{where}, there is too little to tell what a pilot should have seen"
        return Measured(_nothing("percent"), "unclear", f"{headline}.", headline)
    power, wrong, first = pilot_chances(city)
    figure = Estimate(power, math.nan, math.nan, "percent", decimals=0)
    headline = f"{where}, a pilot of that size sees the difference in {_whole(power)} of 100 tries"
    sentence = (
        f"{headline}. In {_whole(wrong)} of 100 it points the wrong way, and in "
        f"{_whole(first)} of 100 it puts the best text first."
    )
    if power < COIN:
        return Measured(figure, "appears", sentence, headline)
    sentence = f"{sentence} It was large enough, and that is worth knowing."
    return Measured(figure, "absent", sentence, headline)


def _spanish(city: City) -> Measured:
    found = None if effects(city, "replied") is None else by_language(city)
    if found is None:
        return _too_little(city, POINTS)
    where, groups = sentence_start(city), [str(name) for name in found.index[:2]]
    apart = points(found, "difference", "effect")
    each = [points(found, name, "effect") for name in groups]
    figures = "; ".join(f"{name}: {one}" for name, one in zip(groups, each, strict=True))
    figures = f"{figures}. The two differ by {apart}."
    if apart.low > 0 or apart.high < 0:
        headline = f"{where}, the text works differently in {groups[0]} and {groups[1]}"
        return Measured(apart, "absent", f"{headline}. {figures} That is worth knowing.", headline)
    sure = [name for name, one in zip(groups, each, strict=True) if one.low > 0]
    if len(sure) == 1:
        other = next(name for name in groups if name not in sure)
        headline = f"{where}, we are sure of the text in {sure[0]} and not in {other}"
        sentence = f"{headline}. {figures} That does not say that it fails in {other}."
        return Measured(apart, "appears", sentence, headline)
    headline = f"{where}, we can't tell if language matters"
    return Measured(apart, "unclear", f"{headline}. {figures}", headline)


def _nothing(unit: str) -> Estimate:
    return Estimate(math.nan, math.nan, math.nan, unit)


def _too_little(city: City, unit: str) -> Measured:
    return too_little(city, unit, "Send each text to more people, and keep a control text.")


def _percent(value: float) -> str:
    return format_number(float(value), 1)


def _whole(value: float) -> str:
    return format_number(value, 0)


CLAIMS = (
    Claim(
        "9.1-alike",
        "Before a text goes out, the people of the four texts are alike.",
        "sampling",
        "method",
        _alike,
    ),
    Claim(
        "9.1-replies",
        "One text gets more replies, and it holds when we count how many texts were tried.",
        "planted",
        "port-alder-only",
        _replies,
    ),
    # Levine DM, Kakani P, Mehrotra A (2021), npj Digital Medicine, doi 10.1038/s41746-021-00389-5:
    # of 4,201 people who got texts 31 percent took part; 44.9 percent saw a doctor, without texts
    # 45.2 percent.
    Claim(
        "9.1-visits",
        "The text that lifts replies does not lift visits.",
        "planted",
        "published",
        _visits,
    ),
    Claim(
        "9.1-sample",
        "A difference of two points needs thousands of people for each text.",
        "planted",
        "method",
        _sample,
    ),
    Claim(
        "9.1-pilot",
        "The pilot of 600 put another text first, and could not tell.",
        "planted",
        "method",
        _pilot,
    ),
    Claim(
        "9.1-pilot-power",
        "A pilot that small sees the difference in one of ten tries.",
        "planted",
        "method",
        _pilot_power,
    ),
    Claim(
        "9.1-spanish",
        "We are sure of the text in one language and not in the other, which is no difference.",
        "sampling",
        "method",
        _spanish,
    ),
)
