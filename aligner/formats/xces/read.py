"""Read XCES archives: our own, and those that bundle OPUS links with both texts in the same way.

Sentences may hold text or words (``w``). Those that no link names become beads without a counterpart. Start reading at
`read`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from lxml import etree

from aligner.errors import InputError
from aligner.files import identifier
from aligner.formats.archive import opened
from aligner.formats.base import place_in
from aligner.formats.defects import Defects
from aligner.formats.xml.read import local_name, release, stream_elements
from aligner.model import Bead, Bitext, Role, Segment, Side

_LOCATOR = re.compile(r"([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})")


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitext of every group of links; InputError for a file that is no such archive."""
    name = place_in(stream) or "XCES"
    with opened(stream, name, "an archive of XCES files") as archive:
        parts = [part for part in archive.namelist() if "/" not in part and part.endswith(".xml")]
        found = [bitext for part in parts for bitext in _bitexts(archive, part, name)]
    if not parts:
        raise InputError("there is no file of links (such as fr-en.xml) in the archive", where=name)
    yield from found


@dataclass(frozen=True, slots=True)
class _Text:
    """One text with its sentences, by their ids."""

    language: str
    segments: list[Segment]
    places: dict[str, int]


def _bitexts(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[Bitext]:
    for group in _elements(archive, part, "linkGrp", name):
        try:
            # OPUS names the texts as they lie on its server, compressed.
            files = [group.get(end, "").removesuffix(".gz") for end in ("fromDoc", "toDoc")]
            source, target = (_text(archive, file, name) for file in files)
            beads = tuple(_beads(group, source, target))
            sides = [Side(text.language, tuple(text.segments)) for text in (source, target)]
            yield Bitext(identifier(PurePosixPath(files[0]).stem), sides[0], sides[1], beads)
        except (LookupError, ValueError) as error:
            what = f"the links of {group.get('fromDoc')} cannot be read ({error})"
            raise InputError(what, where=f"{name}, {part}") from error
        release(group)


def _text(archive: zipfile.ZipFile, file: str, name: str) -> _Text:
    text = _Text(PurePosixPath(file).parts[0] if "/" in file else "und", [], {})
    for sentence in _elements(archive, file, "s", name):
        # Parsed corpora of OPUS hold words; the spaces between them are lost.
        words = [word.text or "" for word in sentence.iter("{*}w")]
        content = " ".join(words) if words else "".join(map(str, sentence.itertext()))
        identity = sentence.get("id", "")
        match = _LOCATOR.fullmatch(identity)
        paragraph, number = (int(match[1]), int(match[2])) if match else (len(text.segments) + 1, 1)
        start = text.segments[-1].end + 1 if text.segments else 0
        role = Role(sentence.get("type") or "text")
        text.places[identity] = len(text.segments)
        text.segments.append(Segment(content, start, start + len(content), paragraph, number, role))
    return text


def _beads(group: etree._Element, source: _Text, target: _Text) -> Iterator[Bead]:
    """The beads in order; sentences between two links stand alone."""
    done = [0, 0]
    for link in group.iterfind("{*}link"):
        ends = link.get("xtargets", "").split(";")
        found = [[text.places[name] for name in end.split()] for text, end in zip((source, target), ends, strict=True)]
        # What stands between two links has no counterpart, on either side.
        yield from _alone(done, [min(side, default=start) for side, start in zip(found, done, strict=True)])
        if any(found):
            yield Bead(tuple(found[0]), tuple(found[1]), confidence=float(link.get("certainty") or 1.0))
        # Links of other tools may cross; what has been passed once does not come again.
        for at, side in enumerate(found):
            done[at] = max([done[at], *(index + 1 for index in side)])
    yield from _alone(done, [len(source.segments), len(target.segments)])


def _alone(done: list[int], until: list[int]) -> Iterator[Bead]:
    yield from (Bead((i,), ()) for i in range(done[0], until[0]))
    yield from (Bead((), (j,)) for j in range(done[1], until[1]))


def _elements(archive: zipfile.ZipFile, part: str, tag: str, name: str) -> Iterator[etree._Element]:
    findings = Defects(f"{name}, {part}")

    def check_root(root: etree._Element) -> None:
        # Parsed corpora of OPUS call their texts documents.
        if local_name(root) not in {"cesAlign", "text", "document"}:
            raise InputError(f"this is not an XCES file but <{local_name(root)}>", where=findings.name)

    with archive.open(part) as stream:
        yield from stream_elements(cast("BinaryIO", stream), findings, names=(tag,), check_root=check_root)
