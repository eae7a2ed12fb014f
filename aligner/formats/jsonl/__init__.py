"""The bitext store, the truth from which every other file derives: a header line, then one bead a line.

Bitexts go out and come back whole. `version_1` brings lines of the first version up to date. Start reading at
`aligner.formats.jsonl.write`.
"""
