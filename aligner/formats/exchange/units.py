"""The neutral record of a translation unit, free of bitexts and of any file's notation.

A `Unit` has a `Variant` for each language, notes, and properties that say what else is known. Times are ISO 8601 here,
languages BCP 47, texts plain; each format's ``read.py`` and ``write.py`` translate from and to its own notation.
"""

from __future__ import annotations

from dataclasses import dataclass

Properties = tuple[tuple[str, str], ...]
"""Types and values, in order; a type may occur more than once."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One language's side of a unit."""

    language: str
    text: str
    """The text without inline tags."""
    markup: str = ""
    """The text as XML where it has inline tags (TMX level 2), else empty."""
    created: str = ""
    created_by: str = ""
    changed: str = ""
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class AlternativeKey:
    """Which of several equal source texts a unit is about, as OmegaT says it of an alternative translation."""

    file: str
    """The file in the project's folder of sources."""
    previous: str
    """The source text before it; empty: not said."""
    following: str
    id: str = ""
    """Its id in a file that has ids, as the ``trans-unit`` of XLIFF does."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A translation unit."""

    variants: tuple[Variant, ...]
    tuid: str = ""
    notes: tuple[str, ...] = ()
    properties: Properties = ()
    line: int = 0
    """Where it stands in the file; 0: not from a file."""

    def property(self, kind: str) -> str:
        """The first value of a property type, or an empty text."""
        return next((value for name, value in self.properties if name == kind), "")


def alternative_of(unit: Unit) -> AlternativeKey | None:
    """Which of several equal source texts a unit is about; None: it is about all of them."""
    # Our own props begin with x-, so that OmegaT does not take them for these.
    file, previous, following, name = map(unit.property, ("file", "prev", "next", "id"))
    return AlternativeKey(file, previous, following, name) if file else None
