"""What a machine can do in the time there is: measured for a minute, then reckoned.

A trial makes real updates of the configured model and measures target pieces a second. Other sizes are reckoned from
the multiplications a piece costs. As a rule of thumb a model should see about 20 pieces per weight (Hoffmann et al.
2022); far fewer waste the size, far more ask for a larger model. Start reading at `trial` and `reckon`.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.config import Config, Model

ENOUGH = 20.0
"""Pieces per weight."""
SIZES = (
    Model(width=256, heads=4, feed_forward=704, encoder_layers=3, decoder_layers=1),
    Model(width=256, heads=4, feed_forward=704, encoder_layers=4, decoder_layers=2),
    Model(width=384, heads=6, feed_forward=1024, encoder_layers=6, decoder_layers=2),
    Model(width=512, heads=8, feed_forward=1408, encoder_layers=6, decoder_layers=2),
    Model(width=512, heads=8, feed_forward=1408, encoder_layers=6, decoder_layers=3),
    Model(width=640, heads=10, feed_forward=1728, encoder_layers=8, decoder_layers=3),
    Model(width=768, heads=12, feed_forward=2048, encoder_layers=8, decoder_layers=3),
)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one size could learn in the time."""

    size: Model
    parameters: int
    pieces_per_second: float
    pieces: float
    """Target pieces in the whole time."""

    @property
    def per_parameter(self) -> float:
        """Pieces seen per weight."""
        return self.pieces / self.parameters


def parameters(size: Model, vocabulary: int) -> int:
    """Count the weights of a model (the gains of the norms left out).

    >>> parameters(Model(), 16000) // 100_000 / 10
    35.9
    """
    attention, gated = 4 * size.width**2, 3 * size.width * size.feed_forward
    layers = size.encoder_layers * (attention + gated) + size.decoder_layers * (2 * attention + gated)
    return vocabulary * size.width + layers


def cost(size: Model, vocabulary: int) -> float:
    """Count the multiplications of one update per target piece: three times the weights it passes through."""
    return 3.0 * parameters(size, vocabulary)


def trial(config: Config, work: Path, *, seconds: float) -> float:
    """Train the configured model for so long, keep nothing, and give the target pieces a second."""
    from training.batches import Position
    from training.feed import feed
    from training.loop import SETTLE, Learner, open_batches
    from training.vocabulary import load_vocabulary

    learner = Learner(config, load_vocabulary(work / "vocabulary.model").get_piece_size())
    with feed(open_batches(config, work), Position(), pin=learner.device.type == "cuda") as fed:
        for batch in itertools.islice(fed, SETTLE):
            learner.update(batch, 1e-5).item()
        start, pieces = time.perf_counter(), 0
        for batch in fed:
            loss = learner.update(batch, 1e-5)
            pieces += batch.tokens
            if time.perf_counter() - start >= seconds:
                break
        loss.item()  # waits for the device
        return pieces / (time.perf_counter() - start)


def reckon(config: Config, measured: float, minutes: float, sizes: Sequence[Model] = SIZES) -> list[Prospect]:
    """Give the prospects of all sizes, from the speed measured for the configured one; small sizes first."""
    vocabulary = config.data.vocabulary
    work = measured * cost(config.model, vocabulary)
    prospects = []
    for size in sizes:
        speed = work / cost(size, vocabulary)
        prospects.append(Prospect(size, parameters(size, vocabulary), speed, speed * minutes * 60))
    return prospects


def choose(prospects: Sequence[Prospect]) -> Prospect:
    """Take the largest size that sees enough pieces per weight, or the smallest of all."""
    fitting = [each for each in prospects if each.per_parameter >= ENOUGH]
    return (
        max(fitting, key=lambda each: each.parameters) if fitting else min(prospects, key=lambda each: each.parameters)
    )
