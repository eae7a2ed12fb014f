"""How French is spelled for a model: the first article, the sign of a number, words in capitals."""

from __future__ import annotations

import re
from collections.abc import Container

_FIRST_ARTICLE = re.compile(
    r"((?:\b(?:article|art\.|chapitre|titre|section|alinéa) )(?:[LRD]\. ?)?1)er\b", re.IGNORECASE
)
_NUMBERED_ARTICLE = re.compile(
    r"(?:[Aa]rticles?|ARTICLES?) (?:[LRD]\. ?)?\d+(?:-\d+)*(?: (?:bis|ter|quater))?(?: ?[.:])?"
)
_NUMBER_SIGN = re.compile(r"(?<!\w)([nN]) ?°s? ?(?=\d)")
_NUMBER_OF = re.compile(r"(?<!\w)([nN]) ?°(?= ?[^\W\d_])")
_ANGLE_QUOTATION = re.compile(
    r"""
    (?<![\w<]) <<\s* ([^\W\d_] [^<>]*? [\w.,;:!?…)%]) \s*>> (?![\w>])    # a quotation,
  | \A<<\s*(?=[^\W\d_])                                                 # the beginning of one,
  | (?: (?<=[.!?…)%])\s* | (?<=\w)\s+ ) >>(?=[.,;:!?]*\Z)                  # the end of one
    """,
    re.VERBOSE,
)
_SPELLED_LIKE_A_WORD = re.compile(
    r"""
    (?=.{5})                                        # shorter words may be acronyms, whatever they look like,
    (?!AL[EÉ][CN])                                  # and so may the beginnings of two that are frequent
    (?: .*[ÀÂÇÈÉÊËÎÏÔÙÛŒ].*                         # an accent, or
      | .+(?: ES? | [EI]R | IONS? | EURS?           # an ending that French words have
            | [AE]NTS? | [AEOU]I?TS? | AUX | [AE]LS?
            | [EI]FS? | [DN]US? | EAUX? | ORTS?
            | OURS? | VIS ) )
    """,
    re.VERBOSE,
)
_SPELLED_ALIKE = frozenset(
    ["ADEME", "ANASE", "ANSES", "CITES", "COREPER", "FEDER", "IFREMER", "INRAE", "INSEE", "MEDEF", "SIRET", "UNICE"]
)
"""Acronyms with such an ending."""
_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
"""Roman, to 39."""
_OPENING = re.compile(r"([A-ZÀ-ÝŒ]{2,})(?: QUE(?= )| QU')?(?=[^\W\d_A-ZÀ-ÝŒ]|,? [a-zà-ÿœ]\w*)")
_SHORT_OPENINGS = frozenset({"VU", "VUS", "VUE", "VUES"})


def without_first_article(text: str) -> str:
    """A text whose first article is counted like the others, as English does.

    >>> without_first_article("Article 1er, le 1er mai")
    'Article 1, le 1er mai'
    """
    return _FIRST_ARTICLE.sub(r"\1", text)


def is_numbered_article(text: str) -> bool:
    """Whether a text is nothing but the number of an article, which English writes alike.

    >>> is_numbered_article("Article 12"), is_numbered_article("Article 12 du traité")
    (True, False)
    """
    return bool(_NUMBERED_ARTICLE.fullmatch(text.strip()))


def english_article(text: str) -> str:
    """The number of an article, alone, as English writes it; any other text as it is.

    >>> english_article("Article 1er :"), english_article("1er mai")
    ('Article 1:', '1er mai')
    """
    plain = without_first_article(text)
    return re.sub(r" (?=[.:]$)", "", plain) if is_numbered_article(plain) else text


def _guillemets(found: re.Match[str]) -> str:
    if found[1]:
        return f"« {found[1]} »"
    return "« " if "<" in found[0] else " »"


def with_guillemets(text: str) -> str:
    """A text whose quotation marks are not made of angle brackets; a quotation may begin or end in another sentence.

    >>> with_guillemets("le << plan >> et la <<paix>>"), with_guillemets("<< Il vient."), with_guillemets("a << 2")
    ('le « plan » et la « paix »', '« Il vient.', 'a << 2')
    """
    return _ANGLE_QUOTATION.sub(_guillemets, text) if "<<" in text or ">>" in text else text


def with_plain_number_sign(text: str) -> str:
    """A text with ``n°`` spelled as models read ``nº``, their Unicode normal form being NFKC.

    That is ``no`` before a number, which English has as *No.*; the whole word where what follows would make *no* of it.

    >>> with_plain_number_sign("N° de la loi n°78-17")
    'Numéro de la loi no 78-17'
    """
    return _NUMBER_OF.sub(r"\1uméro", _NUMBER_SIGN.sub(r"\1o ", text))


def lower_word(text: str, acronyms: Container[str] = ()) -> str | None:
    """A single word in capitals that is spelled like a French word, as a heading has it; None for any other text.

    >>> lower_word("DÉCIDE :"), lower_word("UNESCO"), lower_word("LES ÉTATS")
    ('Décide :', None, None)
    """
    words = re.findall(r"\w+", text)
    if len(words) != 1 or not text.isupper() or not _is_spelled_like_a_word(words[0], acronyms):
        return None
    lower = text.lower()
    return lower[:1].upper() + lower[1:]


def lower_opening(text: str, acronyms: Container[str] = ()) -> str:
    """A sentence whose first word alone is in capitals, as acts have it, without them.

    >>> lower_opening("VU le code"), lower_opening("CONSIDÉRANT QU'il pleut"), lower_opening("UNESCO et culture")
    ('Vu le code', "Considérant qu'il pleut", 'UNESCO et culture')
    """
    opening = _OPENING.match(text)
    if opening is None or not (opening[1] in _SHORT_OPENINGS or _is_spelled_like_a_word(opening[1], acronyms)):
        return text
    return opening[0].capitalize() + text[opening.end() :]


def _is_spelled_like_a_word(word: str, acronyms: Container[str]) -> bool:
    """Whether one word in capitals is unlikely to be an acronym."""
    known = word in acronyms or word in _SPELLED_ALIKE
    return not known and bool(_SPELLED_LIKE_A_WORD.fullmatch(word)) and not _NUMERAL.fullmatch(word)
