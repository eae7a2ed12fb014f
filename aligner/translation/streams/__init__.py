"""Long streams: lines and cells through an engine, with a file that remembers how far it came.

Comes in: lines. Goes out: as many lines, in order, whatever is interrupted. Start reading at
`aligner.translation.streams.lines`.
"""
