"""Empty tables to send to whoever keeps the records: the columns that a lesson needs, as CSV."""

from __future__ import annotations

import csv
import difflib
import io
from importlib.resources import files

from playbook.city.contract import TableContract, load_contract
from playbook.city.sources.plain_columns import bringable
from playbook.errors import PlaybookError
from playbook.home import data_folder

# Layouts that are no table of the lessons: a reader makes one of them.
_OF_THEIR_OWN = ("homeless_services", "survey_codebook")


def template_names() -> tuple[str, ...]:
    """Return the names of all templates.

    Examples
    --------
    >>> "homeless_services" in template_names(), "hmis_enrollments" in template_names()
    (True, False)
    """
    tables = [name for name in load_contract(data_folder()) if bringable(name)]
    return (*_OF_THEIR_OWN, *tables)


def template(name: str) -> str:
    r"""Give an empty table as CSV: lines that explain it, and the names of its columns.

    The lines above the columns do no harm when the filled table is added.

    Parameters
    ----------
    name
        One of `template_names`.

    Raises
    ------
    PlaybookError
        When there is no such template.

    Examples
    --------
    >>> template("population_age").splitlines()[-1]
    'neighborhood_id,age_group,population'
    """
    if name in _OF_THEIR_OWN:
        folder = files("playbook.city") / "templates"
        return (folder / f"{name}.csv").read_text(encoding="utf-8")
    if name not in template_names():
        near = difflib.get_close_matches(name, template_names(), n=1, cutoff=0)
        raise PlaybookError(
            f'There is no template called "{name}".',
            fix=f"The nearest is {near[0]}. There are: {', '.join(template_names())}.",
        )
    return _of_table(load_contract(data_folder())[name])


def _of_table(contract: TableContract) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow([f"{contract.title}. {contract.bring}"])
    writer.writerow(["Write <11 where a count of people is 1 to 10. No names, no row a person."])
    for field in contract.fields:
        allowed = f" One of: {'; '.join(str(label) for label in field.enum)}." if field.enum else ""
        may = " May stay empty." if field.optional or not field.required else ""
        writer.writerow([f"{field.title} = {field.description}{allowed}{may}"])
    out.write(",".join(contract.names) + "\n")
    return out.getvalue()
