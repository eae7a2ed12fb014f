"""Measure sentence alignment: the dev table beside the peers' figures, calibration, speed and memory.

    python benchmarks/alignment.py SUITE                                  # accuracy and calibration
    python benchmarks/alignment.py SUITE --translations DIR               # also with NAME.mt as translation
    python benchmarks/alignment.py SUITE --hunalign PATH [--dictionary F] # runs hunalign on the same documents
    python benchmarks/alignment.py SUITE --speed 1000 10000 100000        # seconds of CPU and peak memory

SUITE holds ``NAME.fr``, ``NAME.en`` and ``NAME.gold``. Figures are strict / lax F1 (`aligner.align.score`). Start
reading at `main`.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from aligner.align import AlignmentScore, AlignOptions, align, score_pairs
from aligner.model import Alignment

Pairs = list[tuple[tuple[int, ...], tuple[int, ...]]]
GROUPS = {
    "lit (5 novels)": ("lit_",),
    "law_c-297": ("law_c-297",),
    "law noisy": ("law_c-3_noisy", "law_o-24_noisy"),
    "news_wmt12_noisy": ("news_wmt12_noisy",),
    "par_canterville_noisy": ("par_canterville_noisy",),
    "par_pinocchio": ("par_pinocchio",),
    "news_wmt09": ("news_wmt09",),
    "docs_php_language": ("docs_php_language",),
    "docs_progit_a": ("docs_progit_a",),
    "speed_10k": ("speed_10k",),
    "Text+Berg 1957": ("tb_",),
}
PEERS = {
    "lit (5 novels)": (".733/.879", ".764/.896", ".840/.961"),
    "law_c-297": (".665/.789", ".880/.951", ".874/.947"),
    "law noisy": (".68/.78", ".886/.930", ".913/.964 .907/.945"),
    "news_wmt12_noisy": (".706/.751", ".923/.958", ".959/.984"),
    "par_canterville_noisy": (".511/.627", ".737/.816", ".836/.904"),
    "par_pinocchio": (".777/.919", ".815/.929", ".870/.969"),
    "news_wmt09": (".996", ".991", ".997"),
    "docs_php_language": (".997", ".994", ".995"),
    "docs_progit_a": (".996", ".998", "1.000"),
    "speed_10k": (".969", ".986", "-"),
    "Text+Berg 1957": (".486/.663", ".699/.924", "Bleualign with the MT .780/.979"),
}
"""Gale–Church, hunalign, hunalign with a dictionary of 8,500 words, measured on the same files."""
CONDITIONS = ("plain", "lexicon", "translation")
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99, 1.01)


def main() -> None:
    """Do what the options ask for."""
    options = _arguments()
    if options.one is not None:
        measure_one(options.suite, options.one)
    elif options.speed:
        measure_speed(options.suite, options.speed)
    elif options.hunalign:
        measure_hunalign(options)
    else:
        measure_accuracy(options.suite, options.translations)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--translations", type=Path, help="folder with NAME.mt")
    parser.add_argument("--hunalign", type=Path, help="path of the hunalign program")
    parser.add_argument("--dictionary", type=Path, help="dictionary for hunalign")
    parser.add_argument("--speed", type=int, nargs="+", metavar="SENTENCES")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def read_lines(path: Path) -> list[str]:
    """The lines of a file; nothing after the last newline."""
    return path.read_text("utf-8").split("\n")[:-1]


def read_gold(path: Path) -> Pairs:
    """The beads of a gold file."""
    return [tuple(map(_numbers, line.split(":")[:2])) for line in read_lines(path) if line]  # type: ignore[misc]


def _numbers(side: str) -> tuple[int, ...]:
    return tuple(int(number) for number in side.strip("[] ").split(",") if number.strip())


def measure_accuracy(suite: Path, translations: Path | None) -> None:
    """Print the table of groups, then how confidence and truth agree."""
    print(
        f"{'':24s}{'Gale-Church':>12s}{'hunalign':>12s}{'hunalign+dic':>22s}" + "".join(f"{c:>14s}" for c in CONDITIONS)
    )
    judged: list[tuple[float, bool]] = []
    for group, starts in GROUPS.items():
        names = sorted(gold.stem for gold in suite.glob("*.gold") if gold.stem.startswith(starts))
        if names:
            cells = [_cell(suite, names, condition, translations, judged) for condition in CONDITIONS]
            peers = "".join(f"{peer:>{width}s}" for peer, width in zip(PEERS[group], (12, 12, 22), strict=True))
            print(f"{group:24s}{peers}" + "".join(f"{cell:>14s}" for cell in cells), flush=True)
    print_calibration(judged)


def _cell(
    suite: Path, names: Sequence[str], condition: str, translations: Path | None, judged: list[tuple[float, bool]]
) -> str:
    """Score a group of documents in one condition."""
    gold, test = [], []
    for name in names:
        translation = translations / f"{name}.mt" if translations and condition == "translation" else None
        if condition == "translation" and (translation is None or not translation.exists()):
            return "-"
        alignment = align(
            read_lines(suite / f"{name}.fr"),
            read_lines(suite / f"{name}.en"),
            translation=read_lines(translation) if translation else None,
            options=AlignOptions(lexicon="none" if condition == "plain" else "auto"),
        )
        gold.append(read_gold(suite / f"{name}.gold"))
        test.append(pairs(alignment))
        known = set(gold[-1])
        judged += [(bead.confidence, (bead.source, bead.target) in known) for bead in alignment]
    return show(score_pairs(gold, test))


def pairs(alignment: Alignment) -> Pairs:
    """The index tuples of an alignment."""
    return [(bead.source, bead.target) for bead in alignment]


def show(score: AlignmentScore) -> str:
    """Strict and lax F1."""
    return f"{score.strict.f1:.3f}/{score.lax.f1:.3f}"


def print_calibration(judged: Iterable[tuple[float, bool]]) -> None:
    """For each range of confidence: how many beads, their mean confidence, the share that is strictly right."""
    beads = list(judged)
    print("\nconfidence      beads   mean   right")
    for low, high in pairwise(BINS):
        inside = [(confidence, right) for confidence, right in beads if low <= confidence < high]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            print(f"{low:.2f} - {min(high, 1.0):.2f}  {len(inside):8d}  {mean:.3f}   {right:.3f}")


def measure_speed(suite: Path, sizes: Sequence[int]) -> None:
    """Align texts of each size in a process of its own."""
    print("sentences   CPU seconds   peak MB")
    for size in sizes:
        command = [sys.executable, __file__, str(suite), "--one", str(size)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="", flush=True)


def measure_one(suite: Path, size: int) -> None:
    """Align the first sentences of speed_10k, repeated (and numbered) when more are asked for."""
    source, target = (read_lines(suite / f"speed_10k.{language}") for language in ("fr", "en"))
    times = -(-size // len(source))
    source, target = (_repeat(side, times, size) for side in (source, target))
    start = time.process_time()
    align(source, target)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(source):9d}   {seconds:11.1f}   {peak:7.0f}")


def _repeat(side: Sequence[str], times: int, size: int) -> list[str]:
    if times == 1:
        return list(side[:size])
    return [line for _ in range(times) for line in side][:size]


def measure_hunalign(options: argparse.Namespace) -> None:
    """Run hunalign on every document and score it the same way."""
    for group, starts in GROUPS.items():
        names = sorted(gold.stem for gold in options.suite.glob("*.gold") if gold.stem.startswith(starts))
        if names:
            gold = [read_gold(options.suite / f"{name}.gold") for name in names]
            test = [run_hunalign(options, name) for name in names]
            print(f"{group:24s}{show(score_pairs(gold, test)):>14s}", flush=True)


def run_hunalign(options: argparse.Namespace, name: str) -> Pairs:
    """The beads that hunalign finds: between two rungs of its ladder lies one bead."""
    with tempfile.TemporaryDirectory() as folder:
        dictionary = options.dictionary or Path(folder) / "empty.dic"
        if not options.dictionary:
            dictionary.write_text("")
        files = [str(options.suite / f"{name}.{language}") for language in ("fr", "en")]
        ladder = subprocess.run(
            [str(options.hunalign), "-realign", str(dictionary), *files], check=True, capture_output=True, text=True
        ).stdout
    rungs = [tuple(int(number) for number in line.split("\t")[:2]) for line in ladder.splitlines() if "\t" in line]
    steps = pairwise(rungs)
    return [(tuple(range(i, k)), tuple(range(j, m))) for (i, j), (k, m) in steps]


if __name__ == "__main__":
    main()
