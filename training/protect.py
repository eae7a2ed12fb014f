"""No line that a score is measured on, and none of the documents to be translated, may be trained on.

Lines are compared by their letters and digits alone, so that case, punctuation and spacing hide nothing. A document's
text is also recognised by any `WINDOW` words in a row. Start reading at `Protected`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from aligner.errors import InputError
from training.corpus import Pair

WINDOW = 12
"""Words in a row that give a document's sentence away."""
_NOT_WORD = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?…:;])\s+")


def key(text: str) -> str:
    """Reduce a text to its letters and digits in lower case.

    >>> key("L’été — 2024 !")
    'lété2024'
    """
    return _NOT_WORD.sub("", text.casefold())


def windows(text: str) -> Iterator[int]:
    """Yield a hash of every `WINDOW` words in a row (accents and case of the text as they are)."""
    words = [word for word in _NOT_WORD.split(text.casefold()) if word]
    for start in range(len(words) - WINDOW + 1):
        yield hash(tuple(words[start : start + WINDOW]))


class Protected:
    """The lines and documents that must stay out of training."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._windows: set[int] = set()

    def add_lines(self, lines: Iterable[str]) -> None:
        """Protect lines, of either language."""
        self._keys.update(each for line in lines if (each := key(line)))

    def add_document(self, text: str) -> None:
        """Protect a document: its lines, its sentences and any run of its words."""
        for line in text.splitlines():
            self.add_lines([line, *_SENTENCE_END.split(line)])
            self._windows.update(windows(line))

    def holds(self, pair: Pair) -> bool:
        """Tell whether a pair would teach the model a protected text."""
        if key(pair.french) in self._keys or key(pair.english) in self._keys:
            return True
        return bool(self._windows) and not self._windows.isdisjoint(windows(pair.french))

    def __len__(self) -> int:
        """How many lines and sentences are protected."""
        return len(self._keys)


def load_protected(development: Path, documents: Path) -> Protected:
    """Protect every ``.fr`` and ``.en`` file of one folder and every ``.txt`` file of the other.

    Raises InputError when either folder has none: a run without protection is a mistake.
    """
    protected = Protected()
    lines = sorted([*development.glob("*.fr"), *development.glob("*.en")])
    texts = sorted(documents.glob("*.txt"))
    for folder, files in ((development, lines), (documents, texts)):
        if not files:
            raise InputError("there is nothing to protect", where=folder, hint="name the folder of the texts")
    for path in lines:
        protected.add_lines(path.read_text(encoding="utf-8").split("\n"))
    for path in texts:
        protected.add_document(path.read_text(encoding="utf-8"))
    return protected
