"""A small corpus with a memory beside it, to search."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.corpus.store import Project
from aligner.model import Kind, Record, Status
from tests import make

MEMORY = """<?xml version="1.0"?><tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence"
o-tmf="x" adminlang="en" srclang="fr" datatype="plaintext"/><body>
<tu tuid="u1"><tuv xml:lang="fr"><seg>Le conseil a voté.</seg></tuv>
<tuv xml:lang="en"><seg>The council voted.</seg></tuv></tu>
</body></tmx>"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two documents, the later one first by name, and an imported memory."""
    first = make.bitext(
        ("Le Conseil de sécurité s’est réuni à l'Été 1957.", "The Security Council met in the summer of 1957."),
        ("Une œuvre de paix.", "A work of peace.", {"status": Status.ACCEPTED}),
        ("Partager", "Share", {"kind": Kind.EXCLUDED}),
        ("La sécurité du conseil municipal, la sécurité !", "The safety of the town council, safety!"),
        name="a",
        record=Record("Un titre", date="2024-01-02"),
    )
    second = make.bitext(
        ("Nous négocions. Des négociations ont lieu.", "We are negotiating. Negotiations are under way."),
        ("Rien de tel.", "", {"status": Status.EDITED}),
        ("Le conseil.", "The council.", {"status": Status.REJECTED}),
        name="b",
        record=Record(date="2020-05-06"),
    )
    made = make.corpus(tmp_path, first, second, sources={"a.txt": "x", "b.txt": "y"})
    memory = made.corpus / "memory" / "m.tmx"
    memory.parent.mkdir()
    memory.write_text(MEMORY, encoding="utf-8")
    return made
