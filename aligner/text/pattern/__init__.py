"""Regular expressions in the dialect of SRX files (Java, ICU), translated for Python's `re`.

    expression ──parse──▶ tree (nodes) ──forwards / backwards──▶ expression for `re`

Start reading at `parse.parse` and `emit`; what is known about an expression without running it is in `shape`.
"""

from aligner.text.pattern.emit import backwards, character_class, forwards, whole
from aligner.text.pattern.nodes import Node, any_of
from aligner.text.pattern.parse import parse
from aligner.text.pattern.reader import UntranslatableError
from aligner.text.pattern.shape import edge_characters, ignores_case, is_reversible, may_explode

__all__ = [
    "Node",
    "UntranslatableError",
    "any_of",
    "backwards",
    "character_class",
    "edge_characters",
    "forwards",
    "ignores_case",
    "is_reversible",
    "may_explode",
    "parse",
    "whole",
]
