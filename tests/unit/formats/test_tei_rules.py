"""Editions keep the rules of TEI that RELAX NG cannot say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from aligner.formats.tei.write import split
from aligner.model import Bitext
from tests.unit.formats.tei_rules import RULES, TEI, broken

Write = Callable[..., bytes]
SCH = {"sch": "http://purl.oclc.org/dsdl/schematron", "tei": "http://www.tei-c.org/ns/1.0"}


@pytest.fixture
def editions(sample: Bitext, written: Write) -> list[etree._Element]:
    """An edition, one with everything, a corpus, and one in three files."""
    files = [
        written("tei", sample),
        written("tei", sample, keep_boilerplate=True, locale={"fr": "fr-FR", "en": "en-GB"}),
        written("tei", sample, replace(sample, id="other"), keep_boilerplate=True),
        *split(sample).values(),
    ]
    return [etree.fromstring(data) for data in files]


def test_no_rule_is_broken(editions: list[etree._Element]) -> None:
    for root in editions:
        assert list(broken(root)) == []


WRONG = {
    "att-datable-w3c-when": '<date when="2023" from="2022"/>',
    "only_1_ODD_source": '<moduleRef source="a b"/>',
    "subtypeTyped": '<s subtype="share"/>',
    "abstractModel-structure-p-in-ab-or-p": "<ab><p/></ab>",
    "abstractModel-structure-div-in-ab-or-p": "<p><div/></p>",
    "ptrAtts": '<ptr target="#a" cRef="b"/>',
    "citestructure-outer-match": '<refsDecl><citeStructure match="div"/></refsDecl>',
    "citestructure-inner-match": '<citeStructure match="/x"><citeStructure match="/p"/></citeStructure>',
    "noNestedS": "<s><s/></s>",
    "linkTargets3": '<link target=" #a "/>',
}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_finds_what_breaks_it(rule: str) -> None:
    root = etree.fromstring(f'<TEI xmlns="{SCH["tei"]}"><text>{WRONG[rule]}</text></TEI>')
    assert [found for found, _ in broken(root)] == [rule]


def test_what_may_hold_paragraphs_may() -> None:
    root = etree.fromstring(
        f'<TEI xmlns="{SCH["tei"]}"><p><note><p/></note><floatingText><p/></floatingText></p></TEI>'
    )
    assert list(broken(root)) == []


def test_no_rule_about_what_we_write_is_missing(editions: list[etree._Element], schemas: Path) -> None:
    schema = etree.parse(str(schemas / "tei_all.rng"))
    rules = schema.xpath("//sch:rule", namespaces=SCH)
    assert len(rules) > 50
    for rule in rules:
        identity = rule.getparent().get("id", "")
        if any(identity.partition(f"-{known}-")[1] for known in RULES):
            continue
        for root in editions:
            assert not _occurs(root, rule.get("context")), (identity, rule.get("context"))


def _occurs(root: etree._Element, context: str) -> bool:
    """Whether the context of a rule is in a document; one in a newer XPath is judged by the elements on its path."""
    try:
        paths = [f"//{part.strip().lstrip('/')}" for part in context.split("|")]
        return bool(root.xpath(" | ".join(paths), namespaces=SCH))
    except etree.XPathError:
        paths = re.sub(r"\([^()]*\)", "", context).split("|")
        steps = [re.findall(r"tei:([A-Za-z]+)", path) for path in paths]
        return any(path and all(next(root.iter(f"{TEI}{step}"), None) is not None for step in path) for path in steps)
