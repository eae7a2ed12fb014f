"""From sentences to words: fold, split, number.

Two texts are compared word by word, and spelling habits must not matter: case, accents, ligatures and typographic
variants are folded away (``Œuvre`` and ``oeuvre`` are one word). A run of letters or a run of digits is a word; in
scripts that write no spaces every character is one. `Corpus` numbers the words of one side and keeps them in two flat
arrays, which is what all later stages read. Start reading at `number_words`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.numerals import heading_numbers

# Thai and Lao, Burmese, Khmer, kana, Chinese characters: written without spaces, so that every character is a word.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[0-9]+ | [{_UNSPACED}] | [^\W\d_{_UNSPACED}]+", re.VERBOSE)
# What Unicode does not decompose. Without it `œuvre` and `oeuvre` would be two words.
_LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_ACCENT = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+")
_DIGIT = re.compile(r"[^\D0-9]")
"""A digit of another script: a number is the same number in all of them."""
_ORDINAL = re.compile("第([〇一二三四五六七八九十百千]+)")
"""The number of a chapter or an article in Chinese or Japanese; elsewhere such signs are parts of words."""
STEM_LENGTH = 5
"""Letters of a long word that must agree for two words to count as forms of one."""


def folded(text: str) -> str:
    """Case, accents and ligatures folded away.

    >>> folded("L’Œuvre ÉTÉ")
    'l’oeuvre ete'
    >>> folded("अनुच्छेद ३"), folded("第二十一条")
    ('अनुच्छेद 3', '第21条')
    """
    if text.isascii():
        return text.lower()
    # Decomposed by compatibility (NFKD): full-width letters and the ligature fi become plain letters as well.
    plain = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text.casefold())
    plain = _ACCENT.sub("", unicodedata.normalize("NFKD", plain))
    plain = _DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), plain)
    return _ORDINAL.sub(lambda found: f"第{_chinese_number(found[1])}", plain)


def _chinese_number(digits: str) -> int:
    """The value of a Chinese number: 二十一 is 21, 一百零三 is 103, 一九四八 is 1948."""
    total = part = 0
    for value in (int(unicodedata.numeric(digit)) for digit in digits):
        if value >= 10:
            total, part = total + (part or 1) * value, 0
        else:
            part = part * 10 + value
    return total + part


def fold_all(sentences: Sequence[str]) -> list[str]:
    """All sentences folded, at the price of one."""
    # Normalising costs mostly by the call. A line break that folding leaves alone parts the sentences again.
    return folded("\n".join(sentence.replace("\n", " ") for sentence in sentences)).split("\n")[: len(sentences)]


def folded_words(text: str) -> list[str]:
    """The folded words of a sentence, in order.

    >>> folded_words("L’été 1957, M. Dupont-Martin…")
    ['l', 'ete', '1957', 'm', 'dupont', 'martin']
    """
    return _WORD.findall(folded(text))


def stem(word: str) -> str:
    """The first letters of a long word; short words and numbers stand for themselves.

    >>> stem("nationale"), stem("1957"), stem("été")
    ('natio', '1957', 'été')
    """
    return word if len(word) <= STEM_LENGTH or word[0].isdigit() else word[:STEM_LENGTH]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The words of one side, flat: sentence i holds the positions ``starts[i]:starts[i + 1]``."""

    vocabulary: tuple[str, ...]
    """Each different word once, in order of first appearance."""
    tokens: NDArray[np.int32]
    """The number of the word at each position."""
    starts: NDArray[np.int64]
    """Where each sentence starts, and one more: the end."""
    sentence_of: NDArray[np.int64] = field(init=False)
    """The sentence that each position belongs to."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentence_of", np.repeat(np.arange(self.sentences), np.diff(self.starts)))

    @property
    def sentences(self) -> int:
        """How many sentences."""
        return len(self.starts) - 1


def number_words(sentences: Iterable[Iterable[str]]) -> Corpus:
    """Number the words of sentences.

    >>> number_words([folded_words("Oui, oui."), [], folded_words("Non.")]).tokens.tolist()
    [0, 0, 1]
    """
    held = [list(sentence) for sentence in sentences]
    vocabulary = tuple(dict.fromkeys(chain.from_iterable(held)))
    numbers = {word: number for number, word in enumerate(vocabulary)}
    tokens = np.fromiter(map(numbers.__getitem__, chain.from_iterable(held)), dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum([len(sentence) for sentence in held], dtype=np.int64)])
    return Corpus(vocabulary, tokens, starts.astype(np.int64))


def split_words(sentences: Sequence[str]) -> list[list[str]]:
    """The folded words of each sentence, and the number that a heading has in letters.

    >>> split_words(["Livre I", "Livre II", "Livre III"])
    [['livre', 'i', '1'], ['livre', 'ii', '2'], ['livre', 'iii', '3']]
    """
    words = [_WORD.findall(sentence) for sentence in fold_all(sentences)]
    for place, number in heading_numbers(sentences).items():
        words[place].append(str(number))
    return words
