"""Size and speed of the search index, beside a scan with DuckDB and one with ripgrep.

    python -m benchmarks.search FILE.tsv.xz… [--pairs N] [--queries N] [--folder DIR] [--rg PROGRAM]

The index is filled with the first N pairs (1,000,000) of the given tables (origin, French, English; xz or plain), as
documents of a thousand pairs. Printed are the time of building, what a pair taught about words included; the size
beside that of the text; and for every kind of query the time at the median, at the 95th percentile and at worst, by
the clock and of the processor, of what a user waits for: 20 pairs, in order, with all marks. The queries are made of
words that follow one another in the pairs, the first of them no function word; always the same ones. DuckDB (if it is
installed) and ripgrep (if it is there) look for the same phrases in the same texts, without accents and marks.
"""

from __future__ import annotations

import argparse
import importlib.util
import lzma
import random
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from aligner.alignment.counterparts import learned_words
from aligner.corpus.store import open_project
from aligner.languages.language import language_of
from aligner.languages.words import whole_words
from aligner.search.find import find
from aligner.search.index import DOCUMENT, FileStamp, SearchIndex
from aligner.search.query import Matching, Query
from aligner.search.update import LESSON

SEED = 7
OF_A_DOCUMENT = 1000
STATUSES = ("draft", "draft", "draft", "accepted", "edited")
SCANS = 20
"""Queries for the scans, which take seconds each."""


def pairs(paths: Sequence[Path], most: int) -> Iterator[tuple[str, str]]:
    """The first pairs of the tables."""
    count = 0
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                cells = line.rstrip("\n").split("\t")
                if len(cells) == 3 and cells[1] and cells[2]:
                    yield cells[1], cells[2]
                    if (count := count + 1) == most:
                        return


def build(path: Path, texts: Sequence[tuple[str, str]]) -> SearchIndex:
    """The index of these pairs, as `aligner.search.update` makes it."""
    index = SearchIndex(path)
    # In the order of their ids, as there.
    names = sorted(f"d{n:05}" for n in range(0, len(texts), OF_A_DOCUMENT))
    with index.writing():
        for number, name in enumerate(names):
            rows = (
                (f"{k}.1", STATUSES[k % len(STATUSES)], *pair)
                for k, pair in enumerate(texts[number * OF_A_DOCUMENT : (number + 1) * OF_A_DOCUMENT], 1)
            )
            index.add(DOCUMENT, name, FileStamp(0, 0, ""), rows)
        every = max(1, len(texts) // LESSON)
        split = [tuple([word.text for word in whole_words(text)] for text in pair) for pair in texts[::every]]
        index.learn(learned_words([(a, b) for a, b in split], languages=("fr", "en")))
    index.tidy()
    return index


def queries(texts: Sequence[tuple[str, str]], count: int) -> dict[str, list[Query]]:
    """Queries of every kind, made of what is in the texts."""
    chance = random.Random(SEED)  # noqa: S311 - a reproducible sample
    small = [language_of(code).links | language_of(code).others for code in ("fr", "en")]
    made: dict[str, list[Query]] = {name: [] for name in ("word", "phrase", "all words", "prefix", "stems", "regex")}
    while len(made["regex"]) < count:
        side = chance.randrange(2)
        words = [word.text for word in whole_words(chance.choice(texts)[side])]
        start, length = chance.randrange(len(words) or 1), chance.choice((2, 3, 4))
        phrase = words[start : start + length]
        if len(phrase) < length or any(len(phrase[n]) < 4 or phrase[n].lower() in small[side] for n in (0, -1)):
            continue
        sides, text = (side == 0, side == 1), " ".join(phrase)
        both = {"sides": sides if chance.random() < 0.5 else (True, True)}
        status = {"statuses": frozenset(["accepted", "edited"])} if chance.random() < 0.2 else {}
        made["word"].append(Query(phrase[0], **both, **status))
        made["phrase"].append(Query(text, **both, **status))
        made["all words"].append(Query(text, Matching.WORDS, **both, **status))
        begun = " ".join([*phrase[:-1], phrase[-1][: max(3, len(phrase[-1]) // 2)]])
        made["prefix"].append(Query(begun, Matching.PREFIX, **both, **status))
        made["stems"].append(Query(text, sides=sides, stems=True, **status))
        made["regex"].append(Query(rf"\b{phrase[0]}\b.{{1,30}}\b{phrase[-1]}", Matching.REGEX, **both, **status))
    return made


def measured(work: Callable[[Any], Any], items: Sequence[Any]) -> str:
    """Milliseconds of doing something to each item: at the median, the 95th percentile, and at worst."""
    clock, busy = [], []
    for item in items:
        start, working = time.perf_counter(), time.process_time()
        work(item)
        busy.append((time.process_time() - working) * 1e3)
        clock.append((time.perf_counter() - start) * 1e3)
    return " · ".join(
        f"{name} {s[len(s) // 2]:.1f} / {s[len(s) * 95 // 100]:.1f} / {s[-1]:.1f} ms"
        for name, s in (("clock", sorted(clock)), ("processor", sorted(busy)))
    )


def scan_with_duckdb(texts: Sequence[tuple[str, str]], phrases: Sequence[str]) -> str:
    """The time of DuckDB on one thread for a scan with ILIKE, from a table in memory."""
    import duckdb
    import pyarrow as pa

    texts_table = pa.table({"source": [a for a, _ in texts], "target": [b for _, b in texts]})
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("CREATE TABLE pair AS SELECT * FROM texts_table")
    del texts_table
    sql = "SELECT * FROM pair WHERE source ILIKE ? OR target ILIKE ? LIMIT 20"
    return measured(lambda phrase: connection.execute(sql, [f"%{phrase}%"] * 2).fetchall(), phrases)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rg", default=shutil.which("rg"))
    given = parser.parse_args()
    texts = list(pairs(given.files, given.pairs))
    size = sum(len(text.encode()) for pair in texts for text in pair)
    print(f"{len(texts):,} pairs, {size / 1e6:.0f} MB of text")
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        path = Path(folder) / "search.sqlite"
        start, working = time.perf_counter(), time.process_time()
        index = build(path, texts)
        busy, waited = time.process_time() - working, time.perf_counter() - start
        print(f"built in {busy:.1f} s of the processor ({waited:.1f} s): {len(texts) / busy:,.0f} pairs/s")
        print(f"index {path.stat().st_size / 1e6:.0f} MB: {path.stat().st_size / size:.2f} times the text")
        project, made = open_project(Path(folder)), queries(texts, given.queries)
        find(index, made["word"][0], project)  # the lexicon is read
        for name, listed in made.items():
            print(f"{name:10} {measured(lambda query: find(index, query, project), listed)}")
        phrases = [query.text for query in made["phrase"][:SCANS]]
        if importlib.util.find_spec("duckdb"):
            print(f"DuckDB scan, one thread: {scan_with_duckdb(texts, phrases)}")
        if given.rg:
            file = Path(folder) / "pairs.tsv"
            with file.open("w", encoding="utf-8") as stream:
                stream.writelines(f"{a}\t{b}\n" for a, b in texts)

            def grep(phrase: str) -> None:
                command = [given.rg, "--threads", "1", "--ignore-case", "--fixed-strings", "--max-count", "20", phrase]
                subprocess.run([*command, str(file)], stdout=subprocess.DEVNULL, check=False)

            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            said = measured(grep, phrases)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            busy = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / len(phrases)
            print(f"ripgrep: {said.partition(' · ')[0]}; {busy * 1e3:.0f} ms of the processor on average")


if __name__ == "__main__":
    main()
