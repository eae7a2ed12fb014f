"""The alignment alone, as Vecalign and Bleualign write it: which segments correspond, and the score.

A bitext goes out, nothing comes back: the file has no texts. Start reading at
`aligner.formats.beads.write`.
"""
