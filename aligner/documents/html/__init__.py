"""Web pages, saved or made: the text in order, menus and banners marked, and the page with other words.

page ──lxml──▶ tree ──▶ groups of inline content ──▶ Paragraphs ──▶ the same tree with other groups
"""

from aligner.documents.html.original import HtmlOriginal, open_html
from aligner.documents.html.write import write_html

__all__ = ["HtmlOriginal", "open_html", "write_html"]
