"""XLIFF files are valid by the schema of OASIS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from aligner.model import Bitext

Write = Callable[..., bytes]

def faults(schema: etree.XMLSchema, data: bytes) -> list[str]:
    schema.validate(etree.fromstring(data))
    return [entry.message for entry in schema.error_log]


@pytest.mark.parametrize("options", [{}, {"keep_boilerplate": True, "locale": {"fr": "fr-FR", "en": "en-GB"}}])
def test_valid(sample: Bitext, written: Write, xliff_xsd: etree.XMLSchema, options: dict[str, object]) -> None:
    assert faults(xliff_xsd, written("xliff", sample, replace(sample, id="other"), **options)) == []


def test_the_schema_finds_what_is_wrong(sample: Bitext, written: Write, xliff_xsd: etree.XMLSchema) -> None:
    wrong = written("xliff", sample).replace(b"<source", b"<sauce", 1).replace(b"</source>", b"</sauce>", 1)
    assert any("sauce" in fault for fault in faults(xliff_xsd, wrong))
