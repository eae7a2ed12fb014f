"""TEI P5: a bilingual edition that can be cited (TEI Consortium, *P5 Guidelines*, chapters 2, 17 and 18).

    teiHeader                          the record, how the edition was made, how to cite it     header.py
    standOff/linkGrp/link|ptr          the beads, n-m ones through a ptr, nulls as a ptr alone  links.py
    text/group/text[@xml:lang]/…/p/s   both texts, paragraph by paragraph                       body.py

Ids say where something stands: ``fr.3.2`` is segment 2 of paragraph 3 of the French text, ``fr.3`` the paragraph,
``al.3.2`` the bead that begins there. Start reading at `aligner.formats.tei.write`.
"""
