"""Read TMX as a stream of units: versions 1.1 to 1.4, levels 1 and 2, memory as flat as one unit.

    bytes ──clean_chunks──▶ parser ──▶ Header, Unit, Unit …

The parser is given no document type, loads nothing and resolves no entity. Common defects of real files are read and
noted by name (`aligner.formats.tmx.defects`). Start reading at `TmxFile`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

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
            events=("end",),
            tag=("{*}header", "{*}tu"),
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        checked = False
        for chunk in self._chunks:
            for found in self._complete(parser, chunk):
                if not checked:
                    self._check_root(found.getroottree().getroot())
                    checked = True
                yield from self._taken(found)
        root = self._close(parser)
        if not checked:
            self._check_root(root)

    def _complete(self, parser: etree.XMLPullParser, chunk: bytes) -> Iterator[etree._Element]:
        """Headers and units that are complete with this piece of the file."""
        try:
            parser.feed(chunk)
            for _, found in parser.read_events():
                if isinstance(found, etree._Element):
                    yield found
        except etree.XMLSyntaxError as error:
            raise self._broken(error) from error

    def _close(self, parser: etree.XMLPullParser) -> etree._Element:
        try:
            return parser.close()
        except etree.XMLSyntaxError as error:
            raise self._broken(error) from error

    def _broken(self, error: etree.XMLSyntaxError) -> InputError:
        where = f"{self.findings.name}, line {error.lineno}" if error.lineno else self.findings.name
        return InputError(f"this is not well-formed XML ({error.msg})", where=where)

    def _check_root(self, found: etree._Element) -> None:
        if _name(found) != "tmx":
            raise InputError(f"this is not a TMX file but <{_name(found)}>", where=self.findings.name)
        version = found.get("version", "")
        if not version.startswith("1.4"):
            self.findings.note(Defect.OLD_VERSION, line=_line(found), detail=version or "no version")

    def _taken(self, found: etree._Element) -> Iterator[Unit]:
        """The unit of an element that ended, if it is one; what has been read is forgotten."""
        if _name(found) == "header":
            self.header = self._header(found)
            return
        yield self._unit(found)
        parent = found.getparent()
        found.clear()
        while parent is not None and len(parent) > 1:
            del parent[0]

    def _header(self, found: etree._Element) -> Header:
        parts = _parts(found)
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
            notes=_notes(parts),
            properties=_properties(parts),
        )

    def _unit(self, found: etree._Element) -> Unit:
        facts = _attributes(found)
        parts = _parts(found)
        variants = [made for child in parts.get("tuv", ()) if (made := self._variant(child, facts))]
        return Unit(tuple(variants), str(facts.get("tuid", "")), _notes(parts), _properties(parts), _line(found))

    def _variant(self, found: etree._Element, unit: dict[str, str]) -> Variant | None:
        facts = unit | _attributes(found)
        code = facts.get(_XML_LANG) or facts.get("lang")
        if not code:
            self.findings.note(Defect.NO_LANGUAGE, line=_line(found))
            return None
        if _XML_LANG not in facts:
            self.findings.note(Defect.OLD_LANGUAGE, line=_line(found))
        seg = next(iter(_parts(found).get("seg", ())), None)
        text = "" if seg is None else self._text(seg)
        if seg is None or not text.strip():
            self.findings.note(Defect.EMPTY_SEGMENT, line=_line(found), detail=code)
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
        if tag.lower() != code.lower():
            self.findings.note(Defect.LANGUAGE_CODE, line=_line(found), detail=code)
        return tag


def _name(found: etree._Element) -> str:
    """The local name: some tools put TMX into a namespace. Empty for what is no element."""
    tag = found.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _line(found: etree._Element) -> int:
    """Where an element begins in the file."""
    return int(getattr(found, "sourceline", 0) or 0)


def _attributes(found: etree._Element) -> dict[str, str]:
    return dict(cast("Mapping[str, str]", found.attrib))


def _parts(found: etree._Element) -> dict[str, list[etree._Element]]:
    """The elements inside one, by their local names."""
    parts: dict[str, list[etree._Element]] = {}
    for child in found:
        parts.setdefault(_name(child), []).append(child)
    return parts


def _notes(parts: dict[str, list[etree._Element]]) -> tuple[str, ...]:
    return tuple([child.text or "" for child in parts.get("note", ())])


def _properties(parts: dict[str, list[etree._Element]]) -> Properties:
    return tuple([(child.get("type", ""), child.text or "") for child in parts.get("prop", ())])


def _plain(found: etree._Element) -> str:
    """The text without inline tags and their codes."""
    parts = [found.text or ""]
    for child in found:
        if _name(child) not in _CODES:
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
