"""What the aligner is given: two texts and whatever else is known about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.alignment.meanings import Encoder
from aligner.errors import InputError, counted

Paragraphs = tuple[Sequence[int], Sequence[int]]
UNKNOWN: Paragraphs = ((), ())


@dataclass(frozen=True, slots=True)
class Given:
    """Two texts, sentence by sentence; InputError when the rest does not fit them."""

    source: Sequence[str]
    target: Sequence[str]
    translation: Sequence[str] | None = None
    """A machine's rendering of each source sentence in the target's language."""
    back_translation: Sequence[str] | None = None
    """A machine's rendering of each target sentence in the source's language."""
    paragraphs: Paragraphs = UNKNOWN
    """For both sides, the number of each sentence's paragraph; empty where it is not known."""
    encoders: Sequence[Encoder] = ()
    """What makes vectors of the sentences; the first that knows both languages does."""

    def __post_init__(self) -> None:
        _check_renderings(self.translation, "translation", self.source, "source")
        _check_renderings(self.back_translation, "back translation", self.target, "target")
        for numbers, length in zip(self.paragraphs, self.size, strict=True):
            if numbers and len(numbers) != length:
                raise InputError(
                    f"{counted(len(numbers), 'paragraph number')} for {counted(length, 'sentence')}",
                    hint="give one for each",
                )

    @property
    def size(self) -> tuple[int, int]:
        """How many sentences each side has."""
        return len(self.source), len(self.target)

    @property
    def is_rendered(self) -> bool:
        """Whether there is a machine translation of either side."""
        return self.translation is not None or self.back_translation is not None


def _check_renderings(renderings: Sequence[str] | None, what: str, side: Sequence[str], name: str) -> None:
    if renderings is not None and len(renderings) != len(side):
        raise InputError(
            f"the {what} has {counted(len(renderings), 'sentence')}, the {name} {len(side)}",
            hint=f"give one rendering for each {name} sentence",
        )
