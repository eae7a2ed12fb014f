"""Small things that the parts of a TEI edition say alike."""

from __future__ import annotations

import re

LICENCE_UNKNOWN = "The licence of the source text is unknown."
LICENCE_MISSING = "No licence is recorded."
CHOICES = ("signature", "basis", "rules", "boilerplate", "memory")
"""Fields of the provenance that the ``projectDesc`` tells, each in an ``ab`` of that type."""
LANGUAGES = {"en": "English", "fr": "French"}
# What TEI allows in @when is more than this, but what we write has these forms: 2026, 2026-11, 2026-11-22 and
# 2026-11-22T12:05:00Z. Anything else is kept as words.
_WHEN = re.compile(
    r"""\d{4}
    ( - (0[1-9]|1[0-2])
      ( - (0[1-9]|[12]\d|3[01])
        ( T ([01]\d|2[0-3]) (:[0-5]\d){2} Z )?
      )?
    )?""",
    re.ASCII | re.VERBOSE,
)


def language_in_words(tag: str) -> str:
    """A language tag in words, as far as known: ``French`` for ``fr`` and ``fr-CA``."""
    return LANGUAGES.get(tag.split("-", maxsplit=1)[0].lower(), tag)


def when(date: str) -> str | None:
    """A date as the value of ``@when``, or None where it is not in ISO 8601."""
    return date if _WHEN.fullmatch(date) else None
