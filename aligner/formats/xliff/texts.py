"""The text in an XLIFF element, and the segments of a unit.

    <source>A <g id="1">b</g><x id="2" equiv-text=" "/>c. D.</source>                              A b c. D.
    <seg-source><mrk mtype="seg" mid="1">A b c.</mrk> <mrk mtype="seg" mid="2">D.</mrk></seg-source>

Tags are dropped, and so are native codes; ``g``, ``pc`` and ``mrk`` hold text. Start reading at `plain` and `segments`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from aligner.formats.xml.markup import xml_text
from aligner.formats.xml.read import children, local_name

# Of XLIFF 1.2 and of XLIFF 2, which has no name for two different things.
_TEXT = frozenset(("g", "mrk", "pc", "hi"))
_BREAKS = frozenset(("lb", "x-html-br", "xlf:lb"))
"""What tools call a line break inside a text."""
_PHRASE_TAG = re.compile(r"\{[a-z_^]{0,3}[0-9]*>|<[a-z_^]{0,3}[0-9]*\}|\{[0-9]+\}")
"""How Phrase (Memsource) writes tags into the text itself: ``{1>bold<1}``, ``{2}``."""


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """Source and target of a unit, or of one of its segments."""

    id: str
    """The segment's id inside its unit (``mid``); empty for a unit that is not cut."""
    source: str
    target: str
    element: etree._Element | None
    """Where the target stands; None: there is none."""


def shown_text(found: etree._Element) -> str:
    """The text without inline tags and their codes; a tag that stands for a space or a line break becomes a space."""
    parts = [found.text or ""]
    for child in found:
        name = local_name(child)
        if name in _TEXT:
            parts.append(shown_text(child))
        elif name == "cp":
            parts.append(_character(child.get("hex", "")))
        elif _is_space(child) and not parts[-1].endswith((" ", "\n")) and not (child.tail or "").startswith(" "):
            parts.append(" ")
        parts.append(child.tail or "")
    return "".join(parts)


def without_phrase_tags(text: str) -> str:
    """A text of Phrase's files without the tags in it.

    >>> without_phrase_tags("La {1>cantine<1} ouvre{2}.")
    'La cantine ouvre.'
    """
    return _PHRASE_TAG.sub("", text)


def segments(unit: etree._Element) -> list[SegmentPair]:
    """The segments of a ``trans-unit``: those that its ``seg-source`` marks, each with the target of the same ``mid``.

    A unit is one segment where nothing is marked, or where its target has a text in which nothing is.
    """
    parts = children(unit)
    target = parts["target"][0] if "target" in parts else None
    sources = _marked(parts["seg-source"][0]) if "seg-source" in parts else {}
    targets = {} if target is None else _marked(target)
    if sources and (targets or target is None or not shown_text(target).strip()):
        pairs = ((mid, shown_text(source), targets.get(mid)) for mid, source in sources.items())
        return [SegmentPair(mid, text, "" if found is None else shown_text(found), found) for mid, text, found in pairs]
    source = shown_text(parts["source"][0]) if "source" in parts else ""
    return [SegmentPair("", source, "" if target is None else shown_text(target), target)]


def _marked(found: etree._Element) -> dict[str, etree._Element]:
    """The segments marked in an element, by their ids, in order."""
    # A tool may mark them inside of other tags.
    marks = (mark for mark in found.iter("{*}mrk") if mark.get("mtype") == "seg")
    return {mark.get("mid") or str(number): mark for number, mark in enumerate(marks, 1)}


def _is_space(tag: etree._Element) -> bool:
    says = tag.get("equiv-text") or tag.get("equiv") or ""
    return (bool(says) and says.isspace()) or tag.get("ctype") in _BREAKS or tag.get("subType") in _BREAKS


def _character(code: str) -> str:
    """A character that XML cannot hold is written as its number; those that we cannot hold either are left out."""
    try:
        return xml_text(chr(int(code, 16)))
    except (ValueError, OverflowError):
        return ""
