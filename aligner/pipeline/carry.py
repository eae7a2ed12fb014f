"""What a reviewer said survives: it is carried to the new beads when a document is paired again.

`locked_beads` finds the beads that a person stands for in the new segments, so that the aligner keeps them, and
`standing_pairs` those that nothing speaks against; `carry_review` gives beads with unchanged texts their status,
note, date and name back, `carry_matches` what a memory had said of them. Who wrote which text is for
`aligner.pipeline.authors`. Start reading at `is_kept`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from aligner.model import REVIEWED, Bead, Bitext, Kind, Origin, Role, Segment, Status

NEAR = 0.75
"""The share of its words from which a sentence was made from the former text."""
SOME = 1 / 3
"""The share of a text, in words, that such sentences must make up; with less it is another text."""
FAIR = 0.5
"""The confidence from which a pair that nobody looked at is kept while its two sentences stand."""


def is_kept(bead: Bead) -> bool:
    """Whether a person has said that exactly these segments belong together.

    Who accepted or edited a bead, wrote a remark on it, or merged, split or moved it has; who rejected it has not.
    """
    if not bead.by or bead.kind is Kind.EXCLUDED or bead.status is Status.REJECTED:
        return False
    return bead.status is not Status.DRAFT or bead.kind is Kind.LOCKED or bool(bead.note)


def is_persons(bead: Bead) -> bool:
    """Whether the target side is as a person wants it: written, accepted or struck out by one. It stays as it is."""
    return bead.origin is Origin.HUMAN or bead.status in REVIEWED


def is_touched(bead: Bead) -> bool:
    """Whether a person had a hand in a bead at all: its text, its status, its borders, or a remark."""
    if bead.kind is Kind.EXCLUDED:
        return False
    said = bead.status is not Status.DRAFT or bead.kind is Kind.LOCKED or bool(bead.note or bead.by or bead.changed)
    # the machine had something to say and nothing stands there: only a person takes a text away
    struck_out = bool(bead.machine) and not bead.target
    return said or struck_out or bead.origin is Origin.HUMAN


def locked_beads(previous: Bitext, source: Sequence[Segment], target: Sequence[Segment]) -> list[Bead]:
    """The beads that a person stands for, as beads of new segments that hold the same texts in the same places.

    A bead whose texts are no longer there, or no longer begin and end with a segment, is left out.
    """
    places = _Places(previous, source, target)
    found = [places.of(bead) for bead in previous.beads if is_kept(bead)]
    return [Bead(*place, kind=Kind.LOCKED) for place in found if place is not None]


def standing_pairs(
    previous: Bitext, source: Sequence[Segment], target: Sequence[Segment], *, found_too: bool = True
) -> list[Bead]:
    """The 1-1 beads whose two sentences still stand, as beads of new segments.

    So a sentence put in elsewhere does not part what belongs together. Pairs that the aligner found must stand once in
    their texts; without `found_too` only those count that are known by construction, or that a person wrote in the
    place of such a one. Left to the aligner is what may have been wrong: a bead that was rejected or in doubt, and one
    beside a sentence without counterpart where a new sentence now stands that may be it. Beads that a person stands
    for are not among them (`locked_beads`).
    """
    places = _Places(previous, source, target)
    # each bead between its neighbours; the first and the last have one
    around = (None, *previous.beads, None)
    found = []
    for before, bead, after in zip(around, previous.beads, around[2:], strict=False):
        known = bead.kind is Kind.CONSTRUCTED or bead.status is Status.EDITED
        sure = bead.kind is Kind.CONSTRUCTED or (bead.kind is Kind.ALIGNED and _clearness(bead) >= FAIR)
        plain = bead.type == "1-1" and bead.status is not Status.REJECTED and sure
        # an edited pair of whatever shape is sure enough: a person wrote this English for this French
        fair = not is_kept(bead) and (plain or (bead.status is Status.EDITED and not bead.is_null))
        place = places.of(bead) if fair and (known or found_too) else None
        # a sentence that occurs twice may be the pair of the other one, unless the pair never was the aligner's guess
        known = known or places.is_single(bead)
        if place is not None and known and not any(places.is_open(b, place) for b in (before, after)):
            found.append(
                Bead(*place, score=bead.score, confidence=bead.confidence, kind=bead.kind, related=bead.related)
            )
    return found


def is_another_text(previous: Bitext, target: Sequence[Segment]) -> bool:
    """Whether an English text is another translation than that of a bitext, not the same one with sentences changed.

    A sentence is the former text's where it stands there too, or three quarters of its words do in the same order
    (those of a longest common subsequence of both texts). Sentences count with their words, for a heading or a name is
    the same in any translation. Measured with the embedded model: of running text that was translated independently 5
    to 12 % is near in this sense, of very short sentences 25 %. Below a third it is another text.
    """
    former = {segment.text for segment in previous.target.segments}
    # the usual case, and then the words need not be compared
    if all(segment.text in former for segment in target):
        return False
    counts = Moved(previous.target.segments, target).counts()
    near = (
        words
        for segment, (same, words) in zip(target, counts, strict=True)
        if segment.text in former or same >= NEAR * words
    )
    return sum(near) < SOME * sum(words for _, words in counts)


def with_borders(segments: Sequence[Segment], previous: Bitext, text: str) -> list[Segment]:
    """Segments of the English that a bitext is about, cut also where beads that a person stands for begin and end.

    Two sentences of which the first has no full stop are one for the rules, but not for the person who parted them.
    """
    kept = [bead.target for bead in previous.beads if is_kept(bead) and bead.target]
    sides = previous.target.segments
    # the English is the same text, so the old offsets are good in the new segments
    borders = sorted({side for t in kept for side in (sides[t[0]].start, sides[t[-1]].end)})
    found: list[Segment] = []
    for segment in segments:
        low, high = bisect_right(borders, segment.start), bisect_left(borders, segment.end)
        marks = [segment.start, *borders[low:high], segment.end]
        for start, end in pairwise(marks):
            piece = text[start:end]
            if piece.strip():
                begin = start + len(piece) - len(piece.lstrip())
                stop = begin + len(piece.strip())
                same = bool(found) and found[-1].paragraph == segment.paragraph
                number = found[-1].number + 1 if same else 1
                found.append(replace(segment, text=text[begin:stop], start=begin, end=stop, number=number))
    return found


def carry_review(
    beads: Sequence[Bead], source: Sequence[Segment], target: Sequence[Segment], previous: Bitext, *, now: str
) -> tuple[Bead, ...]:
    """Give beads what a reviewer said of the same pair of texts before, and mark what a person changed since.

    A pair whose two texts are unchanged keeps its status, note, date and name: those of the pair in the same place,
    otherwise of one that is no longer in its own. Another text of a person where aligner had written one is ``edited``,
    but not in another text: its pairs nobody has looked at.
    """
    places = _Places(previous, source, target)
    # in its own place first: a sentence that occurs twice may be accepted here and rejected there
    there = {place: bead for bead in previous.beads if (place := places.of(bead)) is not None}
    stayed = {there[place] for bead in beads if (place := (bead.source, bead.target)) in there}
    seen = {(previous.source_text(b), previous.target_text(b)): b for b in previous.beads if b not in stayed}
    remarks = {at: bead for bead in previous.beads if bead.note and (at := places.of_source(bead))}
    # where aligner had written a text, another one now is a person's edit; in another translation it is nobody's
    machine = {
        previous.source.segments[i].text
        for bead in (() if is_another_text(previous, target) else previous.beads)
        if bead.target and (bead.origin in {Origin.MACHINE, Origin.MEMORY} or bead.status is Status.EDITED)
        for i in bead.source
    }

    def reviewed(bead: Bead) -> Bead:
        if bead.kind is Kind.EXCLUDED:
            return bead
        texts = " ".join(source[i].text for i in bead.source), " ".join(target[j].text for j in bead.target)
        old = there.get((bead.source, bead.target)) or seen.get(texts)
        if old is not None:
            kind = Kind.LOCKED if old.kind is Kind.LOCKED else bead.kind
            return replace(bead, kind=kind, status=old.status, note=old.note, changed=old.changed, by=old.by)
        # a remark is about the French: it stays although the English is another now
        if (remark := remarks.get(bead.source)) is not None:
            bead = replace(bead, note=remark.note, changed=remark.changed, by=remark.by)
        if bead.origin is Origin.HUMAN and bead.source and all(source[i].text in machine for i in bead.source):
            return replace(bead, status=Status.EDITED, changed=now)
        return bead

    return tuple(reviewed(bead) for bead in beads)


Indices = tuple[int, ...]


class _Places:
    """Where the beads of a bitext are in new segments of both sides."""

    def __init__(self, previous: Bitext, source: Sequence[Segment], target: Sequence[Segment]) -> None:
        self._source = Moved(previous.source.segments, source)
        self._target = Moved(previous.target.segments, target)

    def of(self, bead: Bead) -> tuple[Indices, Indices] | None:
        """The new segments of a bead; None where its texts are no longer there."""
        source, target = self._source.of(bead.source), self._target.of(bead.target)
        return None if source is None or target is None else (source, target)

    def of_source(self, bead: Bead) -> Indices | None:
        """The new source segments of a bead; None where its source text is no longer there."""
        return self._source.of(bead.source)

    def is_single(self, bead: Bead) -> bool:
        """Whether the segments of a bead stand once in their texts, the former and the new ones."""
        return self._source.are_single(bead.source) and self._target.are_single(bead.target)

    def is_open(self, neighbour: Bead | None, place: tuple[Indices, Indices]) -> bool:
        """Whether a former neighbour had no counterpart, and beside a place there is a new segment that may be it."""
        if neighbour is None or not neighbour.is_null or neighbour.kind is Kind.EXCLUDED:
            return False
        side, indices = (self._target, place[1]) if neighbour.source else (self._source, place[0])
        return any(side.is_new(index) for index in (indices[0] - 1, indices[-1] + 1))


class Moved:
    """Where the segments of one text are in a new one.

    Whole segments first, so that a sentence is not taken for a similar one put in before it; what is between them word
    by word, so that both texts may be cut differently.
    """

    def __init__(self, old: Sequence[Segment], new: Sequence[Segment]) -> None:
        from aligner.text.subsequence import matches

        self._old, self._new = old, new
        before, self._starts = _words(old)
        after, self._new_starts = _words(new)
        self._begins, self._ends = _borders(self._new_starts)
        self._old_begins, self._old_ends = _borders(self._starts)
        self._at: dict[int, int] = {}
        """The numbers of the words that both texts have: the old by the new one's."""
        olds = [" ".join(before[a:b]) for a, b in pairwise(self._starts)]
        news = [" ".join(after[a:b]) for a, b in pairwise(self._new_starts)]
        last = 0, 0
        for i, j in [*matches(olds, news), (len(old), len(new))]:
            (a, b), (c, d) = (self._starts[last[0]], self._starts[i]), (self._new_starts[last[1]], self._new_starts[j])
            self._at.update((a + k, c + m) for k, m in matches(before[a:b], after[c:d]))
            if i < len(old):
                whole = range(self._starts[i], self._starts[i + 1])
                self._at.update(zip(whole, range(self._new_starts[j], self._new_starts[j + 1]), strict=True))
            last = i + 1, j + 1
        self._from = {there: here for here, there in self._at.items()}

    def of(self, indices: Indices) -> Indices | None:
        """The new segments that hold the very words of old ones; None when there are none, or they were set aside.

        Boilerplate in their middle does not part them: the aligner, too, lets a sentence go on behind a page break.
        """
        if not indices:
            return ()
        words = range(self._starts[indices[0]], self._starts[indices[-1] + 1])
        # the words must be in one run: a sentence that somebody wrote into stands no longer
        places = [self._at.get(word, -1) for word in words]
        if not places or places[0] < 0 or places != list(range(places[0], places[0] + len(places))):
            return None
        # and they must begin and end with a segment, or the bead would have half of one
        first, last = self._begins.get(places[0]), self._ends.get(places[-1] + 1)
        if first is None or last is None:
            return None
        aside = any(self._new[index].role is Role.BOILERPLATE for index in (first, last))
        return None if aside else tuple(range(first, last + 1))

    def origins(self, indices: Indices) -> Indices | None:
        """The old segments whose very words, all of them and nothing else, new ones hold; None where there are none."""
        words = range(self._new_starts[indices[0]], self._new_starts[indices[-1] + 1])
        places = [self._from.get(word, -1) for word in words]
        if not places or places[0] < 0 or places != list(range(places[0], places[0] + len(places))):
            return None
        first, last = self._old_begins.get(places[0]), self._old_ends.get(places[-1] + 1)
        return None if first is None or last is None else tuple(range(first, last + 1))

    def are_single(self, indices: Indices) -> bool:
        """Whether each of these old segments stands once in the old text and once in the new one."""
        return all(count[self._old[index].text] == 1 for index in indices for count in self._often)

    def is_new(self, index: int) -> bool:
        """Whether there is a new segment of this index that does not stand in the old text as it is."""
        return 0 <= index < len(self._new) and self._new[index].text not in self._often[0]

    @cached_property
    def _often(self) -> tuple[Counter[str], Counter[str]]:
        """How often each text stands among the old and the new segments."""
        return Counter(segment.text for segment in self._old), Counter(segment.text for segment in self._new)

    def counts(self) -> list[tuple[int, int]]:
        """For each new segment how many of its words are old ones in their order, and how many it has."""
        old = set(self._at.values())
        return [(sum(word in old for word in range(*span)), span[1] - span[0]) for span in pairwise(self._new_starts)]


def _borders(starts: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """The segments by the number of their first word, and by the number of the word after their last one."""
    spans = [(k, start, end) for k, (start, end) in enumerate(pairwise(starts)) if end > start]
    return {start: k for k, start, _ in spans}, {end: k for k, _, end in spans}


def _words(segments: Sequence[Segment]) -> tuple[list[str], list[int]]:
    """The words of a text, and the number of the first one of each segment, with that of all at the end."""
    words: list[str] = []
    starts = [0]
    for segment in segments:
        words += segment.text.split()
        starts.append(len(words))
    return words, starts


def carry_matches(beads: Sequence[Bead], source: Sequence[Segment], previous: Bitext) -> tuple[Bead, ...]:
    """Give beads what a memory had for the same source text."""
    matches = {previous.source_text(b): b.match for b in previous.beads if b.match is not None}
    return tuple(replace(bead, match=matches.get(" ".join(source[i].text for i in bead.source))) for bead in beads)


def _clearness(bead: Bead) -> float:
    """How clear it is that the sides of a bead stand in the same place, however free the translation is."""
    # The confidence is the root of this, times how probably the sides are related (`aligner.alignment.front`).
    return min((bead.confidence / bead.related) ** 2, 1.0) if bead.related else bead.confidence
