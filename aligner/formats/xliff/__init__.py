"""XLIFF 1.2, the exchange format of translations in progress (OASIS 2008).

    bitext ──unit_of──▶ TMX's Unit ──write──▶ trans-unit      what a bead knows is told as in TMX, in context elements

Start reading at `aligner.formats.xliff.write`.
"""
