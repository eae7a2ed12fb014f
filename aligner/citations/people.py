"""Names and dates of a record, as reference managers want them.

    "Ren, Qi; Ministère des Affaires étrangères"  ──people_of──▶  Person("Ren", "Qi"), Person("Ministère des …")
    "2024-09"                                     ──date_parts──▶  (2024, 9)

A name without a comma is one that nobody took apart: it is written as it stands and never cut. Braces keep a name with
a comma or a semicolon whole: ``{Ministère de la Culture, Paris}``. Start reading at `people_of`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_NAME = re.compile(r"(?:\{[^{}]*\}|[^;])+")


@dataclass(frozen=True, slots=True)
class Person:
    """A person, or (without a given name) an institution or a name that is written as it stands."""

    family: str
    given: str = ""

    @property
    def in_order(self) -> str:
        """The name as it is spoken: ``Qi Ren``."""
        return f"{self.given} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """The name as a record writes it: ``Ren, Qi``."""
        if self.given:
            return f"{self.family}, {self.given}"
        return f"{{{self.family}}}" if re.search("[,;]", self.family) else self.family


def people_of(text: str) -> list[Person]:
    """The people of a record's field, in order.

    >>> [person.in_order for person in people_of("Ren, Qi; {Ministère de la Culture, Paris}; Xinhua")]
    ['Qi Ren', 'Ministère de la Culture, Paris', 'Xinhua']
    """
    found = []
    for part in (match[0].strip() for match in _NAME.finditer(text)):
        if part.startswith("{") and part.endswith("}"):
            found.append(Person(part[1:-1].strip()))
        elif part:
            family, _, given = part.partition(",")
            found.append(Person(family.strip(), given.strip()) if family.strip() else Person(given.strip()))
    return [person for person in found if person.family]


def inverted_names(people: Sequence[Person]) -> str:
    """Names as a record has them; the way back from `people_of`."""
    return "; ".join(person.inverted for person in people)


def date_parts(text: str) -> tuple[int, ...]:
    """Year, month and day of an ISO 8601 date, as far as it has them; nothing for other words.

    >>> date_parts("2024-09-11"), date_parts("2024"), date_parts("vers 1950"), date_parts("2024-13")
    ((2024, 9, 11), (2024,), (), ())
    """
    match = _DATE.fullmatch(text.strip())
    parts = tuple(int(part) for part in match.groups() if part) if match else ()
    months, days = parts[1:2], parts[2:3]
    in_range = all(1 <= month <= 12 for month in months) and all(1 <= day <= 31 for day in days)
    return parts if in_range else ()


def iso_date_of(parts: Sequence[int]) -> str:
    """A date of its parts: the way back from `date_parts`."""
    return "-".join(f"{part:0{4 if number == 0 else 2}}" for number, part in enumerate(parts[:3]))
