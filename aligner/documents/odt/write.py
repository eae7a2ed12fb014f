"""Write an OpenDocument text of paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby

from aligner.documents.layout import BlockKind, Paragraph, Piece, TextLook
from aligner.documents.markdown.write import rows_of
from aligner.formats.archive import entry
from aligner.formats.xml.markup import DECLARATION, Markup, element, escape, join_markup

_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
_TYPE = "application/vnd.oasis.opendocument.text"
_NAMES = {name: f"{_SPACE}:{name}:1.0" for name in ("office", "text", "table", "style")} | {
    "fo": f"{_SPACE}:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "manifest": f"{_SPACE}:manifest:1.0",
}
_OPEN = " ".join(f'xmlns:{name}="{space}"' for name, space in _NAMES.items())
_LOOKS = {
    "bold": 'fo:font-weight="bold"',
    "italic": 'fo:font-style="italic"',
    "underline": 'style:text-underline-style="solid"',
    "strike": 'style:text-line-through-style="solid"',
    "superscript": 'style:text-position="super 58%"',
    "subscript": 'style:text-position="sub 58%"',
    "code": 'style:font-name="monospace"',
}


def _tag(name: str, content: str, attributes: str = "") -> Markup:
    return Markup(f"<{name}{' ' + attributes if attributes else ''}>{content}</{name}>")


def _style_name(look: TextLook) -> str:
    return "look-" + "-".join(sorted(look.styles))


def _inline(pieces: Sequence[Piece]) -> Markup:
    parts = []
    for piece in pieces:
        made: str = escape(piece.text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
        if piece.look.styles and made:
            made = _tag("text:span", made, f'text:style-name="{_style_name(piece.look)}"')
        if piece.look.link and made:
            target = element("x", a=piece.look.link)[5:-3].removeprefix('"')
            made = _tag("text:a", made, f'xlink:type="simple" xlink:href="{target}"')
        parts.append(Markup(made))
    return join_markup(parts)


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for part, group in groupby(paragraphs, lambda p: p.part):
        members = [p for p in group if p.text.strip()]
        if part is BlockKind.CELL:
            for rows in rows_of(members):
                width = max(map(len, rows))
                lines = ["".join(_tag("table:table-cell", _tag("text:p", _inline(c.pieces))) for c in row)
                         + "<table:table-cell/>" * (width - len(row)) for row in rows]  # fmt: skip
                column = f'<table:table-column table:number-columns-repeated="{width}"/>'
                yield _tag("table:table", column + "".join(_tag("table:table-row", line) for line in lines))
        elif part is BlockKind.ITEM:
            yield _tag("text:list", "".join(_tag("text:list-item", _tag("text:p", _inline(p.pieces))) for p in members))
        elif part is not BlockKind.FURNITURE:
            for p in members:
                level = f'text:outline-level="{min(max(p.level, 1), 6)}"'
                yield (
                    _tag("text:h", _inline(p.pieces), level)
                    if part is BlockKind.HEADING
                    else _tag("text:p", _inline(p.pieces))
                )


def write_odt(paragraphs: Sequence[Paragraph], language: str, title: str = "") -> bytes:  # noqa: ARG001
    """An OpenDocument text: the same bytes for the same content."""
    looks = {_style_name(piece.look): piece.look for p in paragraphs for piece in p.pieces if piece.look.styles}
    styles = "".join(
        _tag("style:style", f"<style:text-properties {' '.join(_LOOKS[s] for s in sorted(look.styles))}/>",
             f'style:name="{name}" style:family="text"') for name, look in sorted(looks.items())
    )  # fmt: skip
    body = _tag("office:body", _tag("office:text", "\n".join(_blocks(paragraphs))))
    looks_of = _tag("office:automatic-styles", styles)
    version = f'{_OPEN} office:version="1.2"'
    content = DECLARATION + _tag("office:document-content", looks_of + body, version)
    says = f'<style:text-properties fo:language="{escape(language)}"/>'
    default = _tag("style:default-style", says, 'style:family="paragraph"')
    sheet = DECLARATION + _tag("office:document-styles", _tag("office:styles", default), version)
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _TYPE), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    )
    space = f'xmlns:manifest="{_NAMES["manifest"]}" manifest:version="1.2"'
    manifest = DECLARATION + _tag("manifest:manifest", rows, space)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # first and uncompressed: by these bytes programs know an OpenDocument file
        first = entry("mimetype")
        first.compress_type = zipfile.ZIP_STORED
        archive.writestr(first, _TYPE)
        for name, text in (("content.xml", content), ("styles.xml", sheet), ("META-INF/manifest.xml", manifest)):
            archive.writestr(entry(name), text.encode())
    return buffer.getvalue()
