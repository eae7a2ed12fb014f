"""The Schematron rules of TEI P5 that concern what we write, as functions.

A RELAX NG schema cannot say everything; TEI says the rest in Schematron, embedded in ``tei_all.rng``, in an XPath that
lxml does not know. `RULES` has, by the end of its id there, every rule whose context occurs in our editions
(`test_tei_rules.py` compares). A rule returns whether an element breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
_MAY_HOLD_P = {"exemplum", "item", "note", "q", "quote", "remarks", "said", "sp", "stage", "cell", "figure"}
_ODD = {"classRef", "dataRef", "elementRef", "macroRef", "moduleRef", "schemaSpec"}


def name(element: etree._Element) -> str:
    return etree.QName(element).localname


def has_ancestor(element: etree._Element, *names: str) -> bool:
    return any(name(each) in names for each in element.iterancestors())


def parent(element: etree._Element) -> str:
    above = element.getparent()
    return "" if above is None else name(above)


def match(element: etree._Element) -> str:
    return element.get("match", "")


RULES: dict[str, Callable[[etree._Element], bool]] = {
    "att-datable-w3c-when": lambda e: (
        "when" in e.attrib and any(other in e.attrib for other in ("notBefore", "notAfter", "from", "to"))
    ),
    "only_1_ODD_source": lambda e: name(e) in _ODD and len(e.get("source", "").split()) > 1,
    "subtypeTyped": lambda e: "subtype" in e.attrib and "type" not in e.attrib,
    "abstractModel-structure-p-in-ab-or-p": lambda e: (
        name(e) == "p"
        and has_ancestor(e, "ab", "p")
        and not has_ancestor(e, "floatingText")
        and parent(e) not in _MAY_HOLD_P
    ),
    "abstractModel-structure-div-in-ab-or-p": lambda e: (
        name(e) == "div" and has_ancestor(e, "p", "ab") and not has_ancestor(e, "floatingText")
    ),
    "ptrAtts": lambda e: name(e) == "ptr" and "target" in e.attrib and "cRef" in e.attrib,
    "citestructure-outer-match": lambda e: (
        name(e) == "citeStructure" and parent(e) != "citeStructure" and not match(e).startswith("/")
    ),
    "citestructure-inner-match": lambda e: (
        name(e) == "citeStructure" and parent(e) == "citeStructure" and match(e).startswith("/")
    ),
    "noNestedS": lambda e: name(e) == "s" and e.find(f"{TEI}s") is not None,
    "linkTargets3": lambda e: name(e) == "link" and len(e.get("target", "").split()) < 2,
}


def broken(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Every rule that an element of the document breaks, with the element."""
    for element in root.iter(etree.Element):
        yield from ((rule, element) for rule, breaks in RULES.items() if breaks(element))
