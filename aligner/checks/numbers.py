"""The numbers of the source arrive in the target, in any writing.

Digits, words, Roman numerals and either language's separators count as the same. Telephone numbers and the like are
compared digit by digit. How often a number stands in either text is looked at in `aligner.checks.counts`.

Dates and times have their own checks (`aligner.checks.dates`); what they cover is left to them. Start reading at
`numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from aligner.checks.counts import LABEL, often
from aligner.checks.findings import Pair, Remark
from aligner.checks.units import conversions
from aligner.languages.dates import dates_and_times
from aligner.languages.figures import Figure, Writing, find_figures, values
from aligner.languages.hours import named_hours
from aligner.languages.language import Language, known_languages
from aligner.languages.phones import lost_phones, phones
from aligner.languages.words import Span, fold, right_before

_ROUND = {1, 9, 10, 12, 20, 100, 1000, 10**6, 10**9}
"""Spelled-out values that idioms use (*neuf* also means new), so that they need not be found again."""

_CODE = re.compile(r"(?<![\w.,:/'’+-])(?<!\d[ \u00a0\u2009\u202f])0\d+(?![\w,:/'’]|\.\d)")
_ZEROS_APART = re.compile(r"(?<=\d)[ \u00a0\u202f:.](?=\d)")
_SHORTEST_CODE = 3
_LETTERS_BEFORE = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]{0,3}\Z")
_PART = re.compile(r"[^\W\d_]+")
_LEAST_EXACT = 3
_HALVES = (50, 500, 500_000, 500_000_000)
_HALF = re.compile(r"\b(?:half|demie?s?|moitié)\b", re.IGNORECASE)
_DECADES = re.compile(r"\b([^\W\d_]+|\d)[ \u00a0](?:decades|décennies)\b", re.IGNORECASE)
_WEEKS = (
    (8, re.compile(r"\ba week\b|\bone week\b", re.IGNORECASE)),
    (15, re.compile(r"\bfortnight|\b(?:two|2) weeks\b", re.IGNORECASE)),
    (14, re.compile(r"\b(?:quinze|15) jours\b", re.IGNORECASE)),
    (2, re.compile(r"\b(?:quinze|15) jours\b", re.IGNORECASE)),
)
"""Days that are said in weeks: French counts the first and the last."""
_VALUES = {
    word: {value}
    for language in known_languages()
    for word, value in [*language.numbers.cardinals.items(), *((str(n), n) for n in range(1, 10))]
}
_UNIT_BEFORE = re.compile(r"(?<![A-Za-z])(?:[kcmd]?m|ft|mi)\Z")
_SMALL = 100
"""Up to here a number in words may be dropped."""


def numbers(pair: Pair) -> Iterator[Remark]:
    """A number in digits is missing, stands less often or was added, or a spelled-out one became another.

    Example: La mission a coûté 1 234,5 euros. → The mission cost 1,243.5 euros.
    """
    missing, added = _unmatched(pair)
    metric, imperial = conversions(pair) if missing or added else ([], [])
    missing = [each for each in missing if each not in metric and not _is_spelled_out(each, pair)]
    # The exponent of *km2*: the source may say "carrés" in words.
    exponents = [each for each in added if _UNIT_BEFORE.search(right_before(pair.target, each.span.start))]
    exponents = [each for each in exponents if len(each.span.of(pair.target)) == 1]
    added = [each for each in added if each not in imperial and each not in exponents]
    missing, added = _without_round(pair.target, missing), _without_round(pair.source, added)
    changed = [*_compared(pair, _written(missing, Writing.DIGITS), _written(added, Writing.DIGITS))]
    changed += _changed_codes(pair)
    lost, new = _written(missing, Writing.WORDS), _written(added, Writing.WORDS)
    # In words as many of both, for these became others; a small one that is left may have been dropped, a large one
    # not. What follows digits is part of their number (*320 millions un an*).
    rest = [each for each in lost[len(new) :] if not right_before(pair.source, each.span.start).rstrip()[-1:].isdigit()]
    large = [each for each in rest if min(each.readings) > _SMALL or _is_exact(each, pair)]
    changed += _compared(pair, lost[: len(new)] + large, new[: len(lost)])
    yield from changed or often(pair)


def _is_exact(figure: Figure, pair: Pair) -> bool:
    """Whether a small number in words must arrive: one of several words (*vingt-deux*), or with a unit (*six mois*)."""
    # *tous les deux jours* is *every other day*.
    if min(figure.readings) < _LEAST_EXACT:
        return False
    words_of_it = _PART.findall(figure.span.of(pair.source))
    measures = pair.languages.source.measures.values()
    return len(words_of_it) > 1 or any(pattern.match(pair.source, figure.span.end) for pattern in measures)


def _without_round(other: str, found: list[Figure]) -> list[Figure]:
    """Figures less those that the other text says as a half, in decades or weeks: *50 %*, *70 ans*, *quinze jours*."""
    if not found:
        return found
    said = {Decimal(value) for value in _HALVES} if _HALF.search(other) else set()
    decades = [match[1] for match in _DECADES.finditer(other)]
    said |= {Decimal(days) for days, weeks in _WEEKS if weeks.search(other)}
    said |= {Decimal(10 * value) for word in decades for value in _VALUES.get(fold(word), ())}
    return [each for each in found if not each.readings & said]


def _is_spelled_out(figure: Figure, pair: Pair) -> bool:
    """Whether a figure is a part of a formula (*CO2*) that the target, without one like it, says in words."""
    letters = _LETTERS_BEFORE.search(right_before(pair.source, figure.span.start))
    return bool(letters and not re.search(rf"(?<![A-Za-z]){letters[0]}\d", pair.target))


def _changed_codes(pair: Pair) -> Iterator[Remark]:
    """Digits that are copied and not counted, for zeros stand before them: *0000*, *007*."""
    there = [Span(*match.span()) for match in _CODE.finditer(pair.target)]
    for match in _CODE.finditer(pair.source):
        code = match.group()
        # *06 h* may be *6 a.m.*, *le 05/03* the fifth; three digits and more are a code.
        is_there = re.search(rf"(?<!\d){code}(?!\d)", _ZEROS_APART.sub("", pair.target))
        if len(code) < _SHORTEST_CODE or is_there:
            continue
        source = Span(*match.span())
        others = [span for span in there if span.of(pair.target) not in pair.source]
        if others:
            yield Remark(f"{code} became {others[0].of(pair.target)}", (source,), (others[0],))
        else:
            yield Remark(f"{code} is missing", (source,))


def ordinals_in_figures(pair: Pair) -> Iterator[Remark]:
    """An ordinal or a century is missing from the target, was added to it, or became another.

    Example: au XIXe siècle → in the 18th century
    """
    missing, added = _unmatched(pair)
    present = values(pair.target, pair.languages.target) if missing else frozenset()
    # *the 1800s* stand for *le XIXe siècle*.
    lost = [
        each
        for each in _written(missing, Writing.ORDINAL)
        if not any((value - 1) * 100 in present for value in each.readings)
    ]
    yield from _compared(pair, lost, _written(added, Writing.ORDINAL))


def _unmatched(pair: Pair) -> tuple[list[Figure], list[Figure]]:
    """The figures of the source that the target lacks, and the other way round."""
    here, there = pair.languages.source, pair.languages.target
    return _missing(pair.source, here, pair.target, there), _missing(pair.target, there, pair.source, here)


def _compared(pair: Pair, missing: Sequence[Figure], added: Sequence[Figure]) -> Iterator[Remark]:
    """What became of figures: the first missing one is taken to have become the first added one, and so on."""
    for before, after in zip_longest(missing, added):
        source = before.span.of(pair.source) if before else ""
        target = after.span.of(pair.target) if after else ""
        if before and after:
            yield Remark(f"{source} became {target}", source=(before.span,), target=(after.span,))
        elif before:
            yield Remark(f"{source} is missing", source=(before.span,))
        elif after:
            yield Remark(f"{target} is not in the source", target=(after.span,))


def _missing(text: str, language: Language, other: str, other_language: Language) -> list[Figure]:
    """The figures of a text that share no reading with the other one; a number before a paragraph may be missing."""
    present = values(other, other_language)
    label = LABEL.match(text)
    first = label.end() if label and not LABEL.match(other) else 0
    lost = [each for each in find_figures(text, language) if each.span.start >= first and not each.readings & present]
    changed = [Figure(span, frozenset(), Writing.DIGITS) for span in lost_phones(text, other)]
    if not lost:
        return changed
    covered = [*phones(text), *(each.span for each in dates_and_times(text, language))]
    hours = named_hours(text, language)
    told = frozenset[int]().union(*named_hours(other, other_language).values())
    covered += [each.span for each in lost if hours.get(each.span.start, frozenset()) & told]
    return changed + [
        figure
        for figure in lost
        if not any(each.start <= figure.span.start and figure.span.end <= each.end for each in covered)
    ]


def _written(found: Sequence[Figure], writing: Writing) -> list[Figure]:
    """The figures written in one way; of words only those that no idiom uses."""
    chosen = [figure for figure in found if figure.writing is writing]
    return [figure for figure in chosen if writing is not Writing.WORDS or not figure.readings & _ROUND]
