"""The same sentence, met again anywhere in the corpus, is translated in the same way.

Both checks remember the first pair they saw and compare later ones with it, so memory grows with the number of
different sentences and every pair is looked at once. Case, accents, spaces and punctuation do not count.
Start reading at `Inconsistent`.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.findings import Pair, Remark
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


def _key(text: str) -> str:
    return " ".join(word.key for word in words(text))
