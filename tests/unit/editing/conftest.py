"""A small document in a corpus, and edits as the page sends them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.store import Project, open_project, write_bitext
from aligner.editing import Edit, OpenDocument, parse_edit
from aligner.model import Bead, Bitext, Kind, Origin, Record, Side, sha256
from aligner.text import segment

FRENCH = "Titre\n\nUn chat dort. Un chien court.\nUn oiseau vole. Il part. Un poisson nage.\nPartager\n"
ENGLISH = "Title\n\nA cat sleeps. A dog runs.\nA bird flies. A fish swims.\n"
NOW = "2026-02-03T04:05:06Z"


def bitext_of(french: str = FRENCH, english: str = ENGLISH) -> Bitext:
    """Seven beads: four 1-1 by the machine, a null bead, another 1-1, and boilerplate."""
    sides = [
        Side(language, tuple(segment(text, language, boilerplate=False)), f"corpus/{language}/d.txt", sha256(text))
        for language, text in (("fr", french), ("en", english))
    ]
    targets = [(0,), (1,), (2,), (3,), (), (4,), ()]
    beads = [
        Bead(
            (k,),
            target,
            kind=Kind.CONSTRUCTED,
            origin=Origin.MACHINE if target else Origin.NONE,
            machine=sides[1].segments[target[0]].text if target else None,
            machine_score=0.5 if target else None,
        )
        for k, target in enumerate(targets)
    ]
    beads[6] = Bead((6,), (), kind=Kind.EXCLUDED, origin=Origin.NONE)
    return Bitext("d", sides[0], sides[1], tuple(beads), Record("Un titre"))


def edit_json(bitext: Bitext, op: str, index: int, **fields: Any) -> dict[str, Any]:
    """An edit of the bead at an index as the page sends it, of the document as it is."""
    bead = bitext.beads[index]
    before = {"target": bitext.target_text(bead), "status": bead.status.value}
    return {"op": op, "bead": bitext.locator(bead), "before": before, **fields}


def edit(bitext: Bitext, op: str, index: int, **fields: Any) -> Edit:
    """The same as a record."""
    return parse_edit(json.loads(json.dumps(edit_json(bitext, op, index, **fields))))


def in_corpus(folder: Path, bitext: Bitext, english: str, french: str = FRENCH) -> Project:
    """A project that holds one document."""
    project = open_project(folder / "corpus")
    for language, text in (("fr", french), ("en", english)):
        path = folder / "corpus" / language / f"{bitext.id}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    write_bitext(project.bitext_file(bitext.id), bitext)
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The document in a corpus."""
    return in_corpus(tmp_path, bitext_of(), ENGLISH)


@pytest.fixture
def opened(project: Project) -> OpenDocument:
    """The opened of the document, with a clock that stands still."""
    return OpenDocument(project, "d", clock=lambda: NOW)


@pytest.fixture
def files(opened: OpenDocument) -> Callable[[], tuple[bytes, bytes]]:
    """The bytes of the bitext file and of the English file."""
    return lambda: (opened.bitext_file.read_bytes(), opened.english_file.read_bytes())
