"""Documents of any kind: a file becomes a text with a layout, and a file again with other words.

    file ──kinds──▶ docx/ odt/ epub/ html/ markdown/ rtf/ pdf/ plain/ ──▶ Original ──layout──▶ Document, Layout
    Original + Bitext ──english──▶ Original.saved ──▶ a file of the same kind, or of another

One folder a kind, one table of kinds (`kinds`). `layout` has the records that all kinds share. Start reading at
`aligner.documents.read` and `aligner.documents.layout`.
"""

from aligner.documents.folder import (
    FolderChoice,
    FolderFiles,
    counted_reasons,
    document_id,
    find_sources,
    part_of,
)
from aligner.documents.language import other_language, require_language
from aligner.documents.layout import Block, BlockKind, Layout, Mark
from aligner.documents.plain import fallback_encoding
from aligner.documents.plain.encoding import WRAPPED
from aligner.documents.read import Reading, read_document, read_text
from aligner.documents.record import read_record
from aligner.documents.roles import is_plain, with_roles

__all__ = [
    "WRAPPED",
    "Block",
    "BlockKind",
    "FolderChoice",
    "FolderFiles",
    "Layout",
    "Mark",
    "Reading",
    "counted_reasons",
    "document_id",
    "fallback_encoding",
    "find_sources",
    "is_plain",
    "other_language",
    "part_of",
    "read_document",
    "read_record",
    "read_text",
    "require_language",
    "with_roles",
]
