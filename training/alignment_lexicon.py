"""Learn the aligner's French–English lexicon from parallel sentences.

    python training/alignment_lexicon.py PAIRS.tsv.xz… -o aligner/alignment/data/fr-en.lexicon.xz [--without FILE…]

Each line of PAIRS is ``origin<TAB>French<TAB>English``. IBM model 1 (Brown et al. 1993, "The Mathematics of
Statistical Machine Translation") is trained in both directions; the weight of a word pair is the geometric mean of
t(e|f) and t(f|e), so that only pairs that choose one another survive (Moore 2002 uses the same model to align
sentences). Sentences found in the files after ``--without`` (the benchmark) are left out. Numpy only; about ten
minutes and 8 GB. Start reading at `main`.
"""

from __future__ import annotations

import argparse
import lzma
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.words import folded_words

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
LONGEST = 30
ROUNDS = 5
PER_ORIGIN = 200_000


def main() -> None:
    """Read, train both ways, write."""
    options = _arguments()
    forbidden = {_key(line) for path in options.without for line in path.read_text("utf-8").splitlines()}
    pairs = list(_read(options.pairs, forbidden, options.limit))
    print(f"{len(pairs)} sentence pairs", file=sys.stderr)
    french = _vocabulary((f for f, _ in pairs), options.vocabulary)
    english = _vocabulary((e for _, e in pairs), options.vocabulary)
    lexicon = _learn(pairs, french, english, options)
    _write(options.output, lexicon, sorted(french, key=french.__getitem__), sorted(english, key=english.__getitem__))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--without", nargs="*", type=Path, default=[])
    parser.add_argument("--limit", type=int, default=PER_ORIGIN, help="pairs taken from each origin")
    parser.add_argument("--vocabulary", type=int, default=60_000)
    parser.add_argument("--least", type=float, default=0.02, help="smallest weight kept")
    return parser.parse_args()


def _key(text: str) -> str:
    return " ".join(folded_words(text))


def _read(paths: Sequence[Path], forbidden: set[str], limit: int) -> Iterator[tuple[list[str], list[str]]]:
    """The folded words of each pair, at most `limit` pairs an origin, none of them forbidden."""
    taken: Counter[str] = Counter()
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                origin, french, english = line.rstrip("\n").split("\t")[:3]
                if taken[origin] >= limit:
                    continue
                f, e = folded_words(french), folded_words(english)
                if 0 < len(f) <= LONGEST and 0 < len(e) <= LONGEST and not {" ".join(f), " ".join(e)} & forbidden:
                    taken[origin] += 1
                    yield f, e


def _vocabulary(sentences: Iterator[list[str]], size: int) -> dict[str, int]:
    """The commonest words that occur at least twice, numbered from 1; 0 is the empty word."""
    counts = Counter(word for sentence in sentences for word in set(sentence) if not word.isdigit())
    kept = sorted((word for word, n in counts.items() if n >= 2), key=lambda word: (-counts[word], word))[:size]
    return {word: number for number, word in enumerate(kept, 1)}


def _learn(
    pairs: Sequence[tuple[list[str], list[str]]],
    french: dict[str, int],
    english: dict[str, int],
    options: argparse.Namespace,
) -> tuple[Ints, Ints, Floats]:
    """The surviving pairs as (French number, English number, weight)."""
    width = len(english) + 1
    f_sides = [np.unique([0, *(french[w] for w in f if w in french)]) for f, _ in pairs]
    e_sides = [np.unique([0, *(english[w] for w in e if w in english)]) for _, e in pairs]
    f_sizes, e_sizes = np.array([len(f) for f in f_sides]), np.array([len(e) for e in e_sides])
    keys = np.concatenate([(f[:, None] * width + e[None, :]).ravel() for f, e in zip(f_sides, e_sides, strict=True)])
    types, inverse = np.unique(keys, return_inverse=True)
    del keys
    index: NDArray[np.int32] = inverse.astype(np.int32)
    f_type, e_type = types // width, types % width
    print(f"{len(index)} links of {len(types)} kinds", file=sys.stderr)
    forward = _ibm1(index, *_positions(f_sizes, e_sizes, "e"), f_type, e_type == 0)
    backward = _ibm1(index, *_positions(f_sizes, e_sizes, "f"), e_type, f_type == 0)
    weight = np.sqrt(forward * backward)
    seen = np.bincount(index, minlength=len(types)) >= 2
    kept = np.flatnonzero((weight >= options.least) & (f_type > 0) & (e_type > 0) & seen)
    return f_type[kept], e_type[kept], weight[kept]


def _positions(f_sizes: Ints, e_sizes: Ints, side: str) -> tuple[NDArray[np.int32], int]:
    """For each link, the running number of the word on one side; and how many there are."""
    out = np.empty(int((f_sizes * e_sizes).sum()), dtype=np.int32)
    at = first = 0
    for n, m in zip(f_sizes.tolist(), e_sizes.tolist(), strict=True):
        if side == "e":
            out[at : at + n * m] = np.tile(np.arange(first, first + m, dtype=np.int32), n)
            first += m
        else:
            out[at : at + n * m] = np.repeat(np.arange(first, first + n, dtype=np.int32), m)
            first += n
        at += n * m
    return out, first


def _ibm1(
    index: NDArray[np.int32], position: NDArray[np.int32], n: int, given: Ints, silent: NDArray[np.bool_]
) -> Floats:
    """t(word | given) for each kind of link after some rounds of expectation maximisation."""
    table = np.where(silent, 0.0, 1.0).astype(np.float32)
    for number in range(ROUNDS):
        share = table[index]
        total = np.bincount(position, weights=share, minlength=n).astype(np.float32)
        total[total == 0] = 1.0
        share /= total[position]
        expected = np.bincount(index, weights=share, minlength=len(table))
        sums = np.bincount(given, weights=expected)
        sums[sums == 0] = 1.0
        table = (expected / sums[given]).astype(np.float32)
        print(f"round {number + 1}", file=sys.stderr)
    return table


def _write(path: Path, lexicon: tuple[Ints, Ints, Floats], french: list[str], english: list[str]) -> None:
    """One French word a line, its renderings by weight: ``chien<TAB>dog 71<TAB>dogs 12`` (weights in percent)."""
    entries: dict[int, list[tuple[int, str]]] = {}
    for f, e, weight in zip(*(column.tolist() for column in lexicon), strict=True):
        entries.setdefault(f, []).append((round(100 * weight), english[e - 1]))
    lines = []
    for f in sorted(entries, key=lambda number: french[number - 1]):
        renderings = sorted(entries[f], key=lambda pair: (-pair[0], pair[1]))[:15]
        lines.append("\t".join([french[f - 1], *(f"{word} {percent}" for percent, word in renderings)]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(lines)} words, {path.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
