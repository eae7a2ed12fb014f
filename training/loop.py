"""The training loop: stops at any moment, goes on exactly where it stopped.

One update: states of the transformer, loss over the real target positions, gradient, Muon and Adam. A thread prepares
the next batches meanwhile. SIGINT and SIGTERM end the loop after the update in hand, with a checkpoint; a second call
restores weights, optimiser, the place in the data and the clock. The rate stays constant in `train`; `cool` brings a
copy of the run to its end, so that the run itself can always go on. Start reading at `train`.
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
from training.average import Running
from training.batches import Batches
from training.checkpoint import CHECKPOINT, State, read_state, restore, save, start_cooldown
from training.config import COOLED, RUN, Config
from training.device import choose_device, choose_precision
from training.feed import Fed, feed
from training.loss import choose_candidates, smoothed_cross_entropy
from training.optimizer import Optimizer
from training.schedule import Cooldown, learning_rate
from training.shards import Pairs, read_shards
from training.snapshots import list_snapshots
from training.start import START
from training.team import ALONE, END, Team, lead
from training.transformer import Transformer
from training.vocabulary import count_pieces

log = logging.getLogger(__name__)
LOG_EVERY = 50


class Stop:
    """Whether somebody asked the loop to end."""

    requested = False

    def request(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal as the request."""
        log.info("%s: saving after this update", signal.Signals(number).name)
        self.requested = True


class Learner:
    """Model and optimiser on their device; knows how to make one update."""

    def __init__(self, config: Config, pieces: tuple[int, int], team: Team = ALONE) -> None:
        self.options, self.team = config.train, team
        self.device = choose_device()
        self.precision = choose_precision(self.device)
        torch.manual_seed(config.train.seed)
        self.model = Transformer(config.model, *pieces).to(self.device).train()
        self.optimizer = Optimizer(self.model, config.train, team)
        self.running = Running(self.model)

    @property
    def parameters(self) -> int:
        """How many weights the model has."""
        return sum(weight.numel() for weight in self.model.parameters())

    def update(self, batch: Fed, step: int, rate: float) -> torch.Tensor:
        """Learn from one batch at this rate; give the plain loss in nats a piece, still on the device."""
        torch.manual_seed(step * self.team.size + self.team.rank)
        plain = self.backward(batch)
        self.team.average(self.model.parameters())
        self.step(step, rate)
        return plain

    def backward(self, batch: Fed) -> torch.Tensor:
        """Add a batch's gradients to those that are there; give its plain loss, of a sample of the pieces or of all."""
        source, lengths, target, places = (part.to(self.device, non_blocking=True) for part in batch.tensors)
        low = self.precision != torch.float32
        with torch.autocast(self.device.type, self.precision, enabled=low):
            states = self.model(source, lengths, target)
        right = target.flatten()[places]
        rows: torch.Tensor = self.model.target.weight
        bias: torch.Tensor = self.model.bias
        if self.options.share < 1:
            pieces, handicap, right = choose_candidates(right, len(bias), self.options)
            rows, bias = rows[pieces], bias[pieces] + handicap
        loss, plain = smoothed_cross_entropy(
            states.flatten(0, 1)[places],
            rows,
            bias,
            right,
            smoothing=self.options.smoothing,
            precision=self.precision,
        )
        loss.backward()  # type: ignore[no-untyped-call]
        return plain

    def step(self, step: int, rate: float) -> None:
        """Change the weights by their gradients, and forget the gradients."""
        for name, weight in self.model.named_parameters():
            if step <= self.options.new_first and not is_new(name):
                weight.grad = None
        self.optimizer.step(rate)
        self.running.look(step)


def is_new(name: str) -> bool:
    """Tell whether the parent lacks this weight: the rows of the source and the decoder's self-attention."""
    return name.startswith("source.") or (name.startswith("decoder.") and ".attention." in name)


class Meter:
    """Speed and loss since the last look."""

    def __init__(self, state: State) -> None:
        self._start, self._since = time.monotonic(), time.monotonic()
        self._base, self._loss, self._tokens, self._updates = state.elapsed, torch.zeros(()), 0, 0

    @property
    def seconds(self) -> float:
        """Seconds of this call."""
        return time.monotonic() - self._start

    @property
    def elapsed(self) -> float:
        """Seconds of training, all calls together."""
        return self._base + self.seconds

    def count(self, loss: torch.Tensor, tokens: int) -> None:
        """Take an update into account."""
        self._loss = self._loss + loss.detach()
        self._tokens += tokens
        self._updates += 1

    def report(self, state: State, rate: float) -> dict[str, float]:
        """Give the figures since the last report and begin again."""
        figures = {
            "step": state.step,
            "loss": round(float(self._loss) / max(self._updates, 1), 4),
            "rate": float(f"{rate:.3g}"),
            "tokens_per_second": round(self._tokens / (time.monotonic() - self._since)),
            "tokens": state.tokens,
            "minutes": round(state.elapsed / 60, 2),
            "epoch": state.position.epoch,
        }
        self._since, self._loss, self._tokens, self._updates = time.monotonic(), torch.zeros(()), 0, 0
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
    """Train at a constant rate until the budget is used up, and give the state reached; ``work/run`` holds all of it.

    `stop_after` ends this call after so many minutes; the next one goes on, with any number of `processes`. A larger
    budget than last time makes a complete run go on.
    """
    return _run_together(config, work, work / RUN, stop_after, processes)


def cool(config: Config, *, work: Path, stop_after: float | None = None, processes: int = 1) -> State:
    """Bring the rate down to zero in a copy of the run, ``work/cooled``, and give the state reached.

    The run itself stays as it is and can go on. A cooldown that was stopped goes on; a complete one is done again if
    the run has gone on since.
    """
    run, folder = read_state(work / RUN), work / COOLED
    before = read_state(folder) if (folder / CHECKPOINT).is_file() else None
    if before is None or before.cooldown is None or (_is_over(before, config) and before.cooldown.start < run.step):
        folder.mkdir(parents=True, exist_ok=True)
        for old in list_snapshots(folder):
            old.unlink()
        end = run.step + max(1, round(config.train.cooldown * run.step))
        start_cooldown(work / RUN, folder, Cooldown(run.step, end))
    return _run_together(config, work, folder, stop_after, processes)


def _run_together(config: Config, work: Path, folder: Path, stop_after: float | None, processes: int) -> State:
    """Start the team and make updates until the end."""
    if processes > 1 and torch.cuda.is_available():
        raise InputError("several processes share a processor, not a GPU", where=work, hint="leave --processes out")
    folder.mkdir(parents=True, exist_ok=True)
    with _signals() as stop, lead(processes, _follow, config, work, folder) as team:
        learner, state = _open(config, work, folder, team)
        log.info("%.1f M parameters on %s in %s", learner.parameters / 1e6, learner.device, learner.precision)
        if _is_over(state, config):
            log.info("this is complete (update %d)", state.step)
            return state
        return _run(config, learner, open_batches(config, work), state, folder, stop, stop_after)


def _open(config: Config, work: Path, folder: Path, team: Team) -> tuple[Learner, State]:
    """Make the learner and bring it to where the run stands."""
    learner = Learner(config, count_pieces(work), team)
    if (work / START).is_file():
        learner.model.load_state_dict(torch.load(work / START, weights_only=True))
    return learner, restore(folder, learner.model, learner.optimizer, learner.running)


def _is_over(state: State, config: Config) -> bool:
    """Tell whether the cooldown has come to its end or, without one, the budget."""
    return state.tokens >= config.train.pieces * 1e6 if state.cooldown is None else state.step >= state.cooldown.end


def _follow(team: Team, config: Config, work: Path, folder: Path) -> None:
    """Make the updates that the leader calls for, on this member's batches."""
    learner, state = _open(config, work, folder, team)
    with feed(open_batches(config, work), state.position, team=team) as fed:
        for step, batch in enumerate(fed, state.step + 1):
            if (rate := team.agree(END)) == END:
                break
            learner.update(batch, step, rate)


def _run(
    config: Config, learner: Learner, batches: Batches, state: State, folder: Path, stop: Stop, stop_after: float | None
) -> State:
    """Make updates until the end, a signal or the time for this call; save on the way."""
    options, meter, saved, team = config.train, Meter(state), time.monotonic(), learner.team
    log.info("starting at update %d, %s", state.step, state.position)
    with feed(batches, state.position, pin=learner.device.type == "cuda", team=team) as fed:
        for batch in fed:
            step = state.step + 1
            rate = team.agree(learning_rate(step, options, state.cooldown))
            loss, tokens = learner.update(batch, step, rate), batch.tokens * team.size
            meter.count(loss, tokens)
            state = replace(state, step=step, tokens=state.tokens + tokens, position=batch.after, elapsed=meter.elapsed)
            done = _is_over(state, config)
            ends = done or stop.requested or (stop_after is not None and meter.seconds >= stop_after * 60)
            if step % LOG_EVERY == 0 or ends:
                _note(folder, meter.report(state, rate))
            if ends or time.monotonic() - saved >= options.save_minutes * 60:
                save(folder, state, learner.model, learner.optimizer, learner.running, keep=options.keep)
                saved = time.monotonic()
            if ends:
                log.info("%s at update %d", "complete" if done else "stopped; the same command goes on", step)
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
