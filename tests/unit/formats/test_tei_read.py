"""Editions come back as the bitexts they were."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from aligner.errors import InputError
from aligner.formats.tei.read import read
from aligner.model import Bead, Bitext, Origin, Provenance, Record

Write = Callable[..., bytes]


def back(data: bytes) -> list[Bitext]:
    return list(read(io.BytesIO(data)))


@pytest.fixture
def sample(sample: Bitext) -> Bitext:
    """The sample without fingerprints of texts, which an edition does not tell."""
    return replace(sample, beads=tuple(replace(bead, written=()) for bead in sample.beads))


def test_nothing_is_lost_with_boilerplate(sample: Bitext, written: Write) -> None:
    assert back(written("tei", sample, keep_boilerplate=True)) == [sample]


def test_an_edition_goes_out_as_it_came_in(sample: Bitext, written: Write) -> None:
    data = written("tei", sample)
    (bitext,) = back(data)
    assert [bitext.locator(b) for b in bitext.beads] == [
        sample.locator(b) for b in sample.beads if b is not sample.beads[1]
    ]
    assert written("tei", bitext) == data


def test_a_corpus_comes_back(sample: Bitext, written: Write) -> None:
    bitexts = [sample, replace(sample, id="²-é"), replace(sample, id="3", record=Record(), provenance=Provenance())]
    assert back(written("tei", *bitexts, keep_boilerplate=True)) == bitexts


def test_a_locale_becomes_the_language(sample: Bitext, written: Write) -> None:
    (bitext,) = back(written("tei", sample, locale={"fr": "fr-CA"}))
    assert (bitext.source.language, bitext.target.language) == ("fr-CA", "en")


@pytest.mark.parametrize("licence", ["", "unknown", "CC BY 4.0", "https://example.org/licence"])
def test_licence(sample: Bitext, written: Write, licence: str) -> None:
    (bitext,) = back(written("tei", replace(sample, record=replace(sample.record, licence=licence))))
    assert bitext.record.licence == licence


def test_what_the_machine_said(sample: Bitext, written: Write) -> None:
    """None, the same as the text, and something else are three things, whoever wrote the text."""
    for origin in (Origin.MACHINE, Origin.HUMAN):
        for machine in (None, "", "The Arabic term “السلام” and the emoji 🌊 appear in the annex.", "Other."):
            bead = replace(sample.beads[7], origin=origin, machine=machine)
            bitext = replace(sample, beads=(*sample.beads[:7], bead, *sample.beads[8:]))
            assert back(written("tei", bitext, keep_boilerplate=True)) == [bitext]


def test_nothing_to_read(sample: Bitext, written: Write) -> None:
    sides = {"source": replace(sample.source, segments=()), "target": replace(sample.target, segments=())}
    empty = replace(sample, beads=(), **sides)
    assert back(written("tei", empty)) == [empty]
    lonely = replace(sample, beads=tuple(Bead((i,), ()) for i in range(13)), target=sides["target"])
    assert back(written("tei", lonely, keep_boilerplate=True)) == [lonely]


DAMAGES = {
    "another format": (lambda _: b"<html/>", "this is not a TEI file but <html>"),
    "another edition": (lambda _: b"<TEI><text><body/></text></TEI>", "0 texts instead of two"),
    "a lost sentence": (lambda d: d.replace(b'xml:id="fr.3.1"', b'xml:id="fr.3.9"'), "edition at line 3: .*fr.3.1"),
    "no offsets": (lambda d: d.replace(b'source="text-fr:77,134"', b""), "no offsets for sentence fr.3.1"),
    "an unknown status": (lambda d: d.replace(b"#status.draft", b"#status.great", 1), "'great' is not a valid Status"),
    "a sentence in two beads": (lambda d: d.replace(b"#fr.3.2 #en.2.2", b"#fr.3.1 #en.2.2"), "do not cover the source"),
    "an unknown reviewer": (lambda d: d.replace(b'resp="#reviewer.1"', b'resp="#reviewer.7"'), "#reviewer.7"),
    "entities": (lambda d: d.replace(b"<TEI ", b"<!DOCTYPE TEI [<!ENTITY a 'b'>]><TEI "), "defines entities"),
    "cut short": (lambda d: d[:-30], "not well-formed XML"),
}


@pytest.mark.parametrize(("damage", "message"), DAMAGES.values(), ids=DAMAGES)
def test_other_files_are_refused(
    damage: Callable[[bytes], bytes], message: str, sample: Bitext, written: Write
) -> None:
    with pytest.raises(InputError, match=message):
        back(damage(written("tei", sample)))
