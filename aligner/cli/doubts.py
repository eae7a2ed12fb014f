"""What a person should know after a translation: places to look at, the first ones named, and what was left out.

Memory stays flat, however long the stream: only the first few places are kept. Start reading at `Doubts`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aligner.cli.console import printable, remark
from aligner.errors import counted

if TYPE_CHECKING:
    from aligner.documents.layout import Layout
    from aligner.model import Segment
    from aligner.translation import LineReader, Progress, Rendering, Translator

_SERIOUS = ("doubtful", "numbers", "omitted", "terms")
"""The flags (`aligner.translation.Flag`) that ask for a person; what was only copied, split or tried again does not."""
_CHECKS = "checks"
"""The flag in the place of which the checks are named that found something."""
_NAMED = 10
"""How many lines are named."""
_QUOTED, _LONGEST = 4, 60
"""The words and the characters of a sentence that tell where it is."""
_LINE_END = re.compile(r"\r\n|\r|\n")


class Doubts:
    """The doubtful places of one input.

    >>> doubts = Doubts("contrat.txt", "sentence")
    >>> for line, flags in [(1, ()), (12, ("split", "numbers")), (12, ("omitted",)), (40, ("copied",))]:
    ...     doubts.note(f"line {line}", flags)
    >>> doubts.summary
    'contrat.txt: 2 of 4 sentences to look at: line 12 (numbers, omitted)'
    """

    def __init__(self, where: str, unit: str, *, which: str = "") -> None:
        """Count the `unit` (a noun) of an input called `where`; `which` of them, where they are not all."""
        self._where, self._unit, self._which = where, unit, which and f" {which}"
        self._seen = self._found = 0
        self._first: dict[str, list[str]] = {}
        # whether there are places beyond those that are named
        self._more = False

    def note(self, place: str, flags: Sequence[str], checks: Sequence[str] = ()) -> None:
        """Take in what the engine and the checks say of one sentence, or of one line, which is at `place`."""
        self._seen += 1
        if not (serious := dict.fromkeys([*(flag for flag in flags if flag in _SERIOUS), *checks])):
            return
        self._found += 1
        # counted all the same: the sentence says how many there are
        if place not in self._first and len(self._first) == _NAMED:
            self._more = True
            return
        said = self._first.setdefault(place, [])
        said += [flag for flag in serious if flag not in said]

    @property
    def summary(self) -> str:
        """All of it on one line; empty where there is nothing to look at."""
        if not self._found:
            return ""
        places = ", ".join(f"{place} ({', '.join(flags)})" for place, flags in self._first.items())
        more = " …" if self._more else ""
        all_of_them = f"{counted(self._seen, self._unit)}{self._which}"
        return f"{self._where}: {self._found:,} of {all_of_them} to look at: {places}{more}"

    def say(self) -> None:
        """Say it on standard error, if there is anything to say."""
        if self.summary:
            remark(self.summary)


class Watched:
    """A `Translator` of a reader's lines; what is doubtful in them is noted with the number of the line."""

    def __init__(self, translator: Translator, reader: LineReader, doubts: Doubts, languages: tuple[str, str]) -> None:
        self._translator, self._reader, self._doubts, self._languages = translator, reader, doubts, languages

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        """One rendering per line; these must be the last ones that were read."""
        done = self._translator.translate(texts, progress=progress)
        # the reader is ahead by the lines that were just handed over
        first = self._reader.lines - len(texts) + 1
        for line, (text, rendering) in enumerate(zip(texts, done, strict=True), first):
            self._doubts.note(f"line {line:,}", rendering.flags, _checks_of(text, rendering, self._languages))
        return done


def _checks_of(text: str, rendering: Rendering, languages: tuple[str, str]) -> list[str]:
    """The names of the checks that found something in a rendering, where it says that some did."""
    from aligner.checks.run import check_texts
    from aligner.languages import find_pair

    if _CHECKS not in rendering.flags:
        return []
    # of a line of several sentences each was looked at alone
    return check_texts(text, rendering.text, find_pair(*languages)) or [_CHECKS]


def say_doubts(
    where: str,
    text: str,
    segments: Sequence[Segment],
    renderings: Sequence[Rendering | None],
    languages: tuple[str, str],
    layout: Layout | None = None,
) -> None:
    """Say which places of a text to look at; None marks what was left out.

    Without a layout they are the lines of the text, else what the reader of the file says, for the text that was made
    of it has other lines.
    """
    # once for the whole text: a search for each segment would be quadratic in long texts
    ends = [end.end() for end in _LINE_END.finditer(text)]
    doubts = Doubts(where, "sentence")
    for segment, rendering in zip(segments, renderings, strict=True):
        if rendering is not None:
            checks = _checks_of(segment.text, rendering, languages)
            block = layout.block_at(segment.start) if layout else None
            line = f"line {bisect_right(ends, segment.start) + 1:,}"
            doubts.note(_place(block.place, segment.text) if block else line, rendering.flags, checks)
    doubts.say()


def _place(place: str, sentence: str) -> str:
    """A place in a file, with the beginning of the sentence where it is not a line: nobody counts paragraphs.

    >>> _place("page 3", "Le ministre des affaires étrangères est venu hier.")
    'page 3 "Le ministre des affaires …"'
    """
    if not place or place.startswith("line "):
        return place
    words = printable(sentence).split()
    return f'{place} "{" ".join(words[:_QUOTED])[:_LONGEST]}{" …" if len(words) > _QUOTED else ""}"'


def say_left_out(where: str, segments: Sequence[Segment]) -> None:
    """Say how many lines of a text were taken for page furniture, and how to keep them."""
    from aligner.model import Role

    lines = len({segment.paragraph for segment in segments if segment.role is Role.BOILERPLATE})
    if lines:
        keep = "(--keep-boilerplate keeps them)" if lines > 1 else "(--keep-boilerplate keeps it)"
        remark(f"{where}: {counted(lines, 'line')} of page furniture left out {keep}")
