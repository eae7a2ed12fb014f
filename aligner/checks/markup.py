"""What in a text is for machines arrives in the target: placeholders, tags, code, symbols of documents.

Every kind is listed in `aligner.languages.markup`. Entities are characters written otherwise (``&eacute;`` is é), so
they are read before texts are compared. Start reading at `markup`.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from aligner.checks.findings import Pair, Remark
from aligner.checks.names import without_addresses
from aligner.languages.markup import CODE, ENTITY, PLACEHOLDER, SYMBOL, TAG
from aligner.languages.words import Span

_KINDS = re.compile("|".join((TAG, PLACEHOLDER, CODE, SYMBOL)))
_ANY = re.compile("|".join((TAG, PLACEHOLDER, CODE, ENTITY)))
_TAG_NAME = re.compile(r"</?[A-Za-z][\w:-]*")
_ENTITY = re.compile(ENTITY)
_BROKEN = re.compile("\ufffd|[ÃÂ][\u0080-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]|â€[\u0080-\u00bf™œ¦“”˜]?|Å[“’¸]")
"""UTF-8 that was read as Latin-1 or Windows-1252 (``Ã©`` is é), or as nothing at all."""


def markup(pair: Pair) -> Iterator[Remark]:
    """A placeholder, a tag, code or a document's symbol of the source is missing from the target or became another.

    Example: Bonjour {nom}, cliquez ici. → Hello {name}, click here.
    """
    source, target = _found(pair.source), _found(pair.target)
    left = Counter(key for key, _ in target)
    lost: list[Span] = []
    for key, span in source:
        if left[key]:
            left[key] -= 1
        else:
            lost.append(span)
    # Where a pattern sees it on one side only (*4 $_SERVER* may be a price), the letters tell.
    lost = [span for span in lost if pair.target.count(span.of(pair.source)) < pair.source.count(span.of(pair.source))]
    if lost:
        texts = " ".join(span.of(pair.source) for span in lost)
        new = [span for key, span in target if left[key] > 0]
        became = " ".join(span.of(pair.target) for span in new)
        verb = f"became {became}" if new else "is missing" if len(lost) == 1 else "are missing"
        yield Remark(f"{texts} {verb}", tuple(lost), tuple(new))


def _found(text: str) -> list[tuple[str, Span]]:
    """What is for machines in a text, each with what it is known by; of a tag that is its name."""
    found = []
    for match in _KINDS.finditer(without_addresses(text)):
        # What a tag says of itself (a title, an address) may be translated.
        name = _TAG_NAME.match(match[0])
        found.append((name[0].lower() if name else match[0], Span(*match.span())))
    return found


@lru_cache(maxsize=64)
def without_code(text: str) -> str:
    """A text with spaces in the place of what no one reads as words: addresses, tags, placeholders, entities.

    >>> without_code('Un <b class="un">mot</b>.')
    'Un                mot    .'
    """
    return _ANY.sub(lambda match: " " * len(match.group()), without_addresses(text))


def encoding(pair: Pair) -> Iterator[Remark]:
    """Characters are broken: they were read in the wrong encoding, or an entity of the source stands in the target.

    Example: L'école est fermée. → The Ã©cole is closed.
    """
    for name, text in (("target", pair.target), ("source", pair.source)):
        if found := [Span(*match.span()) for match in _BROKEN.finditer(text)]:
            where = tuple(found)
            message = f"the {name} has broken characters: {found[0].of(text)}"
            yield Remark(message, *((where, ()) if name == "source" else ((), where)))
            return
    decoded = {html.unescape(match[0]) for match in _ENTITY.finditer(pair.source)}
    named = [match for match in _ENTITY.finditer(pair.target) if html.unescape(match[0]) not in decoded | {match[0]}]
    if named and not _ENTITY.search(pair.source):
        yield Remark(f"{named[0][0]} is not a character", target=(Span(*named[0].span()),))
