"""TMX 1.4b, the exchange format of translation memories (LISA OSCAR 2005).

`aligner.formats.tmx.write` writes files that CAT tools match; `aligner.formats.tmx.unit` makes one translation unit.
"""
