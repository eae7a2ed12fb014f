"""Every change that a person makes to a document, whichever way it comes in: one record, one way in, one journal.

    page, static page's edits ──parse_edit──▶ ┐
    TMX · XLIFF · XLSX · TSV ──import_file──▶ Edit ──apply_edits──▶ Applied (bitext, English, refused edits)    pure
                                              └──▶ OpenDocument.apply · take · undo · redo    the same, in the corpus

Comes in: edits, as JSON or as a file of a CAT tool. Goes out: the bitext and its English text, replaced as one under
the document's lock and noted in its journal, so that every step can be undone. `edits` are the records, `apply` what
they do, `shapes` and `rewrite` how beads and the English change, `authorship` who wrote a text and what becomes of a
bead when one comes in. Start reading at `aligner.editing.edits`, then `aligner.editing.apply` and
`aligner.editing.authorship`.
"""

from aligner.corpus.lock import document_lock
from aligner.editing.apply import Applied, RefusedEdit, apply_edits
from aligner.editing.edits import Edit, parse_edit
from aligner.editing.open_document import EditResult, OpenDocument, StoredBitext

__all__ = [
    "Applied",
    "Edit",
    "EditResult",
    "OpenDocument",
    "RefusedEdit",
    "StoredBitext",
    "apply_edits",
    "document_lock",
    "parse_edit",
]
