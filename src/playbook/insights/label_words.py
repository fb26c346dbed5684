"""Labels of a table inside a sentence."""

from __future__ import annotations


def in_sentence(label: str) -> str:
    """Write a label as it stands in the middle of a sentence.

    Parameters
    ----------
    label
        As the table has it.

    Examples
    --------
    >>> in_sentence("Street repair"), in_sentence("ADA ramps"), in_sentence("B")
    ('street repair', 'ADA ramps', 'B')
    """
    return label[0].lower() + label[1:] if label[1:2].islower() else label
