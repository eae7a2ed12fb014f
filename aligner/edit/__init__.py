"""Editing a document: what a person changes in a bitext, and keeping it safe.

    JSON ──parse_edit──▶ Edit ──apply_edits──▶ Applied (bitext, English, conflicts)         pure
    Desk.apply · undo · redo ──▶ the same, in the corpus: under a lock, saved at once, journalled

`records` are the edits, `shapes` and `rewrite` what they do to beads and to the English, `authorship` who wrote a text
and what becomes of a bead when one comes in, `desk` the document in the store, `stored` and `journal` its files and
their history. Start reading at `aligner.edit.apply`, then `aligner.edit.authorship` and `aligner.edit.desk`.
"""

from aligner.corpus.lock import document_lock
from aligner.edit.apply import Applied, Conflict, apply_edits
from aligner.edit.desk import Desk, Outcome, Sheet
from aligner.edit.edits import Edit, parse_edit

__all__ = ["Applied", "Conflict", "Desk", "Edit", "Outcome", "Sheet", "apply_edits", "document_lock", "parse_edit"]
