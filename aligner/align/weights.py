"""The learned weights of the bead model: one for each feature of `aligner.align.features`.

``training/alignment_weights.py`` chose them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Weights = Mapping[str, float]


@cache
def builtin_weights() -> Weights:
    """The weights in the package."""
    content = json.loads((files("aligner.align") / "data" / "weights.json").read_text("utf-8"))
    return {str(name): float(weight) for name, weight in content.items()}
