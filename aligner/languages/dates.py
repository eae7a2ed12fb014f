"""Dates and times: *1er mars 2024* is *1 March 2024*, *March 1, 2024* or 2024-03-01; *15 h 30* may be *3:30*.

A date is a month with a day or a year; a time has minutes. Start reading at `dates_of` and `times_of`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aligner.languages.language import Language
from aligner.languages.words import Span, fold

_NUMERIC = re.compile(r"\b(?:(\d{4})([-./])(\d\d?)\2(\d\d?)|(\d\d?)([-./])(\d\d?)\6(\d{4}|\d\d))\b")
"""In digits: the year first, or last with day and month in either order."""


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
        # 15 h 30 and 3:30: English leaves out p.m. where it is plain
        return self.minute == other.minute and (self.hour - other.hour) % 12 == 0


def dates_and_times(text: str, language: Language) -> tuple[Date | Time, ...]:
    """All dates and times of a text, where other checks need not look."""
    return (*dates_of(text, language), *times_of(text, language))


@lru_cache(maxsize=8)
def dates_of(text: str, language: Language) -> tuple[Date, ...]:
    """The dates of a text; one in digits may be read day first and month first, so it counts twice.

    >>> from aligner.languages import language_of
    >>> [(date.day, date.month, date.year) for date in dates_of("From March 1, 2024 to 3/4/2024", language_of("en"))]
    [(1, 3, 2024), (3, 4, 2024), (4, 3, 2024)]
    """
    found: list[Date] = []
    for match in language.date.finditer(text):
        parts = match.groupdict()
        day, year = int(parts["day"] or parts.get("day_after") or 0), int(parts["year"] or 0)
        # A month alone is no date: *mars* is a planet, *May* a verb.
        if (day or year) and day <= 31:
            found.append(Date(Span(*match.span()), language.months[fold(parts["month"])], day, year))
    for match in _NUMERIC.finditer(text):
        # the year first is never ambiguous
        if match[1]:
            orders = [(int(match[1]), int(match[3]), int(match[4]))]
        else:
            year, first, second = int(match[8]), int(match[5]), int(match[7])
            orders = [(year, second, first), (year, first, second)]
        for year, month, day in orders:
            if 1 <= month <= 12 and 1 <= day <= 31:
                # two digits: as people read them, this century up to 49
                full = year + 2000 if year < 50 else year + 1900 if year < 100 else year
                found.append(Date(Span(*match.span()), month, day, full))
    return tuple(found)


def months_of(text: str, language: Language) -> frozenset[int]:
    """The months that a text names, with or without a day."""
    return frozenset(language.months[fold(match[1])] for match in language.bare_month.finditer(text))


def times_of(text: str, language: Language) -> tuple[Time, ...]:
    """The times of a text, such as ``10h30``, ``22 h 05``, ``3:30``."""
    found = (Time(Span(*match.span()), int(match[1]), int(match[2])) for match in language.time.finditer(text))
    return tuple(time for time in found if time.hour <= 24 and time.minute < 60)
