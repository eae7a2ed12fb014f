"""Leave out the content of elements that nobody reads, before a parser sees it.

A file of a CAT tool may carry the whole original document inside (``internal-file``, ``skeleton``): more than a parser
takes as one text, and more than should be in memory. Start reading at `without_content`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LONGEST = 1 << 16
"""Longer than any tag."""


def without_content(pieces: Iterator[str], names: Sequence[str]) -> Iterator[str]:
    """The pieces of an XML text in which elements of these local names are empty; line ends stay.

    >>> "".join(without_content(iter(["<a><skl>1<b/>", "2</skl>3</a>"]), ["skl"]))
    '<a><skl></skl>3</a>'
    """
    called = "|".join(map(re.escape, names))
    begin = re.compile(rf"<!--|<!\[CDATA\[|<(?P<name>(?:[\w.-]+:)?(?:{called}))(?=[\s/>])[^>]*+>")
    text, until, name = "", "", ""
    for piece in pieces:
        text += piece
        kept: list[str] = []
        while True:
            if until:
                # Inside a comment, a CDATA section or an element that is left out.
                text, ended = _passed(text, until, kept, keep=not name)
                if not ended:
                    break
                until = name = ""
            found = begin.search(text)
            if found is None:
                break
            kept.append(text[: found.end()])
            text = text[found.end() :]
            if found["name"] is None:
                until = "-->" if found[0] == "<!--" else "]]>"
            elif not found[0].endswith("/>"):
                name = found["name"]
                until = f"</{name}"
        if not until:
            # A tag that is not complete waits for the next piece.
            last = text.rfind("<")
            cut = last if last >= 0 and ">" not in text[last:] and len(text) - last < _LONGEST else len(text)
            kept.append(text[:cut])
            text = text[cut:]
        yield "".join(kept)
    yield text


def _passed(text: str, until: str, kept: list[str], *, keep: bool) -> tuple[str, bool]:
    """What is left of a text behind the next `until`, and whether that is in it; all before it goes to `kept`."""
    place = text.find(until)
    # Half of the end may be at the end of this piece.
    end = place + (len(until) if keep else 0) if place >= 0 else max(0, len(text) - len(until) + 1)
    kept.append(text[:end] if keep else "\n" * text.count("\n", 0, end))
    return text[end:], place >= 0
