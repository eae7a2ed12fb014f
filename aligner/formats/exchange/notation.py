"""How the files that people exchange write languages and texts: TMX, XLIFF, XLSX and glossaries alike."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from aligner.formats.xml.markup import xml_text

_CODES = {
    "ara": "ar", "bul": "bg", "cat": "ca", "ces": "cs", "chi": "zh", "cze": "cs", "dan": "da", "deu": "de",
    "dut": "nl", "ell": "el", "eng": "en", "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "gre": "el",
    "heb": "he", "hin": "hi", "hun": "hu", "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "nor": "no",
    "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr",
    "ukr": "uk", "zho": "zh",
}  # fmt: skip
"""ISO 639-2 and 639-3 codes of languages that have a two-letter code, which BCP 47 wants."""


def seg_text(text: str) -> str:
    r"""A text as XML and spreadsheets hold it: NFC, without characters that XML forbids, without outer white space.

    >>> seg_text(" Oui\x0b !\n")
    'Oui !'
    """
    return unicodedata.normalize("NFC", xml_text(text)).strip()


@lru_cache(maxsize=256)
def language_tag(code: str) -> str:
    """A language code of another tool as BCP 47 writes it.

    >>> [language_tag(code) for code in ("fra", "fr_FR", "EN-us", "zh_hant_tw", "*all*")]
    ['fr', 'fr-FR', 'en-US', 'zh-Hant-TW', '*all*']
    """
    language, *rest = code.strip().replace("_", "-").split("-")
    language = language.lower()
    return "-".join([_CODES.get(language, language), *map(_subtag, rest)])


def _subtag(part: str) -> str:
    """A region in capitals, a script capitalised, anything else small."""
    if len(part) == 2:
        return part.upper()
    return part.capitalize() if len(part) == 4 and part.isalpha() else part.lower()
