"""Search words: each is cut to its stem once a build, not once a page."""

from __future__ import annotations

from functools import cache

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish


class EnglishOnce(SearchEnglish):
    """English as Sphinx has it; its own memory of stems begins anew on each page."""

    def init(self, options: dict[str, str]) -> None:
        """Begin with no stems."""
        super().init(options)
        self.stem = cache(super().stem)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_search_language(EnglishOnce)
