"""A layer under a command's files that fails at the n-th operation which changes the disk.

Counted are writes as the system sees them (not those into a buffer), and making, renaming, removing and flushing of
files, whoever asks for them: all Python code opens files through what is replaced here. SQLite writes by itself; for
it there are the full disks of `tests.soak.disks`. The layer lives in a child process, which it never leaves.
"""

from __future__ import annotations

import _io  # type: ignore[import-not-found]
import builtins
import ctypes
import errno
import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

OPERATIONS = ("replace", "rename", "unlink", "remove", "mkdir", "rmdir", "fsync", "truncate", "ftruncate", "link")
NO_SPACE = ("write", "fsync", "open", "mkdir")
"""What a full disk refuses; removing and renaming go on."""


class Layer:
    """Counts, and fails from the n-th operation on: `once`, or for good."""

    def __init__(self, fails: int, number: int = errno.ENOSPC, *, once: bool = False, told: Path | None = None) -> None:
        self.fails, self.number, self.once, self.told = fails, number, once, told
        self.count = 0

    def step(self, operation: str, name: object = None) -> None:
        """Count an operation; OSError when its turn has come."""
        if self.number in (errno.ENOSPC, errno.EDQUOT) and operation not in NO_SPACE:
            return
        self.count += 1
        if self.told is not None:
            descriptor = self.real_open(self.told, os.O_WRONLY | os.O_CREAT, 0o600)
            os.pwrite(descriptor, str(self.count).encode(), 0)
            os.close(descriptor)
        if self.fails and (self.count == self.fails or (self.count > self.fails and not self.once)):
            raise OSError(self.number, os.strerror(self.number), *([name] if isinstance(name, str | Path) else []))

    def lay(self) -> None:
        """Put the layer under this process."""
        self.real_open = os.open
        for name in OPERATIONS:
            setattr(os, name, self._stepped(name, getattr(os, name)))
        os.open = self._opened  # type: ignore[assignment]
        for module in (builtins, io, _io):
            module.open = self._stream  # type: ignore[assignment]

    def _stepped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def operation(*arguments: Any, **options: Any) -> Any:
            self.step(name, arguments[0])
            return real(*arguments, **options)

        return operation

    def _opened(self, path: Any, flags: int, *more: Any, **options: Any) -> int:
        if flags & (os.O_CREAT | os.O_TRUNC):
            self.step("open", path)
        return self.real_open(path, flags, *more, **options)

    def _stream(self, file: Any, mode: str = "r", buffering: int = -1, *text: Any, **options: Any) -> Any:
        plain = mode.replace("b", "").replace("t", "")
        if not set(plain) & set("wax+"):
            return _OPEN(file, mode, buffering, *text, **options)
        if not isinstance(file, int):
            self.step("open", file)
        raw = _Raw(self, file, plain, closefd=options.pop("closefd", True), opener=options.pop("opener", None))
        if buffering == 0:
            return raw
        stream = io.BufferedRandom(raw) if "+" in plain else io.BufferedWriter(raw)
        if "b" in mode:
            return stream
        names = ("encoding", "errors", "newline")
        return io.TextIOWrapper(stream, **{**dict(zip(names, text, strict=False)), **options})


_OPEN = io.open


class _Raw(io.FileIO):
    def __init__(self, layer: Layer, file: Any, mode: str, **options: Any) -> None:
        super().__init__(file, mode, **options)
        self._layer = layer

    def write(self, data: Any) -> int:
        """A write as the system sees it."""
        self._layer.step("write")
        return super().write(data)


def obey_permissions() -> None:
    """Let the super-user be bound by the permissions of files, as everybody is: without these three capabilities."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets) == 0:
        for number in (0, 1):
            sets[number] &= ~0b1110
        libc.capset(header, sets)


def clock_backwards() -> None:
    """Let the clock of this process go back an hour each time it is asked."""
    begun, count = time.time(), 0

    def back() -> float:
        nonlocal count
        count += 1
        return begun - 3600.0 * count

    time.time = back  # type: ignore[assignment]
    time.time_ns = lambda: int(back() * 1e9)  # type: ignore[assignment]
