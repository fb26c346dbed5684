"""The one error that a learner meets: what happened, where, and what to do now."""

from __future__ import annotations


class PlaybookError(Exception):
    """A problem told in plain words.

    Parameters
    ----------
    what
        What happened, with the value seen. One or two short sentences.
    fix
        What to do now, and one more way out.
    where
        File, row, cell or exercise it happened in. Empty when `what` says it.

    Examples
    --------
    >>> from playbook.errors import PlaybookError
    >>> print(PlaybookError("I can't find a column called ward.", fix="Rename WARD_NO to ward."))
    I can't find a column called ward.
    What to do now: Rename WARD_NO to ward.
    """

    def __init__(self, what: str, *, fix: str, where: str = "") -> None:
        super().__init__(what, fix, where)
        self.what = what
        self.fix = fix
        self.where = where

    def __str__(self) -> str:
        lines = [self.what, f"What to do now: {self.fix}"]
        if self.where:
            lines.insert(0, f"In {self.where}:")
        return "\n".join(lines)

    def _render_traceback_(self) -> list[str]:
        """Show a learner the plain lines only; runners still see an error."""
        return str(self).splitlines()
