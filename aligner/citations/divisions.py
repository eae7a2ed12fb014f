"""The parts of a text that people cite: articles, sections, numbered paragraphs, points, verses, pages.

    Article 8                    article 8                 segments 12 to 20
    1. Toute personne …          paragraph 1                 13 to 16
    a) …                         point a                     14 to 14

A part is recognised by how a line begins (a page also by its number between two pages), and goes on until the next one
of its rank or of a higher one, or until its text ends (`aligner.citations.endings`); pages are counted beside all
others. Nothing is stored: the parts of a text are found
again whenever they are asked for, the stable id of a sentence stays paragraph.segment. The words for parts are data of
the languages (``places`` in ``aligner/languages/data``). Start reading at `find_divisions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from aligner.citations.endings import find_endings
from aligner.languages.language import Language, language_of
from aligner.languages.words import fold
from aligner.model import Role, Segment

RANKS = {
    "part": 0.0, "annex": 0.0, "book": 1.0, "title": 2.0, "chapter": 3.0, "section": 4.0, "article": 5.0,
    "paragraph": 6.0, "verse": 6.5, "point": 7.0,
}  # fmt: skip
"""Parts of a higher rank (a lower number) hold those of lower ones."""
PAGE = "page"
_END_OF_TEXT = ""
"""The kind of a mark that begins no part, and ends those before it."""
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LAW = r"[LRDA]\.?\s?\*?\s?\d+(?:[-–]\d+)*"
"""Articles of French codes: L. 131-1, R421-1."""
_NUMBER = (
    rf"(?:{_LAW}|\d+(?:\.\d+)*(?:er|re|e)?|[IVXLC]+(?:er|re)?|[A-Z]|\w+)(?:\s(?:bis|ter|quater|quinquies|sexies))?"
)
_QUOTES = "«“\"' \u00a0\u202f"
_CONTENTS = re.compile(r"[\s.…]{3,}\d*$")
"""How a line of a table of contents goes on behind the number: such a line begins nothing."""
_END = r"(?=\s*(?:$|[.:;–—(\[]|-\s))"
_PAGE_LINE = re.compile(
    r"\[?\s*(?:pages?|p\.)\s*\|?\s*(?P<a>\d{1,5}|[ivxlc]{1,7})\s*(?:(?:/|sur|of|de|von)\s*\d+)?\s*\]?"
    r"|[-–—|]\s*(?P<b>\d{1,5})\s*[-–—|]|\[(?P<c>\d{1,5})\]",
    re.IGNORECASE,
)
_PAGE_INSIDE = re.compile(r"\[\s*(?:page|pag\.|p\.|f\.|fol\.)\s?(\d{1,5}[rv]?)\s*\]", re.IGNORECASE)
_PAGE_BARE = re.compile(r"[-–—|\s]*(\d{1,5}|[ivxlc]{1,7})[-–—|\s]*(?:(?:/|sur|of|de)\s*\d+)?", re.IGNORECASE)
_NUMBERED = re.compile(
    r"""\(? (?P<n>\d{1,4}(?:\.\d{1,3})*)
    (?P<sign> [.)] | ° | \s*[–—] | (?<=\.\d) | (?<=\.\d\d) )   # 2.1 needs no sign
    (?: \s | $ | (?<=\.)(?=[^\W\d_a-zà-ÿ]) )                   # 1.Chacun: a capital may follow at once""",
    re.VERBOSE,
)
_SIGN = re.compile(r"§\s*(?P<n>\d+(?:\.\d+)*)")
_LETTER = re.compile(r"\(?(?P<n>[a-z]{1,4}|[A-Z])(?P<sign>[.)])(?:\s|$)")
_ROMAN_LINE = re.compile(r"(?P<n>[IVXLC]{1,7})\s*[.)–—-](?:\s|$)")
_VERSE = re.compile(r"(?P<n>\d{1,3})\s+(?=[«“\"'(]?\s?[^\W\d_a-zà-ÿ])")
_LEAST_VERSES = 3
"""So many numbers must follow one another before a text counts as one of verses."""


@dataclass(frozen=True, slots=True)
class Division:
    """A part of a text."""

    kind: str
    """One of `RANKS`, or ``page``."""
    number: str
    """As the text writes it: ``8``, ``premier``, ``L. 131-1``, ``b``."""
    first: int
    """The index of its first segment."""
    last: int
    """The index of its last one."""
    rank: float = 0.0

    def holds(self, other: Division) -> bool:
        """Whether another part is inside this one."""
        alike = (self.kind, self.rank) == (other.kind, other.rank)
        return self.first <= other.first and other.last <= self.last and not alike


def find_divisions(segments: Sequence[Segment], language: str) -> list[Division]:
    r"""The parts of a text, in the order in which they begin.

    >>> from aligner.text import segment
    >>> text = "Article 8\n1. Le Conseil décide :\na) du budget ;\nb) du siège.\nArticle 9\nRien."
    >>> [(d.kind, d.number, d.first, d.last) for d in find_divisions(segment(text, "fr"), "fr")][:4]
    [('article', '8', 0, 3), ('paragraph', '1', 1, 3), ('point', 'a', 2, 2), ('point', 'b', 3, 3)]
    """
    marks = list(_marks(segments, language_of(language)))
    verses = _verses(segments, {mark.first for mark in marks})
    marks = sorted([*marks, *verses], key=lambda mark: mark.first)
    ranks = {mark.first: mark.rank for mark in marks}
    articles = {mark.first: value_of(mark.number) for mark in marks if mark.kind == "article"}
    ends = [
        Division(_END_OF_TEXT, "", index, index, rank)
        for index, rank in find_endings(segments, language_of(language), ranks, articles)
    ]
    ended = {end.first for end in ends}
    # What is behind an end is in no part: the number of a note begins none.
    marks = sorted([*(mark for mark in marks if mark.first not in ended), *ends], key=lambda mark: mark.first)
    # From behind: waiting are the parts that an earlier one may end before, each of a higher rank than the next.
    waiting: list[Division] = []
    found = []
    for mark in reversed(marks):
        while waiting and waiting[-1].rank > mark.rank:
            waiting.pop()
        if mark.kind != _END_OF_TEXT:
            found.append(replace(mark, last=(waiting[-1].first if waiting else len(segments)) - 1))
        waiting.append(mark)
    return sorted([*found, *_pages(segments)], key=lambda division: (division.first, division.rank))


def _marks(segments: Sequence[Segment], language: Language) -> Iterator[Division]:
    """The lines that begin a part; each part still of one segment."""
    letter = ""
    for index, segment in enumerate(segments):
        if segment.number != 1 or segment.role is Role.BOILERPLATE:
            continue
        # An amendment quotes the article that it writes: « Art. 8. – …
        text, heading = segment.text.lstrip(_QUOTES), segment.role is Role.HEADING
        if named := _named(text, language, heading=heading):
            yield Division(*named, index, index, RANKS[named[0]])
        elif sign := _SIGN.match(text):
            yield Division("paragraph", sign["n"], index, index, RANKS["paragraph"])
        elif found := _numbered(text, heading=heading, letter=letter):
            kind, number, rank = found
            letter = number if kind == "point" else letter
            yield Division(kind, number, index, index, rank)


def _named(text: str, language: Language, *, heading: bool) -> tuple[str, str] | None:
    """The kind and the number of a part that a line calls by its name: *Article 8*, *Chapitre premier*."""
    for kind, pattern in _openings(language).items():
        match = pattern.match(text)
        if match and _CONTENTS.match(text, match.end()):
            return None
        if match and kind in RANKS and (heading or re.match(_END, text[match.end() :])) and is_number(match["n"]):
            return kind, match["n"]
    return None


@cache
def _openings(language: Language) -> dict[str, re.Pattern[str]]:
    # The words may be in capitals; a number in letters is told from a name by `is_number`.
    return {
        kind: re.compile(rf"(?i:{words})(?:\s+|(?<=\.)|(?<=§))(?P<n>{_NUMBER})(?!\w)")
        for kind, words in language.places.items()
        if kind not in {"alinea", "paragraph", "point", "verse", PAGE}
    }


def is_number(text: str) -> bool:
    """Whether a word says a number, as figures, Roman figures, a letter or a word of any language."""
    return bool(re.match(r"\d|[A-Z]\.?\s?\*?\s?\d", text) or _ROMAN.fullmatch(_bare(text)) or len(text) == 1) or (
        value_of(text) is not None
    )


def value_of(text: str) -> int | None:
    """The value of a number in figures, Roman figures (in capitals) or words; None for anything else.

    >>> value_of("8"), value_of("premier"), value_of("IV"), value_of("1er"), value_of("b")
    (8, 1, 4, 1, None)
    """
    bare = _bare(text)
    if bare.isdecimal():
        return int(bare)
    if bare and _ROMAN.fullmatch(bare):
        values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in bare]
        return sum(-value if value < max(values[n:]) else value for n, value in enumerate(values))
    word = fold(text)
    for code in ("fr", "en", "de"):
        numbers = language_of(code).numbers
        if len(word) > 1 and (value := numbers.ordinals.get(word, numbers.cardinals.get(word))) is not None:
            return value
    return None


def _bare(text: str) -> str:
    """A number without the ending of an ordinal."""
    return re.sub(r"(?<=[\dIVXLC])(?:er|re|e|st|nd|rd|th)$", "", text.strip())


def _numbered(text: str, *, heading: bool, letter: str) -> tuple[str, str, float] | None:
    """The part that a line begins with a number or a letter; `letter` is that of the point before."""
    if match := _NUMBERED.match(text):
        depth = match["n"].count(".")
        if match["sign"] == "°":
            return "point", match["n"], RANKS["point"] - 0.2
        if heading or (depth and match["sign"] != ")"):
            return "section", match["n"], RANKS["section"] + 0.2 + depth / 10
        return "paragraph", match["n"], RANKS["paragraph"]
    # C. and D. are letters more often than 100 and 500.
    if (match := _ROMAN_LINE.match(text)) and (len(match["n"]) > 1 or match["n"] in "IVX"):
        kind = "section" if heading else "paragraph"
        return kind, match["n"], RANKS[kind] - (0.0 if heading else 0.5)
    match = _LETTER.match(text)
    return _lettered(match["n"], match["sign"], heading=heading, letter=letter) if match else None


def _lettered(name: str, sign: str, *, heading: bool, letter: str) -> tuple[str, str, float] | None:
    """The part that begins with a letter: ``A.`` a section, ``a)`` a point, ``ii)`` a point inside a point."""
    if name.isupper():
        return ("section", name, RANKS["section"] + 0.1) if heading else None
    if sign == ".":
        return None
    # i) is the letter after h), or the first of small Roman figures.
    follows = len(name) == 1 and (name not in "ivx" or (letter and ord(name) == ord(letter[0]) + 1))
    if follows or _ROMAN.fullmatch(name.upper()):
        return "point", name, RANKS["point"] + (0.0 if follows else 0.5)
    return None


def _verses(segments: Sequence[Segment], taken: set[int]) -> list[Division]:
    """Sentences that begin with a number and no sign, where several such numbers follow one another.

    Where all of them begin a line they are the numbered paragraphs of a judgment, else verses.
    """
    numbered = [
        (index, int(match["n"]))
        for index, segment in enumerate(segments)
        if index not in taken and segment.role is not Role.BOILERPLATE and (match := _VERSE.match(segment.text))
    ]
    runs: list[list[tuple[int, int]]] = []
    for index, number in numbered:
        if runs and number == runs[-1][-1][1] + 1:
            runs[-1].append((index, number))
        else:
            runs.append([(index, number)])
    found = []
    for run in runs:
        kind = "paragraph" if all(segments[index].number == 1 for index, _ in run) else "verse"
        if len(run) >= _LEAST_VERSES:
            found += [Division(kind, str(number), index, index, RANKS[kind]) for index, number in run]
    return found


def _pages(segments: Sequence[Segment]) -> list[Division]:
    """The pages that marks in the text name: a mark opens its page, or (a number at its foot) closes it."""
    marks: list[tuple[int, str, bool]] = []
    for index, segment in enumerate(segments):
        alone = len(segment.text) <= 20 and _is_alone(segments, index)
        line = _PAGE_LINE.fullmatch(segment.text) if alone else None
        if line is None and alone and segment.role is Role.BOILERPLATE:
            line = _PAGE_BARE.fullmatch(segment.text)
        if line:
            marks.append((index, next(filter(None, line.groups())), segment.text.startswith("[")))
        else:
            marks += [(index, number, True) for number in _PAGE_INSIDE.findall(segment.text)]
    if not marks:
        return []
    # Text before the first number and none behind the last one: the numbers stand at the foot of their pages. Brackets
    # are those of an editor, who marks where a page begins.
    first, last = marks[0][0], marks[-1][0]
    text = [index for index, segment in enumerate(segments) if segment.role is not Role.BOILERPLATE]
    at_foot = not any(opens for *_, opens in marks) and any(n < first for n in text) and not any(n > last for n in text)
    if at_foot:
        starts = [0, *(index + 1 for index, *_ in marks)]
        return [Division(PAGE, name, start, index) for (index, name, _), start in zip(marks, starts, strict=False)]
    ends = [*(index for index, *_ in marks[1:]), len(segments)]
    return [
        # A page that begins inside a sentence shares it with the one before.
        Division(PAGE, name, index, max(index, end - (0 if _PAGE_INSIDE.search(segments[end].text) else 1)))
        if end < len(segments)
        else Division(PAGE, name, index, end - 1)
        for (index, name, _), end in zip(marks, ends, strict=True)
    ]


def _is_alone(segments: Sequence[Segment], index: int) -> bool:
    """Whether a segment is a paragraph by itself."""
    around = [segments[n].paragraph for n in (index - 1, index + 1) if 0 <= n < len(segments)]
    return segments[index].paragraph not in around
