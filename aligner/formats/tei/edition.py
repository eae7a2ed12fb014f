"""What the parts of a TEI edition agree on: its ids, its languages and which segments it shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from urllib.parse import quote

from aligner.errors import InputError
from aligner.formats.base import WriteOptions
from aligner.formats.selection import is_boilerplate
from aligner.formats.xml.markup import ncname
from aligner.model import Bead, Bitext, Segment, Side


@dataclass(frozen=True)
class Edition:
    """A bitext as it will be shown."""

    bitext: Bitext
    options: WriteOptions
    prefix: str = ""
    """What all ids begin with; needed where several editions share a file."""
    files: tuple[str, str] = ("", "")
    """The files of the source and of the target text, where they are not in the same file as their links."""

    def __post_init__(self) -> None:
        if self.source_tag == self.target_tag:
            raise InputError(
                "both sides have the same language, so their ids would clash", where=self.bitext.id, hint="use a locale"
            )
        # A table that was sorted in a spreadsheet may come back to a paragraph after others.
        for side in (self.bitext.source, self.bitext.target):
            paragraphs = [number for number, _ in groupby(segment.paragraph for segment in side.segments)]
            if len(set(paragraphs)) != len(paragraphs):
                raise InputError("the paragraph numbers do not grow, so ids would clash", where=self.bitext.id)

    @property
    def source_tag(self) -> str:
        """The language tag of the source text."""
        return self.options.tag(self.bitext.source.language)

    @property
    def target_tag(self) -> str:
        """The language tag of the target text."""
        return self.options.tag(self.bitext.target.language)

    @cached_property
    def beads(self) -> tuple[Bead, ...]:
        """The beads that are shown."""
        keep = self.options.keep_boilerplate
        return tuple(bead for bead in self.bitext.beads if keep or not is_boilerplate(self.bitext, bead))

    def segments(self, side: Side) -> list[tuple[int, Segment]]:
        """The segments of a side that are shown, with their indices."""
        shown = {i for bead in self.beads for i in (bead.source if side is self.bitext.source else bead.target)}
        return [(i, segment) for i, segment in enumerate(side.segments) if i in shown]

    def id(self, *parts: str) -> str:
        """An xml:id: ``id("fr", "3.2")`` is ``fr.3.2``."""
        return self.prefix + ".".join(ncname(part) for part in parts)

    def text_pointers(self) -> tuple[str, str]:
        """Pointers to both texts."""
        return self._pointer(0, self.source_tag), self._pointer(1, self.target_tag)

    def pointers(self, bead: Bead) -> tuple[list[str], list[str]]:
        """Pointers to a bead's segments in both texts: ``#fr.3.2``."""
        source, target = self.bitext.source.segments, self.bitext.target.segments
        return (
            [self._pointer(0, self.source_tag, source[i].locator) for i in bead.source],
            [self._pointer(1, self.target_tag, target[j].locator) for j in bead.target],
        )

    def pointer(self, *parts: str) -> str:
        """A pointer to something in the same file."""
        return f"#{self.id(*parts)}"

    def reviewers(self) -> dict[str, str]:
        """The xml:id of every person who changed a bead, in order of appearance."""
        names = dict.fromkeys(bead.by for bead in self.beads if bead.by)
        return {name: self.id("reviewer", str(number)) for number, name in enumerate(names, 1)}

    def _pointer(self, side: int, *parts: str) -> str:
        # A pointer is a URI, so spaces in file names are escaped; within one file there is nothing before the "#".
        return f"{quote(self.files[side])}#{self.id(*parts)}"


def edition_id(bitext: Bitext) -> str:
    """The xml:id of an edition; a name must not begin with a digit, a document id may."""
    return f"doc.{ncname(bitext.id)}"
