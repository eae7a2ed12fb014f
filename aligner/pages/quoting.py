"""What the review page needs to quote from: the forms with the document's reference in them, and words.

``scripts/cite.js`` fills the forms with the rows that are chosen. Start reading at `quoting_data`.
"""

from __future__ import annotations

from typing import Any

from aligner.citations.forms import page_forms
from aligner.citations.references import reference_of
from aligner.citations.statements import JUDGED, MADE, MOST_STRETCHES
from aligner.languages.tags import base_language
from aligner.model import Bitext


def quoting_data(bitext: Bitext) -> dict[str, Any]:
    """The part of the page's data that ``scripts/cite.js`` reads."""
    return {
        "forms": page_forms(reference_of(bitext)),
        "made": {origin.value: words for origin, words in MADE.items()},
        "judged": {status.value: words for status, words in JUDGED.items()},
        "languages": [base_language(side.language) for side in (bitext.source, bitext.target)],
        "stretches": MOST_STRETCHES,
        "translator": bitext.record.translator,
    }
