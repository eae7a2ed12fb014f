"""Aligning two files that are there already: raw texts, or texts with one segment per line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import aligner
from aligner.errors import InputError
from aligner.files import read_bytes
from aligner.ingest import read_text
from aligner.model import Bitext, Provenance, Segment, Side, identifier, sha256
from aligner.pairing import pair_texts
from aligner.signature import signature
from aligner.text import Srx, builtin_srx, segment
from aligner.translate import Rendering


def align_files(
    source: Path,
    target: Path,
    *,
    languages: tuple[str, str] = ("fr", "en"),
    segmented: bool = False,
    translation: Path | None = None,
    rules: Srx | None = None,
) -> Bitext:
    """Align two files and return the pairs as a bitext; its id is made from the source's name.

    With `segmented` every line is a segment, empty lines too. `translation` holds one line for each source segment: a
    machine's version of it in the target's language. Raises InputError for files that cannot be used.
    """
    rules = rules or builtin_srx()
    sides = []
    for path, language in zip((source, target), languages, strict=True):
        text, _ = read_text(path)
        found = line_segments(text) if segmented else segment(text, language, rules=rules)
        sides.append(Side(language, tuple(found), path.name, sha256(text)))
    renderings = read_renderings(translation, len(sides[0].segments)) if translation else None
    pairing = pair_texts(sides[0].segments, "", sides[1].segments, renderings or [None] * len(sides[0].segments))
    beads = tuple(replace(bead, machine_score=None) for bead in pairing.beads)  # nobody scored these renderings
    choices = signature(aligner=aligner.__version__, srx="none" if segmented else rules.signature)
    return Bitext(identifier(source.stem), sides[0], sides[1], beads, provenance=Provenance(signature=choices))


def line_segments(text: str) -> list[Segment]:
    """One segment per line, empty lines included; a line end at the very end begins no further line."""
    segments = []
    position = 0
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1] if not lines[-1] else lines, start=1):
        content = line.removesuffix("\r")
        segments.append(Segment(content, position, position + len(content), paragraph=number))
        position += len(line) + 1
    return segments


def read_renderings(path: Path, count: int) -> Sequence[Rendering]:
    """Renderings from a file with one line per source segment; InputError when the numbers differ."""
    text = read_bytes(path).decode("utf-8-sig", "replace")
    lines = [segment.text for segment in line_segments(text)]
    if len(lines) != count:
        raise InputError(
            f"it has {len(lines)} lines for {count} source segments",
            where=path,
            hint="give one line per source segment",
        )
    return [Rendering(line, 1.0) for line in lines]
