"""The journal of a document: its latest states, so that edits can be taken back, and a crash leaves nothing half done.

    states   S0 ── S1 ── S2 ── S3          a state is the bytes of the bitext file and of the English file
                         ▲ position         undo goes back along the line, redo forward; an edit cuts off what follows

Before the two files are replaced the journal notes the step as ``pending``; a program that finds such a note finishes
the step (see `aligner.corpus.two_files`). States are kept under their SHA-256, compressed; only the latest `STEPS` are.
Deleting the folder costs the undo and nothing else. Start reading at `Journal`.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from aligner.files import read_bytes, write_atomically

STEPS = 200
"""Edits that can be taken back at most."""
STORE = 64_000_000
"""Bytes that the states of one document may take, compressed; of a long document fewer are kept."""
REMEMBERED = 20_000
"""Edits that are remembered, so that none is imported twice."""


@dataclass(frozen=True, slots=True)
class State:
    """The two files of a document at one time, by their SHA-256."""

    bitext: str
    english: str
    """Empty: there is no such file."""
    edits: tuple[str, ...] = ()
    """Digests of the dated edits that led here from the state before."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What the journal's file says."""

    states: tuple[State, ...] = ()
    position: int = 0
    """Index of the present state."""
    pending: int | None = None
    """Index of the state that is being written."""
    edits: tuple[str, ...] = ()
    """Digests of edits that are older than the states."""

    def seen(self) -> frozenset[str]:
        """Digests of all dated edits that are in the present state, as far as they are remembered."""
        recent = (version_of for state in self.states[: self.position + 1] for version_of in state.edits)
        return frozenset([*self.edits, *recent])


class Journal:
    """The states of one document on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "journal.json"

    def load(self) -> Notes:
        """What is noted; nothing when there is no journal or it is damaged."""
        with suppress(OSError, ValueError, TypeError, KeyError, OverflowError):
            found = json.loads(self._file.read_text(encoding="utf-8"))
            states = tuple(
                State(str(s["bitext"]), str(s["english"]), tuple(map(str, s["edits"]))) for s in found["states"]
            )
            position, pending = int(found["position"]), found["pending"]
            notes = Notes(states, position, None if pending is None else int(pending), tuple(map(str, found["edits"])))
            # a journal that points outside its states is damaged, too: it costs the undo and nothing else
            if all(0 <= index < max(len(states), 1) for index in (notes.position, notes.pending or 0)):
                return notes
        return Notes()

    def save(self, notes: Notes) -> None:
        """Write the notes."""
        write_atomically(self._file, json.dumps(asdict(notes), separators=(",", ":")) + "\n")

    def keep(self, content: bytes | None) -> str:
        """Keep the content of a file and return its SHA-256; None (no file) is the empty name."""
        if content is None:
            return ""
        name = version_of(content)
        path = self.folder / f"{name}.z"
        if not path.exists():
            # The fastest level: nobody should wait for an edit to be saved.
            write_atomically(path, zlib.compress(content, 1))
        return name

    def content(self, name: str) -> bytes | None:
        """What was kept under a name; None for no file. Raises OSError or zlib.error when it is lost."""
        if not name:
            return None
        content = zlib.decompress((self.folder / f"{name}.z").read_bytes())
        if version_of(content) != name:
            raise OSError(f"{name} is damaged")
        return content

    def append(self, notes: Notes, state: State) -> Notes:
        """The notes with a state after the present one; what had been taken back is given up, old states too."""
        # an edit after undoing cuts off what could be done again, as editors do
        states = (*notes.states[: notes.position + 1], state)
        # The present state and the one before it always stay, however large they are.
        # n steps lie between n + 1 states
        over = len(states) - 1 - STEPS
        while over < len(states) - 2 and self._size(states[max(over, 0) :]) > STORE:
            over += 1
        over = max(over, 0)
        # the edits of states that go are remembered still: imported again, they change nothing
        old = [name for lost in states[: over + 1] for name in lost.edits] if over else []
        kept = (replace(states[over], edits=()), *states[over + 1 :]) if over else states
        return replace(notes, states=kept, position=len(kept) - 1, edits=(*notes.edits, *old)[-REMEMBERED:])

    def restart(self, notes: Notes, state: State) -> Notes:
        """Notes that begin with a state: another program wrote it, and what was before cannot come back."""
        return Notes((state,), 0, None, tuple(sorted(notes.seen()))[-REMEMBERED:])

    def clean(self, notes: Notes) -> None:
        """Remove the contents that no state names."""
        # last, when the notes are written: a content too many does no harm, one too few loses a state
        needed = {f"{name}.z" for state in notes.states for name in (state.bitext, state.english)}
        with suppress(OSError):
            for path in self.folder.glob("*.z"):
                if path.name not in needed:
                    path.unlink()

    def _size(self, states: Iterable[State]) -> int:
        names = {name for state in states for name in (state.bitext, state.english) if name}
        sizes = 0
        for name in names:
            with suppress(OSError):
                sizes += (self.folder / f"{name}.z").stat().st_size
        return sizes


def version_of(content: bytes) -> str:
    """Hexadecimal SHA-256 of the content of a file: the version of a document."""
    return hashlib.sha256(content).hexdigest()


def content_of(path: Path) -> bytes | None:
    """The bytes of a file; None when there is none."""
    return read_bytes(path) if path.exists() else None
