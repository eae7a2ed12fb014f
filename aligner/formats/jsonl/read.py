"""Read the bitext store (see `aligner.formats.jsonl.write` for the layout).

The reader refuses what it does not understand: an unknown version, a missing or misspelt key, a value of another type,
an id that does not fit its segments, a count that does not fit its header. Every refusal names the line. Lines of
version 1 are brought up to date first (`aligner.formats.jsonl.version_1`). Start reading at `read`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from aligner.citations.fields import record_from_json
from aligner.errors import InputError, counted
from aligner.formats.base import place_in
from aligner.formats.exchange.fields import from_json, json_types
from aligner.formats.jsonl import version_1
from aligner.model import Bead, Bitext, Provenance, Role, Segment, Side

FORMAT = "aligner-bitext"
VERSION = 2

_RESTORE = "restore the file from a copy, or remove it and run again (marks of review in it are lost)"
_CONFLICT = (b"<<<<<<<", b"=======", b">>>>>>>")

_SIDE = {"language": str, "file": str, "sha256": str, "segments": int}
_HEADER = {"format": str, "version": int, "id": str, "source": dict, "target": dict, "record": dict, "provenance": dict}
_PROVENANCE = dict.fromkeys(("created", "changed", "signature", "basis", "rules", "boilerplate", "memory"), str)
_PROVENANCE |= dict.fromkeys(("engine", "package", "fingerprint"), str)
_SEGMENT = {"text": str, "start": int, "end": int, "paragraph": int, "number": int, "role": str, "rule": str}
_BEAD = {"id": (str,), "type": (str,)}
"""What a bead line has beside the fields of the bead (`aligner.formats.exchange.fields`)."""


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitexts of a stream, each as soon as its last bead is read.

    Raises InputError with the line for anything that `write` would not have written.
    """
    builder: Builder | None = None
    for number, raw in enumerate(stream, 1):
        where = place_in(stream, number)
        fields = _parse(raw, where)
        try:
            if "format" not in fields:
                if builder is None:
                    raise ValueError("a bead comes before the header")
                builder.add(fields)
                continue
            if builder:
                yield builder.bitext()
            builder = Builder(fields, where)
        except (ValueError, TypeError) as error:
            raise InputError(f"this line of the bitext is damaged: {error}", where=where, hint=_RESTORE) from error
    if builder is None:
        raise InputError("there are no pairs in this file", where=place_in(stream), hint=_RESTORE)
    yield builder.bitext()


def _parse(raw: bytes, where: str | None) -> dict[str, Any]:
    def refuse(name: str) -> float:
        # Python reads NaN and Infinity, which are not JSON and would spoil every mean.
        raise ValueError(f"{name} is not a number")

    # Bitexts are kept in git, so this is the most likely damage, and the one with a clear way out.
    if raw.startswith(_CONFLICT):
        raise InputError("there is an unresolved merge conflict", where=where, hint="resolve it and run again")
    try:
        fields = json.loads(raw.decode("utf-8-sig"), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise InputError("this line is not JSON in UTF-8", where=where, hint=_RESTORE) from error
    if not isinstance(fields, dict):
        raise InputError("this line is not a JSON object", where=where, hint=_RESTORE)
    return fields


class Builder:
    """Collects the segments and beads of one bitext."""

    def __init__(self, header: dict[str, Any], where: str | None) -> None:
        self.is_old = header["format"] == FORMAT and header.get("version") == version_1.VERSION
        if self.is_old:
            header = version_1.upgraded_header(header)
        elif header["format"] != FORMAT or header.get("version") != VERSION:
            found = f"{header['format']} version {header.get('version')}"
            raise InputError(
                f"this is {found}, not {FORMAT} version {VERSION}", where=where, hint="use the aligner that wrote it"
            )
        self.header = _checked(header, _HEADER)
        self.where = where
        self.record = record_from_json(header["record"])
        self.provenance = Provenance(**_checked(header["provenance"], _PROVENANCE))
        self.sides = (_checked(header["source"], _SIDE), _checked(header["target"], _SIDE))
        self.segments: tuple[list[Segment], list[Segment]] = ([], [])
        self.beads: list[Bead] = []

    def add(self, fields: dict[str, Any]) -> None:
        """Take one bead line; ValueError when something in it is wrong."""
        if self.is_old:
            fields = version_1.upgraded_bead(fields, self.provenance)
        _checked(fields, _BEAD | json_types(fields))
        # Indices are not written: the beads hold every segment once and in order.
        ends = []
        for name, segments in zip(("source", "target"), self.segments, strict=True):
            start = len(segments)
            segments.extend(_segment(item) for item in fields[name])
            ends.append(tuple(range(start, len(segments))))
        source, target = ends
        bead = Bead(source, target, **from_json(fields))
        # The id and the type repeat what the segments say: a difference means that the line was damaged.
        first = self.segments[0][source[0]] if source else self.segments[1][target[0]]
        locator = first.locator if source else f"t{first.locator}"
        if (fields["id"], fields["type"]) != (locator, bead.type):
            raise ValueError(f"id {fields['id']} and type {fields['type']} do not fit the segments")
        self.beads.append(bead)

    def bitext(self) -> Bitext:
        """The whole bitext; InputError when the header announces other counts."""
        sides = []
        for name, side, segments in zip(("source", "target"), self.sides, self.segments, strict=True):
            if side["segments"] != len(segments):
                announced = counted(side["segments"], f"{name} segment")
                raise InputError(
                    f"the header announces {announced}, the file has {len(segments)}",
                    where=self.where,
                    hint="the file is cut short or was edited; " + _RESTORE,
                )
            sides.append(Side(side["language"], tuple(segments), side["file"], side["sha256"]))
        return Bitext(self.header["id"], sides[0], sides[1], tuple(self.beads), self.record, self.provenance)


def _segment(item: Any) -> Segment:
    if not isinstance(item, dict):
        raise TypeError("a segment is not an object")
    fields = _checked(item, _SEGMENT)
    return Segment(**{**fields, "role": Role(fields["role"])})


def _checked(fields: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """The fields, once it is sure that they are exactly those wanted, each of its type."""
    # An unknown key means a newer aligner wrote the file: dropping it would lose work without a word.
    if fields.keys() != wanted.keys():
        odd = sorted(fields.keys() ^ wanted.keys())
        raise ValueError(f"missing or unknown: {', '.join(odd)}")
    for name, types in wanted.items():
        # To Python True is an int, to JSON it is none.
        if not isinstance(fields[name], types) or isinstance(fields[name], bool):
            raise TypeError(f"{name} has a value of the wrong type")
    return fields
