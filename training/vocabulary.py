"""One SentencePiece model for both languages, whose normalisation folds typography.

English is cut as the parent model cuts it, with the parent's own pieces and scores, so that the parent's embeddings
keep their meaning; French has pieces of its own. The pieces that English uses come first and are the only ones that the
model writes; ``targets.txt`` beside the model file says how many they are. The others are only read.

The folding travels inside the model file: whoever encodes with it (this recipe, the aligner, Argos Translate) sees
``'`` for ``’`` and ``"`` for « » and “ ”, exactly as in training. Unknown characters become bytes
(``byte_fallback``), never ⁇. Kudo and Richardson 2018, "SentencePiece". Start reading at `build_vocabulary`.
"""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from aligner.errors import InputError
from aligner.files import read_bytes, write_atomically
from training.config import Data

VOCABULARY, TARGETS = "vocabulary.model", "targets.txt"
SPACES = (" ", "\u00a0", "\u202f", "\u2009")
FOLDED = {"’": "'", "‘": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"'}
"""Apostrophes and quotation marks that mean the same."""
_QUOTES = str.maketrans(FOLDED)
LATIN = "".join(chr(code) for code in range(0xC0, 0x180) if unicodedata.normalize("NFKC", chr(code)) == chr(code))
"""Letters of Europe's names; each is a piece of its own, however rare."""
EOS, UNKNOWN = 0, 1
NORMAL, UNUSED = 1, 5
"""SentencePiece's numbers for an ordinary piece and for one that is not to be used."""
FRENCH_COST = 1.0
"""What a French piece loses in score (nats), so that English text is cut into the parent's pieces."""
VARIETY = 0.4
"""How much a cutting's score counts when it is drawn: 1 as it says, 0 not at all; at 0.4 a text gets a tenth more."""
_DIGIT = re.compile(r"\d+")


def build_vocabulary(french: Iterable[str], english: Iterable[str], parent: Path, work: Path, options: Data) -> None:
    """Write ``vocabulary.model`` for both languages and ``targets.txt``, the number of pieces that English uses.

    French pieces are trained; the pieces of `parent` (a SentencePiece model) that the English sentences use often
    enough are added with their scores. The same sentences give the same file.
    """
    model, old = _parse(_train(french, options.vocabulary)), _parse(read_bytes(parent))
    used = _used(english, parent, options.least_used)
    scores = {each.piece: each.score for each in old.pieces if each.piece in used}
    trained = {each.piece: (each.score - FRENCH_COST, each.type) for each in model.pieces if each.type == NORMAL}
    special = [(each.piece, each.score, each.type) for each in model.pieces if each.type != NORMAL]
    letters = {piece for piece in trained if len(piece) == 1} - set(scores)
    written = [(piece, score, NORMAL) for piece, score in scores.items()]
    written += [(piece, trained[piece][0], NORMAL) for piece in sorted(letters)]
    read = [(piece, score, kind) for piece, (score, kind) in trained.items() if piece not in scores and len(piece) > 1]
    del model.pieces[:]
    for piece, score, kind in [*special, *_by_score(written), *_by_score(read)]:
        model.pieces.add(piece=piece, score=score, type=kind)
    model.trainer_spec.vocab_size = len(model.pieces)
    write_atomically(work / VOCABULARY, model.SerializeToString(deterministic=True))
    write_atomically(work / TARGETS, f"{len(special) + len(written)}\n")


def _by_score(pieces: list[tuple[str, float, int]]) -> list[tuple[str, float, int]]:
    """Sort pieces, the likeliest first."""
    return sorted(pieces, key=lambda each: (-each[1], each[0]))


def _used(english: Iterable[str], parent: Path, least: int) -> set[str]:
    """Give the parent's pieces that English text uses; of numbers only the single digits."""
    processor, counts = load_vocabulary(parent), Counter[int]()
    for pieces in processor.encode([_DIGIT.sub(" ", text.translate(_QUOTES)) for text in english]):
        counts.update(pieces)
    often = {processor.id_to_piece(number) for number, count in counts.items() if count >= least}
    digits = {f"{before}{digit}" for before in ("", "▁") for digit in range(10)}
    known = {processor.id_to_piece(number) for number in range(processor.get_piece_size())}
    return {each for each in (often | digits) & known if not processor.is_control(processor.piece_to_id(each))} - {
        "<unk>"
    }


def _train(sentences: Iterable[str], size: int) -> bytes:
    """Train a unigram model; about a minute for half a million sentences on two cores."""
    import sentencepiece

    content = io.BytesIO()  # a file would leave its path in the model
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=content,
        normalizer=sentencepiece.SentencePieceNormalizer(norm_map=list(folding_rules())),
        model_type="unigram",
        vocab_size=size,
        character_coverage=0.9998,
        required_chars=LATIN,
        byte_fallback=True,
        split_digits=True,
        eos_id=EOS,
        unk_id=UNKNOWN,
        bos_id=-1,
        pad_id=-1,
        max_sentence_length=8192,
        num_threads=os.cpu_count() or 1,
        minloglevel=2,
    )
    return content.getvalue()


def load_vocabulary(path: Path, *, targets: int | None = None) -> Any:
    """Open a SentencePiece model; with `targets` it cuts text into its first so many pieces only."""
    import sentencepiece

    model = _parse(read_bytes(path))
    for piece in model.pieces[targets:] if targets is not None else []:
        piece.type = UNUSED
    return sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())


def vary(seed: int) -> Callable[[Any, str], list[int]]:
    """Give a function that cuts a text by chance, every cutting the likelier the higher its score (Kudo 2018).

    Rare words are then seen in several ways, and a model learns what their parts mean ("Subword Regularization").
    The same calls after the same seed give the same pieces.
    """
    import sentencepiece

    sentencepiece.set_random_generator_seed(seed)
    return lambda model, text: model.encode(text, enable_sampling=True, alpha=VARIETY, nbest_size=-1)


def _parse(content: bytes) -> Any:
    """Give the record that a SentencePiece model file holds."""
    from sentencepiece import sentencepiece_model_pb2

    model = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined]
    model.ParseFromString(content)
    return model


def count_pieces(work: Path) -> tuple[int, int]:
    """Give the number of all pieces of a run's vocabulary and of those that English uses."""
    if not (work / TARGETS).is_file():
        raise InputError("there is no vocabulary", where=work, hint="run the step prepare first")
    return load_vocabulary(work / VOCABULARY).get_piece_size(), int((work / TARGETS).read_text(encoding="ascii"))


def folding_rules() -> Iterator[tuple[str, str]]:
    """Yield every rule as (written, read): SentencePiece's own NFKC rules and our folding.

    >>> dict(folding_rules())["’"]
    "'"
    """
    rules = dict(_standard_rules())
    rules.update(FOLDED)
    for space in SPACES:
        rules[f"«{space}"] = rules[f"{space}»"] = '"'
    yield from sorted(rules.items())


def _standard_rules() -> Iterator[tuple[str, str]]:
    """Yield what ``nmt_nfkc`` does with single characters and with letters whose accents stand apart."""
    import sentencepiece

    normalizer = sentencepiece.SentencePieceNormalizer(
        rule_name="nmt_nfkc", add_dummy_prefix=False, escape_whitespaces=False, remove_extra_whitespaces=False
    )
    for code in [*range(1, 0xD800), *range(0xE000, 0x10000)]:
        character = chr(code)
        plain = normalizer.normalize(character)
        if plain != character:
            yield character, plain
        apart = unicodedata.normalize("NFD", character)
        if code < 0x2000 and apart != character and plain == character:
            yield apart, character
