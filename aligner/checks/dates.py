"""Dates and times of the source arrive in the target: *1er mars 2024* is *1 March 2024*, *15 h 30* may be *3:30*.

What a date and a time are says `aligner.languages.dates`. Start reading at `dates` and `times`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from aligner.checks.findings import Pair, Remark
from aligner.languages.dates import dates_of, months_of, times_of


def dates(pair: Pair) -> Iterator[Remark]:
    """A date of the source is not in the target: the day, the month or the year became another.

    Example: Le texte est du 1er mars 2024. → The text is of 1 April 2024.
    """
    present = dates_of(pair.target, pair.languages.target)
    # English may put a range otherwise (*March 1–3*), so the parts of a date may stand apart.
    days = {int(number) for number in re.findall(r"\d{1,4}", pair.target)}
    months = {date.month for date in present} | months_of(pair.target, pair.languages.target)
    # One in digits has two readings, and either will do.
    for span, readings in groupby(dates_of(pair.source, pair.languages.source), key=lambda date: date.span):
        is_present = any(
            any(date.agrees(other) for other in present)
            or (date.month in months and {date.day, date.year} <= days | {0})
            for date in readings
        )
        if not is_present:
            yield Remark(f"the date “{span.of(pair.source)}” is missing", source=(span,))


def times(pair: Pair) -> Iterator[Remark]:
    """A time of the source is not in the target.

    Example: La séance est levée à 15 h 30. → The meeting rose at 3.20 p.m.
    """
    present = times_of(pair.target, pair.languages.target)
    for time in times_of(pair.source, pair.languages.source):
        # *half past three*; on the full hour only the hour is left, which is a number like others.
        in_words = time.minute == 0 or pair.languages.target.minutes.get(time.minute) in pair.target.split()
        if not any(time.agrees(other) for other in present) and not in_words:
            yield Remark(f"the time “{time.span.of(pair.source)}” is missing", source=(time.span,))
