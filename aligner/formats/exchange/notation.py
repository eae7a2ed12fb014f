"""How the files that people exchange write languages and texts: TMX, XLIFF, XLSX and glossaries alike."""

from __future__ import annotations

import unicodedata

from aligner.formats.xml.markup import xml_text
from aligner.languages.tags import language_tag

__all__ = ["language_tag", "seg_text"]


def seg_text(text: str) -> str:
    r"""A text as a seg holds it: NFC, without characters that XML forbids, without outer white space.

    >>> seg_text(" Oui\x0b !\n")
    'Oui !'
    """
    return unicodedata.normalize("NFC", xml_text(text)).strip()
