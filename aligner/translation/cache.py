"""Renderings already made, in an SQLite file: what was translated once is never translated again.

`TextCache` keeps anything that is made of a text (sentence embeddings, too), `RenderingCache` renderings. An entry is
found by a digest of everything that shapes it (for a rendering the package's fingerprint, the engine's version, the
options, the text), so it never goes stale and nothing need ever be invalidated; when the file grows too big the entries
go that have not been used for longest. Only its owner may read the file. Several processes may share it. The cache
never stops a translation: a damaged file is made again, one that cannot be used is not used; both are logged.
Start reading at `RenderingCache`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from aligner.errors import InputError
from aligner.translation.interface import Rendering
from aligner.translation.packages import folders

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_Value = TypeVar("_Value")
_Row = tuple[bytes, bytes, int]

MOST_BYTES = 1 << 30
SIZE_VARIABLE = "ALIGNER_CACHE_MB"
_BUSY_SECONDS = 30.0
_AT_ONCE = 500
_KEPT_SHARE = 0.8
_LAYOUT = 2
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_TABLES = (
    """CREATE TABLE rendering (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL, checksum INTEGER NOT NULL,
    used INTEGER NOT NULL
)""",
    "CREATE TABLE turn (number INTEGER NOT NULL)",
    "INSERT INTO turn VALUES (0)",
)
"""An entry remembers the turn in which it was used last; a turn is one opening of the file."""


def shared_cache() -> Path:
    """The cache of the user's account, for texts that belong to no corpus."""
    return folders.cache_folder() / "translations.sqlite"


class TextCache(Generic[_Value]):
    """What was made of texts, by text, for one `namespace`: all that shapes it besides the text.

    Without a `path` it keeps nothing. The file grows to `most_bytes`; without that to what the environment says
    (``ALIGNER_CACHE_MB``), or to `MOST_BYTES`. `pack` and `unpack` make bytes of a value and the other way; messages
    name `what` is kept.
    """

    def __init__(
        self,
        path: Path | None,
        namespace: str,
        *,
        what: str,
        pack: Callable[[_Value], bytes],
        unpack: Callable[[bytes], _Value],
        most_bytes: int | None = None,
    ) -> None:
        self._path = path
        self._what, self._pack, self._unpack = what, pack, unpack
        self._most_bytes = most_bytes_chosen() if most_bytes is None else most_bytes
        self._turn = 0
        self._namespace = namespace.encode("utf-8")
        self._connection: sqlite3.Connection | None = None

    def get(self, texts: Iterable[str]) -> dict[str, _Value]:
        """The values known, by text."""
        texts_by_key = {self._key(text): text for text in texts} if self._path else {}
        keys = list(texts_by_key)
        found: dict[str, _Value] = {}
        # SQLite takes so many parameters in one statement and no more (999 in versions before 3.32).
        for start in range(0, len(keys), _AT_ONCE):
            entries = self._attempt(partial(self._select, keys[start : start + _AT_ONCE]))
            found.update((texts_by_key[key], value) for key, value in entries or ())
        return found

    def put(self, values: Mapping[str, _Value]) -> None:
        """Keep values, by text; they are on the disk when this returns."""
        if self._path and values:
            rows = []
            for text, made in values.items():
                key, value = self._key(text), self._pack(made)
                rows.append((key, value, zlib.crc32(key + value)))
            self._attempt(partial(self._insert, rows))

    def close(self) -> None:
        """Let go of the file; a later use opens it again."""
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._namespace + b"\0" + text.encode("utf-8", "surrogatepass")).digest()

    def _attempt(self, action: Callable[[sqlite3.Connection], _Result]) -> _Result | None:
        """Do something with the file; if it is damaged make it again and try once more. None when it cannot be done."""
        for first in (True, False):
            if (path := self._path) is None:
                break
            try:
                return action(self._opened(path))
            except (sqlite3.Error, OSError, ValueError) as error:
                # ValueError: a text of the file that SQLite takes and Python cannot decode.
                # SQLite's primary result code is in the lowest byte; the others say more than is needed here.
                code = getattr(error, "sqlite_errorcode", None)
                code = sqlite3.SQLITE_CORRUPT if isinstance(error, ValueError) else code and code & 0xFF
                if first and code in _DAMAGED:
                    _log.warning("the cache of %s is damaged and is made again (%s): %s", self._what, error, path)
                    self.close()
                    # What is left in the write-ahead log is of the damaged file, and may be played into the new one.
                    for suffix in ("", "-wal", "-shm"):
                        with suppress(OSError):
                            path.with_name(path.name + suffix).unlink(missing_ok=True)
                elif code not in _BUSY:
                    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
                    _log.warning("going on without a cache of %s (%s): %s", self._what, reason.lower(), path)
                    self.close()
                    self._path = None
                elif not first:
                    _log.info("the cache of %s is busy: %s", self._what, path)
        return None

    def _opened(self, path: Path) -> sqlite3.Connection:
        """The connection to the file, which is made if it is not there."""
        if self._connection is None:
            folders.make_folder(path.parent)
            # SQLite would make the file readable for others. One of an older version may not stay so, either.
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if os.fstat(descriptor).st_mode & 0o077:
                    path.chmod(0o600)
            except PermissionError:  # somebody else's file, which we may write to
                _log.debug("the cache of %s belongs to somebody else: %s", self._what, path)
            finally:
                os.close(descriptor)
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            try:
                self._turn = _prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _select(self, keys: Sequence[bytes], connection: sqlite3.Connection) -> list[tuple[bytes, _Value]]:
        """The entries that there are of some, which are noted as used in this turn."""
        listed = ",".join("?" * len(keys))
        rows = connection.execute(
            f"SELECT key, value, checksum, id, used FROM rendering WHERE key IN ({listed})",  # noqa: S608
            list(keys),
        ).fetchall()
        found = []
        for key, value, checksum, _, _ in rows:
            # SQLite notices damage to its pages, not to what is written in them; a wrong rendering would be published.
            if not isinstance(value, bytes) or zlib.crc32(key + value) != checksum:
                raise _damage("an entry does not match its checksum")
            found.append((key, self._unpack(value)))
        touched = [number for _, _, _, number, used in rows if used != self._turn]
        listed = ",".join("?" * len(touched))
        # A full disk, or another process at work: what was found is still good.
        with suppress(sqlite3.OperationalError):
            connection.execute(
                f"UPDATE rendering SET used = ? WHERE id IN ({listed})",  # noqa: S608
                [self._turn, *touched],
            )
        return found

    def _insert(self, rows: Sequence[_Row], connection: sqlite3.Connection) -> None:
        """Write entries in one transaction; in a full file those go that were used longest ago."""
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.executemany(
                "INSERT OR REPLACE INTO rendering (key, value, checksum, used) VALUES (?, ?, ?, ?)",
                [(*row, self._turn) for row in rows],
            )
            pages, free, size = (
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
            used = (pages - free) * size
            if used > self._most_bytes:
                # More goes than has to, or every later entry would make room for itself alone. The space is used again.
                (count,) = connection.execute("SELECT count(*) FROM rendering").fetchone()
                gone = count - int(count * _KEPT_SHARE * self._most_bytes / used)
                oldest = "SELECT id FROM rendering ORDER BY used, id LIMIT ?"
                connection.execute(f"DELETE FROM rendering WHERE id IN ({oldest})", (gone,))  # noqa: S608
            connection.execute("COMMIT")
        except BaseException:  # Ctrl-C too: the connection is used again, and must not stay in a transaction
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise


class RenderingCache(TextCache[Rendering]):
    """Renderings by text; the `namespace` is the package, engine and options that made them."""

    def __init__(self, path: Path | None, namespace: str, *, most_bytes: int | None = None) -> None:
        super().__init__(path, namespace, what="translations", pack=_pack, unpack=_unpack, most_bytes=most_bytes)


def _pack(rendering: Rendering) -> bytes:
    return json.dumps([rendering.text, rendering.score, *rendering.flags]).encode("ascii")


def _unpack(value: bytes) -> Rendering:
    text, score, *flags = json.loads(value)
    return Rendering(text, score, tuple(flags))


def most_bytes_chosen(environment: Mapping[str, str] = os.environ) -> int:
    """How large a cache may grow; InputError when the environment says no number of megabytes.

    >>> most_bytes_chosen({"ALIGNER_CACHE_MB": "200"})
    200000000
    """
    chosen = environment.get(SIZE_VARIABLE, "")
    if not chosen:
        return MOST_BYTES
    if not (chosen.isascii() and chosen.isdigit()):
        raise InputError(f"{SIZE_VARIABLE} must be a number of megabytes, not '{chosen}'")
    return int(chosen) * 1_000_000


def _prepare(connection: sqlite3.Connection) -> int:
    """Set up the file, which starts again if it is of another layout; the number of this turn."""
    # With a write-ahead log readers need not wait for a writer; FULL, because with less a power cut takes the latest
    # entries, and minutes of the model's work with them.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN IMMEDIATE")
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) != _LAYOUT:
        for name in ("rendering", "turn"):
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in _TABLES:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    connection.execute("UPDATE turn SET number = number + 1")
    found = connection.execute("SELECT number FROM turn WHERE typeof(number) = 'integer'").fetchone()
    if found is None:
        raise _damage("the number of the last turn is missing")
    connection.execute("COMMIT")
    return int(found[0])


def _damage(what: str) -> sqlite3.DatabaseError:
    """Damage that SQLite itself does not notice."""
    damage = sqlite3.DatabaseError(what)
    damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return damage


def known_texts(path: Path) -> Iterator[str]:
    """Every text in a file of renderings, whatever made it; none where there is no such file or it is damaged."""
    if not path.is_file():
        return
    with suppress(sqlite3.Error, OSError, ValueError), closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as found:
        for (value,) in found.execute("SELECT value FROM rendering"):
            yield str(json.loads(value)[0])
