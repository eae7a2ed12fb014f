"""Protected stretches: stretches of a text that must come out exactly as they went in.

They are web and mail addresses, telephone numbers, what is for machines (`aligner.languages.markup`),
monsters without a space (hashes, "aaaa…"), the mark of a list item (`aligner.languages.marks`), raised
numbers (`aligner.translation.protect.superscripts`), and everything the model has no symbols for: other scripts, emoji.
`protected_stretches` finds them; the plan of a translation leaves them where they are and gives the model only what
stands between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from string import ascii_letters

from aligner.languages.marks import MARKER, Span, marker_end
from aligner.languages.markup import MARKUP
from aligner.languages.phones import PHONE
from aligner.translation.protect.superscripts import notes

_ADDRESS = r"(?:https?://|ftp://|www\.)[^\s<>\"«»]*[^\s<>\"«».,;:!?'()\[\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_MONSTER = r"\S{80,}"
_FIXED = re.compile(f"{MARKER}|{_MONSTER}|{MARKUP}|{_ADDRESS}|{PHONE}")
_NUMBER = re.compile(r"\d(?:[\d.,]| (?=\d{3}(?!\d)))*\d(?!\w)")
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")


def protected_stretches(text: str, known: Callable[[str], bool], *, keep_numbers: bool = False) -> list[Span]:
    """Half-open spans of `text` that stay as they are, in order and apart.

    `known` tells whether the model has symbols for a character. With `keep_numbers` numbers of several digits are
    protected stretches too.

    >>> text = "Voir www.un.org (联合国) \U0001f642"
    >>> [text[a:b] for a, b in protected_stretches(text, lambda c: ord(c) < 0x250)]
    ['www.un.org', '联合国', '\U0001f642']
    """
    found = [*_fixed(text), *notes(text)]
    if keep_numbers:
        found += [m.span() for m in _NUMBER.finditer(text)]
    # Every model writes the plain letters, so it is not asked for them.
    strange = {c for c in set(text) if not (c.isspace() or c in ascii_letters or known(c))}
    if strange:
        found += [m.span() for m in _WORD_OR_SIGN.finditer(text) if not strange.isdisjoint(m[0])]
    return merged(found, text)


def fixed_texts(text: str) -> list[str]:
    """What of a text must come out as it went in, whatever the engine: addresses, telephone numbers, placeholders."""
    return [m[0] for m in _FIXED.finditer(text) if m.start() or not marker_end(text)]


def has_letters(text: str) -> bool:
    """Whether there is anything to translate at all.

    >>> has_letters("– 3 000 €"), has_letters("3 ans")
    (False, True)
    """
    return any(c.isalpha() for c in text)


@lru_cache(maxsize=8192)
def _fixed(text: str) -> tuple[Span, ...]:
    """Spans that any model leaves alone; a text is asked for them when it is planned and when it is judged."""
    return tuple(m.span() for m in _FIXED.finditer(text))


def merged(spans: Iterable[Span], text: str) -> list[Span]:
    """Spans of a text in order; those that overlap or have nothing but spaces between them as one."""
    # Between two stretches with nothing but a space there is nothing to translate.
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
