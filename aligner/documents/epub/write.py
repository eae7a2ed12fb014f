"""Write an e-book of paragraphs: one chapter for each first-level heading."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Sequence

from aligner.documents.html.write import body_html
from aligner.documents.layout import BlockKind, Paragraph
from aligner.formats.archive import entry
from aligner.formats.xml.markup import DECLARATION, element, join_markup

_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_XHTML = "http://www.w3.org/1999/xhtml"


def write_epub(paragraphs: Sequence[Paragraph], language: str, title: str = "") -> bytes:
    """An e-book: the same bytes for the same content."""
    chapters: list[list[Paragraph]] = [[]]
    for paragraph in paragraphs:
        if paragraph.part is BlockKind.HEADING and paragraph.level <= 1 and chapters[-1]:
            chapters.append([])
        chapters[-1].append(paragraph)
    names = [f"chapter{number}.xhtml" for number in range(1, len(chapters) + 1)]
    # a chapter without a heading is named by its number: a list of contents needs a word to click on
    headings = [next((p.text for p in chapter if p.part is BlockKind.HEADING), "") for chapter in chapters]
    labels = [" ".join(heading.split()) or f"{number}" for number, heading in enumerate(headings, 1)]
    parts = {f"OEBPS/{name}": _page(body_html(chapter, br="<br/>"), label, language)
             for name, chapter, label in zip(names, chapters, labels, strict=True)}  # fmt: skip
    items = join_markup(
        [element("li", element("a", label, href=name)) for name, label in zip(names, labels, strict=True)]
    )
    nav = f'<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol>{items}</ol></nav>'
    parts["OEBPS/nav.xhtml"] = _page(nav, title or labels[0], language)
    # made from the content, so that the same text is the same book
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, "".join(parts.values())))
    parts["OEBPS/content.opf"] = _opf(names, title or labels[0], language, key)
    main = element("rootfile", full_path="OEBPS/content.opf", media_type="application/oebps-package+xml")
    container = element("container", element("rootfiles", main), version="1.0", xmlns=_CONTAINER)
    parts["META-INF/container.xml"] = DECLARATION + container
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # first and uncompressed: by these bytes readers know an e-book
        first = entry("mimetype")
        first.compress_type = zipfile.ZIP_STORED
        archive.writestr(first, "application/epub+zip")
        for name, text in parts.items():
            archive.writestr(entry(name), text.encode())
    return buffer.getvalue()


def _page(body: str, title: str, language: str) -> str:
    head = element("head", element("title", title))
    return f'{DECLARATION}<html xmlns="{_XHTML}" xml:lang="{language}">{head}<body>\n{body}\n</body></html>\n'


def _opf(names: Sequence[str], title: str, language: str, key: str) -> str:
    facts = [element("dc:identifier", f"urn:uuid:{key}", id="id"), element("dc:title", title)]
    facts += [element("dc:language", language), element("meta", "1980-01-01T00:00:00Z", property="dcterms:modified")]
    about = join_markup(facts)
    kind = "application/xhtml+xml"
    items = [element("item", id=f"c{n}", href=name, **{"media_type": kind}) for n, name in enumerate(names, 1)]
    items.append(element("item", id="nav", href="nav.xhtml", media_type=kind, properties="nav"))
    spine = join_markup([element("itemref", idref=f"c{n}") for n in range(1, len(names) + 1)])
    metadata = f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{about}</metadata>'
    opening = '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
    inside = f"{metadata}<manifest>{join_markup(items)}</manifest><spine>{spine}</spine>"
    return f"{DECLARATION}{opening}{inside}</package>"
