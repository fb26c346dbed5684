"""The question on the page: a widget where one can run, and the same as text everywhere."""

from __future__ import annotations

from html import escape
from typing import Any

from playbook.city.tables import City
from playbook.learn.bank.exercise import Exercise
from playbook.learn.exercises import (
    city_note,
    exercise,
    exercise_city,
    feedback,
    hint,
    saved_answers,
)

WIDGET = "application/vnd.jupyter.widget-view+json"


def ask(exercise_id: str) -> Question:
    """Ask an exercise on the page: a list or a number box, and a *Check* button.

    Where no widget can run, the same place shows every choice with its folded reason.

    Parameters
    ----------
    exercise_id
        Such as ``"3.1-a"``.
    """
    item = exercise(exercise_id)
    return Question(item, exercise_city(item), city_note(item))


class Question:
    """An exercise to answer without code.

    Parameters
    ----------
    item
        The exercise.
    city
        The city it is asked about.
    note
        Why it is asked about another city than the one that is open; mostly empty.
    """

    def __init__(self, item: Exercise, city: City, note: str = "") -> None:
        self.item = item
        self.city = city
        self.known = item.known(city)
        self.words = f"{note} {item.question(city)}".strip()

    def __str__(self) -> str:
        lines = [f"{self.item.id}: {self.words}"]
        if not self.known:
            return "\n".join([*lines, self._too_little()])
        if self.item.kind == "choose":
            lines += [f"( ) {label}" for label, _ in self.item.choices(self.city)]
        else:
            lines.append(f"Your answer, in {self.item.unit}: ____")
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        bundle: dict[str, object] = {"text/plain": str(self), "text/html": self.static_twin()}
        if self.known and in_kernel():
            view = self.widget()._repr_mimebundle_()
            bundle[WIDGET] = view[WIDGET]
        return bundle

    def static_twin(self) -> str:
        """Return the question as HTML that works without a kernel and without JavaScript."""
        question = escape(self.words)
        if not self.known:
            return f"<div class='pb-ask'><p>{question}</p><p>{escape(self._too_little())}</p></div>"
        choices = "".join(
            "<li style='margin:.3em 0'><details><summary style='padding:.3em 0'>"
            f"{escape(label)}</summary><p>{escape(reason)}</p></details></li>"
            for label, reason in self.item.choices(self.city)
        )
        hints = "".join(
            f"<details><summary style='padding:.3em 0'>Hint {number}</summary>"
            f"<p>{escape(text)}</p></details>"
            for number, text in enumerate(self.item.hints, start=1)
        )
        return (
            f"<div class='pb-ask'><p><strong>{question}</strong></p>"
            "<p>Pick one, then open it to see what it means.</p>"
            f"<ul style='list-style:none;padding-left:0'>{choices}</ul>{hints}</div>"
        )

    def widget(self) -> Any:
        """Return the live form: a labeled box or list, two buttons, and a place for feedback."""
        import ipywidgets as widgets

        question = widgets.HTML(f"<strong>{escape(self.words)}</strong>")
        given = saved_answers().get(self.item.id)
        answer = self._control(widgets, given[-1] if given else None)
        check = widgets.Button(description="Check", tooltip="Check my answer")
        help_me = widgets.Button(description="Hint", tooltip="Show a hint, then the next one")
        result = widgets.HTML()
        shown = 0

        def on_check(_: object) -> None:
            result.value = feedback(self.item, self.city, answer.value).html

        def on_help(_: object) -> None:
            nonlocal shown
            shown = min(shown + 1, len(self.item.hints))
            result.value = hint(self.item.id, shown).html

        check.on_click(on_check)
        help_me.on_click(on_help)
        return widgets.VBox([question, answer, widgets.HBox([check, help_me]), result])

    def _control(self, widgets: Any, saved: float | None) -> Any:
        wide = widgets.Layout(width="auto", max_width="28em")
        if self.item.kind == "number":
            value = "" if saved is None else self.item.label(saved)
            label = f"Your answer, in {self.item.unit}:"
            return widgets.Text(
                value=value, description=label, style={"description_width": "auto"}, layout=wide
            )
        labels = [label for label, _ in self.item.choices(self.city)]
        value = self.item.label(saved) if saved is not None else ""
        return widgets.Dropdown(
            options=[("Pick one", ""), *((label, label) for label in labels)],
            value=value if value in labels else "",
            description="Your answer:",
            style={"description_width": "auto"},
            layout=wide,
        )

    def _too_little(self) -> str:
        return f"{self.city.name} has too little data for this exercise. Use Port Alder for it."


def in_kernel() -> bool:
    """Tell whether live controls can run here."""
    from IPython import get_ipython

    shell = get_ipython()
    return shell is not None and getattr(shell, "kernel", None) is not None
