"""``.. measures::``: the measure reference, read from the docstrings without importing anything."""

from __future__ import annotations

import ast
from collections.abc import Collection
from copy import deepcopy
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.ext.napoleon import Config
from sphinx.ext.napoleon.docstring import NumpyDocstring
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import nested_parse_with_titles

PACKAGE = Path("src/playbook/measures")
# The names that a lesson can use, by the module they live in.
NAMES = Path("src/playbook/__init__.py")
HOMES = "_HOMES"
# Plain lists of names: types stay words, so a type is never a broken link.
_STYLE = Config(napoleon_use_param=False, napoleon_use_rtype=False, napoleon_use_ivar=False)
Definition = ast.FunctionDef | ast.ClassDef


class Measures(SphinxDirective):
    """A section a module, an entry a public name."""

    def run(self) -> list[nodes.Node]:
        """Write reStructuredText and have it parsed here."""
        source = Path(self.env.srcdir)
        self.env.note_dependency(str(source / NAMES))
        names = names_of_lessons((source / NAMES).read_text(encoding="utf-8"))
        lines: list[str] = []
        for path in sorted((source / PACKAGE).glob("*.py")):
            self.env.note_dependency(str(path))
            lines += module_lines(path, names.get(f"{PACKAGE.name}.{path.stem}", ()))
        holder = nodes.section()
        holder.document = self.state.document
        nested_parse_with_titles(self.state, StringList(lines, source=str(PACKAGE)), holder)
        return holder.children


def names_of_lessons(source: str) -> dict[str, tuple[str, ...]]:
    """Read which names each module gives to lessons, from the table in the root package."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == HOMES:
            return ast.literal_eval(node.value)
    raise LookupError(f"{NAMES} has no table {HOMES}")


def module_lines(path: Path, names: Collection[str]) -> list[str]:
    """Describe the named parts of a module in reStructuredText.

    Parameters
    ----------
    path
        The module.
    names
        Names that lessons use; the others are inner parts.
    """
    if not names:
        return []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    described = [node for node in tree.body if getattr(node, "name", "") in names]
    title = path.stem.replace("_", " ").capitalize()
    lines = [title, "=" * len(title), "", *_docstring(tree), ""]
    for definition in described:
        is_class = isinstance(definition, ast.ClassDef)
        kind = "py:class" if is_class else "py:function"
        lines += [f".. {kind}:: pb.{definition.name}{_arguments(definition)}", ""]
        lines += [f"   {line}".rstrip() for line in _folded(definition)] + [""]
    return lines


def _folded(definition: Definition) -> list[str]:
    """Keep the first sentence in sight, and fold the rest: so the page can be looked through."""
    lines = _docstring(definition)
    end = lines.index("") if "" in lines else len(lines)
    if not any(lines[end:]):
        return lines
    words = f"pb.{definition.name}: details, source, example"
    return [
        *lines[:end],
        *("", ".. raw:: html", "", f'   <details class="fold"><summary>{words}</summary>'),
        *lines[end:],
        *("", ".. raw:: html", "", "   </details>"),
    ]


def _docstring(node: ast.Module | Definition) -> list[str]:
    return str(NumpyDocstring(ast.get_docstring(node) or "", _STYLE)).splitlines()


def _arguments(definition: Definition) -> str:
    if isinstance(definition, ast.ClassDef):
        return ""
    bare = deepcopy(definition.args)
    for argument in (*bare.posonlyargs, *bare.args, *bare.kwonlyargs):
        # The text below tells the types, in words.
        argument.annotation = None
    return f"({ast.unparse(bare)})"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("measures", Measures)
