"""PDF with a text layer: lines in reading order, joined to paragraphs. There is no writer: it goes out as DOCX or ODT.

page ──pdfium──▶ scraps of text with places ──lines──▶ lines in reading order ──paragraphs──▶ Paragraphs
"""

from aligner.documents.pdf.original import PdfOriginal, open_pdf

__all__ = ["PdfOriginal", "open_pdf"]
