"""Lists inside a sentence arrive whole: their marks (*a) … ; b) …*) and their items (*le pain, le vin et le fromage*).

An item is lost where its neighbours follow one another in the target, and nothing there may be what it has become; what
words become is known for pairs with a lexicon only (`aligner.checks.lexical`). Start reading at `lists`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.checks.findings import Pair, Remark
from aligner.checks.lexical import has_counterpart, renderings, stems_of
from aligner.languages.marks import item_marks
from aligner.languages.words import Span, Word, words

_WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_ARTICLE = r"(?:(?:le|la|les|du|de la|des|un|une|the|an?)\s|(?:de\s)?l['’])"
_ITEM = rf"(?:{_ARTICLE}{_WORD}(?:\s{_WORD})?|{_WORD})"
_MOST = 50
_ENUMERATION = re.compile(
    rf"(?<![\w'’-])(?:(?:{_ITEM}), ){{1,{_MOST}}}{_ITEM}\s(?:et|ou|and|or)\s{_ITEM}", re.IGNORECASE
)
"""Nouns with their articles, or words alone; a clause may be said in many ways. It begins where a word does and has so
many items at most: without that a word of 100,000 letters, or as many words with commas, would take hours."""
_PARTED = re.compile(r", |\s(?:et|ou|and|or)\s")


def lists(pair: Pair) -> Iterator[Remark]:
    """A mark or an item of a list inside the sentence is missing from the target.

    Example: Il aime le pain, le vin et le fromage. → He likes bread and cheese.
    """
    for start, end in item_marks(pair.source):
        mark = pair.source[start:end].strip("().° ")
        if not re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", pair.target, re.IGNORECASE):
            yield Remark(f"the mark {pair.source[start:end]} is missing", source=(Span(start, end),))
    if renderings(pair.languages):
        yield from _lost_items(pair)


def _lost_items(pair: Pair) -> Iterator[Remark]:
    found = words(pair.target)
    for enumeration in _ENUMERATION.finditer(pair.source):
        start, items, places = enumeration.start(), list[Span](), list[list[int]]()
        for part in [*_PARTED.finditer(pair.source, *enumeration.span()), None]:
            items.append(Span(start, part.start() if part else enumeration.end()))
            places.append(_counterparts(pair, items[-1], found))
            start = part.end() if part else start
        for item, one, own, other in zip(items[1:], places, places[1:], places[2:], strict=False):
            # An item may be said in words that nobody knows: it is lost where nothing but small words stands between
            # what its neighbours became.
            is_acronym = any(word.text.isupper() for word in words(item.of(pair.source)) if len(word.text) > 1)
            gaps = (found[a + 1 : b] for a in one for b in other if a < b) if not own and not is_acronym else ()
            if any(all(word.key in pair.languages.target.others for word in gap) for gap in gaps):
                yield Remark(f"“{item.of(pair.source)}” of the list is missing", source=(item,))


def _counterparts(pair: Pair, item: Span, found: Sequence[Word]) -> list[int]:
    """Where the target has what a word of an item may have become, by number of word."""
    small = pair.languages.source_words | pair.languages.source.others
    said = [word.key for word in words(item.of(pair.source)) if word.key not in small]
    return [
        place
        for place, word in enumerate(found)
        if any(has_counterpart(key, {word.key}, stems_of([word.key]), pair.languages) for key in said)
    ]
