"""A TMX file as records, free of bitexts and of XML.

`Header`, then `Unit` after `Unit`; a unit has a `Variant` for each language. Times are ISO 8601 here, languages BCP 47,
texts plain; `aligner.formats.tmx.serialize` and `aligner.formats.tmx.parse` translate to and from the file's notation.
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
    """The content of the seg as XML where it has inline tags (TMX level 2), else empty."""
    created: str = ""
    created_by: str = ""
    changed: str = ""
    changed_by: str = ""


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


@dataclass(frozen=True, slots=True)
class Header:
    """What a TMX file says about itself."""

    source: str
    """The source language; ``*all*`` where every variant may be the source."""
    tool: str = "aligner"
    tool_version: str = ""
    segmentation: str = "sentence"
    """``block``, ``paragraph``, ``sentence`` or ``phrase``."""
    memory_format: str = "aligner-bitext"
    admin_language: str = "en"
    datatype: str = "plaintext"
    created: str = ""
    changed: str = ""
    notes: tuple[str, ...] = ()
    properties: Properties = ()
