"""The states' two letters, their names, and the two digits that begin every census code."""

from __future__ import annotations

from playbook.city.labels import fold_key

# Federal codes of the states and of the District of Columbia (FIPS), and Puerto Rico's.
_LINES = """
01 AL Alabama; 02 AK Alaska; 04 AZ Arizona; 05 AR Arkansas; 06 CA California; 08 CO Colorado;
09 CT Connecticut; 10 DE Delaware; 11 DC District of Columbia; 12 FL Florida; 13 GA Georgia;
15 HI Hawaii; 16 ID Idaho; 17 IL Illinois; 18 IN Indiana; 19 IA Iowa; 20 KS Kansas; 21 KY Kentucky;
22 LA Louisiana; 23 ME Maine; 24 MD Maryland; 25 MA Massachusetts; 26 MI Michigan; 27 MN Minnesota;
28 MS Mississippi; 29 MO Missouri; 30 MT Montana; 31 NE Nebraska; 32 NV Nevada; 33 NH New Hampshire;
34 NJ New Jersey; 35 NM New Mexico; 36 NY New York; 37 NC North Carolina; 38 ND North Dakota;
39 OH Ohio; 40 OK Oklahoma; 41 OR Oregon; 42 PA Pennsylvania; 44 RI Rhode Island;
45 SC South Carolina; 46 SD South Dakota; 47 TN Tennessee; 48 TX Texas; 49 UT Utah; 50 VT Vermont;
51 VA Virginia; 53 WA Washington; 54 WV West Virginia; 55 WI Wisconsin; 56 WY Wyoming;
72 PR Puerto Rico
"""
_PARTS = [line.split(maxsplit=2) for line in _LINES.replace("\n", " ").split(";")]
LETTERS = {digits: letters for digits, letters, _ in _PARTS}
NAMES = {digits: name.strip() for digits, _, name in _PARTS}
DIGITS = {letters: digits for digits, letters in LETTERS.items()}
_BY_NAME = {fold_key(name): digits for digits, name in NAMES.items()}


def state_digits(text: str) -> str:
    """Return a state's two digits from its letters, its name or its digits; ``""`` for none.

    Examples
    --------
    >>> [state_digits(text) for text in ("mo", "Missouri", "29", "7", "Port Alder")]
    ['29', '29', '29', '', '']
    """
    key = fold_key(text)
    if key in LETTERS:
        return key
    return DIGITS.get(key.upper(), _BY_NAME.get(key, ""))
