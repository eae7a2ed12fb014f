"""Word documents (DOCX): paragraphs, headings, lists, tables, notes, text boxes; and the same file with other words.

word/document.xml ──▶ w:p ──runs──▶ Pieces ──▶ w:p with other runs of the same properties
"""

from aligner.documents.docx.original import DocxOriginal, open_docx
from aligner.documents.docx.write import write_docx

__all__ = ["DocxOriginal", "open_docx", "write_docx"]
