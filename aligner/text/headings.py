"""Which paragraphs are headings, by their looks alone.

A heading is a line of its own, in a text of several paragraphs, at most 120 characters long and one segment, that

- has no final punctuation and begins with a capital, a digit or an opening quotation mark ("Efforts de cybersécurité"),
- or is numbered and has no final punctuation, except behind the number itself ("II. Concepts", "Chapitre premier."),
- or is written in capitals throughout ("DISPOSITIONS GÉNÉRALES.").

A run of more than three such lines is a list, a table or a poem, not headings, unless they are numbered or in capitals.
Items of lists (beginning with a bullet or a dash) and lines ending with a comma, a colon or a semicolon are text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

LONGEST = 120
MOST_IN_A_ROW = 3

_NUMBER = re.compile(
    r"(?i:chapitre|titre|section|partie|livre|tome|annexe|article|chapter|title|part|book|volume|annex|appendix)\s+\S{1,12}"
    r"|[IVXLC]{1,7}(?:\s*[.)–—-]|$)|\d{1,2}(?:\.\d{1,2}){0,3}\s*[.)]?\s|(?!M\.)[A-Z]\s*[.)]\s"
)
_OPENING = "«“\"'‘([¿¡"
_SPACES = " \xa0\u202f"
_FINAL = ".!?…:;,—–-"


def find_headings(paragraphs: Sequence[str], single: Sequence[bool]) -> set[int]:
    """The indices (from 0) of the paragraphs that look like headings; `single` says which are one segment.

    >>> sorted(find_headings(["I. Contexte", "La paix est utile.", "Efforts communs"], [True] * 3))
    [0, 2]
    """
    # a line alone is a phrase that somebody wants translated
    if len(paragraphs) < 2:
        return set()
    found: set[int] = set()
    looks = (_look(paragraph) if one else "" for paragraph, one in zip(paragraphs, single, strict=True))
    for plain, run in groupby(enumerate(looks), lambda pair: pair[1] == "plain"):
        indices = [index for index, look in run if look]
        # many short lines in a row are a list or a poem
        if not plain or len(indices) <= MOST_IN_A_ROW:
            found.update(indices)
    return found


def _look(paragraph: str) -> str:
    """Why the paragraph could be a heading: ``numbered``, ``capitals`` or ``plain``; empty when it could not."""
    if len(paragraph) > LONGEST or "\n" in paragraph:
        return ""
    end, letters = paragraph[-1], [c for c in paragraph if c.isalpha()]
    # "Article 2." ends with the full stop of its number, which ends no sentence
    if (number := _NUMBER.match(paragraph)) and (end not in _FINAL or number.end() == len(paragraph)):
        return "numbered"
    if len(letters) < 2:
        return ""
    # three letters are as well an acronym
    if len(letters) > 3 and end not in "!?…:;," and all(not c.islower() for c in letters):
        return "capitals"
    first = paragraph.lstrip(_OPENING + _SPACES)[:1]
    starts = first.isdigit() or first.isupper()
    return "plain" if starts and end not in _FINAL and paragraph.rstrip("»”\"')]" + _SPACES)[-1:] not in _FINAL else ""
