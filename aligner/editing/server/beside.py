"""What stands beside a pair that is being written: matches of the memories, terms of the glossary, other renderings.

    GET /api/<id>/beside?bead=3.2       ──▶ {"matches": […], "terms": […]}        milliseconds
    GET /api/<id>/renderings?bead=3.2   ──▶ {"renderings": […], "maker", "why"}   the model is loaded by the first one

A match is ``{score, memory, unit, source, target, note, by, changed}``, a term ``{start, end, source, allowed,
forbidden, note}`` with its place in the source text in characters, a rendering ``{text, quality}``. Each has been asked
of the room that knows it; nothing is kept here but what is open. May be asked from several threads. Start reading at
`Beside`.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from aligner.corpus.memories import gather_memories
from aligner.corpus.store import Project
from aligner.editing.wordings import same
from aligner.errors import AlignerError, InputError
from aligner.memory.index import MemoryUnit
from aligner.memory.index.several import Memories
from aligner.model import Bead, Bitext, Kind
from aligner.pages.data import terms_in
from aligner.terms import Finder, Glossary
from aligner.translation import ArgosTranslator, open_engine

MATCHES, LEAST = 4, 60
"""How many matches are shown at most, and the least score of one."""
RENDERINGS = 5
"""How many renderings the model is asked for."""
FRESH, PATIENCE = 5.0, 20
"""Seconds for which the memories are taken to be up to date: at least these, and so many times what opening took."""


class Beside:
    """Answers questions about one pair."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._asking, self._translating = threading.Lock(), threading.Lock()
        self._memories = Memories()
        self._fresh_until = 0.0
        self._finder: Finder | None = None
        self._engine: tuple[Glossary, ArgosTranslator] | None = None

    def of(self, bitext: Bitext, locator: str, terms: Glossary) -> dict[str, Any]:
        """The matches and terms of a pair; InputError when there is no such pair."""
        bead = bead_at(bitext, locator)
        source = bitext.source_text(bead)
        if not source or bead.kind is Kind.EXCLUDED:
            return {"matches": [], "terms": []}
        here = f"{bitext.id}:{locator}"

        def elsewhere(memory: str, unit: MemoryUnit) -> bool:  # noqa: ARG001 - the shape of `Wanted`
            return unit.id != here  # a pair is no match of itself

        with self._asking:
            found = self._current().search(source, minimum=LEAST, limit=MATCHES, wanted=elsewhere)
            matches = [
                {
                    "score": each.match.score,
                    "memory": each.match.memory,
                    "unit": each.match.unit,
                    "source": each.match.source,
                    "target": each.match.target,
                    "note": each.match.note,
                    "by": each.unit.by,
                    "changed": each.unit.changed,
                }
                for each in found
            ]
            return {"matches": matches, "terms": self._terms(source, terms)}

    def renderings(self, bitext: Bitext, locator: str, terms: Glossary) -> dict[str, Any]:
        """Other renderings of a pair's source by the model; where there can be none, why."""
        bead = bead_at(bitext, locator)
        source, present = bitext.source_text(bead), bitext.target_text(bead)
        if not source or bead.kind is Kind.EXCLUDED:
            return {"renderings": [], "maker": "", "why": ""}
        with self._translating:
            try:
                engine = self._translator(terms)
                if engine is None:
                    return {"renderings": [], "maker": "", "why": "this engine gives one rendering only"}
                found = engine.several(source, RENDERINGS)
            except AlignerError as error:
                return {"renderings": [], "maker": "", "why": str(error)}
        made = engine.made_by
        others = [
            {"text": each.text, "quality": each.confidence}
            for each in found
            if not same(each.text, present) and not same(each.text, bead.machine or "")
        ]
        return {"renderings": others, "maker": f"{made.package} {made.fingerprint[:16]}", "why": ""}

    def close(self) -> None:
        """Let go of the model."""
        with self._translating:
            if self._engine:
                self._engine[1].close()
            self._engine = None

    def _current(self) -> Memories:
        """The memories, looked after from time to time: what was accepted a moment ago is a match soon."""
        if time.monotonic() > self._fresh_until:
            start = time.monotonic()
            self._memories = gather_memories([], corpus=self.project.corpus, languages=self.project.languages)
            end = time.monotonic()
            self._fresh_until = end + max(FRESH, PATIENCE * (end - start))
        return self._memories

    def _terms(self, source: str, glossary: Glossary) -> list[dict[str, Any]]:
        if self._finder is None or self._finder.glossary is not glossary:
            self._finder = Finder(glossary)
        return terms_in(source, self._finder)

    def _translator(self, glossary: Glossary) -> ArgosTranslator | None:
        """The engine that a run would use; None where it is of a kind that has no other renderings."""
        if self._engine is None or self._engine[0] is not glossary:
            engine = open_engine(self.project.languages, glossary=glossary or None)
            if not isinstance(engine, ArgosTranslator):
                engine.close()
                return None
            self._engine = glossary, engine
        return self._engine[1]


def bead_at(bitext: Bitext, locator: str) -> Bead:
    """The bead with a locator; InputError when there is none."""
    for bead in bitext.beads:
        if bitext.locator(bead) == locator:
            return bead
    raise InputError(f"there is no pair {locator[:40]!r} in this document")
