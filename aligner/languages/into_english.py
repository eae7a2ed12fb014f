"""Mending of English that a model wrote, whatever it was translated from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_FOREIGN_SPACE = re.compile(
    r"""
    (?<=\S)
    (?! (?<=\b1)\s:\s\d[\d\ ,]*00 )      # not in the scale of a map: 1 : 50 000
    \s+
    (?= [;:](?!\S)                       # a face, :-), goes on
      | [!?]+(?![^\s)\]»”"']) )
  | (?<=\S\s\() \ (?=\w)                 # behind an opening bracket
    """,
    re.VERBOSE,
)
"""The space that French has before some punctuation, and the one that lost quotation marks leave."""
_NUMBER_SIGN = re.compile(r"\b[Nn][°º] ?(?=\d)")
_FOREIGN_NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+,\d+")
_DOUBLE = re.compile(r'(?<![^\s(\[])"\s*([^"]*?)\s*"(?![^\s.,;:!?)\]])|\A"\s+(?=\w)')
"""A quotation, and one that goes on in the next sentence."""
_SINGLE = re.compile(r"(?<![^\s(\[])'\s?((?:[^'\"]|(?<=\w)'(?=\w))+?)\s?'(?![^\s.,;:!?)\]])")
_SINGLE_MARK = re.compile(r"(?<!\w)'|'(?!\w)")
_IN_DOUBLE = re.compile(r'("[^"]*")')
_QUOTATION = re.compile(r'[«“]|"[^"]+"')
_NESTED = re.compile("«[^«»“”]*“[^«»“”]*”[^«»“”]*»")
_NESTED_OUTPUT = re.compile(r'\A([^"]*)"([^"]*(?<![^\s(\[]))"([^"]*)"([^"]*)"(?=[^"]*\Z)')
_OPENERS = frozenset(
    """
    The A An This That These Those There It He She They We You Its His Her Their Our Your In On At By For From With
    Without Within Of To Into Through During After Before Between Under Over About And Or But Nor Because Which Who When
    Where While What How As If Not All Some Any Each Both Such Also However Then Than
    """.split()  # noqa: SIM905 - a list of words reads better as a text
)
"""Words that an English clause opens with and that need no capital inside a sentence."""
_CAPITALISED = re.compile(
    r"""
    I\b | \w+[A-Z0-9] | \w+(?:ish|ese|ian|ean|i|can)s?\b
  | (?: French|German|Greek|Dutch|Swiss|Turk|Czech|Thai|Danes?|Finn|Swede|Pole|Scot|Arab      # peoples
      | Christ|Islam|Muslim|Jew|Catholic|Buddh|God                                            # religions
      | Europe|Internet|Mr|Ms|Dr|State|Government
      | (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day
      | January|February|March|April|May|June|July|August|September|October|November|December )
    """,
    re.VERBOSE,
)
"""Beginnings of words that have a capital in English where other languages have none."""


def small_clause(source: str, output: str) -> str:
    """An output for a clause inside a sentence without the capital that only a sentence has, unless it is a name's.

    >>> small_clause("il vient", "He comes"), small_clause("le Mali vient", "Mali comes")
    ('he comes', 'Mali comes')
    """
    opener = re.match(r"\w+", output)
    is_opener = bool(opener and opener[0] in _OPENERS)
    # A source without any capital has no name that the output could begin with.
    is_no_name = source == source.lower() and not _CAPITALISED.match(output)
    return output[:1].lower() + output[1:] if source[:1].islower() and (is_opener or is_no_name) else output


def with_number_sign(text: str) -> str:
    """A text with the sign of a number as English writes it.

    >>> with_number_sign("DECISION N° 45, note 2°")
    'DECISION No. 45, note 2°'
    """
    return _NUMBER_SIGN.sub("No. ", text)


def with_quotes(source: str, output: str) -> str:
    r"""An English output whose quotations have double marks close to their words, where the source quotes something.

    >>> with_quotes("le « oui » et le « non »", "the ' yes' and the \" no\"")
    'the "yes" and the "no"'
    >>> with_quotes("le « oui » des ouvriers", "the workers' 'yes'")
    "the workers' 'yes'"
    """
    quoted = len(_QUOTATION.findall(source))
    if not quoted or ("'" not in output and '"' not in output):
        return output
    parts = _IN_DOUBLE.split(output)
    for i in range(0, len(parts), 2):
        found = _SINGLE.findall(parts[i])
        # Another single mark may be a genitive's: who knows then which of them close?
        if found and len(_SINGLE_MARK.findall(parts[i])) == 2 * len(found) <= 2 * quoted:
            parts[i] = _SINGLE.sub(r'"\1"', parts[i])
    mended = "".join(parts)
    if _NESTED.search(source):
        # A quotation within a quotation, which has the same marks in the output, gets the single ones.
        mended = _NESTED_OUTPUT.sub(lambda m: f"{m[1]}\"{m[2]}'{m[3]}'{m[4]}\"", mended)
    return _DOUBLE.sub(lambda m: '"' if m[1] is None else f'"{m[1]}"', mended)


def english_number(text: str) -> str:
    """A number written the French way in English; anything else as it is.

    >>> english_number("1 234,5"), english_number("1,5 %")
    ('1,234.5', '1,5 %')
    """
    return text.translate({32: ",", 44: "."}) if _FOREIGN_NUMBER.fullmatch(text) else text


def without_foreign_spaces(text: str, protected: Callable[[], Sequence[tuple[int, int]]] = list) -> str:
    """A text without the spaces that French has before some punctuation, but for those in `protected` stretches.

    >>> without_foreign_spaces("Why ? (No !) :-) 1 : 2")
    'Why? (No!) :-) 1: 2'
    """
    if not _FOREIGN_SPACE.search(text):
        return text
    kept = protected()  # asked for only where there is something to change: most texts have nothing
    return _FOREIGN_SPACE.sub(lambda m: m[0] if any(a <= m.start() < b for a, b in kept) else "", text)


def with_colon(source: str, output: str) -> str:
    """An English output with the colon or semicolon that its source ends with, before a list or in one.

    >>> with_colon("Il a dit :", "He said."), with_colon("Tél. :", "Tel."), with_colon("le plan ;", "the plan.")
    ('He said:', 'Tel.:', 'the plan;')
    """
    mark = source[-1:]
    if not output or mark not in {":", ";"} or mark in output[-3:]:
        return output
    return output.rstrip(" .,;:!?…—–-".replace(source[:-1].rstrip()[-1:], "")) + mark
