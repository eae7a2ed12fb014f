"""The index of pairs: one SQLite file with the texts and, by FTS5, the places of their words.

    file      what was read: a document's bitext or a TMX file, with size, time and SHA-256 of its content
    pair      id, locator, status, source, target
    words     FTS5 over source, target and status; keeps word places, the texts stay in `pair`
    learned   which words the corpus taught to go together (`aligner.alignment.counterparts`)

All pairs of a file are one stretch of ids. Ids are dense, because FTS5 keeps the differences between them; a file that
was read again has its stretch at the end. Everything in it can be made again: `InvalidIndex` says that it must be.
Start reading at `SearchIndex`.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import EnvironmentProblem
from aligner.search.query import without_ligatures

LAYOUT = 1
"""Raised whenever the same pairs would give another file."""
DOCUMENT, MEMORY = "document", "memory"
_BUSY_MS = 20_000
_TABLES = """
CREATE TABLE file (
    kind TEXT, name TEXT, title TEXT NOT NULL, date TEXT NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL,
    sha256 TEXT NOT NULL, first INTEGER NOT NULL, pairs INTEGER NOT NULL, PRIMARY KEY (kind, name)
);
CREATE TABLE pair (
    id INTEGER PRIMARY KEY, locator TEXT NOT NULL, status TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL
);
CREATE TABLE learned (source TEXT, target TEXT, strength REAL NOT NULL, PRIMARY KEY (source, target)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    source, target, status, content='pair', content_rowid='id', columnsize=0, tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);
"""


class InvalidIndex(Exception):  # noqa: N818 - what it is
    """The file is damaged, or of another layout: it is to be made again."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells whether a file is as it was when it was read."""

    size: int
    changed: int
    """Time of its last change, in nanoseconds."""
    sha256: str


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file whose pairs are in the index."""

    kind: str
    name: str
    title: str
    date: str
    stamp: FileStamp
    first: int
    """The id of its first pair; the others follow."""
    pairs: int

    @property
    def ids(self) -> tuple[int, int]:
        """The first id of its pairs, and the last."""
        return self.first, self.first + self.pairs - 1


PairRow = tuple[str, str, str, str]
"""Locator, status, source and target of a pair."""


class SearchIndex:
    """An open index; to be closed. For one thread at a time."""

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        """Open a file, or begin one; raises `InvalidIndex`."""
        self.path, self.writable = path, writable
        self._files: tuple[tuple[int, int], dict[tuple[str, str], IndexedFile]] = ((-1, -1), {})
        with self.checked():
            mode = "rwc" if writable else "ro"
            self.connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
            )
        try:
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        with self.checked():
            self.connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
            # What is lost in a power cut is made again: waiting for the disk would only cost.
            self.connection.execute("PRAGMA synchronous = OFF")
            self.connection.execute("PRAGMA cache_size = -65536")
            self.connection.create_function("without_ligatures", 1, without_ligatures, deterministic=True)
            (layout,) = self.connection.execute("PRAGMA user_version").fetchone()
            empty = not self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if empty and self.writable:
                self.path.chmod(0o600)  # it holds texts
                self.connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
                with self.writing():
                    # Another process may have been quicker.
                    if not self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                        for statement in filter(str.strip, _TABLES.split(";")):
                            self.connection.execute(statement)
                        self.connection.execute(f"PRAGMA user_version = {LAYOUT}")
            elif layout != LAYOUT:
                raise InvalidIndex(f"layout {layout}")

    @contextmanager
    def checked(self) -> Iterator[None]:
        """Turn what SQLite says of a damaged file into `InvalidIndex`, and of the machine into EnvironmentProblem."""
        try:
            yield
        except sqlite3.OperationalError as error:
            code = (error.sqlite_errorcode or 0) & 0xFF
            if code == sqlite3.SQLITE_INTERRUPT:
                raise
            if code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT):  # a table is gone
                raise InvalidIndex(str(error)) from error
            hint = {
                sqlite3.SQLITE_BUSY: "another aligner is writing it; try again in a moment",
                sqlite3.SQLITE_FULL: "free some disk space and run again",
            }.get(code, "check the permissions of the folder")
            raise EnvironmentProblem(f"cannot use the index ({error})", where=self.path, hint=hint) from error
        except sqlite3.DatabaseError as error:
            raise InvalidIndex(str(error)) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Change the file: all of the block, or nothing."""
        with self.checked():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def files(self) -> dict[tuple[str, str], IndexedFile]:
        """The files that are in the index, by kind and name."""
        with self.checked():
            # What is known stays true as long as nobody writes: neither others (data_version) nor we (total_changes).
            (version,) = self.connection.execute("PRAGMA data_version").fetchone()
            if self._files[0] == (version, self.connection.total_changes):
                return self._files[1]
            rows = self.connection.execute(
                "SELECT kind, name, title, date, size, changed, sha256, first, pairs FROM file"
            )
            made = {
                (kind, name): IndexedFile(kind, name, title, date, FileStamp(size, changed, sha256), first, pairs)
                for kind, name, title, date, size, changed, sha256, first, pairs in rows
            }
            self._files = (version, self.connection.total_changes), made
            return self._files[1]

    def pairs_of(self, kind: str, name: str) -> int:
        """How many pairs of a file are in the index; `files` reads all of them again after each change."""
        with self.checked():
            rows = self.connection.execute(
                "SELECT pairs FROM file WHERE kind = ? AND name = ?", (kind, name)
            ).fetchall()
        return sum(pairs for (pairs,) in rows)

    def touch(self, file: IndexedFile, stamp: FileStamp) -> None:
        """Note another time of a file whose content is the same."""
        self.connection.execute(
            "UPDATE file SET size = ?, changed = ? WHERE kind = ? AND name = ?",
            (stamp.size, stamp.changed, file.kind, file.name),
        )

    def remove(self, file: IndexedFile) -> None:
        """Take out the pairs of a file."""
        # FTS5 forgets words only when it is told which they were.
        self.connection.execute(
            "INSERT INTO words (words, rowid, source, target, status)"
            " SELECT 'delete', id, without_ligatures(source), without_ligatures(target), status FROM pair"
            " WHERE id BETWEEN ? AND ?",
            file.ids,
        )
        self.connection.execute("DELETE FROM pair WHERE id BETWEEN ? AND ?", file.ids)
        self.connection.execute("DELETE FROM file WHERE kind = ? AND name = ?", (file.kind, file.name))

    def add(
        self, kind: str, name: str, stamp: FileStamp, pairs: Iterable[PairRow], *, title: str = "", date: str = ""
    ) -> None:
        """Take in the pairs of a file that is not there yet."""
        (first,) = self.connection.execute("SELECT coalesce(max(id), 0) + 1 FROM pair").fetchone()
        numbered = zip(itertools.count(first), pairs)
        self.connection.executemany(
            "INSERT INTO pair VALUES (?, ?, ?, ?, ?)", ((number, *pair) for number, pair in numbered)
        )
        self.connection.execute(
            "INSERT INTO words (rowid, source, target, status)"
            " SELECT id, without_ligatures(source), without_ligatures(target), status FROM pair WHERE id >= ?",
            (first,),
        )
        self.connection.execute(
            "INSERT INTO file SELECT ?, ?, ?, ?, ?, ?, ?, ?, count(*) FROM pair WHERE id >= ?",
            (kind, name, title, date, stamp.size, stamp.changed, stamp.sha256, first, first),
        )

    def tidy(self) -> None:
        """Bring the places of words together, after many pairs were taken in, and give back the room that is left."""
        with self.writing():
            self.connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        with self.checked():
            # As a script: `execute` takes one step of it, which is one page.
            self.connection.executescript("PRAGMA incremental_vacuum")

    def learned(self, words: Iterable[str]) -> dict[str, dict[str, float]]:
        """What the corpus taught to go together with these folded source words, with strengths."""
        found: dict[str, dict[str, float]] = {}
        sql = "SELECT * FROM learned WHERE source IN (SELECT value FROM json_each(?))"
        with self.checked():
            for source, target, strength in self.connection.execute(sql, (json.dumps(sorted(set(words))),)):
                found.setdefault(source, {})[target] = strength
        return found

    @property
    def has_learned(self) -> bool:
        """Whether the corpus was asked what it teaches."""
        with self.checked():
            return bool(self.connection.execute("SELECT EXISTS (SELECT 1 FROM learned)").fetchone()[0])

    @property
    def changes(self) -> int:
        """How many pairs came and went since the last lesson."""
        with self.checked():
            found = self.connection.execute("SELECT strength FROM learned WHERE source = ''").fetchone()
        return int(found[0]) if found else len(self)

    def note_changes(self, pairs: int) -> None:
        """Note that pairs came or went."""
        self.connection.execute("UPDATE learned SET strength = strength + ? WHERE source = ''", (pairs,))

    def learn(self, learned: Mapping[str, Mapping[str, float]]) -> None:
        """Keep what the corpus teaches instead of what it taught before."""
        self.connection.execute("DELETE FROM learned")
        # Also a corpus that teaches nothing was asked.
        self.connection.execute("INSERT INTO learned VALUES ('', '', 0)")
        self.connection.executemany(
            "INSERT INTO learned VALUES (?, ?, ?)",
            ((source, target, strength) for source, row in learned.items() for target, strength in row.items()),
        )

    def __len__(self) -> int:
        """How many pairs there are."""
        return sum(file.pairs for file in self.files().values())
