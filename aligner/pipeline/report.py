"""What a run did: an `Outcome` for each document, a `Report` for all."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import overload

from aligner.errors import AlignerError

_HELD = 1 << 20
"""Bytes of names of files that are held in memory."""


class Done(StrEnum):
    """What happened to a document."""

    TRANSLATED = "translated"
    RENEWED = "renewed"
    """A person's work stayed, the machine's drafts around it were written again."""
    ALIGNED = "aligned"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one document, and its size."""

    id: str
    done: Done
    segments: int = 0
    beads: int = 0
    words: int = 0
    """Words on the source side, boilerplate not counted."""
    notes: tuple[str, ...] = ()
    error: AlignerError | None = None


class WrittenFiles(Sequence[Path]):
    """The files that a run wrote, in order. Many of them lie in a temporary file, not in memory."""

    def __init__(self) -> None:
        # a name may have any character but this one
        self._names = SpooledTemporaryFile(_HELD, "w+b")  # noqa: SIM115 - closed with its owner
        weakref.finalize(self, self._names.close)
        self._count = 0

    def add(self, paths: Iterable[Path]) -> None:
        """Take in what was just written."""
        for path in paths:
            self._names.write(os.fsencode(path) + b"\0")
            self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Path]:
        at, rest = 0, b""
        while True:
            self._names.seek(at)
            chunk = self._names.read(_HELD)
            # whoever goes through them may add some meanwhile
            self._names.seek(0, os.SEEK_END)
            if not chunk:
                return
            at += len(chunk)
            *names, rest = (rest + chunk).split(b"\0")
            yield from (Path(os.fsdecode(name)) for name in names)

    @overload
    def __getitem__(self, index: int) -> Path: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Path]: ...

    def __getitem__(self, index: int | slice) -> Path | Sequence[Path]:
        return list(self)[index]


Finished = Callable[[Outcome, int, int], None]
"""Called with the outcome of a document, and how many of how many are done that there was work on."""


def unnoticed(outcome: Outcome, done: int, total: int) -> None:
    """Take no note of a document that is done."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    outcomes: tuple[Outcome, ...]
    written: Sequence[Path]
    """The files written, in order."""
    translated: int
    """Segments that went to the translation engine or its cache."""
    fresh: int
    """Segments among them that the model had to translate."""
    seconds: float
    recalled: int = 0
    """Segments whose English was taken from a translation memory or from what a reviewer had accepted."""
    remarks: tuple[str, ...] = ()
    """A sentence for each document that was renamed, and one for those whose sources are gone."""

    @property
    def exit_code(self) -> int:
        """0 when all went well, else the highest code among the errors."""
        # a missing model is worse than a bad document: whoever runs it again should know first
        return max((outcome.error.exit_code for outcome in self.outcomes if outcome.error), default=0)

    def count(self, done: Done) -> int:
        """How many documents had this outcome."""
        return sum(outcome.done is done for outcome in self.outcomes)
