"""Numbers in words: *vingt et un*, *quatre-vingt-dix-sept*, *two hundred and five*, *nineteenth*.

Number words that follow one another, joined by spaces, hyphens, *et* or *and*, are added up as long as they fit
together; a word that does not fit begins another number. Start reading at `spelled`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from aligner.check.findings import Span
from aligner.check.words import Word, words

_FRENCH_ONES = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_ENGLISH_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_FRENCH: dict[str, int] = {word: n for n, word in enumerate(_FRENCH_ONES.split(), 1)}
_FRENCH |= {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "nonante": 90}
_FRENCH |= {"cent": 100, "mille": 1000}
_ENGLISH: dict[str, int] = {word: n for n, word in enumerate(_ENGLISH_ONES.split(), 1)}
_ENGLISH |= {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_ENGLISH |= {"ninety": 90, "hundred": 100, "thousand": 1000}

SCALES: Mapping[str, int] = {
    **dict.fromkeys(("million", "millions", "mn", "mln", "m", "M"), 10**6),
    **dict.fromkeys(("milliard", "milliards", "billion", "billions", "bn", "Md", "Mds"), 10**9),
    **dict.fromkeys(("thousand million", "mille millions"), 10**9),
    **dict.fromkeys(("trillion", "trillions"), 10**12),
    **dict.fromkeys(("mille", "thousand", "k"), 1000),
    "hundred": 100,
}
"""What a word or letter after a number multiplies it by. *Billion* is English here; in French it is rare and false."""
_LARGE = {word: n for word, n in SCALES.items() if word.isalpha() and len(word) > 3 and n >= 10**6}

_FRENCH_OTHERS = {"une": 1, "vingts": 20, "cents": 100, "mil": 1000, **_LARGE}
_ENGLISH_OTHERS = {**_LARGE}
_GROUPS = {
    "fr": {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "centaine": 100},
    "en": {"both": 2, "twice": 2, "pair": 2, "couple": 2, "double": 2, "single": 1, "once": 1, "triple": 3}
    | {"decade": 10, "dozen": 12, "fortnight": 14, "century": 100, "sole": 1},
}
"""Words that say a number in passing."""


def _french_ordinal(word: str) -> str:
    stem = word.removesuffix("e")
    return {"cinq": "cinqu", "neuf": "neuv"}.get(stem, stem) + "ieme"


def _english_ordinal(word: str) -> str:
    irregular = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
    irregular |= {"nine": "ninth", "twelve": "twelfth"}
    return irregular.get(word) or (word.removesuffix("y") + "ieth" if word.endswith("y") else word + "th")


def english_ordinal(value: int) -> str:
    """An ordinal from 20 to 99 in English words.

    >>> english_ordinal(70), english_ordinal(42)
    ('seventieth', 'forty-second')
    """
    words_of = {number: word for word, number in _ENGLISH.items()}
    tens, ones = value // 10 * 10, value % 10
    return f"{words_of[tens]}-{_english_ordinal(words_of[ones])}" if ones else _english_ordinal(words_of[tens])


CARDINALS = {"fr": _FRENCH | _FRENCH_OTHERS | _GROUPS["fr"], "en": _ENGLISH | _ENGLISH_OTHERS | _GROUPS["en"]}
ORDINALS = {
    "fr": {_french_ordinal(word): n for word, n in _FRENCH.items()}
    | {"premier": 1, "premiere": 1, "second": 2, "seconde": 2}
    | {"premiers": 1, "premieres": 1, "premierement": 1, "deuxiemement": 2, "troisiemement": 3},
    "en": {_english_ordinal(word): n for word, n in _ENGLISH.items()}
    | {"firstly": 1, "secondly": 2, "thirdly": 3, "seconds": 2},
}


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words."""

    span: Span
    value: Decimal
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number so far: whole thousands, and what is below them."""

    thousands: int = 0
    below: int = 0

    def take(self, value: int) -> _Sum | None:
        """The sum with another number word; None where it does not fit."""
        if value >= 1000:
            return None if self.thousands and not self.below else _Sum(self.thousands + max(self.below, 1) * value)
        if value == 100:
            return replace(self, below=max(self.below, 1) * 100) if self.below < 20 else None
        rest = self.below % 100
        if value == 20 and rest == 4:
            return replace(self, below=self.below + 76)
        limit = 20 if rest in (60, 80) else 10
        is_ten = rest == 10 and 7 <= value <= 9  # dix-sept, dix-huit, dix-neuf
        fits = rest == 0 or is_ten or (rest >= 20 and rest % 10 == 0 and value < limit)
        return replace(self, below=self.below + value) if fits else None


def spelled(text: str, language: str) -> Iterator[Spelled]:
    """The numbers in words of a text in French or English, in order.

    >>> [str(n.value) for n in spelled("quatre-vingt-dix-sept, deux mille vingt et un, trois quatre", "fr")]
    ['97', '2021', '3', '4']
    """
    cardinals, ordinals = CARDINALS[language], ORDINALS[language]
    number = _Sum()
    first: Word | None = None
    last: Word | None = None
    for word in words(text):
        value = cardinals.get(word.key, ordinals.get(word.key))
        if value is None:
            continue
        joined = number.take(value) if last is not None and _joins(text[last.span.end : word.start]) else None
        if joined is None and first is not None and last is not None:
            yield _spelled(number, first, last)
        first, last = (first if joined else word), word
        number = joined or _Sum().take(value) or _Sum()
        if word.key in ordinals:
            yield replace(_spelled(number, first or word, word), ordinal=True)
            number, first, last = _Sum(), None, None
    if first is not None and last is not None:
        yield _spelled(number, first, last)


def _joins(between: str) -> bool:
    """Whether the text between two number words lets them be one number."""
    return between.strip(" -‑\u00a0") in {"", "et", "and"} and bool(between)


def _spelled(number: _Sum, first: Word, last: Word) -> Spelled:
    return Spelled(Span(first.start, last.span.end), Decimal(number.thousands + number.below))
