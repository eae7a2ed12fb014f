"""Translating a stream of lines in flat memory: one line out for every line in, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from aligner.translate.interface import Progress, Translator

LINES_AT_ONCE = 4096
"""Enough to sort lines by length to good effect, few enough for little memory."""


def translate_lines(
    lines: Iterable[str],
    translator: Translator,
    *,
    at_once: int = LINES_AT_ONCE,
    progress: Progress | None = None,
) -> Iterator[str]:
    """Translate lines as they come; yields as many, without line ends, in the same order.

    `at_once` lines are read and translated together. `progress` is told the lines done, twice: how many there will
    be is not known.
    """
    stream = iter(lines)
    done = 0
    while chunk := list(islice(stream, at_once)):
        for rendering in translator.translate(chunk):
            yield rendering.text
        done += len(chunk)
        if progress:
            progress(done, done)
