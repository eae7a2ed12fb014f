"""OpenDocument texts (ODT): paragraphs, headings, lists, tables, notes, frames; and the same file with other words."""

from aligner.documents.odt.original import OdtOriginal, open_odt
from aligner.documents.odt.write import write_odt

__all__ = ["OdtOriginal", "open_odt", "write_odt"]
