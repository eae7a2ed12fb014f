"""Tables as people keep them, whatever file they are in: rows of cells, known by their headings.

    TSV, CSV ──separated_rows──┐
    XLSX, ODS ──rows──────────▶ heading ──TableLayout──▶ Unit, Unit …  ──▶ documents

Glossaries use the same words for headings. Start reading at `aligner.formats.tables.units`; what headings mean is in
`aligner.formats.tables.headings`.
"""
