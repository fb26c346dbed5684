"""Each rule: nothing to say of a sound lesson, and of one fault that rule and no other."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from playbook.author.rules import RULES, check_page
from playbook.learn.catalog import Step

Draft = Any
Fault = Callable[[Draft], object]
SVG_START = "data:image/svg+xml;base64,"


def test_a_sound_lesson_has_no_findings(draft: Draft) -> None:
    assert check_page(draft.page()) == []


def second_title(draft: Draft) -> None:
    draft.add("sources", "markdown", "again", "# Once more")


def title_comes_late(draft: Draft) -> None:
    draft.notebook["cells"].insert(
        0, {"cell_type": "markdown", "id": "hello", "metadata": {}, "source": "Hello."}
    )


def two_headings_in_a_cell(draft: Draft) -> None:
    draft.append("going-deeper", "\n\n### Check yourself\n\nOne question.")
    # Its place is after the exercises, so they go first.
    draft.swap("more-exercises", "### More exercises\n\n", "")


def long_title(draft: Draft) -> None:
    more = "And what can we do about it by Monday morning, and how?"
    draft.swap("question", "early?", f"early? {more}")


def another_title(draft: Draft) -> None:
    draft.swap("question", "Who dies early?", "Where do people live?")


def sections_swapped(draft: Draft) -> None:
    cells = draft.notebook["cells"]
    cells.insert(cells.index(draft.cell("situation")), cells.pop(cells.index(draft.cell("guess"))))


def section_missing(draft: Draft) -> None:
    draft.remove("real-city")


def section_unknown(draft: Draft) -> None:
    draft.add("sources", "markdown", "thanks", "## Thanks\n\nTo all.")


def steps_with_a_gap(draft: Draft) -> None:
    draft.add("step-1-say", "markdown", "step-3", "## Step 3: What else?\n\nSay it.")
    draft.add("step-3", "code", "step-3-do", "places")
    draft.edit(steps=(*draft.entry.steps, Step("Step 3: what else", 2, "core")))


def section_twice(draft: Draft) -> None:
    draft.add("sources", "markdown", "more-sources", "## Sources and limits\n\nMore.")


def level_skipped(draft: Draft) -> None:
    draft.add("step-1-say", "markdown", "note", "#### A note\n\nSmall.")


def deeper_heading_unknown(draft: Draft) -> None:
    draft.swap("more-exercises", "### More exercises", "### Some more")


def deeper_order(draft: Draft) -> None:
    draft.add("going-deeper", "markdown", "note", "### Method note\n\nSmall.", "deeper")


def deeper_untagged(draft: Draft) -> None:
    draft.cell("more-exercises")["metadata"]["tags"] = []


def core_hidden_as_deeper(draft: Draft) -> None:
    draft.cell("step-1-say")["metadata"]["tags"] = ["deeper"]


def session_untagged(draft: Draft) -> None:
    draft.cell("talk")["metadata"]["tags"] = []


def step_not_in_catalog(draft: Draft) -> None:
    draft.edit(steps=draft.entry.steps[:1])


def step_without_code(draft: Draft) -> None:
    draft.remove("step-1-do")


def long_core(draft: Draft) -> None:
    draft.append("is-it-real", " We look again and say what we see." * 100)


def core_minutes(draft: Draft) -> None:
    draft.edit(steps=tuple(Step(step.name, 15, "core") for step in draft.entry.steps))


def core_terms(draft: Draft) -> None:
    draft.edit(terms=("neighborhood", "district", "chart", "table", "city"))


def core_figures(draft: Draft) -> None:
    cell = draft.cell("step-1-do")
    cell["outputs"] = cell["outputs"] * 4


def long_lesson(draft: Draft) -> None:
    draft.append("talk", "\n\n" + " We look again and say what we see." * 170)


def many_cells(draft: Draft) -> None:
    for number in range(30):
        draft.add("sources", "markdown", f"more-{number + 1}", "Look.")


def many_terms(draft: Draft) -> None:
    draft.edit(terms=tuple(f"term {number}" for number in range(8)))


def long_situation(draft: Draft) -> None:
    draft.append("situation", " The clerk has three days." * 25)


def many_lines(draft: Draft) -> None:
    draft.append("step-1-do", "\nplaces" * 3)


def wide_line(draft: Draft) -> None:
    draft.append("step-1-do", "\n" + "# " + "wide " * 17)


def no_card(draft: Draft) -> None:
    draft.swap("at-a-glance-do", 'pb.open_lesson("2.1")', 'pb.open_lesson("3.1")')


def open_guess(draft: Draft) -> None:
    draft.swap("guess", "<details>", "<div>")
    draft.swap("guess", "</details>", "</div>")


def second_core_exercise(draft: Draft) -> None:
    draft.add("your-turn-do", "code", "your-turn-more", 'pb.ask("2.1-d")')


def core_exercise_in_code(draft: Draft) -> None:
    draft.add("your-turn-do", "code", "twice", 'pb.check("2.1-d", ...)', "remove-output")
    draft.add("twice", "code", "solved", '# Solution: click here to open\npb.solution("2.1-d", 1)')
    draft.cell("solved")["metadata"] = {
        "tags": ["hide-cell"],
        "jupyter": {"source_hidden": True, "outputs_hidden": True},
    }


def one_deeper_exercise(draft: Draft) -> None:
    draft.remove("exercise-c")


def two_questions(draft: Draft) -> None:
    draft.swap("who-is-missing", "* **Who decided what was counted?** Name the office.\n", "")


def two_bullets(draft: Draft) -> None:
    draft.swap("three-questions", "* **Doesn't:** one line.\n", "")


def no_prompts(draft: Draft) -> None:
    draft.cell("talk")["source"] = "## Talk about it\n\nTalk."


def no_owner(draft: Draft) -> None:
    draft.swap("take-it-to-work", "*Owner, date, sign", "*Date, sign")


def no_memo(draft: Draft) -> None:
    draft.remove("memo")


def random_id(draft: Draft) -> None:
    draft.cell("sources")["id"] = "8d3f21aa"


def same_id(draft: Draft) -> None:
    draft.cell("sources")["id"] = "memo"


def unrun(draft: Draft) -> None:
    for cell in draft.notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}


def half_run(draft: Draft) -> None:
    draft.cell("memo")["execution_count"] = None


def run_out_of_order(draft: Draft) -> None:
    draft.cell("memo")["execution_count"] = 12


def installs(draft: Draft) -> None:
    draft.swap("step-1-do", "places =", "%pip install plots\nplaces =")


def shell(draft: Draft) -> None:
    draft.append("step-1-do", "\n!ls")


def link_in_prose(draft: Draft) -> None:
    draft.append("sources", " See [the page](https://example.org).")


def link_in_result(draft: Draft) -> None:
    draft.swap_shown("your-turn-do", "text/html", "How many?", "How many? www.example.org")


def solution_line(draft: Draft) -> None:
    draft.swap("exercise-b-solution", "# Solution: click here to open", "# The solution")


def solution_open(draft: Draft) -> None:
    del draft.cell("exercise-b-solution")["metadata"]["jupyter"]


def solution_output_open(draft: Draft) -> None:
    draft.cell("exercise-b-solution")["metadata"]["jupyter"]["outputs_hidden"] = False


def solution_in_book(draft: Draft) -> None:
    draft.cell("exercise-b-solution")["metadata"]["tags"] = ["deeper"]


def solution_unproven(draft: Draft) -> None:
    line = "# Solution: click here to open"
    again = draft.add("exercise-b-solution", "code", "again", f"{line}\nhow_many = 64")
    again["metadata"] = dict(draft.cell("exercise-b-solution")["metadata"])


def output_in_book(draft: Draft) -> None:
    draft.cell("exercise-b")["metadata"]["tags"] = ["deeper"]


def no_solution(draft: Draft) -> None:
    draft.remove("exercise-b-solution")


def foreign_exercise(draft: Draft) -> None:
    draft.swap("exercise-c", "2.1-c", "3.1-c")


def unchecked(draft: Draft) -> None:
    draft.cell("step-1-do")["metadata"]["tags"] = ["nbval-ignore-output"]


def unchecked_by_comment(draft: Draft) -> None:
    draft.append("your-turn-do", "\n# NBVAL_SKIP")


def error_stored(draft: Draft) -> None:
    error = {"output_type": "error", "ename": "KeyError", "evalue": "'ward'", "traceback": []}
    draft.cell("step-1-do")["outputs"].append(error)


def warning_stored(draft: Draft) -> None:
    stream = {"output_type": "stream", "name": "stderr", "text": "DeprecationWarning: soon"}
    draft.cell("step-1-do")["outputs"].append(stream)


def shows(text: str) -> Fault:
    return lambda draft: draft.shows("your-turn-do", text, "<p>Pick one.</p>")


def bare(text: str) -> Fault:
    return lambda draft: draft.shows("exercise-c", text)


def memo_title(draft: Draft) -> None:
    draft.swap_shown("memo", "text/plain", "Practice: fictional city. ", "")


def memo_line(draft: Draft) -> None:
    draft.swap_shown("memo", "text/plain", "64 rows. (Practice: fictional city)", "64 rows.")


def memo_html(draft: Draft) -> None:
    draft.swap_shown("memo", "text/html", "64 rows. (Practice: fictional city)", "64 rows.")


def planted_unsaid(draft: Draft) -> None:
    draft.swap("is-it-real", "We built this in. ", "")


def alt(text: str) -> Fault:
    def change(draft: Draft) -> None:
        shown = draft.cell("step-1-do")["outputs"][0]["data"]
        before = shown["text/plain"].partition("\n")[0]
        for mime in ("text/plain", "text/html"):
            shown[mime] = shown[mime].replace(before, text)

    return change


def alt_missing(draft: Draft) -> None:
    html = draft.cell("step-1-do")["outputs"][0]["data"]["text/html"]
    start, end = html.index(' alt="'), html.index(" src=")
    draft.shows("step-1-do", "Bars.", html[:start] + html[end:])


def no_table(draft: Draft) -> None:
    html = draft.cell("step-1-do")["outputs"][0]["data"]["text/html"]
    start, end = html.index("<table>"), html.index("</table>") + 8
    draft.swap_shown("step-1-do", "text/html", html[start:end], "")


def alt_not_in_words(draft: Draft) -> None:
    draft.swap_shown("step-1-do", "text/plain", "Eastbank 9,120", "Eastbank 9,121")


def drawn(change: Callable[[bytes], bytes]) -> Fault:
    def fault(draft: Draft) -> None:
        html = draft.cell("step-1-do")["outputs"][0]["data"]["text/html"]
        code = html.split(SVG_START)[1].partition('"')[0]
        changed = base64.b64encode(change(base64.b64decode(code))).decode()
        draft.swap_shown("step-1-do", "text/html", code, changed)

    return fault


def blank(svg: bytes) -> bytes:
    for patch in (b"patch_3", b"patch_4"):
        start = svg.index(b'<g id="' + patch)
        svg = svg[:start] + svg[svg.index(b"</g>", start) + 4 :]
    return svg


def no_base64(draft: Draft) -> None:
    draft.swap_shown("step-1-do", "text/html", SVG_START, SVG_START + "***")


def picture_file(draft: Draft) -> None:
    draft.swap_shown("step-1-do", "text/html", SVG_START, "images/")


def pixels(draft: Draft) -> None:
    draft.cell("step-1-do")["outputs"][0]["data"]["image/png"] = "iVBORw0KGgo="


def says(text: str, cell: str = "is-it-real") -> Fault:
    return lambda draft: draft.append(cell, f"\n\n{text}")


def result_says(text: str) -> Fault:
    return lambda draft: draft.shows("your-turn-do", text, f"<p>{text}</p>")


def hard_words(draft: Draft) -> None:
    hard = "Heterogeneous municipal administrations systematically underestimate variability."
    draft.append("is-it-real", f"\n\n{' '.join([hard] * 30)}")


def never_fictional(draft: Draft) -> None:
    draft.swap("situation", ", a fictional river city", "")
    for cell in draft.notebook["cells"]:
        for output in cell.get("outputs", ()):
            for mime, text in output["data"].items():
                output["data"][mime] = text.replace("a fictional city", "a city").replace(
                    "Practice: fictional city", "Practice: Fictional city"
                )


def emoji(draft: Draft) -> None:
    draft.swap("question", "# Who dies early?", "# Who dies early? 🚀")


FAULTS: list[tuple[str, str, Fault]] = [
    ("one-h1", "again", second_title),
    ("one-h1", "question", title_comes_late),
    ("one-heading", "going-deeper", two_headings_in_a_cell),
    ("title", "question", long_title),
    ("title", "question", another_title),
    ("heading-order", "situation", sections_swapped),
    ("heading-order", "", section_missing),
    ("heading-order", "more-sources", section_twice),
    ("heading-order", "thanks", section_unknown),
    ("subheadings", "note", level_skipped),
    ("subheadings", "more-exercises", deeper_heading_unknown),
    ("subheadings", "more-exercises", deeper_order),
    ("parts", "more-exercises", deeper_untagged),
    ("parts", "step-1-say", core_hidden_as_deeper),
    ("parts", "talk", session_untagged),
    ("steps", "", steps_with_a_gap),
    ("steps", "", step_not_in_catalog),
    ("steps", "step-1", step_without_code),
    ("core-limits", "", long_core),
    ("core-limits", "", core_minutes),
    ("core-limits", "", core_terms),
    ("core-limits", "", core_figures),
    ("lesson-limits", "", long_lesson),
    ("lesson-limits", "", many_cells),
    ("lesson-limits", "", many_terms),
    ("situation-length", "situation", long_situation),
    ("short-cells", "step-1-do", many_lines),
    ("short-cells", "step-1-do", wide_line),
    ("card", "at-a-glance", no_card),
    ("guess-folded", "guess", open_guess),
    ("core-exercise", "your-turn", second_core_exercise),
    ("core-exercise", "twice", core_exercise_in_code),
    ("deeper-exercises", "going-deeper", one_deeper_exercise),
    ("three-questions", "who-is-missing", two_questions),
    ("bullets", "three-questions", two_bullets),
    ("bullets", "talk", no_prompts),
    ("next-step", "take-it-to-work", no_owner),
    ("next-step", "take-it-to-work", no_memo),
    ("cell-ids", "8d3f21aa", random_id),
    ("cell-ids", "memo", same_id),
    ("executed", "at-a-glance-do", unrun),
    ("executed", "memo", half_run),
    ("executed", "memo", run_out_of_order),
    ("no-magics", "step-1-do", installs),
    ("no-magics", "step-1-do", shell),
    ("no-urls", "sources", link_in_prose),
    ("no-urls", "your-turn-do", link_in_result),
    ("solution-cells", "exercise-b-solution", solution_line),
    ("solution-cells", "exercise-b-solution", solution_open),
    ("solution-cells", "exercise-b-solution", solution_output_open),
    ("solution-cells", "exercise-b-solution", solution_in_book),
    ("solution-cells", "again", solution_unproven),
    ("code-exercises", "exercise-b", output_in_book),
    ("code-exercises", "exercise-b", no_solution),
    ("exercise-ids", "exercise-c", foreign_exercise),
    ("checked", "step-1-do", unchecked),
    ("checked", "your-turn-do", unchecked_by_comment),
    ("no-errors", "step-1-do", error_stored),
    ("no-errors", "step-1-do", warning_stored),
    ("steady-results", "your-turn-do", shows("Made on 2026-11-23, 2 rows.")),
    ("steady-results", "your-turn-do", shows("Made on November 23, 2026")),
    ("steady-results", "your-turn-do", shows("It took 35 ms")),
    ("steady-results", "your-turn-do", shows("Saved at 14:05:09")),
    ("steady-results", "your-turn-do", shows("Saved: /home/ana/my-work/memo.txt")),
    ("steady-results", "your-turn-do", shows("Saved: C:\\Users\\ana\\memo.txt")),
    ("steady-results", "your-turn-do", shows("pandas 3.0.2")),
    ("steady-results", "your-turn-do", shows("<playbook.City object at 0x7f3a2b1c9d10>")),
    ("plain-results", "exercise-c", bare("8.412345")),
    ("plain-results", "exercise-c", bare("np.float64(8.4)")),
    ("plain-results", "exercise-c", bare("{'Eastbank', 'Hills'}")),
    ("plain-results", "exercise-c", bare("<Figure size 640x480 with 1 Axes>")),
    ("plain-results", "exercise-c", bare("array([4.5, 8.4])")),
    ("practice-mark", "memo", memo_title),
    ("practice-mark", "memo", memo_line),
    ("practice-mark", "memo", memo_html),
    ("planted-said", "", planted_unsaid),
    ("alt-text", "step-1-do", alt_missing),
    ("alt-text", "step-1-do", alt("people-by-district-in-port-alder-chart-01.png")),
    ("alt-text", "step-1-do", alt("Bars, 2 of them.")),
    ("alt-text", "step-1-do", alt("Bar chart: people in each district, with the highest first.")),
    ("alt-text", "step-1-do", alt("Bar chart: 2 districts. " * 12)),
    ("figure-table", "step-1-do", no_table),
    ("figure-words", "step-1-do", alt_not_in_words),
    ("picture", "step-1-do", drawn(blank)),
    ("picture", "step-1-do", drawn(lambda svg: svg[:-20])),
    ("picture", "step-1-do", no_base64),
    ("picture", "step-1-do", picture_file),
    ("picture-format", "step-1-do", pixels),
    ("banned-words", "is-it-real", says("Simply look again.")),
    ("banned-words", "is-it-real", says("The most deprived fifth waits.")),
    ("banned-words", "is-it-real", says("Talk to vulnerable populations.")),
    ("banned-words", "your-turn-do", result_says("That was easy.")),
    ("no-exclamation", "is-it-real", says("Look again!")),
    ("no-exclamation", "your-turn-do", result_says("Well done!")),
    ("reading-grade", "is-it-real", hard_words),
    ("sentence-length", "is-it-real", says("We look " + "and look " * 15 + "again.")),
    ("prose-numbers", "is-it-real", says("They wait 8.4 days.")),
    ("prose-numbers", "is-it-real", says("About 23 percent wait.")),
    ("prose-numbers", "is-it-real", says("It costs $1,200 a job.")),
    ("prose-numbers", "is-it-real", says("Between 18 and 41 percent wait.")),
    ("us-spelling", "is-it-real", says("Our neighbourhood waits.")),
    ("us-spelling", "is-it-real", says("They organise it.")),
    ("said-fictional", "", never_fictional),
    ("plain-headings", "question", emoji),
]


@pytest.mark.parametrize(
    ("rule", "cell", "fault"),
    FAULTS,
    ids=[f"{rule}-{number}" for number, (rule, _, _) in enumerate(FAULTS)],
)
def test_one_fault_is_found_by_its_rule_alone(
    draft: Draft, rule: str, cell: str, fault: Fault
) -> None:
    fault(draft)
    found = check_page(draft.page())
    assert {finding.rule for finding in found} == {rule}, "\n".join(map(str, found))
    assert cell in {finding.cell for finding in found}
    for finding in found:
        assert finding.file.endswith("1-who-dies-early.ipynb")
        assert finding.what
        assert finding.fix


def test_every_rule_has_a_fault() -> None:
    names = {rule.__name__.replace("_", "-") for rule in RULES}
    assert names == {rule for rule, _, _ in FAULTS}
