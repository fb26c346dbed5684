"""What a slider shows is printed at every setting, with and without a notebook."""

from typing import Any

import pandas as pd
import pytest

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.show import explorer
from playbook.show.charts import bar
from playbook.show.explorer import choice, explore, slider
from playbook.show.figure import Figure
from playbook.show.table import Table, table

VIEW = "application/vnd.jupyter.widget-view+json"


def wait(share: float) -> str:
    return f"The average wait is {4 + share / 20:.1f} days."


def place_wait(share: float, place: str) -> str:
    return f"{place}: {share}"


def test_twin_lists_the_result_at_every_setting() -> None:
    shown = explore(wait, "Change the mix", share=slider(0, 100, 25, unit="%"))
    assert list(shown.table.frame["Share"]) == ["0%", "25%", "50%", "75%", "100%"]
    assert list(shown.table.frame["Result"]) == [wait(share) for share in (0, 25, 50, 75, 100)]
    assert str(shown).splitlines()[0] == "Change the mix"


def test_wide_slider_shows_twelve_settings_with_both_ends_and_the_start() -> None:
    settings = slider(0, 100, 1, value=37).settings
    assert len(settings) <= 12
    assert {0, 37, 100} <= set(settings)
    assert settings == sorted(set(settings))


def test_steps_below_one_are_written_with_their_digits() -> None:
    shown = explore(wait, share=slider(0.1, 0.4, 0.1))
    assert list(shown.table.frame["Share"]) == ["0.1", "0.2", "0.3", "0.4"]


def test_two_controls_cross_when_few_and_take_turns_when_many() -> None:
    few = explore(place_wait, share=slider(0, 2), place=choice(["East", "West"]))
    assert len(few.table.frame) == 6
    many = explore(place_wait, share=slider(0, 10, value=4), place=choice(["East", "West"]))
    rows = list(zip(many.table.frame["Share"], many.table.frame["Place"], strict=True))
    assert rows == [*((str(share), "East") for share in range(11)), ("4", "West")]


def test_estimates_and_figures_are_told_in_words() -> None:
    def estimate(share: float) -> Estimate:
        return Estimate(share, share - 1, share + 1, unit="days")

    def figure(share: float) -> Figure:
        df = pd.DataFrame({"name": ["East", "West"], "wait": [share, 2.0]})
        return bar(df, y="name", x="wait", finding="East waits", unit="days")

    assert list(explore(estimate, share=slider(4, 5)).table.frame["Result"]) == [
        "4.0 days (3.0 to 5.0)",
        "5.0 days (4.0 to 6.0)",
    ]
    shown = explore(figure, share=slider(4, 5))
    assert list(shown.table.frame["Result"]) == [figure(4).alt, figure(5).alt]
    assert figure(4).html() in shown.panel().children[-1].value


def test_other_results_are_refused() -> None:
    with pytest.raises(PlaybookError, match=r"gave 5\.0"):
        str(explore(lambda share: 5.0, share=slider(0, 1)))  # type: ignore[arg-type, return-value]


def test_output_is_the_same_with_a_notebook_apart_from_the_widget(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = explore(wait, share=slider(0, 100, 25))
    still = shown._repr_mimebundle_()
    assert set(still) == {"text/plain", "text/html"}
    monkeypatch.setattr(explorer, "_in_notebook", lambda: True)
    live = shown._repr_mimebundle_()
    assert live.pop(VIEW)["model_id"]
    assert live == still
    assert capsys.readouterr() == ("", "")


def test_notebook_is_a_shell_that_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython

    assert not explorer._in_notebook()
    for name, expected in (("ZMQInteractiveShell", True), ("TerminalInteractiveShell", False)):
        shell = type(name, (), {})()
        monkeypatch.setattr(IPython, "get_ipython", lambda shell=shell: shell)
        assert explorer._in_notebook() is expected


def test_live_controls_are_labelled_and_move_the_result() -> None:
    panel = explore(
        place_wait,
        share=slider(0, 100, 10, value=50, label="Share of potholes", unit="%"),
        place=choice(["East", "West"], "District"),
    ).panel()
    _, share, place, region = panel.children
    assert (share.description, place.description) == ("Share of potholes (%)", "District")
    assert "East: 50" in region.value
    share.value = 70
    assert "East: 70" in region.value
    place.value = "West"
    assert "West: 70" in region.value
    assert 'role="status"' in region.value


def test_problem_in_the_function_is_told_in_its_plain_words() -> None:
    def fails(share: float) -> str:
        if share > 1:
            raise PlaybookError("Too much <of it>.", fix="Take less.")
        return "fine"

    panel = explore(fails, share=slider(0, 2)).panel()
    panel.children[1].value = 2
    assert "Too much &lt;of it&gt;." in panel.children[-1].value
    assert "Traceback" not in panel.children[-1].value


def test_markup_in_results_is_text() -> None:
    shown = explore(lambda share: "<script>", "A <b>", share=slider(0, 1))
    bundle: dict[str, Any] = shown._repr_mimebundle_()
    assert "<script" not in bundle["text/html"]
    assert "<b>" not in bundle["text/html"]
    assert "<script" not in shown.panel().children[-1].value


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: slider(5, 5), "from 5 to 5"),
        (lambda: slider(0, 5, 0), "steps of 0"),
        (lambda: slider(0, 5, value=9), "begins at 9"),
        (lambda: choice([]), "nothing to choose from"),
        (lambda: explore(wait), "nothing to change"),
    ],
)
def test_controls_that_can_not_work_are_told_plainly(make: Any, said: str) -> None:
    with pytest.raises(PlaybookError, match=said):
        make()


def two_rows(share: float) -> Table:
    rows = pd.DataFrame({"measure": ["Difference", "Ratio"], "value": [share, share / 10]})
    return table(rows, "Both follow", decimals=1)


def test_a_table_of_two_columns_spreads_over_the_twin() -> None:
    twin = explore(two_rows, share=slider(10, 30, step=10, label="Share")).table
    assert twin.frame.to_dict("list") == {
        "Share": ["10", "20", "30"],
        "Difference": ["10.0", "20.0", "30.0"],
        "Ratio": ["1.0", "2.0", "3.0"],
    }
    live = explore(two_rows, share=slider(10, 30, step=10))._live_html({"share": 20})
    assert "<caption" in live
    assert "20.0" in live


@pytest.mark.parametrize(
    ("function", "word"),
    [
        (lambda share: two_rows(share) if share > 10 else "a sentence", "same rows"),
        (lambda share: table(pd.DataFrame({"a": ["x"], "b": [1], "c": [2]}), "Three"), "sentence"),
    ],
)
def test_a_table_that_can_not_be_a_twin_is_told(function: Any, word: str) -> None:
    with pytest.raises(PlaybookError, match=word):
        _ = explore(function, share=slider(10, 30, step=10)).table
