"""What is cited: a document's id, its record and its title, as every reference manager's file needs them.

    Bitext ──reference_of──▶ Reference ──csl_item, bibtex_entry, ris_lines──▶ files
    files ──read_references──▶ References          (`aligner.citations.incoming`)

Start reading at `Reference`.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, replace

from aligner.citations.escaping import SLOT, tidied
from aligner.citations.fields import FIELDS
from aligner.citations.titles import title_of
from aligner.model import Bitext, Record

DOCUMENT = "document"
"""The type of a document whose record names none that CSL knows."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document as a list of references names it."""

    id: str
    record: Record
    """With the title that it is cited by, which may be its first heading."""
    language: str = ""
    """The language of the source."""
    remark: str = ""
    """What there is to say of its translation."""

    @property
    def key(self) -> str:
        """The key of its entry, of ASCII characters that BibTeX allows; two ids never have the same.

        >>> Reference("Déclaration-1950", Record()).key, Reference("note", Record()).key
        ('Declaration-1950-9efdbf', 'note')
        """
        folded = unicodedata.normalize("NFKD", self.id).encode("ascii", "ignore").decode("ascii")
        return (
            folded
            if folded == self.id
            else f"{folded}-{hashlib.sha256(self.id.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
        )


def reference_of(bitext: Bitext, *, remark: str = "") -> Reference:
    """The reference of a document; a title that nobody recorded is its first heading, or its id in brackets."""
    record = replace(bitext.record, title=title_of(bitext) or f"[{bitext.id}]")
    # One line each: a record is a person's file, and whatever it holds must stay in its place.
    plain = {row.name: _plain(getattr(record, row.name)) for row in FIELDS}
    extra = tuple((_plain(name), _plain(value)) for name, value in record.extra)
    return Reference(bitext.id, Record(**plain, extra=extra), bitext.source.language, remark)


def _plain(text: str) -> str:
    return tidied(text).replace(SLOT, "")
