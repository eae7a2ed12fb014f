"""Bringing a translator's work back into the corpus.

    file ──proposals──▶ Proposals ──find──▶ edits, one for each bead ──take──▶ bitext, English text
                            │                           └──▶ Conflicts, which change nothing
                            └──▶ untouched, not translated, by a machine: counted, and left alone

A file from a CAT tool proposes an English text for a source text (`proposals`); it is matched to beads by document and
locator, otherwise by source text (`find`). What it says of a bead becomes an edit like those of the page
(`aligner.editing.edits.TakeOver`), and what becomes of the bead is decided where every change by a person is
(`aligner.editing.authorship`). Start reading at `aligner.editing.incoming.work`.
"""

from aligner.editing.incoming.report import Conflict, ImportedDocument, ImportReport
from aligner.editing.incoming.work import import_file

__all__ = ["Conflict", "ImportReport", "ImportedDocument", "import_file"]
