"""Read TMX as a stream of units: versions 1.1 to 1.4, levels 1 and 2, memory as flat as one unit.

    bytes ──clean_chunks──▶ parser ──▶ Header, Unit, Unit …

The parser is given no document type, loads nothing and resolves no entity. Common defects of real files are read and
noted by name (`aligner.formats.tmx.defects`). Start reading at `TmxFile`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from aligner.errors import InputError
from aligner.formats.base import place
from aligner.formats.markup import Markup, element, escape, join
from aligner.formats.tmx.defects import Defect, Findings
from aligner.formats.tmx.model import Header, Properties, Unit, Variant
from aligner.formats.tmx.notation import iso_date, language_tag
from aligner.formats.tmx.source import clean_chunks

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_REQUIRED = ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype")
_CODES = frozenset(("bpt", "ept", "ph", "it", "ut"))
"""Elements that hold a tool's native codes, not text; ``hi`` holds text."""


class TmxFile:
    """An open TMX file: iterate over it for its units; ``header`` is there from the first on.

    Inline tags are dropped from a variant's text; with `codes` the native codes in them (``<b>``) stay in the text. Its
    ``markup`` has them in any case.
    """

    def __init__(self, stream: BinaryIO, *, codes: bool = False) -> None:
        self._text = _native if codes else _plain
        self.findings = Findings(place(stream) or "TMX")
        self.header = Header("*all*")
        self._chunks = clean_chunks(stream, self.findings)

    def __iter__(self) -> Iterator[Unit]:
        """Yield the units in order; InputError, with the line, when the file is not well-formed or not TMX."""
        parser = etree.XMLPullParser(
            events=("start", "end"),
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        root: etree._Element | None = None
        for chunk in self._chunks:
            for event, found in self._events(parser, chunk):
                if root is None:
                    root = self._root(found)
                elif event == "end":
                    yield from self._taken(found)
        self._finish(parser)

    def _events(self, parser: etree.XMLPullParser, chunk: bytes) -> Iterator[tuple[str, etree._Element]]:
        try:
            parser.feed(chunk)
            for event, found in parser.read_events():
                if isinstance(found, etree._Element) and isinstance(found.tag, str):
                    yield str(event), found
        except etree.XMLSyntaxError as error:
            raise self._broken(error) from error

    def _finish(self, parser: etree.XMLPullParser) -> None:
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            raise self._broken(error) from error

    def _broken(self, error: etree.XMLSyntaxError) -> InputError:
        where = f"{self.findings.name}, line {error.lineno}" if error.lineno else self.findings.name
        return InputError(f"this is not well-formed XML ({error.msg})", where=where)

    def _root(self, found: etree._Element) -> etree._Element:
        if _name(found) != "tmx":
            raise InputError(f"this is not a TMX file but <{_name(found)}>", where=self.findings.name)
        version = found.get("version", "")
        if not version.startswith("1.4"):
            self.findings.note(Defect.OLD_VERSION, line=_line(found), detail=version or "no version")
        return found

    def _taken(self, found: etree._Element) -> Iterator[Unit]:
        """The unit of an element that ended, if it is one; what has been read is forgotten."""
        name = _name(found)
        if name == "header":
            self.header = self._header(found)
        elif name == "tu":
            yield self._unit(found)
            parent = found.getparent()
            found.clear()
            while parent is not None and len(parent) > 1:
                del parent[0]

    def _header(self, found: etree._Element) -> Header:
        for name in _REQUIRED:
            if not found.get(name):
                self.findings.note(Defect.HEADER_ATTRIBUTE, line=_line(found), detail=name)
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
            notes=_notes(found),
            properties=_properties(found),
        )

    def _unit(self, found: etree._Element) -> Unit:
        variants = [made for child in _children(found, "tuv") if (made := self._variant(child, found))]
        return Unit(tuple(variants), found.get("tuid", ""), _notes(found), _properties(found), _line(found))

    def _variant(self, found: etree._Element, unit: etree._Element) -> Variant | None:
        code = found.get(_XML_LANG) or found.get("lang")
        if not code:
            self.findings.note(Defect.NO_LANGUAGE, line=_line(found))
            return None
        if not found.get(_XML_LANG):
            self.findings.note(Defect.OLD_LANGUAGE, line=_line(found))
        segs = _children(found, "seg")
        text = self._text(segs[0]) if segs else ""
        if not text.strip():
            self.findings.note(Defect.EMPTY_SEGMENT, line=_line(found), detail=code)
            return None

        def fact(name: str) -> str:
            return found.get(name) or unit.get(name) or ""

        return Variant(
            self._language(code, found),
            text,
            _inner(segs[0]) if len(segs[0]) else "",
            created=iso_date(fact("creationdate")),
            created_by=fact("creationid"),
            changed=iso_date(fact("changedate")),
            changed_by=fact("changeid"),
        )

    def _language(self, code: str, found: etree._Element) -> str:
        tag = language_tag(code)
        if tag.lower() != code.lower():
            self.findings.note(Defect.LANGUAGE_CODE, line=_line(found), detail=code)
        return tag


def _name(found: etree._Element) -> str:
    """The local name: some tools put TMX into a namespace."""
    return str(found.tag).rpartition("}")[2]


def _line(found: etree._Element) -> int:
    """Where an element begins in the file."""
    return int(getattr(found, "sourceline", 0) or 0)


def _children(found: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in found if isinstance(child.tag, str) and _name(child) == name]


def _notes(found: etree._Element) -> tuple[str, ...]:
    return tuple(child.text or "" for child in _children(found, "note"))


def _properties(found: etree._Element) -> Properties:
    return tuple((child.get("type", ""), child.text or "") for child in _children(found, "prop"))


def _plain(found: etree._Element) -> str:
    """The text without inline tags and their codes."""
    parts = [found.text or ""]
    for child in found:
        if isinstance(child.tag, str) and _name(child) not in _CODES:
            parts.append(_plain(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _native(found: etree._Element) -> str:
    """The text with the codes of its inline tags."""
    return "".join(map(str, found.itertext()))


def _inner(found: etree._Element) -> Markup:
    """The content with its inline tags, as XML without namespaces."""
    parts = [escape(found.text or "")]
    for child in found:
        if isinstance(child.tag, str):
            attributes = {str(name).rpartition("}")[2]: str(value) for name, value in child.attrib.items()}
            parts.append(element(_name(child), _inner(child), **attributes))
        parts.append(escape(child.tail or ""))
    return join(parts)
