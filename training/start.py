"""The first weights of the French–English model, from those of the Portuguese–English one.

French and Portuguese are near relatives, and the English is the same. The body and the English embeddings are taken
over as they are. A French piece starts as the mean of the Portuguese pieces that translate it: English sentences of the
training data are translated to Portuguese by the parent of the other direction, and IBM model 1 (Brown et al. 1993)
with a preference for the diagonal (Dyer et al. 2013) is trained between their French and their Portuguese. CTranslate2
has no SSRU: self-attention that looks nowhere in particular takes its place, with the SSRU's values. Start reading at
`make_start`.
"""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from aligner.files import write_atomically
from training.checkpoint import write
from training.config import Config
from training.corpus import Pair, read_pairs
from training.marian import BIAS, EMBEDDING, EOS, Marian, read_marian
from training.parent import parent_file
from training.prepare import PAIRS
from training.vocabulary import UNKNOWN, VOCABULARY, count_pieces, load_vocabulary

log = logging.getLogger(__name__)
START, SAMPLE = "start.pt", "portuguese.tsv"
LONGEST_SAMPLE = 20
"""Words of an English sentence that is translated."""
OFTEN_ENOUGH = 8
"""Sentences that show a piece."""
BATCH = 128
ROUNDS = 6
DIAGONAL = 4.0
"""How strongly model 1 prefers words at like places."""
MOST_ROWS, LEAST_SHARE, LEAST_OF_BEST = 4, 0.08, 0.35
"""Which Portuguese pieces count for a French one: so many, with such a share at least."""
DOUBT, DOUBT_IF_SPELLED = 2.0, 5.0
"""Sentences for which a piece's own spelling counts, for pieces that the parent lacks and has."""
RARE_BIAS = 1.0
"""How much less likely than its parts a piece is that the parent lacks."""
Rows = dict[int, tuple[NDArray[np.int64], NDArray[np.float64], float]]
"""For a French piece: Portuguese pieces, their shares, and how often the French one was seen."""


def make_start(config: Config, *, work: Path) -> Path:
    """Write ``work/start.pt`` from the parent's files, the pairs and the vocabulary; it is kept if it is there."""
    target = work / START
    if not target.is_file():
        if not (work / SAMPLE).is_file():
            translate_sample(work, config.data.portuguese, config.data.seed)
        table = align_pieces(work)
        parent = Marian(read_marian(parent_file(work, "pt", "en", "weights")))
        write(target, first_weights(parent, table, work))
        log.info("%d pieces have Portuguese rows: %s", len(table), target)
    return target


def translate_sample(work: Path, size: int, seed: int) -> None:
    """Write French sentences and the Portuguese of their English, a sentence for every piece where there is one."""
    vocabulary = load_vocabulary(parent_file(work, "en", "pt", "vocabulary"))
    model = Marian(read_marian(parent_file(work, "en", "pt", "weights")))
    pairs = choose_sample(read_pairs([work / PAIRS]), load_vocabulary(work / VOCABULARY), size)
    pairs.sort(key=lambda pair: len(pair.english))
    lines = []
    with torch.no_grad():
        for start in range(0, len(pairs), BATCH):
            part = pairs[start : start + BATCH]
            portuguese = vocabulary.decode(model.translate(vocabulary.encode([pair.english for pair in part])))
            lines += [f"{pair.french}\t{text}\n" for pair, text in zip(part, portuguese, strict=True)]
            if start // BATCH % 50 == 0:
                log.info("%d of %d sentences are in Portuguese", start + len(part), len(pairs))
    random.Random(seed).shuffle(lines)  # noqa: S311 (a reproducible order, no secret)
    write_atomically(work / SAMPLE, "".join(lines))


def choose_sample(pairs: Iterator[Pair], vocabulary: Any, size: int) -> list[Pair]:
    """Choose short pairs so that as many French pieces as possible are seen often enough."""
    seen, chosen = Counter[int](), list[Pair]()
    while len(chosen) < size and (chunk := list(islice(pairs, 10_000))):
        short = [pair for pair in chunk if pair.english.count(" ") < LONGEST_SAMPLE]
        for pair, pieces in zip(short, vocabulary.encode([pair.french for pair in short]), strict=True):
            if len(chosen) < size and any(seen[piece] < OFTEN_ENOUGH for piece in pieces):
                seen.update(set(pieces))
                chosen.append(pair)
    return chosen


def align_pieces(work: Path) -> Rows:
    """Learn which Portuguese pieces translate each French piece."""
    french = load_vocabulary(work / VOCABULARY)
    portuguese = load_vocabulary(parent_file(work, "pt", "en", "vocabulary"))
    lines = [line.split("\t") for line in (work / SAMPLE).read_text(encoding="utf-8").split("\n") if line]
    sources = french.encode([columns[0] for columns in lines])
    targets = portuguese.encode([columns[1] for columns in lines])
    return model_one(sources, targets, portuguese.get_piece_size())


def model_one(sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], size: int) -> Rows:
    """Train model 1 with each target piece choosing among its sentence's source pieces; `size`: of the target's."""
    links, groups, priors, before = [], [], [], 0
    for source, target in zip(sources, targets, strict=True):
        grid = np.array(source, np.int64)[None] * size + np.array(target, np.int64)[:, None]
        places = [(np.arange(len(side)) + 0.5) / max(len(side), 1) for side in (source, target)]
        links.append(grid.ravel())
        groups.append(np.repeat(np.arange(before, before + len(target)), len(source)))
        priors.append(np.exp(-DIAGONAL * np.abs(places[1][:, None] - places[0][None])).ravel())
        before += len(target)
    group, prior = np.concatenate(groups), np.concatenate(priors).astype(np.float32)
    kinds, link = np.unique(np.concatenate(links), return_inverse=True)
    owner = kinds // size
    shares: NDArray[np.float64] = np.ones(len(kinds))
    for _ in range(ROUNDS):
        weights = shares[link] * prior
        weights /= np.bincount(group, weights)[group]
        counts = np.bincount(link, weights, len(kinds))
        totals = np.bincount(owner, counts)
        shares = counts / np.maximum(totals[owner], 1e-12)
    return _best_rows(kinds % size, owner, shares, totals.astype(np.float64))


def _best_rows(
    pieces: NDArray[np.int64], owner: NDArray[np.int64], shares: NDArray[np.float64], totals: NDArray[np.float64]
) -> Rows:
    """Keep the pieces that count for each French one; `owner` is sorted."""
    rows: Rows = {}
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(owner)], strict=True):
        best = start + np.argsort(-shares[start:end], kind="stable")[:MOST_ROWS]
        best = best[shares[best] >= max(LEAST_SHARE, LEAST_OF_BEST * shares[best[0]])]
        if len(best):
            rows[int(owner[start])] = pieces[best], shares[best] / shares[best].sum(), float(totals[owner[start]])
    return rows


def first_weights(parent: Marian, table: Rows, work: Path) -> dict[str, Tensor]:
    """Give all weights of the French–English model by name."""
    source, target, bias = _embeddings(parent, table, work)
    weights = {"source.weight": source, "target.weight": target, "bias": bias}
    for number in range(6):
        ours, theirs = f"encoder.{number}", f"encoder_l{number + 1}"
        weights |= _attention(parent, f"{ours}.attention", f"{theirs}_self", ("inputs", "qkv"), ("output", "o"))
        weights |= _feed_forward(parent, f"{ours}.feed_forward", f"{theirs}_ffn")
    for number in range(2):
        ours, theirs = f"decoder.{number}", f"decoder_l{number + 1}"
        parts = ("query", "q"), ("memory", "kv"), ("output", "o")
        weights |= _in_place_of_ssru(parent, f"{ours}.attention", f"{theirs}_rnn")
        weights |= _attention(parent, f"{ours}.cross", f"{theirs}_context", *parts)
        weights |= _feed_forward(parent, f"{ours}.feed_forward", f"{theirs}_ffn")
    return {name: weight.contiguous().clone() for name, weight in weights.items()}


def _embeddings(parent: Marian, table: Rows, work: Path) -> tuple[Tensor, Tensor, Tensor]:
    """Give the rows of the source, the rows of the target, and the target's biases."""
    vocabulary, portuguese = (
        load_vocabulary(work / VOCABULARY),
        load_vocabulary(parent_file(work, "pt", "en", "vocabulary")),
    )
    sources, targets = count_pieces(work)
    embedding, biases = parent.weights[EMBEDDING], parent.weights[BIAS].view(-1)
    rows, bias = torch.zeros(sources, parent.width), torch.full((sources,), float(biases.mean()))
    for number in range(sources):
        piece = vocabulary.id_to_piece(number)
        same = portuguese.piece_to_id(piece)
        known = same != UNKNOWN or number == UNKNOWN
        parts = [same] if known else [each for each in portuguese.encode(piece.replace("▁", " ")) if each != UNKNOWN]
        if vocabulary.is_byte(number) or not parts:
            continue
        rows[number] = embedding[parts].mean(0)
        bias[number] = biases[parts].min() - (0.0 if known else RARE_BIAS)
    source = rows.clone()
    for number, (pieces, shares, count) in table.items():
        if number == EOS or vocabulary.is_byte(number):
            continue
        doubt = DOUBT if portuguese.piece_to_id(vocabulary.id_to_piece(number)) == UNKNOWN else DOUBT_IF_SPELLED
        mean = (embedding[torch.from_numpy(pieces)] * torch.from_numpy(shares).float()[:, None]).sum(0)
        source[number] = torch.lerp(rows[number], mean, count / (count + doubt))
    return source, rows[:targets], bias[:targets]


def _attention(parent: Marian, ours: str, theirs: str, *parts: tuple[str, str]) -> dict[str, Tensor]:
    """Put the parent's matrices, which it keeps one by one, together."""
    weights = _norm(parent, f"{ours}.norm", f"{theirs}_Wo")
    for name, kinds in parts:
        weights[f"{ours}.{name}.weight"] = torch.cat([parent.weights[f"{theirs}_W{kind}"].T for kind in kinds])
        weights[f"{ours}.{name}.bias"] = torch.cat([parent.weights[f"{theirs}_b{kind}"].view(-1) for kind in kinds])
    return weights


def _feed_forward(parent: Marian, ours: str, theirs: str) -> dict[str, Tensor]:
    weights = _norm(parent, f"{ours}.norm", f"{theirs}_ffn")
    for name, kind in (("inner", "1"), ("output", "2")):
        weights[f"{ours}.{name}.weight"] = parent.weights[f"{theirs}_W{kind}"].T
        weights[f"{ours}.{name}.bias"] = parent.weights[f"{theirs}_b{kind}"].view(-1)
    return weights


def _in_place_of_ssru(parent: Marian, ours: str, theirs: str) -> dict[str, Tensor]:
    """Make an attention that takes the mean of the SSRU's values; the SSRU has no matrix after it."""
    width, generator = parent.width, torch.Generator().manual_seed(1)
    small = torch.randn(2 * width, width, generator=generator) * 0.02
    return _norm(parent, f"{ours}.norm", f"{theirs}_ffn") | {
        f"{ours}.inputs.weight": torch.cat([small, parent.weights[f"{theirs}_W"].T]),
        f"{ours}.inputs.bias": torch.zeros(3 * width),
        f"{ours}.output.weight": torch.eye(width) * 0.8,
        f"{ours}.output.bias": torch.zeros(width),
    }


def _norm(parent: Marian, ours: str, theirs: str) -> dict[str, Tensor]:
    gain, bias = (parent.weights[f"{theirs}_ln_{part}"].view(-1) for part in ("scale", "bias"))
    return {f"{ours}.weight": gain, f"{ours}.bias": bias}
