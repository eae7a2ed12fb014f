"""Speed and memory of reading and writing TMX, beside translate-toolkit's reader.

    python benchmarks/formats.py [--units 1000000] [--peer-units 100000]

Units are generated: every one is different, in documents of a thousand, with the props that aligner writes. Every step
runs in a process of its own; its figures are processor time and the largest memory that the process had. The peer reads
the same file in the same run, so that the ratio holds whatever the machine does besides; it keeps the whole file in
memory, hence the smaller number. Needs translate-toolkit (requirements-dev.in) for the peer.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from aligner.formats import FORMATS, WriteOptions
from aligner.formats.tmx.read import TmxFile
from aligner.model import Bead, Bitext, Kind, Origin, Provenance, Segment, Side

SIZE = 1000
"""Units of a document."""
_WORDS = ("la", "commission", "adopte", "le", "rapport", "annuel", "sur", "les", "accords", "de", "coopération", "et")


@dataclass(frozen=True)
class Measured:
    """One step."""

    step: str
    units: int
    seconds: float
    peak: float
    """Megabytes."""

    def __str__(self) -> str:
        """A row of the table."""
        speed = self.units / self.seconds
        return f"| {self.step} | {self.units:,} | {self.seconds:.1f} | {speed:,.0f} | {self.peak:,.0f} |"


def bitexts(units: int) -> Iterator[Bitext]:
    """Documents with so many units together, one at a time."""
    for first in range(0, units, SIZE):
        numbers = range(first, min(first + SIZE, units))
        texts = [f"{' '.join(_WORDS[k % 5 : 8 + k % 5]).capitalize()}, n° {k}." for k in numbers]
        segments = tuple(Segment(text, 200 * i, 200 * i + len(text), i + 1) for i, text in enumerate(texts))
        beads = tuple(Bead((i,), (i,), kind=Kind.CONSTRUCTED, origin=Origin.MACHINE) for i in range(len(texts)))
        yield Bitext(
            f"d{first // SIZE}",
            Side("fr", segments, f"corpus/fr/d{first // SIZE}.txt", "0" * 64),
            Side("en", segments),
            beads,
            provenance=Provenance(created="2026-01-01T00:00:00Z", signature="benchmark"),
        )


def write(path: Path, units: int) -> int:
    """Write a memory with one unit a source text, as `aligner export` does."""
    with path.open("wb") as stream:
        FORMATS["tmx"].write(bitexts(units), stream)
    return units


def write_all(path: Path, units: int) -> int:
    """Write every unit, whether its source is repeated or not."""
    with path.open("wb") as stream:
        FORMATS["tmx"].write(bitexts(units), stream, WriteOptions(deduplicate=False))
    return units


def read_units(path: Path, _: int) -> int:
    """Read unit by unit."""
    with path.open("rb") as stream:
        return sum(len(unit.variants) == 2 for unit in TmxFile(stream))


def read_bitexts(path: Path, _: int) -> int:
    """Read as bitexts, one document after the other."""
    read = FORMATS["tmx"].read
    assert read is not None  # noqa: S101
    with path.open("rb") as stream:
        return sum(len(bitext.beads) for bitext in read(stream))


def read_whole_units(path: Path, _: int) -> int:
    """Read with aligner: id, both texts and remarks of every unit."""
    with path.open("rb") as stream:
        return sum(bool(unit.tuid and all(v.text for v in unit.variants)) for unit in TmxFile(stream) if not unit.notes)


def peer(path: Path, _: int) -> int:
    """Read with translate-toolkit: id, both texts and remarks of every unit."""
    from translate.storage.tmx import tmxfile

    units = tmxfile.parsefile(str(path)).units
    return sum(bool(unit.getid() and unit.source and unit.target) for unit in units if not unit.getnotes())


def measure(step: Callable[[Path, int], int], path: Path, units: int) -> Measured:
    """Run a step in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        seconds, peak, done = pool.submit(_timed, step, path, units).result()
    if done != units:
        raise SystemExit(f"{step.__name__}: {done:,} units instead of {units:,}")
    return Measured((step.__doc__ or "").rstrip("."), units, seconds, peak)


def _timed(step: Callable[[Path, int], int], path: Path, units: int) -> tuple[float, float, int]:
    start = time.process_time()
    done = step(path, units)
    seconds = time.process_time() - start
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, done


def main() -> None:
    """Print a table, and the ratio to the peer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--peer-units", type=int, default=100_000, help="0: without the peer")
    given = parser.parse_args()
    print("| step | units | processor seconds | units a second | peak MB |\n|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for units in (given.units // 10, given.units):
            path = Path(folder) / f"{units}.tmx"
            for step in (write_all, write, read_units, read_bitexts):
                print(measure(step, path, units), flush=True)
            print(f"| (the file has {path.stat().st_size / 1e6:,.0f} MB) | {units:,} | | | |", flush=True)
        if given.peer_units:
            path = Path(folder) / "peer.tmx"
            write(path, given.peer_units)
            ours, theirs = (measure(step, path, given.peer_units) for step in (read_whole_units, peer))
            print(f"{ours}\n{theirs}")
            time_ratio, memory_ratio = theirs.seconds / ours.seconds, theirs.peak / ours.peak
            print(f"\naligner reads {time_ratio:.2f} times as fast, in {1 / memory_ratio:.3f} of the memory")


if __name__ == "__main__":
    main()
