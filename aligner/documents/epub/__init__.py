"""E-books (EPUB): the chapters in reading order, each a page of XHTML; and the same book with other words."""

from aligner.documents.epub.original import EpubOriginal, open_epub
from aligner.documents.epub.write import write_epub

__all__ = ["EpubOriginal", "open_epub", "write_epub"]
