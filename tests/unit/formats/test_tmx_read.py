"""TMX files as they come: ours, other tools', broken ones, hostile ones."""

from __future__ import annotations

import io
import logging
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats.defects import Defect
from aligner.formats.tmx.read import TmxFile, read
from aligner.formats.tmx.write import write_units
from aligner.model import Bead, Bitext, Origin, Status

Write = Callable[..., bytes]

HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="fr" '
    'datatype="plaintext"/>'
)
PAIR = '<tu><tuv xml:lang="fr"><seg>Oui.</seg></tuv><tuv xml:lang="en"><seg>Yes.</seg></tuv></tu>'


def tmx(body: str = PAIR, *, header: str = HEADER, version: str = "1.4", prolog: str = "") -> bytes:
    return f'{prolog}<tmx version="{version}">{header}<body>{body}</body></tmx>'.encode()


def unit(source: str, target: str = "Yes.") -> str:
    return f'<tu><tuv xml:lang="fr"><seg>{source}</seg></tuv><tuv xml:lang="en"><seg>{target}</seg></tuv></tu>'


def texts(data: bytes, **options: object) -> list[tuple[str, str]]:
    bitexts = list(read(io.BytesIO(data), **options))  # type: ignore[arg-type]
    return [(b.source_text(bead), b.target_text(bead)) for b in bitexts for bead in b.beads]


def test_our_files_come_back_and_go_out_the_same(sample: Bitext, written: Write) -> None:
    other = replace(sample, id="other", provenance=replace(sample.provenance, created="2022-01-01T00:00:00Z"))
    for options in ({}, {"deduplicate": False}, {"locale": {"fr": "fr-CA", "en": "en-GB"}}):
        data = written("tmx", sample, other, **options)
        assert written("tmx", *read(io.BytesIO(data)), **options) == data


def test_our_beads_come_back(sample: Bitext, written: Write, gone_out: Callable[[Bitext], tuple[Bead, ...]]) -> None:
    (back,) = read(io.BytesIO(written("tmx", sample)))
    assert (back.id, back.record, back.provenance) == (sample.id, sample.record, sample.provenance)
    assert (back.source.file, back.source.sha256) == (sample.source.file, sample.source.sha256)
    kept = [b for b in gone_out(sample) if not b.is_null]
    assert [back.locator(bead) for bead in back.beads] == [sample.locator(bead) for bead in kept]
    for bead, original in zip(back.beads, kept, strict=True):
        assert replace(bead, source=original.source, target=original.target) == original
        assert [back.source.segments[i].text for i in bead.source] == [
            sample.source.segments[i].text for i in original.source
        ]
        assert [back.target.segments[j].locator for j in bead.target] == [
            sample.target.segments[j].locator for j in original.target
        ]


def test_a_document_without_units_comes_back_empty(sample: Bitext, written: Write) -> None:
    sides = {"source": replace(sample.source, segments=()), "target": replace(sample.target, segments=())}
    empty = replace(sample, id="a", beads=(), **sides)
    data = written("tmx", empty, sample, replace(empty, id="z"))
    assert [(b.id, len(b.beads)) for b in read(io.BytesIO(data))] == [("a", 0), (sample.id, 10), ("z", 0)]
    assert written("tmx", *read(io.BytesIO(data))) == data


def test_another_tools_file_is_one_document_named_after_the_file(tmp_path: Path) -> None:
    file = tmp_path / "Mon projet.tmx"
    change = 'creationid="MT!x" changeid="jane" changedate="20260102T030405Z"'
    file.write_bytes(tmx(PAIR.replace('<tuv xml:lang="en">', f'<tuv xml:lang="en" {change}>')))
    with file.open("rb") as stream:
        (bitext,) = read(stream)
    (bead,) = bitext.beads
    assert (bitext.id, bitext.source.language, bitext.target.language) == ("Mon-projet", "fr", "en")
    assert (bead.origin, bead.status, bead.by, bead.changed) == (
        Origin.MACHINE,
        Status.DRAFT,
        "jane",
        "2026-01-02T03:04:05Z",
    )
    assert bitext.locator(bead) == "1.1"


def test_languages_can_be_chosen() -> None:
    three = PAIR.replace("</tu>", '<tuv xml:lang="de-AT"><seg>Ja.</seg></tuv></tu>')
    assert texts(tmx(three)) == [("Oui.", "Yes.")]
    assert texts(tmx(three), source="de", target="fr") == [("Ja.", "Oui.")]
    assert texts(tmx(three), target="es") == []


INLINE = 'Le <bpt i="1" x="1">&lt;b></bpt>chat<ept i="1">&lt;/b></ept> <hi>dort</hi><ph>[br]<sub>x</sub></ph>.'


def test_inline_tags_are_dropped_or_kept() -> None:
    data = tmx(unit(INLINE))
    assert texts(data)[0][0] == "Le chat dort."
    assert texts(data, codes=True)[0][0] == "Le <b>chat</b> dort[br]x."


def test_level_two_goes_out_as_it_came_in(tmx_dtd: object) -> None:
    file, stream = TmxFile(io.BytesIO(tmx(unit(INLINE)))), io.BytesIO()
    units = list(file)
    write_units(file.header, units, stream)
    again = TmxFile(io.BytesIO(stream.getvalue()))
    assert [u.variants for u in again] == [u.variants for u in units]
    assert not file.findings.found
    from lxml import etree

    assert isinstance(tmx_dtd, etree.DTD)
    assert tmx_dtd.validate(etree.fromstring(stream.getvalue(), etree.XMLParser(load_dtd=False)))


DEFECTS: dict[str, tuple[bytes, set[Defect], list[tuple[str, str]]]] = {
    "nothing wrong": (tmx(), set(), [("Oui.", "Yes.")]),
    "byte order mark": (b"\xef\xbb\xbf" + tmx(), {Defect.BYTE_ORDER_MARK}, [("Oui.", "Yes.")]),
    "UTF-16 with a mark": (
        tmx(prolog='<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16"),
        {Defect.UTF_16},
        [("Oui.", "Yes.")],
    ),
    "UTF-16 without": (tmx().decode().encode("utf-16-be"), {Defect.UTF_16}, [("Oui.", "Yes.")]),
    "Latin-1, declared": (
        tmx(unit("Été"), prolog='<?xml version="1.0" encoding="ISO-8859-1"?>').decode().encode("latin-1"),
        set(),
        [("Été", "Yes.")],
    ),
    **{
        f"version {version}": (
            tmx(PAIR.replace("xml:lang", language), version=version, prolog=f'<!DOCTYPE tmx SYSTEM "{dtd}">'),
            {Defect.OLD_VERSION, Defect.DOCTYPE} | ({Defect.OLD_LANGUAGE} if language == "lang" else set()),
            [("Oui.", "Yes.")],
        )
        for version, language, dtd in (
            ("1.1", "lang", "tmx11.dtd"),
            ("1.2", "lang", "tmx12.dtd"),
            ("1.3", "xml:lang", "tmx13.dtd"),
        )
    },
    "version 1.4b": (tmx(version="1.4b", prolog='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'), set(), [("Oui.", "Yes.")]),
    "tags of old versions": (
        tmx(unit("Le <ut>{\\b </ut>chat<it pos='end'>}</it>.")),
        set(),
        [("Le chat.", "Yes.")],
    ),
    "language codes": (
        tmx(PAIR.replace('"fr"', '"fra"').replace('"en"', '"en_GB"')),
        {Defect.LANGUAGE_CODE},
        [("Oui.", "Yes.")],
    ),
    "header attributes": (
        tmx(header='<header srclang="FR"/>'),
        {Defect.HEADER_ATTRIBUTE},
        [("Oui.", "Yes.")],
    ),
    "control characters": (
        tmx(unit("O\x0bu&#x1B;i&#0;.<![CDATA[ <\x08&amp;]]>")),
        {Defect.CONTROL_CHARACTER},
        [("Oui. <&amp;", "Yes.")],
    ),
    "HTML entities": (tmx(unit("&Eacute;t&eacute;&nbsp;&foo;")), {Defect.ENTITY}, [("Été\u00a0&foo;", "Yes.")]),
    "empty segments": (
        tmx(unit(" ") + PAIR + unit("Non.", "")),
        {Defect.EMPTY_SEGMENT, Defect.ONE_SIDED},
        [("Oui.", "Yes.")],
    ),
    "duplicates": (tmx(PAIR + PAIR), {Defect.DUPLICATE}, [("Oui.", "Yes.")] * 2),
    "no language": (
        tmx(PAIR + PAIR.replace(' xml:lang="fr"', "")),
        {Defect.NO_LANGUAGE, Defect.ONE_SIDED},
        [("Oui.", "Yes.")],
    ),
    "document type": (
        tmx(prolog='<!DOCTYPE tmx SYSTEM "http://example.org/x.dtd">'),
        {Defect.DOCTYPE},
        [("Oui.", "Yes.")],
    ),
    "a namespace": (tmx().replace(b"<tmx ", b'<tmx xmlns="http://www.lisa.org/tmx14" '), set(), [("Oui.", "Yes.")]),
    "any source language": (tmx(header=HEADER.replace('"fr"', '"*all*"')), set(), [("Oui.", "Yes.")]),
}


@pytest.mark.parametrize(("data", "defects", "expected"), DEFECTS.values(), ids=DEFECTS)
def test_defects_are_read_over_and_named(
    data: bytes, defects: set[Defect], expected: list[tuple[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert texts(data) == expected
    named = {record.getMessage().rpartition("[")[2].rstrip("]") for record in caplog.records}
    assert named == {defect.name.lower().replace("_", "-") for defect in defects}


def test_a_warning_says_where_and_how_often(caplog: pytest.LogCaptureFixture) -> None:
    texts(tmx("\n" + unit("a\x01\x02") + "\n"))
    assert [record.getMessage() for record in caplog.records] == [
        "TMX, line 2: a character that XML forbids was left out (U+0001), 2 times [control-character]"
    ]


BOMB = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
HOSTILE: dict[str, tuple[bytes, str]] = {
    "billion laughs": (tmx(unit("&b;"), prolog=BOMB), "the document type defines entities"),
    "an entity from a file": (
        tmx(unit("&x;"), prolog='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "the document type defines entities",
    ),
    "a parameter entity": (
        tmx(prolog='<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;]>'),
        "the document type defines entities",
    ),
    "quadratic blow-up": (
        tmx(unit("&a;" * 1000), prolog=f'<!DOCTYPE tmx [<!ENTITY a "{"x" * 100_000}">]>'),
        "the document type defines entities",
    ),
    "hidden behind comments": (
        tmx(prolog="<!-- x -->\n<?x y?>\n" + BOMB.replace("DOCTYPE tmx ", "DOCTYPE tmx\n\n SYSTEM 'a' ")),
        "the document type defines entities",
    ),
    "far behind a comment": (tmx(prolog="<!-- " + "x" * (1 << 21) + "-->" + BOMB), "no element begins in the first"),
    "UTF-16": (tmx(unit("&b;"), prolog=BOMB).decode().encode("utf-16"), "the document type defines entities"),
    "not XML": (b"%PDF-1.4", "not well-formed XML"),
    "empty": (b"", "not well-formed XML"),
    "cut short": (tmx()[:-20], "not well-formed XML"),
    "another document": (b"<html><body/></html>", "this is not a TMX file but <html>"),
    "another document with units": (b"<x>" + PAIR.encode() + b"</x>", "this is not a TMX file but <x>"),
    "wrong encoding": (tmx(unit("Привет")).decode().encode("cp1251"), "line 1: the file is not UTF-8, and names no"),
    "quadratic blow-up in attributes": (
        tmx(
            PAIR.replace("<tu>", f'<tu tuid="{"&a;" * 1000}">'),
            prolog=f'<!DOCTYPE tmx [<!ENTITY a "{"x" * 100_000}">]>',
        ),
        "the document type defines entities",
    ),
    "an external subset and an internal one": (
        tmx(unit("&b;"), prolog="<!DOCTYPE tmx SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY b 'x'>]>"),
        "the document type defines entities",
    ),
    "a very long text": (tmx(unit("x" * 11_000_000)), "a text or a tag in it is longer than ten million characters"),
    "deep nesting": (tmx(unit("<hi>" * 5000 + "x" + "</hi>" * 5000)), "not well-formed XML"),
}


@pytest.mark.parametrize(("data", "message"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_and_broken_files_are_refused_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        texts(data)


def test_many_references_take_linear_time() -> None:
    """Ten times the references may not take a hundred times as long."""

    def seconds(count: int) -> float:
        start = time.process_time()
        assert texts(tmx(unit("&foo;&#1;" * count)))[0][0] == "&foo;" * count
        return time.process_time() - start

    seconds(1000)
    assert seconds(200_000) < 50 * max(seconds(20_000), 0.02)


def test_an_external_document_type_is_never_fetched(tmp_path: Path) -> None:
    (tmp_path / "evil.dtd").write_text('<!ENTITY b "secret">', encoding="utf-8")
    data = tmx(unit("&b;"), prolog=f'<!DOCTYPE tmx SYSTEM "{(tmp_path / "evil.dtd").as_uri()}">')
    assert texts(data) == [("&b;", "Yes.")]


class Generated:
    """A long TMX file that exists nowhere."""

    def __init__(self, units: int) -> None:
        start, end = tmx("#").split(b"#")
        body = (unit(f"Phrase {k} &amp; suite.").encode() for k in range(units))
        self.pieces = chain([start], body, [end])

    def read(self, size: int) -> bytes:
        return b"".join(islice(self.pieces, size // 100))


def test_reading_takes_no_more_memory_for_more_units() -> None:
    def peak(units: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in TmxFile(Generated(units))) == units  # type: ignore[arg-type]
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(45_000) < 1.2 * peak(15_000)


def several(*variants: tuple[str, str], srclang: str = "*all*") -> bytes:
    body = "".join(f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>' for language, text in variants)
    return tmx(f"<tu>{body}</tu>", header=HEADER.replace('srclang="fr"', f'srclang="{srclang}"'))


LANGUAGES = {
    "the other order": (several(("en", "Yes."), ("fr", "Oui.")), "fr", "en", ("Oui.", "Yes.")),
    "a header of the other direction": (
        several(("en", "Yes."), ("fr", "Oui."), srclang="en"), "fr", "en", ("Oui.", "Yes.")),
    "several languages": (
        several(("de", "Ja."), ("en", "Yes."), ("es", "Si."), ("fr", "Oui.")), "fr", "en", ("Oui.", "Yes.")),
    "regions": (several(("EN_US", "Yes."), ("fr-CA", "Oui."), srclang="FR-FR"), "fr", "en", ("Oui.", "Yes.")),
    "another region": (several(("fr-CA", "Oui."), ("en-AU", "Yes.")), "fr-FR", "en-GB", ("Oui.", "Yes.")),
    "the nearest region": (
        several(("fr", "Oui."), ("en-US", "color"), ("en-GB", "colour")), "fr", "en-GB", ("Oui.", "colour")),
    "three letters": (several(("FRA", "Oui."), ("ENG", "Yes."), srclang="FRE"), "fr", "en", ("Oui.", "Yes.")),
    "nothing asked for": (several(("fr-CA", "Oui."), ("fr", "Ouais."), ("en", "Yes."), srclang="FR-CA"), None, None,
                          ("Oui.", "Yes.")),
    "a header of another region": (
        several(("fr-CA", "Oui."), ("en-GB", "Yes."), srclang="fr-FR"), None, None, ("Oui.", "Yes.")),
}  # fmt: skip


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_languages_that_are_asked_for_decide(name: str) -> None:
    data, source, target, wanted = LANGUAGES[name]
    assert texts(data, source=source, target=target) == [wanted]


def test_two_varieties_with_other_texts_are_named(caplog: pytest.LogCaptureFixture) -> None:
    data = several(("fr", "Oui."), ("en-US", "color"), ("en-GB", "colour"))
    assert texts(data, source="fr", target="en") == [("Oui.", "color")]
    assert "varieties of one language; the first was taken (en-US before en-GB) [several-variants]" in caplog.text


def test_a_file_in_other_languages_is_named() -> None:
    with pytest.raises(InputError, match="no unit has both fr and en: the file has de, es; name the languages"):
        texts(several(("de", "Ja."), ("es", "Si.")), source="fr", target="en")


def test_what_tools_leave_around_the_root_is_read_over() -> None:
    for before in ("\n\n", "\ufeff\ufeff", "\0\0", "<!DOCTYPE tmx [<!-- ] --><!ELEMENT tmx ANY>]>"):
        assert texts(before.encode() + b'<?xml version="1.1"?>' + tmx()) == [("Oui.", "Yes.")]
    assert texts(tmx() + b"\n\x1a\0\0") == [("Oui.", "Yes.")]


def test_a_prefix_that_is_not_declared_is_read_over(caplog: pytest.LogCaptureFixture) -> None:
    assert texts(tmx(unit("Oui.").replace("<tu>", '<tu x:a="1"><y:b/>'))) == [("Oui.", "Yes.")]
    assert "a prefix of a name is not declared as XML asks" in caplog.text


def test_an_ampersand_alone_is_text(caplog: pytest.LogCaptureFixture) -> None:
    assert texts(tmx(unit("R & D, A&B; &amp; &lt;"))) == [("R & D, A&B; & <", "Yes.")]
    assert "an & that begins no reference was taken as text" in caplog.text
