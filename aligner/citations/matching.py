"""Which document of a corpus a reference of another program is about.

An address, a DOI, an id as key and the name of an attached file are sure; else the titles must be nearly the same, and
nearer than that of any other document. Start reading at `match_references`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from aligner.citations.incoming import ForeignReference
from aligner.languages.words import fold
from aligner.model import Record

_LIKE = 88.0
"""How alike two titles must be, 0 to 100."""
_NEAR = 75.0
"""How alike they must be to be named as what may be meant."""
_APART = 5.0
"""How much more alike they must be than any other two."""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that a reference may be about."""

    id: str
    record: Record
    titles: tuple[str, ...] = ()
    """What else it may be called: its first heading, the name of its file."""
    file: str = ""
    """The name of its file."""


@dataclass(frozen=True, slots=True)
class MatchedReference:
    """What was found for one reference."""

    incoming: ForeignReference
    document: str = ""
    """The id of its document; empty where there is none, or where it is not sure."""
    by: str = ""
    """By what it was found: ``address``, ``DOI``, ``id``, ``file``, ``title``."""
    nearest: tuple[str, ...] = ()
    """Documents that it may be about, where it is not sure."""


def match_references(found: Sequence[ForeignReference], candidates: Sequence[CitedDocument]) -> list[MatchedReference]:
    """What each reference is about, in their order."""
    sure: dict[str, dict[str, set[str]]] = {by: {} for by in ("address", "DOI", "id", "file")}
    for each in candidates:
        for by, value in _signs(each.record, each.id, (each.file,)).items():
            for one in value:
                sure[by].setdefault(one, set()).add(each.id)
    return [_matched(each, candidates, sure) for each in found]


def _signs(record: Record, key: str, files: Sequence[str]) -> dict[str, list[str]]:
    """What tells a document for sure, comparable."""
    # Catalogues differ in what does not matter: http or https, www, a slash at the end, the way a DOI is introduced.
    address = re.sub(r"^https?://(?:www\.)?|[/#]+$", "", record.url.strip(), flags=re.IGNORECASE)
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", record.doi.strip(), flags=re.IGNORECASE)
    return {
        "address": [address] if address else [],
        "DOI": [doi.casefold()] if doi else [],
        "id": [key.casefold()] if key else [],
        "file": [name.casefold() for name in files if name],
    }


def _matched(
    found: ForeignReference, candidates: Sequence[CitedDocument], sure: Mapping[str, Mapping[str, set[str]]]
) -> MatchedReference:
    for by, values in _signs(found.record, found.key, found.files).items():
        known = {document for value in values for document in sure[by].get(value, ())}
        # A sign that two documents share (an address of a whole collection) tells neither.
        if len(known) == 1:
            return MatchedReference(found, known.pop(), by)
    title = _comparable(found.record.title)
    if not title or not candidates:
        return MatchedReference(found)
    scores = sorted(((_likeness(title, each), each.id) for each in candidates), key=lambda item: (-item[0], item[1]))
    if scores[0][0] >= _LIKE and (len(scores) < 2 or scores[0][0] - scores[1][0] >= _APART):
        return MatchedReference(found, scores[0][1], "title")
    return MatchedReference(found, nearest=tuple(document for score, document in scores[:3] if score >= _NEAR))


def _likeness(title: str, document: CitedDocument) -> float:
    """How alike a title is to the nearest of a document's; with other numbers it is another year, or another act."""
    names = [_comparable(each) for each in (document.record.title, *document.titles) if each]
    numbers = re.findall(r"\d+", title)
    return max(
        (fuzz.ratio(title, each) if numbers == re.findall(r"\d+", each) else _NEAR for each in names
         if fuzz.ratio(title, each) >= _NEAR),
        default=0.0,
    )  # fmt: skip


def _comparable(title: str) -> str:
    """A title without accents, capitals and punctuation."""
    return " ".join(re.findall(r"\w+", fold(title)))
