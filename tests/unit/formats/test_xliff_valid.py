"""XLIFF files are valid by the schema of OASIS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from aligner.model import Bitext

Write = Callable[..., bytes]

REPEATED = "unique identity-constraint '{urn:oasis:names:tc:xliff:document:1.2}U_context-group_name'"
"""Every unit has a group of contexts named ``aligner``; the schema wants the names in a file to differ."""


def faults(schema: etree.XMLSchema, data: bytes) -> list[str]:
    schema.validate(etree.fromstring(data))
    return [entry.message for entry in schema.error_log]


@pytest.mark.parametrize("options", [{}, {"keep_boilerplate": True, "locale": {"fr": "fr-FR", "en": "en-GB"}}])
def test_valid_but_for_the_names_of_contexts(
    sample: Bitext, written: Write, xliff_xsd: etree.XMLSchema, options: dict[str, object]
) -> None:
    data = written("xliff", sample, replace(sample, id="other"), **options)
    assert [fault for fault in faults(xliff_xsd, data) if REPEATED not in fault] == []


@pytest.mark.xfail(reason="the groups of contexts all have one name, which the schema forbids", strict=True)
def test_valid(sample: Bitext, written: Write, xliff_xsd: etree.XMLSchema) -> None:
    assert faults(xliff_xsd, written("xliff", sample)) == []


def test_the_schema_finds_what_is_wrong(sample: Bitext, written: Write, xliff_xsd: etree.XMLSchema) -> None:
    wrong = written("xliff", sample).replace(b"<source", b"<sauce", 1).replace(b"</source>", b"</sauce>", 1)
    assert any("sauce" in fault for fault in faults(xliff_xsd, wrong))
