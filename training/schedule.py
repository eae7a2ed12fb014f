"""The learning rate: warm-up, constant, and in a cooldown of its own down to zero.

The rate climbs in `warmup` updates, and once more when the parent's weights join in (`new_first`); it falls along
1 - sqrt (Hägele et al. 2024, "Scaling laws beyond fixed training durations"). Start reading at `learning_rate`.
"""

from __future__ import annotations

from dataclasses import dataclass

from training.config import Training


@dataclass(frozen=True, slots=True)
class Cooldown:
    """The updates between which the rate falls to zero."""

    start: int
    end: int


def learning_rate(step: int, options: Training, cooldown: Cooldown | None) -> float:
    """Give the rate of an update (they count from 1).

    >>> options = Training(rate=1.0, warmup=10, new_first=20)
    >>> [learning_rate(step, options, Cooldown(100, 200)) for step in (1, 5, 10, 20, 25, 100, 125, 200)]
    [0.1, 0.5, 1.0, 1.0, 0.5, 1.0, 0.5, 0.0]
    """
    since = step if step <= options.new_first else step - options.new_first
    rate = options.rate * min(1.0, since / max(options.warmup, 1))
    if cooldown is not None and step > cooldown.start:
        done = min(1.0, (step - cooldown.start) / max(cooldown.end - cooldown.start, 1))
        rate *= 1 - float(done**0.5)
    return rate
