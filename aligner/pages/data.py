"""The data of a review page: what its script needs to show, judge and change a bitext.

    page_data(bitext)  the whole: both texts, the beads, what the checks found; plain JSON values
    embedded(…)        the same for the page itself: texts that can be read from its rows are left out

A page would otherwise carry every text twice. ``scripts/data.js`` puts the two together again. Start reading at
`page_data`.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from aligner.check import Finding
from aligner.formats.exchange.fields import page_fields
from aligner.model import Bead, Bitext, Kind, Segment, wording
from aligner.pages.matches import match_line
from aligner.pages.news import has_news

Json = dict[str, Any]

_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that HTML cannot hold as they are: the rows show pictures of them."""
_DEFAULTS: Json = {
    "confidence": 1.0,
    "quality": None,
    "kind": "constructed",
    "origin": "mt",
    "status": "draft",
    "machine": None,
    "score": None,
    "news": False,
    "flags": [],
    "note": "",
    "match": None,
    "by": "",
    "changed": "",
    "findings": [],
}
_FIRST = (
    "s", "t", "confidence", "quality", "kind", "origin", "status", "machine", "score", "maker", "written", "news",
    "flags", "note", "match", "by", "changed", "findings",
)  # fmt: skip
"""The fields of a bead as they have always stood, newer ones after them: the same page, the same bytes."""


def page_data(
    bitext: Bitext,
    *,
    findings: Iterable[Finding] = (),
    version: str = "",
    server: Mapping[str, str | bool] | None = None,
) -> Json:
    """Return the data of a bitext's review page as plain JSON values.

    `findings` are those of `aligner.check` on this bitext (others are passed over), `version` is the SHA-256 of the
    bitext's file, `server` says where edits are sent (``api``, ``token``) and whether there are some to ``undo`` and to
    ``redo``; without it they are kept in the browser.

    A segment is ``[locator, text, role]`` (boilerplate: and its rule); a bead names its segments by index (``s``,
    ``t``) and has the fingerprint of its target as it goes out (``written``); a finding is
    ``[code, name, message, source spans, target spans]``, a span ``[start, end]`` in characters of the bead's text.
    """
    found: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for finding in findings:
        if finding.document == bitext.id:
            found[finding.locator].append(_finding(finding))
    return {
        "id": bitext.id,
        "languages": [bitext.source.language, bitext.target.language],
        "version": version,
        "base": bitext.target.sha256,
        "source": [_segment(segment) for segment in bitext.source.segments],
        "target": [_segment(segment) for segment in bitext.target.segments],
        "beads": [_bead(bitext, bead, found.get(bitext.locator(bead), [])) for bead in bitext.beads],
        "server": dict(server) if server else None,
    }


def embedded(data: Json, *, view: Mapping[str, object], boilerplate: bool = True) -> Markup:
    """Return the data as JSON for a script element of the page whose rows show the texts; nothing in it can end that.

    Texts that the rows hold to the character are left out, and what is as usual. `view` are the choices that the page
    was made with. Without `boilerplate` the page has no rows for beads set aside, and their texts are empty.
    """
    ((maker, _),) = Counter(bead["maker"] for bead in data["beads"]).most_common(1) or [("", 0)]
    usual = {**_DEFAULTS, "maker": maker}
    slim = {
        **data,
        **{side: _slim_segments(data, side, boilerplate) for side in ("source", "target")},
        "beads": [_slim_bead(bead, usual) for bead in data["beads"]],
        "view": {"defaults": usual, **view},
    }
    return safe_json(slim)


def safe_json(value: object) -> Markup:
    r"""Write JSON that may stand in any element or script: ASCII, without ``<``, ``>`` and ``&``.

    >>> print(safe_json({"note": "</script>"}))
    {"note":"\u003c/script\u003e"}
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 (nothing is left that HTML would read)


def _segment(segment: Segment) -> list[str]:
    rule = [segment.rule] if segment.rule else []
    return [segment.locator, segment.text, segment.role.value, *rule]


def _finding(finding: Finding) -> list[Any]:
    sides = ([[span.start, span.end] for span in spans] for spans in (finding.source, finding.target))
    return [finding.code, finding.name, finding.message, *sides]


def _bead(bitext: Bitext, bead: Bead, findings: Sequence[list[Any]]) -> Json:
    told = page_fields(bead) | {
        "written": wording(bitext.target_text(bead)),
        "news": has_news(bitext, bead),
        "match": match_line(bead),
        "findings": list(findings),
    }
    return {name: told.pop(name) for name in _FIRST} | told


def _slim_segments(data: Json, side: str, boilerplate: bool) -> list[list[str | None]]:
    """The segments of a side without the texts that the rows show."""
    aside = (bead for bead in data["beads"] if bead["kind"] == Kind.EXCLUDED.value and not boilerplate)
    hidden = {index for bead in aside for index in bead[side[0]]}
    slim = []
    for index, (locator, text, *others) in enumerate(data[side]):
        shown = "" if index in hidden else text if _UNREADABLE.search(text) else None
        slim.append([locator, shown, *(others if others != ["text"] else [])])
    return slim


def _slim_bead(bead: Json, usual: Json) -> Json:
    """A bead without what is as usual; a machine translation that its row shows is only said to be there."""
    slim = {name: value for name, value in bead.items() if name not in usual or value != usual[name]}
    if bead["t"] and bead["machine"] is not None and not _UNREADABLE.search(bead["machine"]):
        slim["machine"] = True
    return slim
