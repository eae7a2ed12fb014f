"""Speed of translation, three ways side by side on the same package, texts and machine.

    python benchmarks/translation.py --documents FILE… --sentences FILE --argos PYTHON [--beams 1 2 4] [--lines 10000]

Every measurement is a process of its own, so that each has its own peak memory; ways that are compared take turns.

- **cold**: from the start of the process to the English on the disk, for the documents. ``aligner translate`` without a
  cache, and a program that calls ``argostranslate.translate.translate`` for each document.
- **warm**: sentences, one a line, with the model loaded beforehand. *aligner* is ``translate`` as users call it; *first
  attempts* is the same without further attempts at renderings found at fault; *argos* is the real ``translate`` for
  each line; *ceiling* is CTranslate2 alone, given tokens already, sorted by length, for the best of several batch
  sizes and thread layouts: nothing that cuts, tokenizes, spells and checks can be faster, but for its padding.

``--argos`` names an interpreter with all of argostranslate (``pip install argostranslate`` in an environment of its
own). It needs a sentence splitter; those it uses by default must be fetched from a network, so it is given the
lightest one it can work with, a spaCy pipeline of rules: its times are lower bounds. ``--argos-lines`` gives it fewer
of the lines; the comparison is by tokens a second. A machine that does other work too stretches wall time: processor
time is given beside it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.translation import ArgosTranslator, Package, TranslateOptions, find_package, open_translator
from aligner.translation.argos.decoder import model_files
from aligner.translation.argos.machine import usable_cores
from aligner.translation.argos.tokenizer import load_tokenizer
from aligner.translation.packages.contents import open_contents
from aligner.translation.packages.folders import EMBEDDED

BATCHES = (1024, 2048, 4096)
TRIAL = 300
"""Lines on which the ceiling's batch size and threads are chosen."""

PREPARE_ARGOS = """
import sys
from pathlib import Path
import spacy
from argostranslate import package, settings
package.install_from_path(Path(sys.argv[1]))
splitter = settings.cache_dir / "spacy"
spacy.blank("xx").to_disk(splitter)
(splitter / "senter").mkdir()
(splitter / "senter" / "model").touch()
"""
COLD_ARGOS = """
import sys
from pathlib import Path
from argostranslate import translate
for name in sys.argv[2:]:
    text = translate.translate(Path(name).read_text("utf-8"), "fr", "en")
    (Path(sys.argv[1]) / Path(name).name).write_text(text, "utf-8")
"""
WARM_ARGOS = """
import json, sys, time
from argostranslate import translate
lines = json.load(sys.stdin)["lines"]
translate.translate("Bonjour.", "fr", "en")
wall, processor = time.perf_counter(), time.process_time()
for line in lines:
    translate.translate(line, "fr", "en")
print(json.dumps(["argos", time.perf_counter() - wall, time.process_time() - processor]))
"""


@dataclass(frozen=True)
class Measure:
    """One run, or the median of several."""

    way: str
    seconds: float
    processor: float
    megabytes: float
    tokens: int

    def row(self, other: Measure | None = None) -> str:
        """A line of the table, with the speed relative to `other` in tokens a second: by wall and by processor."""
        figures = f"{self.seconds:9.1f}{self.processor:9.1f}{self.tokens / self.seconds:10,.0f}"
        row = f"{self.way:<30}{figures}{self.tokens / self.processor:10,.0f}{self.megabytes:7.0f}"
        if other is None:
            return row
        wall = self.tokens / self.seconds * other.seconds / other.tokens
        processor = self.tokens / self.processor * other.processor / other.tokens
        return f"{row}  {wall:6.2f} {processor:6.2f}"


HEADER = f"{'':<30}{'seconds':>9}{'cpu s':>9}{'tokens/s':>10}{'per cpu s':>10}{'MB':>7}  wall×   cpu×"


def process(command: Sequence[str | Path], environment: Mapping[str, str], job: object = None) -> tuple[Any, Measure]:
    """Run a process to its end; what it printed as JSON, if anything, and what it took as a whole."""
    with tempfile.TemporaryFile("w+") as given, tempfile.TemporaryFile("w+") as printed:
        json.dump(job, given)
        given.seek(0)
        start = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command], env={**os.environ, **environment}, stdin=given, stdout=printed
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{command[0]} failed")
        printed.seek(0)
        text = printed.read()
    said = json.loads(text.splitlines()[-1]) if job is not None else None
    return said, Measure("", seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, 0)


class Argos:
    """The real argostranslate, with the package installed in a folder of its own."""

    def __init__(self, python: Path, package: Path, folder: Path) -> None:
        self.python = python
        places = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
        process([python, "-c", PREPARE_ARGOS, package], places)
        self.environment = {**places, "ARGOS_CHUNK_TYPE": "SPACY"}

    def cold(self, documents: Sequence[Path], folder: Path, beam: int) -> Measure:
        """From nothing to the English on the disk."""
        environment = {**self.environment, "ARGOS_BEAM_SIZE": str(beam)}
        return process([self.python, "-c", COLD_ARGOS, folder, *documents], environment)[1]

    def warm(self, lines: Sequence[str], tokens: int, beam: int) -> Measure:
        """One call for each line."""
        environment = {**self.environment, "ARGOS_BEAM_SIZE": str(beam)}
        said, whole = process([self.python, "-c", WARM_ARGOS], environment, {"lines": lines})
        return Measure(f"argos ({len(lines):,} lines)", said[1], said[2], whole.megabytes, tokens)


def cold(package: Path, documents: Sequence[Path], folder: Path, beam: int) -> Measure:
    """``aligner translate``, from nothing to the English on the disk."""
    command = [sys.executable, "-m", "aligner", "translate", *documents, "-o", folder, "--overwrite"]
    return process([*command, "--no-cache", "--model", package, "--beam", str(beam)], {})[1]


def warm(way: str, package: Path, lines: Sequence[str], tokens: int, beam: int) -> Measure:
    """One of the ways below, in a process of its own."""
    job = {"lines": lines, "beam": beam, "package": str(package)}
    (name, seconds, processor), whole = process([sys.executable, __file__, "--way", way], {}, job)
    return Measure(name, seconds, processor, whole.megabytes, tokens)


def translated(package: Package, lines: Sequence[str], beam: int, *, plain: bool = False) -> tuple[str, float, float]:
    """Our engine, its model loaded beforehand."""
    translator = open_translator(package, options=TranslateOptions(beam=beam))
    if plain:
        translator._attempts = [attempt for attempt in translator._attempts if not attempt.choosing][:1]
    translator.translate(["Bonjour."])
    wall, processor = time.perf_counter(), time.process_time()
    translator.translate(lines)
    name = "aligner, first attempts" if plain else "aligner"
    return name, time.perf_counter() - wall, time.process_time() - processor


def ceiling(package: Package, lines: Sequence[str], beam: int) -> tuple[str, float, float]:
    """CTranslate2 alone, with the layout that took the least processor time for some of the lines."""
    with open_contents(package.path) as contents:
        tokens = sorted(load_tokenizer(package, contents).encode(lines), key=len, reverse=True)
    cores = usable_cores()
    layouts = itertools.product(sorted({(cores, 1), (1, cores)}), BATCHES)
    some = tokens[:: max(1, len(tokens) // TRIAL)]
    best = min(layouts, key=lambda layout: decoded(package, some, beam, *layout)[1])
    (inter, intra), batch = best
    return f"ceiling ({inter}×{intra}, {batch})", *decoded(package, tokens, beam, *best)


def decoded(
    package: Package, tokens: list[list[str]], beam: int, threads: tuple[int, int], batch: int
) -> tuple[float, float]:
    """One call for everything; wall and processor time."""
    import ctranslate2

    model = ctranslate2.Translator(
        package.name, device="cpu", compute_type="int8", inter_threads=threads[0], intra_threads=threads[1],
        files=model_files(package),
    )  # fmt: skip
    model.translate_batch([["▁"]], beam_size=beam)
    wall, processor = time.perf_counter(), time.process_time()
    model.translate_batch(
        tokens, beam_size=beam, max_batch_size=batch, batch_type="tokens", max_input_length=0,
        max_decoding_length=2 * max(map(len, tokens)) + 16,
    )  # fmt: skip
    return time.perf_counter() - wall, time.process_time() - processor


def one_way(way: str) -> None:
    """Measure one way; the job comes on standard input."""
    job = json.load(sys.stdin)
    package = find_package("fr", "en", model=Path(job["package"]))
    if way == "ceiling":
        said = ceiling(package, job["lines"], job["beam"])
    else:
        said = translated(package, job["lines"], job["beam"], plain=way == "plain")
    print(json.dumps(said))


def median(way: str, runs: Sequence[Measure], tokens: int) -> Measure:
    """The median of each figure."""
    figures = (statistics.median(getattr(run, name) for run in runs) for name in ("seconds", "processor", "megabytes"))
    return Measure(way, *figures, tokens)


def unbatched_differences(translator: ArgosTranslator, lines: Sequence[str]) -> int:
    """How many renderings differ from those of the same lines one at a time."""
    together = translator.translate(lines)
    return sum(translator.translate([line])[0] != one for line, one in zip(lines, together, strict=True))


def count(package: Package, lines: Sequence[str]) -> int:
    """Source tokens."""
    with open_contents(package.path) as contents:
        return sum(map(len, load_tokenizer(package, contents).encode(lines)))


def measure_cold(options: argparse.Namespace, package: Package, argos: Argos | None) -> None:
    """The table of cold starts."""
    tokens = count(package, [line for path in options.documents for line in path.read_text("utf-8").splitlines()])
    print(f"cold: {len(options.documents)} documents, {tokens:,} source tokens, median of {options.repeat} runs each")
    for beam in options.beams:
        ours, theirs = [], []
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(options.repeat):
                ours.append(cold(package.path, options.documents, Path(folder), beam))
                theirs += [argos.cold(options.documents, Path(folder), beam)] if argos else []
        print(f"\nbeam {beam}\n{HEADER}")
        base = median("argos", theirs, tokens) if theirs else None
        print(median("aligner", ours, tokens).row(base))
        print(*([base.row()] if base else []), sep="\n", flush=True)


def measure_warm(options: argparse.Namespace, package: Package, argos: Argos | None) -> None:
    """The table of warm runs, and how many renderings differ from unbatched ones."""
    lines = list(dict.fromkeys(filter(str.strip, options.sentences.read_text("utf-8").splitlines())))[: options.lines]
    tokens = count(package, lines)
    fewer = lines[:: max(1, len(lines) // min(options.argos_lines, len(lines)))]
    print(f"\nwarm: {len(lines):,} sentences, {tokens:,} source tokens")
    for beam in options.beams:
        base = argos.warm(fewer, count(package, fewer), beam) if argos else None
        runs = [warm(way, package.path, lines, tokens, beam) for way in ("ceiling", "plain", "aligner")]
        print(f"\nbeam {beam}\n{HEADER}")
        print(*(run.row(base) for run in [*runs, *([base] if base else [])]), sep="\n")
        for run in runs[1:]:
            wall, processor = runs[0].seconds / run.seconds, runs[0].processor / run.processor
            print(f"{run.way}: {wall:.0%} of the ceiling by wall, {processor:.0%} by processor time", flush=True)
    some = lines[:: max(1, len(lines) // 500)]
    differing = unbatched_differences(open_translator(package), some)
    print(f"\n{differing} of {len(some)} renderings differ from unbatched ones")


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", nargs="+", type=Path, default=[])
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--model", type=Path, default=EMBEDDED, help="an .argosmodel file")
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--argos-lines", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--beams", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--argos", type=Path, help="an interpreter with argostranslate and all it needs")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        one_way(options.way)
        return
    package = find_package("fr", "en", model=options.model)
    load = os.getloadavg()[0]
    print(f"{package.name}, {usable_cores()} cores, load {load:.1f} at the start")
    with tempfile.TemporaryDirectory() as folder:
        argos = Argos(options.argos, package.path, Path(folder)) if options.argos else None
        if options.documents:
            measure_cold(options, package, argos)
        if options.sentences:
            measure_warm(options, package, argos)


if __name__ == "__main__":
    main()
