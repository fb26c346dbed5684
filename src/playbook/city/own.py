"""Cities of one's own: make one, and choose the city that lessons use."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from playbook.city.labels import clean, listed
from playbook.city.profile import Profile, write_profile
from playbook.city.tables import PORT_ALDER, own_cities
from playbook.errors import PlaybookError
from playbook.files import replace_safely
from playbook.home import work_folder


def city_key(name: str) -> str:
    """Turn a city's name into the name of its folder.

    Raises
    ------
    PlaybookError
        When the name has no letter from A to Z and no digit, or is the teaching city's.

    Examples
    --------
    >>> city_key("San José, CA")
    'san-jose-ca'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:60].strip("-")
    if not key:
        raise PlaybookError(
            f'I can\'t make a folder name from "{clean(name)}".',
            fix="Write its name with letters from A to Z, such as: playbook city new boston.",
        )
    if key == PORT_ALDER:
        raise PlaybookError(
            "Port Alder is the teaching city, and is always there.",
            fix="Give your city its own name, such as: playbook city new boston.",
        )
    return key


def city_folder(key: str) -> Path:
    """Folder of a city of one's own, whether it exists or not."""
    return work_folder() / "cities" / key


def new_city(
    name: str,
    *,
    state: str = "",
    county: str = "",
    areas: str = "tracts",
    small_counts: str = "",
) -> Path:
    """Make a city of one's own and choose it for the lessons.

    A city that exists already is kept as it is, with its tables.

    Parameters
    ----------
    name
        The city's name, as it should read in lessons. All in small letters, it gets capitals.
    state
        Two letters, such as ``"MO"``.
    county
        Code of the county, five digits with the state's, such as ``"29510"``.
    areas
        Whether places are census tracts or the city's own neighborhoods.
    small_counts
        Key of the rule for small counts that the city follows.

    Returns
    -------
    Path
        Its folder, with ``city.toml``.
    """
    key = city_key(name)
    folder = city_folder(key)
    if key not in own_cities():
        title = _as_title(name)
        write_profile(folder, Profile(title, key, state, county, areas, small_counts))
    choose_city(key)
    return folder


def choose_city(key: str) -> None:
    """Let lessons use a city from now on.

    Raises
    ------
    PlaybookError
        When there is no such city.
    """
    if key != PORT_ALDER:
        require_own(key)
    replace_safely(work_folder() / "city.txt", f"{key}\n")


def chosen_city() -> str:
    """Return the key of the city that lessons use.

    ``PLAYBOOK_CITY`` when it is set; else the city last chosen; else ``"port-alder"``.

    Raises
    ------
    PlaybookError
        When that city does not exist.
    """
    note = work_folder() / "city.txt"
    stored = note.read_text(encoding="utf-8", errors="replace").strip() if note.is_file() else ""
    key = os.environ.get("PLAYBOOK_CITY", "").strip() or stored or PORT_ALDER
    if key != PORT_ALDER:
        require_own(key)
    return key


def require_own(key: str) -> None:
    """Ask that a key is that of a city of one's own.

    Raises
    ------
    PlaybookError
        When it is Port Alder's, or nobody's.
    """
    if key == PORT_ALDER:
        raise PlaybookError(
            "Port Alder is the teaching city; its tables stay as they are.",
            fix="Make a city of your own first, such as: playbook city new boston.",
        )
    if key not in own_cities():
        known = listed((PORT_ALDER, *own_cities()))
        raise PlaybookError(
            f'There is no city called "{clean(key)}" here. I know {known}.',
            fix="Type one of these, or make the city: playbook city new and its name.",
        )


def _as_title(name: str) -> str:
    words = clean(name).split(" ")
    # Both names of winston-salem get their capital.
    capital = ["-".join(part.capitalize() for part in word.split("-")) for word in words]
    title = " ".join(capital if name.islower() else words)
    # Whoever types st-louis means the saint.
    return re.sub(r"^St-(?=[A-Z])", "St. ", title) if name.islower() else title
