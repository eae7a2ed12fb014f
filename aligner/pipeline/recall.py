"""Recalling: what the translation memories say to the sentences whose English is ours to write.

What a reviewer of the same document has accepted for the same sentence is taken first. The same text in a memory gives
its translation; the text most like it (75 % or more) is kept for the reviewer to see, and helps to choose among the
engine's renderings. A document's other pairs are no memory for itself, so that nothing quotes itself.

A bitext names the memories that took part in it and a digest of what they said (`Provenance.memory`). When the memories
change, every document asks again, but only those to which they say something else are done again; the corpus's state
(`aligner.corpus.state`) remembers who has asked what. Deleting it costs the time to ask. Start reading at `Recall`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from typing import Any

from aligner.config import Progress
from aligner.corpus.state import CorpusState
from aligner.memory import (
    ALIGNED,
    CORPUS,
    aligned_units,
    open_memories,
    reviewed_units,
)
from aligner.memory.choice import REVISION
from aligner.memory.index import MemoryUnit
from aligner.memory.index.several import Memories
from aligner.model import Bead, Bitext, Match, Origin, Role, Segment, Status
from aligner.pipeline.tools import Tools

_NOTHING = Memories()
_FORGET = "DELETE FROM asked WHERE pair = ? AND id = ?"


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is known of a segment before the engine is asked."""

    match: Match | None
    """The best match of the memories."""
    text: str | None = None
    """The English to take; None: the engine's."""
    bead: Bead | None = None
    """The bead of this document from which that is, if a reviewer accepted it there."""


class Recall:
    """The memories of a run. They are opened when first asked, after all pairs of persons were collected."""

    def __init__(self, tools: Tools, state: CorpusState, progress: Progress) -> None:
        self._tools, self._state, self._progress = tools, state, progress
        # where older versions remembered it
        with suppress(OSError):
            (tools.project.cache / "memory" / "asked.json").unlink(missing_ok=True)
        self._reviewed: dict[str, list[MemoryUnit]] = {}
        self._aligned: dict[str, list[MemoryUnit]] = {}

    def collect(self, bitext: Bitext, kept: Collection[str] | None = None) -> None:
        """Take the pairs of persons in a document; only those with a source text that is `kept`, where it is given."""
        reviewed, aligned = (
            [unit for unit in found if kept is None or unit.source in kept]
            for found in (reviewed_units(bitext), aligned_units(bitext))
        )
        self.collect_units(bitext.id, reviewed, aligned)

    def collect_units(self, document: str, reviewed: Sequence[MemoryUnit], aligned: Sequence[MemoryUnit]) -> None:
        """Take the pairs of persons in a document, the reviewed ones and the others."""
        for units, found in ((self._reviewed, reviewed), (self._aligned, aligned)):
            # most documents of a corpus have none
            units.pop(document, None)
            if found:
                units[document] = list(found)

    @cached_property
    def memories(self) -> Memories:
        """All memories of the run, open."""
        options, project = self._tools.options, self._tools.project
        if not options.use_memory:
            return _NOTHING
        return open_memories(
            self._tools.memories,
            project.languages,
            cache=project.cache / "memory",
            reviewed=_in_order(self._reviewed),
            aligned=_in_order(self._aligned),
            progress=self._progress,
        )

    def is_settled(self, document: str, said: str) -> bool:
        """Whether a document that has not changed since memories said this to it has asked these memories."""
        return self._asked(document) == self._answer(said)

    def settle(self, document: str, said: str) -> None:
        """Remember that a document has asked, and what it was told (`Provenance.memory`)."""
        answer, pair = self._answer(said), self._tools.project.pair
        # where the same is remembered nothing is written: a run that changes nothing touches nothing
        if answer != self._asked(document):
            # an empty answer is that of a document that was never asked
            sql = "INSERT OR REPLACE INTO asked VALUES (?, ?, ?)" if answer else _FORGET
            self._state.write(sql, (pair, document, answer) if answer else (pair, document))

    def _asked(self, document: str) -> str:
        sql = "SELECT answer FROM asked WHERE pair = ? AND id = ?"
        return "".join(answer for (answer,) in self._state.rows(sql, self._tools.project.pair, document))

    def ask(self, document: str, segments: Sequence[Segment], previous: Bitext | None) -> tuple[Recalled | None, ...]:
        """What is known of each segment of a document; None for boilerplate and where nothing is."""
        own = accepted(previous, segments) if previous else {}
        mine = f"{document}:"

        def is_others(memory: str, unit: MemoryUnit) -> bool:
            # a document that quoted its own pairs would go on quoting what was since corrected
            return memory not in {CORPUS, ALIGNED} or not unit.id.startswith(mine)

        def known(segment: Segment) -> Recalled | None:
            if segment.role is Role.BOILERPLATE:
                return None
            if segment.text in own:
                bead, english = own[segment.text]
                return Recalled(bead.match, english, bead)
            found = self.memories.best(segment.text, wanted=is_others)
            return None if found is None else Recalled(found.match, found.match.target if found.is_exact else None)

        return tuple(map(known, segments))

    def _answer(self, said: str) -> str:
        """What the memories are and what they said, on one line."""
        known = hashlib.sha256(self.memories.signature.encode()).hexdigest()[:16] if len(self.memories) else ""
        return f"{known} {said}".strip()


def _in_order(units: dict[str, list[MemoryUnit]]) -> list[MemoryUnit]:
    """The units of all documents, in the order of their names."""
    return [unit for document in sorted(units) for unit in units[document]]


def accepted(previous: Bitext, segments: Sequence[Segment]) -> dict[str, tuple[Bead, str]]:
    """What a reviewer accepted as it was for a sentence that stands several times in a document, by its source text."""
    often = Counter(segment.text for segment in segments)
    return {
        previous.source_text(bead): (bead, previous.target_text(bead))
        for bead in reversed(previous.beads)
        if bead.type == "1-1"
        and bead.status is Status.ACCEPTED
        and bead.origin in {Origin.MACHINE, Origin.MEMORY}
        and often[previous.source_text(bead)] > 1
    }


def recalled_for(bead: Bead, known: Sequence[Recalled | None]) -> Bead:
    """The bead of a machine's rendering with what was recalled for its segment, which may have taken its place."""
    recalled = known[bead.source[0]] if known and len(bead.source) == 1 else None
    if recalled is None:
        return replace(bead, match=None) if known else bead
    # what a reviewer accepted elsewhere in the document comes with all that was known of it there
    if recalled.bead is not None:
        old = recalled.bead
        names = ("origin", "machine", "machine_score", "quality", "maker", "flags", "match")
        return replace(bead, **{name: getattr(old, name) for name in names})
    if recalled.text is None:
        return replace(bead, match=recalled.match)
    nothing: dict[str, Any] = {"machine": None, "machine_score": None, "quality": None, "maker": "", "flags": ()}
    return replace(bead, origin=Origin.MEMORY, match=recalled.match, **nothing)


def said(matches: Iterable[Match | None]) -> str:
    """The names of the memories that took part and a digest of what they said; empty if none did.

    >>> said([None])
    ''
    """
    found = [match for match in matches if match is not None]
    if not found:
        return ""
    # a bar would end the field in the signature line
    names = " ".join(", ".join(sorted({match.memory for match in found})).replace("|", "/").split())
    digest = hashlib.sha256(json.dumps([REVISION, *map(astuple, found)]).encode()).hexdigest()[:16]
    return f"{names} {digest}"
