"""Read a Word document and put other words into it.

Text is read as it stands: insertions are in, deletions are out, fields are their result, comments are not text. Where
a paragraph gets other words, its properties stay, its runs are written again with the properties that they had, and
marks of notes, pictures and bookmarks go with them. Start reading at `DocxOriginal`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from aligner.documents.docx.names import child, local, paragraph_part, read_styles, run_look, value
from aligner.documents.layout import PLAIN, BlockKind, Paragraph, Piece
from aligner.documents.package import DocumentPackage, parse_xml, xml_bytes
from aligner.formats.xml.markup import xml_text
from aligner.formats.xml.read import attributes

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_TEXTS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "", "lastRenderedPageBreak": ""}
_THINGS = frozenset(("footnoteReference", "endnoteReference", "drawing", "pict", "object", "sym", "ruby", "footnoteRef",
                     "endnoteRef", "ptab", "AlternateContent", "separator", "continuationSeparator"))  # fmt: skip
_PASSED = frozenset(("ins", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "moveTo", "dir", "bdo"))
"""Elements around runs whose content is text like any other."""
_KEPT = frozenset(("bookmarkStart", "bookmarkEnd", "oMath", "oMathPara"))
_PAGE_BREAKS = frozenset(("page", "column"))


@dataclass(frozen=True, slots=True)
class WordRun:
    """What a run needs to be written again: its properties, and the hyperlink around it; equal runs look the same."""

    properties: bytes = b""
    hyperlink: int = 0
    """Which of the document's hyperlinks; 0 for none."""


@dataclass(frozen=True, slots=True)
class WordElement:
    """An element that is no text: `whole` says that it stands in a paragraph, not in a run."""

    run: WordRun
    element: etree._Element
    whole: bool = False


class DocxOriginal:
    """A Word document."""

    def __init__(self, data: bytes, where: str | Path) -> None:
        """Take it apart; InputError when it is damaged."""
        self._package = DocumentPackage(data, where, "a Word document")
        self._main = "word/document.xml"
        # the usual name is only a habit: the package's relations say which part holds the text
        if self._main not in self._package:
            listed = self._package.xml("_rels/.rels") if "_rels/.rels" in self._package else ()
            mains = [value(each, "Target") for each in listed if value(each, "Type").endswith("/officeDocument")]
            if not mains:
                raise self._package.damaged()
            self._main = mains[0].lstrip("/")
        self._folder = self._main.rpartition("/")[0]
        self._roots = {self._main: self._package.xml(self._main)}
        styles = f"{self._folder}/styles.xml"
        self._styles = read_styles(self._package.xml(styles) if styles in self._package else None)
        self._links = self._targets(self._main)
        self._hyperlinks: list[etree._Element] = []
        self._number = self._tables = self._page = 0
        self.paragraphs: Sequence[Paragraph] = list(self._all())
        names = [local(e) for e in self._roots[self._main].iter()]
        self.notes = self._package.remarks(
            changes=sum(name in {"ins", "del", "moveFrom"} for name in names),
            comments=names.count("commentReference"),
            macros="vbaProject.bin",
        )

    def _targets(self, part: str) -> dict[str, str]:
        """Where the links of a part lead, by the ids of their relations."""
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels"
        if path not in self._package:
            return {}
        return {value(relation, "Id"): value(relation, "Target") for relation in self._package.xml(path)}

    def _all(self) -> Iterator[Paragraph]:
        body = child(self._roots[self._main], "body")
        if body is None:
            raise self._package.damaged()
        yield from self._blocks(body, None, "")
        for part, note in _NOTES.items():
            # notes follow the text: where they are printed is the layout's affair
            name = f"{self._folder}/{part}.xml"
            if name not in self._package:
                continue
            self._roots[name] = self._package.xml(name)
            self._links = self._targets(name)
            # those with a type are the lines that separate notes from the text
            for element in self._roots[name]:
                if local(element) == note and not value(element, "type"):
                    yield from self._blocks(element, BlockKind.NOTE, f"{note} {value(element, 'id')}")

    def _blocks(self, parent: etree._Element, part: BlockKind | None, place: str) -> Iterator[Paragraph]:
        """The paragraphs in an element of blocks, in order."""
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, part, place)
            elif name == "tbl":
                yield from self._table(element, part, place)
            elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
                yield from self._blocks(element, part, place)

    def _table(self, table: etree._Element, part: BlockKind | None, place: str) -> Iterator[Paragraph]:
        self._tables += 1
        number = self._tables
        for row, line in enumerate((e for e in table.iterchildren() if local(e) == "tr"), 1):
            for column, cell in enumerate((e for e in line.iterchildren() if local(e) == "tc"), 1):
                where = place if part is BlockKind.NOTE else f"table {number}, row {row}, cell {column}"
                yield from self._blocks(cell, part or BlockKind.CELL, where)

    def _paragraph(self, element: etree._Element, part: BlockKind | None, place: str) -> Iterator[Paragraph]:
        pieces = tuple(self._inside(element, 0, ""))
        if any(piece.text.strip() for piece in pieces):
            self._number += 1
            found, level = paragraph_part(element, self._styles)
            found, level = (found, level) if part is None else (part, 0)
            # pages are known only where Word left marks of them when it last laid out the document
            page = f"page {self._page + 1}, " if self._page else ""
            where = place or f"{page}paragraph {self._number}"
            yield Paragraph(_trimmed(pieces), found, level, where, element)
        for box in _text_boxes(element):
            yield from self._blocks(box, part, place)

    def _inside(self, parent: etree._Element, hyperlink: int, link: str) -> Iterator[Piece]:
        """The pieces in a paragraph or in what stands around runs."""
        for element in parent:
            name = local(element)
            if name == "r":
                yield from self._run(element, hyperlink, link)
            elif name == "hyperlink":
                self._hyperlinks.append(element)
                # a link to a place in the document has no relation but a bookmark's name
                target = self._links.get(value(element, "id"), "") or f"#{value(element, 'anchor')}"
                yield from self._inside(element, len(self._hyperlinks), target)
            elif name in _PASSED:
                yield from self._inside(element, hyperlink, link)
            elif name in _KEPT:
                yield Piece("", PLAIN, WordElement(WordRun(b"", hyperlink), element, whole=True))

    def _run(self, run: etree._Element, hyperlink: int, link: str) -> Iterator[Piece]:
        properties = child(run, "rPr")
        # hidden text is not what a reader of the document sees
        if child(properties, "vanish") is not None and value(child(properties, "vanish")) not in {"0", "false"}:
            return
        own = WordRun(etree.tostring(properties, with_tail=False) if properties is not None else b"", hyperlink)
        look = run_look(properties, self._styles, link)
        for element in run:
            name = local(element)
            if name == "t":
                if element.text:
                    yield Piece(element.text, look, own)
            elif name == "br":
                is_page = value(element, "type") in _PAGE_BREAKS
                self._page += value(element, "type") == "page"
                yield Piece("" if is_page else "\n", look, WordElement(own, element))
            elif name in _TEXTS:
                self._page += name == "lastRenderedPageBreak"
                if _TEXTS[name]:
                    yield Piece(_TEXTS[name], look, own if name != "cr" else WordElement(own, element))
            elif name in _THINGS:
                yield Piece("", look, WordElement(own, element))

    def saved(self, changed: Mapping[int, Sequence[Piece]], language: str) -> bytes:
        """The document with other pieces in some paragraphs; macros are left out."""
        for index, pieces in changed.items():
            self._put(self.paragraphs[index].own, pieces)
        for root in self._roots.values():
            _say_language(root, language)
        parts = {name: xml_bytes(root) for name, root in self._roots.items()}
        styles = f"{self._folder}/styles.xml"
        if styles in self._package:
            root = self._package.xml(styles)
            _say_language(root, language)
            parts[styles] = xml_bytes(root)
        macros = frozenset(name for name in self._package.names if "vba" in name.lower())
        # Macros were written for the words that are replaced, and a .docx with macros is refused by Word.
        return self._package.saved({**parts, **(self._without_macros() if macros else {})}, without=macros)

    def _without_macros(self) -> dict[str, bytes]:
        """The parts that name macros, without them."""
        types = self._package.xml("[Content_Types].xml")
        for each in list(types):
            if "vba" in (value(each, "PartName") + value(each, "ContentType")).lower():
                types.remove(each)
            elif "macroEnabled" in value(each, "ContentType"):
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                each.set("ContentType", kind)
        folder, _, name = self._main.rpartition("/")
        path = f"{folder}/_rels/{name}.rels"
        relations = self._package.xml(path)
        for each in list(relations):
            if "vba" in value(each, "Type").lower():
                relations.remove(each)
        return {"[Content_Types].xml": xml_bytes(types), path: xml_bytes(relations)}

    def _put(self, paragraph: etree._Element, pieces: Sequence[Piece]) -> None:
        """Write the runs of a paragraph again."""
        space = paragraph.tag.rpartition("}")[0] + "}"
        # A picture that comes twice in the English goes in once as it is and then as a copy: an element has one place.
        boxes = [copy.deepcopy(p.own.element) if isinstance(p.own, WordElement) else None for p in pieces]
        kept = [p.own.element if isinstance(p.own, WordElement) else None for p in pieces]
        properties = child(paragraph, "pPr")
        used = {id(element) for element in kept if element is not None}
        for each in list(paragraph):
            if each is not properties:
                paragraph.remove(each)
        into, open_link = paragraph, 0
        for piece, element, spare in zip(pieces, kept, boxes, strict=True):
            run = piece.own.run if isinstance(piece.own, WordElement) else piece.own
            run = run if isinstance(run, WordRun) else WordRun()
            if run.hyperlink != open_link:
                open_link, into = run.hyperlink, paragraph
                if open_link:
                    link = self._hyperlinks[open_link - 1]
                    into = etree.SubElement(paragraph, link.tag, attributes(link))
            thing = element if element is not None and id(element) in used else spare
            used.discard(id(element))
            if isinstance(piece.own, WordElement) and piece.own.whole and thing is not None:
                into.append(thing)
                continue
            made = etree.SubElement(into, f"{space}r")
            # the properties as they were, byte for byte: what we do not understand of them stays, too
            if run.properties and (about := parse_xml(run.properties)) is not None:
                made.append(about)
            if thing is not None:
                made.append(thing)
            else:
                _write_text(made, piece.text, space)


def _write_text(run: etree._Element, text: str, space: str) -> None:
    """Text as the content of a run."""
    for number, part in enumerate(text.replace("\n", "\t\n").split("\t")):
        if number:
            etree.SubElement(run, f"{space}{'br' if part.startswith(chr(10)) else 'tab'}")
        if shown := part.removeprefix("\n"):
            made = etree.SubElement(run, f"{space}t")
            made.text = xml_text(shown)
            made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _trimmed(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces without space at the ends of the paragraph, neighbours of one look as one."""
    made: list[Piece] = []
    for piece in pieces:
        last = made[-1] if made else None
        if last is not None and piece.text and last.text and piece.own == last.own and isinstance(piece.own, WordRun):
            made[-1] = Piece(last.text + piece.text, last.look, last.own)
        else:
            made.append(piece)
    for order, strip in ((range(len(made)), str.lstrip), (range(len(made) - 1, -1, -1), str.rstrip)):
        for at in order:
            piece = made[at]
            if piece.text.strip():
                made[at] = Piece(strip(piece.text), piece.look, piece.own)
                break
            if piece.text and not isinstance(piece.own, WordElement):
                made[at] = Piece("", piece.look, None)
    return tuple(piece for piece in made if piece.text or isinstance(piece.own, WordElement))


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The content of text boxes anchored in a paragraph, each once; the copies for old programs are taken out."""
    if not any(local(e) == "txbxContent" for e in paragraph.iter()):
        return
    # Word writes every text box twice, the second time for programs that do not know the newer notation.
    for fallback in [e for e in paragraph.iter() if local(e) == "Fallback"]:
        parent = fallback.getparent()
        if parent is not None and len(parent) > 1:
            parent.remove(fallback)
    for element in list(paragraph.iter()):
        if local(element) == "txbxContent" and not any(local(e) == "txbxContent" for e in element.iterancestors()):
            yield element


def _say_language(root: etree._Element, language: str) -> None:
    """Let text that says it is in another language say it is in this one, for the spell checker."""
    tag = {"en": "en-GB", "fr": "fr-FR", "de": "de-DE"}.get(language, language)
    for element in root.iter():
        if local(element) in {"lang", "themeFontLang"}:
            for key in element.attrib:
                if str(key).rpartition("}")[2] == "val":
                    element.set(key, tag)


open_docx = DocxOriginal
"""Open a Word document; InputError when it is damaged or protected."""
