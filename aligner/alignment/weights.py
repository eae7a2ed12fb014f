"""The learned weights of the bead model: one for each feature of `aligner.alignment.features`.

``training/alignment_weights.py`` chose them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Weights = Mapping[str, float]
AllWeights = Mapping[str, Weights]
"""The weights by what the aligner knows of the words (`aligner.alignment.features.TextPair.knowledge`)."""
_DATA = files("aligner.alignment") / "data"


@cache
def builtin_weights() -> AllWeights:
    """The weights in the package."""
    content = json.loads((_DATA / "weights.json").read_text("utf-8"))
    return {
        str(knowledge): {str(name): float(weight) for name, weight in weights.items()}
        for knowledge, weights in content.items()
    }


@cache
def method_fingerprint() -> str:
    """The first digits of the SHA-256 over the packaged weights and lexicons: what the aligner has learned."""
    digest = hashlib.sha256()
    # By name, not in the order of the disk: the fingerprint goes into signatures, and equal programs must agree.
    for file in sorted(_DATA.iterdir(), key=lambda file: file.name):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
