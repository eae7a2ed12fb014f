"""Letters and Roman numerals that say which one is meant: *annexe A*, *titre VII*, *Louis XIV*, *P-4*.

Numbers in digits are looked at by `aligner.checks.numbers`, ordinals in Roman numerals by `aligner.checks.ordinals`.
Start reading at `references`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.findings import Pair, Remark
from aligner.checks.markup import without_code
from aligner.languages.figures import Figure, Writing, find_figures, values
from aligner.languages.words import Span, Spans, right_before

_LETTER = re.compile(r"(?<![\w.’'&/°-])(?:[A-Z])(?![\w’'&/°]|\.[\w]|[ \u00a0][-–]t-)")
_CODE = re.compile(r"(?<![\w/.-])([A-Z])([-‑]\d{1,4})(?![\w/.-]*\w)")
_KING = re.compile(r"[^\W\d_a-zà-ÿœ]\w+[ \u00a0]\Z")
"""A capitalised word, of which a Roman numeral is the number."""


def references(pair: Pair) -> Iterator[Remark]:
    """A letter or a Roman numeral after a noun or a name became another or is missing: a part, an annex, a king.

    Example: Voir l'annexe A. → See Annex B.
    """
    yield from _letters(pair)
    yield from _numerals(pair)
    yield from _codes(pair)


def _letters(pair: Pair) -> Iterator[Remark]:
    """Capitals that stand alone; *A* and *I* are words of English."""
    source, target = without_code(pair.source), without_code(pair.target)
    there = {match[0]: Span(*match.span()) for match in _LETTER.finditer(target)}
    said = {match[0] for match in _LETTER.finditer(source)}
    listed = {letter for word in re.findall(r"(?<!\w)[A-Z]{2,}(?!\w)", target) for letter in word}
    for match in _LETTER.finditer(source):
        letter = match[0]
        noun = _noun(pair, source, match.start())
        if letter in there or letter in listed or not noun or _is_said(pair, letter):
            continue
        nouns = pair.languages.target.references
        others = [
            span
            for other, span in there.items()
            if other not in said and nouns.search(right_before(target, span.start)[-20:])
        ]
        yield _remark(pair, Span(*match.span()), others)


def _noun(pair: Pair, text: str, end: int) -> str:
    """The noun right before a place that a reference may follow; empty where none stands there."""
    before = right_before(text, end).rstrip(' \u00a0(«“"')
    word = re.search(r"[^\W\d_]+\Z", before)
    return word[0] if word and pair.languages.source.references.fullmatch(word[0].rstrip("s")) else ""


def _is_said(pair: Pair, letter: str) -> bool:
    """Whether a small letter or a numeral says the same: *point A*, *item (a)*; of *I*, *V* and *X* their numbers."""
    # *a* is also an article.
    after = r"(?=\))" if letter in "AI" else r"(?!\w)"
    return bool(re.search(rf"(?<!\w){letter.lower()}{after}", pair.target)) or letter in "IVXLCDM"


def _numerals(pair: Pair) -> Iterator[Remark]:
    here, there = pair.languages.source, pair.languages.target
    source = [each for each in find_figures(pair.source, here) if each.writing is Writing.ROMAN]
    if not source:
        return
    present = values(pair.target, there)
    known = values(pair.source, here)
    new = [
        each
        for each in find_figures(pair.target, there)
        if each.writing is Writing.ROMAN and not each.readings & known and _is_numeral(pair.target, each)
    ]
    for figure in source:
        text = figure.span.of(pair.source)
        if figure.readings & present or re.search(rf"\b{text}(?!\w)", pair.target):
            continue
        noun = _noun(pair, pair.source, figure.span.start)
        is_king = len(text) > 1 and bool(_KING.search(right_before(pair.source, figure.span.start)))
        if noun or (is_king and _is_numeral(pair.source, figure)):
            yield _remark(pair, figure.span, [each.span for each in new])


def _is_numeral(text: str, figure: Figure) -> bool:
    """Whether capitals are a number and no initial, acronym or pronoun: *CD*, *MC*, *I*."""
    numeral = figure.span.of(text)
    return len(numeral) > 1 and set(numeral) <= set("IVX")


def _codes(pair: Pair) -> Iterator[Remark]:
    """Letters before a number: *P-4* that became *D-4*."""
    there = [(match, Span(*match.span())) for match in _CODE.finditer(pair.target)]
    for match in _CODE.finditer(pair.source):
        same = [span for other, span in there if other[2].strip("-‑") == match[2].strip("-‑")]
        if same and all(other[1] != match[1] for other, span in there if span in same):
            is_new = [span for span in same if span.of(pair.target) not in pair.source]
            if is_new:
                yield _remark(pair, Span(*match.span()), is_new)


def _remark(pair: Pair, before: Span, after: list[Span]) -> Remark:
    text = before.of(pair.source)
    there: Spans = tuple(after[:1])
    return Remark(f"{text} became {after[0].of(pair.target)}" if after else f"{text} is missing", (before,), there)
