"""Planning: what there is to do for each document, decided from content hashes.

A document is *unchanged* when its text, its record, its English file and the signature of the tools are those that its
bitext names. Otherwise it is

    translated   nobody has had a hand in its English: it is laid out again
    renewed      a person has: what is theirs stays, the machine's drafts around it are written again
    aligned      aligner never wrote a sentence of its English: it is a person's translation
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.corpus.store import Project
from aligner.documents import WRAPPED, Layout, is_plain, read_document, read_text, require_language, with_roles
from aligner.errors import InputError
from aligner.files import read_bytes
from aligner.model import Bitext, Document, Origin, Segment, sha256
from aligner.pipeline.carry import is_touched
from aligner.pipeline.recall import Recalled
from aligner.pipeline.report import Done
from aligner.pipeline.tools import Tools
from aligner.pipeline.upgrade import read_upgraded
from aligner.text import line_layout


@dataclass(frozen=True, slots=True)
class Job:
    """A document, its segments and what to do with it."""

    document: Document
    path: Path
    todo: Done
    notes: tuple[str, ...]
    segments: tuple[Segment, ...] = ()
    english: str = ""
    """The English text, when there is one."""
    previous: Bitext | None = None
    recalled: tuple[Recalled | None, ...] = ()
    """What memories say to each segment; empty where they are not asked."""
    forced: bool = False
    """Whether everything is to be done again, even what has not changed."""
    layout: Layout | None = None
    """Where the parts of the text are in the original; None for plain text."""
    stamps: tuple[str, ...] = ()
    """What the disk knew of its files before they were read (`aligner.pipeline.unchanged`)."""

    @property
    def is_moved(self) -> bool:
        """Whether the pairs of the bitext are no longer where they were: one of the two texts is another."""
        return self.previous is not None and (self.is_edited or self.previous.source.sha256 != self.document.sha256)

    @property
    def is_edited(self) -> bool:
        """Whether the English is no longer the text that the bitext is about."""
        return self.previous is not None and self.previous.target.sha256 != sha256(self.english)


def plan(project: Project, path: Path, tools: Tools, *, force: bool = False) -> Job:
    """Decide what to do with one source document.

    Raises InputError for a document, a record, an English file or a bitext that cannot be used.
    """
    reading = read_document(path, language=project.source, id=project.id_of(path))
    document = reading.document
    stored = read_upgraded(project, document.id)
    previous = stored.bitext
    english, notes = _english(project, document.id, previous)
    notes = (*reading.notes, *stored.notes, *notes)
    unchanged = previous is not None and (
        previous.source.sha256 == document.sha256
        and previous.target.sha256 == sha256(english)
        and previous.record == document.record
        and previous.provenance.signature == tools.signature
        # an English file that was lost is to be written again, although its text is known
        and (not english or project.target_file(document.id).exists())
    )
    if unchanged and not (force or stored.is_old):
        return Job(document, path, Done.UNCHANGED, notes, (), english, previous, layout=reading.layout)
    if not tools.options.any_language:
        require_language(document.text, document.language, path)
    plain = is_plain(reading.layout)
    if plain and tools.options.wrapped is None and line_layout(document.text) == "wrapped":
        notes = (*notes, WRAPPED)
    todo = to_do(project, document.id, previous, english)
    segments = tools.segment(document.text, document.language, plain=plain)
    segments = with_roles(segments, reading.layout, boilerplate=not tools.keep_boilerplate)
    return Job(document, path, todo, notes, tuple(segments), english, previous, forced=force, layout=reading.layout)


def _english(project: Project, document: str, previous: Bitext | None) -> tuple[str, tuple[str, ...]]:
    """The English text of a document, with notes about its reading; empty when it is for us to write.

    Where the file is gone but the bitext holds a person's work, that is not lost: the text is made again of it.
    """
    file = project.target_file(document)
    text, notes = read_text(file) if file.exists() else ("", ())
    if text or previous is None or not any(map(is_touched, previous.beads)):
        return text, notes
    return restored(previous.target.segments), ("its English file was gone: it is made again of the aligned pairs",)


def restored(segments: Sequence[Segment]) -> str:
    r"""A text of its segments alone, at the places where they were; line ends part its paragraphs.

    >>> restored([Segment("Yes.", 0, 4), Segment("No.", 5, 8), Segment("Well.", 10, 15, paragraph=2)])
    'Yes. No.\n\nWell.\n'
    """
    parts, end, paragraph = [], 0, 1
    for each in segments:
        parts += [("\n" if each.paragraph != paragraph else " ") * (each.start - end), each.text]
        end, paragraph = each.end, each.paragraph
    return "".join([*parts, "\n" if segments else ""])


def to_do(project: Project, document: str, previous: Bitext | None, english: str) -> Done:
    """What the English of a document asks for: see above.

    It is ours when there is none; when it is what the bitext names and nobody touched a pair; or when it is what we
    noted when we last wrote it (a run may have been stopped before the bitext followed).
    """
    if previous is None or not any(map(is_touched, previous.beads)):
        # a run may have been stopped between the English and the bitext: the note knows the text as ours
        digest, note = sha256(english), project.draft_file(document)
        same = previous is not None and previous.target.sha256 == digest
        if not english or same or (note.exists() and read_bytes(note).decode("ascii", "replace") == digest):
            return Done.TRANSLATED
    # what began as our draft keeps being completed; a person's own translation never is (decision 9)
    ours = previous is not None and previous.provenance.basis == Origin.MACHINE
    return Done.RENEWED if ours else Done.ALIGNED


def current(job: Job, tools: Tools) -> Job:
    """The job with the document as it is now: a person may have edited it since it was planned.

    Raises InputError when the source itself was changed.
    """
    project, document = tools.project, job.document.id
    previous = read_upgraded(project, document).bitext
    if (previous, _english(project, document, previous)[0]) == (job.previous, job.english):
        return job
    # forced: there is work to do, whatever the document says now
    again = plan(project, job.path, tools, force=True)
    if again.segments != job.segments:
        raise InputError("the document was changed during the run", where=job.path, hint="run again")
    return replace(again, recalled=job.recalled, forced=job.forced, stamps=job.stamps)
