"""The page for whoever hosts: a link for each lesson, and the memory that was measured."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from playbook.learn.catalog import Lesson
from playbook.publish.hosting import HEADROOM, MEASURED, SYSTEM_GB, Trial, links_text, read_trial

from .sources import catalog
from .tables import make_table

PEOPLE = (20, 50, 100)


class HubLinks(SphinxDirective):
    """``{hub-links}``: the nbgitpuller link of each lesson, to be copied as a whole."""

    def run(self) -> list[nodes.Node]:
        """Make the list."""
        text = links_text(catalog(self.env).values())
        return [nodes.literal_block(text, text, language="text")]


class HubMemory(SphinxDirective):
    """``{hub-memory}``: what to plan for, and how it was measured, from `measured.toml`."""

    def run(self) -> list[nodes.Node]:
        """Make the sentences and the two tables."""
        path = Path(self.env.srcdir) / MEASURED
        self.env.note_dependency(str(path))
        trial = read_trial(path)
        return [
            nodes.paragraph("", plan(trial)),
            make_table(("People at once", "Memory to ask for"), asked(trial), "Memory to ask for"),
            nodes.paragraph("", how(trial, catalog(self.env)[trial.lesson])),
            make_table(("What", "Measured"), measured(trial), "What was measured"),
        ]


def plan(trial: Trial) -> str:
    """Say what one person takes, and how many fit in a gigabyte."""
    return (
        f"With a lesson open and run to the end, one person took {trial.memory_mb} MB. That is "
        f"{trial.users_per_gb} people to each GB, with nothing to spare. Some open a second lesson "
        f"or a larger table, so plan with {HEADROOM:g} times as much: {trial.planned_per_gb:g} "
        f"people to each GB. The table adds the hub itself, and {SYSTEM_GB} GB for the system."
    )


def asked(trial: Trial) -> list[tuple[str, str]]:
    """Tell the memory for some numbers of people."""
    return [(str(people), f"{trial.gigabytes(people)} GB") for people in PEOPLE]


def how(trial: Trial, entry: Lesson) -> str:
    """Say what was done to measure it."""
    day = f"{trial.date:%B} {trial.date.day}, {trial.date.year}"
    return (
        f"Measured on {day}: {trial.users} simulated people logged in at the same moment, followed "
        f"the link of lesson {entry.id}, and ran all of it. Real people take minutes, so their "
        f"computing is spread out; the seconds here are the worst case on a small machine."
    )


def measured(trial: Trial) -> list[tuple[str, str]]:
    """Tell each figure with what it is."""
    return [
        ("Memory of one person, on one server", f"{trial.memory_mb} MB"),
        ("The same in a container of its own", f"{trial.alone_mb} MB"),
        ("Memory of the hub and its proxy", f"{trial.hub_mb} MB"),
        ("Login to open lesson", seconds(trial.open_seconds)),
        ("Login to last step", seconds(trial.run_seconds)),
        ("Processor time of one person", f"{trial.cpu_seconds} seconds"),
        ("Machine", trial.machine),
        ("Programs", trial.versions),
        ("Command", trial.command),
    ]


def seconds(values: tuple[int, int]) -> str:
    """Tell the middle person's seconds and the slowest's."""
    return f"{values[0]} seconds for the middle person, {values[1]} for the slowest"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("hub-links", HubLinks)
    app.add_directive("hub-memory", HubMemory)
