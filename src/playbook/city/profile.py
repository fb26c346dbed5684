"""What a city of one's own says of itself: the file `city.toml` in its folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playbook.city.small_count_rules import rule
from playbook.errors import PlaybookError
from playbook.files import replace_safely

PROFILE_NAME = "city.toml"
Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Profile:
    """A city, as its own people describe it.

    Parameters
    ----------
    name
        As it should read in lessons.
    key
        Name of its folder.
    state
        Two letters, such as ``"MO"``; empty while unknown.
    county
        Five digits, state and county, such as ``"29510"``; empty while unknown, or when the city
        lies in several.
    areas
        Whether places are census tracts or the city's own neighborhoods.
    small_counts
        Key of the rule for small counts that the city follows.
    columns
        The file's own name of a column by the lessons' name of it, per table: what was confirmed.
    labels
        The lessons' label by the city's own one, per column.
    """

    name: str
    key: str
    state: str = ""
    county: str = ""
    areas: str = "tracts"
    small_counts: str = ""
    columns: Texts = field(default_factory=dict)
    labels: Texts = field(default_factory=dict)


def read_profile(folder: Path) -> Profile:
    """Read a city's `city.toml`.

    Raises
    ------
    PlaybookError
        When it can't be read, names no city, or an entry is not what it should be.
    """
    path = folder / PROFILE_NAME
    where = f"{folder.name}/{PROFILE_NAME}"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlaybookError(
            f"This file can't be read: {error}.",
            where=where,
            fix="Undo the last change to it. Earlier copies are in the folder older. Or make the "
            "city anew with `playbook city new`.",
        ) from None
    name = found.get("name")
    if not isinstance(name, str) or not name.strip():
        raise PlaybookError(
            f"The file city.toml of {folder.name} does not say what the city is called.",
            where=where,
            fix='It needs a line such as: name = "Boston". Or make the city anew with '
            "`playbook city new`.",
        )
    for entry in ("state", "county", "areas", "small_counts"):
        if not isinstance(found.get(entry, ""), str):
            raise _misfit(where, entry, "a text between quotes", found[entry])
    profile = Profile(
        name.strip(),
        folder.name,
        found.get("state", ""),
        found.get("county", ""),
        found.get("areas", "tracts"),
        found.get("small_counts", ""),
        _texts(found, "columns", where),
        _texts(found, "labels", where),
    )
    _require_sound(profile, where)
    return profile


def write_profile(folder: Path, profile: Profile) -> None:
    """Write a city's `city.toml`. What its people added by hand, comments too, stays as it is.

    Raises
    ------
    PlaybookError
        When an entry is not what it should be.
    """
    import tomlkit

    _require_sound(profile, PROFILE_NAME)

    path = folder / PROFILE_NAME
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    document = tomlkit.parse(text)
    for entry in ("name", "key", "state", "county", "areas", "small_counts"):
        value = getattr(profile, entry)
        if value and document.get(entry) != value:
            document[entry] = value
    for entry in ("columns", "labels"):
        for part, texts in getattr(profile, entry).items():
            if dict(document.get(entry, {}).get(part, {})) != dict(texts):
                document.setdefault(entry, tomlkit.table(is_super_table=True))[part] = dict(texts)
    replace_safely(path, tomlkit.dumps(document))


def _require_sound(profile: Profile, where: str) -> None:
    if profile.areas not in ("tracts", "neighborhoods"):
        raise _misfit(where, "areas", '"tracts" or "neighborhoods"', profile.areas)
    if profile.state and not re.fullmatch(r"[A-Z]{2}", profile.state):
        raise _misfit(where, "state", 'two capital letters, such as "MO"', profile.state)
    if profile.county and not re.fullmatch(r"\d{5}", profile.county):
        wanted = "five digits, the state's two and the county's three, such as \"29510\""
        raise _misfit(where, "county", wanted, profile.county)
    # Names the rules that there are.
    rule(profile.small_counts)


def _texts(found: Mapping[str, Any], entry: str, where: str) -> Texts:
    """Read a table of tables of texts."""
    parts = found.get(entry, {})
    if not isinstance(parts, dict):
        raise _misfit(where, entry, f"a part that begins with [{entry}.NAME]", parts)
    for part, texts in parts.items():
        if not isinstance(texts, dict) or not all(isinstance(one, str) for one in texts.values()):
            raise _misfit(where, f"{entry}.{part}", 'lines such as "ours" = "theirs"', texts)
    return parts


def _misfit(where: str, entry: str, wanted: str, seen: object) -> PlaybookError:
    return PlaybookError(
        f'The entry {entry} should be {wanted}. It is "{str(seen)[:60]}".',
        where=where,
        fix="Change that line, or take it out.",
    )
