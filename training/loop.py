"""The training loop: stops at any moment, goes on exactly where it stopped.

One update: states of the transformer, loss over the real target positions, gradient, clipped, AdamW. A thread prepares
the next batches meanwhile. SIGINT and SIGTERM end the loop after the update in hand, with a checkpoint; a second call
restores weights, optimiser, random generators, the place in the data and the clock. Start reading at `train`.
"""

from __future__ import annotations

import json
import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

import torch

from aligner.errors import InputError
from training.batches import Batches
from training.checkpoint import State, restore, save
from training.config import Config
from training.device import choose_device, choose_precision
from training.feed import Fed, feed
from training.loss import smoothed_cross_entropy
from training.optimizer import Optimizer
from training.schedule import learning_rate, move_end, plan_cooldown, reopen
from training.shards import Pairs, read_shards
from training.team import ALONE, END, Team, lead
from training.transformer import Transformer
from training.vocabulary import load_vocabulary

log = logging.getLogger(__name__)
LOG_EVERY = 50
SETTLE = 10
"""Updates after which the speed is measured: the first ones compile and allocate."""


class Stop:
    """Whether somebody asked the loop to end."""

    requested = False

    def request(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal as the request."""
        log.info("%s: saving after this update", signal.Signals(number).name)
        self.requested = True


class Learner:
    """Model and optimiser on their device; knows how to make one update."""

    def __init__(self, config: Config, vocabulary: int, team: Team = ALONE) -> None:
        self.options, self.team = config.train, team
        self.device = choose_device()
        self.precision = choose_precision(self.device)
        torch.manual_seed(config.train.seed)
        torch.set_float32_matmul_precision("high")
        self.model = Transformer(config.model, vocabulary).to(self.device).train()
        self.optimizer = Optimizer(self.model, config.train)
        self._forward = torch.compile(self.model, dynamic=True) if config.train.compile else self.model

    @property
    def parameters(self) -> int:
        """How many weights the model has."""
        return sum(weight.numel() for weight in self.model.parameters())

    def update(self, batch: Fed, rate: float) -> torch.Tensor:
        """Learn from one batch at this rate; give the plain loss in nats a piece, still on the device."""
        plain = self.backward(batch)
        self.team.average(self.model.parameters())
        self.step(rate)
        return plain

    def backward(self, batch: Fed) -> torch.Tensor:
        """Add a batch's gradients to those that are there; give its plain loss."""
        source, lengths, target, places = (part.to(self.device, non_blocking=True) for part in batch.tensors)
        low = self.precision != torch.float32
        with torch.autocast(self.device.type, self.precision, enabled=low):
            states = self._forward(source, lengths, target)
        loss, plain = smoothed_cross_entropy(
            states.flatten(0, 1)[places],
            self.model.embedding.weight,
            target.flatten()[places],
            smoothing=self.options.smoothing,
            precision=self.precision,
            fuse=self.options.compile,
        )
        loss.backward()  # type: ignore[no-untyped-call]
        return plain

    def step(self, rate: float) -> None:
        """Change the weights by their gradients, clipped, and forget the gradients."""
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.options.clip)
        self.optimizer.step(rate)


class Meter:
    """Speed and loss since the last look."""

    def __init__(self, state: State) -> None:
        self._start, self._since = time.monotonic(), time.monotonic()
        self._base, self._losses, self._tokens, self._updates = state.elapsed, 0.0, 0, 0
        self._settled = (state.step, self._start)

    @property
    def seconds(self) -> float:
        """Seconds of this call."""
        return time.monotonic() - self._start

    @property
    def elapsed(self) -> float:
        """Seconds of training, all calls together."""
        return self._base + self.seconds

    def count(self, step: int, loss: torch.Tensor, tokens: int) -> None:
        """Take an update into account."""
        if step == self._settled[0] + SETTLE and self._settled[1] == self._start:
            self._settled = (step, time.monotonic())
        self._losses = self._losses + loss.detach()  # type: ignore[assignment]
        self._tokens += tokens
        self._updates += 1

    def speed(self, step: int) -> float:
        """Give the updates a second in this call, the first ones left out."""
        first, since = self._settled
        return (step - first) / max(time.monotonic() - since, 1e-9)

    @property
    def recent_speed(self) -> float:
        """Updates a second since the last report."""
        return self._updates / max(time.monotonic() - self._since, 1e-9)

    def report(self, state: State, rate: float) -> dict[str, float]:
        """Give the figures since the last report and begin anew."""
        loss = float(self._losses) / max(self._updates, 1)
        seconds = time.monotonic() - self._since
        figures = {
            "step": state.step,
            "loss": round(loss, 4),
            "rate": float(f"{rate:.3g}"),
            "tokens_per_second": round(self._tokens / seconds),
            "tokens": state.tokens,
            "minutes": round(state.elapsed / 60, 2),
            "epoch": state.position.epoch,
        }
        self._since, self._losses, self._tokens, self._updates = time.monotonic(), 0.0, 0, 0
        return figures


def open_batches(config: Config, work: Path) -> Batches:
    """Load the shards of a run and put them in order."""
    return order_batches(config, read_shards(work / "shards"))


def order_batches(config: Config, pairs: Pairs) -> Batches:
    """Put encoded pairs in the order that the configuration asks for."""
    return Batches(
        pairs, config.batch, weights=config.data.weights, max_pieces=config.data.max_pieces, seed=config.train.seed
    )


def train(config: Config, *, work: Path, stop_after: float | None = None, processes: int = 1) -> State:
    """Train until the budget is used up, and give the state reached; ``work/run`` holds all of it.

    `stop_after` ends this call after so many minutes; the next one goes on, with any number of `processes`. The
    cooldown is planned for the whole budget; a larger budget than last time makes a complete run go on.
    """
    vocabulary_path = work / "vocabulary.model"
    if not vocabulary_path.is_file():
        raise InputError("there is no vocabulary", where=work, hint="run the step prepare first")
    if processes > 1 and torch.cuda.is_available():
        raise InputError("several processes share a processor, not a GPU", where=work, hint="leave --processes out")
    folder = work / "run"
    folder.mkdir(parents=True, exist_ok=True)
    with _signals() as stop, lead(processes, _follow, config, work) as team:
        learner, state = _open(config, work, team)
        log.info("%.1f M parameters on %s in %s", learner.parameters / 1e6, learner.device, learner.precision)
        if state.cooldown is not None and state.step >= state.cooldown.end:
            log.info("the training is complete (update %d)", state.step)
            return state
        return _run(config, learner, open_batches(config, work), state, folder, stop, stop_after)


def _open(config: Config, work: Path, team: Team) -> tuple[Learner, State]:
    """Make the learner and bring it to where the run stands."""
    learner = Learner(config, load_vocabulary(work / "vocabulary.model").get_piece_size(), team)
    state = restore(work / "run", learner.model, learner.optimizer, learner.device)
    return learner, replace(state, cooldown=reopen(state.cooldown, state.elapsed, config.train))


def _follow(team: Team, config: Config, work: Path) -> None:
    """Make the updates that the leader calls for, on this member's batches."""
    learner, state = _open(config, work, team)
    torch.manual_seed(config.train.seed + state.step * team.size + team.rank)  # dropout of its own
    with feed(open_batches(config, work), state.position, team=team) as fed:
        for batch in fed:
            if (rate := team.agree(END)) == END:
                break
            learner.update(batch, rate)


def _run(
    config: Config, learner: Learner, batches: Batches, state: State, folder: Path, stop: Stop, stop_after: float | None
) -> State:
    """Make updates until the end, a signal or the time for this call; save on the way."""
    options, meter, saved, first = config.train, Meter(state), time.monotonic(), state.step
    log.info("starting at update %d, %s", state.step, state.position)
    team = learner.team
    with feed(batches, state.position, pin=learner.device.type == "cuda", team=team) as fed:
        for batch in fed:
            rate = team.agree(learning_rate(state.step + 1, options, state.cooldown))
            loss, tokens = learner.update(batch, rate), batch.tokens * team.size
            meter.count(state.step + 1, loss, tokens)
            state = replace(state, step=state.step + 1, tokens=state.tokens + tokens, position=batch.after)
            state = replace(state, elapsed=meter.elapsed)
            if state.cooldown is None and (options.steps or state.step - first > SETTLE):
                speed = meter.speed(state.step)
                state = replace(state, cooldown=plan_cooldown(state.step, state.elapsed, options, speed))
            elif state.cooldown is not None and state.step % LOG_EVERY == 0:
                end = move_end(state.cooldown, state.step, state.elapsed, options, meter.recent_speed)
                state = replace(state, cooldown=end)
            done = state.cooldown is not None and state.step >= state.cooldown.end
            ends = done or stop.requested or (stop_after is not None and meter.seconds >= stop_after * 60)
            if state.step % LOG_EVERY == 0 or ends:
                _note(folder, meter.report(state, rate))
            if ends or time.monotonic() - saved >= options.save_minutes * 60:
                save(folder, state, learner.model, learner.optimizer, keep=options.keep)
                saved = time.monotonic()
            if ends:
                log.info("%s at update %d", "complete" if done else "stopped; the same command goes on", state.step)
                break
    return state


def _note(folder: Path, figures: dict[str, float]) -> None:
    """Log the figures and append them to the run's history."""
    log.info("%s", "  ".join(f"{name} {value}" for name, value in figures.items()))
    with (folder / "history.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(figures) + "\n")


@contextmanager
def _signals() -> Iterator[Stop]:
    """Turn SIGINT and SIGTERM into a request, and restore what was there before."""
    stop = Stop()
    before = {number: signal.signal(number, stop.request) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
