"""Read glossaries in TBX-Basic (ISO 30042): version 3, in both styles (DCA and DCT), and version 2.

Of every concept its terms in two languages are taken: each term of the source becomes each of the target's that is
preferred, admitted or forbidden (deprecated, superseded). Without a status the first one is preferred, others are
admitted. Start reading at `read_tbx`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from aligner.errors import InputError
from aligner.formats.base import place_in
from aligner.formats.defects import Defects
from aligner.formats.xml.read import XML, local_name, release, stream_elements
from aligner.languages.tags import base_language
from aligner.terms import Glossary, Row, TermStatus, gather

_ROOTS = ("tbx", "martif")
_CONCEPTS = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_STATUSES = {
    "preferred": TermStatus.PREFERRED,
    "admitted": TermStatus.ADMITTED,
    "deprecated": TermStatus.FORBIDDEN,
    "superseded": TermStatus.FORBIDDEN,
    "forbidden": TermStatus.FORBIDDEN,
}
"""By the first word of the value: ``preferredTerm-admn-sts``."""


def read_tbx(stream: BinaryIO, *, source: str = "fr", target: str = "en") -> Glossary:
    """The terms of two languages (regions do not count); InputError for a file that is not TBX or has none of them."""
    findings = Defects(place_in(stream) or "TBX")
    rows: list[Row] = []

    def check_root(root: etree._Element) -> None:
        if local_name(root) not in _ROOTS:
            raise InputError(f"this is not a TBX file but <{local_name(root)}>", where=findings.name)

    # Concept by concept: a term base may be larger than the memory.
    for concept in stream_elements(stream, findings, names=_CONCEPTS, check_root=check_root):
        rows += _rows(concept, source, target)
        release(concept)
    if not rows:
        raise InputError(f"no concept has terms in both {source} and {target}", where=findings.name)
    try:
        return gather(rows, source=source, target=target)
    except InputError as error:
        raise InputError(error.what, where=findings.name) from error


def _rows(concept: etree._Element, source: str, target: str) -> Iterator[Row]:
    targets = list(_terms(concept, target))
    for name, _, _ in _terms(concept, source):
        # A term without a status is preferred only where nothing else is.
        seen_preferred = any(status is TermStatus.PREFERRED for _, status, _ in targets)
        for text, status, note in targets:
            implied = TermStatus.ADMITTED if seen_preferred else TermStatus.PREFERRED
            seen_preferred = seen_preferred or status is None
            yield Row(name, text, status or implied, note)


def _terms(concept: etree._Element, language: str) -> Iterator[tuple[str, TermStatus | None, str]]:
    """The terms of one language with status and note."""
    for section in _inside(concept, _LANGUAGES):
        if base_language(section.get(f"{XML}lang") or section.get("lang") or "") == base_language(language):
            for entry in _inside(section, _TERMS):
                if text := next((_text(each) for each in _inside(entry, ("term",)) if _text(each)), ""):
                    yield text, _status(entry), "; ".join(filter(None, map(_text, _inside(entry, ("note",)))))


def _status(entry: etree._Element) -> TermStatus | None:
    """The administrative status, in either style of version 3 or as in version 2."""
    # As the name of an element (DCT) or as the type of a termNote (DCA, version 2).
    for each in entry.iter():
        if local_name(each) == "administrativeStatus" or each.get("type") == "administrativeStatus":
            value = _text(each).lower()
            return next((status for word, status in _STATUSES.items() if value.startswith(word)), None)
    return None


def _inside(element: etree._Element, names: tuple[str, ...]) -> Iterator[etree._Element]:
    return (each for each in element.iter() if local_name(each) in names)


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
