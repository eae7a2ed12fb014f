"""The neutral record between bitexts and the files that people exchange: a unit with its variants, props and notes.

Comes in: a bead, or a unit of any file. Goes out: the other. TMX, XLIFF and spreadsheets share it, so that a field of a
bead is written and read in one place. Start reading at `aligner.formats.exchange.units`, then `from_bitext` and
`to_bitext`.
"""
