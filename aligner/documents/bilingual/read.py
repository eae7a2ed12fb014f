"""Read the tables that `write_table` made, as they come back from a client.

Text stands as Word shows it: insertions in, deletions out; a comment on a row is a note. Rows may be sorted or deleted.
Start reading at `read_table`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from aligner.documents.bilingual.write import MARK, SHOWN
from aligner.documents.docx.names import child, local, value
from aligner.documents.package import DocumentPackage
from aligner.errors import InputError
from aligner.files import read_bytes
from aligner.formats.exchange.documents import Described, described
from aligner.formats.exchange.to_bitext import BitextBuilder, ExchangedDocument
from aligner.formats.xlsx.rows import unit_of_row
from aligner.model import Provenance, Record, Side

_GONE = frozenset(("del", "moveFrom", "commentRangeStart", "commentRangeEnd", "pPr", "rPr"))


@dataclass(slots=True)
class _Text:
    """What an element says."""

    shown: str = ""
    hidden: str = ""
    comments: list[str] = field(default_factory=list)
    """The numbers of the comments on it."""


def read_table(path: Path) -> Iterator[ExchangedDocument]:
    """Yield the documents of a table, with the status with which each row went out.

    Raises InputError for a Word document without a table of ours.
    """
    package = DocumentPackage(read_bytes(path), path, "a Word document")
    body = child(package.xml("word/document.xml"), "body")
    # what is known of the documents is hidden in the first paragraph that has hidden text
    head = (
        next((json_of(t) for e in body if local(e) == "p" and (t := _said(e)).hidden), None)
        if body is not None
        else None
    )
    if body is None or not isinstance(head, list):
        hint = "import the file that `aligner export --format docx-table` wrote"
        raise InputError("this is not a bilingual table of aligner", where=path, hint=hint)
    facts = tuple((f"x-{kind}", str(fact)) for kind, fact in head)
    source, target = (dict(facts).get(f"x-{side}-language", "und") for side in ("source", "target"))
    builders = {
        name: BitextBuilder(name, about, implied=False) for name, about in described(facts, source, target).items()
    }
    comments = _comments(package)
    for number, row in enumerate((e for e in body.iter() if local(e) == "tr"), 1):
        found = _row(row, comments)
        unit = unit_of_row(found, source, target, where=f"{path}, row {number}") if found else None
        if unit:
            # rows may have been copied into another of our tables: each goes to its own document
            document = unit.property("x-document") or "table"
            unknown = Described(Side(source, ()), Side(target, ()), Record(), Provenance())
            builders.setdefault(document, BitextBuilder(document, unknown, implied=False)).add(unit, *unit.variants)
    yield from (builder.document() for builder in builders.values())


def json_of(text: _Text) -> object:
    """What hidden text of ours says; None when it is not ours or damaged."""
    try:
        return json.loads(text.hidden.removeprefix(MARK)) if text.hidden.startswith(MARK) else None
    except ValueError:
        return None


def _row(row: etree._Element, comments: dict[str, str]) -> dict[str, str] | None:
    """The cells of a row by column; None for a row that is not ours."""
    cells = [_said(cell) for cell in row if local(cell) == "tc"]
    facts = json_of(cells[0]) if len(cells) >= len(SHOWN) else None
    if not isinstance(facts, dict):
        return None
    found = {str(key): str(fact) for key, fact in facts.items()}
    # the first cell is ours: a changed number there would only lose the row
    found |= {name: cell.shown.strip() for name, cell in zip(SHOWN[1:], cells[1:], strict=False)}
    said = [comments[key] for cell in cells for key in cell.comments if comments.get(key)]
    found["note"] = "\n".join(filter(None, [found.get("note", ""), *said]))
    return found


def _said(element: etree._Element) -> _Text:
    """The text in an element as Word shows it, and what it hides."""
    found = _Text()
    _listen(element, found)
    return found


def _listen(element: etree._Element, found: _Text) -> None:
    # cells may have several paragraphs, and these fields, changes and links around their runs
    for each in element:
        name = local(each)
        if name in _GONE:
            continue
        if name != "r":
            found.shown += "\n" if name == "p" and found.shown else ""
            _listen(each, found)
            continue
        is_hidden = child(child(each, "rPr"), "vanish") is not None
        for content in each:
            name = local(content)
            if name == "commentReference":
                found.comments.append(value(content, "id"))
            text = (content.text or "") if name == "t" else {"tab": "\t", "br": "\n"}.get(name, "")
            if is_hidden:
                found.hidden += text
            else:
                found.shown += text


def _comments(package: DocumentPackage) -> dict[str, str]:
    """The comments of a document by their numbers."""
    if "word/comments.xml" not in package:
        return {}
    comments = [e for e in package.xml("word/comments.xml") if local(e) == "comment"]
    return {value(e, "id"): _said(e).shown.strip() for e in comments}
