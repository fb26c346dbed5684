"""Controls described in plain values, and built as widgets only where there is a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.show.scale import step_decimals
from playbook.show.words import with_unit

MOST_SETTINGS = 12

Setting = float | str


@dataclass(frozen=True)
class Slider:
    """A number that a reader can change (see `slider`)."""

    low: float
    high: float
    step: float
    value: float
    label: str
    unit: str

    @property
    def settings(self) -> list[float]:
        """All settings, or at most 12 of them: both ends, the start value, evenly spread."""
        places = range(round((self.high - self.low) / self.step) + 1)
        every = [self._rounded(self.low + place * self.step) for place in places]
        if len(every) <= MOST_SETTINGS:
            return every
        share = (len(every) - 1) / (MOST_SETTINGS - 2)
        chosen = {every[round(place * share)] for place in range(MOST_SETTINGS - 1)}
        return sorted(chosen | {self.value})

    def _rounded(self, number: float) -> float:
        whole = all(float(part).is_integer() for part in (self.low, self.step))
        return round(number) if whole else round(number, 10)

    def words(self, setting: Setting) -> str:
        """Write a setting with its unit."""
        return with_unit(format_number(float(setting), step_decimals([0, self.step])), self.unit)

    def widget(self) -> Any:
        """Build the live control: a labelled slider for mouse, keyboard and typed numbers."""
        import ipywidgets

        whole = isinstance(self.settings[0], int)
        kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
        return kind(
            value=self.value,
            min=self.low,
            max=self.high,
            step=self.step,
            description=f"{self.label} ({self.unit})" if self.unit else self.label,
            style={"description_width": "initial"},
            layout={"width": "100%", "max_width": "40em"},
        )


@dataclass(frozen=True)
class Choice:
    """One of several names that a reader can pick (see `choice`)."""

    options: tuple[str, ...]
    label: str

    @property
    def value(self) -> str:
        """The one it begins with."""
        return self.options[0]

    @property
    def settings(self) -> list[str]:
        """Every option."""
        return list(self.options)

    def words(self, setting: Setting) -> str:
        """Write a setting."""
        return str(setting)

    def widget(self) -> Any:
        """Build the live control: a labelled menu."""
        import ipywidgets

        return ipywidgets.Dropdown(
            options=self.options,
            description=self.label,
            style={"description_width": "initial"},
            layout={"width": "100%", "max_width": "40em"},
        )


Control = Slider | Choice


def slider(
    low: float,
    high: float,
    step: float = 1,
    value: float | None = None,
    label: str = "",
    unit: str = "",
) -> Slider:
    """Describe a slider for `explore`.

    Parameters
    ----------
    low, high
        Its ends, in `unit`.
    step
        From one setting to the next.
    value
        Where it begins; `low` when not given.
    label
        What it sets, in words. Without it the name of the function's argument is used.
    unit
        Unit of the number.

    Raises
    ------
    PlaybookError
        When there is no way from low to high, or the start lies outside.

    Examples
    --------
    >>> slider(0, 100, step=25, label="Share of potholes", unit="%").settings
    [0, 25, 50, 75, 100]
    """
    if step <= 0 or high <= low:
        raise PlaybookError(
            f"A slider can't go from {low} to {high} in steps of {step}.",
            fix="Give a low end, a higher end, and a step above zero: slider(0, 100, step=10).",
        )
    start = low if value is None else value
    if not low <= start <= high:
        raise PlaybookError(
            f"This slider goes from {low} to {high}, but begins at {start}.",
            fix="Choose a value between the ends, or leave it out.",
        )
    return Slider(low, high, step, start, label, unit)


def sliders(values: Mapping[str, float], step: float, unit: str = "") -> dict[str, Slider]:
    """Describe one slider for each name, for `explore`.

    Parameters
    ----------
    values
        Where each slider begins, by name (a Series will do); rounded to the step.
    step
        From one setting to the next. All sliders run from one step to the first step above the
        largest value, so that all can be compared and none stands at zero.
    unit
        Unit of the numbers.

    Examples
    --------
    >>> both = sliders({"Highest": 258.4, "Lowest": 58.2}, step=50)
    >>> both["Highest"].value, both["Highest"].high, both["Lowest"].value
    (250, 300, 50)
    """
    starts = {name: max(step, round(value / step) * step) for name, value in values.items()}
    high = max(starts.values()) + step
    return {
        name: slider(step, high, step, value=start, label=name, unit=unit)
        for name, start in starts.items()
    }


def choice(options: Sequence[str], label: str = "") -> Choice:
    """Describe a menu for `explore`.

    Parameters
    ----------
    options
        The names to choose from, in their order; the first one is chosen at the start.
    label
        What it sets, in words. Without it the name of the function's argument is used.

    Raises
    ------
    PlaybookError
        When there is nothing to choose from.

    Examples
    --------
    >>> choice(["Eastbank", "Highland"], "District").value
    'Eastbank'
    """
    if not list(options):
        raise PlaybookError(
            "This menu has nothing to choose from.",
            fix='Give it at least one name, such as choice(["Eastbank", "Highland"]).',
        )
    return Choice(tuple(str(option) for option in options), label)
