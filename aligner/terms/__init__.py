"""Terms: glossaries, where their terms stand in texts, whether translations keep them, and candidates for new ones.

    file ──read──▶ Glossary ──Finder──▶ matches in a source text, breaches in its translation
    aligned pairs ──extract──▶ candidates, for a person to choose from

Standard library only, no model: translation, checks and formats all use it. Start reading at `Glossary`.
"""

from aligner.terms.adherence import Kept, adherence
from aligner.terms.extract import Candidate, extract
from aligner.terms.find import Breach, Finder, TermMatch
from aligner.terms.glossary import (
    Glossary,
    Row,
    Term,
    TermStatus,
    gather,
)
from aligner.terms.read import parse_table

__all__ = [
    "Breach",
    "Candidate",
    "Finder",
    "Glossary",
    "Kept",
    "Row",
    "Term",
    "TermMatch",
    "TermStatus",
    "adherence",
    "extract",
    "gather",
    "parse_table",
]
