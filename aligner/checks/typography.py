"""Punctuation of the target: what belongs together, what is French, how the segment ends.

A segment may hold half of a quotation or of a bracket; where the source does, the target may. Start reading anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.findings import Pair, Remark
from aligner.checks.lexical import has_counterpart, stems_of
from aligner.checks.names import without_addresses
from aligner.languages.words import Span, words

_PAIRS = {")": "(", "]": "[", "}": "{"}
_NO_BRACKETS = re.compile(r"(?:^|[.;:,]\s|\s(?:and|or|et|ou)\s)\W{0,2}(?:\w{1,4}|\w+\.\w+)\)|[:;=8]-?[()]")
"""``a)``, ``1.2)`` at the head of an item; smileys."""
_BRACKETED = re.compile(r"\(([^()]{3,})\)")
_FRENCH_MARKS = re.compile("[«»]")
_SPACED = re.compile(r"(?<=[\w)\]”\"'’%])[ \u00a0\u202f]+([;:!?])(?=$|[\s”\"'’»])")
_FRENCH_FIGURES = re.compile(
    r"""
    (?<![\w.,])                                                # 1 234,5  1.234,56  1.234.567
    (?:\d{1,3}(?: (?:[\ \u00a0\u202f]\d{3})+,\d{1,2} | (?:\.\d{3})+,\d{1,2} | (?:\.\d{3}){2,} ))
    (?![\w,]|\.\d)
  | (?<![\w.,])\d+,\d{1,2}(?=[\ \u00a0\u202f]?[%€])           # 12,5 %
  | (?<![\w.-])                                               # XIXe, 1er
    (?: (?:[IVX]{1,6}|\d+)(?:e|ème|eme|èmes) | (?:I|1)(?:er|re|ère) )
    (?![\w-])
    """,
    re.VERBOSE,
)
"""Numbers with French separators, and ordinals with French endings."""
_STRAIGHT, _AFTER_DIGIT = re.compile(r'(?<!\d)"'), re.compile(r'(?<=\d)"')
"""A straight quotation mark; after a digit it may mean inches or seconds."""
_DIRECTED = re.compile("[“„«”»]")
_GENITIVE = re.compile(r'(?<=s)"(?= \(?[A-Za-z])')
"""An apostrophe that became a quotation mark, as in *the plaintiffs" lawyer*."""
_SINGLE = re.compile(r"(?<![\ws])'(?=\w)|(?<=[\w.,!?])(?<!s)'(?=[\s.,;:)]|$)|(?<=s)'(?=[.,;:)]|$)")
"""A single quotation mark, which may close what a double one has opened; not an apostrophe."""
_ANY_QUOTE = re.compile('["“”„«»]')
_TRAILING = "\"'»”’)]} \u00a0\u202f*_"
_SHORTEST_OF_HEADLINE = 4
"""Letters of words that a headline has in small letters."""
_ENDS = frozenset(".!?…")
_NOTE = re.compile(r"N\.? ?[dD]\.? ?T|\b(?:en|anglais|français|english|french)\b", re.IGNORECASE)
"""In brackets, a translator's note, or one on the language of what is named, which concerns one language alone."""
_SENTENCE = 10
"""Words from which on a segment is no heading, which may lose its full stop."""


def brackets(pair: Pair) -> Iterator[Remark]:
    """A bracket of the target has no partner, although the source is well, or what the source has in brackets is lost.

    Example: L'accord (voir l'annexe) est signé. → The agreement (see annex is signed.
    """
    yield from _lost_brackets(pair)
    unmatched = _unmatched(pair.target)
    if unmatched and not _unmatched(pair.source):
        marks = " ".join(pair.target[span.start] for span in unmatched)
        yield Remark(f"a bracket has no partner: {marks}", target=tuple(unmatched))


def _unmatched(text: str) -> list[Span]:
    """The brackets without a partner; marks of list items are none."""
    # They are paired before list marks are left out, for *(a)* is a pair and *a)* is none.
    passed_over = {i for match in _NO_BRACKETS.finditer(text) for i in range(*match.span())}
    opened: list[int] = []
    lonely: list[int] = []
    for i, character in enumerate(text):
        if character in _PAIRS.values():
            opened.append(i)
        elif character in _PAIRS and opened and text[opened[-1]] == _PAIRS[character]:
            opened.pop()
        elif character in _PAIRS:
            lonely.append(i)
    return [Span(i, i + 1) for i in sorted(opened + lonely) if i not in passed_over]


def _lost_brackets(pair: Pair) -> Iterator[Remark]:
    """What stands in brackets in the source, where the target has fewer of them and nothing that says the same."""
    inside = list(_BRACKETED.finditer(pair.source))
    if len(inside) <= len(_BRACKETED.findall(pair.target)) or len(inside) <= pair.target.count("("):
        return
    present = {word.key for word in words(pair.target)}
    stems = stems_of(present)
    for match in inside:
        if _NOTE.search(match[1]):
            continue
        # Numbers and acronyms have checks of their own, which know how else they are said.
        said = [word for word in words(match[1]) if not word.text.isupper()]
        if not all(word.text.isalpha() for word in said):
            continue
        said = [word for word in said if word.key not in pair.languages.source_words]
        if said and not any(has_counterpart(word.key, present, stems, pair.languages) for word in said):
            yield Remark(f"{match[0]} is missing", source=(Span(*match.span()),))


def quotes(pair: Pair) -> Iterator[Remark]:
    """A quotation mark of the target has no partner in its paragraph; in the source all is well.

    Example: Il a dit « oui ». → He said “yes.
    """
    source, target = pair.source, pair.target
    if pair.around[0] and _is_quoted_well(source) and not _is_quoted_well(target):
        # A quotation of several sentences is opened in one and closed in another.
        source, target = pair.around
    if _is_quoted_well(source) and not _is_quoted_well(target) and not _is_elsewhere(source, target):
        yield Remark("a quotation mark has no partner", target=_spans(_ANY_QUOTE, pair.target))


def _is_elsewhere(source: str, target: str) -> bool:
    """Whether a mark without a partner is an apostrophe, is closed by a single mark, or opens or ends what goes on."""
    marks = len(_ANY_QUOTE.findall(source))
    plain = _GENITIVE.sub("'", target)
    if plain != target and len(_ANY_QUOTE.findall(plain)) == marks:
        return True
    if not marks:
        # Where the source quotes nothing, what the target begins or ends may go on beside it.
        return len(_ANY_QUOTE.findall(target)) == 1 and bool(_ANY_QUOTE.search(target[0] + target[-1]))
    return len(_SINGLE.findall(target)) % 2 == 1


def _is_quoted_well(text: str) -> bool:
    # Guillemets and English marks count together: each language has its own, either may stand inside the other, and
    # some writers have one mark for both ends.
    straight, after_digit = len(_STRAIGHT.findall(text)), len(_AFTER_DIGIT.findall(text))
    is_even = straight % 2 == 0 or (after_digit > 0 and (straight + after_digit) % 2 == 0)
    return is_even and len(_DIRECTED.findall(text)) % 2 == 0


def guillemets(pair: Pair) -> Iterator[Remark]:
    """French quotation marks are left in the English.

    Example: Il a dit « oui ». → He said « yes ».
    """
    spans = _spans(_FRENCH_MARKS, pair.target)
    if spans:
        yield Remark("French quotation marks", target=spans)


def spacing(pair: Pair) -> Iterator[Remark]:
    """A space stands before ; : ! or ? in the English, as in French.

    Example: Qui est venu ? → Who came ?
    """
    for match in _SPACED.finditer(pair.target):
        yield Remark(f"a space before “{match[1]}”", target=(Span(*match.span()),))


def figures(pair: Pair) -> Iterator[Remark]:
    """A number or an ordinal is written as in French: its decimals after a comma, its thousands after full stops.

    Example: Le XXIe siècle a coûté 225 000,00 €. → The XXIe century cost 225 000,00 €.
    """
    if found := _spans(_FRENCH_FIGURES, pair.target):
        texts = ", ".join(pair.target[span.start : span.end] for span in found)
        yield Remark(f"written as in French: {texts}", target=found)


def ending(pair: Pair) -> Iterator[Remark]:
    """The segment ends otherwise: a question is none any more or became one, or the sentence has no end.

    Example: Qui est venu ? → Who came.
    """
    before, after = _end(pair.source), _end(pair.target)
    # A colon for a full stop, an ellipsis for a comma: people change these freely.
    question = (before == "?") != (after == "?")
    last = pair.target.split()[-1] if pair.target.strip() else ""
    is_address = without_addresses(last).strip() == ""
    # An item of a list may end with a semicolon in one language and with nothing in the other.
    unended = before in _ENDS and after == "" and not (is_address or _is_heading(pair.target))
    unended = unended and len(pair.target.split()) >= _SENTENCE
    if question or unended:
        named = [f"“{mark}”" if mark else "no mark" for mark in (before, after)]
        end = len(pair.target.rstrip())
        yield Remark(f"the source ends with {named[0]}, the target with {named[1]}", target=(Span(end - 1, end),))


def _is_heading(text: str) -> bool:
    """Whether words have capitals as in an English headline, which has no full stop."""
    long = [word.text for word in words(text) if len(word.text) > _SHORTEST_OF_HEADLINE]
    return all(word[0].isupper() or word[0].isdigit() for word in long)


def _end(text: str) -> str:
    """The mark at the end, quotation marks and brackets aside; empty where there is none."""
    last = text.rstrip(_TRAILING)[-1:]
    return last if last and last in ".…?!:;," else ""


def _spans(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in pattern.finditer(text))
