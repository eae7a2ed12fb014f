"""Sequence-level interpolation: the model learns those of its own renderings that come nearest to people's.

People render one sentence in many ways, more than a small model can hold; its own renderings vary less. Of a sample of
the pairs the model as it stands gives its likeliest renderings, and the nearest one to the reference, by sentence BLEU,
takes the reference's place in a copy of the pair (Kim and Rush 2016, "Sequence-Level Knowledge Distillation", section
3.3; there the renderings are a larger model's). Where it loses a rare word, or has one that the reference lacks, the
reference stays: such words are what a small model does not know. A copy whose rendering is far from the reference is
left out. Start reading at `interpolate`.
"""

from __future__ import annotations

import json
import logging
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from training.config import Config, Interpolation
from training.convert import convert
from training.corpus import Pair, read_pairs, write_pairs
from training.prepare import PAIRS, PREPARED, encode, write_record
from training.protect import Protected, load_protected
from training.shards import add_shard
from training.vocabulary import VOCABULARY, load_vocabulary

log = logging.getLogger(__name__)
SOURCE = "interpolated"
"""Name of the copies' source: the folder of the renderings, and the key of its weight in the configuration."""
CHUNK = 4_000
"""Pairs that are rendered at a time: what is lost when the step is stopped."""
STEM = 5
"""Letters by which a rare word is known: endings are another matter."""
_WORD = re.compile(r"[^\W\d_]{4,}")


def interpolate(config: Config, *, work: Path, snapshots: Path, development: Path, documents: Path) -> int:
    """Add copies of pairs with the model's own renderings to the shards of a run, and give how many there are.

    The pairs of ``work/pairs.tsv`` are taken in a fixed random order, `CHUNK` at a time, up to the configuration's
    number; what was rendered before is kept. A larger number makes the next call go on, with the weights of then.
    Nothing that `development` or `documents` hold gets in.
    """
    options, folder = config.interpolation, work / SOURCE
    pairs = choose_pairs(read_pairs([work / PAIRS]), options, config.data.seed)[: options.pairs]
    parts = [pairs[start : start + CHUNK] for start in range(0, len(pairs), CHUNK)]
    paths = [folder / f"{number:04}-{len(part)}.tsv" for number, part in enumerate(parts)]
    if missing := [number for number, path in enumerate(paths) if not path.is_file()]:
        folder.mkdir(exist_ok=True)
        render = Renderer(convert(config, work=work, snapshots=snapshots), work, options.beam, config.data.max_pieces)
        nearest = Nearest(options, (pair.english for pair in read_pairs([work / PAIRS])))
        for number in missing:
            copies = nearest.choose(zip(parts[number], render([pair.french for pair in parts[number]]), strict=True))
            write_pairs(copies, paths[number])
            log.info("%d of %d pairs are rendered", number * CHUNK + len(parts[number]), len(pairs))
    return _add(config, work, paths, load_protected(development, documents))


def _add(config: Config, work: Path, paths: Sequence[Path], protected: Protected) -> int:
    """Encode the copies into a shard of their own."""
    copies = [replace(pair, corpus=SOURCE) for pair in read_pairs(paths) if not protected.holds(pair)]
    count = add_shard(work / "shards", lambda names: encode(copies, work, names, config.data), SOURCE)
    record = json.loads((work / PREPARED).read_text(encoding="utf-8"))
    record["sources"][SOURCE] = count
    write_record(work, record)
    log.info("%d copies are in %s", count, work / "shards")
    return count


def choose_pairs(pairs: Iterable[Pair], options: Interpolation, seed: int) -> list[Pair]:
    """Choose whole sentences, of every source at most so many, in a random order."""
    listed = [pair for pair in pairs if options.shortest <= len(pair.french) <= options.longest]
    random.Random(seed).shuffle(listed)  # noqa: S311 (a reproducible order, no secret)
    taken, chosen = Counter[str](), []
    for pair in listed:
        if taken[pair.corpus] < options.most.get(pair.corpus, options.most.get("default", 0)):
            taken[pair.corpus] += 1
            chosen.append(pair)
    random.Random(seed + 1).shuffle(chosen)  # noqa: S311
    return chosen


class Renderer:
    """The model's likeliest renderings of sentences."""

    def __init__(self, model: Path, work: Path, beam: int, most_pieces: int) -> None:
        import ctranslate2

        self._vocabulary: Any = load_vocabulary(work / VOCABULARY)
        self._translator = ctranslate2.Translator(str(model), compute_type="int8", intra_threads=1, inter_threads=2)
        self._beam, self._most_pieces = beam, most_pieces

    def __call__(self, french: Sequence[str]) -> list[list[str]]:
        """Give a beam's different renderings of each sentence, the likeliest first."""
        results = self._translator.translate_batch(
            self._vocabulary.encode(list(french), out_type=str),
            beam_size=self._beam,
            num_hypotheses=self._beam,
            max_decoding_length=self._most_pieces,
            max_batch_size=1024,
            batch_type="tokens",
        )
        return [list(dict.fromkeys(map(self._vocabulary.decode_pieces, each.hypotheses))) for each in results]


class Nearest:
    """Chooses the English that a copy is given."""

    def __init__(self, options: Interpolation, english: Iterable[str]) -> None:
        from sacrebleu.metrics.bleu import BLEU

        self._options = options
        self._bleu = BLEU(effective_order=True)
        self._lines = Counter(chain.from_iterable(set(_words(line)) for line in english))

    def choose(self, rendered: Iterable[tuple[Pair, Sequence[str]]]) -> Iterator[Pair]:
        """Give the copies of pairs, those apart whose renderings are too far from the reference."""
        for pair, renderings in rendered:
            scores = [self._bleu.sentence_score(each, [pair.english]).score for each in renderings]
            best = max(scores)
            nearest = renderings[scores.index(best)]
            if self.knows(nearest, pair.english):
                if best >= self._options.least:
                    yield replace(pair, english=nearest)
            elif best >= self._options.least_of_reference:
                yield pair

    def knows(self, rendering: str, reference: str) -> bool:
        """Tell whether both have the same rare words."""
        words, other = set(_words(rendering)), set(_words(reference))
        return self._rare(words) <= _stems(other) and self._rare(other) <= _stems(words)

    def _rare(self, words: Iterable[str]) -> set[str]:
        return _stems(word for word in words if self._lines[word] < self._options.rare)


def _words(text: str) -> list[str]:
    """List the words of four letters and more."""
    return _WORD.findall(text.lower())


def _stems(words: Iterable[str]) -> set[str]:
    return {word[:STEM] for word in words}
