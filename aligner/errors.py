"""One family of errors: every message says what happened, where, and what to try.

The command line prints an error as one sentence and leaves with its ``exit_code``:

====  =====================================================================
0     fine
1     problems found (some documents failed, findings, scores below a limit)
2     bad input: a file, an option or a document that cannot be used as given
3     environment: no model, no disk space, no permission, no network
====  =====================================================================

Start reading at `AlignerError`; the subclasses differ only in their exit code.
"""

from __future__ import annotations

import re
from pathlib import Path

_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
"""What would break a line, steer a terminal, or turn the direction of what follows."""
_LONGEST = 300
"""Characters of a part of a sentence; what a file says may be longer."""

FINE, PROBLEMS, BAD_INPUT, ENVIRONMENT = 0, 1, 2, 3


class AlignerError(Exception):
    """What happened, where, and what to try.

    >>> print(InputError("the document is empty", where="corpus/fr/a.txt", hint="add some text"))
    corpus/fr/a.txt: the document is empty; add some text
    """

    exit_code = BAD_INPUT

    def __init__(self, what: str, *, where: str | Path | None = None, hint: str | None = None) -> None:
        # Apart, so that a caller can say where it was in its own words. The reasons that libraries give, and what is
        # quoted of a file, may have any character in them.
        self.what, self.where, self.hint = _one_line(what), where, hint
        super().__init__(self.what)

    def __str__(self) -> str:
        """The whole sentence on one line: ``where: what; hint``."""
        where = "" if self.where is None else f"{_UNPRINTED.sub(' ', str(self.where))}: "
        hint = "" if self.hint is None else f"; {_one_line(self.hint)}"
        return f"{where}{self.what}{hint}"


def _one_line(text: str) -> str:
    """A text on one line, its middle left out where it is long: the end often says what is wrong."""
    line = _UNPRINTED.sub(" ", text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"


class InputError(AlignerError):
    """A file, a document or an option cannot be used as given (exit code 2)."""


class EnvironmentProblem(AlignerError):
    """The machine lacks something: a model, disk space, a permission, the network (exit code 3)."""

    exit_code = ENVIRONMENT


def counted(count: int, noun: str, nouns: str = "") -> str:
    """A number and what is counted, in the singular or the plural (`nouns`; without it `noun` with an *s*).

    >>> counted(1, "segment"), counted(12_000, "segment"), counted(0, "pair of files", "pairs of files")
    ('1 segment', '12,000 segments', '0 pairs of files')
    """
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
