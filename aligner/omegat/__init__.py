"""OmegaT: a project of a corpus, its rules and memories, and what OmegaT itself makes of them.

Comes in: bitexts and segmentation rules. Goes out: a folder that OmegaT opens (`project`), the files of its rules
(`files`, `pattern`), and how many of its segments have a unit (`check`). Start reading at `aligner.omegat.project`.
"""
