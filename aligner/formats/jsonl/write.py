"""The bitext store: JSON lines, UTF-8, LF; the record from which every other format derives. Nothing is lost.

    {"format": "aligner-bitext", "version": 2, "id": …, "source": {…}, "target": {…}, "record": {…}, "provenance": {…}}
    {"id": "1.1", "type": "1-1", "source": [{"text": …, "start": 0, …}], "target": [{…}], "score": …, …}
    {"id": "1.2", …

A header line, then one bead a line in order, so that a change of one sentence is a change of one line in a version
control system. Keys stand in a fixed order and none is left out, but for ``match`` where no memory had anything and
fields of the record that are empty; texts are readable. Segment indices are not written: the beads hold every segment
once and in order. The header counts the segments of each side, so that a file cut short is noticed. Writing and reading
back gives an equal bitext.

Start reading at `write`; the reader is in `aligner.formats.jsonl.read`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, BinaryIO

from aligner.citations.fields import record_json
from aligner.errors import InputError
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.exchange.fields import json_fields
from aligner.formats.jsonl.read import FORMAT, VERSION, read
from aligner.model import Bead, Bitext, Segment, Side

__all__ = ["FORMAT", "VERSION", "read", "write"]


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:  # noqa: ARG001
    """Write the bitexts one after the other, whole: options that leave beads out do not apply.

    Raises InputError for a score that is not a number, which JSON cannot express.
    """
    for bitext in bitexts:
        _put(stream, header_fields(bitext), bitext.id)
        for bead in bitext.beads:
            _put(stream, bead_fields(bitext, bead), bitext.id)


def _put(stream: BinaryIO, fields: dict[str, Any], where: str) -> None:
    try:
        line = json.dumps(fields, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise InputError("a score is not a finite number", where=where) from error
    # A lone surrogate, which UTF-8 forbids, becomes \udc80: the very escape that JSON reads back.
    stream.write(line.encode("utf-8", "backslashreplace") + b"\n")


def header_fields(bitext: Bitext) -> dict[str, Any]:
    """What a header line says of a bitext."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": bitext.id,
        "source": _side(bitext.source),
        "target": _side(bitext.target),
        "record": record_json(bitext.record),
        "provenance": asdict(bitext.provenance),
    }


def _side(side: Side) -> dict[str, Any]:
    return {"language": side.language, "file": side.file, "sha256": side.sha256, "segments": len(side.segments)}


def bead_fields(bitext: Bitext, bead: Bead) -> dict[str, Any]:
    """What a bead line says."""
    return {
        "id": bitext.locator(bead),
        "type": bead.type,
        "source": [_segment(bitext.source.segments[i]) for i in bead.source],
        "target": [_segment(bitext.target.segments[j]) for j in bead.target],
        # The order of the model: a new field stands last, and old lines keep their shape in a diff.
        **dict(json_fields(bead)),
    }


def _segment(segment: Segment) -> dict[str, Any]:
    # By hand: `asdict` copies every value and takes three times as long, and a corpus has millions of segments.
    return {
        "text": segment.text,
        "start": segment.start,
        "end": segment.end,
        "paragraph": segment.paragraph,
        "number": segment.number,
        "role": segment.role.value,
        "rule": segment.rule,
    }
