"""Documents that are left over: their sources were deleted or renamed, their pairs are still there.

    run ──▶ carry_over    a document that was renamed: its work goes with it             (`aligner.pipeline.renamed`)
        ──▶ still_known   what persons wrote in a document that is left over stays a memory
        ──▶ remarks       what is left over is named
    prune                 what aligner made of such documents is removed                 (`aligner.pipeline.prune`)

What a person wrote or reviewed is never removed. Start reading at `why_kept`.
"""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from aligner.corpus.exported import ExportState
from aligner.corpus.exports import EXPORTS, INDEX, PAGE, SEARCHED
from aligner.corpus.places import possible_places
from aligner.corpus.state import CorpusState
from aligner.corpus.store import Project, describe_left_over, read_bitext
from aligner.documents import read_text
from aligner.editing import OpenDocument
from aligner.errors import AlignerError, counted
from aligner.files import explained
from aligner.model import Bitext
from aligner.pipeline.carry import is_touched
from aligner.pipeline.plan import to_do
from aligner.pipeline.report import Done

log = logging.getLogger(__name__)

OTHERS = "it may be that of another language pair"
"""Why a file stays that has no languages in its name."""


def remarks(project: Project) -> list[str]:
    """A sentence that names the documents that are left over, if there are any."""
    left = project.left_over()
    return [describe_left_over(left)] if left else []


def still_known(project: Project) -> Iterator[Bitext]:
    """The bitexts that are left over, for memories: deleting a document takes no reviewed pair from the others.

    One that cannot be read is said and left out.
    """
    for document in project.left_over():
        try:
            yield read_bitext(project.bitext_file(document))
        except AlignerError as error:
            log.warning("%s", error)


def why_kept(project: Project, document: str) -> str:
    """Why the pairs and the English text of a document must stay; empty when no person had a hand in them."""
    bitext_file, english_file = project.bitext_file(document), project.target_file(document)
    try:
        bitext = read_bitext(bitext_file) if bitext_file.exists() else None
        english = read_text(english_file)[0] if english_file.exists() else ""
    except AlignerError as error:
        return f"cannot be read: {error.what}"
    # a name, a remark or a border is work too, not only a text
    touched = sum(map(is_touched, bitext.beads)) if bitext else 0
    if touched:
        return f"a person wrote or reviewed {counted(touched, 'pair')}"
    ours = to_do(project, document, bitext, english) is Done.TRANSLATED
    return "" if ours else "a person wrote or changed the English"


def remove(path: Path) -> None:
    """Remove a file, if it is still there."""
    with explained(path, "remove"):
        path.unlink(missing_ok=True)


def is_shared(project: Project, document: str) -> bool:
    """Whether there are pairs of a document in other languages too: what has no pair in its name may be theirs."""
    # an id may have dots, so the languages are looked for behind exactly this one
    name = re.compile(rf"{re.escape(document)}\.[\w-]+\.jsonl")
    own = project.bitext_file(document)
    folders = (project.corpus / "bitext" / place for place in possible_places(document))
    found = (path for folder in folders for path in folder.glob("*.jsonl"))
    return any(path != own and name.fullmatch(path.name) for path in found)


def exports_of(project: Project, document: str, state: ExportState) -> dict[Path, str]:
    """The exports of a document that are there, each with why it must stay; empty where it is as aligner wrote it."""
    shared = is_shared(project, document)
    found = {}
    files = {project.export_file(document, export): "{pair}" in export.filename for export in EXPORTS.values()}
    if document == INDEX:  # the list of documents goes, and what it searches
        files[project.output / EXPORTS[PAGE].folder / SEARCHED] = False
    for path, named_after_pair in files.items():
        if path.exists():
            why = "" if state.is_as_written(path) else "it is not as aligner wrote it"
            found[path] = OTHERS if shared and not named_after_pair else why
    return found


def extracts_of(project: Project, document: str) -> dict[Path, str]:
    """What was read from the source of a document and is there, each with why it must stay; empty where it may go."""
    why = OTHERS if is_shared(project, document) else ""
    return {path: why for path in project.extract_files(document) if path.exists()}


def forget(project: Project, document: str) -> None:
    """Remove what is kept of a document beside the corpus: what can be undone, what was written, what was asked."""
    # the history goes with the pairs: it holds their texts
    folder = OpenDocument(project, document).journal.folder
    with explained(folder, "remove"):
        if folder.exists():
            shutil.rmtree(folder)
    remove(project.draft_file(document))
    state = CorpusState(project)
    state.forget(project.pair, document)
    state.close()
