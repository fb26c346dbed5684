"""Claims of lesson 6.1, *Is there really no money?*: the money is there, and stuck."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.dollar_words import in_dollars
from playbook.insights.funding_plans import (
    FIRST_YEAR,
    amounts,
    cliff,
    enough_money,
    needs,
    plans_compared,
    staff_without_money,
    stuck_share,
    uses_without_own,
)
from playbook.insights.range_words import too_little
from playbook.insights.statements import Claim, Measured, sentence_start

MOST = 50
# Points of need that an order must gain to be worth a meeting; and what is as good as the same.
WORTH_IT, SAME = 5, 1
# Part of a year's dollars whose end a budget office would feel.
CLIFF = 10


def _stuck(city: City) -> Measured:
    if not enough_money(city):
        return _too_little(city)
    share, where = stuck_share(city), sentence_start(city)
    total, need = in_dollars(amounts(city).sum()), in_dollars(needs(city).sum())
    figures = f"{format_number(share, 0)} percent of {total} may pay for one use only"
    sentence = f"{where}, {figures}. The uses on the list need {need}."
    if share > MOST:
        return Measured(_plain(share), "appears", sentence, f"{where}, {figures}")
    return Measured(
        _plain(share), "absent", f"{sentence} Most can move, and that is worth knowing.", sentence
    )


def _own(city: City) -> Measured:
    if not enough_money(city):
        return _too_little(city, "uses")
    names, where = uses_without_own(city), sentence_start(city)
    count = Estimate(len(names), math.nan, math.nan, unit="uses", decimals=0)
    headline = f"{where}, {len(names)} of {len(needs(city))} uses have no money of their own"
    sentence = f"{headline}: only money with several uses can pay for them."
    if len(names):
        return Measured(count, "appears", sentence, headline)
    sentence = f"{where}, each use has a source of its own, and that is worth knowing."
    return Measured(count, "absent", sentence, sentence)


def _order(city: City) -> Measured:
    if not enough_money(city):
        return _too_little(city)
    percent, where = _percents(city), sentence_start(city)
    flexible, restricted = percent["flexible-first"], percent["restricted-first"]
    gain = restricted - flexible
    points = Estimate(gain, math.nan, math.nan, unit="percentage points", decimals=0)
    met = dict(plans_compared(city)[["plan", "uses_met"]].itertuples(index=False, name=None))
    one, other = (
        f"{met[plan]} of {len(needs(city))} uses in full "
        f"({format_number(percent[plan], 0)} percent of the need)"
        for plan in ("flexible-first", "restricted-first")
    )
    figures = (
        f"Spending the flexible money first pays for {one}; spending the most restricted money "
        f"first pays for {other}"
    )
    if gain >= WORTH_IT:
        headline = (
            f"{where}, the same dollars meet {format_number(flexible, 0)} or "
            f"{format_number(restricted, 0)} percent of the need"
        )
        return Measured(points, "appears", f"{headline}. {figures}.", headline)
    headline = f"{where}, the order of spending changes little"
    sentence = f"{headline}, and that is worth knowing. {figures}."
    return Measured(points, "absent", sentence, headline)


def _optimum(city: City) -> Measured:
    if not enough_money(city):
        return _too_little(city)
    where, percent = sentence_start(city), _percents(city)
    best, rule = percent["best"], percent["restricted-first"]
    ends = (
        f"the best plan that a computer finds meets {format_number(best)} percent of the need, "
        f"the rule of thumb {format_number(rule)}"
    )
    if best - rule <= SAME:
        headline = f"{where}, spending restricted money first is as good as the best plan"
        return Measured(_plain(best), "appears", f"{headline}: {ends}.", headline)
    headline = f"{where}, the best plan beats the rule of thumb"
    sentence = f"{headline}: {ends}. That is worth knowing."
    return Measured(_plain(best), "absent", sentence, headline)


def _cliff(city: City) -> Measured:
    if not enough_money(city):
        return _too_little(city)
    rows, where = cliff(city), sentence_start(city)
    once, gone = float(rows["one_time_percent"].iloc[0]), float(rows["gone_percent"].iloc[1])
    staff = staff_without_money(city)
    risk, paid = staff["at_risk_usd"].sum(), staff["staff_usd"].sum()
    figures = (
        f"{format_number(once, 0)} percent of the dollars of {FIRST_YEAR} come once, and "
        f"{format_number(gone, 0)} percent are gone by {FIRST_YEAR + 1}"
    )
    sentence = (
        f"{where}, {figures}. Of the {in_dollars(paid)} that uses need for staff, "
        f"{in_dollars(risk)} are paid from money that ends."
    )
    if gone >= CLIFF:
        return Measured(_plain(gone), "appears", sentence, f"{where}, {figures}")
    headline = f"{where}, little money ends before {FIRST_YEAR + 1}"
    return Measured(
        _plain(gone), "absent", f"{headline}, and that is worth knowing. {sentence}", headline
    )


def _percents(city: City) -> dict[str, float]:
    """Percent of the need that each plan meets."""
    return dict(plans_compared(city)[["plan", "percent"]].itertuples(index=False, name=None))


def _plain(percent: float) -> Estimate:
    """Give a percentage of a list of money that is known in full: it has no range."""
    return Estimate(percent, math.nan, math.nan, unit="percent", decimals=0)


def _too_little(city: City, unit: str = "percent") -> Measured:
    return too_little(city, unit, "List at least five sources and three uses, with dollars.")


CLAIMS = (
    Claim(
        "6.1-stuck",
        "The money is not scarce but stuck: most of it may pay for one use only.",
        "planted",
        "port-alder-only",
        _stuck,
    ),
    Claim(
        "6.1-own",
        "A third of the uses have no source of their own.",
        "planted",
        "port-alder-only",
        _own,
    ),
    # On 600 random lists of sources and uses, spending restricted money first met as much need as
    # spending flexible money first or more on at least 98 in 100.
    Claim(
        "6.1-order",
        "The same dollars meet far more need when the most restricted are spent first.",
        "sampling",
        "method",
        _order,
    ),
    # With uses that overlap in part the rule of thumb misses dollars on one list in four.
    Claim(
        "6.1-optimum",
        "Here the rule of thumb is as good as the best plan that a computer finds.",
        "sampling",
        "port-alder-only",
        _optimum,
    ),
    Claim(
        "6.1-cliff",
        "A third of this year's dollars are gone next year.",
        "sampling",
        "port-alder-only",
        _cliff,
    ),
)
