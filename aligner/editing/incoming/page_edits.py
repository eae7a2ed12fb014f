"""Edits that a person made on a review page opened from disk come back.

    {"aligner-edits": 1, "document": "brics", "languages": ["fr", "en"], "base": …, "version": …, "by": "Ada",
     "edits": [{"op": "text", "bead": "3.2", "text": …, "before": {…}, "at": "2026-01-31T12:00:00Z"}, …]}

They go through the same function as those of the served page (`aligner.editing.apply_edits`). What was imported before
is remembered, so that the same file, or a later one that holds the same edits and more, may be imported again. Start
reading at `import_edits`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from aligner.corpus.publish import due, exports_expected, listed, republish
from aligner.corpus.store import Project
from aligner.editing import Edit, OpenDocument, parse_edit
from aligner.editing.apply import RefusedEdit as Refusal
from aligner.editing.edits import SetNote, SetStatus, SetText
from aligner.editing.incoming.find import not_here
from aligner.editing.incoming.report import Conflict, ImportReport, files_of, summary_of_import
from aligner.errors import InputError
from aligner.files import explained
from aligner.model import Languages
from aligner.text import Srx

EDITS = ".json"
"""How the names of files of edits end."""
VERSION = 1
LARGEST = 100_000_000
"""Bytes of such a file at most."""


@dataclass(frozen=True, slots=True)
class EditsFile:
    """What such a file says."""

    document: str
    languages: Languages
    by: str
    """Who edited; empty: the file does not say."""
    edits: tuple[Edit, ...]


def import_edits(
    project: Project, path: Path, *, by: str, dry_run: bool = False, rules: Srx | None = None
) -> ImportReport:
    """Apply the edits of a file to the document that it names; the document's exports follow.

    `by` stands for them where the file names nobody.
    An edit whose bead is no longer as the person saw it is a conflict and changes nothing; all others are applied.
    Raises InputError when the file is not one of edits, or of another project.
    """
    content = read_edits(path)
    if content.languages != project.languages:
        what = f"the file is {'–'.join(content.languages)}, the corpus {'–'.join(project.languages)}"
        raise InputError(what, where=path)
    # a document that is left over is not published: its edits would be lost to sight
    if content.document not in project.sources():
        raise InputError(not_here(project, content.document), where=path)
    [document] = project.documents([content.document])
    opened = OpenDocument(project, document, rules=rules)
    before = opened.read()
    with exports_expected(project, document, unless=dry_run) as expected:
        outcome = opened.take(content.edits, by=content.by or by, dry_run=dry_run)
        expected.happened = bool(outcome.edits)
    written = files_of(opened, before, outcome.stored)
    if not dry_run and (changed := due(project)):
        written += republish(project, changed, index=listed(project))
    conflicts = tuple(_conflict(document, refusal) for refusal in outcome.conflicts)
    untouched = len(content.edits) - len(outcome.edits) - len(conflicts)
    documents = (summary_of_import(document, outcome),) if outcome.edits else ()
    return ImportReport(len(content.edits), documents, conflicts, tuple(written), untouched=untouched)


def read_edits(path: Path) -> EditsFile:
    """Read a file of edits; InputError for any other."""
    if not path.is_file():
        raise InputError("there is no such file", where=path, hint="check the name")
    with explained(path, "read"), path.open("rb") as stream:
        # one byte more tells a file that is too large without reading all of it
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError("the file is too large to be one of edits", where=path)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError("the file is not JSON", where=path, hint="save the edits again from the page") from error
    return _content(found, path)


def _content(found: object, path: Path) -> EditsFile:
    """What the JSON of a file says; InputError, with the number of the edit, for anything else."""
    hint = "use a file that a review page saved"
    if not isinstance(found, dict) or "aligner-edits" not in found:
        raise InputError("this is not a file of edits", where=path, hint=hint)
    if found["aligner-edits"] != VERSION:
        version = str(found["aligner-edits"])[:20]
        raise InputError(f"these edits are of version {version}, not {VERSION}", where=path, hint="update aligner")
    match [found.get(name) for name in ("document", "languages", "edits")]:
        case [str(document), [str(source), str(target)], list(edits)]:
            by = found.get("by")
            # The name comes from a file that anybody may have written; it will stand in ours.
            name = " ".join(by.split())[:200] if isinstance(by, str) and by.isprintable() else ""
            parsed = []
            for number, value in enumerate(edits, 1):
                try:
                    parsed.append(parse_edit(value))
                except InputError as error:
                    raise InputError(error.what, where=f"{path}, edit {number}", hint=error.hint) from error
            return EditsFile(document, Languages(source, target), name, tuple(parsed))
    raise InputError("the file lacks the document, its languages or the edits", where=path, hint=hint)


def _conflict(document: str, refusal: Refusal) -> Conflict:
    """A refused edit as the report lists it, with what the person wanted in words."""
    match refusal.edit:
        case SetText(text=text):
            theirs = text
        case SetNote(note=note):
            theirs = note
        case SetStatus(status=status):
            theirs = status.value
        # of borders there is no text to show: the kind of the edit must do
        case _:
            theirs = type(refusal.edit).__name__.lower()
    return Conflict(f"{document}:{refusal.edit.bead}", refusal.reason, refusal.source, refusal.ours, theirs)
