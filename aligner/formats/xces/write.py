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
    lines,
)
from aligner.model import Bead, Bitext, Role, Side, Status

_DOCTYPE = '<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">\n'


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the archive; InputError when the bitexts are not all of one language pair, or two have the same id."""
    pair, names, tags = None, set(), ["source", "target"]
    with tempfile.SpooledTemporaryFile(max_size=MEMORY) as links, zipfile.ZipFile(stream, "w") as archive:
        for bitext in bitexts:
            pair = same_pair(pair, bitext)
            if bitext.id in names:
                raise InputError("two bitexts have the same id, so their files would clash", where=bitext.id)
            names.add(bitext.id)
            beads = list(_shown(bitext, options))
            tags = [options.tag(tag) for tag in pair]
            files = [f"{tag}/{bitext.id}.xml" for tag in tags]
            for name, side, at in zip(files, (bitext.source, bitext.target), (0, 1), strict=True):
                with adding(archive, name) as file:
                    file.write(_text(side, [i for bead in beads for i in (bead.source, bead.target)[at]]).encode())
            links.write(f"{_links(bitext, beads, files)}\n".encode())
        links.seek(0)
        with adding(archive, f"{'-'.join(tags)}.xml") as file:
            file.write(f'{DECLARATION}{_DOCTYPE}<cesAlign version="1.0">\n'.encode())
            copyfileobj(links, file)
            file.write(b"</cesAlign>\n")


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
    parts = []
    for paragraph, group in groupby((side.segments[i] for i in shown), key=lambda segment: segment.paragraph):
        sentences = [
            # Most sentences are text: only what is not is named.
            element("s", each.text, id=each.locator, type=None if each.role is Role.TEXT else each.role.value)
            for each in group
        ]
        parts.append(element("p", lines(*sentences), id=str(paragraph)))
    return f"{DECLARATION}{element('text', lines(*parts))}\n"


def _links(bitext: Bitext, beads: list[Bead], files: list[str]) -> Markup:
    """The links of one bitext; a bead without a counterpart is a link with one end."""
    links = []
    for bead in beads:
        source = " ".join(bitext.source.segments[i].locator for i in bead.source)
        target = " ".join(bitext.target.segments[j].locator for j in bead.target)
        # The confidence is that these sentences belong together: of one side alone there is nothing to say.
        sure = None if bead.is_null else repr(bead.confidence)
        links.append(element("link", id=f"SL.{bitext.locator(bead)}", xtargets=f"{source};{target}", certainty=sure))
    return element("linkGrp", lines(*links), targType="s", fromDoc=files[0], toDoc=files[1])
