"""What was found, as a page; and the file that lets the index page find something without a server.

    answer (aligner.search.data) ──render_found──▶ HTML, complete in itself
    bitexts ──search_file──▶ search.js: the pairs, and which of their words correspond

A page on a disk may not read other files, but it may have a script beside it: so the pairs come as a script. Start
reading at `search_file`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aligner.alignment.counterparts import Counterparts, Places, learned_words
from aligner.languages.words import whole_words
from aligner.model import Bitext, Kind
from aligner.pages.data import safe_json
from aligner.pages.markup import page_address
from aligner.pages.render import render

MOST_PAIRS = 5_000
"""Pairs that a page searches without a server at most: more would make it slow to open."""
FARTHEST = 20_000
"""Words from which a counterpart is too far away to be written as one sign."""
FIRST_SIGN = 35
"""The code of the sign that stands for 0 in a list of links."""


def render_found(answer: Mapping[str, Any], *, pages: Mapping[str, str]) -> str:
    """Render the answer to a query as one self-contained HTML document.

    `pages` says where the review pages of documents are, as seen from this page; those not in it get no link.
    """
    addresses = {document: page_address(page) for document, page in pages.items()}
    return render(
        "results.html",
        styles=("base.css", "find.css", "print.css"),
        scripts=("dom.js", "found.js", "results.js"),
        answer=answer,
        data=safe_json({"answer": answer, "pages": addresses}),
    )


def search_file(bitexts: Sequence[Bitext]) -> str | None:
    """The script with the pairs of some bitexts of one language pair; None where there are none, or too many.

    A pair is ``[document, locator, status, source, target, links]``. Links are two characters each: how many words
    farther the source word is, and how far from there its counterpart is (even: on, odd: back).
    """
    rows = [
        (number, bitext.locator(bead), bead.status.value, bitext.source_text(bead), bitext.target_text(bead))
        for number, bitext in enumerate(bitexts)
        for bead in bitext.beads
        if bead.kind is not Kind.EXCLUDED
    ]
    if not 0 < len(rows) <= MOST_PAIRS:
        return None
    languages = bitexts[0].source.language, bitexts[0].target.language
    words = [tuple([word.text for word in whole_words(text)] for text in row[3:]) for row in rows]
    split = [(source, target) for source, target in words]
    taught = learned_words([pair for pair in split if all(pair)], languages=languages)
    known = Counterparts(split, languages=languages, learned=taught)
    pairs = [[*row, links_code(known.of(*pair))] for row, pair in zip(rows, split, strict=True)]
    documents = [{"document": b.id, "title": b.record.title, "date": b.record.date} for b in bitexts]
    return f"const pairsToSearch = {safe_json({'languages': languages, 'documents': documents, 'pairs': pairs})};\n"


def links_code(places: Places) -> str:
    """The links of a pair as `search_file` writes them.

    >>> links_code({0: [0], 2: [1, 3]})
    '##%$#%'
    """
    signs, at = list[int](), 0
    for word, counterparts in places.items():
        for other in counterparts:
            away = other - word
            if not -FARTHEST < away < FARTHEST:
                continue
            signs += [word - at, 2 * away if away >= 0 else -2 * away - 1]
            at = word
    return "".join(chr(FIRST_SIGN + sign) for sign in signs)
