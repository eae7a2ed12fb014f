"""Which side of a file is which: the languages of the corpus decide, not those that a file names first.

Start reading at `closest`.
"""

from __future__ import annotations

from collections.abc import Iterable

from aligner.formats.exchange.units import Variant
from aligner.languages.tags import base_language, language_tag


def closest(variants: Iterable[Variant], wanted: str) -> list[Variant]:
    """The variants in a language, those nearest to it first: the tag itself, varieties of it, other varieties.

    >>> [v.language for v in closest([Variant("fr-CA", "a"), Variant("en", "b"), Variant("fr-FR", "c")], "fr_FR")]
    ['fr-FR', 'fr-CA']
    """
    ranked = [(rank, variant) for variant in variants if (rank := distance(variant.language, wanted)) is not None]
    # Stable: of equals the first in the file comes first.
    return [variant for _, variant in sorted(ranked, key=lambda pair: pair[0])]


def fits_language(language: str, wanted: str) -> bool:
    """Whether a language is the wanted one or a variety of it.

    >>> fits_language("fr-CA", "fr"), fits_language("frr", "fr")
    (True, False)
    """
    return distance(language, wanted) is not None


def distance(language: str, wanted: str) -> int | None:
    """How far a language is from the wanted one, 0 to 2; None: it is another language."""
    a, b = language_tag(language).lower(), language_tag(wanted).lower()
    if a == b:
        return 0
    if a.startswith(f"{b}-") or b.startswith(f"{a}-"):
        return 1
    return 2 if base_language(a) == base_language(b) else None


def is_turned(found: tuple[str, str], wanted: tuple[str | None, str | None]) -> bool:
    """Whether a file has the two wanted languages the other way round.

    >>> is_turned(("en-GB", "fr"), ("fr", "en")), is_turned(("fr", "en"), (None, None))
    (True, False)
    """
    have, want = [base_language(tag) for tag in found], [base_language(tag or "") for tag in wanted]
    return have != want and have == want[::-1]
