"""The Word form filled the way people fill it, for the tests that read it."""

from pathlib import Path

import docx

from playbook.publish.card_forms import BOX, word_form

CARD = {
    "Short title": "Ask before you count",
    "City and state": "Lima, Ohio",
    "Year": "2019",
    "How did it end?": "x Did not work",
    "How do you know?": "\u2612 A count",
    "The problem": "Calls came late.",
    "What was done": "Staff asked first.",
    "Who had to agree": "The clerk.",
    "Cost and staff": "not published",
    "What moved": "Nothing.",
    "What failed": "Nobody read the list.",
    "What must be true elsewhere": "A list.",
    "First step to borrow": "Ask the clerk.",
    "Whom to ask": "The clerk's office.",
    "Capacities": f"{BOX} Race and Equity\n[x] Internal Alignment",
    "Source 1: its title": "City report",
    "Source 1: its address": "https://example.org/report",
}
TRIED = {
    "Card that you borrowed": "https://example.org/book/exchange/oakland-paving.html",
    "Your city and state": "Lima, Ohio",
    "Year you tried it": "2020",
    "What you changed": "We asked by mail.",
    "What happened": "A third answered.",
    "How did it end for you?": "Too soon to tell",
}


def filled(path: Path, answers: dict[str, str]) -> Path:
    """Write the form with these answers; rows without one stay as they are."""
    path.write_bytes(word_form())
    document = docx.Document(str(path))
    for table in document.tables:
        for row in table.rows:
            label = row.cells[0].paragraphs[0].text
            if label in answers:
                row.cells[1].text = answers[label]
    document.save(str(path))
    return path
