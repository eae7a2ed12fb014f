"""Bold words, links and marks of notes: from a sentence to its translation.

    Le **ministre** a signé.   ──words that correspond──▶   The **minister** signed.

A stretch of another look is found again in the translation by its own text (names, numbers), by its place (a beginning
that ends with a colon), or by its words, through the aligner's lexicon and spelling. Where that is not sure the whole
sentence takes the look, and it is said. What is no text (a picture, the mark of a note) goes behind the words that it
stood behind. Start reading at `carry`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from aligner.alignment.words import folded
from aligner.documents.layout import PLAIN, Piece, TextLook

Renders = Callable[[str, str], bool]
"""Whether a word of the source, folded, may be rendered by a word of the target."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BEGINNING = re.compile(r"[:.–—-]\s*$")
_SMALL = 3
"""Shorter words are not asked for: they correspond to too many others."""
_ENOUGH = 0.6
"""So many of the longer words of a stretch must be found."""
_RARE = 0.25
_MOST = 250_000
"""Pairs of words of a sentence and its translation that are compared."""
_LOST = frozenset(("superscript", "subscript", "code"))
"""Looks that a whole sentence must not take."""


@dataclass(frozen=True, slots=True)
class CarriedStyle:
    """The pieces of a translation."""

    pieces: tuple[Piece, ...]
    spread: bool = False
    """Whether a look of some words is now that of the whole sentence."""
    lost: bool = False
    """Whether a look could not be kept."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    look: TextLook
    own: object


def carry(pieces: Sequence[Piece], text: str, renders: Renders) -> CarriedStyle:
    """The translation of a sentence in the looks of its pieces; all text of the pieces is that of the sentence."""
    source = "".join(piece.text for piece in pieces)
    stretches = _stretches(pieces)
    # what is no text has no length: it is where the pieces up to it end
    ends = accumulate(len(piece.text) for piece in pieces)
    things = [(end, piece) for end, piece in zip(ends, pieces, strict=True) if not piece.text]
    if not stretches:
        return CarriedStyle((*(thing for _, thing in things), *([Piece(text)] if text else [])))
    base = _base(stretches)
    plain = next(each for each in stretches if (each.look, _key(each.own)) == base)
    # a stretch must have a letter or a digit: a bold comma is not worth a search
    unlike = [each for each in stretches if (each.look, _key(each.own)) != base]
    others = [each for each in unlike if any(c.isalnum() for c in source[each.start : each.end])]
    found: list[tuple[int, int, _Stretch]] = []
    missed: list[_Stretch] = []
    for each in others:
        # the surest way first: a name or a number says itself where it is
        same = _same_text(source[each.start : each.end].strip(), text)
        span = same or _beginning(source, each, text) or _by_words(source, each, text, renders)
        if span is None or any(span[0] < end and start < span[1] for start, end, _ in found):
            missed.append(each)
        else:
            found.append((*span, each))
    # a whole sentence in bold is seen and put right; one that is raised or set as code is unreadable
    kept = [each for each in missed if not each.look.styles & _LOST]
    whole = max(kept, key=lambda each: each.end - each.start) if kept and text else plain
    made, at = list[Piece](), 0
    for start, end, each in sorted(found, key=lambda span: span[:2]):
        made += [Piece(text[at:start], whole.look, whole.own), Piece(text[start:end], each.look, each.own)]
        at = end
    made = [piece for piece in (*made, Piece(text[at:], whole.look, whole.own)) if piece.text]
    places = [(_place(source, at, text, renders), thing) for at, thing in things]
    return CarriedStyle(_with_things(made, places), whole is not plain, len(missed) > len(kept) or len(kept) > 1)


def _key(own: object) -> object:
    """What tells two looks apart: elements are told apart by themselves."""
    return getattr(own, "elements", own)


def _stretches(pieces: Sequence[Piece]) -> list[_Stretch]:
    """Neighbours of one look as one; white space at the ends of a look belongs to none."""
    found = []
    at = 0
    for _, group in groupby([p for p in pieces if p.text], lambda p: (p.look, _key(p.own))):
        members = list(group)
        text = "".join(p.text for p in members)
        found.append(_Stretch(at, at + len(text), members[0].look, members[0].own))
        at += len(text)
    return found


def _base(stretches: Sequence[_Stretch]) -> tuple[TextLook, object]:
    """The look that a sentence has where nothing stands out: no look at all, unless that is rare."""
    totals: Counter[tuple[TextLook, object]] = Counter()
    for each in stretches:
        totals[each.look, _key(each.own)] += each.end - each.start
    most = max(totals, key=lambda key: totals[key])
    without = [key for key in totals if key[0] == PLAIN and totals[key] >= _RARE * sum(totals.values())]
    return max(without, key=lambda key: totals[key]) if without else most


def _same_text(wanted: str, text: str) -> tuple[int, int] | None:
    """Where the very words are, if they are there once."""
    inner = wanted.strip(" ,;.:()«»\"“”'’")
    if not inner:
        return None
    pattern = rf"(?<!\w){re.escape(folded(inner))}(?!\w)"
    # some letters have two when they are folded, and then no place in the text can be told
    whole = folded(text)
    found = list(re.finditer(pattern, whole)) if len(whole) == len(text) else []
    return found[0].span() if len(found) == 1 else None


def _beginning(source: str, stretch: _Stretch, text: str) -> tuple[int, int] | None:
    """A beginning that ends like one, such as *Article premier :*, in a translation that has the same."""
    wanted = source[stretch.start : stretch.end].rstrip()
    mark = wanted[-1:] if _BEGINNING.search(wanted) else source[stretch.end :].lstrip()[:1]
    if source[: stretch.start].strip() or not mark or mark not in ":.–—":
        return None
    at = text.find(mark)
    inside = bool(_BEGINNING.search(wanted))
    # far behind, or at the end of the sentence, the mark is another one
    if not 0 < at <= 2 * len(wanted) + 10 or at >= len(text) - 2:
        return None
    return 0, at + inside


def _by_words(source: str, stretch: _Stretch, text: str, renders: Renders) -> tuple[int, int] | None:
    """The words of the translation that render those of a stretch, if most are found close together."""
    words = [(m.start(), folded(m[0])) for m in _WORD.finditer(source)]
    inside = [w for at, w in words if stretch.start <= at < stretch.end and _counts(w)]
    outside = [w for at, w in words if not stretch.start <= at < stretch.end and _counts(w)]
    there = [(m.start(), m.end(), folded(m[0])) for m in _WORD.finditer(text)]
    if not inside or len(words) * len(there) > _MOST:
        return None
    hits: list[tuple[int, int]] = []
    matched = 0
    for word in inside:
        found = [(start, end) for start, end, other in there if renders(word, other)]
        # a word that may as well render one outside the stretch proves nothing, unless there is no other
        alone = [span for span in found if not any(renders(w, folded(text[slice(*span)])) for w in outside)]
        found = alone or found[:1]
        if len(found) == 1 or (found and len(set(found)) <= 2):
            hits.append(found[0])
            matched += 1
    if matched < _ENOUGH * len(inside) or not hits:
        return None
    start, end = min(hits)[0], max(hits)[1]
    length = len(_WORD.findall(text[start:end]))
    wanted = len(_WORD.findall(source[stretch.start : stretch.end]))
    # words found far apart were not those of one stretch
    return (start, end) if length <= 2 * wanted + 1 else None


def _counts(word: str) -> bool:
    return len(word) > _SMALL or word.isdigit()


def _place(source: str, at: int, text: str, renders: Renders) -> int:
    """Where in the translation something goes that stood at a place of the source."""
    before, after = source[:at].rstrip(), source[at:].strip()
    if not before:
        return 0
    # behind the last word: the mark of a note goes before or behind the full stop as it did in the source
    if not any(c.isalnum() for c in after):
        end = len(text.rstrip())
        while after and end and not text[end - 1].isalnum() and text[end - 1] not in "»”\"')":
            end -= 1
        return end
    # behind what renders the word before it, or the word before that
    words = [folded(m[0]) for m in _WORD.finditer(before)][-2:]
    for word in reversed(words):
        hits = [m.end() for m in _WORD.finditer(text) if renders(word, folded(m[0]))]
        if len(hits) == 1:
            return hits[0]
    # else at the same share of the sentence, but never inside a word
    wanted = round(at / max(len(source), 1) * len(text))
    return min((m.end() for m in _WORD.finditer(text)), key=lambda end: abs(end - wanted), default=len(text))


def _with_things(pieces: Sequence[Piece], places: Sequence[tuple[int, Piece]]) -> tuple[Piece, ...]:
    """The pieces with what is no text between them, in its order."""
    made: list[Piece] = []
    waiting = sorted(places, key=lambda each: each[0])
    at = 0
    for piece in pieces:
        rest = piece
        while waiting and waiting[0][0] < at + len(rest.text):
            place, thing = waiting.pop(0)
            cut = max(place - at, 0)
            if cut:
                made.append(Piece(rest.text[:cut], rest.look, rest.own))
            made.append(thing)
            rest = Piece(rest.text[cut:], rest.look, rest.own)
            at += cut
        if rest.text:
            made.append(rest)
        at += len(rest.text)
    return (*made, *(thing for _, thing in waiting))
