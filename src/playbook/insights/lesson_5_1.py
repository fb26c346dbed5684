"""Claims of lesson 5.1, *Is it a table or a mailing list?*: more ties, one in the middle."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.partner_table import (
    FIRST,
    LAST,
    NEEDED_FOR_WORK,
    busiest,
    density,
    enough_partners,
    families_in_common,
    kept_promises,
    missing_functions,
    next_share_of_paths,
    partner_name,
    possible_chairs,
    share_of_paths,
    survey_years,
    tie_count,
    without_busiest,
)
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.rates import difference

# Ties grew by half or more.
GREW = 1.5
# One partner holds this part of the paths, and this much more than the next.
ONE_HOLDS, AHEAD = 25.0, 10.0
# A share that moved by less stayed where it was.
SAME_SHARE = 5.0
FEWEST_PROMISES = 20


def _ties(city: City) -> Measured:
    if not enough_partners(city) or len(survey_years(city)) < 2:
        return _too_little(city, "times", "ask the same partners twice")
    first, last = survey_years(city)[0], survey_years(city)[-1]
    before, after = (tie_count(city, wave) for wave in (FIRST, LAST))
    times = _exact(after / before if before else math.nan, "times", decimals=2)
    headline = f"{sentence_start(city)}, ties between partners went from {before} to {after}"
    sentence = (
        f"{headline} from {first} to {last}. Of all possible ties "
        f"{format_number(density(city, FIRST), 2)} were there, then "
        f"{format_number(density(city, LAST), 2)}."
    )
    if times.value >= GREW:
        return Measured(times, "appears", sentence, headline)
    return Measured(times, "absent", f"{sentence} That is worth knowing.", headline)


def _paths(city: City) -> Measured:
    if not enough_partners(city) or len(survey_years(city)) < 2:
        return _too_little(city, "percent", "ask the same partners twice")
    who = busiest(city)
    share = _exact(share_of_paths(city, who, LAST), "percent")
    before = share_of_paths(city, who, FIRST)
    name, where = partner_name(city, who), sentence_start(city)
    headline = f"{where}, {_whole(share.value)} percent of the shortest paths run through one seat"
    sentence = (
        f"{headline}: {name}. In {survey_years(city)[0]} it was {_whole(before)} percent. The next "
        f"one has {_whole(next_share_of_paths(city))}."
    )
    if share.value < ONE_HOLDS or share.value - next_share_of_paths(city) < AHEAD:
        sentence = f"{sentence} Nobody holds the table alone, and that is worth knowing."
        return Measured(share, "absent", sentence, headline)
    if abs(share.value - before) < SAME_SHARE:
        return Measured(share, "appears", f"{sentence} Its share hardly moved.", headline)
    way = "fell" if share.value < before else "rose"
    sentence = f"{sentence} Its share {way}, and that is worth knowing."
    return Measured(share, "absent", sentence, headline)


def _without(city: City) -> Measured:
    if not enough_partners(city):
        return _too_little(city, "percent", "ask more partners")
    left = without_busiest(city)
    cut = _exact(float(left["pairs_cut"]), "percent", decimals=1)
    name, where, parts = partner_name(city, busiest(city)), sentence_start(city), int(left["parts"])
    if parts > 1:
        headline = f"{where}, without one partner the table falls into {parts} parts"
        sentence = (
            f"{headline}: of {left['sizes'].replace(' + ', ', ')} organizations. "
            f"{format_number(cut.value)} percent of all pairs lose contact. It is {name}."
        )
        return Measured(cut, "appears", sentence, headline)
    headline = f"{where}, the table stays whole without its busiest partner"
    return Measured(cut, "absent", f"{headline}, {name}. That is worth knowing.", headline)


def _families(city: City) -> Measured:
    pairs = families_in_common(city)
    if pairs.empty or not enough_partners(city):
        return _too_little(city, "households", "match two lists of clients")
    top = pairs.iloc[0]
    shared = _exact(float(top["households"]), "households")
    where = sentence_start(city)
    figures = f"{top['one']} and {top['other']} both serve {_whole(shared.value)} households"
    if top["tie"] == "no":
        headline = f"{where}, the two partners with most families in common have no tie"
        return Measured(shared, "appears", f"{headline}: {figures}.", headline)
    headline = f"{where}, the two partners with most families in common work together"
    return Measured(shared, "absent", f"{headline}: {figures}. That is worth knowing.", headline)


def _own_practice(city: City) -> Measured:
    own, others = (kept_promises(city, own=which) for which in (True, False))
    if len(city["commitments"]) < FEWEST_PROMISES or own is None or others is None:
        return _too_little(city, "percentage points", "write down promises for two years")
    gap = difference(own, others)
    where = sentence_start(city)
    changing = int((city["commitments"]["own_practice_change"] == "yes").sum())
    figures = (
        f"{changing} of {len(city['commitments'])} promises would change how the partner itself "
        f"works. Kept were {_ranged(own)} percent of these and {_ranged(others)} of the others"
    )
    headline = (
        f"{where}, {_whole(own.value)} percent of promises to change one's own house were kept, "
        f"{_whole(others.value)} of others"
    )
    if gap.high < 0:
        return Measured(gap, "appears", f"{where}, {figures}.", headline)
    if gap.low > 0 or (gap.low > -SAME_SHARE and gap.high < SAME_SHARE):
        sentence = f"{where}, {figures}. That is worth knowing."
        return Measured(gap, "absent", sentence, headline)
    sentence = f"{where}, {figures}. We can't tell which are kept more often."
    return Measured(gap, "unclear", sentence, headline)


def _missing(city: City) -> Measured:
    if not enough_partners(city):
        return _too_little(city, "functions", "list your partners and what they control")
    missing = missing_functions(city)
    count = _exact(len(missing), "functions")
    where, needed = sentence_start(city), ", ".join(NEEDED_FOR_WORK).lower()
    if missing:
        names = " and ".join(missing).lower()
        headline = f"{where}, nobody at the table controls {names}"
        sentence = f"{headline}. A parent who looks for work needs {needed}."
        return Measured(count, "appears", sentence, headline)
    headline = f"{where}, all that a parent needs for work is at the table"
    return Measured(count, "absent", f"{headline}: {needed}. That is worth knowing.", headline)


def _chair(city: City) -> Measured:
    chairs = possible_chairs(city) if enough_partners(city) else None
    if chairs is None or chairs.empty:
        return _too_little(city, "partners", "collect three score sheets a partner")
    first = chairs.iloc[0]
    could = int(chairs["could_be_first"].sum())
    count = _exact(could, "partners")
    where = sentence_start(city)
    best = (
        f"{first['name']} has the highest average, {format_number(float(first['trust']))} of 4 "
        f"({format_number(float(first['trust_low']))} to "
        f"{format_number(float(first['trust_high']))}, {int(first['sheets'])} sheets)"
    )
    if could > 1:
        headline = f"{where}, {could} partners could be the most trusted"
        sentence = f"{headline}: their ranges reach the top. {best}. Scores alone pick no chair."
        return Measured(count, "appears", sentence, headline)
    headline = f"{where}, one partner is trusted most"
    return Measured(count, "absent", f"{headline}: {best}. That is worth knowing.", headline)


def _too_little(city: City, unit: str, advice: str) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    return Measured(
        _exact(math.nan, unit), "unclear", f"{headline}. What helps: {advice}.", headline
    )


def _exact(value: float, unit: str, decimals: int = 0) -> Estimate:
    return Estimate(value, math.nan, math.nan, unit=unit, decimals=decimals)


def _whole(value: float) -> str:
    return format_number(value, 0)


def _ranged(one: Estimate) -> str:
    value, low, high = (_whole(number) for number in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


CLAIMS = (
    Claim(
        "5.1-ties",
        "In three years the ties between partners nearly doubled.",
        "planted",
        "port-alder-only",
        _ties,
    ),
    Claim(
        "5.1-paths",
        "The share of shortest paths through the one coordinator did not move.",
        "sampling",
        "port-alder-only",
        _paths,
    ),
    Claim(
        "5.1-without",
        "Without her the table falls into three parts, and many pairs lose contact.",
        "planted",
        "port-alder-only",
        _without,
    ),
    Claim(
        "5.1-families",
        "The two partners that share the most families have no tie.",
        "planted",
        "port-alder-only",
        _families,
    ),
    Claim(
        "5.1-own-practice",
        "Few promises change a partner's own practice, and those are kept less often.",
        "planted",
        "port-alder-only",
        _own_practice,
    ),
    Claim(
        "5.1-missing",
        "What a parent needs most to take a job is in nobody's hands at the table.",
        "planted",
        "port-alder-only",
        _missing,
    ),
    Claim(
        "5.1-chair",
        "Several partners could be the most trusted: a few score sheets pick no chair.",
        "sampling",
        "method",
        _chair,
    ),
)
