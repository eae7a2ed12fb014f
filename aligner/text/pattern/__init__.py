"""Regular expressions in the dialect of SRX files (Java, ICU), translated for Python's `re`.

    expression ──parse──▶ tree (nodes) ──forwards / backwards──▶ expression for `re`

Start reading at `parse.parse` and `emit`.
"""

from aligner.text.pattern.emit import backwards, forwards, whole
from aligner.text.pattern.nodes import Node
from aligner.text.pattern.parse import Untranslatable, parse
from aligner.text.pattern.shape import is_reversible, may_explode

__all__ = ["Node", "Untranslatable", "backwards", "forwards", "is_reversible", "may_explode", "parse", "whole"]
