"""The marks that number headings and list items: ``3.``, ``(4)``, ``2.1``, ``a)``, ``iv.``, ``1°``.

A model takes them for words, and of several in one sentence it loses some. `MARKER` is one at the beginning of a text;
`item_marks` finds those inside a sentence, where a plan cuts it: *a) … ; b) … ; c) …*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

_SMALL_ROMAN = "x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3}"
_LABEL = rf"""
    \(?\d{{1,3}}(?:\.\d{{1,3}})*[.)] | \d{{1,2}}(?:\.\d{{1,2}})+        # 3.  (4)  2.1)  2.1
  | \d{{1,2}}° | \d{{1,2}}°\)                                          # 1°  1°)
  | \(?[a-zA-Z]\) | (?:[IVX]{{1,5}}|[IVXLC]{{2,8}})[.)]                # a)  (b)  IV.
  | (?:\d{{1,2}}|[IVX]{{1,5}}|[A-Ha-h])\ ?[/–—-]                      # 1/  II-  A –
  | \(?(?:{_SMALL_ROMAN})\) | (?:{_SMALL_ROMAN})\. | \([IVX]{{1,5}}\)  # (iv)  iv.  (IV)
  | [A-H]\.(?=\s[A-ZÀ-Ý][^.])                                        # A. but not the initial of a name
    """
"""Of letters before a full stop only the first eight, before a capital: *A. Dupont* reads the same, *M. Roux* not."""
MARKER = rf"(?x:\A\s*(?:[⁰¹²³⁴-⁹]+|(?:[•‣◦▪■●*–—-]+|{_LABEL})(?=\s)))"


def marker_end(text: str) -> int:
    """Where the mark at the beginning of a text ends; 0 where there is none.

    >>> marker_end("II. Le plan"), marker_end("Le plan")
    (3, 0)
    """
    found = re.match(MARKER, text)
    return found.end() if found else 0


_NUMERALS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"]
_KINDS: tuple[tuple[re.Pattern[str], Callable[[str], int]], ...] = (
    (re.compile(r"(?<!\S)(\(?)([a-z])\)(?=\s)"), lambda letter: ord(letter) - ord("a") + 1),
    (re.compile(r"(?<!\S)(\(?)([A-Z])\)(?=\s)"), lambda letter: ord(letter) - ord("A") + 1),
    (re.compile(r"(?<!\S)(\(?)(\d{1,2})\)(?=\s)"), int),
    (re.compile(r"(?<!\S)()(\d{1,2})°(?=\s)"), int),
    (re.compile(r"(?<!\S)()(\d{1,2})\.(?=\s)"), int),
    (re.compile(rf"(?<!\S)(\(?)({'|'.join(reversed(_NUMERALS))})\)(?=\s)"), lambda n: _NUMERALS.index(n) + 1),
)
_LINK = re.compile(r"\s*([;:,.]?)(?:\s*(?<!\w)(?:et/ou|et|ou))?\s*\Z")
"""What may stand between an item and the mark of the next."""

Span = tuple[int, int]


def item_marks(text: str) -> list[Span]:
    """Half-open spans of the marks inside a sentence that lists, where it can be cut.

    At least two marks of one kind count, in order, from the first of its kind or the beginning of the text, with words
    between them; where nothing announces the list, only if its items end with semicolons.

    >>> text = "Il comprend : a) le plan ; b) les frais et c) la taxe."
    >>> [text[start:end] for start, end in item_marks(text)]
    ['a)', 'b)', 'c)']
    >>> item_marks("Voir a) et b) de l'article 3, puis 1) du suivant.")
    []
    """
    chains = (_chains(text, list(pattern.finditer(text)), value) for pattern, value in _KINDS)
    return sorted(mark.span() for found in chains for chain in found for mark in chain)


def _chains(
    text: str, found: Sequence[re.Match[str]], value: Callable[[str], int]
) -> Iterator[Sequence[re.Match[str]]]:
    """Runs of two marks or more that count upwards."""
    chain: list[re.Match[str]] = []
    for mark in [*found, None]:
        follows = False
        if mark and chain:
            is_next = value(mark[2]) == value(chain[-1][2]) + 1 and mark[1] == chain[-1][1]
            between = text[chain[-1].end() : mark.start()]
            link = _LINK.search(between) if is_next else None
            opening = text[max(0, chain[0].start() - 2) : chain[0].start()].strip()
            is_announced = not opening or opening[-1] in ":;"
            # Of *Voir a) et b) de l'article 3* the marks are references: no words are between them.
            has_words = bool(link and any(map(str.isalpha, between[: link.start()])))
            follows = has_words and (is_announced or bool(link and link[1] == ";"))
        if mark and follows:
            chain.append(mark)
        elif mark is None or value(mark[2]) == 1 or not mark.start():
            if len(chain) > 1:
                yield chain
            chain = [mark] if mark else []
