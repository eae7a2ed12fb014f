r"""Hard-wrapped texts: lines that end where the page was full, not where a paragraph does.

    "Chaque matin, M.\nDurand se mettait au tra-\nvail."  ──unwrap──▶  "Chaque matin, M. Durand se mettait au travail."

Books of Project Gutenberg, licences, mail and scanned pages come so. `is_wrapped` recognises them: lines of nearly
equal length, on which sentences go on in small letters. `unwrap` joins the lines of each paragraph into one and
remembers where everything was, so that segments of the joined text can say where they are in the file
(`Unwrapped.span`).

Only what goes on is joined: verse, lists, tables, indented lines, headings and addresses stay lines (`_Page.goes_on`).
A word divided at a line end is closed, a real hyphen stays: the text itself and a word list decide (`hyphens`).
Start reading at `unwrap`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from aligner.text.hyphens import Divided

NARROWEST, WIDEST = 25, 120
"""How wide, in characters, the page of a hard-wrapped text may be."""
FULL = 0.9
"""A line is full when the next word would have brought it beyond this share of the width."""
SHORT = 0.8
"""A line is short when even with the next word it would have stayed below this share of the width."""
_FEW = 20
"""Fewer pairs of lines must be plainer about it."""
_SAMPLE = 4_000
"""How many lines tell whether a text is wrapped."""

_LINE = re.compile("([^\n\r\x0b\x0c\x85\u2028\u2029]*)(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|$)")
_INDENT = re.compile(r"((?:>[ ]?)*)([^\S\n]*)")
_LABEL = re.compile(
    r"(?:[•‣◦·–—]|--+)\s*"
    r"|(?:[-*+]|\(?[0-9]{1,3}[.)]|\(?[^\W\d_][.)]|\[(?:[0-9]{1,3}|\*+)\]|§|Art(?:icle|\.)\s[0-9]\S*)\s+"
)
_ENDED = re.compile(r"[.?!…:;。！？؟।։።][\"'”’»)\]*_]*(?:\[?\d*\]?)$|[»”]$|;\s(?:and|or|et|ou)$")
_COLUMNS = re.compile(r"\t|\S {3,}\S|^\||\|$")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
_PAUSE = re.compile(r"[,;.!?…，。、；](?=\s|[\u2e80-\u9fff]).")
"""A mark inside a line: prose has one in every other line, lists and verse without full stops hardly any."""
_CLOSING = "。，、；：？！）」』》”"
_OPENING = "«“‘\"'‹„([_*¿¡ \xa0\u202f—–-"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the text without the space around it."""

    text: str
    start: int
    """Where its first character is, behind marks of quoted mail and indentation."""
    indent: int
    quote: str
    """The marks of quoted mail before it: ``> >``."""

    @property
    def length(self) -> int:
        """Its columns: Chinese characters and the like take two."""
        return len(self.text) + len(_WIDE.findall(self.text)) + self.indent + len(self.quote)

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def goes_on(self) -> bool:
        """Whether it begins in the middle of a sentence, by its first letter: a small one, or of a script without."""
        if _LABEL.match(self.text):
            return False
        first = self.text.lstrip(_OPENING)[:1]
        return self.text[0] in _CLOSING or (first.isalpha() and not first.isupper() and not first.istitle())

    @property
    def is_ended(self) -> bool:
        return _ENDED.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text with its paragraphs on one line each, and the way back to the text that it was."""

    text: str
    joined: Sequence[int]
    """Where the stretches begin, in the joined text, that were taken over as they are …"""
    original: Sequence[int]
    """… and where they begin in the original."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the joined text, without space at its ends, is in the original."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, position: int) -> int:
        index = bisect_right(self.joined, position) - 1
        return self.original[index] + position - self.joined[index]


def is_wrapped(text: str) -> bool:
    r"""Whether the lines of a text end where the page was full.

    >>> is_wrapped("Un.\nDeux.\nTrois.")
    False
    """
    return _Page(_lines(text, _SAMPLE)).is_wrapped


def unwrap(text: str) -> Unwrapped:
    r"""Join the lines of each paragraph, as the text's own layout tells them; other line ends stay.

    >>> unwrap("Chaque matin, M.\nDurand se mettait au tra-\nvail.").text
    'Chaque matin, M. Durand se mettait au travail.'
    """
    lines = list(_lines(text))
    page, divided = _Page(lines), Divided(text)
    parts: list[str] = []
    joined, original = [0], [0]
    size, begun = 0, 0
    for before, after in pairwise(lines):
        if not page.goes_on(before, after):
            continue
        kept, joint = before.end, " "
        if divided_word := divided.joint(before.text, after.text):
            kept, joint = before.end - divided_word.dropped, ""
        # Chinese and Japanese have no spaces between words
        elif _WIDE.match(before.text[-1]) and _WIDE.match(after.text):
            joint = ""
        parts += [text[begun:kept], joint]
        size += kept - begun + len(joint)
        begun = after.start
        joined.append(size)
        original.append(begun)
    parts.append(text[begun:])
    return Unwrapped("".join(parts), joined, original)


def _lines(text: str, most: int | None = None) -> Iterator[_Line]:
    """The lines of a text; one of nothing but space has an empty text."""
    for number, match in enumerate(_LINE.finditer(text)):
        if number == most or match.start() == len(text):
            return
        line = match.group(1)
        lead = _INDENT.match(line.replace("\ufeff", " ")) if line else None
        quote, space = (lead.group(1), lead.group(2)) if lead else ("", "")
        begin = len(quote) + len(space)
        yield _Line(line[begin:].rstrip(), match.start() + begin, len(space), quote)


@dataclass
class _Page:
    """What the lines of a text tell about its layout."""

    lines: Iterable[_Line]

    def __post_init__(self) -> None:
        self.blocks = [list(block) for filled, block in groupby(self.lines, lambda line: bool(line.text)) if filled]
        self.margin = min((line.indent for block in self.blocks for line in block), default=0)

    @cached_property
    def _prose(self) -> dict[int, bool]:
        """Of each line, by where it starts, whether its block is prose."""
        return {line.start: prose for block in self.blocks for prose in [self._reads_as_prose(block)] for line in block}

    @cached_property
    def width(self) -> int:
        """How long its lines may be: the longest, one in 33 left aside; a word alone (an address) does not count.

        Nor do lines that are far too long, a tenth at most: notes and captions that someone put in later.
        """
        lines = [line for block in self.blocks for line in block if " " in line.text or _WIDE.search(line.text)]
        lengths = sorted(line.length for line in lines)
        page = [length for length in lengths if length <= WIDEST]
        lengths = page if len(page) >= 0.9 * len(lengths) else lengths
        return lengths[-1 - len(lengths) // 33] if lengths else 0

    @cached_property
    def is_wrapped(self) -> bool:
        """Whether its lines end where the page was full: most are, and sentences go on behind them."""
        if not NARROWEST <= self.width <= WIDEST:
            return False
        pairs = [pair for block in self.blocks for pair in pairwise(block) if self._may_go_on(*pair)]
        full = [pair for pair in pairs if self._reach(*pair) > FULL * self.width]
        going = [pair for pair in pairs if pair[1].goes_on and not pair[0].is_ended]
        both = [pair for pair in going if self._reach(*pair) > FULL * self.width]
        if sum(before.text.endswith(",") for before, _ in both) > len(both) / 2:
            return False  # a list
        paused = sum(_PAUSE.search(before.text) is not None for before, _ in both)
        alike = Counter(after.text.split()[0] for _, after in both).most_common(1)[0][1] if both else 0
        if 5 * paused < len(both) or (alike > len(both) / 2 and alike > 1):
            return False  # verse without marks, a glossary
        # three lines prove little: both must say so, and be as long as lines of a page are
        if len(pairs) == 2:
            return len(both) == 2 and self.width >= 2 * NARROWEST
        least = 0.5 if len(pairs) < _FEW else 0.4
        even = len(both) >= 0.75 * len(going) and len(full) >= 0.4 * len(pairs)
        return len(pairs) > 2 and even and len(both) > max(1, least * len(full))

    def goes_on(self, before: _Line, after: _Line) -> bool:
        """Whether a paragraph goes on from one line to the next.

        On a page of which nobody would say that it is wrapped, but the user, all lines of a block belong together.
        """
        if not before.text or not after.text or not self._may_go_on(before, after):
            return False
        if self.is_wrapped and not self._prose[before.start]:
            return False
        # a short line ends its paragraph, unless the sentence plainly goes on
        if self.is_wrapped and self._reach(before, after) < SHORT * self.width:
            return after.goes_on and not before.is_ended and before.length >= self.width / 2
        return not (_LABEL.match(after.text) and before.is_ended)

    def _may_go_on(self, before: _Line, after: _Line) -> bool:
        """Whether two lines could be of one paragraph, by their indentation and columns."""
        if before.quote.count(">") != after.quote.count(">") or _COLUMNS.search(before.text + "\n" + after.text):
            return False
        label = _LABEL.match(before.text)
        hangs = label is not None and after.indent <= before.indent + max(label.end(), 4)
        return after.indent <= before.indent or hangs

    def _reach(self, before: _Line, after: _Line) -> int:
        """How long the first line would be with the first word of the next; a divided word fills it."""
        if before.text.endswith(("-", "\xad", "¬")) and after.goes_on:
            return max(self.width, before.length)
        # Chinese has no spaces, so the page could have taken in a single character, which is two columns wide.
        word = 2 if _WIDE.match(after.text) else len(after.text.split(None, 1)[0])
        return before.length + 1 + word

    def _reads_as_prose(self, block: Sequence[_Line]) -> bool:
        """Whether a block is prose: verse begins its lines with capitals and leaves them short, or is indented."""
        pairs = list(pairwise(block))
        full = sum(self._reach(*pair) > FULL * self.width for pair in pairs)
        going = sum(after.goes_on for _, after in pairs)
        if pairs and all(line.indent > self.margin for line in block):
            hangs = _LABEL.match(block[0].text)
            return bool(hangs) or (len(pairs) > 1 and full >= 0.6 * len(pairs) and going >= 0.4 * len(pairs))
        return len(pairs) < 2 or going > 0.2 * len(pairs) or full > 0.3 * len(pairs)
