"""What is remembered of a corpus between two runs: one SQLite file, ``.aligner/state.sqlite``.

    export      a file that was written: what it was made from, its SHA-256, its stamp    (`aligner.corpus.exported`)
    pairs       what a bitext file says, in short, with its SHA-256 and its stamp         (`aligner.corpus.facts`)
    document    a document that was up to date: by which tools, and its files' stamps     (`aligner.pipeline.unchanged`)
    findings    what the checks find in a document                                        (`aligner.corpus.findings`)
    asked       which memories a document has asked, and what they said                   (`aligner.pipeline.recall`)

A stamp is what the disk knows of a file: with the same stamp it is the same file with the same content, and need not be
read. Every change is on the disk at once, so a run that is killed has lost nothing. Deleting the file costs the time to
look at everything again; a damaged one is made again, one that cannot be used is done without. Start reading at
`CorpusState`.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
import weakref
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from aligner.corpus.store import Project

log = logging.getLogger(__name__)

LAYOUT = 1
"""Raised whenever the tables change: the file is then made again."""
_SETTLED_NS = 30_000_000
"""A file may change twice between two ticks of the disk's clock (10 ms at most) and keep its stamp."""
_COARSE_NS = 2_100_000_000
"""The same for disks that know whole seconds only, or every second one."""
_BUSY_SECONDS = 20.0
_TABLES = """
CREATE TABLE export (
    name TEXT PRIMARY KEY, made TEXT NOT NULL, sha256 TEXT NOT NULL, stamp TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE pairs (
    pair TEXT, id TEXT, revision TEXT NOT NULL, sha256 TEXT NOT NULL, stamp TEXT NOT NULL, basis TEXT NOT NULL,
    memory TEXT NOT NULL, summary BLOB NOT NULL, units BLOB NOT NULL, PRIMARY KEY (pair, id)
);
CREATE TABLE document (
    pair TEXT, id TEXT, tools TEXT NOT NULL, stamps TEXT NOT NULL, outcome BLOB NOT NULL, PRIMARY KEY (pair, id)
);
CREATE TABLE findings (
    pair TEXT, id TEXT, made TEXT NOT NULL, findings BLOB NOT NULL, PRIMARY KEY (pair, id)
);
"""
_LATER = (
    "CREATE TABLE IF NOT EXISTS asked (pair TEXT, id TEXT, answer TEXT NOT NULL, PRIMARY KEY (pair, id)) WITHOUT ROWID",
)
"""Tables that came later: what a file has without them is kept."""


def stamp_of(path: Path | str) -> str:
    """Size, times and place of a file on the disk; empty where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - of many thousand files; Path.stat takes twice as long
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def is_settled(stamp: str) -> bool:
    """Whether another change of a file would show in its stamp: the last one is long enough ago."""
    if not stamp:
        return True
    changed, moved = map(int, stamp.split()[1:3])
    latest = max(changed, moved)
    coarse = changed % 1_000_000_000 == 0 and moved % 1_000_000_000 == 0
    return time.time_ns() - latest > (_COARSE_NS if coarse else _SETTLED_NS)


class CorpusState:
    """The open state file of the folder in which a project's exports lie. For one thread at a time."""

    def __init__(self, project: Project) -> None:
        self.path = project.cache / "state.sqlite"
        self._connection = self._opened()
        # whoever only asks something need not think of closing it
        self.close = weakref.finalize(self, self._connection.close)
        """Let go of the file."""

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query; none where the file cannot be read any more."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def write(self, sql: str, *rows: Iterable[object]) -> None:
        """Change the file, once for each of the rows of parameters."""
        try:
            # one statement commits itself: a transaction around it would only cost time
            if len(rows) == 1:
                self._connection.execute(sql, tuple(rows[0]))
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(sql, map(tuple, rows))
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)

    def forget(self, pair: str, document: str) -> None:
        """Remember nothing more of a document in one language pair; what was exported of it stays known."""
        for table in ("pairs", "document", "findings", "asked"):
            self.write(f"DELETE FROM {table} WHERE pair = ? AND id = ?", (pair, document))  # noqa: S608 - our own names

    def _opened(self) -> sqlite3.Connection:
        for again in (False, True):
            connection: sqlite3.Connection | None = None
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                # its owner's alone, like all that holds texts
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
                connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
                _prepare(connection)
                return connection
            except (sqlite3.Error, OSError) as error:
                if connection is not None:
                    connection.close()
                if again or not isinstance(error, sqlite3.DatabaseError) or _is_of_the_machine(error):
                    log.info("going on without what earlier runs left (%s): %s", error, self.path)
                    break
                log.info("%s is damaged and is made again (%s)", self.path, error)
                self._remove()
        return _in_memory()

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without the file, which the next run makes again if it is damaged."""
        log.warning("going on without what earlier runs left (%s): %s", error, self.path)
        with suppress(sqlite3.Error):
            self._connection.close()
        if not _is_of_the_machine(error):
            self._remove()
        self._connection = _in_memory()
        self.close = weakref.finalize(self, self._connection.close)

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)


def _is_of_the_machine(error: sqlite3.Error) -> bool:
    """Whether SQLite says something of the disk or of other programs, not of the file."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    return code not in {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _prepare(connection)
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Set the file up; one of another layout begins again."""
    # a power cut may cost the latest entries: they are made again
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    # it holds texts of persons: what is forgotten is not to be found in it any more
    connection.execute("PRAGMA secure_delete = ON")
    if connection.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
        _make(connection)
    for statement in _LATER:
        connection.execute(statement)


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN EXCLUSIVE")
    # another program may have been quicker
    if connection.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for statement in [*(f'DROP TABLE "{name}"' for name in names), *_TABLES.split(";")]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
    connection.execute("COMMIT")
