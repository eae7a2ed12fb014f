"""Where the text of a part ends before the next part begins: at the signatures, at an annex, at notes.

    Article 9
    Le présent accord entre en vigueur demain(1).      the last line of article 9
    Fait à Paris, le 3 mai 2021.                       a closing formula: every part ends before it
    Le ministre,
    (1) JO L 12 du 3.4.2020.                           a note: the part that ends here ends before it

A note between two paragraphs of one part, at the foot of a page, stays inside it. The formulas are data of the
languages (``closings`` in ``aligner/languages/data``). Start reading at `find_endings`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from aligner.languages.dates import dates_and_times
from aligner.languages.language import Language
from aligner.model import Role, Segment

_NOTE = re.compile(
    r"(?P<sign>\[\d{1,3}\]|\(\d{1,3}\)|[¹²³⁰⁴-⁹]{1,3}|\*{1,3}(?!\w)|[†‡]|(?P<bare>\d{1,3})\.?(?=\s))\s?(?=\S)"
)
_SIGNATURE = re.compile(r"[^\W\d_a-zß-ÿ][^.;!?]{1,79}")
"""A line of a signature block: a capital first and no end of a sentence."""
_MOST_SIGNED = 8
"""Lines of signatures, without a formula before them; more are a list."""


def find_endings(
    segments: Sequence[Segment], language: Language, ranks: Mapping[int, float], articles: Mapping[int, int | None]
) -> list[tuple[int, float]]:
    """Where parts end early: the index of the first segment that is in none, and the highest rank that ends there.

    `ranks` has the rank of each part by its first segment, `articles` the numbers of the articles.
    """
    if not ranks:
        return []
    opening = min(ranks)
    starts = [
        index
        for index, segment in enumerate(segments)
        if segment.number == 1 and segment.role is not Role.BOILERPLATE and index >= opening
    ]
    closed = [index for index in starts if _closes(segments[index], language) and not _goes_on(index, ranks, articles)]
    found = [(index, -1.0) for index in closed if index not in ranks]
    lowest = max([ranks[each] for each in articles], default=0.0)
    ends = {len(segments): -1.0, **{index: rank for index, rank in ranks.items() if rank <= lowest}, **dict(found)}
    for begin, end in pairwise(sorted(ends)):
        lines = starts[bisect_right(starts, begin) : bisect_left(starts, end)]
        # What follows signatures may be nothing but notes, whose signs are anywhere before.
        signed = begin in closed
        early = _without_notes(segments, lines, since=0 if signed else begin, least=0 if signed else 1)
        if ends[end] <= 0 and articles and begin not in closed and end not in closed:
            early = _without_signatures(segments, early, language)
        # Each of these lines, so that the number of a note begins no part.
        found += [(line, ends[end]) for line in lines[len(early) :]]
    return found


def _closes(segment: Segment, language: Language) -> bool:
    """Whether a line is a closing formula, the heading of the notes or of an annex without a number."""
    text = segment.text
    shout = segment.role is Role.HEADING or text.isupper()
    return any(
        (pattern.fullmatch if whole else pattern.match)(text) is not None and (shout or not loud)
        for pattern, whole, loud in _formulas(language)
    )


@cache
def _formulas(language: Language) -> tuple[tuple[re.Pattern[str], bool, bool], ...]:
    """Each pattern of a closing line, whether it is the whole line, and whether only a heading is one."""
    annex = language.places.get("annex")
    return (
        *((re.compile(pattern), False, False) for pattern in language.closings.values()),
        *([(re.compile(rf"(?i:{annex})\s*[:.]?"), True, False)] if annex else []),
        *([(re.compile(rf"(?i:{annex})\s(?![\dIVXLC]+\b)\w"), False, True)] if annex else []),
    )


def _goes_on(index: int, ranks: Mapping[int, float], articles: Mapping[int, int | None]) -> bool:
    """Whether the articles count on behind a line: it is a model of a signature then, not one."""
    before = max((each for each in articles if each < index), default=None)
    after = min((each for each in articles if each > index), default=None)
    if before is None or after is None or any(rank < 1 and index <= each < after for each, rank in ranks.items()):
        return False
    return (articles[after] or 10**6) > (articles[before] or 0)


def _without_notes(segments: Sequence[Segment], lines: Sequence[int], *, since: int, least: int) -> Sequence[int]:
    """The lines, so many at least, without the notes at their end, whose signs are in the text `since` a segment."""
    kept = list(lines)
    while len(kept) > least and (note := _NOTE.match(segments[kept[-1]].text)):
        told = "\n".join(segment.text for segment in segments[since : kept[-1]])
        # A figure alone is the sign of a note where it is glued to a word: convention1.
        sign = rf"(?<=[^\W\d_]){note['bare']}(?!\w)" if note["bare"] else rf"(?<=\S)\s?{re.escape(note['sign'])}"
        if not re.search(sign, told):
            break
        kept.pop()
    if not kept or len(kept) == len(lines):
        return kept
    # (2) Of numbered lines that name one another the first is named by none: these are no notes.
    signs = [_NOTE.match(segments[index].text) for index in (kept[-1], lines[len(kept)])]
    alike = [re.sub(r"\d+", "0", sign["sign"]) for sign in signs if sign]
    return lines if len(alike) == 2 and alike[0] == alike[1] else kept


def _without_signatures(segments: Sequence[Segment], lines: Sequence[int], language: Language) -> Sequence[int]:
    """The lines of the last article without the names and offices of those who signed it."""
    kept = list(lines)
    while len(kept) > 1 and _signs(segments, kept[-1], language):
        kept.pop()
    last = _paragraph(segments, kept[-1]) if kept else ""
    # Names after a colon are a list of the text.
    opens = len(kept) < len(lines) and _paragraph(segments, lines[len(kept)]).endswith(":")
    is_text = (
        len(lines) - len(kept) <= _MOST_SIGNED
        and not opens
        and last.rstrip("»”\"' \u00a0\u202f").endswith((".", "!", "?"))
    )
    return kept if is_text else lines


def _signs(segments: Sequence[Segment], index: int, language: Language) -> bool:
    """Whether a paragraph may be a line of signatures: short, no sentence, no figures but those of a date."""
    text = _paragraph(segments, index)
    dated = {place for each in dates_and_times(text, language) for place in range(each.span.start, each.span.end)}
    figures = any(letter.isdigit() and place not in dated for place, letter in enumerate(text))
    return bool(_SIGNATURE.fullmatch(text)) and not figures


def _paragraph(segments: Sequence[Segment], index: int) -> str:
    return " ".join(_texts(segments, index))


def _texts(segments: Sequence[Segment], index: int) -> Iterator[str]:
    """The segments of the paragraph that begins here."""
    yield segments[index].text
    for segment in segments[index + 1 :]:
        if segment.paragraph != segments[index].paragraph:
            return
        yield segment.text
