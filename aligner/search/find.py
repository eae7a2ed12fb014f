"""Finding: from a query to pairs in which the words are marked, and their counterparts in the other language.

    Query ──Candidates──▶ ids ──order──▶ pairs ──▶ what was found ──Counterparts──▶ what corresponds ──▶ Hits

Only the pairs that are shown are looked at closely. Start reading at `find`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from aligner.alignment.counterparts import Counterparts, Places
from aligner.corpus.store import Project
from aligner.languages.words import Span, Spans, Word, whole_words
from aligner.search.candidates import SIDES, Candidates, FileOrder
from aligner.search.index import SearchIndex
from aligner.search.query import (
    Matching,
    Order,
    Query,
    word_key,
)

_MARKING = 0.1
"""Seconds that a regular expression may take to mark one text."""
_STATUSES = ("edited", "accepted", "draft", "rejected")


@dataclass(frozen=True, slots=True)
class HitSide:
    """One text of a hit with what is marked in it."""

    text: str
    found: Spans
    """What was looked for."""
    related: Spans
    """What corresponds to what was found in the other text."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A pair in which something was found."""

    kind: str
    """``document`` or ``memory``."""
    document: str
    """The id of the document, or the name of the memory."""
    title: str
    date: str
    locator: str
    """Of the pair in its document; in a memory the id of the unit."""
    status: str
    source: HitSide
    target: HitSide


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer to a query."""

    hits: tuple[Hit, ...]
    total: int
    """How many pairs match, as far as they were counted."""
    more: bool
    """Whether more than these match, or may match."""
    searched: int
    """How many pairs the index has."""
    stopped: bool
    """Whether the time was over before all of them were searched."""


def find(index: SearchIndex, query: Query, project: Project) -> Hits:
    """Answer a query from an open index.

    Raises InputError for an unknown document or a bad regular expression, `InvalidIndex` when the index is damaged.
    """
    languages = project.source, project.target
    candidates = Candidates(index, query, languages)
    ids, more = candidates.ids()
    with index.checked():
        order = FileOrder(candidates.files)
        shown = _ordered(ids, query, order, index)[: query.limit]
        fetched = index.connection.execute(
            "SELECT id, locator, status, source, target FROM pair WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(shown),),
        )
        # They come in SQLite's order, not in the one that is wanted.
        rows = {row[0]: row for row in fetched}
    marked = _marked([rows[number][3:] for number in shown], candidates, index, languages)
    hits = []
    for number, (source, target) in zip(shown, marked, strict=True):
        file, (_, locator, status, *_texts) = order.file(number), rows[number]
        hits.append(Hit(file.kind, file.name, file.title, file.date, locator, status, source, target))
    return Hits(tuple(hits), len(ids), more, len(index), candidates.stopped)


def _ordered(ids: Sequence[int], query: Query, order: FileOrder, index: SearchIndex) -> list[int]:
    """The ids in the order that is wanted; equals as they stand in the documents."""
    by_document = order.sorted(ids)
    match query.order:
        case Order.DOCUMENT:
            return list(by_document)
        case Order.NEWEST:
            return sorted(by_document, key=lambda number: order.file(number).date, reverse=True)
        case Order.LENGTH:
            column = "length(source) + length(target)"
        case Order.STATUS:
            column = "CASE status " + " ".join(f"WHEN '{s}' THEN {n}" for n, s in enumerate(_STATUSES)) + " END"
    sql = f"SELECT id, {column} FROM pair WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - ours
    values = dict(index.connection.execute(sql, (json.dumps(by_document),)))
    return sorted(by_document, key=values.__getitem__)


def _marked(
    pairs: Sequence[Sequence[str]], candidates: Candidates, index: SearchIndex, languages: tuple[str, str]
) -> Iterator[tuple[HitSide, HitSide]]:
    """Mark in each pair what was found, and in the other text what corresponds to it."""
    words = [(whole_words(source), whole_words(target)) for source, target in pairs]
    spelt = [tuple([word.text for word in side] for side in pair) for pair in words]
    learned = index.learned(word_key(word) for source, _ in spelt for word in source)
    known = Counterparts([(a, b) for a, b in spelt], languages=languages, learned=learned)
    for texts, sides, (source, target) in zip(pairs, words, spelt, strict=True):
        found = [
            tuple(_found(text, side, candidates, name)) if name in candidates.sides else ()
            for text, side, name in zip(texts, sides, SIDES, strict=True)
        ]
        places = known.of(source, target)
        back: Places = {}
        for a, there in places.items():
            for b in there:
                back.setdefault(b, []).append(a)
        related = [_related(sides[n], sides[1 - n], found[1 - n], (back, places)[n], found[n]) for n in (1, 0)]
        yield HitSide(texts[0], found[0], related[1]), HitSide(texts[1], found[1], related[0])


def _found(text: str, words: Sequence[Word], candidates: Candidates, side: str) -> Iterator[Span]:
    """Where a text has what was looked for."""
    if candidates.pattern is not None:
        # That it has found something in time does not mean that it would find the next.
        with suppress(TimeoutError):
            for match in candidates.pattern.finditer(text, timeout=_MARKING):
                if match.end() > match.start():
                    yield Span(*match.span())
        return
    wanted, keys = candidates.words[side], [word_key(word.text) for word in words]
    if candidates.query.matching is Matching.WORDS:
        every = {form for each in wanted for form in each}
        yield from (word.span for word, key in zip(words, keys, strict=True) if key in every)
        return
    position, size = 0, len(wanted)
    while position + size <= len(words):
        stretch = keys[position : position + size]
        *others, last = zip(stretch, wanted, strict=True)
        if all(key in each for key, each in others) and (
            last[0].startswith(last[1][0]) if candidates.query.matching is Matching.PREFIX else last[0] in last[1]
        ):
            yield Span(words[position].start, words[position + size - 1].end)
            position += size
        else:
            position += 1


def _related(
    words: Sequence[Word], others: Sequence[Word], found: Spans, counterparts: Places, own: Iterable[Span]
) -> Spans:
    """Where the words of a text are that correspond to what was found in the other; not where it was found itself."""
    touched = [
        k for k, word in enumerate(others) if any(span.start < word.end and word.start < span.end for span in found)
    ]
    marked = sorted({place for k in touched for place in counterparts.get(k, ())})
    free = [p for p in marked if not any(s.start < words[p].end and words[p].start < s.end for s in own)]
    joined: list[Span] = []
    for n, place in enumerate(free):
        # Neighbours are one stretch: what is between them belongs to it.
        if n and free[n - 1] == place - 1:
            joined[-1] = Span(joined[-1].start, words[place].end)
        else:
            joined.append(words[place].span)
    return tuple(joined)
