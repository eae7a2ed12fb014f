"""Small projects that look as a run leaves them, made without a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.publish import Publisher
from aligner.corpus.store import Project, open_project, write_bitext
from aligner.files import identifier
from aligner.formats import WriteOptions
from aligner.model import Bead, Bitext, Kind, Origin, Side, sha256
from aligner.text import segment

FRENCH = "Un chat dort. Un chien court."
ENGLISH = "A cat sleeps. A dog runs."

Add = Callable[..., Bitext]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def names(paths: Iterable[Path]) -> list[str]:
    """The names of files, in order."""
    return sorted(path.name for path in paths)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with an empty folder of sources."""
    (tmp_path / "project" / "corpus" / "fr").mkdir(parents=True)
    return open_project(tmp_path / "project" / "corpus")


@pytest.fixture
def add(project: Project) -> Add:
    """Add a document by the name of its file, with its English, its pairs and its exports.

    Its text ends with its name, or as `ending` says; `first` are fields of the first bead.
    """

    def added(name: str, ending: str = "", **first: Any) -> Bitext:
        document, french = identifier(Path(name).stem), f"{FRENCH} {ending or Path(name).stem}."
        for language, text in (("fr", french), ("en", ENGLISH)):
            path = project.corpus / language / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        sides = [
            Side(language, tuple(segment(text, language)), f"corpus/{language}/{name}", sha256(text))
            for language, text in (("fr", french), ("en", ENGLISH))
        ]
        pair = Bead((0,), (0,), kind=Kind.CONSTRUCTED, origin=Origin.MACHINE, machine="A cat sleeps.")
        rest = [replace(pair, source=(k,), target=(k,) if k < 2 else ()) for k in range(1, len(sides[0].segments))]
        rest = [bead if bead.target else replace(bead, origin=Origin.NONE, machine=None) for bead in rest]
        bitext = Bitext(document, *sides, (replace(pair, **first), *rest))
        write_bitext(project.bitext_file(document), bitext)
        publisher = Publisher(project, WriteOptions())
        publisher.publish(document)
        publisher.publish_index([document])
        publisher.close()
        return bitext

    return added
