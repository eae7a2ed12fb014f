"""Speed and recall of the translation memory.

    python benchmarks/memory.py --pairs FILE.tsv.xz… [--units N] --queries FILE.fr… [--check N] [--index FILE]

The memory is filled with the first N units (1,000,000) of the given tables (origin, French, English; xz or plain). The
queries are the lines of the given French files, which are not in the memory, as a translator's next document would be;
besides, `EDITED` lines of the memory itself with one to three words changed, so that there is something to find.

Printed: time and peak memory of building, size of the index, time to open it; for both kinds of queries the time of one
fuzzy search (75 %, five results) at the median, at the 95th and the 99th percentile and at worst, by the clock and of
the processor (which differ where the machine does other work too), in a first pass and a second one; and for N queries
of each kind how often the best score is that of brute force: every text of the memory compared with rapidfuzz, one by
one, by code of this file.
"""

from __future__ import annotations

import argparse
import lzma
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from aligner.memory.index import MemoryUnit
from aligner.memory.index.build import build
from aligner.memory.index.fold import (
    EXACT,
    LONGEST,
    key_tokens,
    search_key,
)
from aligner.memory.index.search import MemoryIndex

EDITED = 1000
MINIMUM = 75
SEED = 7


def units(paths: Sequence[Path], most: int) -> Iterator[MemoryUnit]:
    """The first units of the tables."""
    count = 0
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                cells = line.rstrip("\n").split("\t")
                if len(cells) == 3 and cells[1] and cells[2]:
                    yield MemoryUnit(cells[1], cells[2], f"{path.name}:{number}")
                    if (count := count + 1) == most:
                        return


def edited(index: MemoryIndex, count: int) -> list[str]:
    """Sources of the memory with words dropped, doubled or replaced; always the same ones."""
    chance = random.Random(SEED)  # noqa: S311 - a reproducible sample
    queries: list[str] = []
    while len(queries) < min(count, len(index)):
        words = index.unit(chance.randrange(len(index))).source.split()
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(words))
            words[place : place + 1] = chance.choice([[], [words[place]] * 2, [chance.choice(words)], ["autre"]])
            words = words or ["autre"]
        queries.append(" ".join(words))
    return queries


def timed(index: MemoryIndex, queries: Sequence[str]) -> tuple[list[float], list[float], int]:
    """Milliseconds for each query by the clock and of the processor, sorted, and how many found something."""
    times, busy, found = [], [], 0
    for query in queries:
        start, working = time.perf_counter(), time.process_time()
        found += bool(index.fuzzy(query, minimum=MINIMUM))
        busy.append((time.process_time() - working) * 1e3)
        times.append((time.perf_counter() - start) * 1e3)
    return sorted(times), sorted(busy), found


class BruteForce:
    """Every source of a memory as a string with a character for every token."""

    def __init__(self, index: MemoryIndex) -> None:
        self._letters: dict[str, str] = {}
        keys = dict.fromkeys(search_key(index.unit(number).source) for number in range(len(index)))
        self.keys = frozenset(keys)
        self.texts = [coded for each in keys if len(coded := self._coded(each)) <= LONGEST]
        self.lengths = np.array([len(text) for text in self.texts])

    def best(self, query: str) -> int:
        """The highest score of all; 0 below `MINIMUM`."""
        if search_key(query) in self.keys:
            return EXACT
        coded = self._coded(search_key(query))
        longer = np.maximum(self.lengths, max(1, len(coded)))
        distances = cdist([coded], self.texts, scorer=Levenshtein.distance, dtype=np.int32)[0]
        best = int(np.minimum(EXACT - 1, 100 * (longer - distances) // longer).max(initial=0))
        return best if best >= MINIMUM else 0

    def _coded(self, text: str) -> str:
        return "".join([self._letters.setdefault(t, self._next()) for t in key_tokens(text)])

    def _next(self) -> str:
        number = len(self._letters) + 1
        return chr(number if number < 0xD800 else number + 0x800)


def agreement(index: MemoryIndex, brute: BruteForce, queries: Sequence[str]) -> str:
    """How often the index finds a text with the same score as brute force."""
    wanted = [brute.best(query) for query in queries]
    found = [max((score for score, _ in index.fuzzy(query, minimum=MINIMUM)), default=0) for query in queries]
    same = sum(a == b for a, b in zip(wanted, found, strict=True))
    return f"{same} of {len(queries)} ({sum(map(bool, wanted))} of them have a match)"


def show(name: str, times: Sequence[float], busy: Sequence[float], found: int) -> None:
    """Two lines of figures."""
    print(f"{name}: {len(times):,} queries, {found:,} found something")
    for kind, sample in (("clock", times), ("processor", busy)):
        at = [sample[min(len(sample) - 1, int(share * len(sample)))] for share in (0.5, 0.95, 0.99)]
        figures = "   ".join(f"{label} {value:.2f}" for label, value in zip(("median", "p95", "p99"), at, strict=True))
        print(f"    {kind:<10} {figures}   worst {sample[-1]:.2f} ms")


def main() -> None:
    """Build, search, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--queries", type=Path, nargs="+", required=True)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--check", type=int, default=100, help="queries of each kind compared with brute force")
    parser.add_argument("--index", type=Path, help="keep the index here, and use it if it is there")
    parser.add_argument("--build-only", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.index or Path(folder) / "memory.index"
        if options.build_only:
            start = time.perf_counter()
            count = build(path, units(options.pairs, options.units), {})
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"built {count:,} units in {time.perf_counter() - start:.0f} s, reading included; peak {peak:,.0f} MiB"
            )
            return
        if not path.exists():  # in a process of its own, whose peak of memory is the builder's
            subprocess.run([sys.executable, __file__, *sys.argv[1:], "--index", str(path), "--build-only"], check=True)
        compare(path, options.queries, options.check)


def compare(path: Path, files: Sequence[Path], check: int) -> None:
    """Measure one index."""
    start = time.perf_counter()
    index = MemoryIndex(path)
    opened = (time.perf_counter() - start) * 1e3
    print(f"{index.sources:,} different sources, {path.stat().st_size / 2**20:,.0f} MiB; opened in {opened:.1f} ms")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    changed = edited(index, EDITED)
    for turn in ("first", "second"):
        show(f"new texts, {turn} pass", *timed(index, lines))
        show(f"edited units, {turn} pass", *timed(index, changed))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak of the searching process: {peak:,.0f} MiB, pages of the file included")
    if check:
        brute = BruteForce(index)
        chance = random.Random(SEED)  # noqa: S311 - a reproducible sample
        print("same best score as brute force: new texts", agreement(index, brute, chance.sample(lines, check)))
        print("same best score as brute force: edited units", agreement(index, brute, changed[:check]))


if __name__ == "__main__":
    main()
