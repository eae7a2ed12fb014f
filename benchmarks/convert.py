"""Speed and memory of `aligner convert`, beside translate-toolkit.

    python benchmarks/convert.py [--units 1000000] [--peer-units 100000]

A TMX file of another tool is made, one document with no unit like another, and converted to TSV; the table is converted
back to TMX. Every step runs in a process of its own; its figures are processor time and the largest memory that the
process had. The peer reads the same kind of file and writes the texts as a table in the same run; it keeps the whole
file in memory, hence the smaller number. Needs translate-toolkit (requirements-dev.in) for the peer.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from aligner.formats import FORMATS, WriteOptions
from aligner.formats.conversion.convert import convert
from aligner.formats.conversion.units import UnitSource

_WORDS = ("la", "commission", "adopte", "le", "rapport", "annuel", "sur", "les", "accords", "de", "coopération", "et")
_HEADER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="made" creationtoolversion="1" '
    'segtype="sentence" o-tmf="made" adminlang="en" srclang="fr" datatype="plaintext"/>\n<body>\n'
)


def make(path: Path, units: int) -> None:
    """Write a memory of another tool: one document, ids of its own, nothing but texts."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(_HEADER)
        for k in range(units):
            text = f"{' '.join(_WORDS[k % 5 : 8 + k % 5]).capitalize()}, n° {k}."
            variants = (f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag in ("fr", "en"))
            stream.write(f'<tu tuid="u{k}">{"".join(variants)}</tu>\n')
        stream.write("</body>\n</tmx>\n")


def converted(source: Path, output: Path, form: str) -> int:
    """Convert a file; the number of units."""
    with output.open("wb") as stream:
        options = WriteOptions(keep_boilerplate=True, deduplicate=False)
        return convert(UnitSource(source), stream, FORMATS[form], options).units


def peer(source: Path, output: Path, _: str) -> int:
    """Read a TMX file with translate-toolkit and write source and target as a table."""
    from translate.storage import csvl10n, tmx

    store = tmx.tmxfile.parsefile(str(source))
    table = csvl10n.csvfile(fieldnames=["source", "target"])
    for unit in store.units:
        row = table.addsourceunit(unit.source)
        row.target = unit.target
    with output.open("wb") as stream:
        table.serialize(stream)
    return len(store.units)


def measured(step: Callable[[Path, Path, str], int], source: Path, output: Path, form: str) -> tuple[int, float, float]:
    """Run a step in this process: units, processor seconds, megabytes."""
    began = time.process_time()
    units = step(source, output, form)
    return units, time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a table of the steps."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--peer-units", type=int, default=100_000)
    chosen = parser.parse_args()
    print("| step | units | processor seconds | units a second | peak MB |\n|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / name for name in ("a.tmx", "a.tsv", "b.tmx", "few.tmx", "few.tsv", "peer.tsv")}
        make(files["a.tmx"], chosen.units)
        make(files["few.tmx"], chosen.peer_units)
        steps: list[tuple[str, Callable[[Path, Path, str], int], str, str, str]] = [
            ("TMX to TSV", converted, "a.tmx", "a.tsv", "tsv"),
            ("TSV to TMX", converted, "a.tsv", "b.tmx", "tmx"),
            ("TMX to TSV", converted, "few.tmx", "few.tsv", "tsv"),
            ("the same, two columns: translate-toolkit", peer, "few.tmx", "peer.tsv", ""),
        ]
        for name, step, source, output, form in steps:
            # A fresh process for each: the largest memory of a process never becomes less again.
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, mp_context=context) as pool:
                arguments = (step, files[source], files[output], form)
                units, seconds, peak = pool.submit(measured, *arguments).result()
            print(f"| {name} | {units:,} | {seconds:.1f} | {units / seconds:,.0f} | {peak:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
