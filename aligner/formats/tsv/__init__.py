"""A table of pairs for spreadsheets and scripts, tab-separated, one bead a row.

Bitexts go out by way of the exchange record; tables that were sorted, extended or edited come back. Start reading at
`aligner.formats.tsv.write`.
"""
