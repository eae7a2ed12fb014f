"""From any file of pairs to any other, without a corpus, a document never whole in memory where both formats allow it.

    file ──opened_parts──▶ OpenedPart ──▶ units ──pieces──▶ Bitext, Bitext … ──write──▶ file
                                     └──▶ whole bitexts ─────────────────────┘

Start reading at `aligner.formats.conversion.convert`.
"""
