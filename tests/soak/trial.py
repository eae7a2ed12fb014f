"""What a case is, and how the cases of a family are played one after the other, each noted before the next begins.

    case ──play──▶ Played(count, faults) ──▶ <state>/<family>.json

A family runs in a process of its own. If a case takes the process with it, the note says which, and that is a fault
like any other; the family goes on with the next case.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CUT = 600
"""Characters of a fault that are kept."""


class FaultError(AssertionError):
    """What must never happen has happened."""


def demand(holds: object, sentence: str) -> None:
    """Raise FaultError with a sentence unless something holds."""
    if not holds:
        raise FaultError(sentence)


@dataclass
class Played:
    """What one case came to."""

    count: int = 1
    """Trials in it: kills, inputs, requests."""
    faults: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    """Of figures with the same name the largest is kept."""


@dataclass(frozen=True)
class Case:
    """One case of a family."""

    seed: int
    family: str
    number: int
    folder: Path
    """An empty folder of its own."""

    @property
    def random(self) -> random.Random:
        """The choices of this case: the same each time it is asked for."""
        return random.Random(f"{self.seed} {self.family} {self.number}")


@dataclass(frozen=True)
class Family:
    """Cases of one kind."""

    name: str
    says: str
    """What is done, in the words of the table."""
    cases: int
    """Cases of a full soak."""
    share: float
    """Its part of the time."""
    play: Callable[[Case], Played]
    unit: str = "trials"
    """What is counted."""


@dataclass
class Tally:
    """What is known of a family so far."""

    done: int = 0
    """Cases that were played."""
    playing: int = -1
    """The case in progress; -1: none."""
    count: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Tally:
        """The tally in a file; an empty one where there is none."""
        return cls(**json.loads(path.read_text("utf-8"))) if path.exists() else cls()

    def save(self, path: Path) -> None:
        """Write it, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self), indent=1), "utf-8")
        draft.replace(path)

    def add(self, number: int, played: Played) -> None:
        """Take in what a case came to."""
        self.count += played.count
        self.faults += [f"case {number}: {fault[:CUT]}" for fault in played.faults]
        for name, value in played.figures.items():
            self.figures[name] = max(value, self.figures.get(name, value))


@contextmanager
def a_folder() -> Iterator[Path]:
    """An empty folder, in memory where the system has such a place: the disk should not set the pace."""
    fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a folder of its own
    folder = Path(tempfile.mkdtemp(prefix="aligner-soak-", dir=fast))
    try:
        yield folder
    finally:
        for each in [folder, *(path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())]:
            each.chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)


def play_case(family: Family, seed: int, number: int) -> Played:
    """Play one case; what it demands in vain is a fault, and so is an error that nobody foresaw."""
    with a_folder() as folder:
        try:
            return family.play(Case(seed, family.name, number, folder))
        except FaultError as error:
            return Played(faults=[str(error)])
        except Exception:
            return Played(faults=["the soak itself: " + traceback.format_exc()[-CUT:]])


def play_family(family: Family, seed: int, state: Path, seconds: float) -> Tally:
    """Play the cases that are left, as many as fit into the time; returns the tally of all that were played."""
    path = state / f"{family.name}.json"
    tally = Tally.load(path)
    if tally.playing >= 0:
        tally.add(tally.playing, Played(faults=["the process was killed during this case"]))
        tally.done, tally.playing = tally.playing + 1, -1
    end = time.monotonic() + seconds
    while tally.done < family.cases and time.monotonic() < end:
        tally.playing = tally.done
        tally.save(path)
        begun = time.monotonic()
        try:
            tally.add(tally.done, play_case(family, seed, tally.done))
        except KeyboardInterrupt:  # somebody stops the soak: this case is played again
            tally.playing = -1
            tally.save(path)
            raise
        tally.seconds += time.monotonic() - begun
        tally.done, tally.playing = tally.done + 1, -1
        tally.save(path)
    return tally
