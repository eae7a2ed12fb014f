"""Read TMX as a stream of units: versions 1.1 to 1.4, levels 1 and 2, memory as flat as one unit.

    bytes ──elements──▶ Header, Unit, Unit …

The parser is given no document type, loads nothing and resolves no entity. Common defects of real files are read and
noted by name (`aligner.formats.defects`). Start reading at `TmxFile`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from aligner.errors import InputError
from aligner.formats.base import place_in
from aligner.formats.defects import Defect, Defects
from aligner.formats.exchange.notation import language_tag
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.tmx.dates import iso_date
from aligner.formats.tmx.header import Header
from aligner.formats.xml.markup import (
    Markup,
    element,
    escape,
    join_markup,
)
from aligner.formats.xml.read import (
    XML,
    attributes,
    children,
    line_of,
    local_name,
    release,
    stream_elements,
)

_XML_LANG = f"{XML}lang"
_REQUIRED = ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype")
_CODES = frozenset(("bpt", "ept", "ph", "it", "ut"))
"""Elements that hold a tool's native codes, not text; ``hi`` holds text."""


class TmxFile:
    """An open TMX file: iterate over it for its units; ``header`` is there from the first on.

    Inline tags are dropped from a variant's text; with `codes` the native codes in them (``<b>``) stay in the text. Its
    ``markup`` has them in any case.
    """

    def __init__(self, stream: BinaryIO, *, codes: bool = False) -> None:
        self._codes = codes
        self.findings = Defects(place_in(stream) or "TMX")
        self.header = Header("*all*")
        self._stream = stream

    def __iter__(self) -> Iterator[Unit]:
        """Yield the units in order; InputError, with the line, when the file is not well-formed or not TMX."""
        for found in stream_elements(self._stream, self.findings, names=("header", "tu"), check_root=self._check_root):
            if local_name(found) == "header":
                self.header = self._header(found)
            else:
                yield self._unit(found)
                release(found)

    def _check_root(self, found: etree._Element) -> None:
        if local_name(found) != "tmx":
            raise InputError(f"this is not a TMX file but <{local_name(found)}>", where=self.findings.name)
        version = found.get("version", "")
        if not version.startswith("1.4"):
            self.findings.note(Defect.OLD_VERSION, line=line_of(found), detail=version or "no version")

    def _header(self, found: etree._Element) -> Header:
        parts = children(found)
        for name in _REQUIRED:
            if not found.get(name):
                self.findings.note(Defect.HEADER_ATTRIBUTE, line=line_of(found), detail=name)
        return Header(
            self._language(found.get("srclang") or "*all*", found),
            tool=found.get("creationtool", ""),
            tool_version=found.get("creationtoolversion", ""),
            segmentation=found.get("segtype", "sentence"),
            memory_format=found.get("o-tmf", ""),
            admin_language=found.get("adminlang", ""),
            datatype=found.get("datatype", "unknown"),
            created=iso_date(found.get("creationdate", "")),
            changed=iso_date(found.get("changedate", "")),
            notes=tuple([child.text or "" for child in parts.get("note", ())]),
            properties=tuple([(child.get("type", ""), child.text or "") for child in parts.get("prop", ())]),
        )

    def _unit(self, found: etree._Element) -> Unit:
        facts = attributes(found)
        variants, notes, properties = [], [], []
        for child in found:  # one loop: this is where reading spends its time
            name = local_name(child)
            if name == "prop":
                properties.append((child.get("type", ""), child.text or ""))
            elif name == "tuv":
                variants.append(self._variant(child, facts))
            elif name == "note":
                notes.append(child.text or "")
        kept = tuple([variant for variant in variants if variant])
        return Unit(kept, facts.get("tuid", ""), tuple(notes), tuple(properties), line_of(found))

    def _variant(self, found: etree._Element, unit: dict[str, str]) -> Variant | None:
        own = attributes(found)
        # The DTD lets a unit say for all its variants what none of them says itself.
        facts = unit | own if unit else own
        code = facts.get(_XML_LANG) or facts.get("lang")
        if not code:
            self.findings.note(Defect.NO_LANGUAGE, line=line_of(found))
            return None
        # Early versions of TMX had lang instead.
        if _XML_LANG not in facts:
            self.findings.note(Defect.OLD_LANGUAGE, line=line_of(found))
        seg = found.find("{*}seg") if len(found) != 1 or local_name(found[0]) != "seg" else found[0]
        text = "" if seg is None else "".join(map(str, seg.itertext())) if self._codes else _plain(seg)
        if seg is None or not text.strip():
            self.findings.note(Defect.EMPTY_SEGMENT, line=line_of(found), detail=code)
            return None
        return Variant(
            self._language(code, found),
            text,
            _inner(seg) if len(seg) else "",
            created=iso_date(facts.get("creationdate", "")),
            created_by=facts.get("creationid", ""),
            changed=iso_date(facts.get("changedate", "")),
            changed_by=facts.get("changeid", ""),
        )

    def _language(self, code: str, found: etree._Element) -> str:
        tag = language_tag(code)
        # Capitals alone are no defect: BCP 47 makes no difference between them.
        if tag != code and tag.lower() != code.lower():
            self.findings.note(Defect.LANGUAGE_CODE, line=line_of(found), detail=code)
        return tag


def _plain(found: etree._Element) -> str:
    """The text without inline tags and their codes."""
    if not len(found):
        return found.text or ""
    parts = [found.text or ""]
    for child in found:
        if local_name(child) not in _CODES:
            parts.append(_plain(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _inner(found: etree._Element) -> Markup:
    """The content with its inline tags, as XML without namespaces."""
    parts = [escape(found.text or "")]
    for child in found:
        if isinstance(child.tag, str):
            attributes = {str(name).rpartition("}")[2]: str(value) for name, value in child.attrib.items()}
            parts.append(element(local_name(child), _inner(child), **attributes))
        parts.append(escape(child.tail or ""))
    return join_markup(parts)
