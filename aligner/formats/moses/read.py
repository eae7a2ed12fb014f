"""Read two line-aligned texts from an archive, ours (with ids) or one as OPUS hands it out.

Line k of one text and line k of the other are a bead; two empty lines are none. Start reading at `read`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby, zip_longest
from pathlib import PurePath
from typing import BinaryIO, cast

from aligner.errors import InputError
from aligner.files import identifier
from aligner.formats.archive import opened
from aligner.formats.base import place_in
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.tables.separated import text_lines
from aligner.model import Bead, Bitext, Segment, Side

# Ours are aligner.fr-en.fr, those of OPUS Europarl.en-fr.en, perhaps in a folder, or with regions: fr-CA-en-GB.fr-CA.
# The first language must end the name again, and is as short as it can be: "fr-CA-en" alone could be cut in two ways.
_NAME = re.compile(
    r"""(?: .*[./] )?
    ( [A-Za-z]{2,3} (?: -[A-Za-z0-9]{2,8} )*? )
    -
    ( [A-Za-z]{2,3} (?: -[A-Za-z0-9]{2,8} )* )
    \.\1""",
    re.VERBOSE,
)
_ID = re.compile(r"(.+):([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})")
Row = tuple[str, str, str]
"""The id, the source and the target of a line."""


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the documents of an archive: those that the ids name, otherwise one, named after the file.

    Raises InputError when the archive does not hold two texts of as many lines.
    """
    name = place_in(stream) or "Moses"
    with opened(stream, name, "an archive of line-aligned texts") as archive:
        source, target, stem = _languages(archive, name)
        texts = [_lines(archive, f"{stem}.{tag}", name) for tag in (source, target)]
        ids = _lines(archive, f"{stem}.ids", name) if f"{stem}.ids" in archive.namelist() else [""] * len(texts[0])
    if not len(texts[0]) == len(texts[1]) == len(ids):
        raise InputError("the texts do not have as many lines", where=name)
    # Two empty lines are a pair of nothing: some corpora keep them to stay in step.
    rows = [row for row in zip(ids, *texts, strict=True) if row[1] or row[2]]
    unnamed = identifier(PurePath(name).stem)

    def document_of(row: Row) -> str:
        # our own archives name the document with each line; those of OPUS are one document
        match = _ID.fullmatch(row[0])
        return match[1] if match else unnamed

    for document, part in groupby(rows, key=document_of):
        yield _bitext(document, list(part), source, target)


def is_text_of_pair(name: str, names: Sequence[str]) -> bool:
    """Whether a file of an archive is one of two texts of which line belongs to line."""
    match = _NAME.fullmatch(name)
    return bool(match) and f"{name.removesuffix(f'.{match[1]}')}.{match[2]}" in names  # type: ignore[index]


def _languages(archive: zipfile.ZipFile, name: str) -> tuple[str, str, str]:
    """Both languages and what the names of the texts begin with, from a name such as ``aligner.fr-en.fr``."""
    for part in archive.namelist():
        match = _NAME.fullmatch(part)
        if match and is_text_of_pair(part, archive.namelist()):
            return match[1], match[2], part.removesuffix(f".{match[1]}")
    raise InputError("there are no two texts such as name.fr-en.fr and name.fr-en.en", where=name)


def _lines(archive: zipfile.ZipFile, part: str, name: str) -> list[str]:
    try:
        return archive.read(part).decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise InputError("this text is not UTF-8", where=f"{name}, {part}") from error


def _bitext(document: str, rows: list[Row], source: str, target: str) -> Bitext:
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    beads = []
    for number, (line_id, *texts) in enumerate(rows, 1):
        match = _ID.fullmatch(line_id)
        where = (int(match[2]), int(match[3])) if match else (number, 1)
        ends: list[tuple[int, ...]] = []
        for side, text in zip(sides, texts, strict=True):
            start = side[-1].end + 1 if side else 0
            ends.append((len(side),) if text else ())
            if text:
                side.append(Segment(text, start, start + len(text), *where))
        beads.append(Bead(ends[0], ends[1]))
    return Bitext(document, Side(source, tuple(sides[0])), Side(target, tuple(sides[1])), tuple(beads))


def units(stream: BinaryIO) -> Iterator[Unit]:
    """Yield the lines of an archive as units one by one: corpora of OPUS have millions.

    Raises InputError, with the place, as `read` does.
    """
    name = place_in(stream) or "Moses"
    with opened(stream, name, "an archive of line-aligned texts") as archive, ExitStack() as stack:
        source, target, stem = _languages(archive, name)
        has_ids = f"{stem}.ids" in archive.namelist()
        parts = [f"{stem}.{tag}" for tag in (source, target, *(["ids"] if has_ids else []))]
        texts = [text_lines(cast("BinaryIO", stack.enter_context(archive.open(part))), part) for part in parts]
        for number, lines in enumerate(zip_longest(*texts), 1):
            if None in lines:
                raise InputError("the texts do not have as many lines", where=f"{name}, line {number}")
            first, second, *ids = (line.rstrip("\r\n") for line in lines)
            match = _ID.fullmatch(ids[0]) if ids else None
            facts = (("x-document", match[1]), ("x-ref", f"{match[2]}.{match[3]}")) if match else ()
            if first or second:
                yield Unit((Variant(source, first), Variant(target, second)), ids[0] if match else "", (), facts)
