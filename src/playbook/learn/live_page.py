"""What a live lesson needs of the page's own Python, before and while it runs."""

from __future__ import annotations

import importlib
import sys

from playbook.learn.plain_errors import install

# What the first cells of every lesson load. Loaded while the learner reads, they cost no wait.
_SOON = (
    "ipywidgets",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "playbook.learn.question",
    "playbook.show.figure",
)


def get_ready() -> None:
    """Make errors plain and imports fast.

    The page calls it once Python is there; `open_lesson` too, for a Python that was started anew.
    A folder of the browser's storage would be looked through at every import, with a message to
    the page each time: 112 of them in lesson 3.1.
    """
    from IPython import get_ipython

    sys.path[:] = [folder for folder in sys.path if folder]
    shell = get_ipython()
    if shell is not None:
        install(shell)
    for name in _SOON:
        importlib.import_module(name)
