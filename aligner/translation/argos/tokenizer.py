"""Between text and the pieces a model reads.

Argos packages carry a SentencePiece model (``sentencepiece.model``), old ones subword merges (``bpe.model``) for text
that the Moses tokenizer has split; the latter need argostranslate and sacremoses to be installed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from aligner.errors import EnvironmentProblem, InputError
from aligner.translation.packages.contents import Contents
from aligner.translation.packages.package import Package

Tokens = list[str]
TARGET = "model/target_vocabulary.json"
_TRIES = 100
"""Ways of cutting a text that are tried."""


def load_tokenizer(package: Package, contents: Contents) -> SentencePiece | MosesBpe:
    """The tokenizer of a package; InputError when its file is damaged."""
    try:
        if "sentencepiece.model" in contents.names:
            written = json.loads(contents.read(TARGET)) if TARGET in contents.names else None
            return SentencePiece(contents.read("sentencepiece.model"), written)
        return MosesBpe(contents.read("bpe.model"), package.source, package.target)
    except (RuntimeError, ValueError, IndexError) as error:
        raise InputError("the package's tokenizer is damaged", where=package.path) from error


class SentencePiece:
    """Kudo and Richardson (2018), "SentencePiece". Its methods are those of any tokenizer."""

    def __init__(self, model: bytes, written: Sequence[str] | None = None) -> None:
        """`written` are the pieces that the model writes, where it reads others too."""
        import sentencepiece

        self._processor: Any = sentencepiece.SentencePieceProcessor()
        self._processor.LoadFromSerializedProto(model)
        self._written = None if written is None else frozenset(written)
        self._unknown = self._processor.unk_id()
        self._known: dict[str, bool] = {}

    def encode(self, texts: Sequence[str]) -> list[Tokens]:
        """The pieces of each text."""
        # One call for each: given a list, SentencePiece starts threads that wait behind those of the decoder.
        return [self._processor.encode(text, out_type=str) for text in texts]

    def spell(self, texts: Sequence[str]) -> list[Tokens]:
        """The pieces with which the model can write each text in the target language.

        They are the likeliest that it can write, or where there are none the likeliest of all.
        """
        # Where source and target have vocabularies of their own the likeliest pieces may be ones that are only read.
        spelled = self.encode(texts)
        if self._written is not None:
            for place, text in enumerate(texts):
                if not self._written.issuperset(spelled[place]):
                    found = self._processor.nbest_encode(text, nbest_size=_TRIES, out_type=str)
                    spelled[place] = next(filter(self._written.issuperset, found), spelled[place])
        return spelled

    def decode(self, tokens: Sequence[Tokens]) -> list[str]:
        """The text of each sequence of pieces."""
        return [self._processor.decode(pieces) if pieces else "" for pieces in tokens]

    def knows(self, character: str) -> bool:
        """Whether the vocabulary has a piece with this character; single bytes, which could spell it, do not count."""
        if character not in self._known:
            # With byte fallback SentencePiece can spell anything; a model does not know what only bytes can spell.
            pieces = self._processor.encode(character)
            self._known[character] = not any(p == self._unknown or self._processor.is_byte(p) for p in pieces)
        return self._known[character]

    def learned(self, character: str) -> bool:
        """Whether the vocabulary has a piece with this character that is not too rare to have taught anything."""
        return self.knows(character) and character not in self._rare

    @cached_property
    def _rare(self) -> frozenset[str]:
        """The characters that stand in no longer piece, and are rarer than all of these."""
        # A vocabulary may hold letters because it was told to (a required character), not because they occur.
        pieces = [
            (self._processor.id_to_piece(number), self._processor.get_score(number))
            for number in range(self._processor.get_piece_size())
            if not (self._processor.is_byte(number) or self._processor.is_control(number) or number == self._unknown)
        ]
        longer = "".join(piece for piece, _ in pieces if len(piece) > 1)
        least = min((score for piece, score in pieces if len(piece) > 1), default=0.0)
        return frozenset(piece for piece, score in pieces if len(piece) == 1 and score < least) - frozenset(longer)

    def begins_word(self, tokens: Tokens, index: int) -> bool:
        """Whether a word begins with the piece at `index`."""
        return tokens[index].startswith("▁")


class MosesBpe:
    """Moses words in byte-pair pieces: Sennrich, Haddow and Birch (2016), marked with ``@@``."""

    def __init__(self, merges: bytes, source: str, target: str) -> None:
        try:
            from argostranslate.apply_bpe import BPE
            from sacremoses import MosesDetokenizer, MosesPunctNormalizer, MosesTokenizer
        except ImportError as error:
            raise EnvironmentProblem(
                "this is an old package with a BPE tokenizer",
                hint="install argostranslate and sacremoses, or a newer package",
            ) from error
        self._merges = BPE(io.StringIO(merges.decode("utf-8")))
        self._normalizer = MosesPunctNormalizer(source)
        self._tokenizer = MosesTokenizer(source)
        self._detokenizer = MosesDetokenizer(target)

    def encode(self, texts: Sequence[str]) -> list[Tokens]:
        """The pieces of each text."""
        words = (self._tokenizer.tokenize(self._normalizer.normalize(text)) for text in texts)
        return [list(self._merges.segment_tokens(w)) for w in words]

    def spell(self, texts: Sequence[str]) -> list[Tokens]:
        """The same pieces: both languages have them in common."""
        return self.encode(texts)

    def decode(self, tokens: Sequence[Tokens]) -> list[str]:
        """The text of each sequence of pieces."""
        return [self._detokenizer.detokenize(" ".join(t).replace("@@ ", "").split(" ")) for t in tokens]

    def knows(self, character: str) -> bool:
        """Byte-pair merges do not tell; the model copies what it does not know."""
        return bool(character)

    learned = knows

    def begins_word(self, tokens: Tokens, index: int) -> bool:
        """Whether a word begins with the piece at `index`."""
        return not index or not tokens[index - 1].endswith("@@")


Tokenizer = SentencePiece | MosesBpe
"""Text to pieces and back, many texts at a time."""
