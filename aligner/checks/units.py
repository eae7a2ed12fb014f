"""Units of numbers: *3 heures* are *3 hours*, not *3 days*; *5 km* are *5 km*, *5 kilometres* or about *3 miles*.

Which words and signs are units is in the languages' data (``[measures]``). A number counts as changed only where the
target says the same number with another unit, or the unit is nowhere. Start reading at `units`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from aligner.checks.findings import Pair, Remark
from aligner.languages.figures import Figure, Writing, find_figures, values
from aligner.languages.language import Language
from aligner.languages.words import Span

_COUNTED = frozenset((Writing.DIGITS, Writing.WORDS))
_CONVERTED: Mapping[tuple[str, str], tuple[Decimal, Decimal]] = {
    ("kilometre", "mile"): (Decimal("0.6214"), Decimal(0)),
    ("metre", "foot"): (Decimal("3.281"), Decimal(0)),
    ("metre", "yard"): (Decimal("1.094"), Decimal(0)),
    ("centimetre", "inch"): (Decimal("0.3937"), Decimal(0)),
    ("centimetre", "foot"): (Decimal("0.0328"), Decimal(0)),
    ("kilogram", "pound"): (Decimal("2.205"), Decimal(0)),
    ("hectare", "acre"): (Decimal("2.471"), Decimal(0)),
    ("square kilometre", "square mile"): (Decimal("0.3861"), Decimal(0)),
    ("kilometre an hour", "mile an hour"): (Decimal("0.6214"), Decimal(0)),
    ("degree Celsius", "degree Fahrenheit"): (Decimal("1.8"), Decimal(32)),
}
"""What a number in the first unit is in the second: times the first, plus the second."""
_NEAR = Decimal("0.1")
"""How far people round what they convert."""
_SYMBOLS = frozenset(
    ("kilometre", "centimetre", "millimetre", "kilogram", "milligram", "hectare", "square kilometre", "square metre",
     "cubic metre", "litre", "kilowatt", "megawatt", "kilowatt-hour", "tonne", "hertz", "kilobyte", "megabyte",
     "gigabyte", "kilometre an hour", "decibel", "volt")
)  # fmt: skip
"""Units that nobody says otherwise: where one is nowhere in the target, it is lost."""


def units(pair: Pair) -> Iterator[Remark]:
    """The unit of a number became another, or is missing.

    Example: Il a duré 3 heures. → It lasted 3 days.
    """
    here, there = pair.languages.source, pair.languages.target
    source = list(measured(pair.source, here))
    if not source:
        return
    target = list(measured(pair.target, there))
    for figure, unit, span in source:
        same = [each for each in target if each[0].readings & figure.readings]
        if any(other == unit for _, other, _ in same):
            continue
        text = Span(figure.span.start, span.end).of(pair.source)
        if same and not any(other == unit for _, other, _ in target):
            number, _, after = same[0]
            became = Span(number.span.start, after.end)
            yield Remark(f"{text} became {became.of(pair.target)}", (span,), (became,))
        elif (
            figure.writing is Writing.DIGITS
            and unit in _SYMBOLS & there.measures.keys()
            and not there.measures[unit].search(" " + pair.target)
            and not any((unit, other) in _CONVERTED for _, other, _ in target)
        ):
            yield Remark(f"the unit of {text} is missing", (span,))


def measured(text: str, language: Language) -> Iterator[tuple[Figure, str, Span]]:
    """The numbers of a text that have a unit, with its name and place."""
    if not language.measures:
        return
    for figure in find_figures(text, language):
        if figure.writing in _COUNTED:
            found = [(unit, pattern.match(text, figure.span.end)) for unit, pattern in language.measures.items()]
            # The longest: *mètres carrés* are no metres.
            spans = [(unit, Span(match.start(1), match.end(1))) for unit, match in found if match]
            if spans:
                yield figure, *max(spans, key=lambda each: each[1].end)


def conversions(pair: Pair) -> tuple[list[Figure], list[Figure]]:
    """The numbers of source and target that say the same in other units: *4 800 km*, *3,000 miles*."""
    said = values(pair.source, pair.languages.source)
    source, target = measured(pair.source, pair.languages.source), list(measured(pair.target, pair.languages.target))
    # Where the source has both, the target lacks one of them if it lacks one.
    target = [each for each in target if not each[0].readings & said]
    metric, other = [], []
    for figure, unit, _ in source:
        for number, imperial, _ in target:
            if (unit, imperial) in _CONVERTED:
                times, plus = _CONVERTED[unit, imperial]
                converted = [value * times + plus for value in figure.readings]
                if any(abs(a - b) <= _NEAR * abs(b) for a in converted for b in number.readings):
                    metric.append(figure)
                    other.append(number)
    return metric, other
