"""XCES alignments, as OPUS has them: links in one file, and both texts as XML.

Bitexts go out and come back with their texts and links; what was reviewed is not told. Start reading at
`aligner.formats.xces.write`.
"""
