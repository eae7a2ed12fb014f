"""The learned weights of the bead model, chosen by ``training/alignment_weights.py``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each feature of `aligner.align.features`."""

    bead: Mapping[str, float]
    null: Mapping[str, float]
    opening: float
    """Added once for each run of nulls."""


@cache
def builtin_weights() -> Weights:
    """The weights in the package."""
    content = json.loads((files("aligner.align") / "data" / "weights.json").read_text("utf-8"))
    return Weights(content["bead"], content["null"], content["opening"])
