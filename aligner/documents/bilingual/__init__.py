"""A bilingual table in a Word document, for clients: number, French, English, note; and back.

What a row needs to come back as the bead it was stands in hidden text beside its number. Start reading at `write_table`
and `read_table`.
"""

from aligner.documents.bilingual.read import read_table
from aligner.documents.bilingual.write import write_table

__all__ = ["read_table", "write_table"]
