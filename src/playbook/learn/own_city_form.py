"""The live form of the page *Your own city*: every control labeled, nothing stored unasked."""

from __future__ import annotations

from html import escape
from typing import Any

from playbook.city.labels import listed
from playbook.city.own import choose_city, chosen_city, new_city
from playbook.city.report import Report
from playbook.city.small_count_rules import DEFAULT, RULES
from playbook.city.sources.source import Choices
from playbook.city.store import add_contents
from playbook.city.tables import PORT_ALDER, load_city, own_cities
from playbook.errors import PlaybookError
from playbook.learn.city_files import (
    ColumnQuestion,
    LabelQuestion,
    check_upload,
    column_questions,
    header_of,
    kinds_of_tables,
    label_questions,
)
from playbook.learn.city_status import status_text

PRIVATE = "Your files stay on this computer. Nothing is sent anywhere."
FILES = ".csv,.tsv,.txt,.xlsx,.json,.pb"
STATES = tuple(
    state
    for line in (
        "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE",
        "NV NH NJ NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY",
    )
    for state in line.split()
)


class Form:
    """The live form: every control has a label, and each result is told to a screen reader.

    Parameters
    ----------
    files_html
        The list of files to ask for.
    """

    def __init__(self, files_html: str = "") -> None:
        import ipywidgets as widgets

        self._widgets = widgets
        self.city = self._list("City:", self._cities(), chosen_city())
        self.use = widgets.Button(description="Use this city", tooltip="Lessons show this city")
        self.name = widgets.Text(description="Name:", **self._look())
        self.state = self._list("State:", [("Not said", ""), *((one, one) for one in STATES)], "")
        self.county = widgets.Text(
            description="County code:", placeholder="Five digits, such as 29510", **self._look()
        )
        self.areas = self._list(
            "Places are:",
            [("Census tracts", "tracts"), ("Our own neighborhoods", "neighborhoods")],
            "tracts",
        )
        rules = [(f"Not sure: hide 1 to {DEFAULT.below - 1}", "")]
        rules += [(one.label, key) for key, one in RULES.items()]
        self.rule = self._list("Whose rule on small counts:", rules, "")
        self.make = widgets.Button(description="Make my city", tooltip="Make it and use it")
        self.file = widgets.FileUpload(accept=FILES, multiple=False, description="Choose a file")
        self.kind = self._list("What it holds:", kinds_of_tables(), "")
        self.columns = widgets.VBox()
        self.labels = widgets.VBox()
        self.leave_out = widgets.SelectMultiple(
            description="Columns not to read:", options=(), rows=4, **self._look()
        )
        self.check = widgets.Button(description="Check the file", tooltip="Nothing is stored yet")
        self.add = widgets.Button(
            description="Add to my city", tooltip="Store what the report says", disabled=True
        )
        self.said_of_city, self.said_of_file = widgets.HTML(), widgets.HTML()
        self.status = widgets.HTML()
        self._column_questions: list[ColumnQuestion] = []
        self._label_questions: list[LabelQuestion] = []
        self._connect()
        self._show_status()
        self.box = widgets.VBox(
            [
                *(self._title("1. Your city"), self.city, self.use),
                *(self._title("Or make a new one"), self.name, self.state, self.county),
                *(self.areas, self.rule, self.make, self.said_of_city),
                *(self._title("2. A file"), widgets.HTML(escape(PRIVATE)), self.file, self.kind),
                *(self.columns, self.labels, self.leave_out),
                *(self.check, self.add, self.said_of_file),
                *(self._title("3. What runs now"), self.status, widgets.HTML(files_html)),
            ]
        )

    def choices(self) -> Choices:
        """Return what the reader has decided about the file."""
        columns = {
            question.column: box.value
            for question, box in zip(self._column_questions, self.columns.children, strict=True)
            if box.value
        }
        labels: dict[str, dict[str, str]] = {}
        for question, box in zip(self._label_questions, self.labels.children, strict=True):
            if box.value:
                labels.setdefault(question.column, {})[question.theirs] = box.value
        return Choices(
            table=self.kind.value,
            columns=columns,
            leave_out=tuple(self.leave_out.value),
            labels=labels,
        )

    def _connect(self) -> None:
        self.use.on_click(lambda _: self._try(self.said_of_city, self._use))
        self.make.on_click(lambda _: self._try(self.said_of_city, self._make))
        for control in (self.file, self.kind):
            control.observe(lambda _: self._try(self.said_of_file, self._ask), names="value")
        self.leave_out.observe(lambda _: self._not_checked(), names="value")
        self.check.on_click(lambda _: self._try(self.said_of_file, self._check))
        self.add.on_click(lambda _: self._try(self.said_of_file, self._add))

    def _try(self, place: Any, action: Any) -> None:
        """Do something and say how it went, in plain words."""
        try:
            said = action()
        except PlaybookError as problem:
            self._not_checked()
            said = str(problem)
        lines = "<br>".join(escape(line) for line in said.splitlines())
        place.value = f"<div class='pb-feedback' role='status'>{lines}</div>"

    def _use(self) -> str:
        choose_city(self.city.value)
        self._not_checked()
        self._show_status()
        return f"Lessons now show {load_city(self.city.value).name}. Open a lesson and run it anew."

    def _make(self) -> str:
        folder = new_city(
            self.name.value.strip(),
            state=self.state.value,
            county=self.county.value.strip(),
            areas=self.areas.value,
            small_counts=self.rule.value,
        )
        self.city.options = self._cities()
        self.city.value = folder.name
        self._not_checked()
        self._show_status()
        city = load_city(folder.name)
        return f"{city.name} is there. {city.small_counts.words} Now choose a file."

    def _ask(self) -> str:
        """Ask which column is which, then what the city's own labels mean."""
        self._not_checked()
        header: tuple[str, ...] = ()
        self._column_questions = []
        if self.file.value:
            name, content = self._chosen()
            header = header_of(name, content)
            self._column_questions = column_questions(name, content, self.kind.value)
        self.leave_out.options = header
        options = [("Not in this file", ""), *((one, one) for one in header)]
        self.columns.children = tuple(
            self._list(f"{one.words}:", options, one.guess) for one in self._column_questions
        )
        for box in self.columns.children:
            box.observe(lambda _: self._try(self.said_of_file, self._ask_labels), names="value")
        return self._ask_labels()

    def _ask_labels(self) -> str:
        self._not_checked()
        self._label_questions, self.labels.children = [], ()
        if not self.file.value:
            return ""
        name, content = self._chosen()
        columns = self.choices().columns
        self._label_questions = label_questions(name, content, self.kind.value, columns)
        self.labels.children = tuple(
            self._list(
                f'"{one.theirs}" is:',
                [("Leave as it is", ""), *((o, o) for o in one.ours)],
                one.guess,
            )
            for one in self._label_questions
        )
        for box in self.labels.children:
            box.observe(lambda _: self._not_checked(), names="value")
        return f"{name} is chosen. Now check it."

    def _check(self) -> str:
        name, content = self._chosen()
        answers = zip(self._column_questions, self.columns.children, strict=True)
        open_ = [one.words for one, box in answers if one.needed and not box.value]
        if open_:
            raise PlaybookError(
                f"Nobody has said yet which column holds {listed(open_)}.",
                fix="Choose it above. If the file has none, ask whoever sent it.",
            )
        report = check_upload(name, content, self._own(), self.choices())
        self.add.disabled = report.level == "stop"
        return f"{report}\n\nNothing is stored yet."

    def _add(self) -> str:
        name, content = self._chosen()
        report: Report = add_contents([(name, content)], self._own(), self.choices())
        self._not_checked()
        self._show_status()
        kept = ", ".join(report.tables)
        return f"Added: {report.rows_kept:,} rows of {name}. Your city now has: {kept}."

    def _own(self) -> str:
        key: str = self.city.value
        if key == PORT_ALDER:
            raise PlaybookError(
                "Port Alder is the teaching city; its tables stay as they are.",
                fix='Make your city first: type its name and choose "Make my city".',
            )
        return key

    def _chosen(self) -> tuple[str, bytes]:
        if not self.file.value:
            raise PlaybookError(
                "There is no file yet.", fix='Choose one with the button "Choose a file".'
            )
        file = self.file.value[0]
        return str(file["name"]), bytes(file["content"])

    def _not_checked(self) -> None:
        self.add.disabled = True

    def _show_status(self) -> None:
        lines = status_text(load_city(self.city.value)).splitlines()
        self.status.value = f"<div role='status'>{'<br>'.join(map(escape, lines))}</div>"

    @staticmethod
    def _cities() -> list[tuple[str, str]]:
        return [(load_city(key).name, key) for key in (PORT_ALDER, *own_cities())]

    def _look(self) -> dict[str, Any]:
        layout = self._widgets.Layout(width="auto", max_width="34em")
        return {"style": {"description_width": "auto"}, "layout": layout}

    def _list(self, label: str, options: list[tuple[str, str]], value: str) -> Any:
        return self._widgets.Dropdown(
            description=label, options=options, value=value, **self._look()
        )

    def _title(self, words: str) -> Any:
        return self._widgets.HTML(f"<strong>{escape(words)}</strong>")
