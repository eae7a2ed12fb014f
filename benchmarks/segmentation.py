"""Sentence boundaries: F1 on the development sets and speed, beside published figures and installed packages.

    python benchmarks/segmentation.py --data ../shared/segmentation [--only fr_gsd] [--json]

A data set is a JSON-lines file of paragraphs with the offsets of their sentence ends, ``{"text": …, "ends": […]}``.
Boundaries are compared in characters that are not space, the end of the paragraph not counted. sentence-splitter, pysbd
and sentencex are run too where they are installed; "published" are the figures known for packages, not measured here.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from aligner.text import segment

Split = Callable[[str], Iterable[str]]
SETS = ("fr_gsd", "fr_sequoia", "fr_pud", "en_ewt", "en_pud")
PUBLISHED = {
    "sentence-splitter": (0.976, 0.828, 0.993, 0.829, 0.998, 0.45e6),
    "pysbd": (0.972, 0.871, 0.976, 0.848, 0.997, 0.02e6),
    "syntok": (0.965, 0.865, 0.969, 0.829, 0.997, 1.2e6),
    "sentencex": (0.963, 0.860, 0.981, 0.867, 0.997, 8.6e6),
    "ICU (@ss=standard)": (0.965, 0.824, 0.978, 0.836, 0.989, 100e6),
}


def ours(language: str) -> Split:
    """Our segmenter with the packaged rules."""
    return lambda text: [found.text for found in segment(text, language, boilerplate=False)]


def peers(language: str) -> dict[str, Split]:
    """The packages that can be imported."""
    return {
        name: split
        for name, make in (("sentence-splitter", _splitter), ("pysbd", _pysbd), ("sentencex", _sentencex))
        if (split := _importable(make, language)) is not None
    }


def _importable(make: Callable[[str], Split], language: str) -> Split | None:
    try:
        return make(language)
    except ImportError:
        return None


def _splitter(language: str) -> Split:
    splitter = importlib.import_module("sentence_splitter").SentenceSplitter(language=language)
    return splitter.split  # type: ignore[no-any-return]


def _pysbd(language: str) -> Split:
    segmenter = importlib.import_module("pysbd").Segmenter(language=language, clean=False)
    return segmenter.segment  # type: ignore[no-any-return]


def _sentencex(language: str) -> Split:
    module = importlib.import_module("sentencex")
    return lambda text: module.segment(language, text)


def f1(data: list[dict[str, object]], split: Split) -> float:
    """Harmonic mean of boundary precision and recall over all paragraphs."""
    hits = made = true = 0
    for paragraph in data:
        text, cuts = str(paragraph["text"]), [0, *paragraph["ends"]]  # type: ignore[misc]
        gold = _ends(text[a:b] for a, b in pairwise(cuts))
        guess = _ends(part for part in split(text) if part.strip())
        hits, made, true = hits + len(gold & guess), made + len(guess), true + len(gold)
    return 2 * hits / max(made + true, 1)


def _ends(parts: Iterable[str]) -> set[int]:
    found, position = [], 0
    for part in parts:
        position += sum(not c.isspace() for c in part)
        found.append(position)
    return set(found[:-1])


def speed(data: list[dict[str, object]], split: Split) -> float:
    """Characters a second of processor time, after a first call."""
    texts = [str(paragraph["text"]) for paragraph in data]
    list(split(texts[0]))
    started = time.process_time()
    for text in texts:
        list(split(text))
    return sum(map(len, texts)) / max(time.process_time() - started, 1e-9)


def measure(folder: Path, names: list[str]) -> dict[str, dict[str, float]]:
    """F1 by data set and splitter; the speed under ``<splitter> characters/s``."""
    results: dict[str, dict[str, float]] = {}
    for name in names:
        data = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        row = results.setdefault(name, {})
        for splitter, split in {"aligner": ours(name[:2]), **peers(name[:2])}.items():
            row[splitter] = f1(data, split)
            row[f"{splitter} characters/s"] = speed(data, split)
    return results


def table(results: dict[str, dict[str, float]]) -> str:
    """The results as lines of text, published figures below, and our speed as a multiple of each."""
    measured = dict.fromkeys(n for row in results.values() for n in row if not n.endswith("characters/s"))
    lines = [f"{'F1 x 100':<32}" + "".join(f"{name:>12}" for name in results) + f"{'M chars/s':>12}{'ours is':>12}"]
    rates = {n: _mean([row[f"{n} characters/s"] for row in results.values()]) for n in measured}
    lines += [_line(n, [row[n] for row in results.values()], rates[n], rates["aligner"]) for n in measured]
    for name, (*scores, rate) in PUBLISHED.items():
        kept = [score for score, column in zip(scores, SETS, strict=True) if column in results]
        lines.append(_line(f"{name} (published)", kept, rate, rates["aligner"]))
    return "\n".join(lines)


def _line(name: str, scores: list[float], rate: float, our_rate: float) -> str:
    cells = "".join(f"{100 * score:>12.1f}" for score in scores)
    return f"{name:<32}{cells}{rate / 1e6:>12.2f}{our_rate / rate:>11.1f}x"


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description="Sentence boundaries: F1 and speed beside other packages.")
    parser.add_argument("--data", type=Path, required=True, help="folder with fr_gsd.jsonl and the other sets")
    parser.add_argument("--only", action="append", choices=SETS, help="measure this set only (repeatable)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    results = measure(options.data, options.only or list(SETS))
    sys.stdout.write((json.dumps(results) if options.json else table(results)) + "\n")


if __name__ == "__main__":
    main()
