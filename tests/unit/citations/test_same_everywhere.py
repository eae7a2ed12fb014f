"""TEI header, TMX header, review page and citation say the same of a document."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

from aligner.citations.article import article
from aligner.citations.csl import csl_item, record_of_item
from aligner.citations.fields import FIELDS
from aligner.citations.forms import FORMS
from aligner.citations.people import people_of
from aligner.citations.references import reference_of
from aligner.documents import read_record
from aligner.formats import FORMATS, WriteOptions
from aligner.model import Bitext, Record, Role
from aligner.pages import render_page
from tests import make
from tests.unit.citations.test_records import FULL


def headed(record: Record) -> Bitext:
    bitext = make.bitext(("Un grand titre", "A great title"), ("Oui.", "Yes."), name="note", record=record)
    first, *rest = bitext.source.segments
    side = replace(bitext.source, segments=(replace(first, role=Role.HEADING), *rest))
    return replace(bitext, source=side)


ROOT = Path(__file__).resolve().parents[3]
RECORDS = {
    "full": FULL,
    "book": replace(FULL, container="", type="book"),
    "bare": Record(),
    "plain": Record("T & <t>", "2020", "Ren Qi", "Xinhua", "https://x.org/a?b=1&c=2", "CC BY"),
    **{path.stem: read_record(path).record for path in sorted((ROOT / "corpus" / "fr").glob("*.toml"))},
    "archive": Record("Note", "vers 1950", archive="AN", shelfmark="F/7 & 1", court="Cour", number="1"),
}


def in_tei(bitext: Bitext) -> dict[str, str]:
    """What the header of an edition says, field by field."""
    stream = io.BytesIO()
    FORMATS["tei"].write([bitext], stream, WriteOptions())
    root = etree.fromstring(stream.getvalue())
    titles = root.findall(".//{*}fileDesc/{*}titleStmt/{*}title[@type='main']")
    source = root.find(".//{*}sourceDesc/{*}biblStruct")
    assert source is not None
    work = source.find("{*}analytic/{*}title")
    inner = work if work is not None else source.find("{*}monogr/{*}title")
    assert inner is not None
    assert [title.text for title in titles] == [inner.text]
    stream.seek(0)
    assert FORMATS["tei"].read is not None
    [found] = FORMATS["tei"].read(stream)
    said = {row.name: getattr(found.record, row.name) for row in FIELDS}
    return {**said, "title": inner.text or ""}


def in_tmx(bitext: Bitext) -> dict[str, str]:
    stream = io.BytesIO()
    FORMATS["tmx"].write([bitext], stream, WriteOptions())
    root = etree.fromstring(stream.getvalue(), etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))
    props = {prop.get("type", "")[2:]: prop.text or "" for prop in root.iterfind("header/prop")}
    renamed = {"type": "source-type", "note": "source-note"}
    said = {row.name: props.get(renamed.get(row.name, row.name), "") for row in FIELDS}
    return {**said, "title": said["title"] or props.get("title-from-heading", "")}


def on_page(bitext: Bitext) -> dict[str, str]:
    root = html.fromstring(render_page(bitext))
    [section] = root.xpath("//section[@aria-labelledby='record']")
    lines = {dt.text_content().split(" (")[0]: dt.getnext().text_content() for dt in section.iter("dt")}
    assert root.xpath("string(//h1)") == lines["Title"]
    return {row.name: lines.get(row.label, "") for row in FIELDS}


def in_citation(bitext: Bitext) -> dict[str, str]:
    """What the item of CSL-JSON says; the licence is in what is our own."""
    [item] = json.loads(article(FORMS["csl-json"], [reference_of(bitext)], []))
    record = record_of_item(item)
    said = {row.name: getattr(record, row.name) for row in FIELDS}
    own = item.get("custom", {}).get("aligner", {})
    return {
        **said,
        "licence": own.get("licence", "unknown"),
        "type": "" if item["type"] == "document" else item["type"],
    }


@pytest.mark.parametrize("name", RECORDS)
def test_all_say_the_same(name: str) -> None:
    bitext = headed(RECORDS[name])
    tei = in_tei(bitext)
    assert tei["title"] == (RECORDS[name].title or "Un grand titre")
    assert in_tmx(bitext) == tei
    assert on_page(bitext) == tei
    assert in_citation(bitext) == tei


@pytest.mark.parametrize("name", RECORDS)
def test_every_form_names_title_authors_and_date(name: str) -> None:
    bitext = headed(RECORDS[name])
    reference = reference_of(bitext)
    item = csl_item(reference)
    for form in ("bibtex", "ris"):
        text = article(FORMS[form], [reference], [])
        plain = re.sub(r"[\\{}$]", "", text)
        assert re.sub(r"[\\{}$]", "", item["title"]).split()[0] in plain
        for person in people_of(bitext.record.author):
            assert person.family.split()[0] in plain
        assert (bitext.record.date or "")[:4] in plain
