"""From any file of pairs to any other, without a corpus, a document never whole in memory where both formats allow it.

    file ──kind_of_input──▶ InputKind ──▶ units ──pieces──▶ Bitext, Bitext … ──write──▶ file
                                     └──▶ whole bitexts ─────────────────────┘

Start reading at `aligner.formats.conversion.convert`.
"""
