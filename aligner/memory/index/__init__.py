"""Translation memory: what was translated before, found again.

    units ──build──▶ index (one file) ──exact, fuzzy──▶ units

`aligner.memory.index.fold` says what counts as the same text and how alike two texts are,
`aligner.memory.index.build` what an index holds, `aligner.memory.index.search` how it is searched,
`aligner.memory.index.several` how several memories answer together. Where units come from is told in
`aligner.memory`.
"""

from aligner.memory.index.units import FoundUnit, Likeness, MemoryUnit

__all__ = ["FoundUnit", "Likeness", "MemoryUnit"]
