"""The data of a review page: what its script needs to show, judge and change a bitext.

    page_data(bitext)  the whole as plain JSON values; a server sends it after each edit
    embedded(…)        the same for the page itself, without what is as usual, safe inside a script element

The script reads it in ``scripts/bitext.js``. Start reading at `page_data`.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from aligner.checks import Finding
from aligner.citations.statements import draft_of
from aligner.documents import Layout
from aligner.formats.exchange.fields import page_fields
from aligner.model import Bead, Bitext, Kind, Segment, wording
from aligner.pages.beads import ALIGNMENT, TRANSLATION, certainties, has_news, match_line
from aligner.terms import Finder, Glossary

Json = dict[str, Any]

FLAGS = {
    "copied": ("as in the source", "Nothing to translate: the source stands unchanged"),
    "split": ("in clauses", "Too long for the model in one go: translated clause by clause"),
    "retried": ("second attempt", "The first attempt was at fault; another one was taken"),
    "doubtful": ("faulty", "No attempt was free of serious faults: check it well"),
    "numbers": ("numbers", "A number of the source is missing, or became another one"),
    "omitted": ("left out", "A passage of the source is missing in the translation"),
    "inserted": ("glossary", "The model was made to use a term of the glossary"),
    "terms": ("term missing", "A term of the glossary is missing, or a forbidden one is used"),
    "checks": ("checks", "`aligner check` found something in it"),
    "unrelated": ("unrelated?", "Probably unrelated: the two sides seem to say different things"),
    "moved": ("moved", "Its counterpart stands elsewhere in the other text"),
}
"""What the flags of the translation are called on the page, and what they say."""
ASKING = ("doubtful", "numbers", "omitted", "terms", "checks", "unrelated", "moved")
"""The flags that ask for a person; the others only tell how a text came about."""
MEASURES = {
    ALIGNMENT: "how likely it is that exactly these segments belong together",
    TRANSLATION: "how good the machine’s text is expected to be; good for an order, lowest first",
}
"""What the two figures of a pair answer."""
ORIGINS = {"mt": "machine", "human": "human", "memory": "memory", "none": ""}
"""Who wrote a target text, in the words of the page."""
_USUAL: Json = {
    "alignment": None,
    "translation": None,
    "kind": "constructed",
    "origin": "mt",
    "status": "draft",
    "machine": None,
    "news": False,
    "flags": [],
    "note": "",
    "match": None,
    "by": "",
    "changed": "",
    "findings": [],
    "drafted": "machine",
}
"""The values that a page leaves out: 5,000 beads that repeat them would take a megabyte."""
_FIRST = (
    "s", "t", "alignment", "translation", "kind", "origin", "status", "machine", "maker", "written", "news", "flags",
    "note", "match", "by", "changed", "findings",
)  # fmt: skip
"""The order in which a bead's fields stand, newer ones after them: the same page, the same bytes."""
_SIDES = ("source", "target")
_NOT_IN_HTML = re.compile("[<>&\ud800-\udfff]")


def page_data(
    bitext: Bitext,
    *,
    findings: Iterable[Finding] = (),
    version: str = "",
    server: Mapping[str, str | bool] | None = None,
) -> Json:
    """Return the data of a bitext's review page as plain JSON values.

    `findings` are those of `aligner.checks` on this bitext (others are passed over), `version` is the SHA-256 of the
    bitext's file, `server` says where edits are sent (``api``, ``token``) and whether there are some to ``undo`` and to
    ``redo``; without it they are kept in the browser.

    A segment is ``[locator, text, role]`` (boilerplate: and its rule). A bead names its segments by index (``s``,
    ``t``); ``alignment`` and ``translation`` are its figures, null where the question does not arise; ``written`` is
    the fingerprint of its target as it goes out, ``drafted`` what its text began as. A finding is ``[code, name,
    message, source spans, target spans]``, a span ``[start, end]`` in characters of the bead's text.
    """
    # By locator, so that each bead finds its own without a search.
    found: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for finding in findings:
        if finding.document == bitext.id:
            sides = ([[span.start, span.end] for span in spans] for spans in (finding.source, finding.target))
            found[finding.locator].append([finding.code, finding.name, finding.message, *sides])
    return {
        "id": bitext.id,
        "languages": list(bitext.languages),
        "version": version,
        "base": bitext.target.sha256,
        "source": [_segment(segment) for segment in bitext.source.segments],
        "target": [_segment(segment) for segment in bitext.target.segments],
        "beads": [_bead(bitext, bead, found.get(bitext.locator(bead), [])) for bead in bitext.beads],
        # None in a file: its edits are kept in the browser until they are saved.
        "server": dict(server) if server else None,
    }


def beginning(data: Json, count: int) -> Json:
    """The data of the first beads alone, and how many are left out (``rest``)."""
    beads = data["beads"][:count]
    ends = {side: max((index for bead in beads for index in bead[side[0]]), default=-1) + 1 for side in _SIDES}
    return {**data, **{side: data[side][:end] for side, end in ends.items()}, "beads": beads,
            "rest": len(data["beads"]) - len(beads)}  # fmt: skip


def embedded(data: Json, *, view: Mapping[str, object], boilerplate: bool = True) -> Markup:
    """Return the data as JSON for a script element of the page; nothing in it can end that element.

    What is as usual is left out, and a machine translation that is the target text is only said to be there (true).
    `view` are the choices that the page was made with. Without `boilerplate`, texts set aside as such are empty.
    """
    # Nearly all beads of a document come from one package: its name is as usual, whatever it is.
    ((maker, _),) = Counter(bead["maker"] for bead in data["beads"]).most_common(1) or [("", 0)]
    usual = {**_USUAL, "maker": maker}
    beads = []
    for bead in data["beads"]:
        slim = {name: value for name, value in bead.items() if name not in usual or value != usual[name]}
        # Most of a machine's texts stand unchanged, and the page has them already, as rows and as data.
        if bead["t"] and bead["machine"] == " ".join(data["target"][index][1] for index in bead["t"]):
            slim["machine"] = True
        beads.append(slim)
    slim_data = {**data, "beads": beads, "view": {"usual": usual, **view}}
    if not boilerplate:
        aside = [bead for bead in data["beads"] if bead["kind"] == Kind.EXCLUDED.value]
        for side in _SIDES:
            hidden = {index for bead in aside for index in bead[side[0]]}
            # Emptied, not taken out: beads name their segments by index.
            slim_data[side] = [
                [locator, "" if index in hidden else text, *others]
                for index, (locator, text, *others) in enumerate(data[side])
            ]
    return safe_json(slim_data)


def safe_json(value: object) -> Markup:
    r"""Write JSON that may stand in any element or script: without ``<``, ``>``, ``&`` and lone surrogates.

    >>> print(safe_json({"note": "</script>"}))
    {"note":"\u003c/script\u003e"}
    """
    # Not as ASCII: French letters would take six bytes each.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    safe = _NOT_IN_HTML.sub(lambda character: f"\\u{ord(character[0]):04x}", text)
    return Markup(safe)  # noqa: S704 (nothing is left that HTML would read)


def cells_of(bitext: Bitext, layout: Layout) -> dict[str, tuple[int, int, int]]:
    """The table, the row and the column of the pairs whose source is in a table, by their locators; all from 1."""
    tables: dict[str, int] = {}
    found: dict[str, tuple[int, int, int]] = {}
    last, apart = 0, False  # the row of the last cell, and whether something else came after it
    for bead in bitext.beads:
        block = layout.block_at(bitext.source.segments[bead.source[0]].start) if bead.source else None
        if block and (cell := block.cell):
            # A page may have several tables that are called alike: where the rows begin again, so does a table.
            if cell.table not in tables or cell.row < last + apart:
                tables[cell.table] = len(found) + 1
            last, apart = cell.row, False
            found[bitext.locator(bead)] = (tables[cell.table], cell.row, cell.column)
        elif block:
            apart = True
    return found


def terms_in(source: str, finder: Finder) -> list[Json]:
    """The terms of a glossary in a text: ``{start, end, source, allowed, forbidden, note}``, places in characters."""
    return [
        {
            "start": match.start,
            "end": match.end,
            "source": match.text,
            "allowed": list(dict.fromkeys([match.rendering, *match.term.allowed] if match.rendering else [])),
            "forbidden": list(match.term.forbidden),
            "note": match.term.note(*match.term.allowed, *match.term.forbidden),
        }
        for match in finder.matches(source)
    ]


def terms_of(bitext: Bitext, glossary: Glossary) -> dict[str, list[Json]]:
    """The terms in each source segment that has some, by its locator: pairs may be cut and joined in the page."""
    finder = Finder(glossary)
    found = {each.locator: terms_in(each.text, finder) for each in bitext.source.segments}
    return {locator: terms for locator, terms in found.items() if terms}


def _segment(segment: Segment) -> list[str]:
    # A list, not an object: the keys would stand on every one of some thousand segments.
    return [segment.locator, segment.text, segment.role.value, *([segment.rule] if segment.rule else [])]


def _marks(bead: Bead) -> list[str]:
    """What the aligner noticed about a pair, beside the flags of the translation."""
    return [
        name
        for name, holds in (("unrelated", bead.seems_unrelated), ("moved", bead.is_null and bool(bead.moved)))
        if holds
    ]


def _bead(bitext: Bitext, bead: Bead, findings: Sequence[list[Any]]) -> Json:
    figures = {figure.measure: figure.value for figure in certainties(bead)}
    told = page_fields(bead) | {
        "alignment": figures.get(ALIGNMENT),
        "translation": figures.get(TRANSLATION),
        "written": wording(bitext.target_text(bead)),
        "news": has_news(bitext, bead),
        "flags": [*bead.flags, *_marks(bead)],
        "match": match_line(bead),
        "findings": list(findings),
        "drafted": draft_of(bitext, bead),
    }
    return {name: told.pop(name) for name in _FIRST} | told
