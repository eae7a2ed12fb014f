"""Recalling: what the translation memories say to the documents whose English is ours to write.

A sentence that a reviewer of the same document has accepted stays as it is. The same text in a memory gives its
translation; the text most like it (75 % or more) is kept for the reviewer to see, and helps to choose among the
engine's renderings. A document's own pairs are no memory for itself, so that nothing quotes itself.

The signature of a bitext names the memories that took part in it and a digest of what they said. When the memories
change, every document asks again, but only those to which they say something else are done again; a small state file
remembers who has asked what. Deleting it costs the time to ask. Start reading at `Recall`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from pathlib import Path

from aligner.config import Progress
from aligner.files import write_atomically
from aligner.memories import ALIGNED, CORPUS, aligned_units, open_memories, reviewed_units
from aligner.memories.choice import REVISION
from aligner.memory import Unit
from aligner.memory.several import Memories
from aligner.model import Bead, Bitext, Match, Origin, Role, Segment, Status
from aligner.pipeline.tools import Tools
from aligner.store import Project

_PART = "|memory:"
_NOTHING = Memories()


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is known of a segment before the engine is asked."""

    match: Match | None
    """The best match of the memories."""
    text: str | None = None
    """The English to take; None: the engine's."""
    bead: Bead | None = None
    """The bead of this document that a reviewer accepted: it stays."""


class Recall:
    """The memories of a run. They are opened when first asked, after all pairs of persons were collected."""

    def __init__(self, tools: Tools, progress: Progress) -> None:
        self._tools, self._progress = tools, progress
        self._reviewed: dict[str, list[Unit]] = {}
        self._aligned: dict[str, list[Unit]] = {}
        self._state_file = asked_file(tools.project)
        self._state = self._load()

    def collect(self, bitext: Bitext, kept: Collection[str] | None = None) -> None:
        """Take the pairs of persons in a document; only those with a source text that is `kept`, where it is given."""
        for units, found in ((self._reviewed, reviewed_units(bitext)), (self._aligned, aligned_units(bitext))):
            units[bitext.id] = [unit for unit in found if kept is None or unit.source in kept]

    @cached_property
    def memories(self) -> Memories:
        """All memories of the run, open."""
        options, project = self._tools.options, self._tools.project
        if not options.use_memory:
            return _NOTHING
        return open_memories(
            self._tools.memories,
            source=project.source,
            target=project.target,
            cache=project.cache / "memory",
            reviewed=_in_order(self._reviewed),
            aligned=_in_order(self._aligned),
            progress=self._progress,
        )

    def is_settled(self, document: str, signature: str) -> bool:
        """Whether a document that has not changed since a bitext with this signature has asked these memories."""
        return self._state.get(document, "") == self._answer(signature)

    def settle(self, document: str, signature: str) -> None:
        """Remember that a document has asked, and its bitext's signature."""
        self._state[document] = self._answer(signature)

    def close(self) -> None:
        """Write the state file."""
        kept = {name: answer for name, answer in self._state.items() if answer}
        if kept != self._load():
            write_atomically(self._state_file, json.dumps(kept, indent=0, sort_keys=True) + "\n")

    def ask(self, document: str, segments: Sequence[Segment], previous: Bitext | None) -> tuple[Recalled | None, ...]:
        """What is known of each segment of a document; None for boilerplate and where nothing is."""
        own = accepted(previous) if previous else {}
        wanted = _others(document)
        return tuple(
            None if segment.role is Role.BOILERPLATE else self._segment(segment.text, own, wanted)
            for segment in segments
        )

    def _segment(
        self, text: str, own: dict[str, tuple[Bead, str]], wanted: Callable[[str, Unit], bool]
    ) -> Recalled | None:
        if text in own:
            bead, english = own[text]
            return Recalled(bead.match, english, bead)
        found = self.memories.best(text, wanted=wanted)
        if found is None:
            return None
        return Recalled(found.match, found.match.target if found.is_exact else None)

    def _answer(self, signature: str) -> str:
        """What the memories are and what a bitext's signature says they said, on one line."""
        known = hashlib.sha256(self.memories.signature.encode()).hexdigest()[:16] if len(self.memories) else ""
        return f"{known} {part(signature)}".strip()

    def _load(self) -> dict[str, str]:
        with suppress(OSError, ValueError):
            state = json.loads(self._state_file.read_text(encoding="utf-8"))
            if isinstance(state, dict):
                return {str(name): str(answer) for name, answer in state.items()}
        return {}


def asked_file(project: Project) -> Path:
    """The state file that remembers, by document, who has asked what."""
    return project.cache / "memory" / "asked.json"


def _in_order(units: dict[str, list[Unit]]) -> list[Unit]:
    """The units of all documents, in the order of their names."""
    return [unit for document in sorted(units) for unit in units[document]]


def _others(document: str) -> Callable[[str, Unit], bool]:
    """Whether a unit is not one of the document's own."""
    own = f"{document}:"
    return lambda memory, unit: memory not in {CORPUS, ALIGNED} or not unit.id.startswith(own)


def accepted(previous: Bitext) -> dict[str, tuple[Bead, str]]:
    """The beads of one segment each that a reviewer accepted as they were, with their English, by their French."""
    return {
        previous.source_text(bead): (bead, previous.target_text(bead))
        for bead in reversed(previous.beads)
        if bead.type == "1-1" and bead.status is Status.ACCEPTED and bead.origin in {Origin.MACHINE, Origin.MEMORY}
    }


def with_recalled(beads: Iterable[Bead], recalled: Sequence[Recalled | None]) -> tuple[Bead, ...]:
    """The beads of a laid-out text with what was recalled for their segments."""
    return tuple(_with(bead, recalled[bead.source[0]] if bead.source else None) for bead in beads)


def _with(bead: Bead, recalled: Recalled | None) -> Bead:
    if recalled is None:
        return bead
    if recalled.bead is not None:
        old = recalled.bead
        kept = {name: getattr(old, name) for name in ("origin", "machine", "machine_score", "flags", "match")}
        return replace(bead, **kept)
    if recalled.text is None:
        return replace(bead, match=recalled.match)
    return replace(bead, origin=Origin.MEMORY, machine=None, machine_score=None, flags=(), match=recalled.match)


def signed(signature: str, matches: Iterable[Match | None]) -> str:
    """A signature with the memories that took part and a digest of what they said; unchanged if none did.

    >>> signed("srx:fr-1", [None])
    'srx:fr-1'
    """
    said = [match for match in matches if match is not None]
    if not said:
        return signature
    names = " ".join(", ".join(sorted({match.memory for match in said})).replace("|", "/").split())
    digest = hashlib.sha256(json.dumps([REVISION, *map(astuple, said)]).encode()).hexdigest()[:16]
    return f"{signature}{_PART}{names} {digest}"


def part(signature: str) -> str:
    """What a signature says of memories."""
    return signature.partition(_PART)[2]


def unsigned(signature: str) -> str:
    """A signature without what it says of memories.

    >>> unsigned("srx:fr-1|memory:treaties.tmx 0123456789abcdef")
    'srx:fr-1'
    """
    return signature.partition(_PART)[0]
