"""Which documents of two versions belong together.

By their ids; a single document on each side in any case. A tool may lose the ids: a document whose id the other
version does not know is then taken apart, and its units go to the documents that have their source texts (those of the
version with fewer documents first). What nobody knows stays a document of its own, compared with nothing.
Start reading at `pair_documents`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from aligner.comparison.differences import ComparedUnit, Version, VersionText
from aligner.formats.exchange.notation import seg_text

Paired = list[tuple[VersionText | None, VersionText | None]]


def pair_documents(old: Version, new: Version) -> Paired:
    """Pair the documents of two versions, in the order of the old one, then what only the new one has."""
    # A file is often renamed on its way through a tool: of one document each there is nothing to confuse.
    if len(old.texts) == len(new.texts) == 1:
        return [(old.texts[0], new.texts[0])]
    # The version with fewer documents lost more ids: its units are housed first.
    if len(new.texts) <= len(old.texts):
        news = _housed(new, old.texts)
        olds = _housed(old, news)
    else:
        olds = _housed(old, new.texts)
        news = _housed(new, olds)
    later = {text.id: text for text in news}
    pairs: Paired = [(text, later.pop(text.id, None)) for text in olds]
    return pairs + [(None, text) for text in later.values()]


def _housed(version: Version, others: Sequence[VersionText]) -> list[VersionText]:
    """The texts of a version; what the others do not know has moved to the documents that know its source."""
    known = {text.id: text for text in others}
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for text in others:
        for source in dict.fromkeys(seg_text(unit.source) for unit in text.units if unit.source):
            homes[source].append(text.id)
    moved: defaultdict[str, list[ComparedUnit]] = defaultdict(list)
    texts = []
    for text in version.texts:
        if text.id in known:
            texts.append(text)
            continue
        stay = []
        for unit in text.units:
            found = homes.get(seg_text(unit.source), []) if unit.source else []
            stay += [] if found else [unit]
            # A memory keeps one unit for a sentence that stands in several documents.
            for home in found if version.memory else found[:1]:
                moved[home].append(unit)
        if stay or text.left_out:
            texts.append(replace(text, units=tuple(stay)))
    texts = [replace(text, units=(*text.units, *moved.pop(text.id, []))) for text in texts]
    # Units that have lost their document stand in the one that knows them; its page is not theirs.
    return texts + [replace(known[home], units=tuple(u), page=None, left_out=()) for home, u in moved.items()]
