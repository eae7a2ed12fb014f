"""Write bitexts as tables in a Word document. Start reading at `write_table`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from aligner.documents.docx.write import HyperlinkTable, package, paragraph, table, w
from aligner.documents.layout import PLAIN, Piece
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.exchange.documents import document_properties
from aligner.formats.exchange.from_bitext import unit_of
from aligner.formats.selection import same_pair, selected_beads
from aligner.formats.xlsx.rows import row_of
from aligner.formats.xml.markup import Markup, element, join_markup
from aligner.model import Bitext

MARK = "aligner:"
"""What hidden text of ours begins with."""
SHOWN = ("id", "source", "target", "note")
_WIDTHS = (1300, 5700, 5700, 1870)
_NAMES = {"fr": "Français", "en": "English", "de": "Deutsch"}


def write_table(bitexts: Sequence[Bitext], options: WriteOptions = DEFAULTS) -> bytes:
    """A Word document with a table for each bitext; InputError when they are not all of one language pair."""
    options = replace(options, tuid=True)
    links = HyperlinkTable()
    parts: list[Markup] = []
    facts: list[tuple[str, str]] = []
    pair: tuple[str, str] | None = None
    for bitext in bitexts:
        pair = same_pair(pair, bitext)
        # once for the whole file: rows of different languages in one table could not be told apart
        if not facts:
            facts += [
                ("source-language", options.tag(pair[0])),
                ("target-language", options.tag(pair[1])),
            ]
        facts += [(kind.removeprefix("x-"), value) for kind, value in document_properties(bitext)]
        title = bitext.record.title or bitext.id
        parts += [paragraph([Piece(title)], links, "Heading1"), _table(bitext, options, links), w("p")]
    head = w("p", _hidden(facts))
    target = pair[1] if pair else "en"
    title = bitexts[0].record.title or bitexts[0].id if len(bitexts) == 1 else ""
    return package(join_markup([head, *parts]), links, target, title, landscape=True)


def _table(bitext: Bitext, options: WriteOptions, links: HyperlinkTable) -> Markup:
    names = ("", *(_NAMES.get(side.language, side.language) for side in (bitext.source, bitext.target)), "Note")
    bold = PLAIN.with_style("bold")
    rows = [[paragraph([Piece(name, bold)], links) for name in names]]
    for bead in selected_beads(bitext, options):
        unit = unit_of(bitext, bead, options, one_sided=True)
        if unit:
            rows.append(_row(row_of(bead, unit), links))
    return table(rows, _WIDTHS, heading=True)


def _row(row: Mapping[str, str], links: HyperlinkTable) -> list[Markup]:
    # the number is all that is seen of the id; the rest goes with it, hidden, and survives sorting and cutting
    seen = w("r", Markup(f'<w:t xml:space="preserve">{element("x", row["id"].rpartition(":")[2])[3:-4]}</w:t>'))
    number = w("p", seen, _hidden({k: v for k, v in row.items() if k not in SHOWN[1:]}))
    return [number, *(paragraph([Piece(row.get(name, ""))], links) for name in SHOWN[1:])]


def _hidden(content: object) -> Markup:
    """Text that Word keeps and does not show."""
    text = MARK + json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    shown = Markup(f'<w:t xml:space="preserve">{element("x", text)[3:-4]}</w:t>')
    return w("r", w("rPr", w("vanish")), shown)
