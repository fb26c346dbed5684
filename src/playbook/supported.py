"""Which Pythons the Playbook runs on.

This module must load on much older Pythons too, so that they can say what is needed.
"""

import sys

FIRST = (3, 11)
LAST = (3, 14)


def python_problem(version: "tuple[int, int]" = sys.version_info[:2]) -> str:
    """Say in one line what is wrong with a Python version, or nothing when it is fine.

    Parameters
    ----------
    version
        Major and minor number.

    Examples
    --------
    >>> python_problem((3, 11))
    ''
    >>> python_problem((3, 9))
    'This is Python 3.9. The Playbook needs Python 3.11 to 3.14. Install one from python.org.'
    """
    if FIRST <= version <= LAST:
        return ""
    return (
        f"This is Python {version[0]}.{version[1]}. The Playbook needs Python "
        f"{FIRST[0]}.{FIRST[1]} to {LAST[0]}.{LAST[1]}. Install one from python.org."
    )
