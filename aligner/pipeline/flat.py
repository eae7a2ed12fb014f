"""English texts that a person put beside their place: under the id of the document, in no folder.

    corpus/fr/1998/avis.txt     the source
    corpus/en/1998/avis.txt     the place of its English: what is there is the machine's, as it wrote it
    corpus/en/1998--avis.txt    a person's translation ──take_flat──▶ corpus/en/1998/avis.txt

From then on it is what any text in that place is: `aligner.pipeline.authors` says who wrote which sentence. Start
reading at `take_flat`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from aligner.corpus.journal import content_of
from aligner.corpus.store import Project, read_bitext
from aligner.documents import document_id, read_text
from aligner.editing import OpenDocument
from aligner.errors import AlignerError, InputError
from aligner.files import explained
from aligner.model import sha256
from aligner.pipeline.leftover import OTHERS, is_shared, why_kept


def flat_texts(project: Project, sources: Mapping[str, Path]) -> Iterator[tuple[str, Path, Path]]:
    """The documents with an English text beside its place: the id, that text, and the place."""
    texts, top = project.corpus / project.target, project.corpus / project.source
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(texts) as entries:
        for name in sorted(entry.name for entry in entries):
            stem, ending = os.path.splitext(name)  # noqa: PTH122 - of many thousand files
            source = sources.get(stem)
            # the usual case of a corpus without folders first
            if ending.lower() != ".txt" or (source and source.parent == top and source.stem == stem):
                continue
            with suppress(InputError):
                document, flat = document_id(texts, texts / name), texts / name
                if document in sources and flat.is_file():
                    place = project.english_of(document, sources[document])
                    # a disk that ignores capitals has one file under both names
                    if place != flat and not (place.exists() and place.samefile(flat)):
                        yield document, flat, place


def take_flat(project: Project, document: str, flat: Path, place: Path) -> str:
    """Take a person's English text into its place, in which there is none or the machine's; a sentence that says so.

    The sentence is empty where the text is no other than what aligner has had in that place. Raises InputError, with
    both names, where a person worked on what is there.
    """
    with OpenDocument(project, document).held():
        text = read_text(flat)[0]
        if not text.strip() or sha256(text) in _known(project, document, place):
            return ""
        former = place.exists()
        why = why_kept(project, document) or (OTHERS if is_shared(project, document) else "")
        if former and why:
            names = f"{project.relative(place)} and {project.relative(flat)}"
            raise InputError(
                f"there are two English texts, {names}, and the first cannot be replaced: {why}",
                where=flat,
                hint=f"put what you want to keep into {project.relative(place)}, and remove the other file",
            )
        with explained(flat, "rename"):
            place.parent.mkdir(parents=True, exist_ok=True)
            flat.replace(place)
    taken = f"{project.relative(flat)} was taken as the English of '{document}': it is {project.relative(place)}"
    return f"{taken}, instead of the machine's" if former else taken


def _known(project: Project, document: str, place: Path) -> set[str]:
    """The SHA-256 of the texts that are in the place of a document's English or were when aligner looked last."""
    note = content_of(project.draft_file(document)) or b""
    known = {note.decode("ascii", "replace")}
    with suppress(AlignerError):
        if place.exists():
            known.add(sha256(read_text(place)[0]))
            known.add(read_bitext(project.bitext_file(document)).target.sha256)
    return known
