"""The alignment alone, as hunalign's ladder of positions.

A bitext goes out, nothing comes back: the file has no texts. Start reading at
`aligner.formats.ladder.write`.
"""
