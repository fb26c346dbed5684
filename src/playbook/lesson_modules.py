"""Modules that belong to one lesson each, found by their names."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def lesson_modules(package: ModuleType) -> dict[str, ModuleType]:
    """Import the modules of a package that are named ``lesson_3_1``, by lesson id.

    A new lesson adds its module, and no list elsewhere has to be kept.

    Examples
    --------
    >>> from playbook.learn import bank
    >>> list(lesson_modules(bank))[:1]
    ['0.1']
    """
    names = [info.name for info in pkgutil.iter_modules(package.__path__)]
    found = [name.removeprefix("lesson_") for name in names if name.startswith("lesson_")]
    ids = sorted(found, key=lambda name: [int(part) for part in name.split("_")])
    return {
        name.replace("_", "."): importlib.import_module(f"{package.__name__}.lesson_{name}")
        for name in ids
    }
