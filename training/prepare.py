"""From TSV parts to a vocabulary and shards: clean, protect, augment, encode.

Pairs are read, folded as the translator folds its input, cleaned and shuffled once; the French pieces are trained on a
sample in which every source counts as it will in training; then every pair and every changed copy is encoded. In the
end the shards are read back and searched for protected lines: none may be there. Start reading at `prepare`.
"""

from __future__ import annotations

import json
import logging
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from aligner.errors import AlignerError
from aligner.files import write_atomically
from aligner.languages.french_english.spelling import without_first_article
from aligner.translation.protect.fold import model_form
from training.augment import augment
from training.clean import clean
from training.config import Config, Data
from training.corpus import WRITTEN, Pair, find_parts, read_pairs, write_pairs
from training.parent import parent_file
from training.protect import Protected, load_protected
from training.shards import TABLE, Encoded, read_shards, write_shards
from training.vocabulary import TARGETS, VOCABULARY, build_vocabulary, count_pieces, load_vocabulary, vary

log = logging.getLogger(__name__)
PAIRS, PREPARED = "pairs.tsv", "prepared.json"
CHUNK = 20_000
"""Pairs encoded at a time."""


def prepare(config: Config, *, data: Path, development: Path, documents: Path, work: Path) -> None:
    """Write ``pairs.tsv``, ``vocabulary.model``, ``shards/`` and ``prepared.json`` into `work`.

    `data` holds TSV files, to which the recipe adds its own (`training.corpus.WRITTEN`), `development` the sets that
    scores are measured on, `documents` the texts to be translated; neither of the latter two gets into the shards. What
    is already there is kept.
    """
    if (work / "shards" / TABLE).is_file():
        log.info("already prepared: %s", work / "shards")
        return
    protected = load_protected(development, documents)
    counts: Counter[str] = Counter()
    pairs = _select(config, [*find_parts(data), *find_parts(WRITTEN)], protected, counts)
    log.info("%d pairs are kept: %s", len(pairs), dict(counts))
    write_pairs(pairs, work / PAIRS)
    if not (work / TARGETS).is_file():
        english = (pair.english for pair in pairs)
        parent = parent_file(work, "pt", "en", "vocabulary")
        build_vocabulary(_sample(pairs, config), english, parent, work, config.data)
    extra = list(augment(pairs, config.augment, config.data.seed))
    log.info("%d changed copies are added", len(extra))
    names = sorted({pair.corpus for pair in pairs})
    rows = encode(chain(pairs, extra), work, names, config.data)
    shards = write_shards(rows, work / "shards", names=names, mebibytes=config.data.shard_mib)
    check_no_leakage(work, protected)
    record = {"pairs": len(pairs), "copies": len(extra), "counts": dict(counts), "config": config.to_json()}
    record["sources"] = dict(sorted(Counter(pair.corpus for pair in pairs).items()))
    write_record(work, record)
    log.info("%d shards are in %s", len(shards), work / "shards")


def write_record(work: Path, record: Mapping[str, Any]) -> None:
    """Write ``work/prepared.json``: what the shards were made of."""
    write_atomically(work / PREPARED, json.dumps(record, indent=1, ensure_ascii=False) + "\n")


def _select(config: Config, parts: Sequence[Path], protected: Protected, counts: Counter[str]) -> list[Pair]:
    """Read, clean and shuffle the pairs; sources of weight 0 and protected lines stay out."""
    weights = config.data.weights
    pairs = (
        Pair(pair.corpus, model_form(without_first_article(pair.french)), model_form(pair.english))
        for pair in read_pairs(parts)
        if weights.get(pair.corpus, weights.get("default", 1.0)) > 0
    )
    limited = islice(pairs, config.data.limit) if config.data.limit else pairs
    kept = []
    for pair in clean(limited, config.clean, counts):
        if protected.holds(pair):
            counts["protected"] += 1
        else:
            kept.append(pair)
    random.Random(config.data.seed).shuffle(kept)  # noqa: S311 (a reproducible order, no secret)
    return kept


def _sample(pairs: Sequence[Pair], config: Config) -> Iterator[str]:
    """Choose French sentences for the vocabulary, each source by its weight."""
    chance = random.Random(config.data.seed + 1)  # noqa: S311
    weights = config.data.weights
    taken = 0
    for pair in pairs:
        weight = weights.get(pair.corpus, weights.get("default", 1.0))
        for _ in range(int(weight + chance.random())):
            yield pair.french
            taken += 1
        if taken >= config.data.sample:
            return


def encode(pairs: Iterable[Pair], work: Path, names: Sequence[str], options: Data) -> Iterator[Encoded]:
    """Turn pairs into pieces; a pair with an empty or too long side is left out."""
    numbers, chance = {name: number for number, name in enumerate(names)}, random.Random(options.seed)  # noqa: S311
    cut = vary(options.seed)
    french = load_vocabulary(work / VOCABULARY)
    english = load_vocabulary(work / VOCABULARY, targets=count_pieces(work)[1])
    iterator = iter(pairs)
    while chunk := list(islice(iterator, CHUNK)):
        sources = french.encode([pair.french for pair in chunk])
        for number, pair in enumerate(chunk):
            if chance.random() < options.varied:
                sources[number] = cut(french, pair.french)
        targets = english.encode([pair.english for pair in chunk])
        for pair, source, target in zip(chunk, sources, targets, strict=True):
            if 0 < len(source) <= options.max_pieces and 0 < len(target) <= options.max_pieces:
                yield numbers[pair.corpus], source, target


def check_no_leakage(work: Path, protected: Protected) -> None:
    """Decode the shards again and raise AlignerError if a protected line is among the pairs."""
    vocabulary = load_vocabulary(work / VOCABULARY)
    pairs = read_shards(work / "shards")
    for start in range(0, len(pairs), CHUNK):
        rows = range(start, min(start + CHUNK, len(pairs)))
        french = vocabulary.decode([pairs.source(row).tolist() for row in rows])
        english = vocabulary.decode([pairs.target(row).tolist() for row in rows])
        for each in map(Pair, [""] * len(rows), french, english):
            if protected.holds(each):
                (work / "shards" / TABLE).unlink()
                raise AlignerError(f"a protected line is among the pairs: {each.french[:80]!r}", where=work)
    log.info("no protected line is among the %d pairs", len(pairs))
