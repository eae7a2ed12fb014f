"""Long texts that do not repeat themselves, made from parallel sentences, with their gold alignment.

Sentence pairs are taken in order from ``origin<TAB>French<TAB>English`` lines, each sentence once. With fixed
probabilities and a fixed seed, neighbours become one bead: several French sentences stand against their translations
written as one sentence, or the other way round; single sentences and whole passages lose their counterpart. So length,
words and nulls are as in real texts, and the truth is known. Start reading at `make_text`.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.alignment_suite import Document, Pair

SEED = 20260
KINDS = ((0.88, (1, 1)), (0.91, (2, 1)), (0.94, (1, 2)), (0.95, (3, 1)), (0.96, (1, 3)), (0.98, (1, 0)), (1.0, (0, 1)))
"""Up to which random number a bead gets which shape."""
PASSAGE = 0.0002
"""How often, per bead, a passage without counterpart begins."""
PASSAGE_LENGTH = (10, 120)
SHORTEST, LONGEST = 15, 400
"""Characters: lines outside are headings, lists and broken paragraphs."""


def make_text(parts: Sequence[Path], size: int) -> Document:
    """A text of `size` French sentences or a few more; the same every time."""
    chance = random.Random(SEED)  # noqa: S311 - not a secret
    supply = _pairs(parts)
    source, target, gold = list[str](), list[str](), list[Pair]()
    passage, silent = 0, (1, 0)
    while len(source) < size:
        if not passage and chance.random() < PASSAGE:
            passage, silent = chance.randint(*PASSAGE_LENGTH), chance.choice(((1, 0), (0, 1)))
        shape = silent if passage else _shape(chance.random())
        passage = max(passage - 1, 0)
        _add(source, target, gold, shape, [next(supply) for _ in range(max(shape))])
    return Document(f"made_{size}", tuple(source), tuple(target), tuple(gold))


def _shape(number: float) -> tuple[int, int]:
    return next(shape for limit, shape in KINDS if number <= limit)


def _add(
    source: list[str], target: list[str], gold: list[Pair], shape: tuple[int, int], pairs: Sequence[tuple[str, str]]
) -> None:
    """Add one bead."""
    a, b = shape
    french, english = [f for f, _ in pairs], [e for _, e in pairs]
    gold.append((tuple(range(len(source), len(source) + a)), tuple(range(len(target), len(target) + b))))
    source.extend(french if a == len(pairs) else [" ".join(french)] if a else [])
    target.extend(english if b == len(pairs) else [" ".join(english)] if b else [])


def _pairs(parts: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """The usable pairs of all files, no sentence twice."""
    seen = set[str]()
    for part in parts:
        with lzma.open(part, "rt", encoding="utf-8") as stream:
            for line in stream:
                _, french, english = line.rstrip("\n").split("\t")[:3]
                sizes = sorted((len(french), len(english)))
                if sizes[0] >= SHORTEST and sizes[1] <= LONGEST and french not in seen and english not in seen:
                    seen |= {french, english}
                    yield french, english
