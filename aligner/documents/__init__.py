"""Reading documents: a file and its record become a `Document`. Start reading at `plain.read_document`."""

from aligner.documents.language import other_language, require_language
from aligner.documents.plain import (
    WRAPPED,
    Reading,
    fallback_encoding,
    read_document,
    read_text,
)
from aligner.documents.record import read_record

__all__ = [
    "WRAPPED",
    "Reading",
    "fallback_encoding",
    "other_language",
    "read_document",
    "read_record",
    "read_text",
    "require_language",
]
