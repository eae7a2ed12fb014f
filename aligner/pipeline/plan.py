"""Planning: what there is to do for each document, decided from content hashes.

A document is *unchanged* when its text, its record, its English file and the signature of the tools are those that its
bitext names. Otherwise it is *translated*, or *aligned* when the English file is a person's: one that we did not write,
or that differs from what we wrote, or that holds sentences a person changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from aligner.errors import InputError
from aligner.files import read_bytes
from aligner.ingest import read_document, read_text
from aligner.model import Bead, Bitext, Document, Kind, Origin, Segment, Status, sha256
from aligner.pipeline.recall import Recalled, unsigned
from aligner.pipeline.report import Done
from aligner.pipeline.tools import Tools
from aligner.reviewed import is_kept
from aligner.store import Project, read_bitext
from aligner.text import segment


@dataclass(frozen=True, slots=True)
class Job:
    """A document, its segments and what to do with it."""

    document: Document
    path: Path
    todo: Done
    notes: tuple[str, ...]
    segments: tuple[Segment, ...] = ()
    english: str = ""
    """The English text to align, when there is one."""
    previous: Bitext | None = None
    recalled: tuple[Recalled | None, ...] = ()
    """What memories say to each segment; empty where they are not asked."""
    anew: bool = False
    """Whether everything is to be done again, even what has not changed."""


def plan(project: Project, path: Path, tools: Tools, *, force: bool = False) -> Job:
    """Decide what to do with one source document.

    Raises InputError for a document, a record, an English file or a bitext that cannot be used.
    """
    reading = read_document(path, language=project.source)
    document = reading.document
    bitext_file, english_file = project.bitext_file(document.id), project.target_file(document.id)
    previous = read_bitext(bitext_file) if bitext_file.exists() else None
    english, notes = read_text(english_file) if english_file.exists() else ("", ())
    if previous and not force and _unchanged(previous, document, english, tools):
        return Job(document, path, Done.UNCHANGED, reading.notes, english=english, previous=previous)
    todo = Done.TRANSLATED if is_ours(project, document.id, previous, english) else Done.ALIGNED
    segments = segment(document.text, document.language, rules=tools.rules, boilerplate=not tools.keep_boilerplate)
    return Job(document, path, todo, (*reading.notes, *notes), tuple(segments), english, previous, anew=force)


def _unchanged(previous: Bitext, document: Document, english: str, tools: Tools) -> bool:
    return (
        previous.source.sha256 == document.sha256
        and previous.target.sha256 == sha256(english)
        and previous.record == document.record
        and unsigned(previous.provenance.signature) == tools.signature
    )


def is_ours(project: Project, document: str, previous: Bitext | None, english: str) -> bool:
    """Whether there is no English text, or we wrote it.

    It is what the bitext names, with no person's sentence in it but those from a memory, and no bead that a person
    shaped; or what we noted when we last wrote it (a run may have been stopped before the bitext followed).
    """
    if not english:
        return True
    digest, note = sha256(english), project.draft_file(document)
    if previous is not None and previous.target.sha256 == digest:
        return all(_is_machines(bead) for bead in previous.beads)
    return note.exists() and read_bytes(note).decode("ascii", "replace") == digest


def _is_machines(bead: Bead) -> bool:
    """Whether a bead is as the machine or a memory made it, accepted or not: translating again would bring it back."""
    if bead.origin is Origin.HUMAN or (bead.machine and not bead.target):  # a person wrote it, or struck it out
        return False
    return not is_kept(bead) or (bead.kind is Kind.CONSTRUCTED and bead.status is not Status.EDITED)


def current(job: Job, tools: Tools) -> Job:
    """The job with the document as it is now: a person may have edited it since it was planned.

    Raises InputError when the source itself was changed.
    """
    project, document = tools.project, job.document.id
    bitext_file, english_file = project.bitext_file(document), project.target_file(document)
    previous = read_bitext(bitext_file) if bitext_file.exists() else None
    english = read_text(english_file)[0] if english_file.exists() else ""
    if (previous, english) == (job.previous, job.english):
        return job
    again = plan(project, job.path, tools, force=True)
    if again.segments != job.segments:
        raise InputError("the document was changed during the run", where=job.path, hint="run again")
    return replace(again, recalled=job.recalled if again.todo is Done.TRANSLATED else (), anew=job.anew)
