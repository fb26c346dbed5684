"""The page *Your own city*: make a city, check a file, add it, and see which lessons run."""

from __future__ import annotations

from html import escape

from playbook.learn.city_files import files_to_ask_for
from playbook.learn.own_city_form import PRIVATE, Form
from playbook.learn.question import WIDGET, in_kernel

HEADING = "Your own city"
STEPS = (
    "Make your city: its name, its state, and whose rule on small counts you follow.",
    "Choose a file as you downloaded it. Check it: the report says what is kept and what is not.",
    "Add it to your city, and see which lessons run on it.",
)
FILES_HEADING = "Which table brings which lesson, and whom to ask for it"
LIVE = "The form itself works in a notebook on your computer, or in the browser edition."


def own_city() -> OwnCity:
    """Show the form with which you bring your own city's files.

    Where no widget can run, the same place says what the form does.

    Examples
    --------
    >>> print(own_city())  # doctest: +ELLIPSIS
    Your own city
    1. Make your city: ...
    """
    return OwnCity()


class OwnCity:
    """The form of the page *Your own city*."""

    def __str__(self) -> str:
        steps = [f"{number}. {step}" for number, step in enumerate(STEPS, start=1)]
        files = [f"* {title}: {ask}" for title, ask in files_to_ask_for()]
        return "\n".join([HEADING, *steps, PRIVATE, LIVE, "", FILES_HEADING, *files])

    __repr__ = __str__

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        bundle: dict[str, object] = {"text/plain": str(self), "text/html": self.static_twin()}
        if in_kernel():
            bundle[WIDGET] = Form(_files_html()).box._repr_mimebundle_()[WIDGET]
        return bundle

    def static_twin(self) -> str:
        """Say as HTML what the form does: works without a kernel and without JavaScript."""
        steps = "".join(f"<li>{escape(step)}</li>" for step in STEPS)
        return (
            f"<div class='pb-own-city'><p><strong>{escape(HEADING)}</strong></p><ol>{steps}</ol>"
            f"<p>{escape(PRIVATE)} {escape(LIVE)}</p>{_files_html()}</div>"
        )


def _files_html() -> str:
    """Return the list of files to ask for, folded."""
    items = "".join(
        f"<li style='margin:.5em 0'><strong>{escape(title)}.</strong> {escape(ask)}</li>"
        for title, ask in files_to_ask_for()
    )
    return (
        f"<details><summary style='padding:.3em 0'>{escape(FILES_HEADING)}</summary>"
        f"<ul>{items}</ul></details>"
    )
