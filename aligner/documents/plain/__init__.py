"""Plain text: any encoding; a line is a paragraph."""

from aligner.documents.plain.encoding import decode, fallback_encoding, is_binary
from aligner.documents.plain.original import PlainOriginal, open_plain

__all__ = ["PlainOriginal", "decode", "fallback_encoding", "is_binary", "open_plain"]
