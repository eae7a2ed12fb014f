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


@pytest.mark.parametrize("options", [{}, {"keep_boilerplate": True, "locale": {"fr": "fr-FR", "en": "en-GB"}}])
def test_version_2_is_valid(
    sample: Bitext, written: Write, xliff_2_xsd: etree.XMLSchema, options: dict[str, object]
) -> None:
    data = written("xliff", sample, replace(sample, id="other"), xliff_version=2, **options)
    assert faults(xliff_2_xsd, data) == []
    assert_rules_of_version_2(etree.fromstring(data))


def assert_rules_of_version_2(root: etree._Element) -> None:
    """What the standard says of files like ours and a schema cannot: its Schematron rules need XSLT 2."""
    files = root.findall("{*}file")
    assert len({file.get("id") for file in files}) == len(files)
    assert root.get("trgLang")
    for file in files:
        units = file.findall("{*}unit")
        assert len({unit.get("id") for unit in units}) == len(units) > 0
        for unit in units:
            ids = {f"#{segment.get('id')}" for segment in unit.findall("{*}segment")}
            assert {match.get("ref") for match in unit.iter("{*}match")} <= ids
            for segment in unit.findall("{*}segment"):
                assert segment.get("state") or not segment.get("subState")
                assert segment.get("state") in (None, "initial", "translated", "reviewed", "final")


def test_the_schema_of_version_2_finds_what_is_wrong(
    sample: Bitext, written: Write, xliff_2_xsd: etree.XMLSchema
) -> None:
    data = written("xliff", sample, xliff_version=2)
    for right, wrong in ((b"mda:meta type=", b"mda:meta typ="), (b' ref="#s"', b""), (b'state="final"', b'state="x"')):
        assert right in data
        assert faults(xliff_2_xsd, data.replace(right, wrong, 1))


def test_the_schema_finds_what_is_wrong(sample: Bitext, written: Write, xliff_xsd: etree.XMLSchema) -> None:
    wrong = written("xliff", sample).replace(b"<source", b"<sauce", 1).replace(b"</source>", b"</sauce>", 1)
    assert any("sauce" in fault for fault in faults(xliff_xsd, wrong))
