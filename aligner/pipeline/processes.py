"""Processes that share the work of a batch and stop when it stops. Start reading at `processes`."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children
from typing import Any

from aligner.errors import EnvironmentProblem

Submit = Callable[..., Future[Any]]


@contextmanager
def processes(jobs: int) -> Iterator[Submit]:
    """A function that has a call made by one of `jobs` processes: ``submit(function, *arguments)``.

    When an exception leaves the block (Ctrl-C), the processes break off what they do and what waits is dropped; a pool
    would finish all that was submitted first. They are asked, not killed: one killed while it hands over a result
    leaves the others waiting for ever. Raises EnvironmentProblem when the system ended a process.

    >>> with processes(2) as submit:
    ...     [submit(len, word).result() for word in ("a", "bb")]
    [1, 2]
    """
    others = set(active_children())
    pool = ProcessPoolExecutor(jobs, initializer=_begin)
    try:
        yield lambda work, *arguments: pool.submit(_unless_stopped, work, *arguments)
    except BaseException as error:
        if os.name == "posix":  # elsewhere the terminal has told them, and to terminate is to kill
            for child in set(active_children()) - others:
                child.terminate()
        if isinstance(error, BrokenProcessPool):
            what = "the system ended a process, probably for want of memory"
            raise EnvironmentProblem(what, hint="run again with --jobs 1") from error
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@dataclass(slots=True)
class _State:
    """What one of the processes is doing."""

    busy: bool = False
    stopped: bool = False


_state = _State()


def _begin() -> None:
    """Be ready to be stopped, by Ctrl-C or by the first process."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


def _stop(*_: object) -> None:
    """Break off the work at hand, or note that there is to be none."""
    _state.stopped = True
    # between two pieces of work a result may be on its way to the first process: broken off, it blocks the others
    if _state.busy:
        raise KeyboardInterrupt


def _unless_stopped(work: Callable[..., object], *arguments: object) -> object:
    """Do a piece of work; what still comes after a stop is not begun."""
    _state.busy = True
    try:
        if _state.stopped:
            raise KeyboardInterrupt
        return work(*arguments)
    finally:
        _state.busy = False
