"""Alignments that are files of their own, put together with the two texts that they are about.

    hunalign's ladder, [0]:[0] beads  + two texts, a sentence a line       ──┐
    XCES (OPUS), InterText            + two XML texts with numbered s      ──┴──▶ Unit, Unit …

Start reading at `aligner.formats.links.read`.
"""
