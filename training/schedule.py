"""The learning rate, and when to begin to lower it so that training ends on time.

The rate climbs to its peak in `warmup` updates, stays there (or falls with the inverse square root), and falls to zero
in the cooldown along 1 - sqrt (Hägele et al. 2024, "Scaling laws beyond fixed training durations"). The cooldown is
planned by the clock: when its share of the budget is all that is left, the speed measured so far says how many updates
fit in; should the machine become slower or faster, the end is planned anew. Pure functions; start reading at
`learning_rate`.
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

    >>> options = Training(rate=1.0, warmup=10)
    >>> [learning_rate(step, options, Cooldown(100, 200)) for step in (1, 5, 10, 100, 125, 200)]
    [0.1, 0.5, 1.0, 1.0, 0.5, 0.0]
    """
    rate = options.rate * min(1.0, step / max(options.warmup, 1))
    if options.shape == "inverse-sqrt" and step > options.warmup:
        rate = options.rate * float((max(options.warmup, 1) / step) ** 0.5)
    if cooldown is not None and step > cooldown.start:
        done = min(1.0, (step - cooldown.start) / max(cooldown.end - cooldown.start, 1))
        rate *= 1 - float(done**0.5)
    return rate


def plan_cooldown(step: int, elapsed: float, options: Training, updates_per_second: float) -> Cooldown | None:
    """Plan the cooldown once it is due, else None.

    `elapsed` is the training time so far in seconds, all calls together. With `steps` set, the clock plays no part.

    >>> plan_cooldown(700, 450.0, Training(minutes=10, cooldown=0.25), 2.0)
    Cooldown(start=700, end=1000)
    """
    if options.steps:
        start = round(options.steps * (1 - options.cooldown))
        return Cooldown(start, options.steps) if step >= start else None
    left = options.minutes * 60 - elapsed
    if left > options.cooldown * options.minutes * 60:
        return None
    return Cooldown(step, step + max(1, round(left * updates_per_second)))


def reopen(cooldown: Cooldown | None, elapsed: float, options: Training) -> Cooldown | None:
    """Give up a cooldown for which it is too early, because the budget has grown since it was planned.

    The rate goes back to its height and comes down again before the new end: a run that is complete goes on learning.

    >>> planned = Cooldown(700, 1000)
    >>> reopen(planned, 600.0, Training(minutes=10)), reopen(planned, 600.0, Training(minutes=30))
    (Cooldown(start=700, end=1000), None)
    """
    if options.steps:
        return cooldown if cooldown is not None and cooldown.end == options.steps else None
    left = options.minutes * 60 - elapsed
    return None if left > options.cooldown * options.minutes * 60 else cooldown


def move_end(cooldown: Cooldown, step: int, elapsed: float, options: Training, updates_per_second: float) -> Cooldown:
    """Plan the end of a cooldown anew from the speed of the last updates, so that the budget is kept.

    >>> move_end(Cooldown(700, 1000), 800, 500.0, Training(minutes=10), 1.0)
    Cooldown(start=700, end=900)
    """
    if options.steps:
        return cooldown
    left = max(0.0, options.minutes * 60 - elapsed)
    return Cooldown(cooldown.start, step + round(left * updates_per_second))
