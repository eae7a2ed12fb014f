"""Rich text (RTF): its text, bold and italic, tables and notes. There is no writer: it goes out as DOCX or ODT."""

from aligner.documents.rtf.original import RtfOriginal, open_rtf

__all__ = ["RtfOriginal", "open_rtf"]
