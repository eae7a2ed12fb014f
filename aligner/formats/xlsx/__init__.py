"""XLSX, the table of a spreadsheet (Office Open XML, ECMA-376): one row a bead, out and back.

    bitext ──unit_of──▶ TMX's Unit ──row_of──▶ cells ──write──▶ archive        read.py is the way back

Every cell is text: what begins with ``=``, ``+``, ``-`` or ``@`` is never a formula. Start reading at
`aligner.formats.xlsx.rows`, then `aligner.formats.xlsx.write`.
"""
