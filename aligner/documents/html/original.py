"""Read a web page and put other words into it.

Inline content that belongs together (text, links, bold words between two block elements) is put into one element of our
own while we read, so that it can be found and replaced; that element is taken out again before the page is written.
Nothing is loaded: pictures, scripts and styles stay what they are. Start reading at `HtmlOriginal`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from aligner.documents.html.furniture import is_furniture, is_hidden, menus
from aligner.documents.inline import Element, Rules, collapsed, collect, plain_text, rebuild
from aligner.documents.layout import PLAIN, BlockKind, Paragraph, Piece, TextLook
from aligner.errors import InputError
from aligner.formats.xml.markup import xml_text

GROUP = "aligner-group"
_THINGS = frozenset(
    ("img", "input", "svg", "math", "picture", "object", "audio", "video", "canvas", "map", "iframe", "wbr", "embed",
     "select", "script")
)  # fmt: skip
"""Elements that are no text, or whose text is none of the page's."""
_INLINE = _THINGS | frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
     "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
     "u", "var", "area", "noscript", "ruby", "rt", "rp", "rb", "button")
)  # fmt: skip
_LEFT = frozenset(("script", "style", "template", "head", "noscript", "textarea", "select", "title", "meta", "link"))
_STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "dfn": "italic", "var": "italic",
    "u": "underline", "ins": "underline", "s": "strike", "strike": "strike", "del": "strike", "sup": "superscript",
    "sub": "subscript", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip


def element_name(element: Element) -> str:
    """The name of an element, in small letters and without a namespace; empty for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _look(element: Element, outside: TextLook) -> TextLook:
    name = element_name(element)
    style, css = _STYLES.get(name), (element.get("style") or "").replace(" ", "").lower()
    found = {style} if style else set()
    found |= {"bold"} if "font-weight:bold" in css or "font-weight:700" in css else set()
    found |= {"italic"} if "font-style:italic" in css else set()
    link = element.get("href", "") if name == "a" else outside.link
    return TextLook(outside.styles | found, link)


def _is_thing(element: Element) -> bool:
    """Whether an element is no text: a picture, or a note's mark, such as ``<sup><a href="#note1">1</a></sup>``."""
    name = element_name(element)
    if name != "sup":
        # what is for browsers without scripts repeats what the page has anyway
        return name in _THINGS or name == "noscript"
    # longer, it is a word that happens to be raised
    text = "".join(str(part) for part in element.itertext()).strip()
    links = [each for each in element.iter() if element_name(each) == "a" and (each.get("href") or "").startswith("#")]
    return bool(links) and len(text) < 8


RULES = Rules(
    look=_look,
    text_of=lambda element: "\n" if element_name(element) == "br" else None,
    is_thing=_is_thing,
    is_dropped=lambda element: element_name(element) in {"style", "template"},
)


class HtmlOriginal:
    """A tree of HTML or XHTML."""

    def __init__(self, root: Element) -> None:
        """Take it apart; the tree is changed."""
        self.root = root
        # a page may have what XML cannot hold as a reference, and the tree would refuse to be written
        for element in root.iter():
            element.text = xml_text(element.text) if element.text else element.text
            element.tail = xml_text(element.tail) if element.tail else element.tail
        self.notes: tuple[str, ...] = ()
        self._menus = menus(root, element_name)
        self._number = self._tables = 0
        self._rows = _rows(root)
        body = next((e for e in root.iter() if element_name(e) == "body"), root)
        self.paragraphs: Sequence[Paragraph] = list(self._walk(body, BlockKind.TEXT, 0, ""))

    def _walk(self, element: Element, part: BlockKind, level: int, place: str) -> Iterator[Paragraph]:
        """The paragraphs in an element, in order; `part` is what text directly in it is."""
        for group in _grouped(element):
            if group is not None and element_name(group) != GROUP:
                inner, depth, where = self._inside(group, part, level, place)
                if element_name(group) not in _LEFT:
                    yield from self._walk(group, inner, depth, where)
                continue
            pieces = collapsed(list(collect(group, RULES, PLAIN))) if group is not None else ()
            # white space between two blocks makes a group, too
            if any(piece.text.strip() for piece in pieces):
                self._number += 1
                yield Paragraph(pieces, part, level, place or f"paragraph {self._number}", group)

    def _inside(self, element: Element, part: BlockKind, level: int, place: str) -> tuple[BlockKind, int, str]:
        """What text in a block element is, at which level and place."""
        name = element_name(element)
        if part is BlockKind.FURNITURE or element in self._menus or is_hidden(element) or is_furniture(element, name):
            return BlockKind.FURNITURE, 0, place
        if len(name) == 2 and name[0] == "h" and name[1] in "123456":
            return BlockKind.HEADING, int(name[1]), place
        if name == "table":
            self._tables += 1
            return part, level, f"table {self._tables}"
        if name in {"td", "th"}:
            return BlockKind.CELL, 0, f"{place.split(', row ', maxsplit=1)[0]}, {self._cell(element)}"
        if name in {"li", "dd", "dt"}:
            part, level = BlockKind.ITEM, level + 1 if part is BlockKind.ITEM else 0
        elif "footnote" in (element.get("class") or "") or element.get("role") == "doc-footnote":
            part, level = BlockKind.NOTE, 0
        return (BlockKind.TEXT if part is BlockKind.HEADING else part), level, place

    def _cell(self, element: Element) -> str:
        """Where a cell is in its table."""
        row = element.getparent()
        if row is None or row not in self._rows:
            return "row 1, cell 1"
        # cells that span several count as one: the reader counts what is seen
        column = 1 + sum(element_name(before) in {"td", "th"} for before in element.itersiblings(preceding=True))
        return f"row {self._rows[row]}, cell {column}"

    def put(self, changed: Mapping[int, Sequence[Piece]], language: str) -> None:
        """Put other pieces into some paragraphs of the tree, and take our own elements out of it."""
        self._retitle(changed)
        for index, paragraph in enumerate(self.paragraphs):
            if index in changed:
                rebuild(paragraph.own, changed[index], plain_text)
        # only now: until all pieces are in their places, the groups are how these are found
        for group in [e for e in self.root.iter() if e.tag == GROUP]:
            _unwrap(group)
        for element in self.root.iter():
            if element_name(element) == "html":
                for key in [k for k in element.attrib if str(k).endswith("lang")]:
                    element.set(key, language)
                if not any(str(k).endswith("lang") for k in element.attrib):
                    element.set("lang", language)

    def _retitle(self, changed: Mapping[int, Sequence[Piece]]) -> None:
        """Put the title of the page, which is none of its paragraphs, into the words of a heading that it repeats.

        Of a title such as "Rapport | Ministère" the heading's part is put; of another one, what the first heading says.
        """
        head = next((each for each in self.root.iter() if element_name(each) == "head"), ())
        title = next((each for each in head if element_name(each) == "title"), None)
        headings = [
            (" ".join(paragraph.text.split()), " ".join("".join(piece.text for piece in changed[index]).split()))
            for index, paragraph in enumerate(self.paragraphs)
            if index in changed and paragraph.part is BlockKind.HEADING
        ]
        headings = [(old, new) for old, new in headings if old and new]
        if title is None or not headings:
            return
        said = f" {' '.join((title.text or '').split())} "
        repeated = [(old, new) for old, new in headings if f" {old} " in said]
        old, new = max(repeated, key=lambda each: len(each[0]), default=(said, headings[0][1]))
        title.text = said.replace(old, new, 1).strip()

    def saved(self, changed: Mapping[int, Sequence[Piece]], language: str) -> bytes:
        """The page with other pieces in some paragraphs, in UTF-8."""
        self.put(changed, language)
        # the page must say that it is UTF-8, and nothing else: what it said before is no longer true
        head = next((e for e in self.root.iter() if element_name(e) == "head"), None)
        if head is None:
            head = etree.Element("head")
            self.root.insert(0, head)
        for meta in [e for e in head if element_name(e) == "meta"]:
            if meta.get("charset") or (meta.get("http-equiv") or "").lower() == "content-type":
                head.remove(meta)
        head.insert(0, etree.Element("meta", charset="utf-8"))
        doctype = str(getattr(self.root.getroottree().docinfo, "doctype", "")) or "<!DOCTYPE html>"
        return etree.tostring(self.root, encoding="utf-8", method="html", doctype=doctype) + b"\n"


def _rows(root: Element) -> dict[Element, int]:
    """The rows of all tables, each with its number in its own."""
    found: dict[Element, int] = {}
    counts: dict[Element | None, int] = {}
    for row in root.iter():
        if element_name(row) == "tr":
            owner = next((above for above in row.iterancestors() if element_name(above) == "table"), None)
            found[row] = counts[owner] = counts.get(owner, 0) + 1
    return found


def _is_inline(node: Element) -> bool:
    """Whether a node belongs to the text around it: it is inline, and so is all that is in it."""
    if not isinstance(node.tag, str):
        return True
    return element_name(node) in _INLINE and (
        element_name(node) in _THINGS
        or all(element_name(e) in _INLINE or not element_name(e) for e in node.iterdescendants())
    )


def _grouped(parent: Element) -> list[Element | None]:
    """The children of a block element, its inline content put into groups."""
    children = list(parent)
    # the usual case: nothing but text
    if all(map(_is_inline, children)) and not any("text" in element_name(c) for c in children):
        return [_wrap(parent, children, parent.text)] if (parent.text or "").strip() or children else []
    found: list[Element | None] = []
    run: list[Element] = []
    lead = parent.text
    parent.text = None
    for child in children:
        if _is_inline(child):
            run.append(child)
            continue
        tail = child.tail
        child.tail = None
        if run or (lead or "").strip():
            found.append(_wrap(parent, run, lead, before=child))
        found.append(child)
        run, lead = [], tail
    if run or (lead or "").strip():
        found.append(_wrap(parent, run, lead))
    return found


def _wrap(parent: Element, nodes: Sequence[Element], lead: str | None, before: Element | None = None) -> Element:
    """Put text and nodes, which follow each other in a parent, into a group of their own."""
    group = etree.Element(GROUP)
    group.text = lead
    if before is None and len(nodes) == len(parent):
        parent.text = None
    at = parent.index(nodes[0]) if nodes else parent.index(before) if before is not None else len(parent)
    for node in nodes:
        group.append(node)
    parent.insert(at, group)
    return group


def _unwrap(group: Element) -> None:
    """Take a group out of the tree, leaving what is in it."""
    parent = group.getparent()
    assert parent is not None  # noqa: S101 - groups are made inside an element
    at, tail = parent.index(group), group.tail
    text, children = group.text, list(group)
    parent.remove(group)
    if text:
        plain_text_after(parent, at, text)
    for offset, child in enumerate(children):
        parent.insert(at + offset, child)
    if tail:
        plain_text_after(parent, at + len(children), tail)


def plain_text_after(parent: Element, position: int, text: str) -> None:
    """Add text before the child at a position."""
    if position:
        parent[position - 1].tail = (parent[position - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def open_html(text: str, where: str | Path) -> HtmlOriginal:
    """Open a web page."""
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    hint = "open it in a browser and save it again"
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError("this is not a web page that can be read", where=where, hint=hint) from error
    if sum(1 for _ in root.iter()) > 2_000_000:
        raise InputError("this web page has more than two million elements", where=where, hint=hint)
    return HtmlOriginal(root)
