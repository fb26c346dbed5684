"""How hard a text is to read: words, sentences, syllables and the Flesch-Kincaid grade.

The grade is 0.39 × words per sentence + 11.8 × syllables per word - 15.59 (Kincaid, Fishburne,
Rogers and Chissom, 1975, Navy Research Branch Report 8-75).
"""

from __future__ import annotations

import html
import re

# Words whose vowels the rule below miscounts, as they are said in the United States.
_SPOKEN = {
    "area": 3, "areas": 3, "business": 2, "create": 2, "created": 3, "employee": 3,
    "employees": 3, "every": 2, "everything": 3, "homeowner": 3, "homeowners": 3,
    "household": 2, "households": 2, "hundred": 2, "idea": 3, "ideas": 3, "mayor": 2, "poem": 2,
    "react": 2, "recipe": 3, "rhythm": 2, "science": 2, "somebody": 3, "someone": 2,
    "something": 2, "sometimes": 2, "somewhere": 2, "therefore": 2, "timeline": 2,
}  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels in a row that are said apart, as in medi-an, seri-ous, situ-ate, influ-ence.
_SAID_APART = re.compile(
    r"(?<![tcsgx])i[ao]|(?<=[ct])ia(?=t)|tio(?=s?$)|(?<![tcfs])ie(?=n[tc])|iet|ier$|"
    r"(?<![gq])ua(?!y)|(?<![gq])ue(?=n[tc]|l$)|eo(?!ple|u)|eum|uou|(?<=[^aeiouy])iu|"
    r"(?<=[aeiouy])ing$|(?<=[^aeiouy])ism$"
)
_SILENT_END = re.compile(
    r"[^aeiouy]e$|que$|[aeo]gue$|[^aeiouytd]ed$|[^aeiouyscxzgh]es$|thes$|ques$|[aeo]gues$"
)
_SPOKEN_LE = re.compile(r"[^aeiouylr]l(?:es?|ed)$")
_SILENT_INSIDE = re.compile(
    r"[^aeiouyl]e(?=ly$|ty$|ment|ful|less|ness)|(?<=ll)i(?=on)|(?<=[aeiou]n)i(?=on)"
)

_WORD = re.compile(
    r"[$€£]?(?:\d[\d,.]*\d|\d)(?:%|-[A-Za-z]+|[A-Za-z]+)?|[A-Za-z]+(?:['’-][A-Za-z]+)*"
)
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|vs|etc|Mr|Mrs|Ms|Dr|St|No|Ave|a\.m|p\.m|U\.S|[A-Z])\.(?=\s)"
)
_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s|$)")

_FENCED = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
_TABLE_LINE = re.compile(r"^\s*\|.*$", re.MULTILINE)
_HEADING_LINE = re.compile(r"^#{1,6}\s.*$", re.MULTILINE)
_INLINE_CODE = re.compile(r"(`+)(?:.+?)\1", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ROLE = re.compile(r"\{[\w:-]+\}(?=`)")
_BLOCK_TAG = re.compile(r"</?(?:p|li|ul|ol|summary|details|div|br|tr|h\d)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>\n]+>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)]|>+)\s+", re.MULTILINE)


def without_markup(markdown: str, *, headings: bool = True) -> str:
    r"""Return the words of a Markdown text: no code, tables, tags or marks.

    Parameters
    ----------
    markdown
        Text of one or more cells.
    headings
        Keep the headings, each as a block of its own.

    Examples
    --------
    >>> print(without_markup("## Step 1\nRun `pb.bar()`. Then **look**.\n- one\n- two"))
    Step 1
    <BLANKLINE>
    Run . Then look.
    <BLANKLINE>
    one
    <BLANKLINE>
    two
    """
    text = _FENCED.sub("\n\n", _COMMENT.sub("", markdown))
    text = _TABLE_LINE.sub("", text)
    if headings:
        text = re.sub(r"^#{1,6}\s+(.*)$", r"\n\n\1\n\n", text, flags=re.MULTILINE)
    else:
        text = _HEADING_LINE.sub("\n\n", text)
    text = _INLINE_CODE.sub("", _ROLE.sub("", text))
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _TAG.sub("", _BLOCK_TAG.sub("\n\n", text))
    text = html.unescape(_ITEM.sub("\n\n", text))
    blocks = (
        " ".join(re.sub(r"[*_]{1,3}", "", block).split()) for block in re.split(r"\n\s*\n", text)
    )
    return "\n\n".join(block for block in blocks if block)


def words(text: str) -> list[str]:
    """Return the words of a plain text; a word with a hyphen is one, a number is one.

    Examples
    --------
    >>> words("We can't wait 8.4 days, low-income or not.")
    ['We', "can't", 'wait', '8.4', 'days', 'low-income', 'or', 'not']
    """
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a plain text; a paragraph ends one, a decimal point does not.

    Examples
    --------
    >>> sentences('It took 8.4 days. "Who waits?" We asked Dr. Lee.')
    ['It took 8.4 days.', '"Who waits?"', 'We asked Dr. Lee.']
    """
    found = []
    for block in text.split("\n\n"):
        shielded = _ABBREVIATION.sub(lambda match: match[0].replace(".", "\0"), block)
        start = 0
        for end in _END.finditer(shielded):
            found.append(shielded[start : end.end()])
            start = end.end()
        found.append(shielded[start:])
    tidy = (sentence.replace("\0", ".").strip() for sentence in found)
    return [sentence for sentence in tidy if words(sentence)]


def syllables(word: str) -> int:
    """Estimate how many syllables a word has.

    Groups of vowels are counted; a silent final *e*, *-es* and *-ed* are taken off and vowels
    that are said apart (*medi-an*) are added. A number counts as one: Flesch's advice was to
    leave figures out of the count.

    Examples
    --------
    >>> [syllables(word) for word in ("street", "median", "waited", "neighborhood", "8.4")]
    [1, 3, 2, 3, 1]
    """
    if "-" in word:
        return sum(syllables(part) for part in word.split("-"))
    plain = re.sub(r"[^a-z]", "", re.sub(r"['’](?:s|t|re|ve|d|ll|m)$", "", word.lower()))
    if plain in _SPOKEN:
        return _SPOKEN[plain]
    count = len(_VOWELS.findall(plain)) + len(_SAID_APART.findall(plain))
    if _SILENT_END.search(plain) and not _SPOKEN_LE.search(plain):
        count -= 1
    count -= len(_SILENT_INSIDE.findall(plain))
    return max(count, 1)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a plain text.

    Parameters
    ----------
    text
        Plain words, as `without_markup` returns them.

    Returns
    -------
    float
        School years; 0.0 for a text without words.

    Examples
    --------
    >>> round(grade("The cat sat on the mat."), 2)
    -1.45
    """
    spoken, said = words(text), sentences(text)
    if not spoken:
        return 0.0
    per_word = sum(map(syllables, spoken)) / len(spoken)
    return 0.39 * len(spoken) / len(said) + 11.8 * per_word - 15.59
