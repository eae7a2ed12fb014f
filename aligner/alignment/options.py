"""The aligner's options, in plain words. The defaults need no touching."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.errors import InputError

MOST = 8
"""Beads wider than this are not sentence alignment any more."""


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """What the aligner may do; every choice has a default that suits prose, law, news and manuals alike.

    >>> AlignOptions(max_merge=2).shapes()
    ((1, 1), (1, 2), (2, 1), (2, 2))
    """

    max_merge: int = 6
    """The most segments that one side of a bead may hold (1 to 8). 1 forbids merging."""
    nulls: bool = True
    """Whether a segment may stay without a counterpart (1-0 and 0-1 beads) where it could also be merged."""
    window: int = 12
    """How many segments to either side of the first rough path the exact search may stray."""
    passes: int | None = None
    """How often to align again with what the last pass has taught (word pairs, bead shapes, lengths).

    A rough pass goes ahead of these. None: once; twice where neither a lexicon nor a translation helps."""
    embeddings: str = "auto"
    """When sentence embeddings are used, where there is an encoder: ``"auto"`` (where neither a lexicon nor a
    translation helps), ``"always"`` or ``"never"``. One that does not know the languages is never used."""
    moved: bool = False
    """Whether to look for passages that stand elsewhere in the other text (`aligner.model.Alignment.moved`)."""
    drop_unrelated: float = 0.0
    """Beads whose sides correspond with a lower probability than this are taken apart into nulls (0: none are)."""
    lexicon: str = "auto"
    """``"auto"``: use a built-in lexicon where it knows the words of both sides; ``"none"``: never."""

    def __post_init__(self) -> None:
        _check("max_merge", self.max_merge, 1, MOST)
        _check("window", self.window, 2, 1000)
        if self.passes is not None:
            _check("passes", self.passes, 1, 10)
        if not 0.0 <= self.drop_unrelated <= 1.0:
            raise InputError(f"drop_unrelated is {self.drop_unrelated}", hint="use a number from 0 to 1")
        if self.embeddings not in ("auto", "always", "never"):
            raise InputError(f"embeddings is {self.embeddings!r}", hint='use "auto", "always" or "never"')
        if self.lexicon not in ("auto", "none"):
            raise InputError(f"lexicon is {self.lexicon!r}", hint='use "auto" or "none"')

    def shapes(self) -> tuple[tuple[int, int], ...]:
        """The bead shapes (source segments, target segments) with both sides filled, the smaller first.

        Beads with several segments on both sides are rare: they stop at 5 segments in all.
        """
        # Each shape is scored over the whole band, so shapes that hardly ever occur are left out.
        sides = range(1, self.max_merge + 1)
        return tuple((a, b) for a in sides for b in sides if a + b <= (MOST + 1 if 1 in (a, b) else 5))


def _check(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise InputError(f"{name} is {value}", hint=f"use a number from {least} to {most}")
