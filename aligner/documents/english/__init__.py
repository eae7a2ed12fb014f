"""Back out: the English of a bitext in the form of its original.

    original ──▶ Paragraphs ┐
    Bitext ─────────────────┴─compose──▶ Pieces for each paragraph ──▶ the original's form, or another

`styles` carries bold words and links from a sentence to its translation, `compose` puts the sentences of a paragraph
together, `write` makes the file. Start reading at `aligner.documents.english.write`.
"""

from aligner.documents.english.write import FORMS, Written, write_english

__all__ = ["FORMS", "Written", "write_english"]
