"""Read the editions that `aligner.formats.tei.write` writes: ``TEI`` or ``teiCorpus``, whole or without boilerplate.

    TEI ──text/group/text──▶ Sides (segments)  ──standOff──▶ Beads  ──teiHeader──▶ Record, Provenance ──▶ Bitext

What was written comes back: with the boilerplate the very bitext, without it the bitext that is left. The reader knows
our use of TEI, not all of TEI: any other file is refused. Start reading at `read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from aligner.errors import InputError, counted
from aligner.formats.base import place_in
from aligner.formats.defects import Defects
from aligner.formats.tei.read_beads import Places, beads_of
from aligner.formats.tei.source import source_record
from aligner.formats.tei.words import CHOICES, LICENCE_MISSING, LICENCE_UNKNOWN
from aligner.formats.xml.read import (
    XML,
    line_of,
    local_name,
    release,
    stream_elements,
)
from aligner.model import Bitext, Provenance, Record, Role, Segment, Side

_ROLES = {"head": Role.HEADING, "ab": Role.BOILERPLATE, "p": Role.TEXT}
_SPAN = re.compile(r"text-[^:]*:([0-9]{1,12}),([0-9]{1,12})")


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitext of every edition in the file; InputError for a file that is not one of ours."""
    findings = Defects(place_in(stream) or "TEI")
    for found in stream_elements(stream, findings, names=("TEI",), check_root=lambda root: _check_root(root, findings)):
        try:
            bitext = _bitext(_Edition(found))
        except (LookupError, ValueError, TypeError) as error:
            where = f"{findings.name}, edition at line {line_of(found)}"
            raise InputError(f"this is not an edition as aligner writes it ({error})", where=where) from error
        release(found)
        yield bitext
    findings.log()


def _check_root(root: etree._Element, findings: Defects) -> None:
    if local_name(root) not in {"TEI", "teiCorpus"}:
        raise InputError(f"this is not a TEI file but <{local_name(root)}>", where=findings.name)


@dataclass(frozen=True, slots=True)
class _Edition:
    """One TEI element, asked by paths without namespaces."""

    root: etree._Element

    def all(self, path: str) -> list[etree._Element]:
        """Every element at a path of local names."""
        return self.root.findall("/".join(f"{{*}}{step}" for step in path.split("/")))

    def text(self, path: str, **attributes: str) -> str:
        """The text of the first element at a path with those attributes; empty when there is none."""
        for found in self.all(path):
            if all(found.get(name) == value for name, value in attributes.items()):
                return found.text or ""
        return ""


def _bitext(edition: _Edition) -> Bitext:
    texts = edition.all("text/group/text")
    if len(texts) != 2:
        raise ValueError(f"{counted(len(texts), 'text')} instead of two")
    places: Places = {}
    source, target = (_side(edition, text, places, number) for number, text in enumerate(texts))
    # Beads point to who is responsible for them. The engine and aligner have names with a type, people have not.
    reviewers = {}
    for statement in edition.all("teiHeader/fileDesc/titleStmt/respStmt"):
        name = statement.find("{*}name")
        if name is not None and name.get("type") is None:
            reviewers[f"#{statement.get(f'{XML}id')}"] = name.text or ""
    return Bitext(
        edition.text("teiHeader/fileDesc/publicationStmt/idno", type="document"),
        source,
        target,
        tuple(beads_of(next(iter(edition.all("standOff")), None), places, target, reviewers)),
        _record(edition),
        _provenance(edition),
    )


def _side(edition: _Edition, text: etree._Element, places: Places, number: int) -> Side:
    """One text; `places` learns where its sentences are."""
    segments: list[Segment] = []
    for paragraph in text.iter("{*}p", "{*}head", "{*}ab"):
        for sentence in paragraph.iterfind("{*}s"):
            places[f"#{sentence.get(f'{XML}id')}"] = (number, len(segments))
            segments.append(_segment(sentence, paragraph))
    file = sha256 = ""
    for bibl in edition.all("teiHeader/fileDesc/sourceDesc/bibl"):
        if bibl.get("corresp") == f"#{text.get(f'{XML}id')}":
            named = {found.get("type"): found.text or "" for found in reversed(bibl.findall("{*}idno"))}
            file, sha256 = named.get("filename", ""), named.get("sha256", "")
    return Side(text.get(f"{XML}lang", ""), tuple(segments), file, sha256)


def _segment(sentence: etree._Element, paragraph: etree._Element) -> Segment:
    span = _SPAN.fullmatch(unquote(sentence.get("source", "")))
    if span is None:
        raise ValueError(f"no offsets for sentence {sentence.get(f'{XML}id')}")
    role = sentence.get("type")
    return Segment(
        sentence.text or "",
        int(span[1]),
        int(span[2]),
        int(paragraph.get("n", "")),
        int(sentence.get("n", "")),
        Role(role) if role else _ROLES[local_name(paragraph)],
        sentence.get("subtype", ""),
    )


def _record(edition: _Edition) -> Record:
    licence = edition.text("teiHeader/fileDesc/publicationStmt/availability/licence")
    if not licence:
        unknown = edition.text("teiHeader/fileDesc/publicationStmt/availability/p")
        licence = {LICENCE_UNKNOWN: "unknown", LICENCE_MISSING: ""}[unknown]
    for name in ("biblStruct", "bibl"):
        for source in edition.all(f"teiHeader/fileDesc/sourceDesc/{name}"):
            if source.get("type") == "source":
                return source_record(source, licence)
    raise ValueError("no description of its source")


def _provenance(edition: _Edition) -> Provenance:
    changes = {found.get("type"): found.get("when", "") for found in edition.all("teiHeader/revisionDesc/change")}
    statement = "teiHeader/fileDesc/titleStmt/respStmt/"
    return Provenance(
        created=changes.get("created", ""),
        changed=changes.get("changed", ""),
        **{kind: edition.text("teiHeader/encodingDesc/projectDesc/ab", type=kind) for kind in CHOICES},
        engine=edition.text(f"{statement}name", type="engine"),
        package=edition.text(f"{statement}name", type="package"),
        fingerprint=edition.text(f"{statement}note", type="fingerprint"),
    )
