"""What the book computes while it is built: menus, cards, session pages, data cards, measures.

Everything comes from one source: `notebooks/lessons.toml`, the stored lessons, `data/` and the
docstrings of `playbook.measures`. Nothing here runs a lesson or loads pandas.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from playbook.publish.contents import check_contents

from . import (
    cards,
    cohort,
    crosswalk,
    data_cards,
    exchange,
    folds,
    hosting,
    lesson_actions,
    materials,
    measures,
    modules,
    page,
    pathways,
    plan,
    plays,
    port_alder,
    search_words,
    session,
    tables,
    ways,
)

_LOG = logging.getLogger(__name__)


def warn_about_contents(app: Sphinx) -> None:
    """Turn the build red for a page nobody can reach, or a lesson that is not listed."""
    for problem in check_contents(Path(app.srcdir)):
        _LOG.warning(problem)


def setup(app: Sphinx) -> dict[str, object]:
    """Register everything with Sphinx."""
    # Jupyter Book passes this value for an extension that we do not load.
    app.add_config_value("comments_config", {}, "")
    app.connect("builder-inited", warn_about_contents)
    for part in (
        page,
        tables,
        folds,
        cards,
        ways,
        pathways,
        cohort,
        plan,
        modules,
        plays,
        crosswalk,
        session,
        data_cards,
        measures,
        port_alder,
        materials,
        exchange,
        lesson_actions,
        hosting,
        search_words,
    ):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
