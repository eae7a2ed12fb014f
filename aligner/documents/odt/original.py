"""Read an OpenDocument text and put other words into it.

Text is read as it stands: what was deleted is not in the body, comments are not text. Start reading at `OdtOriginal`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree

from aligner.documents.docx.names import child, local, value
from aligner.documents.inline import Element, Rules, collapsed, collect, plain_text, rebuild
from aligner.documents.layout import PLAIN, BlockKind, Paragraph, Piece, TextLook
from aligner.documents.package import DocumentPackage, protected, xml_bytes
from aligner.languages.figures import whole_number

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_THINGS = frozenset(
    ("note", "frame", "custom-shape", "bookmark", "bookmark-start", "bookmark-end", "reference-mark", "line", "rect",
     "reference-mark-start", "reference-mark-end", "control", "g", "toc-mark", "alphabetical-index-mark", "ruby")
)  # fmt: skip
_DROPPED = frozenset(
    ("annotation", "annotation-end", "soft-page-break", "change", "change-start", "change-end", "tracked-changes")
)
_PASSED = frozenset(("section", "index-body", "numbered-paragraph", "text-box"))


def _text_of(element: Element) -> str | None:
    name = local(element)
    if name == "s":
        count = whole_number(value(element, "c", default="1"))
        return " " * (count if count is not None and count < 1000 else 1)
    return {"tab": "\t", "line-break": "\n"}.get(name)


class OdtOriginal:
    """An OpenDocument text."""

    def __init__(self, data: bytes, where: str | Path) -> None:
        """Take it apart; InputError when it is damaged or protected."""
        self._package = DocumentPackage(data, where, "an OpenDocument text")
        if "META-INF/manifest.xml" in self._package and b"encryption-data" in self._package.read(
            "META-INF/manifest.xml"
        ):
            raise protected(where)
        self._root = self._package.xml("content.xml")
        self._looks: dict[str, frozenset[str]] = {}
        self._parents: dict[str, str] = {}
        self._outline: dict[str, int] = {}
        if "styles.xml" in self._package:
            self._read_styles(self._package.xml("styles.xml"))
        self._read_styles(self._root)
        self._number = self._tables = self._notes = self._page = 0
        body = child(child(self._root, "body"), "text")
        if body is None:
            raise self._package.damaged()
        self._rules = Rules(self._look, _text_of, lambda e: local(e) in _THINGS, lambda e: local(e) in _DROPPED)
        self.paragraphs: Sequence[Paragraph] = list(self._blocks(body, BlockKind.TEXT, 0, ""))
        names = [local(e) for e in self._root.iter()]
        changes, comments = names.count("changed-region"), names.count("annotation")
        self.notes = self._package.remarks(changes=changes, comments=comments, macros="Basic/")

    def _read_styles(self, root: Element) -> None:
        for style in root.iter():
            if local(style) != "style":
                continue
            name, found = value(style, "name"), set()
            about = child(style, "text-properties")
            weight = value(about, "font-weight")
            found |= {"bold"} if weight == "bold" or (whole_number(weight) or 0) >= 600 else set()
            found |= {"italic"} if value(about, "font-style") in {"italic", "oblique"} else set()
            found |= {"underline"} if value(about, "text-underline-style", default="none") != "none" else set()
            found |= {"strike"} if value(about, "text-line-through-style", default="none") != "none" else set()
            # "super 58%" or the distance itself, "33% 58%"
            raised = value(about, "text-position").split(" ")[0]
            if re.fullmatch(r"super|\d+%", raised) and raised != "0%":
                found |= {"superscript"}
            elif re.fullmatch(r"sub|-\d+%", raised):
                found |= {"subscript"}
            self._looks[name] = frozenset(found) if value(style, "family") == "text" else frozenset()
            self._parents[name] = value(style, "parent-style-name")

    def _look(self, element: Element, outside: TextLook) -> TextLook:
        if local(element) == "a":
            return TextLook(outside.styles, value(element, "href"))
        return TextLook(outside.styles | self._looks.get(value(element, "style-name"), frozenset()), outside.link)

    def _blocks(self, parent: Element, part: BlockKind, level: int, place: str) -> Iterator[Paragraph]:
        for element in parent:
            name = local(element)
            if name in {"p", "h"}:
                yield from self._paragraph(element, part, level, place)
            elif name == "list":
                # in a cell or a note an item stays what it is in: that is what its place in the file says
                inner = part if part in {BlockKind.CELL, BlockKind.NOTE} else BlockKind.ITEM
                depth = level + 1 if part is BlockKind.ITEM else 0
                for item in element:
                    if local(item) in {"list-item", "list-header"}:
                        yield from self._blocks(item, inner, depth, place)
            elif name == "table":
                yield from self._table(element, part, place)
            elif name in _PASSED or name.endswith("-index") or name == "table-of-content":
                yield from self._blocks(element, part, level, place)
            elif name == "soft-page-break":
                self._page += 1

    def _table(self, table: Element, part: BlockKind, place: str) -> Iterator[Paragraph]:
        self._tables += 1
        number = self._tables
        # rows may be in groups (headings, repeated rows), and cells may have tables of their own
        rows = [
            row
            for row in table.iter()
            if local(row) == "table-row" and next(e for e in row.iterancestors() if local(e) == "table") is table
        ]
        for row, line in enumerate(rows, 1):
            cells = [e for e in line if local(e) in {"table-cell", "covered-table-cell"}]
            for column, cell in enumerate(cells, 1):
                where = place if part is BlockKind.NOTE else f"table {number}, row {row}, cell {column}"
                yield from self._blocks(cell, part if part is BlockKind.NOTE else BlockKind.CELL, 0, where)

    def _paragraph(self, element: Element, part: BlockKind, level: int, place: str) -> Iterator[Paragraph]:
        pieces = collapsed(list(collect(element, self._rules, PLAIN)))
        self._page += sum(local(e) == "soft-page-break" for e in element.iter())
        if any(piece.text.strip() for piece in pieces):
            self._number += 1
            if local(element) == "h" and part in {BlockKind.TEXT, BlockKind.ITEM}:
                outline = value(element, "outline-level", default="1")
                part, level = BlockKind.HEADING, whole_number(outline) or 1
            page = f"page {self._page + 1}, " if self._page else ""
            yield Paragraph(pieces, part, level, place or f"{page}paragraph {self._number}", element)
        for thing in pieces:
            inner = getattr(thing.own, "element", None)
            if inner is not None and local(inner) == "note":
                self._notes += 1
                body = child(inner, "note-body")
                yield from self._blocks(body, BlockKind.NOTE, 0, f"note {self._notes}") if body is not None else ()
            elif inner is not None and local(inner) in {"frame", "custom-shape"}:
                for box in [e for e in inner.iter() if local(e) == "text-box"]:
                    yield from self._blocks(box, part, 0, place)

    def saved(self, changed: Mapping[int, Sequence[Piece]], language: str) -> bytes:
        """The document with other pieces in some paragraphs."""
        for index in sorted(changed, reverse=True):  # notes before the paragraphs that hold them: those copy them
            rebuild(self.paragraphs[index].own, changed[index], text_into)
        parts = {"content.xml": xml_bytes(self._root)}
        if "styles.xml" in self._package:
            styles = self._package.xml("styles.xml")
            for root in (styles, self._root):
                _say_language(root, language)
            parts = {"content.xml": xml_bytes(self._root), "styles.xml": xml_bytes(styles)}
        return self._package.saved(parts)


def _say_language(root: Element, language: str) -> None:
    country = {"en": "GB", "fr": "FR", "de": "DE"}.get(language, "")
    for element in root.iter():
        if local(element) != "text-properties":
            continue
        for key in element.attrib:
            if str(key).endswith("1.0}language") and "xsl-fo" in str(key):
                element.set(key, language)
            elif str(key).endswith("1.0}country") and "xsl-fo" in str(key):
                element.set(key, country or "none")


def text_into(into: Element, text: str) -> None:
    """Add text to the end of an element; what ODF cannot hold as characters becomes its elements."""
    for part in re.split(r"(\t|\n|(?<= ) +|^ +)", text):
        if part == "\t":
            etree.SubElement(into, f"{TEXT}tab")
        elif part == "\n":
            etree.SubElement(into, f"{TEXT}line-break")
        elif part and not part.strip(" ") and (len(part) > 1 or part != " "):
            etree.SubElement(into, f"{TEXT}s").set(f"{TEXT}c", str(len(part)))
        elif part:
            plain_text(into, part)


open_odt = OdtOriginal
"""Open an OpenDocument text; InputError when it is damaged or protected."""
