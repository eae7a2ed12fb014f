"""Lists inside a sentence arrive whole: their marks (*a) … ; b) …*) and their items (*le blé, l'orge, le seigle et …*).

An item is lost where the target has fewer commas and nothing that any word of it may have become; which words these
are is known for pairs with a lexicon only (`aligner.checks.lexical`). Start reading at `lists`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.findings import Pair, Remark
from aligner.checks.lexical import has_counterpart, renderings, stems_of
from aligner.languages.marks import item_marks
from aligner.languages.words import Span, words

_WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_ARTICLE = r"(?:(?:le|la|les|du|de la|des|un|une|the|an?)\s|(?:de\s)?l['’])"
_ITEM = rf"(?:{_ARTICLE}{_WORD}(?:\s{_WORD})?|{_WORD})"
_ENUMERATION = re.compile(rf"(?:(?:{_ITEM}), )+{_ITEM}\s(?:et|ou|and|or)\s{_ITEM}", re.IGNORECASE)
"""Nouns with their articles, or words alone; a clause may be said in many ways."""
_PARTED = re.compile(r", |\s(?:et|ou|and|or)\s")


def lists(pair: Pair) -> Iterator[Remark]:
    """A mark or an item of a list inside the sentence is missing from the target.

    Example: On y cultive le blé, l'orge, le seigle et le maïs. → Wheat, barley and maize are grown there.
    """
    for start, end in item_marks(pair.source):
        mark = pair.source[start:end].strip("().° ")
        if not re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", pair.target, re.IGNORECASE):
            yield Remark(f"the mark {pair.source[start:end]} is missing", source=(Span(start, end),))
    if renderings(pair.languages):
        yield from _lost_items(pair)


def _lost_items(pair: Pair) -> Iterator[Remark]:
    enumerations = list(_ENUMERATION.finditer(pair.source))
    if not enumerations or len(_PARTED.findall(pair.source)) <= len(_PARTED.findall(pair.target)):
        return
    present = {word.key for word in words(pair.target)}
    stems = stems_of(present)
    known = renderings(pair.languages)
    for enumeration in enumerations:
        start, lost, kept = enumeration.start(), list[Span](), 0
        for part in [*_PARTED.finditer(pair.source, *enumeration.span()), None]:
            end = part.start() if part else enumeration.end()
            said = [word for word in words(pair.source[start:end]) if word.key not in pair.languages.source_words]
            if any(has_counterpart(word.key, present, stems, pair.languages) for word in said):
                kept += 1
            elif said and all(word.key in known for word in said):
                # A word that the lexicon lacks may have become anything.
                lost.append(Span(start, end))
            start = part.end() if part else end
        if len(lost) == 1 and kept > 1:
            yield Remark(f"“{lost[0].of(pair.source)}” of the list is missing", source=(lost[0],))
