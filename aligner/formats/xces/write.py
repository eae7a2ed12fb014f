"""XCES, the notation of the OPUS corpora: stand-off links (``cesAlign``) between two folders of XML texts, zipped.

    fr-en.xml      <linkGrp targType="s" fromDoc="fr/brics.xml" toDoc="en/brics.xml">
                   <link id="SL.3.1" xtargets="3.1 3.2;3.1" certainty="0.97"/>
    fr/brics.xml   <text> <p id="3"> <s id="3.1">…</s> <s id="3.2">…</s> </p> </text>
    en/brics.xml

``opus_read`` of the package opustools reads it with ``--preprocess raw``. The texts are whole but for boilerplate; a
bead that is rejected or not selected is written as two, each of one side and judged by itself. Start reading at
`write`; the reader is in `aligner.formats.xces.read`. (Ide, Bonhomme, Romary 2000: *XCES*; Tiedemann 2012: *Parallel
data, tools and interfaces in OPUS*.)
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from shutil import copyfileobj
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.archive import MEMORY, adding
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.selection import is_boilerplate, same_pair, selected_beads
from aligner.formats.xml.markup import (
    DECLARATION,
    Markup,
    element,
    join_markup,
)
from aligner.model import Bead, Bitext, Role, Segment, Side, Status

_DOCTYPE = '<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">\n'


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the archive; InputError when the bitexts are not all of one language pair, or two have the same id."""
    pair, names = None, set()
    with tempfile.SpooledTemporaryFile(max_size=MEMORY) as links, zipfile.ZipFile(stream, "w") as archive:
        for bitext in bitexts:
            pair = same_pair(pair, bitext)
            if bitext.id in names:
                raise InputError("two bitexts have the same id, so their files would clash", where=bitext.id)
            names.add(bitext.id)
            beads = list(_shown(bitext, options))
            files = [f"{tag}/{bitext.id}.xml" for tag in _tags(pair, options)]
            for name, side, at in zip(files, (bitext.source, bitext.target), (0, 1), strict=True):
                with adding(archive, name) as file:
                    file.write(_text(side, [i for bead in beads for i in (bead.source, bead.target)[at]]).encode())
            links.write(f"{_links(bitext, beads, files)}\n".encode())
        links.seek(0)
        with adding(archive, f"{'-'.join(_tags(pair or ('source', 'target'), options))}.xml") as file:
            file.write(f'{DECLARATION}{_DOCTYPE}<cesAlign version="1.0">\n'.encode())
            copyfileobj(links, file)
            file.write(b"</cesAlign>\n")


def _tags(pair: tuple[str, str], options: WriteOptions) -> list[str]:
    return [options.locale.get(tag, tag) for tag in pair]


def _shown(bitext: Bitext, options: WriteOptions) -> Iterator[Bead]:
    """The beads as they are written: those not to be linked in two halves, and boilerplate only if asked for."""
    # By identity: comparing beads would compare all their fields.
    linked = {id(bead) for bead in selected_beads(bitext, options) if bead.status is not Status.REJECTED}
    for bead in bitext.beads:
        # Both texts stay whole in XCES, so a pair that is not linked is two sentences without a counterpart.
        whole = bead.is_null or id(bead) in linked
        for part in (bead,) if whole else (replace(bead, target=()), replace(bead, source=())):
            if options.keep_boilerplate or not is_boilerplate(bitext, part):
                yield part


def _text(side: Side, shown: list[int]) -> str:
    """One text, a sentence a line."""
    segments = (side.segments[i] for i in shown)
    parts = [
        element("p", _lines(map(_sentence, group)), id=str(paragraph))
        for paragraph, group in groupby(segments, key=lambda segment: segment.paragraph)
    ]
    return f"{DECLARATION}{element('text', _lines(parts))}\n"


def _sentence(segment: Segment) -> Markup:
    kind = None if segment.role is Role.TEXT else segment.role.value
    return element("s", segment.text, id=segment.locator, type=kind)


def _links(bitext: Bitext, beads: list[Bead], files: list[str]) -> Markup:
    lines = [_link(bitext, bead) for bead in beads]
    return element("linkGrp", _lines(lines), targType="s", fromDoc=files[0], toDoc=files[1])


def _link(bitext: Bitext, bead: Bead) -> Markup:
    source = " ".join(bitext.source.segments[i].locator for i in bead.source)
    target = " ".join(bitext.target.segments[j].locator for j in bead.target)
    certainty = None if bead.is_null else repr(bead.confidence)
    return element("link", id=f"SL.{bitext.locator(bead)}", xtargets=f"{source};{target}", certainty=certainty)


def _lines(parts: Iterable[Markup]) -> Markup:
    return join_markup([Markup(), *parts, Markup()], "\n")
