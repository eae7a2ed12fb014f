"""Commands in children of a process that has loaded the program, to be waited for or killed at any moment.

The same idea as `tests.end_to_end.warm`, but the caller knows the child's number: it may send it a signal. Before the
command begins, `first` may change the child (a limit, a layer under its files). Start reading at `start`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.end_to_end.warm import _command, _import_everything
from tests.soak.trial import demand

PATIENCE = 300.0
"""Seconds after which a command that does not end is given up."""


@cache
def prepare() -> None:
    """Load the program, once for all children."""
    _import_everything()


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    """Its exit code; below zero the signal that ended it."""
    said: str
    seconds: float = 0.0
    """Processor seconds that it took."""


@dataclass
class Running:
    """A command that was started."""

    arguments: tuple[str, ...]
    child: int
    said: Path
    _ended: Ended | None = field(default=None)

    def poll(self) -> Ended | None:
        """How it ended; None as long as it runs."""
        if self._ended is None:
            found, status, used = os.wait4(self.child, os.WNOHANG)
            if found:
                said = self.said.read_text("utf-8", "replace")
                self._ended = Ended(os.waitstatus_to_exitcode(status), said, used.ru_utime + used.ru_stime)
                self.said.unlink()
        return self._ended

    def wait(self, seconds: float = PATIENCE) -> Ended:
        """Wait for its end; after so many seconds it is killed, and that is a fault."""
        end = time.monotonic() + seconds
        while (ended := self.poll()) is None:
            if time.monotonic() > end:
                self.signal(signal.SIGKILL)
                self.wait(30)
                demand(False, f"{self.arguments}: no end after {seconds:.0f} s")
            time.sleep(0.002)
        return ended

    def signal(self, number: int) -> None:
        """Send it a signal."""
        if self._ended is None:
            os.kill(self.child, number)

    def kill(self) -> Ended:
        """Kill it at once, wherever it is."""
        self.signal(signal.SIGKILL)
        return self.wait(30)


def start(
    arguments: Sequence[str], folder: Path, *, first: Callable[[], None] | None = None, output: Path | None = None
) -> Running:
    """Begin a command in a folder; what it says goes to a file beside it, standard output to `output` if given."""
    prepare()
    said = folder.parent / f"said-{time.monotonic_ns()}"
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            _be(arguments, folder, said, first, output)
        os._exit(71)
    said.touch()
    return Running(tuple(arguments), child, said)


def _be(
    arguments: Sequence[str], folder: Path, said: Path, first: Callable[[], None] | None, output: Path | None
) -> None:
    """Be the command; in the child."""
    streams = [
        os.open(os.devnull, os.O_RDONLY),
        os.open(output or said, os.O_WRONLY | os.O_CREAT | os.O_APPEND),
        os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND),
    ]
    # Whoever plays the soak may have put something of its own in place of these, as pytest does.
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - a descriptor
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if first is not None:
        first()
    _command({"arguments": list(arguments), "folder": str(folder), "environment": environment(folder)}, streams)


def environment(folder: Path) -> dict[str, str]:
    """What a command sees: a clock that stands still, a cache of its own, one thread."""
    return {
        **os.environ, "SOURCE_DATE_EPOCH": "1767225600", "COLUMNS": "200", "OMP_NUM_THREADS": "1",
        "ALIGNER_CACHE": str(folder.parent / f"account-{folder.name}"), "PYTHONUNBUFFERED": "1",
    }  # fmt: skip


def call(arguments: Sequence[str], folder: Path, *codes: int, first: Callable[[], None] | None = None) -> Ended:
    """Run a command to its end; its exit code must be among `codes` (0 without any), and a traceback is never right."""
    ended = start(arguments, folder, first=first).wait()
    sound(arguments, ended, *(codes or (0,)))
    return ended


def sound(arguments: Sequence[str], ended: Ended, *codes: int) -> None:
    """Demand that a command ended with one of these codes, and said no traceback."""
    what = " ".join(arguments)
    demand("Traceback" not in ended.said, f"{what}: a traceback: {ended.said[-400:]}")
    demand("fault in aligner" not in ended.said, f"{what}: {ended.said[-400:]}")
    demand(ended.code in codes, f"{what}: exit code {ended.code}, not {codes}: {ended.said[-400:]}")


if sys.platform == "win32":  # pragma: no cover - families that fork say so
    raise ImportError("the soak needs a system that can fork")
