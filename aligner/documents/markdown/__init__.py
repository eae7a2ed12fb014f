"""Markdown: CommonMark with tables, struck-out text, footnotes and a front matter that is left alone.

text ──markdown-it──▶ tokens ──▶ Paragraphs ──▶ the same lines with other words
"""

from aligner.documents.markdown.original import MarkdownOriginal, open_markdown
from aligner.documents.markdown.write import write_markdown

__all__ = ["MarkdownOriginal", "open_markdown", "write_markdown"]
