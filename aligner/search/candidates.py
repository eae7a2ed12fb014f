"""Which pairs match a query: their ids, in the order in which the index gives them.

Words are found by FTS5. A regular expression goes through the texts, file by file, or only through those that hold the
words that it must find (`required_words`). Both stop when the time is over or enough is found. Start reading at
`Candidates`.
"""

from __future__ import annotations

import itertools
import json
import math
import re
import sqlite3
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import regex

from aligner.errors import InputError
from aligner.search.index import IndexedFile, SearchIndex
from aligner.search.patterns import compiled
from aligner.search.query import (
    Matching,
    Order,
    Query,
    query_words,
    without_ligatures,
)
from aligner.search.stems import forms

COUNTED = 10_000
"""Hits that are counted and put in order at most."""
MOST_PHRASES = 36
"""Phrases that the forms of two words may make together; of more words fewer, since each phrase costs more."""
SIDES = ("source", "target")
_AT_ONCE = 500
_OPERATIONS = 10_000
"""Steps of SQLite between two looks at the clock."""
# An escape other than \b, a set of characters, a count: what is there says nothing of single letters.
_NOT_LETTERS = re.compile(r"\\[^b]|\[[^\]]*\]?|\{[^}]*\}")
_BOUNDED = re.compile(r"(?:\\b|(?<=[ '’-]))([^\W\d_]+)([?*+{]?)(\\b|[ '’-](?![?*{]))?")


class FileOrder:
    """Which file a pair is from, and in which order hits come."""

    def __init__(self, files: Sequence[IndexedFile]) -> None:
        self.files = files
        held = sorted((file.first, number) for number, file in enumerate(files) if file.pairs)
        self._firsts, self._numbers = [first for first, _ in held], [number for _, number in held]
        self._is_natural = self._numbers == sorted(self._numbers)

    def rank(self, pair: int) -> tuple[int, int]:
        """The place of a pair by its id: that of its file, and in the file."""
        return self._numbers[bisect_right(self._firsts, pair) - 1], pair

    def sorted(self, pairs: Sequence[int]) -> Sequence[int]:
        """The ids of pairs, given in the order of their numbers, in the order of hits."""
        # An index that was made in one go has its files in that order.
        return pairs if self._is_natural else sorted(pairs, key=self.rank)

    def file(self, pair: int) -> IndexedFile:
        """The file that a pair is from."""
        return self.files[self.rank(pair)[0]]


class Candidates:
    """A query at work on an index."""

    def __init__(self, index: SearchIndex, query: Query, languages: tuple[str, str]) -> None:
        self.index, self.query = index, query
        self.stopped = False
        """Whether the time was over before all was searched."""
        self._ends = time.monotonic() + query.seconds
        every = sorted(index.files().values(), key=lambda file: (file.kind, file.name))
        self.files = [file for file in every if not query.documents or file.name in query.documents]
        """The files that are searched, in the order of hits."""
        if unknown := sorted(set(query.documents) - {file.name for file in self.files}):
            hint = "name a document by its id, or a memory as memory/FILE.tmx"
            raise InputError(f"no document '{unknown[0][:80]}' is searched", hint=hint)
        self.sides = [name for name, wanted in zip(SIDES, query.sides, strict=True) if wanted]
        self.pattern = compiled(query.text) if query.matching is Matching.REGEX else None
        words = query_words(query.text) if self.pattern is None else []
        self.words = {
            side: [forms(index, word, language=code, side=side) if query.stems else [word] for word in words]
            for side, code in zip(SIDES, languages, strict=True)
            if side in self.sides
        }
        """For each side the words of the query, each with all its forms."""

    def ids(self) -> tuple[list[int], bool]:
        """The ids of the pairs that match, as many as are counted, and whether there may be more; see `stopped`."""
        most = COUNTED
        if self.pattern and self.query.order is Order.DOCUMENT:
            most = self.query.limit  # they come in that order: no need to see the others
        found = self._scanned() if self.pattern else self._matched(self._expression())
        ids: list[int] = []
        with self._in_time():
            # One by one: what was found before the time was over is kept.
            for number in itertools.islice(found, most + 1):
                ids.append(number)  # noqa: PERF402
            return ids[:most], len(ids) > most
        self.stopped = True
        return ids, True

    def _expression(self) -> str:
        """The query for FTS5."""
        parts = []
        for side, words in self.words.items():
            if self.query.matching is Matching.WORDS:
                inner = " AND ".join("(" + " OR ".join(f'"{form}"' for form in each) + ")" for each in words)
            else:
                # FTS5 knows no choice inside a phrase: every combination of forms is a phrase, the rarest left out.
                while math.prod(map(len, words)) > MOST_PHRASES // max(len(words) - 1, 1):
                    max(words, key=len).pop()
                end = " *" if self.query.matching is Matching.PREFIX else ""
                inner = " OR ".join(f'"{" ".join(phrase)}"{end}' for phrase in itertools.product(*words))
            parts.append(f"({{{side}}} : ({inner}))")
        return " OR ".join(parts)

    def _matched(self, expression: str) -> Iterator[int]:
        """The pairs that FTS5 finds, in the order of their ids."""
        if self.query.statuses:
            wanted = " OR ".join(f'"{status}"' for status in sorted(self.query.statuses))
            expression = f"({expression}) AND ({{status}} : ({wanted}))"
        sql, execute = "SELECT rowid FROM words WHERE words MATCH ?", self.index.connection.execute
        if not self.query.documents:
            for (number,) in execute(sql, (expression,)):
                yield number
            return
        for file in self.files:
            for (number,) in execute(f"{sql} AND rowid BETWEEN ? AND ?", (expression, *file.ids)):
                yield number

    def _scanned(self) -> Iterator[int]:
        """The pairs in which the regular expression finds something, in the order of hits."""
        assert self.pattern is not None  # noqa: S101 - asked before
        columns = "SELECT id, status, source, target FROM pair WHERE id"
        execute = self.index.connection.execute
        if words := required_words(self.query.text):
            inner = " AND ".join(words)
            found = self._matched(" OR ".join(f"({{{side}}} : ({inner}))" for side in self.sides))
            order = FileOrder(self.files)
            ids = order.sorted(list(found))
            chunks = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
            rows: Iterable[tuple[int, str, str, str]] = itertools.chain.from_iterable(
                sorted(
                    execute(f"{columns} IN (SELECT value FROM json_each(?))", (json.dumps(chunk),)),  # noqa: S608
                    key=lambda row: order.rank(row[0]),
                )
                for chunk in chunks
            )
        else:
            ranges = (file.ids for file in self.files if file.pairs)
            rows = itertools.chain.from_iterable(execute(f"{columns} BETWEEN ? AND ?", ids) for ids in ranges)
        for number, status, source, target in rows:
            if self.query.statuses and status not in self.query.statuses:
                continue
            texts = {"source": source, "target": target}
            if any(self._searched(self.pattern, texts[side]) for side in self.sides):
                yield number

    def _searched(self, pattern: regex.Pattern[str], text: str) -> bool:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return any(match.end() > match.start() for match in pattern.finditer(text, timeout=left))

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """End the block quietly when the time is over."""
        connection = self.index.connection

        connection.set_progress_handler(lambda: time.monotonic() > self._ends, _OPERATIONS)
        try:
            with self.index.checked():
                yield
        except TimeoutError:
            pass
        except sqlite3.OperationalError:
            # SQLite was interrupted: by the clock, or by Ctrl-C, which it swallows.
            if time.monotonic() <= self._ends:
                raise KeyboardInterrupt from None
        finally:
            connection.set_progress_handler(None, 0)


def required_words(pattern: str) -> list[str]:
    r"""The words, for FTS5, that a text must have for a regular expression to find something; as far as one can tell.

    >>> required_words(r"\bconseil de \w+"), required_words("conseils?"), required_words(r"\b(?:un|une) an\b")
    (['"conseil"', '"de"'], [], [])
    """
    # Where there is a choice, or what is in brackets may be left out, no word must be there.
    if "|" in pattern or "(?" in pattern or re.search(r"\)\s*[?*{]", pattern):
        return []
    words = []
    for match in _BOUNDED.finditer(_NOT_LETTERS.sub("\0", pattern)):
        word, count, end = match.groups()
        word = without_ligatures(word[:-1] if count and count != "+" else word)
        if word:
            words.append(f'"{word}"' if end and not count else f'"{word}" *')
    return words
