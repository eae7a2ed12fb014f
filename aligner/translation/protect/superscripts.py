"""Raised and lowered digits: the marks of footnotes (*texte¹*), powers (*10³*, *m²*), formulas (*CO₂*).

Tokenizers read them as plain ones, and *Texte¹* comes out as *Text1*. The mark of a footnote at the end of a sentence
is kept from the model (`note_apart`, `with_note`); the others get their shape back where the model wrote them plain
(`with_superscripts`). A mark that is lost is the loss of a protected stretch (`notes`).
"""

from __future__ import annotations

import re
import unicodedata

from aligner.languages.marks import Span

_RAISED = re.compile(r"[⁺⁻]?[⁰¹²³⁴-⁹]+")
_DIGITS = re.compile(r"[⁺⁻⁰¹²³⁴-⁹₀-₉]*[⁰¹²³⁴-⁹₀-₉]")
_METRES = re.compile(r"(?<![^\W\d_])(?:[kcdmhnµ]|da)?m\Z")
_LONGEST_UNIT, _LONGEST_STEM = 4, 20
_END = re.compile(r"[\s.,;:!?…)\]»”\"]*\Z")
_STEM = re.compile(r"\d+\Z")
_WORD = re.compile(r"\w+")
_AFTER_WORD = r"(?:(?<=[^\W\d_])|(?<=[^\W\d_][.,;:)\]»”\"'])|(?<=[^\W\d_]\.[”\"]))"


def notes(text: str) -> list[Span]:
    """Where the raised numbers of a text stand, but for square and cubic metres, which may be put in words.

    >>> text = "Texte¹ de 10 m²"
    >>> [text[start:end] for start, end in notes(text)]
    ['¹']
    """
    found = (match.span() for match in _RAISED.finditer(text))
    return [span for span in found if not _METRES.search(text[max(0, span[0] - _LONGEST_UNIT) : span[0]])]


def note_apart(text: str) -> tuple[str, str]:
    """A text without the raised number after its last word, and this number.

    >>> note_apart("Il vient¹.")
    ('Il vient.', '¹')
    """
    # Only this one: where one inside the sentence is lost, the model is made to try again.
    start, end = (notes(text) or [(0, 0)])[-1]
    if start and text[start - 1].isalpha() and _END.match(text, end):
        return text[:start] + text[end:], text[start:end]
    return text, ""


def with_note(text: str, note: str) -> str:
    """A text with a raised number after its last word; a comma parts it from another one there.

    >>> with_note("He comes.", "¹"), with_note("He comes¹.", "²")
    ('He comes¹.', 'He comes¹,².')
    """
    end = _END.search(text) if note else None
    if end is None:
        return text
    words = text[: end.start()]
    return words + ("," if _RAISED.match(words[-1:]) else "") + note + text[end.start() :]


def with_superscripts(source: str, output: str) -> str:
    """An output whose digits are raised or lowered where those of its source are.

    A number that the source has as a plain word, or in one, stays.

    >>> with_superscripts("Le CO₂¹, 10 m² et 10³ du A1", "The CO21, 10 m2 and 103 of A1")
    'The CO₂¹, 10 m² and 10³ of A1'
    """
    runs = list(_DIGITS.finditer(source))
    # *A1* beside *texte¹* is a word of its own: its digit must not be raised.
    plain = set(_WORD.findall(source)) if runs else set()
    marks = {end for _, end in notes(source)}
    for run in runs:
        digits = re.escape(unicodedata.normalize("NFKC", run[0]))
        # What stands before the digits in French says what stands before them in English: the base of a power, a
        # space, any word for the mark of a note (words are translated), the last letter of a unit or formula.
        before = source[max(0, run.start() - _LONGEST_STEM) : run.start()]
        if stem := _STEM.search(before):
            place = rf"(?<![\w.,]){stem[0]}"
        elif not before or before[-1].isspace():
            place = r"(?<!\S)"
        else:
            place = _AFTER_WORD if run.end() in marks else rf"(?<={re.escape(before[-1])})"
        for match in re.finditer(rf"({place})({digits})(?!\d)", output):
            end = match.end()
            around = (word[0] for word in _WORD.finditer(output) if word.start() < end <= word.end())
            if plain.isdisjoint(around):
                output = output[: match.start(2)] + run[0] + output[end:]
                break
    return output
