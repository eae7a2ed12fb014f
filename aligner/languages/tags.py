"""Language tags, in whatever form they come: ``fr``, ``FR``, ``fr_FR``, ``fra``, ``fr-CA``. The one place for them."""

from __future__ import annotations

from functools import lru_cache

_CODES = {
    "ara": "ar", "bul": "bg", "cat": "ca", "ces": "cs", "chi": "zh", "cze": "cs", "dan": "da", "deu": "de",
    "dut": "nl", "ell": "el", "eng": "en", "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "gre": "el",
    "heb": "he", "hin": "hi", "hun": "hu", "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "nor": "no",
    "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr",
    "ukr": "uk", "zho": "zh",
}  # fmt: skip
"""ISO 639-2 and 639-3 codes of languages that have a two-letter code, which BCP 47 wants."""


@lru_cache(maxsize=256)
def language_tag(code: str) -> str:
    """A language code as BCP 47 writes it.

    >>> [language_tag(code) for code in ("fra", "fr_FR", "EN-us", "zh_hant_tw", "*all*")]
    ['fr', 'fr-FR', 'en-US', 'zh-Hant-TW', '*all*']
    """
    first, *rest = code.strip().replace("_", "-").split("-")
    language = first.lower()
    parts = [_CODES.get(language, language)]
    for part in rest:
        # A region in capitals, a script capitalised, anything else small (RFC 5646, section 2.1.1).
        if len(part) == 2:
            parts.append(part.upper())
        else:
            parts.append(part.capitalize() if len(part) == 4 and part.isalpha() else part.lower())
    return "-".join(parts)


def base_language(code: str) -> str:
    """The language alone, without region and script.

    >>> [base_language(code) for code in ("fr_FR", "FR", "fra", "fr-CA", "pt_BR", "")]
    ['fr', 'fr', 'fr', 'fr', 'pt', '']
    """
    return language_tag(code).partition("-")[0]
