"""Any file with a table in it as CSV, so that every reader reads workbooks and JSON too."""

from __future__ import annotations

import csv
import io
import re

from playbook.city.encodings import SAVE_AS_CSV
from playbook.city.header_rows import Fits
from playbook.city.json_files import json_records
from playbook.city.report import Finding
from playbook.city.workbooks import workbook_records
from playbook.errors import PlaybookError

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_JSON = re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*[\[{"]|\{\s*")')


def as_csv(content: bytes, name: str, fits: Fits) -> tuple[bytes, tuple[Finding, ...]]:
    r"""Write a workbook's or a JSON file's table as CSV; any other file stays as it is.

    Rows keep the numbers that a spreadsheet shows.

    Parameters
    ----------
    content
        Bytes of the file.
    name
        The file's name, for messages.
    fits
        Says how many names of a row it knows; tells a workbook's sheets apart.

    Returns
    -------
    content : bytes
        Of a CSV file, or as given.
    findings : tuple of Finding
        What was read in a way to look at, such as one sheet of several.

    Raises
    ------
    PlaybookError
        When a workbook or a JSON file can't be read.

    Examples
    --------
    >>> as_csv(b'[["ward", "days"], ["1", 3]]', "x.json", len)
    (b'ward,days\r\n1,3\r\n', ())
    """
    if content.startswith(_OLD_OFFICE):
        locked = _LOCKED in content
        raise PlaybookError(
            f"{name} is {'locked with a password' if locked else 'an Excel file of the old kind'}. "
            "I read .xlsx and CSV files.",
            fix=SAVE_AS_CSV,
        )
    if content.startswith(b"PK"):
        records, findings = workbook_records(content, name, fits)
    elif _JSON.match(content):
        records, findings = json_records(content, name)
    else:
        return content, ()
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(records)
    return text.getvalue().encode(), findings
