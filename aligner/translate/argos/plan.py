"""What of a text the model gets to see.

A plan is a text cut into pieces that, joined, are the text (folded for the model): most often a single one. Literal
pieces come out as they went in; the others are translated one by one. Start reading at `make_plan`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from aligner.languages.french_english.hours import with_times
from aligner.languages.pair import find_pair
from aligner.translate.argos.clauses import clauses, no_spans
from aligner.translate.protect.fold import (
    begins_with_capital,
    capitalised,
    clean,
    fold,
    lower_capitals,
    lower_opening,
    respell,
    spell_plainly,
)
from aligner.translate.protect.islands import has_letters, islands, merged
from aligner.translate.protect.marks import Span, item_marks
from aligner.translate.protect.raised import note_apart, with_note

_ENDS, _INSIDE, _PARTING = ".!?…", frozenset(",;:"), frozenset(";:")
"""What a sentence ends with, what a clause may end with, and what is no less needed in English."""
_AFTER = re.compile(r"[\s,;:.!?…)\]»%€°–—-]*")
"""Punctuation after an island."""
_BEFORE = re.compile(r"[\s(\[«–—-]*\Z")
"""Punctuation before an island."""
_FRENCH_SPACE = re.compile(r"(?<=\S)(?!(?<=\b1)\s:\s\d[\d ,]*00)\s+(?=[;:](?!\S)|[!?]+(?![^\s)\]»”\"']))")
"""Before punctuation, but not in the scale of a map (*1 : 50 000*) or a face (*:-)*)."""
_FRENCH_NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+,\d+")
_LOOKED_AT = 80
"""Characters in which an island at the beginning of a text is recognised."""
_OPENER = re.compile(
    r"(?:The|A|An|This|That|These|Those|There|It|He|She|They|We|You|Its|His|Her|Their|Our|Your|In|On|At|By|For|From"
    r"|With|Without|Within|Of|To|Into|Through|During|After|Before|Between|Under|Over|About|And|Or|But|Nor|Because"
    r"|Which|Who|When|Where|While|What|How|As|If|Not|All|Some|Any|Each|Both|Such|Also|However|Then|Than)\b"
)
"""Words that an English clause opens with and that need no capital inside a sentence."""
_CAPITALISED = re.compile(
    r"I\b|\w+[A-Z0-9]|\w+(?:ish|ese|ian|ean|i|can)s?\b|(?:French|German|Greek|Dutch|Swiss|Turk|Czech|Thai|Danes?|Finn"
    r"|Swede|Pole|Scot|Arab|Christ|Islam|Muslim|Jew|Catholic|Buddh|Europe|Internet|God|Mr|Ms|Dr|State|Government"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)"
)
"""Words that have a capital in English where French has none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text."""

    text: str
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A text as the model will see it, and what it takes to put the output together."""

    pieces: tuple[Piece, ...]
    capitals: bool = False
    """The text is a heading in capitals; the pieces are not."""
    opens: bool = False
    """The text begins with a capital, whatever the pieces or the model make of it."""
    proper: dict[str, str] = field(default_factory=dict)
    """The spelling of words whose letters the model does not know."""
    note: str = ""
    """The mark of a footnote after the last word, which is not in the pieces."""

    @property
    def to_translate(self) -> list[str]:
        """The pieces that the model gets, without the spaces around them."""
        return [piece.text.strip() for piece in self.pieces if not piece.literal]


def make_plan(
    text: str,
    knows: Callable[[str], bool],
    *,
    learned: Callable[[str], bool] | None = None,
    cut_islands: bool = False,
    keep_numbers: bool = False,
) -> Plan:
    """Plan the translation of one text.

    Islands at its ends and the marks of the items that it lists are always kept from the model; other islands inside
    only with `cut_islands`, because a sentence in two halves is translated less well. With `keep_numbers` its numbers
    are islands too. Words with Latin letters that the model has not `learned` (without that: does not know) are spelled
    without them.
    """
    folded, note = note_apart(with_times(fold(text)))
    quiet = lower_capitals(folded, find_pair("fr", "en").acronyms)
    plain, proper = spell_plainly(quiet or lower_opening(folded, find_pair("fr", "en").acronyms), learned or knows)
    found = islands(plain, knows, keep_numbers=keep_numbers)
    spans = found if cut_islands else _at_ends(found, plain)
    spans = merged([*spans, *item_marks(plain)], plain)
    return Plan(_cut(plain, spans), quiet is not None, begins_with_capital(folded), proper, note)


def split_pieces(plan: Plan, fits: Callable[[str], bool], together: Callable[[str], Sequence[Span]] = no_spans) -> Plan:
    """The plan with every piece that does not fit cut into clauses, not through what `together` finds."""
    pieces: list[Piece] = []
    for piece in plan.pieces:
        parts = [piece.text] if piece.literal else clauses(piece.text, fits, together)
        pieces += [_piece(part, literal=piece.literal) for part in parts]
    return replace(plan, pieces=tuple(pieces))


def assemble(plan: Plan, outputs: Sequence[str], *, english: bool) -> str:
    """Put the outputs for the pieces to be translated back between the literal ones."""
    parts: list[str] = []
    rest = iter(outputs)
    split = len(outputs) > 1
    for piece in plan.pieces:
        if piece.literal:
            parts.append(_english_number(piece.text) if english else piece.text)
            continue
        output = next(rest)
        if split:
            output = _as_clause(piece.text.strip(), output, english=english)
        parts.append(_with_spaces_of(piece.text, output))
    text = with_note(clean(respell("".join(parts), plan.proper)), plan.note)
    text = _spaced_as_english(text) if english else text
    text = capitalised(text) if plan.opens and not _begins_with_island(text) else text
    return text.upper() if plan.capitals else text


def _spaced_as_english(text: str) -> str:
    """A text without the spaces that French has before some punctuation, outside its islands.

    >>> _spaced_as_english("Why ? (No !) `a ? b : c` :-) 1 : 2")
    'Why? (No!) `a ? b : c` :-) 1: 2'
    """
    if not _FRENCH_SPACE.search(text):
        return text
    kept = islands(text, str.isprintable)
    return _FRENCH_SPACE.sub(lambda m: m[0] if any(a <= m.start() < b for a, b in kept) else "", text)


def _begins_with_island(text: str) -> bool:
    """Whether the first letter of a text belongs to what must stay as it is."""
    first = next((i for i, c in enumerate(text) if c.isalpha()), 0)
    return any(start <= first < end for start, end in islands(text[: first + _LOOKED_AT], str.isprintable))


def _at_ends(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans at the two ends of the text, punctuation after the last one allowed."""
    at_start = [s for s in spans[:1] if not text[: s[0]].strip()]
    return at_start + [s for s in spans[-1:] if s not in at_start and not any(map(str.isalnum, text[s[1] :]))]


def _cut(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """The text in pieces, with the spans, and the punctuation beside them, as literal ones."""
    pieces: list[Piece] = []
    island_end = 0
    for start, end in [*spans, (len(text), len(text))]:
        after = _AFTER.match(text, island_end, start) if island_end else None
        first = after.end() if after else island_end
        before = _BEFORE.search(text, first, start) if start < len(text) else None
        last = before.start() if before else start
        pieces += [
            Piece(text[island_end:first], literal=True),
            _piece(text[first:last]),
            Piece(text[last:start], literal=True),
            Piece(text[start:end], literal=True),
        ]
        island_end = end
    return tuple(piece for piece in pieces if piece.text)


def _piece(text: str, *, literal: bool = False) -> Piece:
    return Piece(text, literal or not has_letters(text))


def _as_clause(source: str, output: str, *, english: bool) -> str:
    """Take from a clause the full stop and the capital that only a sentence has, and give it its own semicolon."""
    mark = source[-1:] if source[-1:] in _INSIDE else ""
    if (output[-1:] in _ENDS and source[-1:] not in _ENDS) or (mark in _PARTING and output[-1:] not in _INSIDE):
        output = output.rstrip(_ENDS).rstrip() + mark
    if english and source[:1].islower() and (_OPENER.match(output) or _is_no_name(source, output)):
        output = output[:1].lower() + output[1:]
    return output


def _is_no_name(source: str, output: str) -> bool:
    """Whether the first word of an output cannot be a name: there is none in the source."""
    return source == source.lower() and not _CAPITALISED.match(output)


def _english_number(text: str) -> str:
    """A number written the French way in English; anything else as it is.

    >>> _english_number("1 234,5"), _english_number("1,5 %")
    ('1,234.5', '1,5 %')
    """
    return text.translate({32: ",", 44: "."}) if _FRENCH_NUMBER.fullmatch(text) else text


def _with_spaces_of(source: str, output: str) -> str:
    """The output with a space on either side where the source has one."""
    return (" " if source[:1] == " " else "") + output + (" " if source[-1:] == " " else "")
