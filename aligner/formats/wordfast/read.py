r"""Read Wordfast's text memories as a stream of units.

    %20260101~101010⇥%User ID,AB,AB⇥%TU=00000001⇥%FR-FR⇥%Wordfast TM v.5.51/00⇥%EN-GB⇥%---⇥.
    20260101~101010⇥AB⇥0⇥FR-FR⇥La cantine ouvre à midi.⇥EN-GB⇥The canteen opens at noon.

Files are in UTF-16 or in the encoding of Windows. What would disturb a table stands in them as its number there
(``&'92;`` is an apostrophe), tags as ``&tA;``. Source: Wordfast Classic manual, "TM format". Start reading at
`WordfastFile`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.base import place_in
from aligner.formats.defects import Defect, Defects
from aligner.formats.encoding import decoded_text
from aligner.formats.exchange.notation import language_tag
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.tmx.header import Header
from aligner.formats.tmx.read import documents_of

_ESCAPE = re.compile(r"&'([0-9A-F]{1,2});")
_TAG = re.compile(r"&t[A-Z];")
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)~(\d\d)(\d\d)(\d\d)")
_COLUMNS = 7


def documents(stream: BinaryIO, *, source: str | None = None, target: str | None = None) -> Iterator[ExchangedDocument]:
    """Yield the one document of a memory, in the wanted languages."""
    yield from documents_of(WordfastFile(stream), place_in(stream) or "wordfast", source, target)


class WordfastFile:
    """An open memory: iterate over it for its units."""

    def __init__(self, stream: BinaryIO) -> None:
        self.findings, self.header = Defects(place_in(stream) or "Wordfast"), Header("*all*", tool="Wordfast")
        self._stream = stream

    def __iter__(self) -> Iterator[Unit]:
        """Yield the units in order; InputError when it is not a memory of Wordfast's."""
        for number, line in enumerate(self._lines(), 1):
            cells = line.split("\t")
            if number == 1:
                if not line.startswith("%"):
                    raise InputError("this is not a Wordfast memory", where=self.findings.name)
                continue
            if not line.strip():
                continue
            if len(cells) < _COLUMNS:
                self.findings.note(Defect.ONE_SIDED, line=number)
                continue
            date, user, uses, *_ = cells
            # Wordfast deletes a unit by making its count negative.
            if not uses.strip().startswith("-"):
                variants = (
                    Variant(language_tag(cells[3]), _text(cells[4])),
                    Variant(language_tag(cells[5]), _text(cells[6]), changed=_iso(date), changed_by=user.strip()),
                )
                kept = tuple(variant for variant in variants if variant.text.strip())
                yield Unit(kept, line=number)

    def _lines(self) -> Iterator[str]:
        rest = ""
        for piece in decoded_text(self._stream, self.findings):
            *lines, rest = (rest + piece).split("\n")
            yield from (line.rstrip("\r") for line in lines)
        if rest:
            yield rest.rstrip("\r")


def _text(cell: str) -> str:
    r"""A cell as the text that it stands for.

    >>> _text("l&'92;hiver&tA;")
    'l’hiver'
    """
    return _TAG.sub("", _ESCAPE.sub(lambda match: bytes.fromhex(match[1].zfill(2)).decode("cp1252", "replace"), cell))


def _iso(date: str) -> str:
    match = _DATE.fullmatch(date.strip())
    return "{}-{}-{}T{}:{}:{}Z".format(*match.groups()) if match else ""
