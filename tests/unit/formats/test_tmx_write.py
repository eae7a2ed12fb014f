"""TMX that validates and matches."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from aligner.errors import InputError
from aligner.formats import FORMATS, Standing
from aligner.formats.tmx import write
from aligner.model import Bead, Bitext, Origin, Segment, Side, Status

Write = Callable[..., bytes]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))


def bitext(*pairs: tuple[str, str], status: Status = Status.DRAFT, name: str = "x") -> Bitext:
    """One 1-1 bead a pair, each its own paragraph."""

    def side(language: str, texts: list[str]) -> Side:
        return Side(language, tuple(Segment(t, 1000 * k, 1000 * k + len(t), k + 1) for k, t in enumerate(texts)))

    beads = tuple(Bead((k,), (k,), status=status) for k in range(len(pairs)))
    return Bitext(name, side("fr", [s for s, _ in pairs]), side("en", [t for _, t in pairs]), beads)


def texts(data: bytes) -> list[tuple[str, ...]]:
    return [tuple(seg.text or "" for seg in unit.iter("seg")) for unit in tree(data).iter("tu")]


def properties(element: etree._Element) -> dict[str, str]:
    return {prop.get("type", ""): prop.text or "" for prop in element.findall("prop")}


@pytest.mark.parametrize("options", [{}, {"tuid": False, "context": True, "locale": {"fr": "fr-FR"}}])
def test_valid_by_dtd(sample: Bitext, written: Write, tmx_dtd: etree.DTD, options: dict[str, object]) -> None:
    made = tree(written("tmx", sample, **options))
    assert tmx_dtd.validate(made), tmx_dtd.error_log


@pytest.mark.parametrize("options", [{}, {"tuid": False, "context": True, "locale": {"fr": "fr-FR"}}])
def test_valid_by_schema(sample: Bitext, written: Write, tmx_xsd: etree.XMLSchema, options: dict[str, object]) -> None:
    made = tree(written("tmx", sample, **options))
    assert tmx_xsd.validate(made), tmx_xsd.error_log


def test_opening_bytes(sample: Bitext, written: Write) -> None:
    opening = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n<header '
    )
    assert written("tmx", sample).startswith(opening)


def test_header_says_where_it_comes_from(sample: Bitext, written: Write) -> None:
    header = tree(written("tmx", sample)).find("header")
    assert header is not None
    assert header.get("srclang") == "fr"
    assert header.get("creationtool") == "aligner"
    assert header.get("creationdate") == "20230504T080000Z"
    facts = properties(header)
    assert facts["x-source-file"] == "corpus/fr/2023-05-03-geneve.txt"
    assert facts["x-source-sha256"] == sample.source.sha256
    assert facts["x-engine"] == "ctranslate2 4.8.5"
    assert facts["x-fingerprint"] == "sha256:0123456789abcdef"
    assert "x-author" not in facts


def test_a_unit_says_who_and_how_sure(sample: Bitext, written: Write) -> None:
    unit = next(unit for unit in tree(written("tmx", sample)).iter("tu") if unit.get("tuid") == "2023-05-03-geneve:3.2")
    assert [child.tag for child in unit][:1] == ["note"]
    assert [child.tag for child in unit][-2:] == ["tuv", "tuv"]
    facts = properties(unit)
    assert (facts["x-ref"], facts["x-target-ref"], facts["x-status"]) == ("3.2", "2.2", "edited")
    target = unit.findall("tuv")[1]
    assert (target.get("changeid"), target.get("changedate")) == ("C. Lefèvre", "20230601T093000Z")


def test_no_property_that_omegat_takes_for_a_key(sample: Bitext, written: Write) -> None:
    kinds = {prop.get("type") for prop in tree(written("tmx", sample, context=True)).iter("prop")}
    assert all(kind and kind.startswith("x-") for kind in kinds)


def test_null_rejected_and_boilerplate_beads_are_left_out(sample: Bitext, written: Write) -> None:
    sources = [source for source, _ in texts(written("tmx", sample, keep_boilerplate=True))]
    assert "Ouf." not in sources
    rejected = bitext(("a", "b"), status=Status.REJECTED)
    assert texts(written("tmx", rejected)) == []


def test_segs_are_clean() -> None:
    stream = io.BytesIO()
    FORMATS["tmx"].write([bitext((" e\u0301te\u0301\u00a0! \x00", "\x0bsummer!\n"), ("\x01", "gone"))], stream)
    assert texts(stream.getvalue()) == [("été\u00a0!", "summer!")]


def test_one_unit_a_source_reviewed_before_draft_then_the_first(written: Write) -> None:
    drafts = bitext(("Oui.", "Yes."), ("Oui.", "Yeah."), ("Non.", "No."))
    edited = bitext(("Non.", "Nope."), ("Oui.", "Aye."), status=Status.EDITED, name="y")
    accepted = bitext(("Oui.", "Yep."), status=Status.ACCEPTED, name="z")
    assert texts(written("tmx", drafts)) == [("Oui.", "Yes."), ("Non.", "No.")]
    assert texts(written("tmx", drafts, edited, accepted)) == [("Non.", "Nope."), ("Oui.", "Aye.")]
    assert len(texts(written("tmx", drafts, deduplicate=False))) == 3


def test_sources_that_only_seem_repeated_stay(written: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_BITS", 8)  # so few that almost all seem repeated
    many = bitext(*[(f"Phrase {k % 90}.", f"Sentence {k}.") for k in range(100)])
    assert texts(written("tmx", many)) == [(f"Phrase {k}.", f"Sentence {k}.") for k in range(90)]


def test_locale_tuid_and_context(sample: Bitext, written: Write) -> None:
    made = tree(written("tmx", sample, locale={"fr": "fr-FR", "en": "en-GB"}, tuid=False, context=True))
    header = made.find("header")
    assert header is not None
    assert header.get("srclang") == "fr-FR"
    assert {variant.get(LANG) for variant in made.iter("tuv")} == {"fr-FR", "en-GB"}
    assert not any("tuid" in unit.attrib for unit in made.iter("tu"))
    last = list(made.iter("tu"))[-1]
    assert properties(last)["x-context-pre"] == "Annexe"
    assert "x-context-post" not in properties(last)


def test_one_language_pair_a_file(sample: Bitext, written: Write) -> None:
    german = replace(sample, id="other", target=replace(sample.target, language="de"))
    with pytest.raises(
        InputError, match="other: this bitext is fr–de, the ones before it fr–en; write one file per language pair"
    ):
        written("tmx", sample, german)


def test_machine_output_is_marked(written: Write) -> None:
    made = bitext(("Oui.", "Yes."))
    machine = replace(made, beads=(replace(made.beads[0], origin=Origin.MACHINE, machine="Yes."),))
    target = tree(written("tmx", machine)).findall(".//tuv")[1]
    assert target.get("creationid") == "MT!aligner"
    assert texts(written("tmx", machine, standings=(Standing.REVIEWED,))) == []


def test_nothing_to_write_is_still_a_valid_file(written: Write, tmx_dtd: etree.DTD) -> None:
    assert tmx_dtd.validate(tree(written("tmx")))
