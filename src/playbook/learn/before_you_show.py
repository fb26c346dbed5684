"""The checklist that goes with every export of a city's own numbers."""

from __future__ import annotations

from playbook.city.tables import City

HEADING = "Before you show this outside city hall"


def before_you_show(city: City) -> tuple[str, ...]:
    """List what to do before numbers of a city of one's own leave the house.

    Parameters
    ----------
    city
        The city that the numbers are of.

    Returns
    -------
    tuple of str
        One line each; none for the teaching city, whose people don't exist.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> before_you_show(load_city())
    ()
    """
    if city.fictional:
        return ()
    return (
        "The health department knows what we show, and when.",
        "The community partners whose neighborhoods are in it saw it first, and could change it.",
        "Each number names its source and its year.",
        "Each number has its range, or says that there is too little to tell.",
        f"{city.small_counts.words} Someone who did not make this tried to work them out.",
        "It names a person to write to with corrections: ____________________",
    )
