"""How the files that people exchange write languages and texts: TMX, XLIFF, XLSX and glossaries alike."""

from __future__ import annotations

import unicodedata

from aligner.errors import InputError
from aligner.formats.xml.markup import xml_text
from aligner.languages.tags import language_tag
from aligner.model import USUAL_LANGUAGES, Languages

__all__ = ["language_tag", "parse_locale", "seg_text"]


def seg_text(text: str) -> str:
    r"""A text as a seg holds it: NFC, without characters that XML forbids, without outer white space.

    >>> seg_text(" Oui\x0b !\n")
    'Oui !'
    """
    return unicodedata.normalize("NFC", xml_text(text)).strip()


def parse_locale(text: str, languages: Languages = USUAL_LANGUAGES) -> dict[str, str]:
    """Language tags to write, from a list such as ``fr-FR,en-GB``; InputError for another language or another notation.

    >>> parse_locale("en-gb")
    {'en': 'en-GB'}
    """
    found = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        language, _, region = part.replace("_", "-").partition("-")
        if not (language.isascii() and language.isalpha() and region.replace("-", "").isalnum() and region.isascii()):
            raise InputError(
                f"'{part}' is not a language tag with a region", where="--locale", hint="write fr-FR,en-GB"
            )
        # the region is free, the language is not: a tag for another one would mark the texts wrongly
        if language.lower() not in languages:
            raise InputError(
                f"'{part}' is neither {' nor '.join(languages)}", where="--locale", hint="write fr-FR,en-GB"
            )
        found[language.lower()] = f"{language.lower()}-{region.upper() if len(region) == 2 else region}"
    return found
