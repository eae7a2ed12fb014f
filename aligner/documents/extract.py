"""What was read from a file that is not plain text, kept beside the corpus: its text, and the map to the original.

    <id>.fr.txt         the text that the offsets of the aligned pairs count in
    <id>.fr.map.jsonl   a line for the file, then one for each of its parts: offsets, part, level, place

The first line names the original and the SHA-256 of its bytes and of the text, so that a quotation can be traced to a
page, a paragraph or a cell. Both follow from the original, which is never changed. Start reading at `map_of`.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict
from pathlib import Path

from aligner.documents.layout import Block, BlockKind, Layout, Mark
from aligner.errors import AlignerError
from aligner.files import read_bytes
from aligner.model import sha256

log = logging.getLogger(__name__)


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


def read_map(path: Path, text_sha256: str) -> Layout | None:
    """The map in a file if it is that of the text with this SHA-256; None where there is none, or it is damaged.

    For what is shown better with a map, and well without it: whoever runs the corpus again makes it again.
    """
    if not path.is_file():
        return None
    try:
        head, *lines = [json.loads(line) for line in read_bytes(path).decode().splitlines()]
        blocks = [
            Block(**{**line["block"], "part": BlockKind(line["block"]["part"])}) for line in lines if "block" in line
        ]
        marks = [Mark(**line["mark"]) for line in lines if "mark" in line]
        layout = Layout(str(head["kind"]), tuple(blocks), tuple(marks))
        return layout if head["text_sha256"] == text_sha256 else None
    except (AlignerError, ValueError, KeyError, TypeError) as error:
        log.info("the map to the original is damaged (%s): %s", error, path)
        return None
