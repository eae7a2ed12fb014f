"""Where memories come from: TMX files, folders of them, and the pairs of persons in a corpus.

    --memory ──places──▶ Place ──open──▶ Memories ──best──▶ Found        (aligner.memory.index searches)
    bitexts ──reviewed_units, aligned_units──▶ Units ─┘

`aligner.memory.places` says what may be named, `opening` how indexes are kept, `transfer` imports and exports,
`choice` and `remembering` let the translation engine profit. Start reading at `aligner.memory.places`.
"""

from aligner.memory.choice import MemoryChoice
from aligner.memory.opening import ALIGNED, CORPUS, open_memories
from aligner.memory.places import (
    Place,
    imported,
    place,
    places,
)
from aligner.memory.remembering import Remembering
from aligner.memory.sources import aligned_units, reviewed_units
from aligner.memory.transfer import Imported, export_tmx, import_into_memory

__all__ = [
    "ALIGNED",
    "CORPUS",
    "Imported",
    "MemoryChoice",
    "Place",
    "Remembering",
    "aligned_units",
    "export_tmx",
    "import_into_memory",
    "imported",
    "open_memories",
    "place",
    "places",
    "reviewed_units",
]
