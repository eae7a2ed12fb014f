"""Write a Word document of paragraphs, with the few styles that it needs.

Start reading at `write_docx`; `package` makes the file of its body.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby

from aligner.documents.docx.names import MAIN, RELATIONS
from aligner.documents.layout import BlockKind, Paragraph, Piece
from aligner.documents.markdown.write import rows_of
from aligner.formats.archive import entry
from aligner.formats.xml.markup import DECLARATION, Markup, element, join_markup

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata"
_ABOUT = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DEFAULTS = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
_PARTS = {
    "/word/document.xml": f"{_TYPE}.document.main+xml",
    "/word/styles.xml": f"{_TYPE}.styles+xml",
    "/word/numbering.xml": f"{_TYPE}.numbering+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}
"""What each part of the file is, as the package must say."""
_TAGS = {"bold": "b", "italic": "i", "strike": "strike"}


class HyperlinkTable:
    """The links of a document, by their relations' ids."""

    def __init__(self) -> None:
        """None yet."""
        self.ids: dict[str, str] = {}

    def id_of(self, target: str) -> str:
        """The id of the relation to a target."""
        return self.ids.setdefault(target, f"link{len(self.ids) + 1}")


def w(name: str, *children: str, **attributes: str) -> Markup:
    """An element of WordprocessingML; attributes are in its namespace."""
    opening = "".join(f' w:{key}="{element("x", a=val)[6:-3]}"' for key, val in attributes.items())
    content = "".join(children)
    return Markup(f"<w:{name}{opening}>{content}</w:{name}>" if content else f"<w:{name}{opening}/>")


def word_runs(pieces: Sequence[Piece], links: HyperlinkTable) -> Markup:
    """Pieces as runs."""
    made = []
    for piece in pieces:
        if not piece.text:
            continue
        styles = piece.look.styles
        about = [w(tag) for style, tag in _TAGS.items() if style in styles]
        about += [w("u", val="single")] if "underline" in styles or piece.look.link else []
        about += [w("vertAlign", val=style) for style in ("superscript", "subscript") if style in styles]
        lines = []
        for number, line in enumerate(piece.text.split("\n")):
            lines += [w("br")] if number else []
            lines += [Markup(f'<w:t xml:space="preserve">{element("x", line)[3:-4]}</w:t>')] if line else []
        run = w("r", w("rPr", *about) if about else "", *lines)
        if piece.look.link:
            run = Markup(f'<w:hyperlink r:id="{links.id_of(piece.look.link)}">{run}</w:hyperlink>')
        made.append(run)
    return join_markup(made)


def paragraph(pieces: Sequence[Piece], links: HyperlinkTable, style: str = "", level: int | None = None) -> Markup:
    """A paragraph of a style, or an item of a list at a level."""
    about = [w("pStyle", val=style)] if style else []
    # Word has nine levels of lists.
    if level is not None:
        about.append(w("numPr", w("ilvl", val=f"{min(level, 8)}"), w("numId", val="1")))
    return w("p", w("pPr", *about) if about else "", word_runs(pieces, links))


def table(rows: Sequence[Sequence[Markup]], widths: Sequence[int], *, heading: bool = False) -> Markup:
    """A table of cells with lines; widths in twentieths of a point."""
    names = ("top", "left", "bottom", "right", "insideH", "insideV")
    sides = [w(name, val="single", sz="4", space="0", color="808080") for name in names]
    whole = w("tblW", w=str(sum(widths)), type="dxa")
    parts = [w("tblPr", whole, w("tblBorders", *sides), w("tblLayout", type="fixed"))]
    parts.append(w("tblGrid", *(w("gridCol", w=str(width)) for width in widths)))
    for number, row in enumerate(rows):
        cells = [
            w("tc", w("tcPr", w("tcW", w=str(width), type="dxa")), cell)
            for cell, width in zip(row, widths, strict=True)
        ]
        parts.append(w("tr", w("trPr", w("tblHeader")) if heading and not number else "", *cells))
    return w("tbl", *parts)


def write_docx(paragraphs: Sequence[Paragraph], language: str, title: str = "") -> bytes:
    """A Word document."""
    links = HyperlinkTable()
    body: list[Markup] = []
    for part, group in groupby(paragraphs, lambda p: p.part):
        members = [p for p in group if p.text.strip()]
        if part is BlockKind.CELL and members:
            for rows in rows_of(members):
                width = max(map(len, rows))
                cells = [[paragraph(c.pieces, links) for c in row] + [w("p")] * (width - len(row)) for row in rows]
                body.append(table(cells, [9000 // width] * width))
            # Word joins two tables between which there is no paragraph
            body.append(w("p"))
        elif part is not BlockKind.FURNITURE:
            for p in members:
                style = f"Heading{min(max(p.level, 1), 6)}" if part is BlockKind.HEADING else ""
                body.append(paragraph(p.pieces, links, style, p.level if part is BlockKind.ITEM else None))
    return package(join_markup(body), links, language, title)


def package(body: Markup, links: HyperlinkTable, language: str, title: str = "", *, landscape: bool = False) -> bytes:
    """The file of a body: the same bytes for the same content."""
    # A4, in twentieths of a point
    sides = {"w": "16838", "h": "11906", "orient": "landscape"} if landscape else {"w": "11906", "h": "16838"}
    margins = dict.fromkeys(("top", "right", "bottom", "left"), "1134") | {
        "header": "708",
        "footer": "708",
        "gutter": "0",
    }
    page = w("sectPr", w("pgSz", **sides), w("pgMar", **margins))
    opening = f'<w:document xmlns:w="{MAIN}" xmlns:r="{RELATIONS}">'
    document = f"{DECLARATION}{opening}{w('body', body, page)}</w:document>"
    relations = [
        _relation(key, f"{RELATIONS}/hyperlink", target, outside=not target.startswith("#"))
        for target, key in links.ids.items()
    ]
    relations += [_relation(name, f"{RELATIONS}/{name}", f"{name}.xml") for name in ("styles", "numbering")]
    main = [
        _relation("main", f"{RELATIONS}/officeDocument", "word/document.xml"),
        _relation("core", _ABOUT, "docProps/core.xml"),
    ]
    types = [element("Default", Extension=ending, ContentType=kind) for ending, kind in _DEFAULTS.items()]
    types += [element("Override", PartName=name, ContentType=kind) for name, kind in _PARTS.items()]
    # one kind of list, with bullets: what the numbers of the original were is in its text
    levels = [w("lvl", w("start", val="1"), w("numFmt", val="bullet"), w("lvlText", val="•"),
                w("pPr", w("ind", left=str(360 * (n + 1)), hanging="360")), ilvl=str(n)) for n in range(9)]  # fmt: skip
    abstract = w("abstractNum", *levels, abstractNumId="0")
    numbers = w("num", w("abstractNumId", val="0"), numId="1")
    core = f'<cp:coreProperties xmlns:cp="{_CORE}/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    parts = {
        "[Content_Types].xml": DECLARATION + element("Types", *types, xmlns=_TYPES),
        "_rels/.rels": _relations(main),
        "docProps/core.xml": f"{DECLARATION}{core}{element('dc:title', title)}</cp:coreProperties>",
        "word/document.xml": document,
        "word/styles.xml": _styles(language),
        "word/numbering.xml": f'{DECLARATION}<w:numbering xmlns:w="{MAIN}">{abstract}{numbers}</w:numbering>',
        "word/_rels/document.xml.rels": _relations(relations),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(entry(name), content.encode())
    return buffer.getvalue()


def _relation(key: str, kind: str, target: str, *, outside: bool = False) -> Markup:
    return element("Relationship", Id=key, Type=kind, Target=target, TargetMode="External" if outside else None)


def _relations(relations: Sequence[Markup]) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return DECLARATION + element("Relationships", *relations, xmlns=space)


def _styles(language: str) -> str:
    tag = {"en": "en-GB", "fr": "fr-FR", "de": "de-DE"}.get(language, language)
    fonts = w("rFonts", ascii="Calibri", hAnsi="Calibri", cs="Calibri")
    defaults = w("docDefaults", w("rPrDefault", w("rPr", fonts, w("sz", val="22"), w("lang", val=tag))),
                 w("pPrDefault", w("pPr", w("spacing", after="120"))))  # fmt: skip
    styles = [Markup('<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>')]
    for level in range(1, 7):
        size = str(36 - 3 * level)
        about = w("pPr", w("keepNext"), w("spacing", before="240", after="80"), w("outlineLvl", val=str(level - 1)))
        names = w("name", val=f"heading {level}"), w("basedOn", val="Normal"), w("next", val="Normal")
        look = w("rPr", w("b"), w("sz", val=size))
        styles.append(w("style", *names, about, look, type="paragraph", styleId=f"Heading{level}"))
    return f'{DECLARATION}<w:styles xmlns:w="{MAIN}">{defaults}{join_markup(styles)}</w:styles>'
