"""Translation memory: what was translated before, found again.

    units ──build──▶ index (one file) ──exact, fuzzy──▶ units

`aligner.memory.fold` says what counts as the same text and how alike two texts are, `aligner.memory.build` what an
index holds, `aligner.memory.index` how it is searched, `aligner.memory.several` how several memories answer together.
Where units come from is told in `aligner.memories`.
"""

from aligner.memory.records import Found, Likeness, Unit

__all__ = ["Found", "Likeness", "Unit"]
