"""A learner sees plain words; the cell still ends as an error."""

import nbformat
import pytest
from nbclient import NotebookClient

from playbook.errors import PlaybookError
from playbook.learn.plain_errors import STARTUP_LINE, in_plain_words

CELLS = {
    "waits.head()": 'This step needs "waits", which an earlier step makes.',
    "service_days = 8.4 days": "I can't read this line: service_days = 8.4 days",
    "{'a': 1}['b']": "There is no column or table called 'b'.",
    "import nothing_like_it": 'The part "nothing_like_it" is not installed here.',
    "1 / 0": "This step could not finish: division by zero.",
    "import playbook as pb; pb.check('3.1-a', 2)": "This step needs the first step of the lesson.",
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, nbformat.NotebookNode]:
    folder = tmp_path_factory.mktemp("ipython")
    startup = folder / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "plain_errors.py").write_text(STARTUP_LINE, encoding="utf-8")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(folder))
        client = NotebookClient(notebook, allow_errors=True, extra_arguments=["--log-level=ERROR"])
        client.execute()
    return {cell.source: cell.outputs[-1] for cell in notebook.cells}


@pytest.mark.parametrize("cell", CELLS)
def test_a_learner_sees_plain_words_and_no_traceback(
    cell: str, ran: dict[str, nbformat.NotebookNode]
) -> None:
    output = ran[cell]
    assert output.output_type == "error"
    shown = "\n".join(output.traceback)
    assert CELLS[cell] in shown
    assert "What to do now:" in shown
    assert "Traceback" not in shown
    assert "Error" not in shown


def test_our_own_errors_stay_as_they_are() -> None:
    error = PlaybookError("Something.", fix="Do this.")
    assert in_plain_words(error) is error


def test_every_error_has_words() -> None:
    for error in (NameError("odd"), SyntaxError("odd"), KeyboardInterrupt(), ValueError("odd")):
        assert in_plain_words(error).what.endswith(".")
        assert in_plain_words(error).fix
