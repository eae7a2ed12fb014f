"""Numbers in words: *vingt et un*, *quatre-vingt-dix-sept*, *two hundred and five*, *nineteenth*.

Number words that follow one another, joined by spaces, hyphens, *et* or *and*, are added up as long as they fit
together; a word that does not fit begins another number. Start reading at `spelled`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from aligner.languages.language import Language, Numbers, language_of
from aligner.languages.words import Span, Word, words

_MILLION = 10**6


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
        if 1000 < value < _MILLION and self.thousands and not (self.below or self.thousands % _MILLION):
            return _Sum(self.thousands + value)  # written in one word: *drei Millionen fünfhunderttausend*
        if value >= 1000:
            return None if self.thousands and not self.below else _Sum(self.thousands + max(self.below, 1) * value)
        if value == 100:
            return replace(self, below=max(self.below, 1) * 100) if self.below < 20 else None
        # French counts on from 60 and 80 up to 19 (*soixante-dix-neuf*), and 80 is four twenties.
        rest = self.below % 100
        if value == 20 and rest == 4:
            return replace(self, below=self.below + 76)
        limit = 20 if rest in (60, 80) else 10
        is_ten = rest == 10 and 7 <= value <= 9  # dix-sept, dix-huit, dix-neuf
        fits = rest == 0 or is_ten or (rest >= 20 and rest % 10 == 0 and value < limit)
        return replace(self, below=self.below + value) if fits else None


def spelled(text: str, language: Language) -> Iterator[Spelled]:
    """The numbers in words of a text, in order.

    >>> [str(n.value) for n in spelled("quatre-vingt-dix-sept, deux mille vingt et un, trois", language_of("fr"))]
    ['97', '2021', '3']
    >>> [str(n.value) for n in spelled("zweitausendvierundzwanzig, drei Millionen", language_of("de"))]
    ['2024', '3000000']
    """
    numbers = language.numbers
    number = _Sum()
    first: Word | None = None
    last: Word | None = None
    for word in words(text):
        value = _value(word.key, numbers)
        if value is None:
            continue
        # A comma parts numbers: *trois, quatre* are two.
        between = text[last.end : word.start] if last else ""
        joins = between.strip(" -‑\u00a0") in {"", "et", "and", numbers.joint} and bool(between)
        joined = number.take(value) if joins else None
        if joined is None and first is not None and last is not None:
            yield _spelled(number, first, last)
        first, last = (first if joined else word), word
        number = joined or _Sum().take(value) or _Sum()
        if word.key in numbers.ordinals:
            yield replace(_spelled(number, first or word, word), ordinal=True)
            number, first, last = _Sum(), None, None
    if first is not None and last is not None:
        yield _spelled(number, first, last)


def _spelled(number: _Sum, first: Word, last: Word) -> Spelled:
    return Spelled(Span(first.start, last.end), Decimal(number.thousands + number.below))


def _value(word: str, numbers: Numbers) -> int | None:
    """The value of one word; of a number written in one word (*dreiundzwanzig*) from its parts, None for no number."""
    value = numbers.cardinals.get(word, numbers.ordinals.get(word))
    if value is not None or not numbers.compounds:
        return value
    for part in numbers.compounds:
        before, found, after = word.partition(part)
        if found:
            left = _value(before, numbers) if before else 1
            right = _value(after, numbers) if after else 0
            return None if left is None or right is None else left * numbers.cardinals.get(part, 1) + right
    return None


def english_ordinal(value: int) -> str:
    """An ordinal from 20 to 99 in English words.

    >>> english_ordinal(70), english_ordinal(42)
    ('seventieth', 'forty-second')
    """
    numbers = language_of("en").numbers
    tens, ones = value // 10 * 10, value % 10
    # In the data the first word of each line is the usual one, so that dicts in reverse give it.
    cardinals = {n: word for word, n in reversed([*numbers.cardinals.items()])}
    ordinals = {n: word for word, n in reversed([*numbers.ordinals.items()])}
    return f"{cardinals[tens]}-{ordinals[ones]}" if ones else ordinals[tens]
