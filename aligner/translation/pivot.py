"""Translating through a language between two others: what one engine says is given to the next.

The renderings are those of the last engine. Each carries the flags of both; its score and its confidence are the
products of theirs, as if both had to be right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from aligner.languages.pair import LanguagePair
from aligner.translation.check_flag import with_check_flag
from aligner.translation.interface import Engine, Flag, MadeBy, Progress, Rendering

_SHARES = 1000
"""Progress is told in so many parts for each half: their tokens are not known beforehand."""


class PivotTranslator:
    """Two engines, one after the other."""

    def __init__(self, first: Engine, second: Engine, languages: LanguagePair) -> None:
        self.halves, self.languages = (first, second), languages

    @property
    def made_by(self) -> MadeBy:
        """Both packages, in their order."""
        makers = [half.made_by for half in self.halves]
        return MadeBy(
            ", ".join(dict.fromkeys(maker.engine for maker in makers)),
            " + ".join(maker.package for maker in makers),
            hashlib.sha256("\n".join(maker.fingerprint for maker in makers).encode("ascii")).hexdigest(),
        )

    @property
    def signature(self) -> str:
        """What shapes the renderings of both."""
        return "|through|".join(half.signature for half in self.halves)

    @property
    def fresh(self) -> int:
        """Texts that had to be rendered by one of the two, at least."""
        return max(half.fresh for half in self.halves)

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        """One rendering per text, in order."""
        # One after the other, not text by text: each model works best with many texts at once.
        first, second = self.halves
        between = first.translate(texts, progress=_share(progress, 0))
        last = second.translate([rendering.text for rendering in between], progress=_share(progress, 1))
        renderings = []
        for text, one, other in zip(texts, between, last, strict=True):
            flags = {*one.flags, *other.flags}
            # Copied by one half alone means that only the other had something to translate.
            if not (Flag.COPIED in one.flags and Flag.COPIED in other.flags):
                flags.discard(Flag.COPIED)
            score, confidence = _product(one.score, other.score), _product(one.confidence, other.confidence)
            rendering = Rendering(other.text, score, tuple(flag for flag in Flag if flag in flags), confidence)
            # What either half did wrong counts only where it is seen from end to end.
            renderings.append(with_check_flag(text, rendering, self.languages))
        return renderings

    def close(self) -> None:
        """Let go of both."""
        for half in self.halves:
            half.close()


def _share(progress: Progress | None, half: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, total: progress(_SHARES * half + _SHARES * done // max(1, total), 2 * _SHARES)


def _product(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first * second
