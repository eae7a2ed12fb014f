"""What the headings of a table mean, in any of the forms that tools and people write.

    "fr-FR", "French", "French (France)", "French_Term", "Terme français"   a language
    "source", "Term source", "Source text"                                  the source
    "target", "cible", "Translation"                                        the target
    "Note", "Remarque" · "Status", "État"                                   what is said of them
    "Entry_ID", "French_Term_Info", "domain", "pos"                         something else, but surely a heading

Nothing is guessed from the content of a column. Start reading at `heading_of`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from aligner.languages.tags import base_language, language_tag
from aligner.languages.words import fold


class Meaning(StrEnum):
    """What a column holds."""

    SOURCE = "source"
    TARGET = "target"
    LANGUAGE = "language"
    """Texts in a language that the heading names: whether it is the source, the other headings tell."""
    STATUS = "status"
    NOTE = "note"
    OTHER = "other"
    """Something that is of no use here, but that surely is a heading."""
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, understood."""

    meaning: Meaning
    language: str = ""
    """The tag of the language that it names."""
    is_of_language: bool = False
    """Whether it has the word *language* in it: of two columns for one side it is that of the codes."""


_ROLES = {
    **dict.fromkeys(("source", "sources"), Meaning.SOURCE),
    **dict.fromkeys(("target", "cible", "translation", "traduction", "rendering", "equivalent"), Meaning.TARGET),
    **dict.fromkeys(("status", "statut", "etat"), Meaning.STATUS),
    **dict.fromkeys(
        ("note", "notes", "comment", "comments", "remark", "remarks", "remarque", "remarques", "commentaire",
         "commentaires"), Meaning.NOTE,
    ),
    **dict.fromkeys(
        ("id", "ids", "number", "numero", "subject", "sujet", "domain", "domaine", "field", "pos", "speech", "partie",
         "grammar", "gender", "genre", "nombre", "info", "information", "definition", "description", "example",
         "exemple", "context", "contexte", "usage", "image", "graphic", "client", "project", "projet", "date",
         "created", "modified", "changed", "author", "auteur", "user", "creator", "modifier", "meta", "type",
         "category", "categorie", "url", "link", "synonym", "synonyms", "synonyme", "synonymes", "lang", "locale",
         "code", "confidence", "quality", "origin", "document", "tags"), Meaning.OTHER,
    ),
}  # fmt: skip
"""Words of a heading that say what it is, without capitals and accents."""
_FILLERS = frozenset(
    ("term", "terms", "terme", "termes", "text", "texte", "textes", "segment", "segments", "sentence", "phrase",
     "expression", "expressions", "word", "words", "mot", "mots", "column", "language", "langue", "string", "entry",
     "of", "the", "de", "du", "la", "le", "in", "part")
)  # fmt: skip
"""Words that stand beside those and change nothing."""
_SOURCE_ALONE = frozenset(("term", "terms", "terme", "termes"))
"""A column that is called no more than this is the source."""
_LANGUAGES = {
    name: code
    for code, names in {
        "ar": "arabic arabe", "cs": "czech tcheque", "da": "danish danois dansk", "de": "german allemand deutsch",
        "el": "greek grec", "en": "english anglais englisch ingles", "es": "spanish espagnol espanol castilian",
        "fi": "finnish finnois suomi", "fr": "french francais franzosisch frances", "hu": "hungarian hongrois magyar",
        "it": "italian italien italiano", "ja": "japanese japonais", "ko": "korean coreen",
        "nl": "dutch neerlandais nederlands", "no": "norwegian norvegien norsk", "pl": "polish polonais polski",
        "pt": "portuguese portugais portugues", "ro": "romanian roumain", "ru": "russian russe",
        "sv": "swedish suedois svenska", "tr": "turkish turc", "uk": "ukrainian ukrainien", "zh": "chinese chinois",
    }.items()
    for name in names.split()
}  # fmt: skip
_REGIONS = frozenset(
    ("france", "canada", "canadian", "canadien", "belgium", "belgique", "switzerland", "suisse", "luxembourg", "us",
     "usa", "uk", "gb", "united", "states", "kingdom", "british", "american", "britannique", "americain", "ireland",
     "australia", "etats", "unis", "royaume", "uni", "international", "world", "standard", "germany", "allemagne")
)  # fmt: skip
_CODES = frozenset((*_LANGUAGES.values(), "bg", "ca", "et", "eu", "ga", "gl", "he", "hi", "hr", "id", "is", "lt", "lv",
                    "mt", "nb", "nn", "sk", "sl", "sq", "sr", "th", "vi"))  # fmt: skip
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?")
_WORDS = re.compile(r"[^\W_]+")


def heading_of(cell: str) -> Heading:
    """What a heading means, whatever its capitals, accents, underscores and brackets.

    >>> [heading_of(cell).language for cell in ("French_Term", "fr_fr")], heading_of("Term source").meaning.value
    (['fr', 'fr-FR'], 'source')
    >>> heading_of("English_Term_Info").meaning.value, heading_of("bail").meaning.value
    ('other', '')
    """
    tag = _TAG.fullmatch(cell.strip())
    # "id" is Indonesian and "no" Norwegian, but hardly ever at the head of a column.
    if tag and base_language(cell) in _CODES and cell.strip().lower() not in _ROLES and cell.strip().lower() != "no":
        return Heading(Meaning.LANGUAGE, language_tag(cell))
    words = _WORDS.findall(fold(cell))
    roles = {_ROLES[word] for word in words if word in _ROLES}
    languages = {_named(word) for word in words} - {""}
    # A code is one beside words of headings only: *Terme_FR*, but not *terme en français*.
    languages = languages or {word for word in words if word in _CODES - _REGIONS - _FILLERS - {"no"}} - roles
    beside = {*_ROLES, *_FILLERS, *_REGIONS, *languages, "en"}
    # One word that is not of a heading's, and this may be any text.
    if not words or not all(word in beside or _named(word) for word in words):
        return Heading(Meaning.UNKNOWN)
    for meaning in (Meaning.OTHER, Meaning.NOTE, Meaning.STATUS):
        if meaning in roles:
            return Heading(meaning)
    language = languages.pop() if len(languages) == 1 else ""
    if len(roles) == 1:
        return Heading(roles.pop(), language, is_of_language=bool({"language", "langue"} & set(words)))
    if language:
        return Heading(Meaning.LANGUAGE, language)
    return Heading(Meaning.SOURCE if len(words) == 1 and words[0] in _SOURCE_ALONE else Meaning.UNKNOWN)


def languages_in(cell: str) -> set[str]:
    """The languages that a heading names, whatever else it says.

    >>> languages_in("English_Term_Info"), languages_in("Statut (en)")
    ({'en'}, {'en'})
    """
    words = _WORDS.findall(fold(cell))
    return {_named(word) for word in words} - {""} or {word for word in words if word in _CODES - _FILLERS}


def _named(word: str) -> str:
    """The language that a word names, in the feminine too (*traduction anglaise*); else nothing."""
    return _LANGUAGES.get(word, _LANGUAGES.get(word.removesuffix("e"), ""))


def sides(headings: Sequence[Heading], source: str = "", target: str = "") -> list[Meaning]:
    """What each column is, languages settled: the source and the target of a pair, or of the first two named.

    A language that is neither is `Meaning.OTHER`. Where the headings say *source* and *target* themselves, that counts.
    """
    named = [heading.language for heading in headings if heading.meaning is Meaning.LANGUAGE]
    bases = list(dict.fromkeys(map(base_language, named)))
    roles = {heading.meaning for heading in headings}
    # Without a pair the first language is the source. A heading "source" beside languages leaves only the other one.
    first = base_language(source) if source else "" if Meaning.SOURCE in roles else next(iter(bases), "")
    rest = [base for base in bases if base != first]
    second = base_language(target) if target else "" if Meaning.TARGET in roles else next(iter(rest), "")
    meanings = {first: Meaning.SOURCE, second: Meaning.TARGET} if first != second else {first: Meaning.SOURCE}
    found = []
    for heading in headings:
        settled = meanings.get(base_language(heading.language), Meaning.OTHER)
        # "Source (English)" in a table for French into English: the language tells, not the direction of the table.
        is_side = heading.meaning in (Meaning.SOURCE, Meaning.TARGET) and heading.language and source and target
        found.append(settled if is_side or heading.meaning is Meaning.LANGUAGE else heading.meaning)
    # "Source term" and "Source language": the texts and their codes.
    return [
        Meaning.OTHER if heading.is_of_language and found.count(meaning) > 1 else meaning
        for heading, meaning in zip(headings, found, strict=True)
    ]
