"""Lexicons: which words of one language render which words of the other, and how surely.

A lexicon file has one source word a line with its renderings, ``chien<TAB>dog 71<TAB>dogs 12`` (weights in percent,
both ways alike), xz-compressed. One for French–English comes with the package; ``training/alignment_lexicon.py``
made it. `find_lexicon` decides from the words themselves whether it fits, in either direction: the aligner needs no
language codes and cannot be misled by wrong ones. Start reading there.
"""

from __future__ import annotations

import lzma
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from aligner.alignment.words import STEM_LENGTH, stem

Entries = Mapping[str, Sequence[tuple[str, float]]]
LEAST_KNOWN = 0.5
"""A lexicon fits when it knows at least this share of the different words of both sides."""


@dataclass(frozen=True)
class Lexicon:
    """Renderings of the words of one language in another, weights 0 to 1, words folded."""

    entries: Entries

    def reversed(self) -> Lexicon:
        """The same pairs seen from the other language."""
        entries: dict[str, list[tuple[str, float]]] = {}
        for word, renderings in self.entries.items():
            for rendering, weight in renderings:
                entries.setdefault(rendering, []).append((word, weight))
        return Lexicon(entries)

    @cached_property
    def families(self) -> Mapping[str, Sequence[str]]:
        """Its long words by their stems."""
        families: dict[str, list[str]] = {}
        for word in self.entries:
            if len(word) > STEM_LENGTH:
                families.setdefault(stem(word), []).append(word)
        return families


def parse_lexicon(text: str) -> Lexicon:
    r"""Read the lines of a lexicon file.

    >>> parse_lexicon("chien\tdog 71\tdogs 12\n").entries["chien"]
    [('dog', 0.71), ('dogs', 0.12)]
    """
    entries: dict[str, list[tuple[str, float]]] = {}
    for line in text.splitlines():
        word, *renderings = line.split("\t")
        split = (rendering.rsplit(" ", 1) for rendering in renderings)
        entries[word] = [(rendering, int(percent) / 100) for rendering, percent in split]
    return Lexicon(entries)


@cache
def builtin_lexicons() -> tuple[Lexicon, ...]:
    """The lexicons in the package."""
    folder = files("aligner.alignment") / "data"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".lexicon.xz")), key=lambda f: f.name)
    return tuple(parse_lexicon(lzma.decompress(f.read_bytes()).decode("utf-8")) for f in found)


def find_lexicon(source: Sequence[str], target: Sequence[str]) -> Lexicon | None:
    """The built-in lexicon that knows the words of both vocabularies, in the direction that fits, or None."""
    best, best_share = None, LEAST_KNOWN
    for lexicon in builtin_lexicons():
        renderings = {word for pairs in lexicon.entries.values() for word, _ in pairs}
        # The smaller share decides: names and loan words alone make one side look known.
        forward = min(_share(source, lexicon.entries), _share(target, renderings))
        backward = min(_share(source, renderings), _share(target, lexicon.entries))
        if max(forward, backward) > best_share:
            best, best_share = (lexicon if forward >= backward else lexicon.reversed()), max(forward, backward)
    return best


def _share(vocabulary: Sequence[str], known: Container[str]) -> float:
    """The share of the words (numbers aside) that are known."""
    counted = [word for word in vocabulary if not word.isdigit()]
    return sum(word in known for word in counted) / max(len(counted), 1)
