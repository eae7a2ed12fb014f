"""XLIFF out to a CAT tool and back."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from aligner.errors import InputError
from aligner.formats.exchange.fingerprints import fingerprint_0_1
from aligner.formats.xliff.read import read
from aligner.model import Bead, Bitext, Origin, Role, Segment, Side, Status, wording

Write = Callable[..., bytes]


def back(data: bytes) -> Bitext:
    (bitext,) = read(io.BytesIO(data))
    return bitext


def bead(bitext: Bitext, locator: str) -> Bead:
    return next(bead for bead in bitext.beads if bitext.locator(bead) == locator)


def test_our_files_come_back_and_go_out_the_same(sample: Bitext, written: Write) -> None:
    data = written("xliff", sample, replace(sample, id="other"), keep_boilerplate=True)
    assert written("xliff", *read(io.BytesIO(data)), keep_boilerplate=True) == data


def test_version_2_comes_back_and_goes_out_the_same(sample: Bitext, written: Write) -> None:
    options = {"keep_boilerplate": True, "xliff_version": 2}
    data = written("xliff", sample, replace(sample, id="other"), **options)
    assert written("xliff", *read(io.BytesIO(data)), **options) == data
    one = written("xliff", *read(io.BytesIO(data)), keep_boilerplate=True)
    assert one == written("xliff", sample, replace(sample, id="other"), keep_boilerplate=True)


def test_a_file_name_of_forbidden_characters_counts_as_none(sample: Bitext, written: Write) -> None:
    data = written("xliff", replace(sample, source=replace(sample.source, file="\x08\ud800")))
    assert f'<file original="{sample.id}"'.encode() in data
    assert written("xliff", back(data)) == data


def test_boilerplate_beside_nothing_that_xml_can_hold_is_boilerplate(written: Write) -> None:
    share = Segment("Share", 0, 5, 1, 1, Role.BOILERPLATE)
    sides = Side("fr", (Segment("\x0b", 0, 1, 1, 1),)), Side("en", (share,))
    bitext = Bitext("doc", *sides, (Bead((0,), (0,)),))
    assert b"<trans-unit" not in written("xliff", bitext)
    assert b"<target" in written("xliff", bitext, keep_boilerplate=True)


def test_every_bead_comes_back(sample: Bitext, written: Write, gone_out: Callable[[Bitext], tuple[Bead, ...]]) -> None:
    bitext = back(written("xliff", sample, keep_boilerplate=True))
    assert bitext.beads == gone_out(sample)
    assert (bitext.id, bitext.record, bitext.provenance) == (sample.id, sample.record, sample.provenance)
    for made, original in ((bitext.source, sample.source), (bitext.target, sample.target)):
        assert [(s.text, s.locator, s.role) for s in made.segments] == [
            (s.text, s.locator, s.role) for s in original.segments
        ]


def test_states(sample: Bitext, written: Write) -> None:
    root = etree.fromstring(written("xliff", sample))
    units = {unit.get("id"): unit for unit in root.iter("{*}trans-unit")}

    def state(name: str) -> tuple[str | None, str | None, str | None]:
        target = units[name].find("{*}target")
        assert target is not None
        return units[name].get("approved"), target.get("state"), target.get("state-qualifier")

    assert state("6.1") == (None, "needs-review-translation", "leveraged-mt")
    assert state("3.2") == ("yes", "signed-off", None)
    assert units["7.2"].find("{*}target") is None
    assert units["t7.1"].findtext("{*}source") == ""


def test_what_a_translator_changed(sample: Bitext, written: Write) -> None:
    data = written("xliff", sample)
    machine = b'<target state="needs-review-translation" state-qualifier="leveraged-mt">The Arabic term'
    assert machine in data
    edited = bead(back(data.replace(machine, b'<target state="translated">The Arab term')), "6.1")
    assert (edited.status, edited.origin, edited.machine) == (Status.EDITED, Origin.HUMAN, bead(sample, "6.1").machine)
    accepted = bead(back(data.replace(machine, b'<target state="final">The Arabic term')), "6.1")
    assert (accepted.status, accepted.origin) == (Status.ACCEPTED, Origin.MACHINE)
    human = bead(back(data.replace(b">See the table below.<", b">See below.<")), "9.1")
    assert (human.status, human.origin) == (Status.EDITED, Origin.HUMAN)
    filled = bead(back(data.replace(b"<source>Ouf.</source>", b"<source>Ouf.</source><target>Phew.</target>")), "7.2")
    assert (filled.type, filled.status, filled.origin) == ("1-1", Status.EDITED, Origin.HUMAN)
    reopened = bead(back(data.replace(b'signed-off">Joint', b'needs-translation">Joint')), "1.1")
    assert reopened.status is Status.ACCEPTED  # still approved="yes"


def test_machine_output_without_its_rendering_stays_machine_output(sample: Bitext, written: Write) -> None:
    beads = (*sample.beads[:7], replace(sample.beads[7], machine=None), *sample.beads[8:])
    again = bead(back(written("xliff", replace(sample, beads=beads))), "6.1")
    assert (again.origin, again.machine) == (Origin.MACHINE, None)


def test_a_digest_of_an_earlier_version_is_still_recognised(written: Write) -> None:
    text = "«\u00a0Price\u00a0»  twice"
    sides = Side("fr", (Segment("Prix", 0, 4),)), Side("en", (Segment(text, 0, len(text)),))
    data = written("xliff", Bitext("doc", *sides, (Bead((0,), (0,), origin=Origin.MACHINE, maker="m 1", quality=0.5),)))
    old = data.replace(wording(text).encode(), fingerprint_0_1(text).encode())
    assert old != data
    assert back(old) == back(data)
    (changed,) = back(old.replace(b"twice", b"once").replace(b' state-qualifier="leveraged-mt"', b"")).beads
    assert (changed.status, changed.origin, changed.written) == (Status.EDITED, Origin.HUMAN, (fingerprint_0_1(text),))
    assert (changed.maker, changed.quality) == (
        "m 1",
        None,
    )  # the maker of what went out; nothing is expected of a person


def test_another_white_space_is_no_change(written: Write) -> None:
    sides = Side("fr", (Segment("Prix", 0, 4),)), Side("en", (Segment("a\u00a0b  c", 0, 6),))
    data = written("xliff", Bitext("doc", *sides, (Bead((0,), (0,), origin=Origin.MACHINE),)))
    (found,) = back(data.replace("a\u00a0b  c".encode(), b"a b\n c")).beads
    assert (found.status, found.origin) == (Status.DRAFT, Origin.MACHINE)


OTHER = b"""<xliff version="1.2"><file original="docs/guide.html" source-language="fr-FR" target-language="en_GB"
datatype="html"><body><group><trans-unit id="7"><source>Un <g id="1">chat</g><x id="2"/>.</source>
<target>A <g id="1">cat</g><x id="2"/>.</target></trans-unit></group><trans-unit id="8"><source>Non traduit</source>
</trans-unit><trans-unit id="9"><source/></trans-unit></body></file></xliff>"""


def test_another_tools_file(caplog: pytest.LogCaptureFixture) -> None:
    bitext = back(OTHER)
    assert (bitext.id, bitext.source.language, bitext.target.language) == ("guide", "fr-FR", "en-GB")
    assert [(bitext.source_text(b), bitext.target_text(b)) for b in bitext.beads] == [
        ("Un chat.", "A cat."),
        ("Non traduit", ""),
    ]
    assert "without text was left out" in caplog.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<tmx version='1.4'/>", "not XLIFF 1 or 2 but <tmx> 1.4; save it as XLIFF 1.2"),
        (b"<xliff version='3.0'/>", "not XLIFF 1 or 2 but <xliff> 3.0"),
        (b"<!DOCTYPE xliff [<!ENTITY a 'b'>]>" + OTHER, "the document type defines entities"),
        (OTHER[:100], "not well-formed XML"),
    ],
)
def test_other_files_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        back(data)
