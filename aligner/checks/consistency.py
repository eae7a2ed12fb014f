"""The same sentence, met again anywhere in the corpus, is translated in the same way.

Both checks remember the first pair they saw and compare later ones with it, so memory grows with the number of
different sentences and every pair is looked at once. Case, accents, spaces and punctuation do not count.
Start reading at `Inconsistent`.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from aligner.checks.findings import Pair, Remark
from aligner.languages.markup import decoded_with_places
from aligner.languages.words import covering, words

_WORDS = 3
"""Shorter segments (*Oui.*, *Merci beaucoup.*) may be translated as the place demands."""


class Inconsistent:
    """The same source was translated otherwise before.

    Example: La séance est levée. → The meeting rose. / The session is closed.
    """

    def __init__(self) -> None:
        self._seen: dict[str, tuple[str, Pair]] = {}

    def __call__(self, pair: Pair) -> Iterator[Remark]:
        """Compare a pair with the first that had the same source."""
        source, target = _key(pair.source), _key(pair.target)
        if not target or source.count(" ") < _WORDS - 1:
            return
        # The first translation stays the measure: later ones are compared with it, not with each other.
        before, first = self._seen.setdefault(source, (target, pair))
        if before != target:
            place = f"{first.document} {first.locator}".strip()
            message = f"the same source is translated otherwise in {place}: “{first.target}”"
            yield Remark(message, target=(covering(words(pair.target)),))


class Merged:
    """Different sources have the same target, four words or more.

    Example: Le vote est clos. / Le débat sur ce point est clos. → The debate on this is closed.
    """

    def __init__(self) -> None:
        self._seen: dict[str, tuple[str, Pair]] = {}

    def __call__(self, pair: Pair) -> Iterator[Remark]:
        """Compare a pair with the first that had the same target."""
        source, target = _key(pair.source), _key(pair.target)
        if not source or target.count(" ") < _WORDS:
            return
        before, first = self._seen.setdefault(target, (source, pair))
        if before != source:
            place = f"{first.document} {first.locator}".strip()
            message = f"another source has the same target in {place}: “{first.source}”"
            yield Remark(message, source=(covering(words(pair.source)),))


def consistency_marks(pair: Pair) -> tuple[int, int, bool, bool]:
    """What both checks compare of a pair, as numbers: its source, its target; whether each check looks at it.

    Two pairs of which one says another target for the same source, or the reverse, can have a finding; others cannot.
    So a corpus is looked through by these numbers, and only such pairs are read again.
    """
    # as the checks read them: entities are the characters they stand for
    source, target = (_key(decoded_with_places(text)[0]) for text in (pair.source, pair.target))
    mine, theirs = (
        int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=7).digest()) for text in (source, target)
    )
    long_source, long_target = source.count(" ") >= _WORDS - 1, target.count(" ") >= _WORDS
    return mine, theirs, bool(target) and long_source, bool(source) and long_target


def _key(text: str) -> str:
    return " ".join(word.key for word in words(text))
