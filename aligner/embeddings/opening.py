"""Which encoder there is on this machine, and where its vectors are kept. Start reading at `encoder_for`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.meanings import Encoder
from aligner.embeddings.universal import MODULE, UniversalEncoder
from aligner.errors import EnvironmentProblem
from aligner.translation.cache import TextCache
from aligner.translation.packages import folders

HINT = 'pip install "aligner[embeddings]"'


def shared_vectors() -> Path:
    """The cache of the user's account, for texts that belong to no corpus."""
    return folders.cache_folder() / "embeddings.sqlite"


def encoder_for(wanted: str) -> Encoder | None:
    """The encoder for `AlignOptions.embeddings`: what every alignment of texts is offered.

    None for ``"never"``, and for ``"auto"`` where none is installed; EnvironmentProblem for ``"always"`` then.
    """
    encoder = None if wanted == "never" else installed_encoder(shared_vectors())
    if encoder is None and wanted == "always":
        raise EnvironmentProblem("no sentence encoder is installed", hint=HINT)
    return encoder


def installed_encoder(cache: Path | None = None) -> Encoder | None:
    """The encoder that is installed, or None; what it has encoded is kept in the file `cache` (nowhere when None)."""
    return _KeepingEncoder(UniversalEncoder(), cache) if find_spec(MODULE) else None


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
