"""Bringing a translator's work back into the corpus.

    file ──proposals──▶ Proposals ──find──▶ beads ──decide──▶ Decisions ──rewrite──▶ bitext, English text
                            │                           └──▶ Conflicts, which change nothing
                            └──▶ untouched, not translated, by a machine: counted, and left alone

A file from a CAT tool proposes an English text for a source text (`proposals`); it is matched to beads by document and
locator, otherwise by source text (`find`). Who wrote the text, and what becomes of the bead, is decided where every
change by a person is (`aligner.edit.authorship`); then the bitext and its English text are rewritten together
(`aligner.edit.rewrite`). Start reading at `aligner.edit.incoming.work`.
"""

from aligner.edit.incoming.report import Conflict, Imported, Report
from aligner.edit.incoming.work import import_file

__all__ = ["Conflict", "Imported", "Report", "import_file"]
