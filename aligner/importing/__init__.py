"""Bringing a translator's work back into the corpus.

    file ──proposals──▶ Proposals ──find──▶ beads ──decide──▶ Decisions ──rewrite──▶ bitext, English text
                                                        └──▶ Conflicts, which change nothing

A file from a CAT tool proposes an English text for a source text (`proposals`); it is matched to beads by document and
locator, otherwise by source text (`find`); each bead is merged three ways, what was exported, what the corpus says
now, what the file says (`decide`); then the bitext and its English text are rewritten together (`rewrite`). Start
reading at `aligner.importing.merge`.
"""

from aligner.importing.report import Conflict, Imported, Report
from aligner.importing.work import import_file

__all__ = ["Conflict", "Imported", "Report", "import_file"]
