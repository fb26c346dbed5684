"""Agencies' rules on small counts: whose, of which year, and which counts they hide."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.errors import PlaybookError


@dataclass(frozen=True)
class SmallCountRule:
    """A rule on small counts. Take one with `rule`.

    Parameters
    ----------
    key
        What stands in `city.toml`, such as ``"maine"``.
    agency
        Who follows it. Empty when a city has chosen none.
    year
        Of the page or paper that states it; empty where it has no date.
    below
        Counts of people from 1 to ``below - 1`` are hidden; 0 is shown.
    source
        Where the rule is stated.
    """

    key: str
    agency: str
    year: str
    below: int
    source: str

    @property
    def label(self) -> str:
        """Whose rule it is and what it hides, in a few words.

        Examples
        --------
        >>> rule("maine").label
        'Maine, 2018: 1 to 5'
        """
        whose = ", ".join(filter(None, (self.agency, self.year))) or "None of our own"
        return f"{whose}: 1 to {self.below - 1}"

    @property
    def words(self) -> str:
        """The rule as a sentence, to stand under each table and memo.

        Examples
        --------
        >>> rule("").words
        "Counts of people from 1 to 10 are hidden. We have not chosen an agency's rule."
        """
        hidden = f"Counts of people from 1 to {self.below - 1} are hidden"
        if not self.agency:
            return f"{hidden}. We have not chosen an agency's rule."
        whose = f"{self.agency}, {self.year}" if self.year else self.agency
        return f"{hidden}: the rule of {whose}."

    @property
    def middle(self) -> int:
        """The middle of what a hidden count can be, to stand for it in a sum.

        Examples
        --------
        >>> rule("").middle, rule("maine").middle
        (5, 3)
        """
        return self.below // 2


# 1 to 10 is the rule of Medicare and Medicaid, and a safe one until a city has asked around.
DEFAULT = SmallCountRule("none", "", "", 11, "")
_CMS = "https://resdac.org/node/1506"
_WONDER = "https://wonder.cdc.gov/controller/saved/D158/D391F690"
_WASHINGTON = "https://records.co.kittitas.wa.us/WebLink/0/doc/4358658/Page28.aspx"
_PILOT = "https://pmc.ncbi.nlm.nih.gov/articles/PMC6190570/table/T1"
_CANCER = "https://statecancerprofiles.cancer.gov/suppressed.html"
RULES = {
    one.key: one
    for one in (
        SmallCountRule("cms", "Medicare and Medicaid", "2024", 11, _CMS),
        SmallCountRule("cdc", "CDC WONDER", "", 10, _WONDER),
        SmallCountRule("washington", "Washington State", "2018", 10, _WASHINGTON),
        SmallCountRule("maine", "Maine", "2018", 6, _PILOT),
        SmallCountRule("wisconsin", "Wisconsin", "2018", 5, _PILOT),
        SmallCountRule("cancer", "State Cancer Profiles", "", 16, _CANCER),
        DEFAULT,
    )
}


def rule(key: str) -> SmallCountRule:
    """Look up a rule by its key; an empty key is the default, which hides 1 to 10.

    Parameters
    ----------
    key
        Such as ``"cms"``.

    Raises
    ------
    PlaybookError
        When there is no such rule.

    Examples
    --------
    >>> rule("washington").below, rule("").below
    (10, 11)
    """
    wanted = key.strip().lower()
    if not wanted:
        return DEFAULT
    if wanted not in RULES:
        raise PlaybookError(
            f'I don\'t know a rule on small counts called "{key.strip()[:40]}".',
            fix=f"Write one of these: {', '.join(RULES)}. Or leave it out: then counts from 1 to "
            f"{DEFAULT.below - 1} are hidden.",
        )
    return RULES[wanted]
