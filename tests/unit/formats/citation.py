"""Resolving a citation such as ``fr:3.2`` by an edition's own ``citeStructure`` (TEI P5, chapter 3.11.4)."""

from __future__ import annotations

from lxml import etree


def bare(data: bytes) -> etree._Element:
    """The document without its namespace, as the XPaths of a citeStructure are meant."""
    root = etree.fromstring(data)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def resolve(root: etree._Element, citation: str) -> str:
    """The text that a citation names, found by the file's own citeStructure."""
    found: list[etree._Element] = [root]
    structure = root.find(".//refsDecl/citeStructure")
    rest = citation
    while structure is not None and rest:
        rest = rest.removeprefix(structure.get("delim", ""))
        inner = structure.find("citeStructure")
        end = rest.find(inner.get("delim", "")) if inner is not None else -1
        step, rest = (rest, "") if end < 0 else (rest[:end], rest[end:])
        matches = [m for e in found for m in e.xpath(structure.get("match", ""))]
        found = [m for m in matches if m.xpath(f"string({structure.get('use')})") == step]
        structure = inner
    (one,) = found
    return "".join(one.itertext())
