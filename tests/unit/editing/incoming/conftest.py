"""A small corpus that a machine translated, its exports as they come back, and a machine that says something else."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from aligner.corpus.store import Project, read_bitext, write_bitext
from aligner.editing.incoming import ImportReport
from aligner.formats import FORMATS, WriteOptions
from aligner.model import Bead, Bitext, Kind, Origin, Provenance, Side, Status, sha256, wording
from aligner.text import segment

Texts = Mapping[str, tuple[str, str]]
"""The source and the machine's text of each document, sentence by sentence alike."""


def write_document(project: Project, name: str, pair: tuple[str, str], *, maker: str = "fr_en 1") -> None:
    """A document as `aligner run` would leave it. What the machine said before is remembered."""
    paths = project.corpus / "fr" / f"{name}.txt", project.target_file(name)
    sides = []
    for language, text, path in zip(("fr", "en"), pair, paths, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        segments = tuple(segment(text, language, boilerplate=False))
        sides.append(Side(language, segments, project.relative(path), sha256(text)))
    file = project.bitext_file(name)
    known = [bead.written for bead in read_bitext(file).beads] if file.exists() else [()] * len(sides[0].segments)
    beads = tuple(
        Bead(
            (k,),
            (k,),
            kind=Kind.CONSTRUCTED,
            origin=Origin.MACHINE,
            machine=target.text,
            maker=maker,
            quality=0.5,
            written=(*known[k], wording(target.text)),
        )
        for k, target in enumerate(sides[1].segments)
    )
    about = Provenance(package=maker, created="2026-01-01T00:00:00Z", changed="2026-01-01T00:00:00Z")
    write_bitext(file, Bitext(name, sides[0], sides[1], beads, provenance=about))


def corpus_of(folder: Path, texts: Texts) -> Project:
    """A project of machine-translated documents."""
    project = Project(folder / "corpus", folder)
    for name, pair in texts.items():
        write_document(project, name, pair)
    return project


def export(project: Project, form: str, name: str = "file") -> Path:
    """All documents of the corpus in one file of a format."""
    stream = io.BytesIO()
    bitexts = [read_bitext(project.bitext_file(document)) for document in project.bitexts()]
    FORMATS[form].write(bitexts, stream, WriteOptions(deduplicate=False))
    path = project.output / f"{name}{FORMATS[form].suffix}"
    path.write_bytes(stream.getvalue())
    return path


def bead_at(project: Project, place: str) -> tuple[Bead, str]:
    """A bead by its document and locator, with its English."""
    name, _, locator = place.rpartition(":")
    bitext = read_bitext(project.bitext_file(name))
    found = next(bead for bead in bitext.beads if bitext.locator(bead) == locator)
    return found, bitext.target_text(found)


def put(project: Project, place: str, **fields: object) -> None:
    """Change fields of a bead in the store."""
    name, _, locator = place.rpartition(":")
    bitext = read_bitext(project.bitext_file(name))
    beads = [replace(bead, **fields) if bitext.locator(bead) == locator else bead for bead in bitext.beads]  # type: ignore[arg-type]
    write_bitext(project.bitext_file(name), replace(bitext, beads=tuple(beads)))


def snapshot(project: Project) -> dict[Path, bytes]:
    """Every file of the corpus."""
    return {path: path.read_bytes() for path in sorted(project.corpus.rglob("*")) if path.is_file()}


def counts(report: ImportReport) -> dict[str, tuple[int, int]]:
    """Beads edited and reviewed in each document that changed."""
    return {document.id: (document.edited, document.reviewed) for document in report.documents}


def state(project: Project, place: str) -> tuple[str, Origin, Status, str]:
    """The English of a bead, who wrote it, how far it has been reviewed and by whom."""
    bead, english = bead_at(project, place)
    return english, bead.origin, bead.status, bead.by
