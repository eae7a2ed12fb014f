"""From lines to paragraphs: running heads and page numbers marked, hyphenation closed, paragraphs joined across pages.

Start reading at `paragraphs_of`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from statistics import median

from aligner.documents.layout import BlockKind, Paragraph, Piece, TextLook
from aligner.documents.pdf.lines import Line
from aligner.languages.language import known_languages

_NUMBER = re.compile(
    r"(?:page|p\.)?\s*[-–—|]?\s*(?P<label>\d{1,4}|[ivxlc]{1,6})\s*[-–—|]?\s*(?:(?:/|sur|of|de)\s*\d{1,4})?",
    re.IGNORECASE,
)
_EDGE = 2
"""Lines at the top and at the bottom of a page that may be furniture."""
_HYPHENS = "-\u2010\u00ad\ufffe\x02"
_KEEPS = re.compile(
    r"(?:il|elle|on|ils|elles|je|tu|nous|vous|ce|ci|là|même|mêmes|t|le|la|les|moi|toi|lui|leur|y|en)\b", re.I
)
_END = re.compile(r"[.!?…:;»”\")\]]\s*$")
_BULLET = re.compile(r"[•▪◦‣·–—*-]\s+\S|\(?(?:\d{1,2}|[a-z])[.)]\s+\S")


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The paragraphs of a document, given the lines of its pages in reading order."""
    furniture, labels = _furniture(pages)
    lines = [line for page in pages for line in page if id(line) not in furniture]
    words = Counter(word.casefold() for line in lines for word in re.findall(r"[\w-]+", line.text))
    # the size of the letters in which most of the text is set: larger is a heading, smaller a note
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    made: list[Paragraph] = []
    for page, around in enumerate(pages):
        for line in (line for line in around if id(line) in furniture):
            pieces = (Piece(_clean(line.text).strip()),)
            made.append(Paragraph(pieces, BlockKind.FURNITURE, 0, f"page {labels[page]}", line))
    made += [_paragraph(group, words, body, labels) for group in _groups(lines)]
    order = {id(line): n for n, line in enumerate(line for page in pages for line in page)}
    return sorted(made, key=lambda paragraph: order[id(paragraph.own)])


def _edges(page: Sequence[Line]) -> list[Line]:
    """The lines at the top and the bottom of a page that stand apart from its text."""
    by_height = sorted(page, key=lambda line: -line.top)
    return [*_apart(by_height, 1), *_apart(by_height[::-1], -1)]


def _apart(lines: Sequence[Line], way: int) -> list[Line]:
    """The first lines, at most two, behind which there is a gap."""
    for count in range(min(_EDGE, len(lines) - 1), 0, -1):
        line, following = lines[count - 1], lines[count]
        gap = line.bottom - following.top if way > 0 else following.bottom - line.top
        if gap > 0.6 * line.height:
            return list(lines[:count])
    return list(lines[:1]) if len(lines) == 1 else []


def _furniture(pages: Sequence[Sequence[Line]]) -> tuple[set[int], list[str]]:
    """The lines that are running heads or page numbers, and the numbers that the pages bear."""
    edges = [_edges(page) for page in pages]
    heads = _running_heads(pages, edges)
    furniture: set[int] = set()
    labels: list[str] = []
    for number, around in enumerate(edges, 1):
        label = ""
        for line in around:
            found = _NUMBER.fullmatch(line.text.strip())
            if found:
                label = label or found["label"]
                furniture.add(id(line))
            elif id(line) in heads:
                furniture.add(id(line))
                if not label and (digits := re.search(r"(?<!\d)(\d{1,4})\s*$|^\s*(\d{1,4})(?!\d)", line.text)):
                    label = digits[1] or digits[2]
        labels.append(label or str(number))
    return furniture, labels


def _running_heads(pages: Sequence[Sequence[Line]], edges: Sequence[Sequence[Line]]) -> set[int]:
    """Those lines at the edges of pages that come again: as they are, or but for a number that counts the pages."""
    # left and right pages may have heads of their own, so not every page must have it
    often = max(2, min(3, len(pages) // 2))
    seen: Counter[tuple[str, int]] = Counter()
    counting: Counter[tuple[str, int, int]] = Counter()
    for number, around in enumerate(edges):
        seen.update({_key(line, _words(line)) for line in around})
        counting.update({each for line in around for each in _counts(line, number)})
    elsewhere = Counter(_words(line) for page in pages for line in page)
    heads: set[int] = set()
    kept: set[str] = set()
    for number, around in enumerate(edges if len(pages) > 1 else []):
        for line in around:
            words = _words(line)
            again = seen[_key(line, words)]
            # A heading that is also printed over the pages after it is said once in the text.
            is_said = words in kept or elsewhere[words] > again
            if again >= often and not is_said and _divisions().fullmatch(words):
                kept.add(words)
                continue
            if again >= often or any(counting[each] >= often for each in _counts(line, number)):
                heads.add(id(line))
    return heads


def _words(line: Line) -> str:
    return " ".join(line.text.split()).casefold()


def _key(line: Line, words: str) -> tuple[str, int]:
    """What lines have in common that are the same running head: their words, and their height."""
    return words, round(line.top / 12)


def _counts(line: Line, page: int) -> Iterator[tuple[str, int, int]]:
    """What lines have in common whose numbers count the pages; the number of an article or a chapter does not."""
    words = _words(line)
    own = {match.start("n") for match in _divisions().finditer(words)}
    for match in re.finditer(r"\d{1,4}", words):
        if match.start() not in own:
            yield re.sub(r"\d+", "#", words), round(line.top / 12), int(match[0]) - page


@cache
def _divisions() -> re.Pattern[str]:
    """A part of a text by its name and number, in any language: *article 2*."""
    named = {
        each
        for language in known_languages()
        for kind, each in language.places.items()
        if kind not in {"page", "verse"}
    }
    words = "|".join(f"(?:{each})" for each in (*named, *(each.references.pattern for each in known_languages())))
    return re.compile(rf"\b(?:{words})\s+(?P<n>\d+|[ivxlc]+\b|premi(?:er|ère)|first)\s*[.:]?", re.IGNORECASE)


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph."""
    # the usual distance from line to line
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if (a.page, a.column) == (b.page, b.column)]
    pitch = median([step for step in steps if 0 < step < 60] or [14.0])
    rights: dict[tuple[int, int], float] = {}
    lefts: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        key = line.page, line.column
        rights[key] = max(rights.get(key, 0.0), line.right)
        lefts.setdefault(key, []).append(line.left)
    margin = {key: median(values) for key, values in lefts.items()}
    group: list[Line] = []
    for line in lines:
        if group and _begins(group, line, pitch, rights, margin):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(
    group: Sequence[Line],
    line: Line,
    pitch: float,
    rights: dict[tuple[int, int], float],
    margin: dict[tuple[int, int], float],
) -> bool:
    """Whether a line begins a paragraph."""
    last = group[-1]
    key = last.page, last.column
    if line.cell or last.cell:
        return True
    if abs(line.size - last.size) > 0.12 * max(line.size, last.size) or line.bold != last.bold:
        return not (len(group) and line.text[:1].islower() and not _END.search(last.text) and line.size == last.size)
    short = last.right < rights[key] - 0.12 * max(rights[key] - margin[key], 1.0)
    # over the page or the column distances mean nothing: the words tell
    if (line.page, line.column) != key:
        return bool(_END.search(last.text)) or short or not line.text[:1].islower()
    if last.bottom - line.bottom > 1.35 * pitch or line.bottom > last.top:
        return True
    if _BULLET.match(line.text) and (_END.search(last.text) or short or _BULLET.match(group[0].text)):
        return True
    indented = line.left > margin[key] + 0.8 * line.size and last.left <= margin[key] + 0.5 * line.size
    return (short and bool(_END.search(last.text))) or (indented and bool(_END.search(last.text)))


def _paragraph(group: Sequence[Line], words: Counter[str], body: float, labels: Sequence[str]) -> Paragraph:
    first = group[0]
    text = _text(group, words)
    place = f"page {labels[first.page]}"
    if group[-1].page != first.page:
        place = f"pages {labels[first.page]}-{labels[group[-1].page]}"
    part, level = BlockKind.TEXT, 0
    whole = len(text)
    if first.cell:
        part, place = BlockKind.CELL, f"{place}, row {first.cell[0]}, cell {first.cell[1]}"
    elif _BULLET.match(text):
        part = BlockKind.ITEM
    elif first.size < 0.9 * body and re.match(r"\(?\d{1,3}[.)]?\s+\S", text):
        part = BlockKind.NOTE
    elif whole <= 160 and len(group) <= 3 and (first.size > 1.12 * body or (first.bold and not _END.search(text))):
        part, level = BlockKind.HEADING, 1 if first.size > 1.5 * body else 2 if first.size > 1.12 * body else 3
    look = TextLook(frozenset(("bold",))) if first.bold and part is not BlockKind.HEADING else TextLook()
    return Paragraph((Piece(text, look),), part, level, place, first)


def _text(lines: Iterable[Line], words: Counter[str]) -> str:
    """Lines as one text, without the hyphens that only end lines."""
    text = ""
    for line in lines:
        added = _clean(line.text).strip()
        if not text:
            text = added
            continue
        end = re.search(rf"(\w+)([{_HYPHENS}])\s*$", text)
        if end and added[:1].isalpha():
            text = text.rstrip()[:-1] + ("-" if _is_compound(end[1], end[2], added, words) else "") + added
        else:
            text = f"{text.rstrip()} {added}"
    return text


def _is_compound(before: str, hyphen: str, after: str, words: Counter[str]) -> bool:
    """Whether a hyphen at the end of a line belongs to the word: *dit-il*, *États-Unis*."""
    # a soft hyphen is never part of the word
    if hyphen == "\u00ad":
        return False
    rest = re.match(r"[\w-]+", after)
    following = rest[0] if rest else ""
    # the document itself tells: the same word elsewhere, whole or with its hyphen
    if words[f"{before}{following}".casefold()]:
        return False
    if words[f"{before}-{following}".casefold()] or after[:1].isupper() or before.isdigit():
        return True
    return bool(_KEEPS.match(following)) and len(before) > 1 and len(following) <= 5


def _clean(text: str) -> str:
    """Text without the characters that a PDF has for itself; a hyphen that ends a line stays one."""
    text = re.sub("[\ufffe\x02]", "-", text)
    return " ".join("".join(c if c >= " " else " " for c in text if c not in "\uffff\ufeff").split(" ")).replace(
        "  ", " "
    )
