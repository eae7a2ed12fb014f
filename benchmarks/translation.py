"""Speed of translation, three ways side by side on the same package, texts and machine.

    python benchmarks/translation.py FILE… [--model PATH] [--lines 10000] [--beams 1 2 4] [--argos PYTHON]

FILE has one sentence a line (French, unless the package says otherwise). For every beam it measures

- **ceiling**: CTranslate2 alone, given tokens already, sorted by length, for the best of several batch sizes and thread
  layouts. Nothing that tokenizes, spells or checks can be faster.
- **aligner**: ``translate`` as users call it: cutting, folding, tokenizing, decoding, spelling and checking; "plain" is
  without the further attempts at renderings found at fault.
- **argos**: what argostranslate does: one call for each paragraph, batches of 32 tokens. Its own loop is written out
  here, without its sentence splitter and imports, which need models and packages from a network; so its time is a lower
  bound. With ``--argos PYTHON`` (an interpreter with all of argostranslate) the real one is measured too.

Wall time can mislead on a machine that does other work; processor time is given beside it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.translate import ArgosTranslator, Package, TranslateOptions, find_package, open_translator
from aligner.translate.contents import open_contents
from aligner.translate.decoder import model_files
from aligner.translate.machine import usable_cores
from aligner.translate.tokenizer import load_tokenizer

BATCHES = (512, 1024, 2048, 4096)
TRIAL = 1500
"""Lines on which the ceiling's batch size and threads are chosen."""


@dataclass(frozen=True)
class Measure:
    """One run."""

    name: str
    seconds: float
    processor: float
    tokens: int
    peak_megabytes: float

    def row(self, other: Measure | None = None) -> str:
        """A line of the table; `other` is what it is compared with."""
        share = f"{other.seconds / self.seconds:6.2f}" if other else " " * 6
        per_second = self.tokens / self.seconds
        times = f"{self.seconds:9.1f}{self.processor:9.1f}{per_second:10.0f}"
        return f"{self.name:<26}{times}{self.peak_megabytes:8.0f}  {share}"


def measured(name: str, tokens: int, action: Callable[[], object]) -> Measure:
    """Run something once, with its wall and processor time."""
    wall, processor = time.perf_counter(), time.process_time()
    action()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return Measure(name, wall, processor, tokens, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def load(package: Package, inter: int, intra: int) -> Any:
    """The package's model in CTranslate2, with so many threads."""
    import ctranslate2

    files = model_files(package)
    return ctranslate2.Translator(
        package.name, device="cpu", compute_type="int8", inter_threads=inter, intra_threads=intra, files=files
    )


def ceiling(package: Package, tokens: Sequence[list[str]], beam: int) -> Measure:
    """CTranslate2 alone, with the layout that was fastest on the first lines."""
    tokens = sorted(tokens, key=len, reverse=True)
    cores = usable_cores()
    some = tokens[:: max(1, len(tokens) // TRIAL)]

    def trial(choice: tuple[tuple[int, int], int]) -> float:
        (inter, intra), batch = choice
        model = load(package, inter, intra)
        return measured("", 0, lambda: decode(model, some, beam, batch)).seconds

    (inter, intra), batch = min(itertools.product(sorted({(cores, 1), (1, cores)}), BATCHES), key=trial)
    model = load(package, inter, intra)
    name = f"ceiling ({inter}×{intra}, {batch})"
    return measured(name, sum(map(len, tokens)), lambda: decode(model, tokens, beam, batch))


def decode(model: Any, tokens: Sequence[list[str]], beam: int, batch: int) -> None:
    """One call for everything."""
    model.translate_batch(
        list(tokens),
        beam_size=beam,
        max_batch_size=batch,
        batch_type="tokens",
        max_input_length=0,
        max_decoding_length=2 * max(map(len, tokens)) + 16,
    )


def ours(package: Package, lines: Sequence[str], beam: int, count: int, *, plain: bool) -> Measure:
    """Our engine, its model loaded beforehand."""
    translator = open_translator(package, options=TranslateOptions(beam=beam))
    if plain:
        translator._attempts = translator._attempts[:2]  # the first is made only where something is preferred
    translator.translate([lines[0] + " ?"])
    return measured("aligner, plain" if plain else "aligner", count, lambda: translator.translate(lines))


def argos_loop(package: Package, lines: Sequence[str], beam: int, count: int) -> Measure:
    """What argostranslate 1.11 does for each paragraph, with its parameters."""
    model = load(package, 1, 0)
    with open_contents(package.path) as contents:
        tokenizer = load_tokenizer(package, contents)

    def translate_all() -> None:
        for line in lines:
            tokens = tokenizer.encode([line])
            (result,) = model.translate_batch(
                tokens,
                replace_unknowns=True,
                max_batch_size=32,
                batch_type="tokens",
                beam_size=beam,
                num_hypotheses=1,
                length_penalty=0.2,
                return_scores=True,
            )
            tokenizer.decode(result.hypotheses)

    return measured("argos, its loop", count, translate_all)


REAL = """
import json, resource, sys, time
lines = json.load(sys.stdin)
wall = time.perf_counter()
from argostranslate import translate
imported = time.perf_counter() - wall
for line in lines: translate.translate(line, {source!r}, {target!r})
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([time.perf_counter() - wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, imported]))
"""


def argos_real(python: Path, package: Package, lines: Sequence[str], count: int) -> Measure:
    """The real argostranslate (beam 4), from the start of its process."""
    code = REAL.format(source=package.source, target=package.target)
    done = subprocess.run([python, "-c", code], input=json.dumps(lines), capture_output=True, text=True, check=True)
    seconds, processor, peak, imported = json.loads(done.stdout.splitlines()[-1])
    return Measure(f"argos (import {imported:.1f} s)", seconds, processor, count, peak)


def unbatched_differences(translator: ArgosTranslator, lines: Sequence[str]) -> int:
    """How many renderings differ from those of the same lines one at a time."""
    together = translator.translate(lines)
    return sum(translator.translate([line])[0] != one for line, one in zip(lines, together, strict=True))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--beams", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--argos", type=Path, help="an interpreter with argostranslate and all it needs")
    options = parser.parse_args()
    package = find_package("fr", "en", model=options.model)
    text = "\n".join(path.read_text("utf-8") for path in options.files)
    lines = list(dict.fromkeys(line for line in text.splitlines() if line.strip()))[: options.lines]
    with open_contents(package.path) as contents:
        tokens = load_tokenizer(package, contents).encode(lines)
    count = sum(map(len, tokens))
    print(f"{package.name}, {len(lines)} lines, {count} source tokens, {usable_cores()} cores")
    for beam in options.beams:
        print(f"\nbeam {beam:<21}{'seconds':>9}{'cpu':>9}{'tokens/s':>10}{'MB':>8}  × argos")
        loop = argos_loop(package, lines, beam, count)
        rows = [ceiling(package, tokens, beam), *(ours(package, lines, beam, count, plain=p) for p in (True, False))]
        for row in rows:
            print(row.row(loop))
        print(loop.row())
        print(f"aligner, plain / ceiling: {rows[0].seconds / rows[1].seconds:.2f} of the speed (wall)", end=", ")
        print(f"{rows[0].processor / rows[1].processor:.2f} (cpu)", flush=True)
    if options.argos:
        print(argos_real(options.argos, package, lines, count).row())
    some = lines[:: max(1, len(lines) // 200)]
    differing = unbatched_differences(open_translator(package), some)
    print(f"\n{differing} of {len(some)} renderings differ from unbatched ones")


if __name__ == "__main__":
    main()
