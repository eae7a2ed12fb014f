"""Hits as plain values: for JSON, for the server's answers and for the page of results.

Places are in characters, ``[start, end)``. Start reading at `hits_data`.
"""

from __future__ import annotations

from typing import Any

from aligner.search.find import Hits, HitSide
from aligner.search.query import Query


def hits_data(hits: Hits, query: Query, languages: tuple[str, str]) -> dict[str, Any]:
    """The answer to a query as JSON values."""
    return {
        "query": query.text,
        "match": query.matching.value,
        "stems": query.stems,
        "languages": list(languages),
        "total": hits.total,
        "more": hits.more,
        "searched": hits.searched,
        "stopped": hits.stopped,
        "hits": [
            {
                "kind": hit.kind,
                "document": hit.document,
                "title": hit.title,
                "date": hit.date,
                "locator": hit.locator,
                "status": hit.status,
                "source": _side(hit.source),
                "target": _side(hit.target),
            }
            for hit in hits.hits
        ],
    }


def _side(side: HitSide) -> dict[str, Any]:
    found, related = ([[span.start, span.end] for span in spans] for spans in (side.found, side.related))
    return {"text": side.text, "found": found, "related": related}
