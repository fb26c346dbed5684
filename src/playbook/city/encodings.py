"""Text from a file's bytes: the encodings that cities use, and files that are no text."""

from __future__ import annotations

import codecs

from playbook.errors import PlaybookError

SAVE_AS_CSV = (
    "Open it in your spreadsheet, choose File > Save As, pick 'CSV UTF-8', and add that file. "
    "Or ask whoever sent it for a CSV file."
)
_IN_WORDS = {"utf-8-sig": "UTF-8", "cp1252": "Windows (cp1252)"}


def decode(content: bytes, name: str) -> tuple[str, str]:
    """Turn bytes into text, and say how they were read.

    Parameters
    ----------
    content
        Bytes of a text file: UTF-8 or UTF-16, with a byte-order mark or without, or cp1252.
    name
        The file's name, for messages.

    Returns
    -------
    text, encoding : str
        The encoding in words. Bytes that stand for no character are U+FFFD.

    Raises
    ------
    PlaybookError
        When it is no text, or a web page.

    Examples
    --------
    >>> decode("Peña".encode("utf-16-le"), "x.csv")
    ('Peña', 'UTF-16')
    """
    if content.startswith(b"%PDF"):
        raise PlaybookError(f"{name} is a PDF. I read tables.", fix=SAVE_AS_CSV)
    if content.startswith(b"\x1f\x8b"):
        raise PlaybookError(
            f"{name} is a compressed file.", fix="Unpack it, and add the file that was in it."
        )
    encoding = _encoding(content)
    try:
        text = content.decode(encoding, errors="replace" if encoding == "cp1252" else "strict")
    except UnicodeDecodeError:
        text = "\0"
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if "\0" in text:
        raise PlaybookError(f"{name} is not a text file. I read CSV files.", fix=SAVE_AS_CSV)
    if text[:200].lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        raise PlaybookError(
            f"{name} holds a web page, not a table. It may be a log-in page.",
            fix="Download the file again from your browser, signed in, and add that file.",
        )
    return text, _IN_WORDS.get(encoding, "UTF-16")


def _encoding(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Letters of Western languages have a zero as every other byte.
    sample = content[:4000]
    if sample[1::2].count(0) > len(sample) / 5:
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) / 5:
        return "utf-16-be"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
