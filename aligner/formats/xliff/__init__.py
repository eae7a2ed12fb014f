"""XLIFF, the exchange format of translations in progress: 1.2 (OASIS 2008), and 2.0 and 2.1 (OASIS 2014, 2018).

    bitext ──unit_of──▶ Unit ──write, write_2──▶ bytes        what a bead knows is told in context or metadata elements
    bitext ◀──read──── Unit ◀──parse────── bytes ◀── CAT tool

`texts` gets the text out of tags, `marks` says in one notation what the tools say of a target, each in its own
(``.sdlxliff``, ``.mqxliff``, ``.mxliff``), `states` what that means, `answer` what is then known of the unit. Start
reading at `aligner.formats.xliff.parse` and `aligner.formats.xliff.write`.
"""
