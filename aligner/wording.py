"""Words that messages, pages and reports share. Start reading at `counted`."""

from __future__ import annotations


def counted(count: int, noun: str, nouns: str = "") -> str:
    """A number and what is counted, in the singular or the plural (`nouns`; without it `noun` with an *s*).

    >>> counted(1, "segment"), counted(12_000, "segment"), counted(0, "pair of files", "pairs of files")
    ('1 segment', '12,000 segments', '0 pairs of files')
    """
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
