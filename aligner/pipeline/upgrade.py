"""Upgrading: bitexts of an older aligner that call the machine's sentences a person's are put right.

Version 1 of the store took the machine's text for a person's as soon as anything else in the document was edited and
the machine's wording changed. Three records tell such a text: the machine's rendering beside it, the cache of
renderings and the journal of edits. What none of them knows stays a person's, and is listed. Start reading at
`read_upgraded`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from aligner.corpus.journal import Journal
from aligner.corpus.lock import history_folder
from aligner.corpus.store import Project, parse_bitext
from aligner.editing.authorship import remembered
from aligner.errors import AlignerError, counted
from aligner.files import read_bytes
from aligner.formats.jsonl import version_1
from aligner.model import Bead, Bitext, Origin, Status, wording
from aligner.pipeline.authors import OURS
from aligner.translation.cache import known_texts

_LISTED = 5
_START = f'"version": {version_1.VERSION},'.encode()


@dataclass(frozen=True, slots=True)
class Stored:
    """A bitext as it is in the store, brought up to date."""

    bitext: Bitext | None
    is_old: bool = False
    """Whether the file is of an older version: it is to be written again."""
    notes: tuple[str, ...] = ()


def read_upgraded(project: Project, document: str) -> Stored:
    """The bitext of a document, put right if an older aligner wrote it; InputError when it is damaged."""
    path = project.bitext_file(document)
    if not path.exists():
        return Stored(None)
    data = read_bytes(path)
    bitext = parse_bitext(data, path)
    # the version stands at the beginning: a file of today's is not looked through
    if _START not in data[:100]:
        return Stored(bitext)

    def evidence() -> frozenset[str]:
        # the cache may have been deleted since: that loses nothing else, and the journal still knows some texts
        texts = known_texts(project.cache / "translations.sqlite")
        return frozenset(map(wording, [*texts, *_journalled(project, document)]))

    return upgraded(bitext, evidence)


def upgraded(bitext: Bitext, evidence: Callable[[], Collection[str]]) -> Stored:
    """A bitext of version 1 with the authors that can be told, and notes about what changed and what is in doubt.

    `evidence` gives the fingerprints of all texts that aligner is known to have written; it is asked only where a
    text is in question.
    """
    # in doubt is what counts as a person's although nobody says that he wrote it
    doubtful = [
        bead
        for bead in bitext.beads
        if bead.origin is Origin.HUMAN and bead.source and bead.target and bead.status is not Status.EDITED
    ]
    known = evidence() if doubtful else ()
    right = {bead for bead in doubtful if (text := bitext.target_text(bead)) == bead.machine or wording(text) in known}
    ours = any(bead.origin in OURS for bead in bitext.beads)
    if not ours and _words(bitext, right) * 2 < _words(bitext, doubtful):
        right = set()  # a person's translation, with a heading or a short sentence as the machine has it
    # version 1 did not say how a document began; one sentence of ours proves that it was a draft
    basis = Origin.MACHINE if ours or right else Origin.HUMAN
    made = []
    for bead in bitext.beads:
        if bead in right:
            written = remembered(bead.written, (wording(bitext.target_text(bead)),))
            # which package made it, and how good it was, is not known any more
            bead = replace(bead, origin=Origin.MACHINE, written=written, quality=None, maker="")  # noqa: PLW2901
        made.append(bead)
    changed = replace(bitext, beads=tuple(made), provenance=replace(bitext.provenance, basis=basis.value))
    edited = any(bead.status is Status.EDITED for bead in bitext.beads)
    unknown = [bead for bead in doubtful if bead not in right and not bead.by and (ours or right or edited)]
    notes = []
    if right:
        notes.append(f"{_pairs(bitext, right)} said that a person wrote it; it was the machine: that is put right")
    if unknown:
        notes.append(
            f"{_pairs(bitext, unknown)} may be the machine's although it says that a person wrote it: no record tells, "
            "look at it in `aligner review`"
        )
    return Stored(changed, is_old=True, notes=tuple(notes))


def _words(bitext: Bitext, beads: Collection[Bead]) -> int:
    return sum(len(bitext.target_text(bead).split()) for bead in beads)


def _journalled(project: Project, document: str) -> Iterator[str]:
    """The machine's texts in the earlier states of a document that its journal keeps."""
    journal = Journal(history_folder(project, document))
    for state in journal.load().states:
        try:
            content = journal.content(state.bitext)
            earlier = parse_bitext(content, project.bitext_file(document)) if content else None
        except (AlignerError, OSError, zlib.error):
            continue
        if earlier is not None:
            yield from (earlier.target_text(bead) for bead in earlier.beads if bead.origin in OURS)


def _pairs(bitext: Bitext, beads: Collection[Bead]) -> str:
    places = [bitext.locator(bead) for bead in bitext.beads if bead in beads]
    return f"{counted(len(places), 'pair')} ({', '.join(places[:_LISTED])}{' …' if len(places) > _LISTED else ''})"
