"""The English text and the target side of a bitext with some beads' texts replaced; all else stays where it was.

    beads ──_targets──▶ targets (text, role, what stands before it) ──rewrite──▶ English text, segments with offsets

A paragraph stays a paragraph. A sentence that had no English is set beside the English of its own paragraph, or on a
line of its own, after a blank line if there is one in the source. Start reading at `rewrite`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aligner.editing.wordings import LINE_END, plain_line
from aligner.model import Bead, Bitext, Role, Segment, sha256
from aligner.text import Srx, segment
from aligner.text.paragraphs import gap as gap_between


@dataclass(slots=True)
class _Target:
    """A target segment to be."""

    text: str
    role: Role
    before: str | None
    """What stands between it and the one before; None: to be found."""
    paragraph: int
    """The paragraph of its source; 0: none."""


def rewrite(
    bitext: Bitext,
    english: str,
    beads: Sequence[Bead],
    texts: Mapping[int, str],
    *,
    source: str | None = None,
    rules: Srx | None = None,
    whole: bool = False,
) -> tuple[Bitext, str]:
    """The bitext and its English text with `beads` for its own and new texts for those at some indices.

    `english` is the text of the target side's offsets, `source` that of the source side's: new paragraphs are divided
    as there (None: by a line end). `rules` cut the new texts into segments (None: our own); `whole` leaves each one
    segment, as a machine's rendering of one is.
    Dates and all else about the bitext stay; the hash of the English text is that of the new one. An empty text takes
    the English away, and the bead too if it had nothing else.
    """
    targets: list[_Target] = []
    made: list[Bead] = []
    old = _Old(bitext, english)
    gap = ""
    for index, bead in enumerate(beads):
        if index in texts:
            text = plain_line(texts[index])
            pieces = segment(text, bitext.target.language, rules=rules, boilerplate=False)
            if whole:
                pieces = [Segment(text, 0, len(text))] if text else []
            new = _replaced(old, bead, text, pieces)
        else:
            new = old.targets(bead)
        # first what earlier beads left behind, for the next text that comes
        gap = _closed(targets, new, gap, old.targets(bead))
        # a bead of target segments only is gone with its text
        if bead.source or new:
            made.append(replace(bead, target=tuple(range(len(targets), len(targets) + len(new)))))
        targets += new
    # what divides each paragraph of the source text from the one before: a line end or a blank line
    around = pairwise(bitext.source.segments) if source is not None else ()
    divisions = {b.paragraph: gap_between(source or "", a, b) for a, b in around if a.paragraph != b.paragraph}
    _place(targets, divisions)
    text = "".join([old.head, *(part for each in targets for part in (each.before or "", each.text)), old.tail])
    side = replace(bitext.target, segments=tuple(_segments(targets, len(old.head))), sha256=sha256(text))
    return replace(bitext, target=side, beads=tuple(made)), text


class _Old:
    """The target side as it was."""

    def __init__(self, bitext: Bitext, english: str) -> None:
        self.bitext, self._english = bitext, english
        segments = bitext.target.segments
        self.head = english[: segments[0].start] if segments else ""
        self.tail = english[segments[-1].end :] if segments else "\n"

    def targets(self, bead: Bead) -> list[_Target]:
        """The segments of a bead, each with what stands before it."""
        segments, found = self.bitext.target.segments, []
        for j in bead.target:
            before = self._english[segments[j - 1].end : segments[j].start] if j else ""
            # the end of a wrapped line is no end of a paragraph
            if j and segments[j - 1].paragraph == segments[j].paragraph:
                before = LINE_END.sub(" ", before)
            found.append(_Target(segments[j].text, segments[j].role, before, self.paragraph(bead)))
        return found

    def paragraph(self, bead: Bead) -> int:
        """The paragraph of a bead's source; 0: it has none."""
        return self.bitext.source.segments[bead.source[0]].paragraph if bead.source else 0

    def role(self, bead: Bead) -> Role:
        """The role of a bead's first target segment, or of its first source segment if it has no target."""
        side, index = (self.bitext.target, bead.target[0]) if bead.target else (self.bitext.source, bead.source[0])
        return side.segments[index].role


def _replaced(old: _Old, bead: Bead, text: str, found: Sequence[Segment]) -> list[_Target]:
    """The segments of a bead's new text: as they were laid out if they are as many, else one after the other."""
    targets, paragraph = old.targets(bead), old.paragraph(bead)
    # As many sentences as before: line breaks inside the bead stay where they were.
    if len(found) == len(targets):
        return [replace(target, text=piece.text) for target, piece in zip(targets, found, strict=True)]
    if not found:
        return []
    # a heading that becomes two sentences is text
    role = old.role(bead) if len(found) == 1 else Role.TEXT
    gaps = [
        targets[0].before if targets else None,
        *(text[a.end : b.start] for a, b in pairwise(found)),
    ]
    return [_Target(piece.text, role, gap, paragraph) for piece, gap in zip(found, gaps, strict=True)]


def _closed(targets: Sequence[_Target], new: Sequence[_Target], gap: str, old: Sequence[_Target]) -> str:
    """Close the gap that taken-away segments left before the next one: a line end among them stays.

    `gap` is the line end that an earlier bead left behind; returned is the one that is still to be placed.
    """
    if new and new[0].before is not None:
        if not targets:
            new[0].before = ""
        # the line end that was lost with a text stays a line end: paragraphs do not run together
        elif gap and not LINE_END.search(new[0].before):
            new[0].before = gap
        return ""
    lost = [target.before for target in old if target.before and LINE_END.search(target.before)] if not new else []
    return gap or next(iter(lost), "")


def _place(targets: list[_Target], divisions: Mapping[int, str]) -> None:
    """Find out what stands before the segments that are new; `divisions` are what stands before new paragraphs."""
    for index, target in enumerate(targets):
        if target.before is not None:
            continue
        previous = targets[index - 1] if index else None
        following = next((s for s in targets[index + 1 :] if s.before is not None), None)
        if previous and previous.paragraph == target.paragraph:
            target.before = " "
        # A new first sentence of a paragraph takes over what divides it from the one before.
        elif following and following.paragraph == target.paragraph:
            target.before, following.before = following.before, " "
        else:
            target.before = divisions.get(target.paragraph, "\n") if previous else ""
            if following and not previous:
                following.before = divisions.get(following.paragraph, "\n")


def _segments(targets: Sequence[_Target], position: int) -> Iterator[Segment]:
    """The target segments, laid out from a position on; a line end before one begins a paragraph."""
    paragraph, number = 1, 0
    for index, target in enumerate(targets):
        before = target.before or ""
        # as text is cut in `aligner.text`: a line is a paragraph (decision 5)
        paragraph, number = (paragraph + 1, 1) if index and LINE_END.search(before) else (paragraph, number + 1)
        start = position + len(before)
        position = start + len(target.text)
        yield Segment(target.text, start, position, paragraph, number, target.role)
