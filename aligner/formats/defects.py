"""What real XML files do wrong and are read in spite of, each with a name.

A reader notes every defect in a `Defects`; the first of each kind is remembered with its place, the others counted.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from enum import StrEnum

logger = logging.getLogger(__name__)


class Defect(StrEnum):
    """A defect's name; its value is the message."""

    BYTE_ORDER_MARK = "the file begins with a byte order mark"
    UTF_16 = "the file is in UTF-16 or UTF-32, which some tools cannot read"
    DECLARED_ENCODING = "the file is not in the encoding that it names"
    WINDOWS_1252 = "the file says ISO-8859-1 and was read as Windows-1252, which has its quotation marks and dashes"
    NOT_UTF_8 = "bytes that are not UTF-8 were read as Windows-1252"
    AMPERSAND = "an & that begins no reference was taken as text"
    DOCTYPE = "the document type is not that of TMX 1.4 and was not followed"
    NAMESPACE = "a prefix of a name is not declared as XML asks"
    OLD_VERSION = "the file is not of TMX version 1.4"
    HEADER_ATTRIBUTE = "the header lacks an attribute"
    LANGUAGE_CODE = "a language code is not written as in BCP 47"
    OLD_LANGUAGE = "a variant names its language in lang instead of xml:lang"
    NO_LANGUAGE = "a variant without a language was left out"
    CONTROL_CHARACTER = "a character that XML forbids was left out"
    ENTITY = "an entity that XML does not define was replaced"
    EMPTY_SEGMENT = "a variant without text was left out"
    ONE_SIDED = "a unit without both languages was left out"
    SEVERAL_VARIANTS = "a unit has several texts in varieties of one language; the first was taken"
    DUPLICATE = "a unit occurs more than once"


@dataclass(frozen=True, slots=True)
class DefectFound:
    """One kind of defect in a file."""

    defect: Defect
    where: str
    """The place of the first."""
    detail: str
    """What the first was about; may be empty."""
    count: int = 1

    def __str__(self) -> str:
        """The finding as one sentence."""
        detail = f" ({self.detail})" if self.detail else ""
        times = f", {self.count} times" if self.count > 1 else ""
        return f"{self.where}: {self.defect.value}{detail}{times} [{self.defect.name.lower().replace('_', '-')}]"


@dataclass(slots=True)
class Defects:
    """The defects of one file."""

    name: str
    """What messages call the file."""
    found: dict[Defect, DefectFound] = field(default_factory=dict)

    def note(self, defect: Defect, *, line: int | None = None, detail: str = "") -> None:
        """Remember a defect, or count it if it is not the first of its kind."""
        first = self.found.get(defect)
        if first is None:
            where = self.name if line is None else f"{self.name}, line {line}"
            self.found[defect] = DefectFound(defect, where, detail)
        else:
            self.found[defect] = DefectFound(defect, first.where, first.detail, first.count + 1)

    def log(self) -> None:
        """Warn of every kind of defect once."""
        for finding in self.found.values():
            logger.warning("%s", finding)
