"""Dates and times: *1er mars 2024* is *1 March 2024*, *March 1, 2024* or 2024-03-01; *15 h 30* may be *3:30*.

A date is a month with a day or a year; a time has minutes. Start reading at `dates` and `times`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from aligner.check.findings import Pair, Remark, Span
from aligner.terms.words import fold

_MONTHS = {
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "en": "january february march april may june july august september october november december",
}
_ABBREVIATED = {
    "fr": {"janv": 1, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12},
    "en": {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9}
    | {"oct": 10, "nov": 11, "dec": 12},
}
MONTHS = {
    language: {**{name: n for n, name in enumerate(names.split(), 1)}, **_ABBREVIATED[language]}
    for language, names in _MONTHS.items()
}
_NAMES = {language: "|".join(sorted(names, key=len, reverse=True)) for language, names in MONTHS.items()}
_NAMES["fr"] = _NAMES["fr"].replace("fevr", "f[ée]vr").replace("aout", "ao[uû]t").replace("dec", "d[ée]c")
_WRITTEN = {
    "fr": re.compile(rf"(?:\b(\d\d?)(?:er)?\s)?\b({_NAMES['fr']})\b\.?(?:\s(\d{{4}})\b)?", re.IGNORECASE),
    "en": re.compile(
        rf"(?:\b(\d\d?)(?:st|nd|rd|th)?\s(?:of\s)?)?\b({_NAMES['en']})\b\.?"
        r"(?:\s(?:the\s)?(\d\d?)(?:st|nd|rd|th)?\b(?!:))?(?:,?\s(?:of\s)?(\d{4})\b)?",
        re.IGNORECASE,
    ),
}
_NUMERIC = re.compile(r"\b(?:(\d{4})([-./])(\d\d?)\2(\d\d?)|(\d\d?)([-./])(\d\d?)\6(\d{4}|\d\d))\b")
_TIME = {
    "fr": re.compile(r"\b(\d\d?)(?:\s?h\s?|\s?heures?\s|:)(\d\d)\b(?!\s?%)", re.IGNORECASE),
    "en": re.compile(r"\b(\d\d?)(?:[:.h]|\s?hours?\s)(\d\d)\b(?!\s?%)", re.IGNORECASE),
}
_QUARTERS = {30: "half", 15: "quarter", 45: "quarter"}


@dataclass(frozen=True, slots=True)
class Date:
    """A month with a day, a year or both; 0 where there is none."""

    span: Span
    month: int
    day: int = 0
    year: int = 0

    def agrees(self, other: Date) -> bool:
        """Whether two dates may be the same: same month, and nothing else that contradicts."""
        same_day = self.day == other.day or not (self.day and other.day)
        same_year = self.year == other.year or not (self.year and other.year)
        return self.month == other.month and same_day and same_year


@dataclass(frozen=True, slots=True)
class Time:
    """A time of the day."""

    span: Span
    hour: int
    minute: int

    def agrees(self, other: Time) -> bool:
        """Whether two times may be the same: noon may lie between them."""
        return self.minute == other.minute and (self.hour - other.hour) % 12 == 0


def dates(pair: Pair) -> Iterator[Remark]:
    """A date of the source is not in the target: the day, the month or the year became another.

    Example: Le texte est du 1er mars 2024. → The text is of 1 April 2024.
    """
    present = dates_of(pair.target, "en")
    days = {int(number) for number in re.findall(r"\d{1,4}", pair.target)}
    months = {date.month for date in present} | set(_bare_months(pair.target))
    for date in dates_of(pair.source, "fr"):
        parts_present = date.month in months and {date.day, date.year} <= days | {0}
        if not any(date.agrees(other) for other in present) and not parts_present:
            yield Remark(f"the date “{_text(pair.source, date)}” is missing", source=(date.span,))


def times(pair: Pair) -> Iterator[Remark]:
    """A time of the source is not in the target.

    Example: La séance est levée à 15 h 30. → The meeting rose at 3.20 p.m.
    """
    present = times_of(pair.target, "en")
    for time in times_of(pair.source, "fr"):
        in_words = time.minute == 0 or _QUARTERS.get(time.minute) in pair.target.split()
        if not any(time.agrees(other) for other in present) and not in_words:
            yield Remark(f"the time “{_text(pair.source, time)}” is missing", source=(time.span,))


def dates_and_times(text: str, language: str) -> tuple[Date | Time, ...]:
    """All dates and times of a text, where other checks need not look."""
    return (*dates_of(text, language), *times_of(text, language))


@lru_cache(maxsize=8)
def dates_of(text: str, language: str) -> tuple[Date, ...]:
    """The dates of a text; one in digits may be read day first and month first, so it counts twice.

    >>> [(date.day, date.month, date.year) for date in dates_of("From March 1, 2024 to 3/4/2024", "en")]
    [(1, 3, 2024), (3, 4, 2024), (4, 3, 2024)]
    """
    return (*_written(text, language), *(date for match in _NUMERIC.finditer(text) for date in _numeric(match)))


def _written(text: str, language: str) -> Iterator[Date]:
    for match in _WRITTEN[language].finditer(text):
        before, name, *after, year = match.groups()
        day = int(before or (after[0] if after else 0) or 0)
        if (day or year) and day <= 31:
            yield Date(Span(*match.span()), MONTHS[language][fold(name)], day, int(year or 0))


def _numeric(match: re.Match[str]) -> Iterator[Date]:
    span = Span(*match.span())
    if match[1]:
        orders = [(int(match[1]), int(match[3]), int(match[4]))]
    else:
        year, first, second = int(match[8]), int(match[5]), int(match[7])
        orders = [(year, second, first), (year, first, second)]
    for year, month, day in orders:
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Date(span, month, day, year + 2000 if year < 50 else year + 1900 if year < 100 else year)


def _bare_months(text: str) -> Iterator[int]:
    for match in re.finditer(rf"\b({_NAMES['en']})\b", text, re.IGNORECASE):
        yield MONTHS["en"][fold(match[1])]


def times_of(text: str, language: str) -> tuple[Time, ...]:
    """The times of a text, such as ``10h30``, ``22 h 05``, ``3:30``."""
    found = (Time(Span(*match.span()), int(match[1]), int(match[2])) for match in _TIME[language].finditer(text))
    return tuple(time for time in found if time.hour <= 24 and time.minute < 60)


def _text(text: str, figure: Date | Time) -> str:
    return text[figure.span.start : figure.span.end]
