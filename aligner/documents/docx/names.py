"""The names of WordprocessingML, and the styles of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from aligner.documents.layout import BlockKind, TextLook
from aligner.languages.figures import whole_number

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEADING = re.compile(r"(?:heading|titre|überschrift|título|titolo)\s*([1-9])$", re.IGNORECASE)
_TOGGLES = {"b": "bold", "i": "italic", "strike": "strike", "dstrike": "strike"}
_OFF = frozenset(("0", "false", "off", "none"))


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next((each for each in element if local(each) == name), None) if element is not None else None


def value(element: etree._Element | None, name: str = "val", default: str = "") -> str:
    """An attribute by its name without the namespace."""
    if element is None:
        return default
    for key, content in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(content)
    return default


@dataclass(slots=True)
class Styles:
    """What the styles of a document say of paragraphs and runs, by style id."""

    headings: dict[str, int] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)
    looks: dict[str, frozenset[str]] = field(default_factory=dict)


def read_styles(root: etree._Element | None) -> Styles:
    """The styles that mean something for the text."""
    found = Styles()
    parents: dict[str, str] = {}
    for style in root if root is not None else ():
        if local(style) != "style":
            continue
        name = value(style, "styleId")
        parents[name] = value(child(style, "basedOn"))
        about, called = child(style, "pPr"), value(child(style, "name"))
        # by the style's name first, which Word keeps in English or translates: not every template sets outline levels
        title = _HEADING.match(called)
        level = 1 if called.lower() == "title" else int(title[1]) if title else _outline(about)
        if level is not None:
            found.headings[name] = level
        elif (listed := child(about, "numPr")) is not None:
            found.lists[name] = _depth(listed)
        if value(style, "type") == "character":
            found.looks[name] = _styles(child(style, "rPr"), found)
    # a style based on a heading is one; styles may name each other in a circle
    for name, parent in parents.items():
        above, seen = parent, {name}
        while above and above not in seen and name not in found.headings:
            seen.add(above)
            if above in found.headings:
                found.headings[name] = found.headings[above]
            above = parents.get(above, "")
    return found


def paragraph_part(paragraph: etree._Element, styles: Styles) -> tuple[BlockKind, int]:
    """What a paragraph is, and its level."""
    about = child(paragraph, "pPr")
    style = value(child(about, "pStyle"))
    if style in styles.headings:
        return BlockKind.HEADING, styles.headings[style]
    if (level := _outline(about)) is not None:
        return BlockKind.HEADING, level
    listed = child(about, "numPr")
    if listed is not None and value(child(listed, "numId")) != "0":
        return BlockKind.ITEM, _depth(listed)
    return (BlockKind.ITEM, styles.lists[style]) if style in styles.lists else (BlockKind.TEXT, 0)


def _outline(about: etree._Element | None) -> int | None:
    """The level of a heading that properties of a paragraph name; None for text, which Word counts as the tenth."""
    outline = whole_number(value(child(about, "outlineLvl")))
    return outline + 1 if outline is not None and outline < 9 else None


def _depth(listed: etree._Element) -> int:
    """How deep an item is in its list."""
    return whole_number(value(child(listed, "ilvl"), default="0")) or 0


def run_look(properties: etree._Element | None, styles: Styles, link: str) -> TextLook:
    """How a run looks."""
    return TextLook(_styles(properties, styles), link)


def _styles(properties: etree._Element | None, styles: Styles) -> frozenset[str]:
    found = set(styles.looks.get(value(child(properties, "rStyle")), ()))
    for each in properties if properties is not None else ():
        name, said = local(each), value(each).lower()
        style = _TOGGLES.get(name)
        if name == "u":
            style = "underline"
        elif name == "vertAlign":
            found |= {said} & {"superscript", "subscript"}
        if style:
            found = found - {style} if said in _OFF else found | {style}
    return frozenset(found)
