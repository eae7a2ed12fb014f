"""Quotations with references: what a researcher puts into an article, in every form, and the record behind it.

    Bitext ──quotation──▶ Quotation ──written──▶ text, Markdown, HTML, LaTeX, BibTeX, RIS, CSL-JSON
    "art. 8 b)" ──find_place──▶ paragraphs and segments          CSL-JSON, RIS, BibTeX ──read_references──▶ Records

Start reading at `aligner.citations.quotation`; `aligner.citations.fields` is the table of what a record says.
"""
