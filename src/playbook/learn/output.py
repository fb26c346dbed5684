"""How a lesson shows a result: always as words, and as HTML beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """A result with both its forms; the last line of a cell or `show` displays it."""

    text: str
    html: str

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        return {"text/plain": self.text, "text/html": self.html}


def show(text: str, html: str) -> None:
    """Show a result now, in a notebook as HTML and elsewhere as text."""
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        print(text)
    else:
        display(Shown(text, html))  # type: ignore[no-untyped-call]
