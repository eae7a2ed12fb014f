"""Which encoders there are on this machine, and where their vectors are kept. Start reading at `encoders_for`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.meanings import Encoder
from aligner.embeddings import e5, universal
from aligner.errors import EnvironmentProblem
from aligner.translation.cache import TextCache
from aligner.translation.packages import folders

HINT = 'pip install "aligner[embeddings]"'
KNOWN = ((universal.MODULE, universal.UniversalEncoder), (e5.MODULE, e5.E5Encoder))
"""The module of each encoder's wheel, and the encoder, in the order in which they are asked: the fast one first."""


def encoders_for(wanted: str) -> tuple[Encoder, ...]:
    """The encoders for `AlignOptions.embeddings`: what every alignment of texts is offered.

    None for ``"never"``, and for ``"auto"`` where none is installed; EnvironmentProblem for ``"always"`` then.
    """
    encoders = () if wanted == "never" else installed_encoders(shared_vectors())
    if not encoders and wanted == "always":
        raise EnvironmentProblem("no sentence encoder is installed", hint=HINT)
    return encoders


def shared_vectors() -> Path:
    """The cache of the user's account, for texts that belong to no corpus."""
    return folders.cache_folder() / "embeddings.sqlite"


def installed_encoders(cache: Path | None = None) -> tuple[Encoder, ...]:
    """The encoders that are installed; what they have encoded is kept in the file `cache` (nowhere when None)."""
    return tuple(_KeepingEncoder(encoder(), cache) for module, encoder in KNOWN if find_spec(module))


class _KeepingEncoder:
    """An encoder that encodes no sentence twice: its vectors are kept by their text, a byte for each number."""

    def __init__(self, encoder: Encoder, cache: Path | None) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._cache = TextCache[bytes](cache, self.name, what="embeddings", pack=bytes, unpack=bytes)

    def encode(self, sentences: Sequence[str]) -> NDArray[np.int8]:
        """The vectors, those from the cache first of all."""
        different = list(dict.fromkeys(sentences))
        known = self._cache.get(different)
        lacking = [sentence for sentence in different if sentence not in known]
        if lacking:
            made = {
                sentence: vector.tobytes()
                for sentence, vector in zip(lacking, self._encoder.encode(lacking), strict=True)
            }
            self._cache.put(made)
            known |= made
        self._cache.close()
        return np.array([np.frombuffer(known[sentence], dtype=np.int8) for sentence in sentences], dtype=np.int8)
