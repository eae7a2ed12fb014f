"""Compare two versions: pair the documents, match their units, score the pairs. Start reading at `compare`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aligner.comparison.differences import (
    ComparedDocument,
    ComparedPair,
    Comparison,
    Scored,
    Version,
    VersionText,
)
from aligner.comparison.documents import pair_documents
from aligner.comparison.match import match
from aligner.comparison.sentences import count_all
from aligner.formats.exchange.notation import seg_text
from aligner.pages.comparison_data import Words
from aligner.text.subsequence import matches, tokens

_NOTHING = VersionText("", ())


def compare(
    old: Version, new: Version, *, jobs: int = 1, progress: Callable[[int, int], None] | None = None
) -> Comparison:
    """Compare two versions; every segment of both is in the answer.

    Scores are those of the old text as hypothesis against the new one as reference. `jobs` is the number of processes
    that count edits, `progress` is called with the pairs counted and all pairs.
    """
    # Both sides, whichever was inexact: one alone would differ from the other in every decomposed letter.
    if not (old.exact and new.exact):
        old, new = _normalized(old), _normalized(new)
    documents = pair_documents(old, new)
    matched = [
        match(before or _NOTHING, after or _NOTHING, old_memory=old.memory, new_memory=new.memory)
        for before, after in documents
    ]
    # All documents in one list: the processes share out pairs, and documents may be of very different lengths.
    pairs = [pair for document in matched for pair in document]
    counted = count_all([(pair.old_text, pair.new_text) for pair in pairs], jobs=jobs, progress=progress)
    scored = (Scored(pair, counts, _words(pair)) for pair, counts in zip(pairs, counted, strict=True))
    found = (
        ComparedDocument((after or before or _NOTHING).id, before, after, tuple(next(scored) for _ in document))
        for (before, after), document in zip(documents, matched, strict=True)
    )
    return Comparison(old, new, tuple(found))


def _normalized(version: Version) -> Version:
    """A version as XML formats would hold it."""
    # A TMX file has lost outer spaces and decomposed characters: they must not count as changes of the text.
    texts = []
    for version_text in version.texts:
        units = (replace(unit, text=text) for unit in version_text.units if (text := seg_text(unit.text)))
        texts.append(replace(version_text, units=tuple(units)))
    return replace(version, texts=tuple(texts))


def _words(pair: ComparedPair) -> Words:
    """The words of both texts and those that stayed."""
    old, new = tokens(pair.old_text), tokens(pair.new_text)
    kept = old if pair.old_text == pair.new_text else [old[i] for i, _ in matches(old, new)]
    # Tokens without a letter or digit are marks and spaces: no words.
    counts = (sum(any(map(str.isalnum, token)) for token in side) for side in (old, new, kept))
    return Words(*counts)
