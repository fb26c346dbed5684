"""Try a setting and see what changes: live controls in a notebook, every result on paper."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from html import escape
from typing import Any

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.show.controls import MOST_SETTINGS, Control, Setting, choice, slider, sliders
from playbook.show.figure import Figure
from playbook.show.table import Table
from playbook.show.words import label_of

__all__ = ["Explorer", "choice", "explore", "slider", "sliders"]

Result = str | Estimate | Figure | Table


class Explorer:
    """A function with controls: live where there is a notebook, and always a table of results.

    Parameters
    ----------
    function
        Called with one setting for each control.
    caption
        What the reader can try, in one line.
    controls
        Name of the function's argument: its control.
    """

    def __init__(
        self, function: Callable[..., Result], caption: str, controls: dict[str, Control]
    ) -> None:
        self._function = function
        self.caption = caption
        self.controls = controls

    @cached_property
    def table(self) -> Table:
        """The result at every setting: the twin of the live controls that prints and reads."""
        columns: dict[str, list[str]] = {
            control.label: [control.words(setting[name]) for setting in self._combinations()]
            for name, control in self.controls.items()
        }
        results = [self._function(**setting) for setting in self._combinations()]
        columns |= _result_columns(results)
        numeric = frozenset[str]() if "Result" in columns else frozenset(columns)
        # All results are about one city: the note of the first is that of all.
        note = results[0].note if results and isinstance(results[0], Table) else ""
        caption = f"{self.caption} {note}" if note else self.caption
        return Table(caption, pd.DataFrame(columns, dtype="str"), numeric, note)

    def _combinations(self) -> list[dict[str, Setting]]:
        """All combinations if at most 12, else each control alone with the others at rest."""
        names = list(self.controls)
        every: list[Sequence[Setting]] = [self.controls[name].settings for name in names]
        crossed = list(itertools.product(*every))
        if len(names) == 1 or len(crossed) <= MOST_SETTINGS:
            return [dict(zip(names, settings, strict=True)) for settings in crossed]
        rest: dict[str, Setting] = {name: self.controls[name].value for name in names}
        alone = [rest | {name: value} for name in names for value in self.controls[name].settings]
        return [setting for place, setting in enumerate(alone) if setting not in alone[:place]]

    def panel(self) -> Any:
        """Build the live controls and the region that shows their result."""
        import ipywidgets

        widgets = {name: control.widget() for name, control in self.controls.items()}
        region = ipywidgets.HTML()

        def refresh(_: object = None) -> None:
            settings = {name: widget.value for name, widget in widgets.items()}
            region.value = f'<div role="status">{self._live_html(settings)}</div>'

        for widget in widgets.values():
            widget.observe(refresh, names="value")
        refresh()
        caption = ipywidgets.HTML(f"<strong>{escape(self.caption)}</strong>")
        return ipywidgets.VBox([caption, *widgets.values(), region])

    def _live_html(self, settings: dict[str, Setting]) -> str:
        try:
            result = self._function(**settings)
        except PlaybookError as problem:
            return "<br>".join(escape(line) for line in str(problem).splitlines())
        if isinstance(result, Figure | Table):
            return result.html()
        return f'<p style="font-size:1.15em">{escape(_result_words(result))}</p>'

    def __str__(self) -> str:
        return str(self.table)

    __repr__ = __str__

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        html = f'<div class="pb-explore">{self.table.html()}</div>'
        bundle: dict[str, Any] = {"text/plain": str(self), "text/html": html}
        if _in_notebook():
            view = "application/vnd.jupyter.widget-view+json"
            live = self.panel()._repr_mimebundle_()
            bundle |= {view: live[view]} if view in live else {}
        return bundle


def explore(
    function: Callable[..., Result],
    caption: str = "Try it: change a setting and watch the result.",
    **controls: Control,
) -> Explorer:
    """Let a reader change the settings of a function and see its result.

    Parameters
    ----------
    function
        Takes one setting for each control and returns a sentence, an `Estimate`, a chart,
        or a table of two columns: names and values.
        The same settings must always give the same result.
    caption
        What the reader can try, in one line.
    controls
        A `slider` or `choice` for each argument of the function, by name.

    Returns
    -------
    Explorer
        Live controls in a notebook. In the book, on paper and for a screen reader it is a table
        of the result at every setting: at most 12 of a long slider; with two controls every
        combination up to 12, else each control in turn while the other stays at its start.

    Raises
    ------
    PlaybookError
        When there is no control, or the function returns something else.

    Examples
    --------
    >>> def wait(share):
    ...     return f"The average wait is {4 + share / 20:.1f} days."
    >>> explore(wait, "Change the mix", share=slider(0, 100, 50, label="Potholes", unit="%"))
    Change the mix
    Potholes  Result
    0%        The average wait is 4.0 days.
    50%       The average wait is 6.5 days.
    100%      The average wait is 9.0 days.
    """
    if not controls:
        raise PlaybookError(
            "There is nothing to change here: no slider and no menu.",
            fix="Name a control for each argument, such as explore(wait, year=slider(2016, 2025)).",
        )
    labelled = {
        name: control if control.label else _labelled(control, name)
        for name, control in controls.items()
    }
    return Explorer(function, caption, labelled)


def _labelled(control: Control, name: str) -> Control:
    return replace(control, label=label_of(name))


def _result_columns(results: list[Result]) -> dict[str, list[str]]:
    """Give one column of words; for tables of two columns, one column for each of their rows."""
    columns: dict[str, list[str]] = {}
    for result in results:
        for name, value in _named_values(result):
            columns.setdefault(name, []).append(value)
    if len({len(values) for values in columns.values()}) > 1:
        raise PlaybookError(
            "This function does not give the same rows at every setting.",
            fix="Let it return a table with the same names in its first column each time.",
        )
    return columns


def _named_values(result: Result) -> list[tuple[str, str]]:
    if isinstance(result, Table) and len(result.frame.columns) == 2:
        names, values = (result.frame.iloc[:, place].astype(str) for place in (0, 1))
        return list(zip(names, values, strict=True))
    return [("Result", _result_words(result))]


def _result_words(result: object) -> str:
    if isinstance(result, Figure):
        return result.alt
    if isinstance(result, str | Estimate):
        return " ".join(str(result).split())
    raise PlaybookError(
        f"This function gave {result!r:.60}, which I can't show as a sentence.",
        fix="Let it return a sentence, an estimate such as pb.rate gives, or a chart such as "
        "pb.bar gives.",
    )


def _in_notebook() -> bool:
    """Whether a front end may show live controls: some IPython shell, but not a terminal's."""
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    shell = get_ipython()
    return shell is not None and type(shell).__name__ != "TerminalInteractiveShell"
