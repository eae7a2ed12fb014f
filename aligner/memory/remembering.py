"""An engine that remembers: what a memory has is taken from it, the engine renders the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aligner.memory.choice import MemoryChoice
from aligner.memory.index.several import Memories
from aligner.translation import Engine, MadeBy, Progress, Rendering


class Remembering:
    """An `Engine` that asks memories first.

    Where they have the same text its translation is taken; what they have of similar texts goes to `choice`, which the
    engine should have among its preferences.
    """

    def __init__(self, engine: Engine, memories: Memories, choice: MemoryChoice) -> None:
        self._engine, self._memories, self._choice = engine, memories, choice
        self.reused: Counter[str] = Counter()
        """How many texts were taken from each memory."""

    @property
    def made_by(self) -> MadeBy:
        """What makes the renderings that no memory has."""
        return self._engine.made_by

    @property
    def signature(self) -> str:
        """The engine's signature and the memories'."""
        return f"{self._engine.signature}|memory:{self._memories.signature}"

    @property
    def fresh(self) -> int:
        """How many texts the engine rendered so far and did not find in its cache."""
        return self._engine.fresh

    def close(self) -> None:
        """Let go of the engine's files and models."""
        self._engine.close()

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        """One rendering per text, in order; those from memories have the score 1."""
        # Every different text is asked for once: headings and formulas repeat within a document.
        best = {text: self._memories.best(text) for text in dict.fromkeys(texts)}
        exact = {text: found.match for text, found in best.items() if found and found.is_exact}
        # Before the engine starts: it asks its preferences while it chooses among its renderings.
        self._choice.know({text: found.match for text, found in best.items() if found})
        rendered = iter(self._engine.translate([text for text in texts if text not in exact], progress=progress))
        self.reused.update(exact[text].memory for text in texts if text in exact)
        return [Rendering(exact[text].target, 1.0) if text in exact else next(rendered) for text in texts]
