"""One SentencePiece model for both languages, whose normalisation folds typography.

The folding travels inside the model file: whoever encodes with it (this recipe, the aligner, Argos Translate) sees
``'`` for ``’`` and ``"`` for « » and “ ”, exactly as in training. Unknown characters become bytes
(``byte_fallback``), never ⁇. Kudo and Richardson 2018, "SentencePiece". Start reading at `train_vocabulary`.
"""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from aligner.files import write_atomically

SPACES = (" ", "\u00a0", "\u202f", "\u2009")
FOLDED = {"’": "'", "‘": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"'}
"""Apostrophes and quotation marks that mean the same."""
LATIN = "".join(chr(code) for code in range(0xC0, 0x180) if unicodedata.normalize("NFKC", chr(code)) == chr(code))
"""Letters of Europe's names; each is a piece of its own, however rare."""
EOS, UNKNOWN = 0, 1


def train_vocabulary(sentences: Iterable[str], path: Path, *, size: int) -> None:
    """Train a unigram model of `size` pieces on sentences of both languages and write it to `path`.

    The same sentences give the same file. Takes about a minute for a million sentences on two cores.
    """
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
    write_atomically(path, content.getvalue())


def load_vocabulary(path: Path) -> Any:
    """Open a SentencePiece model."""
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_file=str(path))


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
