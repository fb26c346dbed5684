"""Words that our pages do not use, and what to write instead."""

from __future__ import annotations

import re

# Each word with what to write; plural and other endings stand in the pattern.
BANNED = {
    r"deprived|deprivation": "highest-poverty fifth, or neighborhoods with the fewest resources",
    r"simply": "leave it out",
    r"just": "leave it out, or write only",
    r"obvious(?:ly)?": "leave it out",
    r"of course": "leave it out",
    r"clearly": "leave it out",
    r"eas(?:y|ily|ier|iest)": "say how many steps or minutes it takes",
    r"trivial(?:ly)?": "say how many steps or minutes it takes",
    r"utili[sz](?:e[sd]?|ing|ation)": "use",
    r"leverag(?:e[sd]?|ing)": "use",
    r"stakeholders?": "name them: the tenants' council, the clerk",
    r"vulnerable (?:populations?|people|groups?|communit(?:y|ies))": "say who, and what they face",
    r"disadvantaged": "say who, and what they face",
    r"under-?served": "say what is missing there",
    r"at-risk": "say what could happen, and to whom",
    r"minorities": "name the groups",
    r"suboptimal": "say what is low, and how low",
    r"(?:statistically )?(?:in)?significant(?:ly)?": "we can tell, or we can't tell",
    r"invalid": "say what you saw and what to type",
    r"all tests passed": "say what was right",
    r"poor white|rich black|poor black|rich white": "name income and race apart, with the source",
    r"ghettos?|slums?|blight(?:ed)?|inner[- ]city": "name the place and what was done to it",
    r"illegals?(?! dumping)": "name the rule that was broken",
}
# What a banned word may be part of: a just-cause rule protects renters from eviction.
ALLOWED = ("just cause", "just-cause")

_BRITISH_WORDS = (
    r"analyse|analysed|analyses|analysing|behaviour|behaviours|cancelled|cancelling|catalogue|"
    r"catalogues|centre|centred|centres|cheque|cheques|colour|coloured|colours|councillor|councillors|"
    r"counsellor|defence|enquiries|enquiry|enrol|enrolment|favour|favourable|favourite|fibre|flavour|"
    r"fulfil|grey|harbour|honour|humour|instalment|judgement|kerb|kilometre|kilometres|labelled|"
    r"labelling|labour|learnt|licence|litre|litres|metre|metres|modelled|modelling|neighbour|"
    r"neighbourhood|neighbourhoods|neighbouring|neighbours|offence|organisation|organisations|"
    r"paediatric|parlour|pavement|pretence|programme|programmes|rumour|sceptical|skilful|storey|"
    r"theatre|travelled|travelling|traveller|tyre|whilst"
)
BRITISH = re.compile(
    rf"\b(?:{_BRITISH_WORDS}|(?:organ|real|recogn|priorit|standard|summar|minim|maxim|"
    r"util|general|categor|emphas|special|normal|visual|central|local|equal|apolog|critic|"
    r"character|author|final|stabil|penal|public|subsid)is(?:e|ed|es|ing|ation|ations))\b",
    re.IGNORECASE,
)
_BANNED = [
    (re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), instead)
    for pattern, instead in BANNED.items()
]


def banned_in(text: str) -> list[tuple[str, str]]:
    """Return the banned words of a text, each with what to write instead.

    Examples
    --------
    >>> banned_in("Simply open it. A just-cause rule is fine.")
    [('Simply', 'leave it out')]
    """
    for phrase in ALLOWED:
        text = re.sub(re.escape(phrase), "", text, flags=re.IGNORECASE)
    return [(match[0], instead) for words, instead in _BANNED for match in words.finditer(text)]


def british_in(text: str) -> list[str]:
    """Return the words of a text that are spelled the British way.

    Examples
    --------
    >>> british_in("Our neighbourhood organises; promise, exercise and advise stay.")
    ['neighbourhood', 'organises']
    """
    return [match[0] for match in BRITISH.finditer(text)]
