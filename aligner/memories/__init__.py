"""Where memories come from: TMX files, folders of them, and the pairs of persons in a corpus.

    --memory ──places──▶ Place ──open──▶ Memories ──best──▶ Found        (aligner.memory searches)
    bitexts ──reviewed_units, aligned_units──▶ Units ─┘

`aligner.memories.places` says what may be named, `opening` how indexes are kept, `transfer` imports and exports,
`choice` and `remembering` let the translation engine profit. Start reading at `aligner.memories.places`.
"""

from aligner.memories.choice import MemoryChoice
from aligner.memories.gathering import gather
from aligner.memories.opening import ALIGNED, CORPUS, open_memories
from aligner.memories.places import Place, imported, place, places
from aligner.memories.remembering import Remembering
from aligner.memories.transfer import Imported, export_tmx, import_tmx
from aligner.memories.units import aligned_units, reviewed_units

__all__ = [
    "ALIGNED",
    "CORPUS",
    "Imported",
    "MemoryChoice",
    "Place",
    "Remembering",
    "aligned_units",
    "export_tmx",
    "gather",
    "import_tmx",
    "imported",
    "open_memories",
    "place",
    "places",
    "reviewed_units",
]
