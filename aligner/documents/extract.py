"""What was read from a file that is not plain text, kept beside the corpus: its text, and the map to the original.

    <id>.fr.txt         the text that the offsets of the aligned pairs count in
    <id>.fr.map.jsonl   a line for the file, then one for each of its parts: offsets, part, level, place

The first line names the original and the SHA-256 of its bytes and of the text, so that a quotation can be traced to a
page, a paragraph or a cell. Both follow from the original, which is never changed. Start reading at `map_of`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from aligner.documents.layout import Block, BlockKind, Layout, Mark
from aligner.errors import InputError
from aligner.files import read_bytes
from aligner.model import sha256


def map_of(text: str, layout: Layout, original: Path, name: str) -> bytes:
    """The map of a text to its original, which records call `name`."""
    head = {
        "original": name,
        "kind": layout.kind,
        "original_sha256": hashlib.sha256(read_bytes(original)).hexdigest(),
        "text_sha256": sha256(text),
    }
    lines = [head, *({"block": asdict(block)} for block in layout.blocks), *({"mark": asdict(m)} for m in layout.marks)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def read_map(path: Path) -> Layout:
    """The map in a file; InputError when it is damaged."""
    try:
        head, *lines = [json.loads(line) for line in read_bytes(path).decode().splitlines()]
        blocks = [
            Block(**{**line["block"], "part": BlockKind(line["block"]["part"])}) for line in lines if "block" in line
        ]
        marks = [Mark(**line["mark"]) for line in lines if "mark" in line]
        return Layout(str(head["kind"]), tuple(blocks), tuple(marks))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("the map to the original is damaged", where=path, hint="delete it and run again") from error
